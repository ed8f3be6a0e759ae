"""Inspections that this office did not make (a district's, before 01/7/2025), entered with their source: who inspected,
by which document it is known. They count like every minuted audit (RULES §6) and say in lists whose they are.

Such an audit has gaps: only what the document tells is answered, or besides it that all else was found right. It is
pinned to a published checklist, is minuted from its day, and raises nonconformities as minutes do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, Audit, AuditSource, Document, Province, Unit
from isoaudit.domain.audit_life import Given, lacks
from isoaudit.domain.errors import Invalid, NotFound, Refusal, Refusals
from isoaudit.domain.localday import local_day
from isoaudit.domain.operations import answer_value
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Purpose
from isoaudit.services import checklists, log, revisions
from isoaudit.services.audits import events
from isoaudit.services.audits.reading import AuditView, find
from isoaudit.services.nonconformities import raising
from isoaudit.services.rollup import sheets
from isoaudit.services.sync_targets import answer_columns

_SERIES = "KTH"
"""What tells these references from the office's own: 2019-KTH-001."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the document tells of one criterion."""

    criterion: str
    grade: Grade
    note: str = ""
    due_on: date | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who inspected, and by which document it is known. `unit_id` is that body where the register has it."""

    body: str
    document_id: int | None
    unit_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection as the document tells it. `rest_conforms`: all else that the checklist asks was found right."""

    unit_id: int
    minuted_on: date | None
    checklist_version_id: int
    told: tuple[Told, ...]
    mode: Mode = Mode.ON_SITE
    purpose: Purpose = Purpose.FULL
    rest_conforms: bool = False


def enter(
    session: Session,
    province_id: int,
    inspection: Inspection,
    source: Source,
    *,
    by: log.Actor,
    now: datetime,
) -> AuditView:
    """Enter one. Raises Refusals with everything that is wrong: body, document, day, unit, findings."""
    unit = _checked(session, province_id, inspection, source, now)
    assert inspection.minuted_on is not None
    version = checklists.get(session, inspection.checklist_version_id)
    number = session.execute(
        update(Province)
        .where(Province.id == province_id)
        .values(last_audit=Province.last_audit + 1)
        .returning(Province.last_audit)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    row = Audit(
        province_id=province_id,
        id=number,
        reference=_reference(session, province_id, inspection.minuted_on.year),
        unit_id=unit.id,
        mode=inspection.mode,
        purpose=inspection.purpose,
        checklist_version_id=version.id,
        core_only=False,
        state=AuditState.MINUTED,
        minuted_on=inspection.minuted_on,
        revision=1,
        imported=True,
        created_at=now,
        created_by=by.user_id,
    )
    session.add(row)
    session.flush()
    _answer(session, row, unit, inspection, by, now)
    made = AuditSource(province_id=province_id, audit_id=row.id, **_values(source))
    revisions.enter(session, made, by=by, now=now)
    events.add(session, province_id, row.id, "imported", by=by, now=now, on_day=inspection.minuted_on)
    audit = find(session, province_id, row.reference)
    raised = raising.from_minutes(session, audit, on_day=inspection.minuted_on, by=by, now=now)
    sheets.write(session, province_id, [row.id])
    log.append(
        session,
        province_id,
        "audit.elsewhere",
        row.reference,
        by=by,
        now=now,
        counts=True,
        body=source.body,
        minuted_on=inspection.minuted_on,
        raised=raised,
    )
    return audit


def correct(
    session: Session, audit: AuditView, source: Source, *, why: str, by: log.Actor, now: datetime
) -> AuditSource:
    """Correct who inspected and by which document, with a reason. Raises NotFound for an audit of this office."""
    row = of(session, audit)
    if row is None:
        raise NotFound("source.kept", record=audit.reference)
    wrong = _wrong_source(session, audit.row.province_id, source, audit.row.minuted_on)
    if wrong:
        raise Refusals(wrong)
    if revisions.correct(session, row, _values(source), by=by, now=now, why=why):
        log.append(
            session, audit.row.province_id, "audit.source", audit.reference, by=by, now=now, body=source.body, why=why
        )
    return row


def of(session: Session, audit: AuditView) -> AuditSource | None:
    """Who made this inspection, when it was not this office."""
    return session.scalar(
        select(AuditSource).where(
            AuditSource.province_id == audit.row.province_id,
            AuditSource.audit_id == audit.row.id,
            AuditSource.voided_at.is_(None),
        )
    )


def bodies(session: Session, references: Iterable[str]) -> dict[str, str]:
    """Of these audits those that this office did not make: reference → who did. One query."""
    wanted = set(references)
    rows = session.execute(
        select(Audit.reference, AuditSource.body)
        .join(AuditSource, (AuditSource.province_id == Audit.province_id) & (AuditSource.audit_id == Audit.id))
        .where(AuditSource.voided_at.is_(None))
    )
    return {reference: body for reference, body in rows if reference in wanted}


def _checked(session: Session, province_id: int, inspection: Inspection, source: Source, now: datetime) -> Unit:
    day = inspection.minuted_on
    wrong = _wrong_source(session, province_id, source, day)
    unit = session.get(Unit, inspection.unit_id)
    if day is None or day > local_day(now):
        wrong.append(Invalid("source.day", field="minuted_on", value=f"{day:%d/%m/%Y}" if day else "–"))
    elif unit is None or unit.province_id != province_id or not _in_force(unit, day):
        wrong.append(Invalid("source.unit", field="unit", value=f"{day:%d/%m/%Y}"))
    checklist = checklists.content(checklists.get(session, inspection.checklist_version_id))
    met = set()
    for each in inspection.told:
        if each.criterion in met:
            wrong.append(Invalid("source.twice", record=each.criterion, field="told"))
        met.add(each.criterion)
        criterion = checklist.criterion(each.criterion)
        if criterion is None:
            wrong.append(Invalid("operation.criterion", record=checklist.id, field="criterion", value=each.criterion))
            continue
        missing = lacks(Given(each.grade, each.note, each.note, each.due_on))
        if missing:
            wrong.append(
                Invalid("source.finding", record=each.criterion, field="told", vi=missing[0].vi, en=missing[0].en)
            )
    if wrong or unit is None:
        raise Refusals(wrong)
    return unit


def _wrong_source(session: Session, province_id: int, source: Source, day: date | None) -> list[Refusal]:
    wrong: list[Refusal] = []
    if not source.body.strip():
        wrong.append(Invalid("source.body", field="body"))
    document = session.get(Document, source.document_id) if source.document_id is not None else None
    if document is None or document.voided_at is not None:
        wrong.append(Invalid("source.document", field="document"))
    if source.unit_id is not None and day is not None:
        body = session.get(Unit, source.unit_id)
        if body is None or body.province_id != province_id or not _in_force(body, day):
            wrong.append(Invalid("source.unit", field="body_unit", value=f"{day:%d/%m/%Y}"))
    return wrong


def _in_force(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to)


def _values(source: Source) -> dict[str, object]:
    return {
        "body": " ".join(source.body.split()),
        "unit_id": source.unit_id,
        "document_id": source.document_id,
        "note": source.note.strip(),
    }


def _answer(session: Session, row: Audit, unit: Unit, inspection: Inspection, by: log.Actor, now: datetime) -> None:
    checklist = checklists.content(checklists.get(session, inspection.checklist_version_id))
    ids = checklists.criterion_ids(session, inspection.checklist_version_id)
    told = {each.criterion: each for each in inspection.told}
    if inspection.rest_conforms:
        grades: dict[str, Grade | None] = {code: each.grade for code, each in told.items()}
        for criterion in checklist.asked(unit.kind, grades):
            told.setdefault(criterion.code, Told(criterion.code, Grade.CONFORMITY))
    answers, history = [], []
    for criterion in checklist.criteria:
        each = told.get(criterion.code)
        if each is None:
            continue
        reason = each.note if each.grade is Grade.NOT_APPLICABLE else ""
        value = answer_value(
            {
                "grade": each.grade.value,
                "note": "" if reason else each.note,
                "reason": reason,
                "due_on": each.due_on.isoformat() if each.due_on else None,
                "request": each.request,
            },
            criterion,
        )
        key = {"province_id": row.province_id, "audit_id": row.id, "criterion_id": ids[criterion.code]}
        answers.append({**key, "revision": 1, "conflict": False, **answer_columns(value)})
        history.append(
            {
                **key,
                "number": 1,
                "revision": 1,
                "value": dict(value),
                "outcome": "accepted",
                "at": now,
                "received_at": now,
                "by": by.user_id,
            }
        )
    if answers:
        session.execute(insert(Answer), answers)
        session.execute(insert(AnswerRevision), history)


def _reference(session: Session, province_id: int, year: int) -> str:
    prefix = f"{year}-{_SERIES}-"
    taken: Sequence[str] = session.scalars(
        select(Audit.reference).where(
            Audit.province_id == province_id, Audit.reference.startswith(prefix, autoescape=True)
        )
    ).all()
    numbers = [int(each.removeprefix(prefix)) for each in taken if each.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1:03}"
