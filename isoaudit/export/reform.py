"""The annex on administrative reform by itself: what became of the year's tasks, with its columns and marks, as a Word
document with a short covering report, and as a workbook. In the yearly report it is one annex of several."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import count_text
from isoaudit.domain.vocabulary import ResultLevel
from isoaudit.export.docx import write_docx
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import EXAMPLE
from isoaudit.export.narrative.annexes import tasks as annex
from isoaudit.export.narrative.reading import report_number
from isoaudit.export.paper.blocks import Annex, Letterhead, Paper, Para, Recipients, Signature, Title
from isoaudit.export.sections.findings import tasks as sheet
from isoaudit.export.xlsx import write_xlsx


def reform_paper(content: ReportContent) -> Paper:
    """The covering report with the annex on a page across."""
    paper, year = content.paper, content.year
    of = paper.issuer_short or paper.issuer
    about = f"Kết quả thực hiện nhiệm vụ cải cách hành chính năm {year}\nvề áp dụng hệ thống quản lý chất lượng"
    title = f"Kết quả thực hiện nhiệm vụ cải cách hành chính năm {year}"
    issued = f" ngày {short_date(paper.issued_on)}" if paper.issued_on else " ngày …"
    return Paper(
        subject=f"{title}, số liệu tính đến ngày {short_date(content.as_of)}",
        author=of,
        dated=paper.issued_on or content.as_of,
        head=Letterhead(paper.parent, paper.issuer, report_number(content), paper.place, year, paper.issued_on),
        title=Title("BÁO CÁO", about),
        body=(Para("reform", _summary(content)),),
        signature=Signature(paper.authority_line, paper.signer_title, paper.signer),
        recipients=Recipients(paper.recipients or ("UBND tỉnh", "Sở Nội vụ"), paper.filed),
        annexes=(
            Annex(
                title,
                f"(Kèm theo Báo cáo số {report_number(content)}{issued} của {of})",
                (annex(content),),
                landscape=True,
            ),
        ),
        mark=EXAMPLE if content.example else "",
    )


def _summary(content: ReportContent) -> str:
    levels = Counter(each.level for each in content.tasks)
    found = [level for level in ResultLevel if levels[level]]
    told = "; ".join(f"{level.vi.lower()} {count_text(levels[level])} nhiệm vụ" for level in found)
    day, number = short_date(content.as_of), count_text(len(content.tasks))
    of = content.paper.issuer_short or content.paper.issuer
    return (
        f"{of} báo cáo kết quả thực hiện các nhiệm vụ cải cách hành chính năm {content.year} về áp dụng hệ thống quản "
        f"lý chất lượng theo TCVN ISO 9001, tính đến hết ngày {day}: tổng số {number} nhiệm vụ, trong đó {told}. "
        "Kết quả từng nhiệm vụ nêu tại Phụ lục kèm theo."
    )


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type, and what makes its bytes."""

    media_type: str
    write: Callable[[ReportContent], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "docx": FileKind(f"{_OFFICE}.wordprocessingml.document", lambda content: write_docx(reform_paper(content))),
    "xlsx": FileKind(f"{_OFFICE}.spreadsheetml.sheet", lambda content: write_xlsx(content, (sheet(content),))),
}


def file_name(year: int, kind: str) -> str:
    """The name under which the file of a year is handed out."""
    return f"phu-luc-cchc-{year}.{kind}"
