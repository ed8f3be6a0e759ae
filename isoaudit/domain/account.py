"""The rules of accounts that need no database: when one is locked, unused or due for a new password, and how long a
session may rest.

What a password must be like is in `passwords`; counting failures and writing them down is the business of services.
The numbers are those of the security level that the product is built to (issue §6); they are bounds, not settings.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from isoaudit.domain.vocabulary import Role, Word

FAILURES_BEFORE_LOCK = 5
UNUSED_AFTER = timedelta(days=45)
ADMINISTRATOR_RENEWAL = timedelta(days=60)
IDLE = timedelta(minutes=15)
IDLE_ADMINISTRATOR = timedelta(minutes=5)
LONGEST_SESSION = timedelta(hours=12)


class AccountStatus(Word):
    """Whether an account can be used; the first that fits, from the bottom up."""

    ACTIVE = "active", "đang dùng", "in use"
    FIRST_PASSWORD = "first_password", "chưa đổi mật khẩu lần đầu", "first password not changed yet"
    UNUSED = "unused", "không dùng quá 45 ngày", "unused for over 45 days"
    LOCKED = "locked", "bị khóa do nhập sai", "locked after failures"
    DISABLED = "disabled", "đã ngừng", "disabled"


CLOSED = frozenset({AccountStatus.UNUSED, AccountStatus.LOCKED, AccountStatus.DISABLED})
"""The statuses with which nobody signs in."""


class Tie(Word):
    """A person's tie to a unit; the latter two are warned about when the person joins a team."""

    OFFICER = "officer", "thư ký ISO của đơn vị", "ISO secretary of the unit"
    BELONGS = "belongs", "công tác tại đơn vị", "works at the unit"
    ADVISED = "advised", "đã tư vấn cho đơn vị", "has advised the unit"


def status(
    *, active: bool, locked_at: datetime | None, last_used: datetime, must_change: bool, example: bool, now: datetime
) -> AccountStatus:
    """The status at `now`. `last_used` is the later of the last sign-in and the activation.

    Example accounts never count as unused: they exist only in a demonstration.
    """
    if not active:
        return AccountStatus.DISABLED
    if locked_at is not None:
        return AccountStatus.LOCKED
    if not example and now - last_used > UNUSED_AFTER:
        return AccountStatus.UNUSED
    return AccountStatus.FIRST_PASSWORD if must_change else AccountStatus.ACTIVE


def idle_limit(roles: Collection[Role]) -> timedelta:
    """How long a session of an account with these roles may rest before it ends."""
    return IDLE_ADMINISTRATOR if Role.ADMINISTRATOR in roles else IDLE


def password_due(roles: Collection[Role], changed_at: datetime | None, *, must_change: bool, now: datetime) -> bool:
    """Whether a new password has to be chosen before anything else: the first one, or an administrator's old one."""
    if must_change or changed_at is None:
        return True
    return Role.ADMINISTRATOR in roles and now - changed_at > ADMINISTRATOR_RENEWAL


def second_factor_due(roles: Collection[Role], *, enrolled: bool, example: bool) -> bool:
    """Whether the second factor has to be set up before anything else: administrators, except in a demonstration."""
    return Role.ADMINISTRATOR in roles and not enrolled and not example
