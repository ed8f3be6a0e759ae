"""How often something may happen in a window of time, counted in a table that all workers share.

Counting happens on every changing request, so its statements are built once.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from isoaudit.db import Base

_KEPT_SECONDS = 24 * 3600
_COUNTERS = Base.metadata.tables["rate_counter"]
_USED = select(_COUNTERS.c.count).where(
    _COUNTERS.c.name == bindparam("name"), _COUNTERS.c.window == bindparam("window")
)
_COUNT = {
    dialect: insert(_COUNTERS)
    .on_conflict_do_update(
        index_elements=[_COUNTERS.c.name, _COUNTERS.c.window], set_={"count": _COUNTERS.c.count + bindparam("more")}
    )
    .returning(_COUNTERS.c.count)
    for dialect, insert in (("sqlite", insert_sqlite), ("postgresql", insert_postgresql))
}


def used(session: Session, name: str, seconds: int, now: datetime) -> int:
    """How often `name` was counted in the current window of `seconds`."""
    key = {"name": name[:200], "window": window(seconds, now)}
    return session.connection().execute(_USED, key).scalar() or 0


def count(session: Session, name: str, seconds: int, now: datetime, more: int = 1) -> int:
    """Count once more, or as often as `more` says, and return the new number. The first of a window clears what is a
    day old."""
    connection = session.connection()
    values = {"name": name[:200], "window": window(seconds, now), "count": more, "more": more}
    number: int = connection.execute(_COUNT[connection.dialect.name], values).scalar_one()
    if number == more:
        connection.execute(delete(_COUNTERS).where(_COUNTERS.c.window < int(now.timestamp()) - _KEPT_SECONDS))
    return number


def wait(seconds: int, now: datetime) -> int:
    """How many seconds are left until the window ends."""
    return window(seconds, now) + seconds - int(now.timestamp())


def window(seconds: int, now: datetime) -> int:
    """The window of `seconds` in which `now` lies: the second at which it began."""
    return int(now.timestamp()) // seconds * seconds
