"""The error table: how each refusal becomes a page or `application/problem+json`. Nobody sees a stack trace."""

import secrets

from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from flask_babel import get_locale
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from isoaudit.domain.errors import Forbidden, Refusal, Refusals
from isoaudit.domain.messages import MESSAGES, say
from isoaudit.http import database, events

NOT_THAT_WAY, TOO_MANY, BUSY = 405, 429, 503
_GIVEN_UP = {"40001", "40P01", "55P03"}  # PostgreSQL: serialization failure, deadlock, lock not available
_HTTP_CODES = {
    400: "page.bad_request",
    403: "access.denied",
    404: "page.not_found",
    NOT_THAT_WAY: "page.method",
    413: "upload.too_large",
    415: "page.bad_request",
}


def init_app(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def language() -> str:
    """The language of this request: "vi" or "en"."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "vi"


def explain(refusal: Refusal) -> str:
    """The refusal's sentence in the language of this request."""
    return say(refusal, language())


def wants_json() -> bool:
    """Whether the caller reads JSON rather than a page."""
    return (
        request.path.startswith("/tablet/api/")
        or request.is_json
        or request.accept_mimetypes.best in {"application/json", "application/problem+json"}
    )


def problem(status: int, code: str, sentence: str | None = None, **details: object) -> Response:
    """A refusal for programs (RFC 9457)."""
    sentence = sentence or _sentence(code, details)
    answer = jsonify(type=f"urn:isoaudit:{code}", title=sentence, status=status, code=code, detail=sentence)
    answer.content_type = "application/problem+json"
    answer.status_code = status
    return answer


def _refusal(refusal: Refusal) -> Response:
    if isinstance(refusal, Forbidden):
        events.refused(refusal.code)
    code = "several" if isinstance(refusal, Refusals) else refusal.code
    answer = make_response(_answer(refusal.status, code, explain(refusal)))
    if refusal.status == TOO_MANY:
        answer.headers["Retry-After"] = str(refusal.details["seconds"])
    return answer


def _csrf(_error: CSRFError) -> tuple[str, int] | Response:
    if current_user.is_authenticated:
        events.refused("form.stale")
    return _answer(400, "form.stale")


def _http(error: HTTPException) -> tuple[str, int] | BaseResponse | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    if status >= 500:
        return _unknown(error)
    if status == NOT_THAT_WAY and request.method in ("GET", "HEAD") and not wants_json():
        above = _page_above()
        if above is not None:
            return redirect(above)
    return _answer(status, _HTTP_CODES.get(status, "page.bad_request"))


def _page_above() -> str | None:
    """The nearest address above this one that can be opened: where to go on when what only takes something sent is
    loaded again, or come back to."""
    known, path = current_app.create_url_adapter(request), request.path
    while known is not None and path != "/":
        path = path.rpartition("/")[0] or "/"
        if known.test(path, method="GET"):
            return path
    return None


def _unknown(error: Exception) -> tuple[str, int] | Response:
    if _is_busy(getattr(error, "original_exception", None) or error):
        database.give_up()
        answer = make_response(_answer(BUSY, "database.busy"))
        answer.headers["Retry-After"] = "2"
        return answer
    request_id = secrets.token_hex(4)
    current_app.logger.error("request %s", request_id, exc_info=error)
    return _answer(500, "unexpected", _sentence("unexpected", {"request_id": request_id}))


def _is_busy(error: Exception) -> bool:
    """Whether the database gave a request up because others held what it needed: sending it again is enough."""
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.orig, "sqlstate", None) in _GIVEN_UP or "database is locked" in str(error.orig)


def _sentence(code: str, details: dict[str, object]) -> str:
    return MESSAGES[code][1 if language() == "en" else 0].format(**details)


def _answer(status: int, code: str, sentence: str | None = None) -> tuple[str, int] | Response:
    sentence = sentence or _sentence(code, {})
    if wants_json():
        return problem(status, code, sentence)
    return render_template("errors/refused.html", status=status, code=code, sentence=sentence), status
