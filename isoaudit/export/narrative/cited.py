"""The annex of documents: those of the period, those that the text names, and earlier ones on which a record rests
that is not over with a year before.

Those on which nothing but declarations rests are many and stand in the annex of declarations; a note counts them.
Documents named in sentences are in `direction`.
"""

from isoaudit.domain.documentwords import short_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.directing import CITED, basis, foremost
from isoaudit.export.narrative.phrases import count, full
from isoaudit.export.narrative.reading import of_period
from isoaudit.export.paper.blocks import Align, Column, Grid, Line
from isoaudit.export.rows import DocumentRow
from isoaudit.export.sections.papers import cited_words


def listed(content: ReportContent) -> bool:
    """Whether there is an annex: the text has no room for all, or it has to tell what rests on a document."""
    rows = _rested_on(content)
    return sum(not _declares(each) for each in of_period(content)) > CITED or any(each.cited for each in rows)


def documents(content: ReportContent, declarations: str) -> Grid:
    """Its table; `declarations` is the name of the annex of declarations."""
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
    return Grid(columns, rows, notes=_left_out(content, declarations), wide=True)


def _rested_on(content: ReportContent) -> list[DocumentRow]:
    named = {(each.number, each.issued_on) for each in (*basis(content), *foremost(content))}
    planned = {each.document for each in content.planned}
    return [
        each
        for each in content.documents
        if ((each.issued_on >= content.first_day or (each.cited and not each.past)) and not _declares(each))
        or (each.number, each.issued_on) in named
        or f"{each.kind} số {_label(each)}" in planned
    ]


def _declares(each: DocumentRow) -> bool:
    """Whether nothing but declarations rests on it."""
    return set(each.cited) == {"declaration"}


def _label(each: DocumentRow) -> str:
    return f"{each.number} ngày {short_date(each.issued_on)}"


def _left_out(content: ReportContent, annex: str) -> tuple[str, ...]:
    rows = _rested_on(content)
    declaring = [_label(each) for each in content.documents if _declares(each) and each not in rows]
    there = {each.document for each in content.declarations}
    told = sum(each in there for each in declaring)
    parts = [f"{count(told, 'văn bản')} công bố nêu tại {annex}"] if told else []
    if len(declaring) > told:
        parts.append(f"{count(len(declaring) - told, 'văn bản')} của các công bố không còn hiệu lực")
    return (full(f"Ngoài ra có {' và '.join(parts)}"),) if parts else ()


def _told(each: DocumentRow) -> tuple[str, ...]:
    return each.number, each.kind, short_date(each.issued_on), each.issuer, each.subject, cited_words(each)
