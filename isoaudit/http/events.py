"""Security events in the audit log: refusals, written in a short transaction of their own, on GET too.

Sign-in and failures are written by the services of accounts; changes by the service that makes them.
"""

from flask import request
from flask_login import current_user

from isoaudit.http import clock, database
from isoaudit.services import log, settings


def refused(code: str) -> None:
    """Write down that this request was refused, by whom and where. The request's own work is void."""
    if current_user.is_authenticated:
        by = log.Actor(current_user.id, current_user.username, request.remote_addr or "?", "web")
    else:
        by = log.Actor(None, "-", request.remote_addr or "?", "web")
    with database.apart() as session:
        log.append(
            session,
            settings.home(session).id,
            "refused",
            f"{request.method} {request.path}",
            by=by,
            now=clock.now(),
            code=code,
        )
