"""Changing one's own password, and an administrator's reset to a new first one. Either ends every session."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from isoaudit.db import RecoveryCode, User
from isoaudit.domain.errors import Invalid
from isoaudit.domain.passwords import Weakness, normalised, weaknesses
from isoaudit.services import log, settings
from isoaudit.services.accounts.hashing import Hasher, first_password


class WeakPassword(Invalid):
    """The new password is not strong enough; `found` says everything that is wrong."""

    def __init__(self, found: tuple[Weakness, ...]) -> None:
        super().__init__("password.weak", field="new", reasons="; ".join(each.vi for each in found))
        self.found = found


def change(session: Session, user: User, *, old: str, new: str, hasher: Hasher, by: log.Actor, now: datetime) -> None:
    """Change one's own password.

    Raises Invalid: `password.wrong` (the present one), WeakPassword, `password.same`, `password.is_name`.
    """
    if not hasher.matches(user.password_hash, old):
        raise Invalid("password.wrong", field="old")
    found = weaknesses(new, second_factor=user.totp_secret is not None)
    if found:
        raise WeakPassword(found)
    if normalised(new) == normalised(old):
        raise Invalid("password.same", field="new")
    if user.username in normalised(new).lower():
        raise Invalid("password.is_name", field="new")
    user.password_hash = hasher.hash(new)
    user.password_changed_at, user.must_change = now, False
    user.session_epoch += 1
    _log(session, "account.password", user, by, now)


def reset(session: Session, user: User, *, hasher: Hasher, by: log.Actor, now: datetime) -> str:
    """Give the account a new first password, open its lock and take its second factor away (it is set up anew).

    Returns the password; only its hash is kept.
    """
    password = first_password()
    user.password_hash = hasher.hash(password)
    user.password_changed_at, user.must_change = now, True
    user.failures, user.locked_at = 0, None
    user.active_since = now
    user.totp_secret = user.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    user.session_epoch += 1
    _log(session, "account.reset", user, by, now)
    return password


def _log(session: Session, action: str, user: User, by: log.Actor, now: datetime) -> None:
    session.flush()
    log.append(session, settings.home(session).id, action, user.username, by=by, now=now)
