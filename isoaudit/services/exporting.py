"""The province workbook written out again (CONTRACT §3): every fact that stands, sheet by sheet, as `import` reads it.

What was voided, the history of what was corrected, accounts, photos and the audit log are no part of it: that is what
`backup` keeps. Audits come without their steps; an import takes them as imported ones.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from isoaudit.db import (
    Activity,
    Answer,
    Audit,
    Base,
    ChecklistVersion,
    CriterionRow,
    Declaration,
    Document,
    Exemption,
    Milestone,
    Nonconformity,
    ObligationEntry,
    Procedures,
    Programme,
    Province,
    Succession,
    Task,
    Unit,
)
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import AuditState
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import columns_of

Cell = str | int | date | None
Row = tuple[Cell, ...]
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its columns as the file names them, its rows (to be read once)."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class _Names:
    """What keys are written as."""

    units: Mapping[int, str]
    documents: Mapping[int, str]
    provinces: Mapping[int, str]


def workbook(session: Session) -> Iterator[Sheet]:
    """The sheets that have rows, in the order of the contract; each is read while it is written, not before."""
    names = _names(session)
    for name, schema in SHEETS.items():
        columns = columns_of(schema)
        read = _reader(session, name, names)
        rows = (tuple(_cell(row.get(attribute)) for attribute, _cells in columns.values()) for row in read())
        first = next(rows, None)
        if first is not None:
            yield Sheet(name, tuple(columns), _with(first, rows))


def _with(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _names(session: Session) -> _Names:
    numbers: dict[str, int] = {}
    documents = session.execute(select(Document.id, Document.number, Document.issued_on)).all()
    for _id, number, _day in documents:
        numbers[number] = numbers.get(number, 0) + 1
    return _Names(
        units={row.id: row.code for row in session.execute(select(Unit.id, Unit.code))},
        documents={
            key: number if numbers[number] == 1 else f"{number} ngày {short_date(day)}"
            for key, number, day in documents
        },
        provinces={row.id: row.name for row in session.execute(select(Province.id, Province.name))},
    )


def _reader(session: Session, sheet: str, names: _Names) -> Callable[[], Iterator[dict[str, Any]]]:
    facts: dict[str, type[Base]] = {
        "exemptions": Exemption,
        "obligations": ObligationEntry,
        "documents": Document,
        "declarations": Declaration,
        "milestones": Milestone,
        "activities": Activity,
        "procedures": Procedures,
        "programmes": Programme,
        "tasks": Task,
    }
    if sheet in facts:
        return lambda: _facts(session, facts[sheet], names)
    others: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
        "units": lambda: _units(session, names),
        "successions": lambda: _successions(session, names),
        "audits": lambda: _mapped(session, _AUDITS),
        "answers": lambda: _mapped(session, _ANSWERS),
        "nonconformities": lambda: _mapped(session, _NONCONFORMITIES),
    }
    return others[sheet]


def _facts(session: Session, model: Any, names: _Names) -> Iterator[dict[str, Any]]:
    """Facts that stand, in the order of their entry, which settles what happened first on one day."""
    table = model.__table__
    for row in _mapped(session, select(table).where(table.c.voided_at.is_(None)).order_by(table.c.id)):
        row["unit"] = names.units.get(row.get("unit_id") or 0)
        row["document"] = names.documents.get(row.get("document_id") or 0)
        yield row


def _units(session: Session, names: _Names) -> Iterator[dict[str, Any]]:
    for row in _mapped(session, select(Unit.__table__).order_by(Unit.id)):
        row["parent"] = names.units.get(row["parent_id"] or 0)
        row["province"] = names.provinces[row["province_id"]]
        yield row


def _successions(session: Session, names: _Names) -> Iterator[dict[str, Any]]:
    for row in _mapped(session, select(Succession.__table__).order_by(Succession.id)):
        row["predecessor"], row["successor"] = names.units[row["predecessor_id"]], names.units[row["successor_id"]]
        yield row


def _mapped(session: Session, query: Executable) -> Iterator[dict[str, Any]]:
    found = session.execute(query, execution_options={"yield_per": _AT_ONCE})
    return (dict(row) for row in found.mappings())


def _cell(value: Any) -> Cell:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.date() if isinstance(value, datetime) else value


_COUNTED = Audit.state != AuditState.CANCELLED
_AUDITS = (
    select(
        Audit.reference,
        Unit.code.label("unit"),
        Programme.year.label("programme_year"),
        Audit.mode,
        Audit.purpose,
        ChecklistVersion.name.label("checklist"),
        ChecklistVersion.version,
        Audit.planned_on,
        Audit.minuted_on,
    )
    .join(Unit, Unit.id == Audit.unit_id)
    .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
    .outerjoin(Programme, Programme.id == Audit.programme_id)
    .where(_COUNTED)
    .order_by(Audit.province_id, Audit.id)
)
_ANSWERS = (
    select(
        Audit.reference.label("audit"),
        CriterionRow.code.label("criterion"),
        Answer.grade,
        func.coalesce(Answer.note, Answer.reason).label("note"),
    )
    .join(Audit, (Audit.province_id == Answer.province_id) & (Audit.id == Answer.audit_id))
    .join(CriterionRow, CriterionRow.id == Answer.criterion_id)
    .where(_COUNTED, Answer.grade.is_not(None))
    .order_by(Answer.province_id, Answer.audit_id, CriterionRow.position)
)
_NONCONFORMITIES = (
    select(
        Audit.reference.label("audit"),
        CriterionRow.code.label("criterion"),
        Nonconformity.grade,
        Nonconformity.due_on,
        Nonconformity.closed_on,
        Nonconformity.outcome,
    )
    .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
    .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
    .where(_COUNTED, Nonconformity.voided_at.is_(None))
    .order_by(Nonconformity.province_id, Nonconformity.audit_id, CriterionRow.position)
)
