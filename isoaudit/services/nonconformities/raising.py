"""What minutes and notices make of minor and major grades: nonconformities raised, changed, or voided.

Their later life is in `handling`.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import CriterionRow, Nonconformity, NonconformityEvent
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.entries import Stance
from isoaudit.domain.nonconformity import Setting, deadline_of, deadlines_set
from isoaudit.domain.vocabulary import NonconformityState
from isoaudit.services import log
from isoaudit.services.audits.entries import Kept
from isoaudit.services.audits.reading import AnswerValue, AuditView


def from_minutes(session: Session, audit: AuditView, *, on_day: date, by: log.Actor, now: datetime) -> int:
    """Raise one for every minor and major grade, with its deadline; those raised by earlier minutes of this audit are
    brought up to date, and voided when their grade is gone. Returns how many stand."""
    return _bring_up(session, audit, on_day, "minutes", None, by, now)


def from_notice(
    session: Session, audit: AuditView, *, on_day: date, document_id: int, by: log.Actor, now: datetime
) -> int:
    """The same after the notice changed grades; what was contested is decided by it."""
    standing = _bring_up(session, audit, on_day, "notice", document_id, by, now)
    for row in _rows(session, audit).values():
        row.contested = False
    session.flush()
    return standing


def contest(
    session: Session, audit: AuditView, entries: Mapping[str, Kept], *, on_day: date, by: log.Actor, now: datetime
) -> None:
    """Mark those on which the unit reserved its opinion when the minutes were read out (entries `word/<criterion>`),
    and no longer those on which it does not any more: the last minutes say. What the unit said nothing on stays as it
    is."""
    words = {name.removeprefix("word/"): each.value for name, each in entries.items() if name.startswith("word/")}
    if not words:
        return
    ids = _criterion_ids(session, audit)
    rows = _rows(session, audit)
    for code, word in words.items():
        row = rows.get(ids[code])
        reserves = word is not None and word["stance"] == Stance.RESERVED
        if row is None or row.voided_at is not None or row.contested == reserves:
            continue
        if row.state is NonconformityState.CLOSED and reserves:
            continue
        row.contested = reserves
        what, text = ("contested" if reserves else "uncontested"), str(word["text"]) if word else None
        add_event(session, row, what, on_day=on_day, by=by, now=now, text=text or None)


def add_event(
    session: Session, row: Nonconformity, what: str, *, on_day: date, by: log.Actor, now: datetime, **values: object
) -> NonconformityEvent:
    """Add the next event of a nonconformity. Flushes."""
    last = session.scalar(
        select(func.max(NonconformityEvent.number)).where(
            NonconformityEvent.province_id == row.province_id,
            NonconformityEvent.audit_id == row.audit_id,
            NonconformityEvent.criterion_id == row.criterion_id,
        )
    )
    event = NonconformityEvent(
        province_id=row.province_id,
        audit_id=row.audit_id,
        criterion_id=row.criterion_id,
        number=(last or 0) + 1,
        what=what,
        on_day=on_day,
        at=now,
        by=by.user_id,
        **values,
    )
    session.add(event)
    session.flush()
    return event


def _bring_up(
    session: Session,
    audit: AuditView,
    on_day: date,
    why: str,
    document_id: int | None,
    by: log.Actor,
    now: datetime,
) -> int:
    known, settings = _rows(session, audit), _settings(session, audit)
    ids = _criterion_ids(session, audit)
    standing = 0
    for code, answer in audit.answers.items():
        row = known.get(ids[code])
        if answer.grade in NONCONFORMING:
            standing += 1
            if row is None:
                row = _new(audit, ids[code])
                session.add(row)
                _raise(session, row, audit, answer, on_day, document_id, [], by, now)
            else:
                _raise(session, row, audit, answer, on_day, document_id, settings[ids[code]], by, now)
        elif row is not None and row.voided_at is None:
            row.voided_at, row.void_reason = now, why
            add_event(session, row, "voided", on_day=on_day, by=by, now=now, document_id=document_id)
    session.flush()
    return standing


def _criterion_ids(session: Session, audit: AuditView) -> dict[str, int]:
    rows = session.execute(
        select(CriterionRow.code, CriterionRow.id).where(
            CriterionRow.checklist_version_id == audit.row.checklist_version_id
        )
    )
    return {row.code: row.id for row in rows}


def _rows(session: Session, audit: AuditView) -> dict[int, Nonconformity]:
    rows = session.scalars(
        select(Nonconformity).where(
            Nonconformity.province_id == audit.row.province_id, Nonconformity.audit_id == audit.row.id
        )
    )
    return {row.criterion_id: row for row in rows}


def _new(audit: AuditView, criterion_id: int) -> Nonconformity:
    return Nonconformity(
        province_id=audit.row.province_id,
        audit_id=audit.row.id,
        criterion_id=criterion_id,
        unit_id=audit.unit.id,
        example=audit.row.example,
    )


def _settings(session: Session, audit: AuditView) -> defaultdict[int, list[Setting]]:
    """Criterion → the events that set its deadlines."""
    found: defaultdict[int, list[Setting]] = defaultdict(list)
    event = NonconformityEvent
    for criterion, number, what, on_day, due_on in session.execute(
        select(event.criterion_id, event.number, event.what, event.on_day, event.due_on).where(
            event.province_id == audit.row.province_id,
            event.audit_id == audit.row.id,
            event.what.in_(("raised", "extended", "changed", "reopened")),
            or_(event.due_on.is_not(None), event.what == "changed"),
        )
    ):
        found[criterion].append(Setting(number, what, on_day, due_on))
    return found


def _raise(
    session: Session,
    row: Nonconformity,
    audit: AuditView,
    answer: AnswerValue,
    on_day: date,
    document_id: int | None,
    settings: list[Setting],
    by: log.Actor,
    now: datetime,
) -> None:
    """Make the row what the answer says, with an event when that changes anything.

    A closed one stays closed, since what was verified holds for the day of the closing, unless minutes of a later day
    found it again: with another grade, or after it had been taken back. A deadline extended since stays.
    """
    assert answer.grade is not None
    found_again = row.voided_at is not None or row.grade is not answer.grade
    what = "changed"
    if row.raised_on is None:
        what = "raised"
    elif row.state is NonconformityState.CLOSED:
        if found_again and row.closed_on is not None and row.closed_on < (audit.row.minuted_on or row.closed_on):
            what = "reopened"
            row.state, row.closed_on, row.outcome = NonconformityState.OPEN, None, None
    elif row.voided_at is not None:
        what = "reopened"
    last = max((each.number for each in settings), default=0)
    history = deadlines_set([*settings, Setting(last + 1, what, on_day, answer.due_on)])
    values = {
        "grade": answer.grade,
        "description": answer.note or None,
        "raised_on": audit.row.minuted_on,
        "due_on": deadline_of(history, date.max),
        "voided_at": None,
        "void_reason": None,
    }
    if what == "changed" and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    add_event(session, row, what, on_day=on_day, by=by, now=now, due_on=answer.due_on, document_id=document_id)
