"""The declarations of the whole province as a list: narrowed and sorted in memory, after one query."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Declaration, Document, Province, Unit
from isoaudit.domain.text import fold
from isoaudit.services import settings


@dataclass(frozen=True, slots=True)
class Line:
    """A standing declaration with its unit and the document it rests on."""

    row: Declaration
    unit_id: int
    code: str
    unit: str
    fold: str
    sort_key: str
    document: Document | None


def all_lines(session: Session) -> list[Line]:
    """Every standing declaration of a unit of the installation's province, newest first."""
    name = settings.bare_name(settings.read(session)["province"])
    query = (
        select(Declaration, Unit, Document)
        .join(Unit, Unit.id == Declaration.unit_id)
        .join(Province, Province.id == Unit.province_id)
        .outerjoin(Document, Document.id == Declaration.document_id)
        .where(Province.name == name, Declaration.voided_at.is_(None))
        .order_by(Declaration.made_on.desc(), Declaration.id.desc())
    )
    return [
        Line(row, unit.id, unit.code, unit.name, f"{unit.fold} {unit.code.lower()}", unit.sort_key, document)
        for row, unit, document in session.execute(query)
    ]


def narrowed(lines: Sequence[Line], *, search: str, year: str, kind: str, edition: str, sort: str) -> list[Line]:
    """The lines that fit; an empty condition fits all. `sort` is ngay, don-vi or ma, with "-" before it downwards."""
    words = fold(search).split()
    found = [
        line
        for line in lines
        if all(word in line.fold for word in words)
        and year in ("", str(line.row.made_on.year))
        and kind in ("", line.row.kind.value)
        and edition in ("", line.row.edition)
    ]
    name = sort.removeprefix("-")
    if name == "don-vi":
        found.sort(key=lambda line: line.sort_key, reverse=sort.startswith("-"))
    elif name == "ma":
        found.sort(key=lambda line: line.code, reverse=sort.startswith("-"))
    elif sort == "ngay":
        found.reverse()
    return found
