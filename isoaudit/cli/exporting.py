"""`isoaudit export`: interchange with other programs; the province workbook, empty or full."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

import click

from isoaudit.cli import context
from isoaudit.domain.errors import Conflict
from isoaudit.export.xlsx.workbook import Page, write_workbook
from isoaudit.services import exporting, workbook_shape


@click.group("export")
def group() -> None:
    """Xuất dữ liệu cho chương trình khác."""


@group.command("workbook")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--empty", "what", flag_value="empty", help="Sổ trống, có danh sách chọn ở các cột từ cho sẵn.")
@click.option("--example", "what", flag_value="example", help="Sổ mẫu đã điền vài dòng.")
def workbook(path: Path, what: str | None) -> None:
    """Xuất sổ của tỉnh ra tệp PATH.xlsx, hoặc ra thư mục PATH gồm các tệp CSV."""
    if path.exists():
        raise Conflict("export.exists", record=path)
    if what is not None:
        _write(path, workbook_shape.empty() if what == "empty" else workbook_shape.example())
        return
    with context.reading() as session:
        _write(path, (workbook_shape.page(each.name, each.rows) for each in exporting.workbook(session)))


def _write(path: Path, pages: Iterable[Page]) -> None:
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(write_workbook(pages))
        click.echo(f"Đã ghi {path}")
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    for page in pages:
        with (draft / f"{page.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.name for column in page.columns])
            writer.writerows(page.rows)
    draft.rename(path)
    click.echo(f"Đã ghi thư mục {path}")
