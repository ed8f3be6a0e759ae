"""The annex of documents: those of the period, and earlier ones on which a declaration, a task or another record rests.

Documents named in sentences are in `direction`.
"""

from isoaudit.domain.documentwords import short_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.reading import of_period
from isoaudit.export.paper.blocks import Align, Column, Grid, Line
from isoaudit.export.rows import DocumentRow
from isoaudit.export.sections.papers import cited_words

CITED = 15
"""Up to so many documents of the year are told in the text; more get an annex."""


def listed(content: ReportContent) -> bool:
    """Whether there is an annex: the text has no room for all, or it has to tell what rests on a document."""
    return len(of_period(content)) > CITED or any(each.cited for each in content.documents)


def documents(content: ReportContent) -> Grid:
    """Its table."""
    columns = (
        Column("TT", 10, Align.CENTRE),
        Column("Số, ký hiệu", 30),
        Column("Loại văn bản", 24),
        Column("Ngày ban hành", 22, Align.CENTRE),
        Column("Cơ quan ban hành", 36),
        Column("Trích yếu", 60),
        Column("Làm căn cứ cho", 30),
    )
    rows = tuple(Line((str(place), *_told(each))) for place, each in enumerate(_rested_on(content), 1))
    return Grid(columns, rows, wide=True)


def _rested_on(content: ReportContent) -> list[DocumentRow]:
    return [each for each in content.documents if each.issued_on >= content.first_day or each.cited]


def _told(each: DocumentRow) -> tuple[str, ...]:
    return each.number, each.kind, short_date(each.issued_on), each.issuer, each.subject, cited_words(each)
