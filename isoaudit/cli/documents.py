"""`isoaudit documents`: what can be read of official documents without entering them."""

import sys
from pathlib import Path

import click

from isoaudit.cli import context, output
from isoaudit.cli.usage import Commands
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.intake.citations import Citation, read_citations
from isoaudit.services.cited import shipped_issuers


@click.group("documents", cls=Commands)
def group() -> None:
    """Văn bản: đọc các văn bản mà một báo cáo viện dẫn."""


@group.command("read")
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@output.format_option
def read(file: Path, form: str) -> None:
    """Đọc các văn bản mà tệp văn bản FILE (UTF-8; "-" là đầu vào chuẩn) viện dẫn, mỗi văn bản một lần."""
    data = sys.stdin.buffer.read() if str(file) == "-" else context.existing(file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("document.not_text", record=file.name) from None
    found = read_citations(text, shipped_issuers())
    if form == "json":
        output.dump([_json(each) for each in found])
        return
    output.table(
        ("Số, ký hiệu", "Loại", "Ngày", "Viết trong tệp", ""),
        [
            (
                each.number,
                each.kind,
                short_date(each.day) if each.day else "",
                each.as_written,
                "" if each.certain else "cần xem lại",
            )
            for each in found
        ],
    )


def _json(each: Citation) -> dict[str, object]:
    told: dict[str, object] = {"number": each.number, "kind": each.kind}
    if each.day is not None:
        told["date"] = each.day.isoformat()
    return told | {"as_written": each.as_written, "certain": each.certain}
