"""The briefing of a meeting of the steering committee: one page as PDF and DOCX, in the form of official papers.

`content` holds what it prints, `page` lays it out, `fitting` knows how much room words take.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from isoaudit.export.briefing.content import Briefing
from isoaudit.export.briefing.page import briefing_paper
from isoaudit.export.docx import write_docx
from isoaudit.export.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type, and what makes its bytes."""

    media_type: str
    write: Callable[[Briefing], bytes]


KINDS = {
    "pdf": FileKind("application/pdf", lambda content: write_pdf(briefing_paper(content))),
    "docx": FileKind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda content: write_docx(briefing_paper(content)),
    ),
}


def file_name(meeting: date, kind: str) -> str:
    """The name under which the briefing of a meeting is handed out."""
    return f"tom-tat-hop-{meeting.isoformat()}.{kind}"
