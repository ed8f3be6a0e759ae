"""The lists of the yearly report: nonconformities, tasks, TTHC, documents, each by one or two queries.

Days and levels come from the facts that the roll-up counted; the rows add the words that no figure needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from isoaudit.db import (
    Activity,
    Answer,
    Audit,
    AuditSource,
    CriterionRow,
    Decision,
    DecisionStep,
    Declaration,
    Document,
    Exemption,
    Milestone,
    MoneyLine,
    Nonconformity,
    NonconformityEvent,
    ObligationEntry,
    ProcedureUpdate,
    Programme,
    Province,
    Publication,
    QualityObjective,
    ReportDuty,
    Task,
    Unit,
    UnitEvent,
)
from isoaudit.db import Procedures as ProceduresRow
from isoaudit.domain import evaluation, nonconformity
from isoaudit.domain.unit import in_force, listed
from isoaudit.domain.vocabulary import DocumentKind
from isoaudit.export.rows import DocumentRow, NonconformityRow, ProcedureRow, TaskRow
from isoaudit.services import checklists
from isoaudit.services.rollup import Counted, audit_key, notices

_FIGURES = (
    "total",
    "covered",
    "not_linked",
    "linked_same_level",
    "linked_between_levels",
    "online_full",
    "online_partial",
    "carried_over",
    "received_online",
    "received_in_person",
    "resolved",
    "in_progress",
    "late",
)
KINDS = {kind.value: kind.vi for kind in DocumentKind}
"""Letters of a document's kind → its words."""


def nonconformities(session: Session, counted: Counted) -> list[NonconformityRow]:
    """Those that the roll-up counts, under the unit that answers for them now, in the order of the units."""
    scope, register, day = counted.scope, counted.scope.register, counted.rollup.as_of
    words = _words(session, counted)
    versions = checklists.contents(session, {each.version for each in words.values()})
    then = notices.contested(session.connection(), day)
    contested = {(audit_key(province, audit, counted.home), criterion) for province, audit, criterion in then}
    found = []
    for fact in scope.nonconformities():
        unit = register.units[register.last_row(fact.unit_id, day)]
        told = words[fact.audit_id, fact.entry]
        criterion = versions[told.version].criterion(told.code)
        closed = max(fact.closed_on, fact.raised_on) if fact.closed_on is not None else date.max
        row = NonconformityRow(
            audit=told.reference,
            unit_code=unit.code if in_force(unit, day) else "",
            unit_name=unit.name,
            criterion=told.code,
            about=told.description or told.note or (criterion.text.vi if criterion else ""),
            grade=fact.grade,
            raised_on=fact.raised_on,
            due_on=nonconformity.deadline(fact, day),
            closed_on=closed if closed <= day else None,
            outcome=fact.outcome if closed <= day else None,
            contested=told.contested or (fact.audit_id, fact.entry) in contested,
            asks=criterion.text.vi if criterion else "",
            clause=criterion.second_level if criterion else "",
        )
        found.append(((listed(unit), told.reference, told.position), row))
    return [row for _, row in sorted(found, key=lambda each: each[0])]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a list tells of a nonconformity besides its days."""

    reference: str
    code: str
    position: int
    version: int
    description: str | None
    note: str | None
    contested: bool


def _words(session: Session, counted: Counted) -> dict[tuple[int, int], _Words]:
    """(audit among the facts, criterion) → words, of all that may be counted."""
    row, first = Nonconformity, counted.rollup.period.first
    names = {unit.province for unit in counted.scope.facts.units}
    found = session.execute(
        select(
            row.province_id,
            row.audit_id,
            row.criterion_id,
            Audit.reference,
            CriterionRow.code,
            CriterionRow.position,
            CriterionRow.checklist_version_id,
            row.description,
            Answer.note,
            row.contested,
        )
        .join(Audit, (Audit.province_id == row.province_id) & (Audit.id == row.audit_id))
        .join(CriterionRow, CriterionRow.id == row.criterion_id)
        .join(Unit, Unit.id == row.unit_id)
        .join(Province, Province.id == Unit.province_id)
        .outerjoin(
            Answer,
            (Answer.province_id == row.province_id)
            & (Answer.audit_id == row.audit_id)
            & (Answer.criterion_id == row.criterion_id),
        )
        .where(
            Province.name.in_(names),
            row.raised_on <= counted.rollup.as_of,
            or_(row.closed_on.is_(None), row.closed_on >= first, row.raised_on >= first),
        )
    )
    return {
        (audit_key(province, audit, counted.home), criterion): _Words(*words)
        for province, audit, criterion, *words in found
    }


def tasks(session: Session, counted: Counted) -> list[TaskRow]:
    """The tasks of the year's plan, in the order of their groups and as entered. The result of one that was completed
    after the day is not known on it, unless the office's mark holds on every day (RULES §8)."""
    day = counted.rollup.as_of
    levels = {each.id: evaluation.result_level(each, day) for each in counted.scope.facts.tasks}
    rows = session.execute(
        select(Task.id, Task.group_name, Task.task, Task.due_on, Task.completed_on, Task.result, Task.note, Task.mark)
        .where(Task.province_id == counted.home, Task.year == counted.rollup.year, Task.voided_at.is_(None))
        .order_by(Task.id)
    ).all()
    groups: dict[str, int] = {}
    for row in rows:
        groups.setdefault(row.group_name, len(groups))
    return [
        TaskRow(
            group=row.group_name,
            task=row.task,
            level=levels[row.id],
            due_on=row.due_on,
            completed_on=row.completed_on if _by(row.completed_on, day) else None,
            result=row.result or "" if row.mark or _by(row.completed_on, day) else "",
            note=row.note or "",
        )
        for row in sorted(rows, key=lambda row: (groups[row.group_name], row.id))
    ]


def _by(completed_on: date | None, day: date) -> bool:
    """Whether it was completed by that day, or is not completed yet: what was said so far stands."""
    return completed_on is None or completed_on <= day


def procedures(session: Session, counted: Counted) -> Iterator[ProcedureRow]:
    """The TTHC of each unit in force, from the row that the roll-up took, in the order of the units."""
    rollup, names = counted.rollup, {unit.province for unit in counted.scope.facts.units}
    columns = [getattr(ProceduresRow, name) for name in _FIGURES]
    found = session.execute(
        select(ProceduresRow.id, ProceduresRow.as_of, *columns)
        .join(Unit, Unit.id == ProceduresRow.unit_id)
        .join(Province, Province.id == Unit.province_id)
        .where(
            Province.name.in_(names),
            ProceduresRow.as_of.between(rollup.period.first, rollup.as_of),
            ProceduresRow.voided_at.is_(None),
        )
    )
    rows = {row.id: row for row in found}
    for line in rollup.units:
        if line.procedures is not None:
            _, as_of, *figures = rows[line.procedures.entry]
            yield ProcedureRow(line.unit.code, as_of, **dict(zip(_FIGURES, figures, strict=True)))


def documents(session: Session, counted: Counted) -> list[DocumentRow]:
    """The documents of the province's register up to the cut-off day, oldest first, with what rests on each by then."""
    rows = session.execute(
        select(Document.id, Document.number, Document.kind, Document.issuer, Document.issued_on, Document.subject)
        .where(
            Document.province_id == counted.home,
            Document.issued_on <= counted.rollup.as_of,
            Document.voided_at.is_(None),
        )
        .order_by(Document.issued_on, Document.id)
    ).all()
    cited, still = _cited(session, counted)
    return [
        DocumentRow(
            number,
            KINDS.get(kind, kind),
            issuer,
            issued_on,
            subject,
            cited.get(key, {}),
            past=key in cited and key not in still,
        )
        for key, number, kind, issuer, issued_on, subject in rows
    ]


def _cited(session: Session, counted: Counted) -> tuple[dict[int, dict[str, int]], set[int]]:
    """Document → kind of record → how many records of the kind, dated up to the cut-off day, rest on it; the documents
    on which a record rests that is not over with a year before the period (`_YEARS`); one query."""
    found: dict[int, dict[str, int]] = {}
    still: set[int] = set()
    mine, year = Document.province_id == counted.home, counted.rollup.period.first.year
    parts = [
        select(
            literal(name).label("kind"),
            column.label("document"),
            func.count().label("number"),
            func.max(_YEARS.get(name, literal(year))).label("year"),
        )
        .join(Document, Document.id == column)
        .where(mine, stands, day <= counted.rollup.as_of)
        .group_by(column)
        for name, column, day, stands in _CITING
    ]
    for kind, document, number, last in session.execute(union_all(*parts).order_by("document", "kind")):
        of_document = found.setdefault(document, {})
        of_document[kind] = of_document.get(kind, 0) + number
        if last >= year:
            still.add(document)
    return found, still


def _fact(name: str, row: Any, day: Any) -> tuple[str, Any, Any, Any]:
    return name, row.document_id, day, row.voided_at.is_(None)


_CITING: tuple[tuple[str, Any, Any, Any], ...] = (
    _fact("declaration", Declaration, Declaration.made_on),
    _fact("milestone", Milestone, Milestone.achieved_on),
    _fact("activity", Activity, Activity.done_on),
    _fact("procedures", ProceduresRow, ProceduresRow.as_of),
    _fact("exemption", Exemption, Exemption.from_day),
    _fact("obligation", ObligationEntry, ObligationEntry.from_day),
    _fact("task", Task, func.coalesce(Task.completed_on, Document.issued_on)),
    _fact("decision", Decision, Decision.decided_on),
    ("decision_step", DecisionStep.document_id, DecisionStep.on_day, true()),
    _fact("programme", Programme, Document.issued_on),
    _fact("unit_event", UnitEvent, UnitEvent.on_day),
    ("notice", Audit.notice_document_id, Audit.concluded_on, true()),
    _fact("source", AuditSource, Document.issued_on),
    ("finding", NonconformityEvent.document_id, NonconformityEvent.on_day, true()),
    _fact("objective", QualityObjective, Document.issued_on),
    _fact("report_duty", ReportDuty, func.coalesce(ReportDuty.received_on, Document.issued_on)),
    _fact("money", MoneyLine, Document.issued_on),
    (
        "money",
        MoneyLine.settled_document_id,
        func.coalesce(MoneyLine.settled_on, Document.issued_on),
        MoneyLine.voided_at.is_(None) & MoneyLine.settled_document_id.is_distinct_from(MoneyLine.document_id),
    ),
    _fact("publication", Publication, Publication.effective_on),
    _fact("update", ProcedureUpdate, ProcedureUpdate.done_on),
)
"""The records that can rest on a document: what they are, by which column, from which day, and when they stand. A task
counts from its completion, before that from the document's day, as a plan does."""

_YEARS: dict[str, Any] = {
    "task": Task.year,
    "programme": Programme.year,
    "objective": QualityObjective.year,
    "report_duty": ReportDuty.year,
    "money": MoneyLine.year,
}
"""The records of one year, which are over with it; what rests on others may hold on in later years."""
