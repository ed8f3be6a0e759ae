"""Everything that a unit's page shows, in a fixed number of queries: the facts of the unit (a chain of `continued` is
one unit), what they cite, who entered and changed them, audits, nonconformities, what it came from and went into.

How a unit stands on a day is counted by the roll-up, so that no page says anything else than the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from isoaudit.db import (
    Audit,
    ChecklistVersion,
    CriterionRow,
    Document,
    Nonconformity,
)
from isoaudit.domain.checklist import Words
from isoaudit.domain.conversion import step_dates
from isoaudit.domain.facts import Milestone as MilestoneFact
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.standard import Conversion
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import Mode, Relation
from isoaudit.services import checklists, fact_history, register
from isoaudit.services.facts.entry import column
from isoaudit.services.facts.table import KINDS
from isoaudit.services.rollup import roll_up


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with the document it rests on and all its revisions, oldest first."""

    kind: str
    fact: Any
    unit_id: int
    on: date
    document: Document | None
    revisions: Sequence[fact_history.Revised]

    @property
    def voided(self) -> bool:
        """Whether it stands outside every count."""
        return self.fact.voided_at is not None

    @property
    def key(self) -> str:
        """Its name on a page: kind and number."""
        return f"{self.kind}-{self.fact.id}"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit with its checklist."""

    audit: Audit
    checklist: str
    version: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A nonconformity with the reference of its audit, the code of its criterion and what that asks."""

    row: Nonconformity
    audit: str
    criterion: str
    text: Words | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's page. `rows` are the rows of the register that are this unit, its own first; `entries` come newest
    first."""

    history: register.History
    rows: tuple[int, ...]
    entries: tuple[Entry, ...]
    audits: tuple[AuditRow, ...]
    findings: tuple[Finding, ...]

    @property
    def unit(self) -> register.UnitLine:
        """The unit itself."""
        return self.history.unit

    def standing(self, kind: str) -> list[Entry]:
        """The standing facts of a kind, newest first."""
        return [each for each in self.entries if each.kind == kind and not each.voided]

    def open_on(self, day: date) -> list[Finding]:
        """The nonconformities open on that day (RULES §7), the earliest deadline first."""
        return [
            each
            for each in self.findings
            if each.row.raised_on is not None
            and each.row.raised_on <= day
            and (each.row.closed_on is None or each.row.closed_on > day)
        ]

    def steps(self, conversion: Conversion, day: date) -> dict[str, date]:
        """The steps achieved by that day, each with its day; the earliest counts."""
        milestones = (
            MilestoneFact(each.unit_id, each.fact.conversion, each.fact.step, each.on)
            for each in self.standing("milestone")
        )
        return step_dates(milestones, conversion, day)


def load(session: Session, unit_id: int) -> UnitPage:
    """The page of that unit. Raises `NotFound`."""
    history = register.history(session, unit_id)
    rows = _chain(history)
    return UnitPage(
        history,
        rows,
        tuple(_entries(session, rows)),
        tuple(_audits(session, rows)),
        tuple(_findings(session, rows)),
    )


def day_within(unit: register.UnitLine, day: date) -> date:
    """That day, or the nearest one on which the unit is in force."""
    last = unit.valid_to - ONE_DAY if unit.valid_to else day
    return max(unit.valid_from, min(day, last))


def line_on(session: Session, unit: register.UnitLine, day: date, conversion: str) -> UnitLine | None:
    """How the unit stands on a day on which it is in force; None when the roll-up does not know it."""
    counted = roll_up(session, unit.province, day.year, day, conversion)
    return next((line for line in counted.units if line.unit.id == unit.id), None)


def _chain(history: register.History) -> tuple[int, ...]:
    found = [history.unit.id]
    for row in found:
        for each in history.earlier:
            if each.relation is Relation.CONTINUED and each.after.id == row and each.before.id not in found:
                found.append(each.before.id)
    return tuple(found)


def _entries(session: Session, rows: Sequence[int]) -> list[Entry]:
    found: list[tuple[str, Any, Document | None]] = []
    for kind in KINDS.values():
        query = (
            select(kind.row, Document)
            .outerjoin(Document, Document.id == column(kind, "document_id"))
            .where(column(kind, "unit_id").in_(rows))
        )
        found += [(kind.name, row[0], row[1]) for row in session.execute(query)]
    revised = fact_history.of(session, [fact for _kind, fact, _document in found])
    entries = [
        Entry(
            kind,
            fact,
            fact.unit_id,
            getattr(fact, KINDS[kind].day),
            document,
            revised.get(fact_history.key_of(fact), ()),
        )
        for kind, fact, document in found
    ]
    order = list(KINDS)
    return sorted(entries, key=lambda each: (each.on, -order.index(each.kind), each.fact.id), reverse=True)


def _audits(session: Session, rows: Sequence[int]) -> list[AuditRow]:
    query = (
        select(Audit, ChecklistVersion.name, ChecklistVersion.version)
        .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
        .where(Audit.unit_id.in_(rows))
    )
    found = [AuditRow(audit, name, version) for audit, name, version in session.execute(query)]
    return sorted(found, key=lambda each: (_audit_day(each.audit), each.audit.reference), reverse=True)


def _audit_day(audit: Audit) -> date:
    return audit.minuted_on or audit.planned_on or date.max


def _findings(session: Session, rows: Sequence[int]) -> list[Finding]:
    query = (
        select(Nonconformity, Audit.reference, CriterionRow.code, CriterionRow.checklist_version_id)
        .join(Audit, and_(Audit.province_id == Nonconformity.province_id, Audit.id == Nonconformity.audit_id))
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(Nonconformity.unit_id.in_(rows), Nonconformity.voided_at.is_(None), Audit.mode != Mode.SELF)
        .order_by(Nonconformity.due_on, Audit.reference, CriterionRow.position)
    )
    found = session.execute(query).all()
    asked = checklists.contents(session, {row.checklist_version_id for row in found}) if found else {}
    return [
        Finding(row, audit, code, criterion.text if (criterion := asked[version].criterion(code)) else None)
        for row, audit, code, version in found
    ]
