"""The catalogue as pages show it: searched without diacritics, narrowed, sorted, as of a day. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import CatalogueProcedure, Document, Succession, Unit
from isoaudit.domain.catalogue import Competence, OnlineLevel, ProcedureLevel
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import Relation

_SORTS = {
    "ma": lambda row: row.code,
    "ten": lambda row: sort_key(row.name),
    "linh-vuc": lambda row: sort_key(row.field),
    "han": lambda row: row.deadline_days if row.deadline_days is not None else 10**6,
    "tu": lambda row: row.valid_from,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which versions are asked for: those in force on `day`, or with None all that stand; voided ones apart."""

    day: date | None
    search: str = ""
    level: ProcedureLevel | None = None
    online: OnlineLevel | None = None
    field: str = ""
    unit_id: int | None = None
    voided: bool = False
    sort: str = "ma"


def listing(session: Session, home: int, wanted: Wanted) -> list[CatalogueProcedure]:
    """The versions that fit, in the order asked for."""
    table = CatalogueProcedure
    query = select(table).where(table.province_id == home).order_by(table.code, table.valid_from)
    query = query.where(table.voided_at.is_not(None) if wanted.voided else table.voided_at.is_(None))
    if wanted.day is not None:
        query = query.where(table.valid_from <= wanted.day)
        query = query.where(or_(table.valid_to.is_(None), table.valid_to > wanted.day))
    for word in fold(wanted.search).split():
        query = query.where(table.fold.contains(word, autoescape=True))
    if wanted.level is not None:
        query = query.where(table.level == wanted.level)
    if wanted.online is not None:
        query = query.where(table.online == wanted.online)
    if wanted.field:
        query = query.where(table.field == wanted.field)
    rows = list(session.scalars(query))
    if wanted.unit_id is not None:
        unit, own = session.get(Unit, wanted.unit_id), own_rows(session, wanted.unit_id)
        rows = [row for row in rows if unit is not None and competence(row).takes_in(unit.kind, own)]
    key = _SORTS.get(wanted.sort.removeprefix("-"))
    return rows if key is None else sorted(rows, key=key, reverse=wanted.sort.startswith("-"))


def versions(session: Session, row: CatalogueProcedure) -> list[CatalogueProcedure]:
    """All standing versions of the procedure's code, newest first."""
    query = select(CatalogueProcedure).where(
        CatalogueProcedure.province_id == row.province_id,
        CatalogueProcedure.code == row.code,
        CatalogueProcedure.voided_at.is_(None),
    )
    return list(session.scalars(query.order_by(CatalogueProcedure.valid_from.desc())))


def fields(session: Session, home: int) -> list[str]:
    """The fields that the catalogue knows, in Vietnamese order."""
    query = select(CatalogueProcedure.field).where(CatalogueProcedure.province_id == home).distinct()
    return sorted(session.scalars(query.where(CatalogueProcedure.voided_at.is_(None))), key=sort_key)


def competence(row: CatalogueProcedure) -> Competence:
    """Who settles this version."""
    return Competence(frozenset(row.kinds), frozenset(row.unit_ids))


def unit_names(session: Session, rows: Iterable[CatalogueProcedure]) -> dict[int, str]:
    """The names of the single units that settle these versions."""
    ids = {each for row in rows for each in row.unit_ids}
    rows_of_units = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    return {row.id: row.name for row in rows_of_units}


def unit_codes(session: Session, unit_ids: Iterable[int]) -> dict[int, str]:
    """Their codes."""
    rows = session.execute(select(Unit.id, Unit.code).where(Unit.id.in_(list(unit_ids))).order_by(Unit.code))
    return {row.id: row.code for row in rows}


def document_of(session: Session, key: int | None) -> Document | None:
    """The document of that key, None for none."""
    return session.get(Document, key) if key is not None else None


def own_rows(session: Session, unit_id: int) -> list[int]:
    """The rows of the register that this unit continues, its own first (RULES §2)."""
    rows = [unit_id]
    for row in rows:
        query = select(Succession.predecessor_id).where(
            Succession.successor_id == row, Succession.relation == Relation.CONTINUED
        )
        rows += [each for each in session.scalars(query) if each not in rows]
    return rows
