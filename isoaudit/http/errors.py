"""The error table: how each refusal becomes a page or `application/problem+json`. Nobody sees a stack trace."""

import secrets

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_babel import get_locale
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from isoaudit.domain.errors import Refusal
from isoaudit.domain.messages import MESSAGES, say

_HTTP_CODES = {404: "page.not_found", 405: "page.method", 413: "upload.too_large", 403: "access.denied"}


def init_app(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, lambda _error: _answer(400, "form.stale", {}))
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
    return request.path.startswith("/tablet/api/") or request.accept_mimetypes.best == "application/json"


def _refusal(refusal: Refusal) -> tuple[Response | str, int]:
    return _answer(refusal.status, refusal.code, refusal.details, explain(refusal))


def _http(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    return _answer(status, _HTTP_CODES.get(status, "page.not_found" if status < 500 else "unexpected"), {})


def _unknown(error: Exception) -> tuple[Response | str, int]:
    request_id = secrets.token_hex(4)
    current_app.logger.error("request %s", request_id, exc_info=error)
    return _answer(500, "unexpected", {"request_id": request_id})


def _answer(
    status: int, code: str, details: dict[str, object], sentence: str | None = None
) -> tuple[Response | str, int]:
    if sentence is None:
        details.setdefault("request_id", "-")
        sentence = MESSAGES[code][1 if language() == "en" else 0].format(**details)
    if wants_json():
        problem = jsonify(type=f"urn:isoaudit:{code}", title=sentence, status=status, code=code, detail=sentence)
        problem.content_type = "application/problem+json"
        return problem, status
    return render_template("errors/refused.html", status=status, code=code, sentence=sentence), status
