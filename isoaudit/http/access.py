"""Deny by default: a view without `@requires(permission)` or `@public` is refused.

Which role has which permission is the table in `isoaudit.domain.access`; a view that is limited to a person's own
unit or own audits checks that itself, through the services.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission, may
from isoaudit.domain.errors import Forbidden
from isoaudit.http import errors, signin

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Anybody may see this view, signed in or not."""
    view.isoaudit_access = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only accounts with a role that has `permission` may use this view."""

    def mark(view: View) -> View:
        view.isoaudit_access = permission  # type: ignore[attr-defined]
        return view

    return mark


def access_of(app: Flask, endpoint: str) -> Permission | str | None:
    """What a view asks for: a permission, "public", or None when it says nothing (and is refused)."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return "public"
    return getattr(app.view_functions[endpoint], "isoaudit_access", None)


def allowed(permission: Permission) -> bool:
    """Whether the signed-in account can use the permission now; templates use it to leave out what cannot be done."""
    return current_user.is_authenticated and not current_user.duty and _has(permission)


def init_app(app: Flask) -> None:
    """Check every request before its view."""
    app.before_request(_check)
    app.jinja_env.globals["allowed"] = allowed
    app.jinja_env.globals["Permission"] = Permission


def _has(permission: Permission) -> bool:
    return any(may(role, permission) for role in current_user.role_set)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: the error table answers
    asked = access_of(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]
    if asked == "public":
        return None
    if not current_user.is_authenticated:
        return signin.unauthorized()
    if current_user.duty and request.endpoint not in signin.FREE - (
        {"second_factor.index"} if current_user.password_due else set()
    ):
        if errors.wants_json():
            raise Forbidden("signin.duty")
        return redirect(url_for(current_user.duty))
    if not isinstance(asked, Permission) or not _has(asked):
        raise Forbidden("access.denied")
    return None
