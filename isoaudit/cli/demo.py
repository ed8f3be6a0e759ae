"""`isoaudit demo`: the example year 2020 in a fresh database, then the server; `--remove` takes it out again."""

import os

import click
from sqlalchemy import select

from isoaudit import migrations
from isoaudit.cli import context, serving
from isoaudit.config import Config
from isoaudit.db import Unit, User
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.errors import Conflict
from isoaudit.services import example, log
from isoaudit.services.accounts.hashing import Hasher
from isoaudit.services.exampleyear import loading, removal

ACCOUNTS_FILE = "demo-accounts.txt"


@click.command()
@click.option("--load-only", is_flag=True, help="Chỉ nạp dữ liệu, không chạy máy chủ.")
@click.option("--remove", is_flag=True, help="Xóa mọi dữ liệu minh hoạ, ngừng các tài khoản minh hoạ.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", type=serving.PORT, default=8000, show_default=True, help="Cổng.")
def demo(load_only: bool, remove: bool, host: str, port: int) -> None:
    """Năm minh hoạ 2020: nạp vào cơ sở dữ liệu mới nếu chưa có, rồi chạy máy chủ."""
    config = context.configuration()
    if remove:
        _remove(config)
        return
    engine = make_engine(config.database_url)
    with engine.connect() as connection:
        without_tables = migrations.current(connection) is None
    if without_tables:
        migrations.upgrade(engine)
    sessions = context.sessions(config)
    if _is_empty(sessions):
        click.echo("Đang nạp năm minh hoạ 2020…")
        _load(config, sessions)
    elif not (config.instance / ACCOUNTS_FILE).exists():
        click.echo("Cơ sở dữ liệu đã có dữ liệu; không nạp năm minh hoạ.")
    _tell_accounts(config, sessions)
    if load_only:
        return
    serving.run(config, host, port)


def _is_empty(sessions: Sessions) -> bool:
    """Nothing was ever entered: neither an account nor a unit."""
    with sessions.reading() as session:
        return (
            session.scalars(select(User.id).limit(1)).first() is None
            and session.scalars(select(Unit.id).limit(1)).first() is None
        )


def _load(config: Config, sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        passwords = loading.load(session, Hasher(config.argon2_memory_kib), by=log.COMMAND_LINE, now=context.now())
    lines = [f"{each.username:<12} {passwords[each.username]:<22} {each.role.vi}" for each in loading.ACCOUNTS]
    file = config.instance / ACCOUNTS_FILE
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write("# tài khoản, mật khẩu, vai trò\n" + "\n".join(lines) + "\n")


def _tell_accounts(config: Config, sessions: Sessions) -> None:
    """Print the accounts whose password was never changed: it is still the one in the file.

    Told by the row, not by trying the passwords: five argon2 hashes would be the slowest part of a start.
    """
    file = config.instance / ACCOUNTS_FILE
    if not file.exists():
        return
    written = (line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#"))
    lines = {line.split()[0]: line for line in written}
    with sessions.reading() as session:
        names = session.scalars(
            select(User.username)
            .where(User.username.in_(lines), User.active, User.password_changed_at == User.created_at)
            .order_by(User.id)
        ).all()
    if names:
        click.echo(f"Tài khoản minh hoạ ({file}):")
        for name in names:
            click.echo(f"  {lines[name]}")


def _remove(config: Config) -> None:
    sessions = context.sessions(config)
    with sessions.reading() as session:
        if not example.exists(session):
            raise Conflict("example.none")
    with sessions.writing.begin() as session:
        removed = removal.remove(session, by=log.COMMAND_LINE, now=context.now())
    (config.instance / ACCOUNTS_FILE).unlink(missing_ok=True)
    click.echo("Đã xóa dữ liệu minh hoạ: " + ", ".join(f"{name} {number}" for name, number in removed.rows.items()))
    for name, keys in removed.kept.items():
        click.echo(f"Giữ lại vì dữ liệu thật còn dựa vào: {name} {', '.join(map(str, keys))}")
