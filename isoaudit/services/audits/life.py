"""The life of an audit: start, minutes on the spot, notice of conclusion, cancelling, reopening (RULES §6).

Who may take which step is the table in `domain.audit_life`. What minutes and notice do to nonconformities is in
`services.nonconformities`; the first step, planning, in `services.programmes`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, UserRole
from isoaudit.domain.audit_life import TRANSITIONS, Lack, Step, take
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.localday import local_day
from isoaudit.domain.vocabulary import AuditState, Grade, Role, TeamRole
from isoaudit.services import log
from isoaudit.services.audits import changes, contested, entries, events, minutes, waiting
from isoaudit.services.audits.reading import AuditView, find
from isoaudit.services.nonconformities import raising
from isoaudit.services.rollup import sheets


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A grade that the notice of conclusion changes, or keeps where the unit contested it: the same grade, with the
    reason. A minor or major needs `note` and `due_on` unless the answer has them already."""

    criterion: str
    grade: Grade
    reason: str
    note: str = ""
    due_on: date | None = None


def start(session: Session, province_id: int, reference: str, *, by: log.Actor, now: datetime) -> AuditView:
    """The team begins. Raises Conflict, Forbidden."""
    audit = _step(session, province_id, reference, Step.START, by)
    audit.row.state, audit.row.started_at = TRANSITIONS[Step.START].to, now
    events.add(session, province_id, audit.row.id, "started", by=by, now=now)
    log.append(session, province_id, "audit.start", reference, by=by, now=now)
    return audit


def minute(
    session: Session, province_id: int, reference: str, *, minuted_on: date | None, by: log.Actor, now: datetime
) -> AuditView:
    """The head signs the minutes of that day; minor and major grades become nonconformities.

    Raises Invalid when something is missing or the day is not between the start and today, Conflict when the audit is
    not under way (a second conclusion), two values of a general text or an entry wait, or a device that took it along
    may still hold something; Forbidden when it is not the head.
    """
    audit = _step(session, province_id, reference, Step.MINUTE, by)
    lacking = [each for each in audit.missing if not audit.row.imported or each.lack is Lack.CONFLICT]
    if lacking:
        raise Invalid("audit.incomplete", record=reference, count=len(lacking), first=lacking[0].criterion)
    today, began = local_day(now), _began(audit)
    if minuted_on is None or minuted_on > today or (began is not None and minuted_on < began):
        raise Invalid(
            "audit.minuted_on",
            record=reference,
            field="minuted_on",
            value=f"{minuted_on:%d/%m/%Y}" if minuted_on else "–",
            first=f"{began:%d/%m/%Y}" if began else "–",
            last=f"{today:%d/%m/%Y}",
        )
    _refuse_early_deadlines(audit, minuted_on)
    _refuse_conflicts(session, audit)
    outstanding = waiting.outstanding(session, province_id, audit.row.id)
    if outstanding:
        devices = ", ".join(f"{each.name} ({each.person})" for each in outstanding)
        raise Conflict("audit.devices_outstanding", record=reference, devices=devices)
    stand(session, audit, minuted_on=minuted_on, by=by, now=now)
    return audit


def stand(
    session: Session,
    audit: AuditView,
    *,
    minuted_on: date,
    by: log.Actor,
    now: datetime,
    signature: Mapping[str, object] | None = None,
) -> None:
    """Make the minutes of that day stand: the audit counts from now on, minor and major grades become nonconformities,
    those that the unit reserved its opinion on are contested. `signature`: what was signed on the spot."""
    province_id, reference = audit.row.province_id, audit.reference
    audit.row.state, audit.row.minuted_on = AuditState.MINUTED, minuted_on
    noted = entries.of(session, province_id, audit.row.id)
    content = minutes.content(audit, noted)
    kept = content | ({"signature": dict(signature)} if signature else {})
    events.add(session, province_id, audit.row.id, "minuted", by=by, now=now, on_day=minuted_on, content=kept)
    raised = raising.from_minutes(session, audit, on_day=minuted_on, by=by, now=now)
    raising.contest(session, audit, noted, on_day=minuted_on, by=by, now=now)
    sheets.write(session, province_id, [audit.row.id])
    log.append(
        session,
        province_id,
        "audit.minute",
        reference,
        by=by,
        now=now,
        counts=True,
        minuted_on=minuted_on,
        raised=raised,
        digest=content["digest"],
    )


def conclude(
    session: Session,
    province_id: int,
    reference: str,
    *,
    concluded_on: date | None,
    document_id: int | None,
    grade_changes: Sequence[GradeChange] = (),
    by: log.Actor,
    now: datetime,
) -> AuditView:
    """The notice of conclusion, with its document; it may change grades, each with a reason.

    Raises Invalid for a document or reason that is missing, a criterion that is unknown or told twice, a contested
    finding that is left out, or a day before the minutes or to come; Conflict while two values wait (what came after
    the signing needs an amendment first).
    """
    audit = _step(session, province_id, reference, Step.CONCLUDE, by)
    _refuse_conflicts(session, audit)
    told_of = [each.criterion for each in grade_changes]
    twice = [code for place, code in enumerate(told_of) if code in told_of[:place]]
    if twice:
        raise Invalid("audit.change_twice", record=twice[0], field="criterion")
    contested.refuse_undecided(session, audit, told_of)
    document = session.get(Document, document_id) if document_id is not None else None
    if document_id is None or document is None or document.voided_at is not None:
        raise Invalid("audit.notice_document", record=reference, field="document")
    if concluded_on is None or concluded_on > local_day(now) or concluded_on < (audit.row.minuted_on or concluded_on):
        raise Invalid("audit.concluded_on", record=reference, field="concluded_on")
    changed_grades = _decide(session, audit, grade_changes, document_id, concluded_on, by, now)
    audit.row.state = TRANSITIONS[Step.CONCLUDE].to
    audit.row.concluded_on, audit.row.notice_document_id = concluded_on, document_id
    told = [{"criterion": each.criterion, "grade": each.grade, "reason": each.reason} for each in changed_grades]
    kept = [each.criterion for each in grade_changes if each not in changed_grades]
    events.add(
        session,
        province_id,
        audit.row.id,
        "concluded",
        by=by,
        now=now,
        on_day=concluded_on,
        document_id=document_id,
        content={"changes": told, "kept": kept},
    )
    changed = find(session, province_id, reference)
    raising.from_notice(session, changed, on_day=concluded_on, document_id=document_id, by=by, now=now)
    sheets.write(session, province_id, [audit.row.id])
    log.append(session, province_id, "audit.conclude", reference, by=by, now=now, counts=True, changes=told)
    return changed


def _decide(
    session: Session,
    audit: AuditView,
    decisions: Sequence[GradeChange],
    document_id: int,
    on_day: date,
    by: log.Actor,
    now: datetime,
) -> list[GradeChange]:
    """Keep every decision beside the grade of the minutes and change the answers that differ; those are returned."""
    changed = []
    for each in decisions:
        before = audit.answer(each.criterion).grade
        if each.grade is not before or each.note.strip() or each.due_on or not each.reason.strip():
            changes.by_notice(session, audit, each.criterion, _changed(audit, each), each.reason, document_id, by, now)
            changed.append(each)
        contested.decide(
            session, audit, each.criterion, before, each.grade, each.reason, document_id, on_day=on_day, by=by, now=now
        )
    return changed


def cancel(
    session: Session, province_id: int, reference: str, *, reason: str, by: log.Actor, now: datetime
) -> AuditView:
    """The office cancels an audit that has no minutes, with a reason."""
    audit = _step(session, province_id, reference, Step.CANCEL, by, reason)
    audit.row.state, audit.row.cancel_reason = TRANSITIONS[Step.CANCEL].to, reason.strip()
    events.add(session, province_id, audit.row.id, "cancelled", by=by, now=now, reason=reason.strip())
    log.append(session, province_id, "audit.cancel", reference, by=by, now=now, counts=True, reason=reason.strip())
    return audit


def reopen(
    session: Session, province_id: int, reference: str, *, reason: str, by: log.Actor, now: datetime
) -> AuditView:
    """The head reopens a signed, minuted or concluded audit, with a reason; the old minutes stay in its events, and
    until the next minutes it counts nowhere."""
    audit = _step(session, province_id, reference, Step.REOPEN, by, reason)
    old = minutes.content(audit, entries.of(session, province_id, audit.row.id))
    contested.reopened(session, audit, by=by, now=now)
    audit.row.state = TRANSITIONS[Step.REOPEN].to
    audit.row.minuted_on = audit.row.concluded_on = audit.row.notice_document_id = None
    events.add(session, province_id, audit.row.id, "reopened", by=by, now=now, reason=reason.strip(), content=old)
    log.append(session, province_id, "audit.reopen", reference, by=by, now=now, counts=True, reason=reason.strip())
    return audit


def roles_of(session: Session, audit: AuditView, by: log.Actor) -> frozenset[Role | TeamRole]:
    """The roles of an account in this audit: those of the account, and its role in the team."""
    held: set[Role | TeamRole] = set(session.scalars(select(UserRole.role).where(UserRole.user_id == by.user_id)))
    in_team = audit.role_of(by.user_id)
    if in_team is not None and Role.INSPECTOR in held:
        held.add(in_team)
    return frozenset(held)


def _step(session: Session, province_id: int, reference: str, step: Step, by: log.Actor, reason: str = "") -> AuditView:
    audit = find(session, province_id, reference, to_change=True)
    audit.row.state = take(step, audit.state, roles_of(session, audit, by), reason, audit=reference)
    return audit


def _changed(audit: AuditView, change: GradeChange) -> dict[str, object]:
    answer = audit.answer(change.criterion).value()
    answer["grade"] = change.grade.value
    answer["note"] = change.note.strip() or answer["note"]
    answer["due_on"] = change.due_on.isoformat() if change.due_on else answer["due_on"]
    if change.grade is Grade.NOT_APPLICABLE:
        answer["reason"] = change.reason.strip()
    return answer


def _refuse_conflicts(session: Session, audit: AuditView) -> None:
    """An audit with an open conflict, in an answer, an entry or a general text, cannot be concluded (CONTRACT §5)."""
    open_ones = [code for code, each in audit.answers.items() if each.conflict]
    kept = entries.of(session, audit.row.province_id, audit.row.id)
    open_ones += [name for name, each in kept.items() if each.conflict]
    if open_ones:
        raise Conflict("audit.open_conflicts", record=audit.reference, count=len(open_ones), first=open_ones[0])


def _refuse_early_deadlines(audit: AuditView, minuted_on: date) -> None:
    for criterion in audit.checklist.criteria:
        answer = audit.answer(criterion.code)
        raises = answer.grade in (Grade.MINOR, Grade.MAJOR)
        if raises and answer.due_on is not None and answer.due_on < minuted_on:
            raise Invalid(
                "audit.due_before_minutes",
                record=criterion.code,
                field="due_on",
                value=f"{answer.due_on:%d/%m/%Y}",
                minuted_on=f"{minuted_on:%d/%m/%Y}",
            )


def _began(audit: AuditView) -> date | None:
    """The first day on which minutes can have been signed: the day planned, or an earlier one on which it was begun
    (answers are often typed in after the visit)."""
    days = [each for each in (audit.row.planned_on, audit.row.started_at and local_day(audit.row.started_at)) if each]
    return min(days, default=None)
