"""The list of accounts: search without diacritics, filters, order, one page of it; and the whole list as a table for
the yearly review (type, name, status, owner, unit, activation date)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from isoaudit.db import Unit, UnitMembership, User, UserRole
from isoaudit.domain.account import UNUSED_AFTER, AccountStatus
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import Role
from isoaudit.services.accounts import people

ORDERS = {"ten": User.sort_key, "tai-khoan": User.username, "dang-nhap": User.last_sign_in}
"""What the list can be sorted by; a hyphen before it turns the order round."""


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the list."""

    id: int
    username: str
    full_name: str
    position: str | None
    email: str | None
    roles: tuple[Role, ...]
    units: tuple[str, ...]
    status: AccountStatus
    active_since: datetime
    last_sign_in: datetime | None
    second_factor: bool


def search(
    session: Session,
    now: datetime,
    *,
    text: str = "",
    role: Role | None = None,
    status: AccountStatus | None = None,
    order: str = "ten",
    number: int = 1,
    per_page: int = 50,
) -> tuple[list[Line], int]:
    """One page of the accounts that match, and how many match in all."""
    query = select(User)
    for word in fold(text).split():
        query = query.where(User.fold.contains(word, autoescape=True))
    if role is not None:
        query = query.where(User.id.in_(select(UserRole.user_id).where(UserRole.role == role)))
    if status is not None:
        query = query.where(_has(status, now))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return _lines(session, _ordered(query, order).limit(per_page).offset((number - 1) * per_page), now), total


def everyone(session: Session, now: datetime) -> list[Line]:
    """All accounts by name."""
    return _lines(session, _ordered(select(User), "ten"), now)


def _ordered(query: Select[Any], order: str) -> Select[Any]:
    column = ORDERS.get(order.removeprefix("-"), User.sort_key)
    if order.startswith("-"):
        return query.order_by(column.desc().nulls_last(), User.id.desc())
    return query.order_by(column.asc().nulls_first(), User.id)


def _has(status: AccountStatus, now: datetime) -> ColumnElement[bool]:
    """The condition that `domain.account.status` gives this status."""
    before = now - UNUSED_AFTER
    unused = and_(
        User.example.is_(False),
        User.active_since < before,
        or_(User.last_sign_in.is_(None), User.last_sign_in < before),
    )
    ladder: list[tuple[AccountStatus, ColumnElement[bool]]] = [
        (AccountStatus.DISABLED, User.active.is_(False)),
        (AccountStatus.LOCKED, User.locked_at.is_not(None)),
        (AccountStatus.UNUSED, unused),
        (AccountStatus.FIRST_PASSWORD, User.must_change.is_(True)),
        (AccountStatus.ACTIVE, true()),
    ]
    place = [step for step, _condition in ladder].index(status)
    return and_(ladder[place][1], *(~condition for _step, condition in ladder[:place]))


def _lines(session: Session, query: Select[Any], now: datetime) -> list[Line]:
    users: Sequence[User] = session.scalars(query).all()
    names: dict[int, list[str]] = {}
    rows = session.execute(
        select(UnitMembership.user_id, Unit.name)
        .join(Unit, Unit.id == UnitMembership.unit_id)
        .where(UnitMembership.user_id.in_([user.id for user in users]), UnitMembership.until.is_(None))
        .order_by(Unit.sort_key)
    )
    for user_id, name in rows:
        if name not in names.setdefault(user_id, []):
            names[user_id].append(name)
    return [
        Line(
            id=user.id,
            username=user.username,
            full_name=user.full_name,
            position=user.position,
            email=user.email,
            roles=tuple(role for role in Role if role in {row.role for row in user.roles}),
            units=tuple(names.get(user.id, ())),
            status=people.status_of(user, now),
            active_since=user.active_since,
            last_sign_in=user.last_sign_in,
            second_factor=user.totp_secret is not None,
        )
        for user in users
    ]
