"""Who is signed in: the account behind a request, loaded once, with its roles; and how long a session lasts.

A session is a signed cookie. It ends on the server's word: after resting too long, after twelve hours, when its person
signed out (which ends this session on every copy of the cookie, and no other), and when the account's `session_epoch`
has grown (new password, other roles, disabled). What was typed into a form that comes too
late is held (`held`), not lost.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import bindparam, select
from werkzeug.wrappers import Response

from isoaudit.db import Base, User
from isoaudit.domain.account import LONGEST_SESSION, Tie, idle_limit, password_due, second_factor_due
from isoaudit.domain.vocabulary import Role
from isoaudit.http import clock, database, errors, held
from isoaudit.services.accounts.hashing import Hasher
from isoaudit.services.log import Actor

_TOUCH_SECONDS = 15
_KEPT_AT_SIGN_IN = ("language",)
_ACCOUNTS, _ROLES, _TIES = (Base.metadata.tables[name] for name in ("user_account", "user_role", "unit_membership"))
_SIGNED_OUT = Base.metadata.tables["signed_out"]
_ACCOUNT = (
    select(
        _SIGNED_OUT.c.session_id.label("signed_out"),
        *(_ACCOUNTS.c[name] for name in ("id", "username", "full_name", "language", "session_epoch", "active")),
        *(_ACCOUNTS.c[name] for name in ("password_changed_at", "must_change", "totp_secret", "example")),
        *(_ROLES.c.role, _TIES.c.unit_id, _TIES.c.tie, _TIES.c.until),
    )
    .select_from(_ACCOUNTS)
    .outerjoin(_ROLES, _ROLES.c.user_id == _ACCOUNTS.c.id)
    .outerjoin(_TIES, _TIES.c.user_id == _ACCOUNTS.c.id)
    .outerjoin(_SIGNED_OUT, _SIGNED_OUT.c.session_id == bindparam("session"))
    .where(_ACCOUNTS.c.id == bindparam("account"))
    .order_by(_TIES.c.id)
)
"""An account with its roles and memberships, and whether this session of it was signed out, in one query."""


@dataclass(eq=False)
class SignedIn(UserMixin):
    """The signed-in account as views and templates see it. The plain values stay readable when the request's session
    was rolled back; `user` is the row, read when it is asked for."""

    id: int
    username: str
    full_name: str
    language: str
    epoch: int
    role_set: frozenset[Role] = field(default_factory=frozenset)
    units: tuple[int, ...] = ()
    """The units whose officer this person is."""
    password_due: bool = False
    second_factor_due: bool = False
    second_factor: bool = False

    @classmethod
    def of(cls, rows: Sequence[Any], now: datetime) -> "SignedIn":
        """The account as it stands at `now`, from its rows of `_ACCOUNT`: one for each role and membership."""
        user, roles = rows[0], frozenset(row.role for row in rows if row.role is not None)
        enrolled = user.totp_secret is not None
        return cls(
            id=user.id,
            username=user.username,
            full_name=user.full_name,
            language=user.language,
            epoch=user.session_epoch,
            role_set=roles,
            units=tuple(dict.fromkeys(row.unit_id for row in rows if row.tie == Tie.OFFICER and row.until is None)),
            password_due=password_due(roles, user.password_changed_at, must_change=user.must_change, now=now),
            second_factor_due=second_factor_due(roles, enrolled=enrolled, example=user.example),
            second_factor=enrolled,
        )

    @property
    def user(self) -> User:
        """The account's row, in the request's session."""
        return database.session().get_one(User, self.id)

    def get_id(self) -> str:
        """Account and session epoch: a session ends when the epoch grows."""
        return f"{self.id}:{self.epoch}"

    @property
    def duty(self) -> str | None:
        """The endpoint to which the person has to go before anything else, or None."""
        if self.password_due:
            return "account.password"
        return "second_factor.index" if self.second_factor_due else None


FREE = frozenset({"account.password", "second_factor.index", "account.sign_out"})
"""What can be reached before a duty is done, besides public views; `second_factor.index` only once the password is."""


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookies, Secure whenever the request came by HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie may travel only by HTTPS."""
        return request.is_secure


def init_app(app: Flask, hasher: Hasher, account_key: str) -> None:
    """Install Flask-Login, the hasher of passwords and the check of resting sessions. Comes before CSRF protection."""
    app.session_interface = CookieSessions()
    app.extensions["isoaudit.hasher"] = hasher
    app.extensions["isoaudit.account_key"] = account_key
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(unauthorized)
    manager.init_app(app)
    app.before_request(_rest)


def hasher() -> Hasher:
    """The app's hasher of passwords."""
    return current_app.extensions["isoaudit.hasher"]  # type: ignore[no-any-return]


def account_key() -> str:
    """The key from which second factors are made."""
    return current_app.extensions["isoaudit.account_key"]  # type: ignore[no-any-return]


def source() -> str:
    """The address from which the request came, for the log."""
    return request.remote_addr or "?"


def actor() -> Actor:
    """The signed-in person as services and the audit log know them."""
    return Actor(current_user.id, current_user.username, source(), "web")


def marks(user: User, now: datetime) -> dict[str, Any]:
    """What a session holds while `user` is signed in."""
    roles = [row.role for row in user.roles]
    return {
        "_user_id": f"{user.id}:{user.session_epoch}",
        "id": secrets.token_hex(16),
        "began": int(now.timestamp()),
        "seen": int(now.timestamp()),
        "idle": _idle_seconds(roles),
    }


def begin(user: User) -> None:
    """Start a fresh session for an account that has proved itself; nothing of the session before stays."""
    end()
    session.setdefault("language", user.language)
    session.update(marks(user, clock.now()))


def end() -> None:
    """End the session; only the language is remembered."""
    kept = {name: session[name] for name in _KEPT_AT_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)  # a token made earlier in this request belongs to the session that ended


def unauthorized() -> Response:
    """The answer to somebody who is not signed in: the sign-in page, which leads back; 401 for programs."""
    if errors.wants_json():
        return errors.problem(401, "signin.required")
    return redirect(
        url_for("account.sign_in", next=request.full_path.rstrip("?") if request.method in database.SAFE else None)
    )


def _idle_seconds(roles: Collection[Role]) -> int:
    return int(idle_limit(roles).total_seconds())


def _load(identity: str) -> SignedIn | None:
    """The account behind a session, read anew for every request: what an administrator changes holds at once."""
    user_id, _colon, epoch = identity.partition(":")
    asked = {"account": int(user_id), "session": session.get("id", "")}
    rows = database.session().connection().execute(_ACCOUNT, asked).all()
    if not rows or rows[0].signed_out or not rows[0].active or str(rows[0].session_epoch) != epoch:
        return None
    return SignedIn.of(rows, clock.now())


def _rest() -> Response | tuple[str, int] | None:
    """End a session that rested too long; otherwise note that it is in use (at most every few seconds)."""
    if "_user_id" not in session or request.endpoint is None or request.endpoint.endswith("static"):
        return None
    now = int(clock.now().timestamp())
    too_long = now - session.get("seen", 0) > session.get("idle", 0)
    if not too_long and now - session.get("began", 0) <= LONGEST_SESSION.total_seconds():
        if now - session["seen"] >= _TOUCH_SECONDS:
            session["seen"] = now
        return None
    typed = held.keep(session["_user_id"].partition(":")[0])
    end()
    if current_app.view_functions[request.endpoint].__dict__.get("isoaudit_access") == "public":
        return None
    if errors.wants_json():
        return errors.problem(401, "signin.idle")
    if request.method in database.SAFE:
        flash(_("Phiên làm việc đã hết vì lâu không thao tác. Hãy đăng nhập lại để làm tiếp."), "info")
        return unauthorized()
    return held.page(typed)
