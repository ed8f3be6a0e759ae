"""The inspectors' offline app: its shell with everything that makes it installable, and the sync API (CONTRACT §5).

What the app itself does lies in `isoaudit/client/src/tablet`; what an operation means, in `services`.
"""

from flask import Flask

from isoaudit.tablet import api, shell


def init_app(app: Flask) -> None:
    """Register the shell and the API."""
    app.register_blueprint(shell.pages)
    api.init_app(app)
