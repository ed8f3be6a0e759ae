"""`isoaudit import PATH`: a province workbook into the database, and the words of its report.

What is not as it should be but can be understood is refused, and named with its reading, until `--accept-corrections`
(or `--accept KIND`) takes it.
"""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from isoaudit.cli import context, output
from isoaudit.domain.corrections import OFFERED, CorrectionKind
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.messages import say
from isoaudit.services import importing
from isoaudit.services.log import COMMAND_LINE

DRY_RUN = click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra và đếm, không ghi gì.")
UPDATE = click.option("--update", is_flag=True, help="Cho phép sửa dòng đã có; bản cũ vẫn được lưu.")


ALL = click.option(
    "--accept-corrections",
    "everything",
    is_flag=True,
    help="Đồng ý mọi cách đọc được đề nghị; mỗi cách đều được kể ra.",
)
KINDS = click.option(
    "--accept",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in OFFERED]),
    help="Đồng ý một loại đề nghị: date (ngày viết khác), word (từ ngữ thay mã), yes_no (có, không), "
    "unit (tên đơn vị thay mã), cited (văn bản được dẫn), number (số của văn bản mới), "
    "name (chữ hoa trong tên đơn vị mới). Dùng được nhiều lần.",
)
_STEPS = {"reading": "đọc", "checking": "kiểm tra", "writing": "ghi", "finishing": "hoàn tất"}
_MOST_SHOWN = 100


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@DRY_RUN
@UPDATE
@ALL
@KINDS
@output.format_option
def import_(path: Path, dry_run: bool, update: bool, everything: bool, kinds: tuple[str, ...], form: str) -> None:
    """Nhập sổ của tỉnh (XLSX hoặc CSV); `--accept-corrections` (hay `--accept` từng loại): nhận cách đọc đề nghị."""
    accept = OFFERED if everything else tuple(CorrectionKind(kind) for kind in kinds)
    run(path, dry_run=dry_run, update=update, form=form, accept=accept)


def run(path: Path, *, dry_run: bool, update: bool, form: str, accept: Collection[CorrectionKind] = ()) -> None:
    """Import and print the report; a dry run leaves the database as it was."""
    sessions = context.sessions()
    with (sessions.reading if dry_run else sessions.writing)() as session:
        try:
            report = importing.import_workbook(
                session,
                path,
                by=COMMAND_LINE,
                now=context.now(),
                update=update,
                dry_run=dry_run,
                accept=accept,
                tell=_tell if sys.stderr.isatty() else None,
            )
        except Refusal as refusal:
            if importing.stands_otherwise(refusal):
                click.echo("Để sửa dòng đã có, thêm --update (add --update to replace what stands).", err=True)
            raise _named(refusal) from None
        if not dry_run:
            session.commit()
    if form == "json":
        output.dump(as_json(report))
    else:
        click.echo("\n".join(as_lines(report)))


def _named(refusal: Refusal) -> Refusal:
    """The same, naming the option by which a reading is taken."""
    if isinstance(refusal, Refusals):
        return Refusals([_named(each) for each in refusal.refusals])
    return Invalid("importing.offered_here", **refusal.details) if refusal.code == "importing.offered" else refusal


def _tell(step: str, done: int, total: int) -> None:
    """How far it has come, on one line of the terminal."""
    share = f" {100 * done // total}%" if total else ""
    click.echo(f"\r{_STEPS[step]}{share}".ljust(24), nl=step == "finishing", err=True)


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
        "corrections": [
            {
                "kind": each.kind.value,
                "sheet": each.sheet,
                "row": each.row,
                "column": each.column,
                "written": each.written,
                "read": each.read,
            }
            for each in report.read_otherwise
        ],
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
    lines += [
        f"{each.sheet}, dòng {each.row}, cột {each.column}: “{each.written}” đọc là “{each.read}” ({each.kind.vi})."
        for each in report.read_otherwise[:_MOST_SHOWN]
    ]
    if sum(report.corrections.values()) > _MOST_SHOWN:
        counted = ", ".join(f"{kind.vi}: {count}" for kind, count in report.corrections.items())
        lines.append(f"Tổng số ô được đọc lại (cells read otherwise): {counted}.")
    lines += [f"Lưu ý: {say(each)}" for each in report.warnings]
    if not report.changed:
        lines.append("Không có gì thay đổi (nothing changed).")
    elif report.dry_run:
        lines.append("Chạy thử: chưa ghi gì (dry run, nothing written).")
    else:
        lines.append(f"Đã nhập {report.name} (imported).")
    return lines
