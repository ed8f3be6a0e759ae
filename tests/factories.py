"""Rows for the tests, one function a noun; what a test does not say is plausible and fixed. They flush only."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from isoaudit.db import Unit, UnitMembership, User, UserRole
from isoaudit.domain.account import Tie
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import Role, UnitKind
from isoaudit.services import settings
from isoaudit.services.accounts.hashing import Hasher
from tests.conftest import NOW

PASSWORD = "Mật khẩu thử 2020!"
_HASH = Hasher(64).hash(PASSWORD)


def user(
    session: Session,
    *,
    role: Role = Role.OFFICE,
    username: str | None = None,
    full_name: str | None = None,
    roles: tuple[Role, ...] = (),
    unit_id: int | None = None,
    must_change: bool = False,
    second_factor: bool | None = None,
    now: datetime = NOW,
) -> User:
    """An account with the password PASSWORD, already changed; administrators have their second factor.

    `unit_id` makes it that unit's officer. A second account of one role gets a number in its name.
    """
    held = roles or (role,)
    if username is None:
        taken = session.query(User).filter(User.username.startswith(held[0].value.replace("_", "-"))).count()
        username = held[0].value.replace("_", "-") + (f"-{taken + 1}" if taken else "")
    full_name = full_name or f"{held[0].vi} {username}"
    made = User(
        username=username,
        full_name=full_name,
        fold=fold(f"{full_name} {username}"),
        sort_key=sort_key(full_name),
        password_hash=_HASH,
        must_change=must_change,
        password_changed_at=now,
        created_at=now,
        active_since=now,
    )
    if second_factor if second_factor is not None else Role.ADMINISTRATOR in held:
        made.totp_secret = "00112233445566778899aabbccddeeff"
    made.roles = [UserRole(role=each) for each in held]
    if unit_id is not None:
        made.memberships = [UnitMembership(unit_id=unit_id, tie=Tie.OFFICER.value, since=date(2020, 1, 1))]
    session.add(made)
    session.flush()
    return made


def unit(
    session: Session,
    *,
    code: str = "19348",
    name: str = "Xã Vĩnh Giang",
    kind: UnitKind = UnitKind.COMMUNE,
    valid_from: date = date(1900, 1, 1),
    valid_to: date | None = None,
    parent_id: int | None = None,
    province: str = "Quảng Trị",
) -> Unit:
    """A unit of the register, in force since before anybody wrote it down."""
    made = Unit(
        province_id=settings.province(session, province).id,
        code=code,
        name=name,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        parent_id=parent_id,
        fold=fold(name),
        sort_key=sort_key(name),
    )
    session.add(made)
    session.flush()
    return made
