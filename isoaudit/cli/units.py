"""`isoaudit units load` and `isoaudit units list`: the register that ships with the program, and what stands."""

from datetime import date, datetime

import click

from isoaudit.cli import context, importing, output
from isoaudit.cli.usage import Commands
from isoaudit.domain.errors import Invalid
from isoaudit.domain.localday import local_day
from isoaudit.services import register
from isoaudit.shipped import REGISTERS


@click.group("units", cls=Commands)
def group() -> None:
    """Sổ đơn vị: nạp sổ đi kèm, liệt kê."""


@group.command()
@click.argument("name")
@importing.DRY_RUN
@importing.UPDATE
@output.format_option
def load(name: str, dry_run: bool, update: bool, form: str) -> None:
    """Nạp sổ đơn vị đi kèm chương trình (quang-tri); nạp lại không đổi gì."""
    shipped = sorted(each.name for each in REGISTERS.iterdir() if each.is_dir())
    if name not in shipped:
        raise Invalid("importing.register_unknown", value=name, expected=", ".join(shipped))
    importing.run(REGISTERS / name, dry_run=dry_run, update=update, form=form)


@group.command("list")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Tính đến ngày (mặc định: hôm nay).")
@output.format_option
def list_(as_of: datetime | None, form: str) -> None:
    """Các đơn vị còn hiệu lực vào một ngày."""
    day = as_of.date() if as_of else local_day(context.now())
    with context.reading() as session:
        lines = register.as_of(session, day)
    if form == "json":
        output.dump([_line(each, day) for each in lines])
        return
    for each in lines:
        above = f"  ({each.parent_name})" if each.parent_name else ""
        click.echo(f"{each.block:<10}{each.code:<10}{each.name}{above}")
    counts = register.count_by_block(lines)
    click.echo(", ".join(f"{block.vi}: {count}" for block, count in counts.items()) or "Không có đơn vị nào.")


def _line(unit: register.UnitLine, day: date) -> dict[str, str | None]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "block": unit.block.value,
        "parent": unit.parent_code,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "as_of": day.isoformat(),
    }
