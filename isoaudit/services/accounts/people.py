"""The people behind accounts: adding one, editing it, its roles and ties to units, closing and opening it.

Passwords are in `passwords`, signing in in `signing`, the list in `listing`.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Unit, UnitMembership, User, UserRole
from isoaudit.domain.account import AccountStatus, Tie, status
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import Role
from isoaudit.services import log, settings
from isoaudit.services.accounts.hashing import FirstPassword

LONGEST = 200
"""Characters of a name, a position, an e-mail address."""
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,62}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class TieTo:
    """A tie to a unit: the unit's key and what ties (`Tie`)."""

    unit_id: int
    tie: Tie = Tie.OFFICER


def add(
    session: Session,
    *,
    username: str,
    full_name: str,
    roles: Collection[Role],
    ties: Sequence[TieTo] = (),
    position: str | None = None,
    email: str | None = None,
    language: str = "vi",
    example: bool = False,
    must_change: bool = True,
    first: FirstPassword,
    by: log.Actor,
    now: datetime,
) -> User:
    """A new account with its first password, of which only the hash is kept. Raises what `refuse` raises."""
    refuse(session, username=username, full_name=full_name, roles=roles, ties=ties, position=position, email=email)
    name = username.strip().lower()
    user = User(
        username=name,
        password_hash=first.hash,
        must_change=must_change,
        password_changed_at=now,
        created_at=now,
        active_since=now,
        language=language,
        example=example,
        **_described(name, full_name, position, email),
    )
    user.roles = [UserRole(role=role) for role in sorted(set(roles))]
    user.memberships = _memberships(ties, now.date())
    session.add(user)
    session.flush()
    _log(session, "account.add", user, by, now, roles=sorted(roles), units=[tie.unit_id for tie in ties])
    return user


def refuse(
    session: Session,
    *,
    username: str,
    full_name: str,
    roles: Collection[Role],
    ties: Sequence[TieTo] = (),
    position: str | None = None,
    email: str | None = None,
) -> None:
    """Refuse what `add` would refuse; nothing is written.

    Raises Invalid (username, full_name, position, email, roles, unit), Conflict (the name is taken).
    """
    name = username.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise Invalid("account.username", field="username", username=username)
    if not full_name.strip():
        raise Invalid("account.name_required", field="full_name", username=name)
    if find(session, name) is not None:
        raise Conflict("account.taken", field="username", username=name)
    _check_roles(name, roles, ties)
    _described(name, full_name, position, email)


def find(session: Session, username: str) -> User | None:
    """The account of that name, in any case of letters."""
    return session.scalar(select(User).where(User.username == username.strip().lower()))


def named(session: Session, username: str) -> User:
    """The account of that name; NotFound otherwise."""
    user = find(session, username)
    if user is None:
        raise NotFound("account.unknown", username=username)
    return user


def get(session: Session, user_id: int) -> User:
    """The account of that key; NotFound otherwise."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("account.unknown", username=str(user_id))
    return user


def describe(
    session: Session,
    user: User,
    *,
    full_name: str,
    position: str | None,
    email: str | None,
    language: str,
    by: log.Actor,
    now: datetime,
) -> None:
    """Change the name, position, e-mail and language of an account."""
    if not full_name.strip():
        raise Invalid("account.name_required", field="full_name", username=user.username)
    values = _described(user.username, full_name, position, email) | {"language": language}
    changed = [name for name, value in values.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, values[name])
    if changed:
        _log(session, "account.edit", user, by, now, fields=[name for name in changed if name not in _DERIVED])


def assign(
    session: Session, user: User, *, roles: Collection[Role], ties: Sequence[TieTo], by: log.Actor, now: datetime
) -> None:
    """Give an account exactly these roles and standing ties. A change of roles or of the unit kept ends its sessions.

    Raises Invalid when nothing is left, when a unit officer has no unit, or when administrators take their own right.
    """
    _check_roles(user.username, roles, ties)
    held = {row.role for row in user.roles}
    if by.user_id == user.id and Role.ADMINISTRATOR in held - set(roles):
        raise Invalid("account.own_right", field="roles", username=user.username)
    standing = {(row.unit_id, row.tie): row for row in user.memberships if row.until is None}
    wanted = {(tie.unit_id, tie.tie.value): tie for tie in ties}
    if held == set(roles) and standing.keys() == wanted.keys():
        return
    user.roles = [row for row in user.roles if row.role in roles] + [
        UserRole(role=role) for role in sorted(set(roles) - held)
    ]
    for key, row in standing.items():
        if key not in wanted:
            row.until = now.date()
    earlier = {(row.unit_id, row.tie): row for row in user.memberships if row.until is not None}
    for key in wanted.keys() - standing.keys():
        if key in earlier:
            earlier[key].until = None
        else:
            user.memberships.append(UnitMembership(unit_id=key[0], tie=key[1], since=now.date()))
    user.session_epoch += 1
    _log(session, "account.assign", user, by, now, roles=sorted(roles), units=[list(key) for key in sorted(wanted)])


def disable(session: Session, user: User, *, by: log.Actor, now: datetime) -> None:
    """Close an account: its sessions end, nobody signs in. Administrators cannot close their own."""
    if by.user_id == user.id:
        raise Invalid("account.own_disable", username=user.username)
    if not user.active:
        raise Conflict("account.already_disabled", username=user.username)
    user.active = False
    user.session_epoch += 1
    _log(session, "account.disable", user, by, now)


def enable(session: Session, user: User, *, by: log.Actor, now: datetime) -> None:
    """Open a closed account again; the 45 days without use begin anew."""
    if user.active:
        raise Conflict("account.not_disabled", username=user.username)
    user.active, user.active_since = True, now
    user.failures, user.locked_at = 0, None
    _log(session, "account.enable", user, by, now)


def status_of(user: User, now: datetime) -> AccountStatus:
    """Whether the account can be used at `now`."""
    return status(
        active=user.active,
        locked_at=user.locked_at,
        last_used=max(user.active_since, user.last_sign_in or user.active_since),
        must_change=user.must_change,
        example=user.example,
        now=now,
    )


def unit_coded(session: Session, code: str, on: date) -> Unit:
    """The unit of the home province that has the code on that day (a code alone names no unit, RULES §2)."""
    found = session.scalar(
        select(Unit).where(
            Unit.province_id == settings.home(session).id,
            Unit.code == code.strip(),
            Unit.valid_from <= on,
            or_(Unit.valid_to.is_(None), Unit.valid_to > on),
        )
    )
    if found is None:
        raise Invalid("account.unit_unknown", field="unit", unit=code, day=f"{on:%d/%m/%Y}")
    return found


def unit_names(session: Session, unit_ids: Collection[int]) -> list[str]:
    """The names of units, in the Vietnamese order."""
    return list(session.scalars(select(Unit.name).where(Unit.id.in_(unit_ids)).order_by(Unit.sort_key)))


def units_by_id(session: Session, unit_ids: Collection[int]) -> dict[int, str]:
    """Key of a unit → its name and code."""
    rows = session.execute(select(Unit.id, Unit.name, Unit.code).where(Unit.id.in_(unit_ids)))
    return {row.id: f"{row.name} ({row.code})" for row in rows}


_DERIVED = {"fold", "sort_key"}


def _described(username: str, full_name: str, position: str | None, email: str | None) -> dict[str, str | None]:
    name = " ".join(full_name.split())
    for field, value in (("full_name", name), ("position", position), ("email", email)):
        if len(value or "") > LONGEST:
            raise Invalid("account.too_long", field=field, username=username, value=len(value or ""), longest=LONGEST)
    return {
        "full_name": name,
        "position": (position or "").strip() or None,
        "email": (email or "").strip() or None,
        "fold": fold(f"{name} {username}"),
        "sort_key": sort_key(" ".join([*reversed(name.split()[-1:]), *name.split()[:-1]])),
    }


def _check_roles(username: str, roles: Collection[Role], ties: Sequence[TieTo]) -> None:
    if not roles:
        raise Invalid("account.role_required", field="roles", username=username)
    if Role.UNIT_OFFICER in roles and not any(tie.tie is Tie.OFFICER for tie in ties):
        raise Invalid("account.unit_required", field="unit", username=username)


def _memberships(ties: Sequence[TieTo], since: date) -> list[UnitMembership]:
    return [UnitMembership(unit_id=tie.unit_id, tie=tie.tie.value, since=since) for tie in dict.fromkeys(ties)]


def _log(session: Session, action: str, user: User, by: log.Actor, now: datetime, **detail: Any) -> None:
    session.flush()
    log.append(session, settings.home(session).id, action, user.username, by=by, now=now, **detail)
