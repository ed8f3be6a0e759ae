"""How often something may happen in a window of time, counted in a table that all workers share."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from isoaudit.db import RateCounter

_KEPT_SECONDS = 24 * 3600


def used(session: Session, name: str, seconds: int, now: datetime) -> int:
    """How often `name` was counted in the current window of `seconds`."""
    found = session.scalar(
        select(RateCounter.count).where(RateCounter.name == name[:200], RateCounter.window == _window(seconds, now))
    )
    return found or 0


def count(session: Session, name: str, seconds: int, now: datetime) -> int:
    """Count once more and return the new number. The first of a window clears what is a day old."""
    values = {"name": name[:200], "window": _window(seconds, now), "count": 1}
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    statement = insert(RateCounter).values(**values)
    number = session.scalar(
        statement.on_conflict_do_update(
            index_elements=[RateCounter.name, RateCounter.window], set_={"count": RateCounter.count + 1}
        ).returning(RateCounter.count)
    )
    if number == 1:
        session.execute(delete(RateCounter).where(RateCounter.window < int(now.timestamp()) - _KEPT_SECONDS))
    return number or 1


def wait(seconds: int, now: datetime) -> int:
    """How many seconds are left until the window ends."""
    return _window(seconds, now) + seconds - int(now.timestamp())


def _window(seconds: int, now: datetime) -> int:
    return int(now.timestamp()) // seconds * seconds
