"""What every command needs: the settings, sessions on an up-to-date database, and the hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from isoaudit import migrations
from isoaudit.config import Config, load
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.localday import local_day


def configuration() -> Config:
    """The settings; a bad one ends the command with a usage error."""
    try:
        return load()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def engine(config: Config) -> Engine:
    """The engine of the configured database; its connections are closed when the command ends."""
    made = make_engine(config.database_url)
    if command := click.get_current_context(silent=True):
        command.call_on_close(made.dispose)
    return made


def sessions(config: Config | None = None) -> Sessions:
    """Sessions on the configured database. Ends the command with status 1 when migrations are missing."""
    config = config or configuration()
    url = config.database_url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        raise Invalid("database.none", record=config.instance)  # asking must not make an empty one
    made = Sessions(engine(config))
    with made.engine.connect() as connection:
        behind = migrations.current(connection) != migrations.newest()
    if behind:
        raise click.ClickException(
            "Cơ sở dữ liệu chưa ở phiên bản của chương trình. Hãy chạy: isoaudit db upgrade "
            "(the database is behind its migrations; run: isoaudit db upgrade)"
        )
    return made


@contextmanager
def writing() -> Iterator[Session]:
    """A session that commits when the command succeeds."""
    with sessions().writing.begin() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A session that never writes."""
    with sessions().reading() as session:
        yield session


def existing(path: Path) -> Path:
    """A file that a command reads; one that is not there is refused, with exit status 1, as everywhere."""
    if not path.exists() or path.is_dir():
        raise Invalid("file.none", value=path)
    return path


def note_future(day: date) -> None:
    """Tell on standard error that figures as of a day to come are of what was entered so far."""
    today = local_day(now())
    if day <= today:
        return
    when = f"năm {day.year} chưa bắt đầu" if day.year > today.year else f"chưa đến ngày {short_date(day)}"
    click.echo(
        f"Lưu ý: hôm nay là {short_date(today)}, {when}; số liệu là của những gì đã nhập đến nay "
        "(that day has not come; figures are of what is entered).",
        err=True,
    )


def now() -> datetime:
    """The hour, which services take as an argument."""
    return datetime.now(UTC)
