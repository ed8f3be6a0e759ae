"""Looking into the register of documents: lists, what a person may have meant, and the records that cite a document.

Changes are in `documents`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, SelectBase, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from isoaudit.db import (
    Activity,
    Audit,
    CatalogueProcedure,
    Decision,
    Declaration,
    Document,
    Exemption,
    Milestone,
    MoneyLine,
    ObligationEntry,
    Procedures,
    ProcedureUpdate,
    Programme,
    Publication,
    QualityObjective,
    ReportDuty,
    Task,
    Unit,
    UnitEvent,
)
from isoaudit.domain.text import fold

OFFERED = 12
_SORTS = {"ngay": Document.issued_on, "so": Document.number, "loai": Document.kind, "coquan": Document.issuer}


@dataclass(frozen=True, slots=True)
class Citation:
    """A record that cites a document: what kind of record, of which unit (None: of no unit), on which day."""

    kind: str
    unit_id: int | None
    unit: str | None
    on: date | None


def offer(session: Session, province_id: int, words: str) -> list[Document]:
    """What a person may have meant: standing documents that hold every word typed, newest first."""
    query = _found(province_id, words).where(Document.voided_at.is_(None))
    return list(session.scalars(query.order_by(Document.issued_on.desc(), Document.id.desc()).limit(OFFERED)))


def count(
    session: Session,
    province_id: int,
    words: str = "",
    kind: str = "",
    year: int | None = None,
    *,
    voided: bool = False,
) -> int:
    """How many documents of the register fit."""
    query = _filtered(province_id, words, kind, year, voided).order_by(None)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def listing(
    session: Session,
    province_id: int,
    words: str = "",
    kind: str = "",
    year: int | None = None,
    *,
    voided: bool = False,
    sort: str = "-ngay",
    first: int = 0,
    rows: int = 50,
) -> list[Document]:
    """The documents that fit: every word of `words` in number or subject, whatever the diacritics."""
    name, down = sort.removeprefix("-"), sort.startswith("-") or sort.removeprefix("-") not in _SORTS
    order = _SORTS.get(name, Document.issued_on)
    query = _filtered(province_id, words, kind, year, voided)
    query = query.order_by(order.desc() if down else order.asc(), Document.id.desc() if down else Document.id.asc())
    return list(session.scalars(query.offset(first).limit(rows)))


def kinds_and_years(session: Session, province_id: int) -> tuple[list[tuple[str, int]], list[int]]:
    """The kinds that the register holds with their numbers of documents, and its years, newest first."""
    rows = session.execute(
        select(Document.kind, func.extract("year", Document.issued_on).label("year"), func.count().label("number"))
        .where(Document.province_id == province_id, Document.voided_at.is_(None))
        .group_by(Document.kind, "year")
    ).all()
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.kind] = kinds.get(row.kind, 0) + row.number
    return sorted(kinds.items(), key=lambda each: fold(each[0])), sorted({int(row.year) for row in rows}, reverse=True)


def citations(session: Session, document_id: int) -> list[Citation]:
    """The standing records that cite the document, newest first."""
    parts: list[SelectBase] = [
        select(literal(name).label("kind"), row.unit_id.label("unit_id"), day.label("day")).where(
            row.document_id == document_id, row.voided_at.is_(None)
        )
        for name, row, day in (
            ("declaration", Declaration, Declaration.made_on),
            ("milestone", Milestone, Milestone.achieved_on),
            ("activity", Activity, Activity.done_on),
            ("procedures", Procedures, Procedures.as_of),
            ("exemption", Exemption, Exemption.from_day),
            ("obligation", ObligationEntry, ObligationEntry.from_day),
        )
    ]
    parts.append(
        select(literal("audit"), Audit.unit_id, Audit.concluded_on).where(Audit.notice_document_id == document_id)
    )
    parts.append(
        select(literal("task"), cast(null(), Integer), Task.due_on).where(
            Task.document_id == document_id, Task.voided_at.is_(None)
        )
    )
    parts.append(
        select(literal("decision"), Decision.unit_id, Decision.decided_on).where(
            Decision.document_id == document_id, Decision.voided_at.is_(None)
        )
    )
    parts.append(
        select(literal("programme"), cast(null(), Integer), cast(null(), Date)).where(
            Programme.document_id == document_id, Programme.voided_at.is_(None)
        )
    )
    parts.append(
        select(literal("unit_event"), cast(null(), Integer), UnitEvent.on_day).where(
            UnitEvent.document_id == document_id, UnitEvent.voided_at.is_(None)
        )
    )
    parts += _of_years(document_id)
    found = union_all(*parts).subquery()
    rows = session.execute(
        select(found.c.kind, found.c.unit_id, found.c.day, Unit.name).outerjoin(Unit, Unit.id == found.c.unit_id)
    )
    cited = [Citation(row.kind, row.unit_id, row.name, row.day) for row in rows]
    return sorted(cited, key=lambda each: (each.on or date.min, each.unit or ""), reverse=True)


def _of_years(document_id: int) -> list[SelectBase]:
    """The records of the catalogue and of unit-years that cite it."""
    nobody, no_day = cast(null(), Integer), cast(null(), Date)
    cases: tuple[tuple[str, Any, Any, Any, Any], ...] = (
        ("publication", Publication, Publication.document_id, nobody, Publication.effective_on),
        ("catalogue", CatalogueProcedure, CatalogueProcedure.document_id, nobody, CatalogueProcedure.valid_from),
        ("catalogue", CatalogueProcedure, CatalogueProcedure.ended_by_id, nobody, CatalogueProcedure.valid_to),
        (
            "procedure_update",
            ProcedureUpdate,
            ProcedureUpdate.document_id,
            ProcedureUpdate.unit_id,
            ProcedureUpdate.done_on,
        ),
        ("objective", QualityObjective, QualityObjective.document_id, QualityObjective.unit_id, no_day),
        ("report_duty", ReportDuty, ReportDuty.document_id, ReportDuty.unit_id, ReportDuty.received_on),
        ("money", MoneyLine, MoneyLine.document_id, MoneyLine.unit_id, no_day),
        ("money", MoneyLine, MoneyLine.settled_document_id, MoneyLine.unit_id, MoneyLine.settled_on),
    )
    return [
        select(literal(name), unit, day).where(cited == document_id, row.voided_at.is_(None))
        for name, row, cited, unit, day in cases
    ]


def _found(province_id: int, words: str) -> Select[Any]:
    query = select(Document).where(Document.province_id == province_id)
    for word in fold(words).split():
        query = query.where(Document.fold.contains(word, autoescape=True))
    return query


def _filtered(province_id: int, words: str, kind: str, year: int | None, voided: bool) -> Select[Any]:
    query = _found(province_id, words)
    query = query.where(Document.voided_at.is_not(None) if voided else Document.voided_at.is_(None))
    if kind:
        query = query.where(Document.kind == kind)
    if year is not None:
        query = query.where(Document.issued_on.between(date(year, 1, 1), date(year, 12, 31)))
    return query
