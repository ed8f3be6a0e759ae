"""Attempts to sign in: what a right or wrong password does to an account, the lock after five failures, its opening.

Hashing happens between `candidate` and `settle`, outside of any transaction, because it takes long. An unknown account,
a wrong password and a closed account give the same answer; only the audit log knows which it was.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from isoaudit.db import SignedOut, User
from isoaudit.domain.account import CLOSED, FAILURES_BEFORE_LOCK, LONGEST_SESSION, AccountStatus
from isoaudit.domain.errors import Conflict
from isoaudit.services import log, settings
from isoaudit.services.accounts import people, second_factor
from isoaudit.services.accounts.hashing import Hasher

UNKNOWN = "(không rõ)"
"""What the log says for a name that is no account: it may be a password typed into the wrong field."""


class Outcome(StrEnum):
    """What came of an attempt."""

    SIGNED_IN = "signed_in"
    SECOND_FACTOR = "second_factor"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that somebody claims to be, read without locking."""

    user_id: int
    password_hash: str


def candidate(session: Session, username: str) -> Candidate | None:
    """The account of that name, or None."""
    user = people.find(session, username[:200])
    return Candidate(user.id, user.password_hash) if user else None


def settle(
    session: Session,
    who: Candidate | None,
    *,
    matched: bool,
    password: str,
    hasher: Hasher,
    source: str,
    now: datetime,
) -> tuple[Outcome, User | None]:
    """Write down what the password check gave: a failure counts, the fifth locks, a right one signs in or asks for the
    second factor. A closed account is refused whatever was typed."""
    user = _locked_row(session, who.user_id) if who else None
    if user is None:
        _log(session, "sign_in.unknown", UNKNOWN, log.Actor(None, UNKNOWN, source, "web"), now)
        return Outcome.REFUSED, None
    by = log.Actor.of(user, source)
    status = people.status_of(user, now)
    if status in CLOSED:
        _log(session, "sign_in.closed", user.username, by, now, status=status.value)
        return Outcome.REFUSED, None
    if not matched:
        fail(session, user, "sign_in.failed", by=by, now=now)
        return Outcome.REFUSED, None
    if hasher.outdated(user.password_hash):
        user.password_hash = hasher.hash(password)
    if user.totp_secret is not None:
        return Outcome.SECOND_FACTOR, user
    _signed_in(session, user, by, now)
    return Outcome.SIGNED_IN, user


def settle_second(
    session: Session, user_id: int, epoch: int, code: str, *, key: str, source: str, now: datetime
) -> User | None:
    """Check the second factor of an account whose password was right; None when refused (and counted)."""
    user = _locked_row(session, user_id)
    if user is None or user.session_epoch != epoch or people.status_of(user, now) in CLOSED:
        return None
    by = log.Actor.of(user, source)
    if not second_factor.accepts(session, user, code, key=key, now=now):
        fail(session, user, "sign_in.second_failed", by=by, now=now)
        return None
    _signed_in(session, user, by, now)
    return user


def fail(session: Session, user: User, action: str, *, by: log.Actor, now: datetime) -> None:
    """Count a failure; the fifth in a row locks the account (until an administrator opens it)."""
    user.failures += 1
    _log(session, action, user.username, by, now, failures=user.failures)
    if user.failures >= FAILURES_BEFORE_LOCK and user.locked_at is None:
        user.locked_at = now
        _log(session, "account.lock", user.username, by, now)


def unlock(session: Session, user: User, *, by: log.Actor, now: datetime) -> None:
    """Open an account that failures locked or that was unused for too long."""
    if people.status_of(user, now) not in {AccountStatus.LOCKED, AccountStatus.UNUSED}:
        raise Conflict("account.not_locked", username=user.username)
    user.failures, user.locked_at, user.active_since = 0, None, now
    _log(session, "account.unlock", user.username, by, now)


def sign_out(session: Session, session_id: str, *, by: log.Actor, now: datetime) -> None:
    """End a session for good, and write down that its person signed out. Those that ended by themselves are cleared."""
    session.execute(delete(SignedOut).where(SignedOut.until < now))
    if by.user_id is not None:
        _locked_row(session, by.user_id)  # two requests of one person take turns
    session.merge(SignedOut(session_id=session_id, until=now + LONGEST_SESSION))
    _log(session, "sign_out", by.account, by, now)


def _signed_in(session: Session, user: User, by: log.Actor, now: datetime) -> None:
    user.failures, user.last_sign_in = 0, now
    _log(session, "sign_in", user.username, by, now)


def _locked_row(session: Session, user_id: int) -> User | None:
    return session.scalar(
        select(User).where(User.id == user_id).with_for_update().execution_options(populate_existing=True)
    )


def _log(session: Session, action: str, subject: str, by: log.Actor, now: datetime, **detail: Any) -> None:
    session.flush()
    log.append(session, settings.home(session).id, action, subject, by=by, now=now, **detail)
