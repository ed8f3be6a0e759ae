"""Alembic migrations, inside the package so that they ship. `upgrade`, `check` and what they need."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from isoaudit.db import Base
from isoaudit.shipped import MIGRATIONS


def configuration() -> Config:
    """Alembic's configuration; the database comes as a connection in `attributes`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, target: str = "head") -> None:
    """Bring the database to the newest migration, or to `target`, in one transaction.

    SQLite checks foreign keys at its end instead of at each statement, so that a table can be made anew.
    """
    config = configuration()
    with engine.connect() as connection, _unchecked(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"foreign keys without their row: {broken[:5]}")


@contextmanager
def _unchecked(connection: Connection) -> Iterator[None]:
    """SQLite's foreign keys off, which is possible outside of transactions only."""
    raw: Any = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if raw is not None:
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if raw is not None:
            raw.execute("PRAGMA foreign_keys=ON")


def current(connection: Connection) -> str | None:
    """The migration at which the database stands; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest migration that this program knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def differences(connection: Connection) -> list[object]:
    """What `Base.metadata` has and the database has not, or the other way round; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
