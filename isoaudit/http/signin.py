"""Who is signed in: the account behind a request, loaded once, with its roles."""

from dataclasses import dataclass, field

from flask import Flask, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from isoaudit.db import User
from isoaudit.domain.vocabulary import Role
from isoaudit.http import database
from isoaudit.services.log import Actor


@dataclass(eq=False)
class SignedIn(UserMixin):
    """The signed-in account as views and templates see it."""

    user: User
    role_set: frozenset[Role] = field(default_factory=frozenset)

    def get_id(self) -> str:
        """Account and session epoch: a session ends when the epoch grows."""
        return f"{self.user.id}:{self.user.session_epoch}"


def init_app(app: Flask) -> None:
    """Install Flask-Login."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(_unauthorized)
    manager.init_app(app)


def actor() -> Actor:
    """The signed-in person as services and the audit log know them."""
    return Actor.of(current_user.user, request.remote_addr or "?")


def _load(identity: str) -> SignedIn | None:
    user_id, _, epoch = identity.partition(":")
    user = database.session().get(User, int(user_id))
    if user is None or not user.active or str(user.session_epoch) != epoch:
        return None
    return SignedIn(user, frozenset(role.role for role in user.roles))


def _unauthorized() -> Response:
    session.pop("_flashes", None)
    return redirect(url_for("account.sign_in", next=request.full_path if request.method == "GET" else None))
