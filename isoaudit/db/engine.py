"""The engine and its sessions, for SQLite and PostgreSQL.

SQLite: WAL, foreign keys on, synchronous FULL, and the driver's own BEGIN switched off so that SAVEPOINT works and a
writing session can begin with BEGIN IMMEDIATE (a later upgrade of a read lock cannot be waited for).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 15


def make_engine(url: str) -> Engine:
    """An engine for `url` (sqlite:///… or postgresql+psycopg://…)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "temp_store=MEMORY",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("isoaudit_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Sessions:
    """Makes sessions: `writing()` takes SQLite's write lock from its first statement, `reading()` never does and sees
    one state of the data until it ends (SQLite's read transaction, PostgreSQL's REPEATABLE READ)."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.writing = sessionmaker(engine, expire_on_commit=False)
        options: dict[str, Any] = {"isoaudit_reading": True}
        if engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        self.reading: sessionmaker[Session] = sessionmaker(engine.execution_options(**options), expire_on_commit=False)


@contextmanager
def reading(session: Session) -> Iterator[Session]:
    """A session that sees one state of what is committed, for what is read in several statements and then kept: figures
    to be frozen, above all. A session that reads already is given back itself. Beside one that writes, another is
    opened: it sees nothing of what that one has not committed, waits for nobody, and PostgreSQL lets it write nothing
    (at READ COMMITTED, each statement of a writing session sees whatever was committed just before it)."""
    connection = session.connection()
    if connection.get_execution_options().get("isoaudit_reading", False):
        yield session
        return
    made = Sessions(connection.engine.execution_options(postgresql_readonly=True))
    with made.reading() as own:
        yield own
