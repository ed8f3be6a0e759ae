"""Writing nonconformities with the events that add up to them (RULES §7): raised with the minutes, extended, closed.

A correction adds events; none is changed. Audits and answers are written in `auditwriting`.
"""

from datetime import date
from typing import Any

from sqlalchemy import exists, func, select, update

from isoaudit.db import Answer, Nonconformity, NonconformityEvent
from isoaudit.domain.vocabulary import NonconformityState
from isoaudit.services.importing.audits import HeldAudit
from isoaudit.services.importing.changes import Change
from isoaudit.services.importing.job import Job, written
from isoaudit.services.importing.writing import audit_of, insert_rows, numbers_of, place_of

_KEY = ("province_id", "audit_id", "criterion_id")


def write_nonconformities(job: Job, changes: list[Change]) -> None:
    """Nonconformities with the events that add up to them: raised with the minutes, closed."""
    rows, events = [], []
    for change in changes:
        if change.action != "added":
            continue
        audit, values = audit_of(change), {name: written(value) for name, value in change.draft.values.items()}
        rows.append(
            values
            | {
                "unit_id": audit.unit.id,
                "raised_on": audit.minuted_on,
                "state": NonconformityState.OPEN if values["closed_on"] is None else NonconformityState.CLOSED,
                "contested": False,
                "example": job.example,
            }
        )
        events += _life(job, values, audit.minuted_on, 0)
    insert_rows(job, Nonconformity, rows)
    insert_rows(job, NonconformityEvent, events)
    _correct_nonconformities(job, [change for change in changes if change.action == "updated"])
    if rows:
        _join_answers(job)


def _join_answers(job: Job) -> None:
    """The note of an answer describes what it raised; the deadline stands on both, as the minutes print it."""
    of_finding = [getattr(Answer, name) == getattr(Nonconformity, name) for name in _KEY]
    note = select(Answer.note).where(*of_finding).scalar_subquery()
    job.session.execute(
        update(Nonconformity).where(Nonconformity.description.is_(None)).values(description=note),
        execution_options={"synchronize_session": False},
    )
    due_on = select(Nonconformity.due_on).where(*of_finding).scalar_subquery()
    job.session.execute(
        update(Answer)
        .where(Answer.due_on.is_(None), exists().where(*of_finding, Nonconformity.due_on.is_not(None)))
        .values(due_on=due_on),
        execution_options={"synchronize_session": False},
    )


def follow(job: Job, audit: HeldAudit) -> None:
    """The nonconformities of an audit whose unit or day of minutes was corrected follow it."""
    query = select(Nonconformity).where(
        Nonconformity.province_id == audit.province.id, Nonconformity.audit_id == audit.id
    )
    for row in job.session.scalars(query).all():
        row.unit_id = written(audit.unit)
        if row.raised_on != audit.minuted_on:
            last = job.session.scalar(
                select(func.max(NonconformityEvent.number)).where(
                    *place_of(NonconformityEvent, {name: getattr(row, name) for name in _KEY})
                )
            )
            row.raised_on = audit.minuted_on
            raised = _life(
                job, {name: getattr(row, name) for name in _KEY} | {"due_on": row.due_on}, audit.minuted_on, last or 0
            )
            insert_rows(job, NonconformityEvent, raised)
    job.session.flush()


def _correct_nonconformities(job: Job, changes: list[Change]) -> None:
    numbers = numbers_of(job, NonconformityEvent, changes)
    events: list[dict[str, Any]] = []
    for change in changes:
        standing, values = change.standing, {name: written(value) for name, value in change.draft.values.items()}
        assert standing is not None
        key = {name: values[name] for name in _KEY}
        changed = {name: written(value) for name, value in change.differs.items()}
        number = numbers.get(tuple(key.values()), 0)
        steps: list[dict[str, Any]] = []
        raised_on = standing["raised_on"]
        if "due_on" in changed and raised_on is not None:
            # on the day of the minutes: the deadline was never another one
            what = "corrected" if values["due_on"] is None else "extended"
            steps.append({"what": what, "on_day": raised_on, "due_on": values["due_on"]})
        if "closed_on" in changed or "outcome" in changed:
            if standing["closed_on"] is not None:
                steps.append({"what": "reopened", "on_day": standing["closed_on"]})
            if values["closed_on"] is not None:
                steps.append({"what": "closed", "on_day": values["closed_on"], "outcome": values["outcome"]})
            closed = values["closed_on"] is not None
            changed["state"] = NonconformityState.CLOSED if closed else NonconformityState.OPEN
        if change.restored:
            changed |= {"voided_at": None, "void_reason": None}
        job.session.execute(update(Nonconformity).where(*place_of(Nonconformity, key)).values(changed))
        events += [_step(job, key, number + place, step) for place, step in enumerate(steps, 1)]
    insert_rows(job, NonconformityEvent, events)


def _life(job: Job, values: dict[str, Any], raised_on: date | None, last: int) -> list[dict[str, Any]]:
    """The events of a nonconformity as the file tells it; none while its audit has no minutes."""
    if raised_on is None:
        return []
    key = {name: values[name] for name in _KEY}
    steps = [{"what": "raised", "on_day": raised_on, "due_on": values["due_on"]}]
    if values.get("closed_on") is not None:
        steps.append({"what": "closed", "on_day": values["closed_on"], "outcome": values["outcome"]})
    return [_step(job, key, last + place, step) for place, step in enumerate(steps, 1)]


def _step(job: Job, key: dict[str, Any], number: int, step: dict[str, Any]) -> dict[str, Any]:
    blank = {"due_on": None, "outcome": None, "text": job.why, "at": job.now, "by": job.by.user_id}
    return key | {"number": number} | blank | step
