"""Alembic migrations, inside the package so that they ship. `upgrade`, `check` and what they need."""

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


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest migration, in one transaction."""
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current(connection: Connection) -> str | None:
    """The migration at which the database stands; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest migration that this program knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def differences(connection: Connection) -> list[object]:
    """What `Base.metadata` has and the database has not, or the other way round; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
