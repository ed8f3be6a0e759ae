"""`isoaudit import PATH`: a province workbook into the database, and the words of its report."""

from pathlib import Path
from typing import Any

import click

from isoaudit.cli import context, output
from isoaudit.domain.errors import Refusal
from isoaudit.domain.messages import say
from isoaudit.services import importing
from isoaudit.services.log import COMMAND_LINE

DRY_RUN = click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra và đếm, không ghi gì.")
UPDATE = click.option("--update", is_flag=True, help="Cho phép sửa dòng đã có; bản cũ vẫn được lưu.")


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@DRY_RUN
@UPDATE
@output.format_option
def import_(path: Path, dry_run: bool, update: bool, form: str) -> None:
    """Nhập sổ của tỉnh: một tệp XLSX, hoặc một thư mục tệp CSV."""
    run(path, dry_run=dry_run, update=update, form=form)


def run(path: Path, *, dry_run: bool, update: bool, form: str) -> None:
    """Import and print the report; a dry run leaves the database as it was."""
    with context.sessions().writing() as session:
        try:
            report = importing.import_workbook(
                session, path, by=COMMAND_LINE, now=context.now(), update=update, dry_run=dry_run
            )
        except Refusal as refusal:
            if importing.stands_otherwise(refusal):
                click.echo("Để sửa dòng đã có, thêm --update (add --update to replace what stands).", err=True)
            raise
        if not dry_run:
            session.commit()
    if form == "json":
        output.dump(as_json(report))
    else:
        click.echo("\n".join(as_lines(report)))


def as_json(report: importing.Report) -> dict[str, Any]:
    """The report as other programs read it."""
    return {
        "name": report.name,
        "digest": f"sha256:{report.digest}",
        "dry_run": report.dry_run,
        "changed": report.changed,
        "sheets": {
            name: {"added": counts.added, "unchanged": counts.unchanged, "updated": counts.updated}
            for name, counts in report.sheets.items()
        },
        "missing_notes": report.missing_notes,
        "missing_reasons": report.missing_reasons,
        "warnings": [{"code": each.code, "message": say(each)} for each in report.warnings],
    }


def as_lines(report: importing.Report) -> list[str]:
    """The report as a table, its warnings, and one sentence on what happened."""
    lines = [f"{'Trang':<18}{'thêm':>10}{'không đổi':>12}{'sửa':>10}"]
    for name, counts in (*report.sheets.items(), ("Cộng", report.total())):
        lines.append(f"{name:<18}{counts.added:>10}{counts.unchanged:>12}{counts.updated:>10}")
    if report.missing_notes:
        lines.append(f"{report.missing_notes} câu trả lời không phù hợp chưa ghi bằng chứng (answers without a note).")
    if report.missing_reasons:
        lines.append(f"{report.missing_reasons} câu trả lời không áp dụng chưa ghi lý do (answers without a reason).")
    lines += [f"Lưu ý: {say(each)}" for each in report.warnings]
    if not report.changed:
        lines.append("Không có gì thay đổi (nothing changed).")
    elif report.dry_run:
        lines.append("Chạy thử: chưa ghi gì (dry run, nothing written).")
    else:
        lines.append(f"Đã nhập {report.name} (imported).")
    return lines
