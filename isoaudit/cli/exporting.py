"""`isoaudit export`: interchange with other programs: the province workbook, empty or full; checklists as XLSForm and
OSCAL; what an audit found as OSCAL."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import click

from isoaudit.cli import context
from isoaudit.cli.outfiles import staged
from isoaudit.cli.usage import Commands
from isoaudit.domain.errors import Conflict
from isoaudit.export.xlsx.workbook import Page, write_workbook
from isoaudit.services import exporting, interchange, workbook_shape


@click.group("export", cls=Commands)
def group() -> None:
    """Xuất dữ liệu cho chương trình khác."""


@group.command("workbook")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="Sổ trống, có danh sách chọn ở các cột từ cho sẵn.")
@click.option("--example", is_flag=True, help="Sổ mẫu đã điền vài dòng.")
def workbook(path: Path, *, empty: bool, example: bool) -> None:
    """Xuất sổ của tỉnh ra tệp PATH.xlsx, hoặc ra thư mục PATH gồm các tệp CSV."""
    if empty and example:
        raise click.UsageError("--empty và --example: chỉ một trong hai (only one of them).")
    if path.suffix.lower() in _OTHER_FILES:
        raise click.UsageError("PATH: tệp có đuôi .xlsx, hoặc tên thư mục nhận các tệp CSV (a .xlsx file or a folder).")
    if path.exists():
        raise Conflict("export.exists", record=path)
    if empty or example:
        _write(path, workbook_shape.empty() if empty else workbook_shape.example())
        return
    with context.reading() as session:
        _write(path, (workbook_shape.page(each.name, each.rows) for each in exporting.workbook(session)))


_OTHER_FILES = {".csv", ".tsv", ".txt", ".xls", ".xlsm", ".ods", ".zip", ".json"}
"""Names that nobody gives to a folder."""
VERSION = click.option("--version", help="Phiên bản; mặc định là phiên bản mới nhất đã ban hành.")


@group.command("xlsform")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--checklist", required=True, help="Mã phiếu, xem `isoaudit checklist list`.")
@VERSION
def xlsform(path: Path, checklist: str, version: str | None) -> None:
    """Xuất một phiếu kiểm tra ra PATH.xlsx theo XLSForm (ODK, Kobo)."""
    if path.suffix.lower() in _OTHER_FILES:
        raise click.UsageError("PATH: tệp có đuôi .xlsx (a .xlsx file).")
    with context.reading() as session:
        content = interchange.as_xlsform(interchange.version_of(session, checklist, version))
    _keep(path, content)


@group.command("oscal")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--checklist", help="Mã phiếu, xem `isoaudit checklist list`.")
@VERSION
@click.option("--plan", is_flag=True, help="Kế hoạch đánh giá (assessment-plan) thay cho danh mục (catalog).")
@click.option("--audit", help="Mã cuộc kiểm tra: xuất kết quả (assessment-results).")
def oscal(path: Path, checklist: str | None, version: str | None, plan: bool, audit: str | None) -> None:
    """Xuất một phiếu kiểm tra, hoặc kết quả của một cuộc kiểm tra, ra PATH.json theo OSCAL."""
    if (checklist is None) is (audit is None):
        raise click.UsageError("Hãy cho --checklist hoặc --audit, chỉ một trong hai (give either of them).")
    with context.reading() as session:
        if audit is not None:
            content = interchange.as_results(session, audit)
        else:
            row = interchange.version_of(session, checklist or "", version)
            content = interchange.as_plan(row) if plan else interchange.as_catalog(row)
    _keep(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def _keep(path: Path, content: bytes) -> None:
    if path.exists():
        raise Conflict("export.exists", record=path)
    with staged({path: content}):
        pass
    click.echo(f"Đã ghi {path}")


def _write(path: Path, pages: Iterable[Page]) -> None:
    if path.suffix.lower() == ".xlsx":
        _keep(path, write_workbook(pages))
        return
    with staged({path / f"{page.name}.csv": _csv(page) for page in pages}):
        pass
    click.echo(f"Đã ghi thư mục {path}")


def _csv(page: Page) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([column.name for column in page.columns])
    writer.writerows(page.rows)
    return stream.getvalue().encode()
