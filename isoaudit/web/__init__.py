"""The server-rendered pages for the office, the committee, the inspectors and the units: one blueprint a room."""

from flask import Flask

from isoaudit.web import account, home

BLUEPRINTS = (home.pages, account.pages)


def init_app(app: Flask) -> None:
    """Register every room."""
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
