"""The life of a nonconformity after the minutes: extended, contested, answered for the unit, implemented, returned,
closed (RULES §7). Which step may follow which is the table in `domain.nonconformity`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, CriterionRow, Document, Nonconformity, NonconformityEvent, Unit, User
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.localday import local_day
from isoaudit.domain.nonconformity import refuse_step
from isoaudit.domain.vocabulary import AuditState, NonconformityState, Outcome
from isoaudit.services import log
from isoaudit.services.nonconformities.raising import add_event

SETS_DEADLINE = frozenset({"raised", "extended", "changed", "reopened"})
"""The events that may set a deadline."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A nonconformity with what it belongs to."""

    row: Nonconformity
    audit: Audit
    unit: Unit
    criterion: str

    @property
    def name(self) -> str:
        """How messages and the log name it."""
        return f"{self.audit.reference} {self.criterion}"


def find(session: Session, province_id: int, reference: str, code: str, *, to_change: bool = False) -> Handled:
    """The nonconformity that this audit raised on this criterion. Raises NotFound; with `to_change`, Conflict when its
    audit has no minutes at present or its grade was taken back."""
    query = (
        select(Nonconformity, Audit, Unit, CriterionRow.code)
        .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
        .join(Unit, Unit.id == Nonconformity.unit_id)
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(Nonconformity.province_id == province_id, Audit.reference == reference, CriterionRow.code == code)
    )
    if to_change:
        query = query.with_for_update(of=Nonconformity).execution_options(populate_existing=True)
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound("nonconformity.unknown", record=f"{reference} {code}")
    handled = Handled(*found)
    stands = handled.audit.state in (AuditState.MINUTED, AuditState.CONCLUDED) and handled.row.voided_at is None
    if to_change and not stands:
        raise Conflict("nonconformity.not_standing", record=handled.name)
    return handled


def events(session: Session, handled: Handled) -> list[tuple[NonconformityEvent, str | None]]:
    """What happened to it, oldest first, each with the name of the person."""
    rows = session.execute(
        select(NonconformityEvent, User.full_name)
        .outerjoin(User, User.id == NonconformityEvent.by)
        .where(
            NonconformityEvent.province_id == handled.row.province_id,
            NonconformityEvent.audit_id == handled.row.audit_id,
            NonconformityEvent.criterion_id == handled.row.criterion_id,
        )
        .order_by(NonconformityEvent.number)
    )
    return [(event, name) for event, name in rows]


def extend(
    session: Session,
    province_id: int,
    reference: str,
    code: str,
    *,
    due_on: date | None,
    reason: str,
    on_day: date | None = None,
    by: log.Actor,
    now: datetime,
) -> Handled:
    """Set a later deadline, with a reason; the earlier one stays in its history. `on_day` is the day of the decision
    (today when none is given): not before the day on which the old deadline was set, and the new one not before it."""
    found = find(session, province_id, reference, code, to_change=True)
    _refuse_closed(found)
    _require(found, "reason", reason)
    decided_on = on_day or local_day(now)
    _refuse_day(found, decided_on, now, first=_set_on(session, found))
    if due_on is None or due_on < decided_on or (found.row.due_on is not None and due_on <= found.row.due_on):
        raise Invalid("nonconformity.due_on", record=found.name, field="due_on")
    found.row.due_on = due_on
    return _record(session, found, "extended", by, now, on_day=decided_on, due_on=due_on, text=reason.strip())


def contest(
    session: Session, province_id: int, reference: str, code: str, *, text: str, by: log.Actor, now: datetime
) -> Handled:
    """The unit keeps another opinion (bảo lưu): marked until the notice of conclusion decides."""
    found = find(session, province_id, reference, code, to_change=True)
    _refuse_closed(found)
    _require(found, "text", text)
    if found.audit.state is AuditState.CONCLUDED:
        raise Conflict("nonconformity.decided", record=found.name)
    found.row.contested = True
    return _record(session, found, "contested", by, now, text=text.strip())


def answer(
    session: Session,
    province_id: int,
    reference: str,
    code: str,
    *,
    cause: str,
    correction: str,
    corrective_action: str,
    by: log.Actor,
    now: datetime,
) -> Handled:
    """Write down, for the unit, the cause, the correction and the corrective action."""
    found = find(session, province_id, reference, code, to_change=True)
    for name, value in (("cause", cause), ("correction", correction), ("corrective_action", corrective_action)):
        _require(found, name, value)
    _move(found, NonconformityState.ANSWERED)
    return _record(
        session,
        found,
        "answered",
        by,
        now,
        cause=cause.strip(),
        correction=correction.strip(),
        corrective_action=corrective_action.strip(),
    )


def implement(
    session: Session,
    province_id: int,
    reference: str,
    code: str,
    *,
    evidence: str,
    on_day: date | None,
    by: log.Actor,
    now: datetime,
) -> Handled:
    """The unit reports that it is done, with its evidence."""
    found = find(session, province_id, reference, code, to_change=True)
    _require(found, "evidence", evidence)
    _refuse_day(found, on_day, now)
    _move(found, NonconformityState.IMPLEMENTED)
    return _record(session, found, "implemented", by, now, on_day=on_day, text=evidence.strip())


def send_back(
    session: Session, province_id: int, reference: str, code: str, *, reason: str, by: log.Actor, now: datetime
) -> Handled:
    """What was reported does not hold: back to `answered`, with a reason."""
    found = find(session, province_id, reference, code, to_change=True)
    _require(found, "reason", reason)
    if found.row.state is not NonconformityState.IMPLEMENTED:
        state, to = found.row.state, NonconformityState.ANSWERED
        raise Conflict(
            "nonconformity.step", record=found.name, state_vi=state.vi, state_en=state.en, to_vi=to.vi, to_en=to.en
        )
    _move(found, NonconformityState.ANSWERED)
    return _record(session, found, "returned", by, now, text=reason.strip())


def close(
    session: Session,
    province_id: int,
    reference: str,
    code: str,
    *,
    closed_on: date | None,
    outcome: Outcome | None,
    evidence: str,
    document_id: int | None = None,
    by: log.Actor,
    now: datetime,
) -> Handled:
    """Close it on a day, with its outcome and the evidence seen. `transferred` and `ended_with_unit` need a document;
    `verified` asks that it was reported as implemented."""
    found = find(session, province_id, reference, code, to_change=True)
    refuse_step(found.row.state, NonconformityState.CLOSED, outcome, record=found.name)
    _require(found, "evidence", evidence)
    _refuse_day(found, closed_on, now)
    if outcome is not Outcome.VERIFIED and (document_id is None or session.get(Document, document_id) is None):
        raise Invalid("nonconformity.document", record=found.name, field="document")
    found.row.state, found.row.closed_on, found.row.outcome = NonconformityState.CLOSED, closed_on, outcome
    return _record(
        session,
        found,
        "closed",
        by,
        now,
        on_day=closed_on,
        outcome=outcome,
        text=evidence.strip(),
        document_id=document_id,
    )


def _move(found: Handled, to: NonconformityState) -> None:
    refuse_step(found.row.state, to, record=found.name)
    found.row.state = to


def _record(
    session: Session,
    found: Handled,
    what: str,
    by: log.Actor,
    now: datetime,
    *,
    on_day: date | None = None,
    **values: object,
) -> Handled:
    add_event(session, found.row, what, on_day=on_day or local_day(now), by=by, now=now, **values)
    log.append(
        session,
        found.row.province_id,
        f"nonconformity.{what}",
        found.name,
        by=by,
        now=now,
        counts=True,
        values={name: value for name, value in values.items() if value is not None},
    )
    return found


def _refuse_closed(found: Handled) -> None:
    if found.row.state is NonconformityState.CLOSED:
        raise Conflict("nonconformity.closed", record=found.name)


def _require(found: Handled, name: str, value: str) -> None:
    if not value.strip():
        raise Invalid("nonconformity.text_missing", record=found.name, field=name)


def _set_on(session: Session, found: Handled) -> date | None:
    """The day on which the deadline in force was set: by the minutes, a notice or an extension."""
    days = [event.on_day for event, _name in events(session, found) if event.what in SETS_DEADLINE and event.due_on]
    return max(days, default=found.row.raised_on)


def _refuse_day(found: Handled, day: date | None, now: datetime, *, first: date | None = None) -> None:
    first = first or found.row.raised_on
    if day is None or day > local_day(now) or (first is not None and day < first):
        told = f"{first:%d/%m/%Y}" if first else "–"
        raise Invalid("nonconformity.day", record=found.name, field="on_day", first=told)
