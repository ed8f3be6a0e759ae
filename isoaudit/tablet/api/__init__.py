"""The sync API under `/tablet/api/v1/` (CONTRACT §5): JSON in and out, one module a noun.

A view reads the request, calls one service and shapes the answer by a schema. Refusals become
`application/problem+json` by the error table of `http`.
"""

from flask import Flask

from isoaudit.tablet.api import devices, evidence, openapi, operations, packages, recoveries, session
from isoaudit.tablet.api.blueprint import api

__all__ = ["api", "devices", "evidence", "openapi", "operations", "packages", "recoveries", "session"]


def init_app(app: Flask) -> None:
    """Register the API. Its own check of the CSRF token comes after the check of who is signed in, so that an ended
    session is told as such (401) and not as a stale form."""
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)
    app.register_blueprint(openapi.root)
