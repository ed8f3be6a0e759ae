"""`isoaudit report`: the annual report as files."""

import os
import tempfile
from datetime import datetime
from pathlib import Path

import click

from isoaudit.cli import context
from isoaudit.cli.rollup import day_option, year_option
from isoaudit.domain.errors import Invalid
from isoaudit.export.files import KINDS, file_name
from isoaudit.services.report_content import report_content


def _kinds(_context: click.Context, _parameter: click.Parameter, value: str) -> list[str]:
    kinds = value.split(",")
    for kind in kinds:
        if kind not in KINDS:
            raise click.BadParameter(f"{kind!r}: {', '.join(KINDS)}")
    return list(dict.fromkeys(kinds))


@click.command()
@year_option
@day_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Thư mục nhận tệp.")
@click.option(
    "--kind", "kinds", default="xlsx", show_default=True, callback=_kinds, help="Loại tệp, cách nhau dấu phẩy."
)
def report(year: int, as_of: datetime | None, out: Path, kinds: list[str]) -> None:
    """Báo cáo năm của tỉnh: bao-cao-iso-NĂM.xlsx (bảng tính), .docx (văn bản), .pdf."""
    with context.reading() as session:
        content = report_content(session, None, year, as_of.date() if as_of else None)
    files = {out / file_name(year, kind): KINDS[kind].write(content) for kind in kinds}
    for path, written in files.items():
        _write(path, written)
        click.echo(f"{path} ({content.rollup['digest']})")


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Invalid("report.not_written", record=str(path), value=error.strerror or str(error)) from None
