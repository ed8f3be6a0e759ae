"""What was typed into a form that came after its session had ended: kept, signed, in the sign-in page itself, and sent
again by its author after signing in. Works without JavaScript and stores nothing on the server.

Only forms whose CSRF token is right are kept (so nobody else can have filled them), never passwords, codes or files;
and only the same account gets them back.
"""

from typing import Any

from flask import current_app, render_template, request
from flask_wtf.csrf import validate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms.validators import ValidationError

KEPT_SECONDS = 12 * 3600
_SECRET_WORDS = ("password", "otp", "secret", "csrf_token")
_SECRET_ENDPOINTS = ("account.password", "account.sign_out", "second_factor.index")


def keep(user_id: str) -> str | None:
    """The form of this request, signed; None when there is none that may be kept."""
    if request.method != "POST" or request.is_json or request.endpoint in _SECRET_ENDPOINTS:
        return None
    if current_app.config.get("WTF_CSRF_ENABLED", True):
        try:
            validate_csrf(request.form.get("csrf_token"))
        except ValidationError:
            return None
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in _SECRET_WORDS)
    ]
    return _signer().dumps({"user": user_id, "path": request.full_path.rstrip("?"), "fields": fields})


def page(typed: str | None) -> tuple[str, int]:
    """The answer to a form that came too late: why nothing was saved, and the way to sign in and send it again."""
    return render_template("web/account/too_late.html", held=typed, files=bool(request.files)), 401


def opened(typed: str, user_id: int) -> dict[str, Any] | None:
    """The path and the fields of a held form, when it is genuine and belongs to this account."""
    try:
        content: dict[str, Any] = _signer().loads(typed, max_age=KEPT_SECONDS)
    except BadSignature:
        return None
    return content if content["user"] == str(user_id) else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="held form")
