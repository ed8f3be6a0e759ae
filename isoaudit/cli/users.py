"""`isoaudit user`: accounts from the command line; `add` makes the first administrator."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from isoaudit.cli import context, output
from isoaudit.cli.usage import Commands
from isoaudit.domain.account import Tie
from isoaudit.domain.vocabulary import Role
from isoaudit.services import log
from isoaudit.services.accounts import listing, passwords, people, signing
from isoaudit.services.accounts.hashing import Hasher

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group("user", cls=Commands)
def group() -> None:
    """Tài khoản: thêm, liệt kê, ngừng, cấp lại mật khẩu, mở khóa."""


def _who(command: Command) -> Command:
    """The account's name, as an argument or as `--username`."""
    command = click.option("--username", help="Tên tài khoản (cũng có thể viết ngay sau lệnh).")(command)
    return click.argument("name", required=False, metavar="[TÀI KHOẢN]")(command)


@group.command()
@_who
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]), help="Vai trò."
)
@click.option("--unit", "units", multiple=True, help="Mã đơn vị (hiện còn hiệu lực).")
@click.option("--position", help="Chức vụ.")
@click.option("--email", help="Thư điện tử.")
@output.format_option
def add(
    name: str | None,
    username: str | None,
    full_name: str,
    roles: tuple[str, ...],
    units: tuple[str, ...],
    position: str | None,
    email: str | None,
    form: str,
) -> None:
    """Thêm một tài khoản; in mật khẩu ban đầu một lần."""
    now = context.now()
    held = [Role(role) for role in roles]
    tie = Tie.OFFICER if Role.UNIT_OFFICER in held else Tie.BELONGS
    first = _hasher().first()
    with context.writing() as session:
        user = people.add(
            session,
            username=_named(name, username),
            full_name=full_name,
            roles=held,
            ties=[people.TieTo(people.unit_coded(session, code, now.date()).id, tie) for code in units],
            position=position,
            email=email,
            first=first,
            by=log.COMMAND_LINE,
            now=now,
        )
    _print_password(user.username, first.text, form)


@group.command("list")
@output.format_option
def list_accounts(form: str) -> None:
    """Liệt kê tài khoản: loại, tên, tình trạng, người dùng, đơn vị, ngày kích hoạt."""
    with context.reading() as session:
        lines = listing.everyone(session, context.now())
    if form == "json":
        output.dump(
            [
                {
                    "username": line.username,
                    "roles": [role.value for role in line.roles],
                    "status": line.status.value,
                    "full_name": line.full_name,
                    "position": line.position,
                    "units": list(line.units),
                    "active_since": line.active_since.isoformat(),
                    "last_sign_in": line.last_sign_in.isoformat() if line.last_sign_in else None,
                    "second_factor": line.second_factor,
                }
                for line in lines
            ]
        )
        return
    output.table(
        ("Tài khoản", "Vai trò", "Tình trạng", "Người dùng", "Đơn vị", "Kích hoạt"),
        [
            (
                line.username,
                ", ".join(line.roles),
                line.status.vi,
                line.full_name,
                ", ".join(line.units),
                f"{line.active_since:%d/%m/%Y}",
            )
            for line in lines
        ],
    )


@group.command()
@_who
@output.format_option
def disable(name: str | None, username: str | None, form: str) -> None:
    """Ngừng một tài khoản; các phiên đang mở kết thúc."""
    with context.writing() as session:
        user = people.named(session, _named(name, username))
        people.disable(session, user, by=log.COMMAND_LINE, now=context.now())
        _print_status(session, user.username, form)


@group.command()
@_who
@output.format_option
def reset(name: str | None, username: str | None, form: str) -> None:
    """Cấp lại mật khẩu ban đầu, bỏ xác thực hai lớp, mở khóa; in mật khẩu một lần."""
    with context.writing() as session:
        user = people.named(session, _named(name, username))
        password = passwords.reset(session, user, hasher=_hasher(), by=log.COMMAND_LINE, now=context.now())
    _print_password(user.username, password, form)


@group.command()
@_who
@output.format_option
def unlock(name: str | None, username: str | None, form: str) -> None:
    """Mở khóa một tài khoản bị khóa do nhập sai hoặc lâu không dùng; mở lại tài khoản đã ngừng."""
    with context.writing() as session:
        user = people.named(session, _named(name, username))
        if user.active:
            signing.unlock(session, user, by=log.COMMAND_LINE, now=context.now())
        else:
            people.enable(session, user, by=log.COMMAND_LINE, now=context.now())
        _print_status(session, user.username, form)


def _named(argument: str | None, option: str | None) -> str:
    if bool(argument) == bool(option):
        raise click.UsageError("Cần đúng một tên tài khoản (exactly one account name is needed).")
    return argument or option or ""


def _hasher() -> Hasher:
    return Hasher(context.configuration().argon2_memory_kib)


def _print_password(username: str, password: str, form: str) -> None:
    if form == "json":
        output.dump({"username": username, "password": password})
        return
    click.echo(f"Tài khoản: {username}\nMật khẩu ban đầu (chỉ hiện một lần): {password}")


def _print_status(session: Session, username: str, form: str) -> None:
    status = people.status_of(people.named(session, username), context.now())
    if form == "json":
        output.dump({"username": username, "status": status.value})
        return
    click.echo(f"{username}: {status.vi}")
