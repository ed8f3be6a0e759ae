"""`isoaudit db upgrade` and `isoaudit db check`."""

import click

from isoaudit import migrations
from isoaudit.cli import context
from isoaudit.cli.usage import Commands
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.services.rollup import sheets


@click.group("db", cls=Commands)
def group() -> None:
    """Cơ sở dữ liệu: nâng cấp, kiểm tra."""


@group.command()
def upgrade() -> None:
    """Đưa cơ sở dữ liệu lên phiên bản mới nhất của chương trình."""
    engine = make_engine(context.configuration().database_url)
    migrations.upgrade(engine)
    with Sessions(engine).writing.begin() as session:
        sheets.renew(session)
    click.echo(f"Cơ sở dữ liệu ở phiên bản {migrations.newest()}.")


@group.command()
def check() -> None:
    """Kiểm tra cơ sở dữ liệu có đúng phiên bản và cấu trúc của chương trình không."""
    with context.sessions().engine.connect() as connection:
        found = migrations.differences(connection)
    if found:
        raise click.ClickException("Cấu trúc cơ sở dữ liệu khác chương trình:\n" + "\n".join(map(str, found)))
    click.echo("Cơ sở dữ liệu đúng với chương trình.")
