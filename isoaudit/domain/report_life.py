"""The life of a report: draft → approved → issued → replaced by a correction (RULES §10), and which step may follow.

Whether figures have changed since an approval is found by comparing digests; that is the business of the services.
"""

from isoaudit.domain.errors import Conflict
from isoaudit.domain.vocabulary import Word


class ReportState(Word):
    """How far a report has come. Figures stand once it is issued, and never change again. A draft that nobody wants any
    more is dropped."""

    DRAFT = "draft", "dự thảo", "draft"
    APPROVED = "approved", "đã duyệt, chờ phát hành", "approved, to be issued"
    ISSUED = "issued", "đã phát hành", "issued"
    REPLACED = "replaced", "đã được thay thế", "replaced"
    DROPPED = "dropped", "đã bỏ", "dropped"


class ReportFileKind(Word):
    """What is kept of an issued report: the three files that were written, and what was signed."""

    XLSX = "xlsx", "bảng tính", "workbook"
    DOCX = "docx", "văn bản Word", "Word document"
    PDF = "pdf", "bản in PDF", "PDF"
    SIGNED = "signed", "bản đã ký (bản quét hoặc bản điện tử gốc)", "signed scan or digital original"


WRITTEN = (ReportFileKind.XLSX, ReportFileKind.DOCX, ReportFileKind.PDF)
"""The files that freezing writes."""


def expect(state: ReportState, *allowed: ReportState, name: str) -> None:
    """Refuse a step that the report's state does not allow. Raises Conflict `report.draft`, `report.approved`,
    `report.issued`, `report.replaced` or `report.dropped`: each says what stands in the way and what to do."""
    if state not in allowed:
        raise Conflict(f"report.{state.value}", record=name)
