"""The files of a yearly report: for each kind its writer, its media type and its name (CONTRACT, `isoaudit report`)."""

from collections.abc import Callable
from dataclasses import dataclass

from isoaudit.domain import report_period
from isoaudit.domain.period import Period
from isoaudit.export.docx import write_docx
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import annual_report
from isoaudit.export.pdf import write_pdf
from isoaudit.export.xlsx import write_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: `write` makes its bytes, the same for the same content."""

    media_type: str
    write: Callable[[ReportContent], bytes]


KINDS = {
    "xlsx": FileKind(f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
    "docx": FileKind(f"{_OFFICE}.wordprocessingml.document", lambda content: write_docx(annual_report(content))),
    "pdf": FileKind("application/pdf", lambda content: write_pdf(annual_report(content))),
}


def file_name(year: int, kind: str, period: Period | None = None) -> str:
    """The name under which the file of a year is handed out; of another period, with its months or years."""
    if period is None or report_period.is_year(period):
        return f"bao-cao-iso-{year}.{kind}"
    first, last = period.first, period.last
    if (first.month, last.month, first.day, last.day) == (1, 12, 1, 31):
        return f"bao-cao-iso-{first.year}-{last.year}.{kind}"
    return f"bao-cao-iso-{first:%Y%m%d}-{last:%Y%m%d}.{kind}"
