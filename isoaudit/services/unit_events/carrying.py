"""What is carried over when units are arranged, and taken back when the arrangement is withdrawn: facts, audits and
nonconformities of a unit that goes on under another row, audits planned at a unit that ends, its open nonconformities.

A unit is all rows of the register from which it goes on (RULES §2): what hangs on an older row is its own, and is found
and carried over with it. What was done is told by key, as plain JSON, so that exactly that can be undone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, CriterionRow, Nonconformity, Unit
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.localday import local_day
from isoaudit.domain.unit_event_words import OpenFindings, PlannedAudits, Record
from isoaudit.domain.vocabulary import AuditState, NonconformityState, Outcome
from isoaudit.services import checklists, log, revisions, unit_years
from isoaudit.services.audits import life
from isoaudit.services.facts.entry import column
from isoaudit.services.facts.table import KINDS
from isoaudit.services.nonconformities import handling
from isoaudit.services.nonconformities.raising import add_event

Done = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is carried over: the arrangement's day and decision, who enters it and when."""

    province_id: int
    on: date
    cited: str
    document_id: int
    by: log.Actor
    now: datetime


def owners(session: Session, units: Iterable[int]) -> dict[int, int]:
    """Every row of the register that is one of these units, by the unit whose row it is: those it goes on from too."""
    chains = unit_years.chains(session, [*units])
    return {row: unit for unit, rows in reversed(chains.items()) for row in rows}


def facts_after(session: Session, ended: Mapping[int, str], on: date) -> list[Refusal]:
    """What stands against ending these units (key → name) on that day: facts of that day or later."""
    owner = owners(session, ended)
    counts: dict[int, dict[Record, int]] = {}
    queries = [
        (Record(kind.name), column(kind, "unit_id"), and_(column(kind, kind.day) >= on, kind.row.voided_at.is_(None)))
        for kind in KINDS.values()
    ]
    minuted = and_(Audit.minuted_on >= on, Audit.state != AuditState.CANCELLED)
    for record, unit_id, late in (*queries, (Record.AUDIT, Audit.unit_id, minuted)):
        query = select(unit_id, func.count()).where(unit_id.in_(owner), late).group_by(unit_id)
        for row, number in session.execute(query):
            found = counts.setdefault(owner[row], {})
            found[record] = found.get(record, 0) + number
    return [
        Invalid(
            "unit_event.facts_after",
            field="units",
            unit=ended[key],
            day=short_date(on),
            count=sum(found.values()),
            what=", ".join(f"{number} {record.vi}" for record, number in found.items()),
            what_en=", ".join(f"{number} {record.en}" for record, number in found.items()),
        )
        for key, found in sorted(counts.items())
    ]


def take_along(session: Session, continued: Mapping[int, int], cause: Cause) -> Done:
    """What lies on the day or later goes to the row under which its unit goes on: a code means that row then."""
    into = {row: continued[unit] for row, unit in owners(session, continued).items()}
    moved: list[list[Any]] = []
    for kind in KINDS.values():
        unit_id = column(kind, "unit_id")
        late = and_(unit_id.in_(into), column(kind, kind.day) >= cause.on, kind.row.voided_at.is_(None))
        for fact, old in session.execute(select(kind.row, unit_id).where(late).order_by(kind.row.id)).all():
            revisions.correct(session, fact, {"unit_id": into[old]}, by=cause.by, now=cause.now, why=cause.cited)
            moved.append([kind.name, fact.id, old])
    planned = and_(Audit.state == AuditState.PLANNED, or_(Audit.planned_on.is_(None), Audit.planned_on >= cause.on))
    audits = []
    for audit in session.scalars(
        select(Audit)
        .where(Audit.province_id == cause.province_id, Audit.unit_id.in_(into))
        .where(or_(planned, Audit.minuted_on >= cause.on))
        .order_by(Audit.id)
    ).all():
        audits.append([audit.id, audit.unit_id])
        _give(session, audit, into[audit.unit_id])
    return {"facts": moved, "audits": audits}


def planned_audits(session: Session, province_id: int, ended: Iterable[int], on: date) -> list[Audit]:
    """The audits planned at these units for the day or later, or for no day yet."""
    return list(
        session.scalars(
            select(Audit)
            .where(Audit.province_id == province_id, Audit.unit_id.in_(owners(session, ended)))
            .where(Audit.state == AuditState.PLANNED, or_(Audit.planned_on.is_(None), Audit.planned_on >= on))
            .order_by(Audit.reference)
        )
    )


def settle_audits(
    session: Session, ended: Iterable[int], choice: PlannedAudits, receivers: set[int], cause: Cause
) -> Done:
    """Do with audits planned at units that end what the office chose."""
    found = planned_audits(session, cause.province_id, ended, cause.on)
    if choice is PlannedAudits.KEEP or not found:
        return {"audits": [], "cancelled": []}
    if choice is PlannedAudits.CANCEL:
        for audit in found:
            reference = audit.reference
            life.cancel(session, cause.province_id, reference, reason=cause.cited, by=cause.by, now=cause.now)
        return {"audits": [], "cancelled": [audit.reference for audit in found]}
    if len(receivers) != 1:
        raise Invalid("unit_event.several_receivers", field="audits")
    receiver = session.get_one(Unit, next(iter(receivers)))
    moved = []
    for audit in found:
        if not checklists.content(checklists.get(session, audit.checklist_version_id)).fits({receiver.kind}):
            raise Invalid("unit_event.checklist_unfit", field="audits", audit=audit.reference, unit=receiver.name)
        moved.append([audit.id, audit.unit_id])
        _give(session, audit, receiver.id)
    return {"audits": moved, "cancelled": []}


def open_findings(session: Session, ended: Iterable[int]) -> list[tuple[Nonconformity, str, str]]:
    """The standing open nonconformities of these units, with the reference of the audit and the code; also those that
    a unit brought with it from another province."""
    rows = session.execute(
        select(Nonconformity, Audit.reference, CriterionRow.code)
        .join(Audit, and_(Audit.province_id == Nonconformity.province_id, Audit.id == Nonconformity.audit_id))
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(
            Nonconformity.unit_id.in_(owners(session, ended)),
            Nonconformity.voided_at.is_(None),
            Nonconformity.state != NonconformityState.CLOSED,
            Audit.state.in_((AuditState.MINUTED, AuditState.CONCLUDED)),
        )
        .order_by(Nonconformity.province_id, Audit.reference, CriterionRow.position)
    )
    return [(row, reference, code) for row, reference, code in rows]


def settle_findings(session: Session, ended: Iterable[int], choice: OpenFindings, cause: Cause) -> Done:
    """Close the open nonconformities of units that end, if the office chose so, by the decision."""
    if choice is OpenFindings.KEEP:
        return {"findings": []}
    found = open_findings(session, ended)
    if found and cause.on > local_day(cause.now):
        raise Invalid("unit_event.day_to_come", field="findings", day=short_date(cause.on))
    outcome = Outcome.TRANSFERRED if choice is OpenFindings.TRANSFERRED else Outcome.ENDED_WITH_UNIT
    closed = []
    for row, reference, code in found:
        closed.append([row.audit_id, row.criterion_id, row.state.value, row.province_id])
        handling.close(
            session,
            row.province_id,
            reference,
            code,
            closed_on=cause.on,
            outcome=outcome,
            evidence=cause.cited,
            document_id=cause.document_id,
            by=cause.by,
            now=cause.now,
        )
    return {"findings": closed}


def closed_findings(done: Done, province_id: int) -> list[tuple[int, int, str, int]]:
    """The nonconformities that an event closed: audit, criterion, earlier state, province. Events entered before the
    province was told closed only those of their own."""
    return [
        (audit, criterion, state, *(province or [province_id]))
        for audit, criterion, state, *province in done["findings"]
    ]


def take_back(session: Session, done: Done, cause: Cause, why: str) -> None:
    """Undo what was carried over. Cancelled audits stay cancelled: planning them anew is for the office."""
    for name, key, old in done["facts"]:
        fact = session.get_one(KINDS[name].row, key)
        revisions.correct(session, fact, {"unit_id": old}, by=cause.by, now=cause.now, why=why)
    for key, old in done["audits"]:
        _give(session, session.get_one(Audit, (cause.province_id, key)), old)
    for audit_id, criterion_id, state, province in closed_findings(done, cause.province_id):
        row = session.get_one(Nonconformity, (province, audit_id, criterion_id))
        row.state, row.closed_on, row.outcome = NonconformityState(state), None, None
        add_event(
            session, row, "reopened", on_day=cause.on, by=cause.by, now=cause.now, due_on=row.due_on, text=why.strip()
        )


def _give(session: Session, audit: Audit, unit_id: int) -> None:
    """The audit, with what it found, belongs to another row of the register."""
    audit.unit_id = unit_id
    session.flush()
    session.execute(
        update(Nonconformity)
        .where(Nonconformity.province_id == audit.province_id, Nonconformity.audit_id == audit.id)
        .values(unit_id=unit_id)
    )
