"""Writing audits with the history that the application itself would keep.

Answers are written in `answerwriting`, nonconformities in `findingwriting`.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import update

from isoaudit.db import Audit, AuditEvent, Province
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services.importing.audits import HeldAudit
from isoaudit.services.importing.changes import Change
from isoaudit.services.importing.findingwriting import follow
from isoaudit.services.importing.job import Held, Job, written
from isoaudit.services.importing.writing import (
    audit_of,
    insert_rows,
    numbers_of,
    refresh_statistics,
)


def write_audits(job: Job, changes: list[Change]) -> None:
    """Audits with their number in their province, and the event of their minutes; corrections keep what stood."""
    added = [change for change in changes if change.action == "added"]
    _number(job, added)
    rows, events = [], []
    for change in added:
        audit = audit_of(change)
        minuted_on = change.draft.values["minuted_on"]
        rows.append(
            {name: written(value) for name, value in change.draft.values.items()}
            | {
                "province_id": audit.province.id,
                "id": audit.id,
                "state": _state(minuted_on, audit.answered),
                "core_only": False,
                "revision": 0,
                "imported": True,
                "created_at": job.now,
                "created_by": job.by.user_id,
                "example": job.example,
            }
        )
        events.append(_event(job, audit, 1, "imported", minuted_on, None))
    insert_rows(job, Audit, rows)
    if rows:
        refresh_statistics(job)
    insert_rows(job, AuditEvent, events)
    _correct_audits(job, [change for change in changes if change.action == "updated"])


def _number(job: Job, added: list[Change]) -> None:
    """Give new audits their numbers: the row of the province is locked and remembers the last one."""
    by_province: dict[Held, list[HeldAudit]] = defaultdict(list)
    for change in added:
        by_province[audit_of(change).province].append(audit_of(change))
    for province, audits in by_province.items():
        row = job.session.get_one(Province, province.id, with_for_update=True, populate_existing=True)
        for audit in audits:
            row.last_audit += 1
            audit.id = row.last_audit
    job.session.flush()


def _correct_audits(job: Job, changes: list[Change]) -> None:
    numbers = numbers_of(job, AuditEvent, changes)
    events = []
    for change in changes:
        audit, standing = audit_of(change), change.standing
        assert standing is not None
        values = {name: written(value) for name, value in change.differs.items()}
        minuted_on = change.draft.values["minuted_on"]
        if "minuted_on" in values:
            values["state"] = _state(minuted_on, standing["revision"] > 0)
        job.session.execute(
            update(Audit).where(Audit.province_id == audit.province.id, Audit.id == audit.id).values(values)
        )
        before = {name: _json(standing[name]) for name in change.differs}
        number = numbers.get((written(audit.province), written(audit)), 0) + 1
        events.append(_event(job, audit, number, "corrected", minuted_on, before))
        if "minuted_on" in values or "unit_id" in values:
            follow(job, audit)
    insert_rows(job, AuditEvent, events)


def _event(
    job: Job, audit: HeldAudit, number: int, what: str, on_day: date | None, content: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "province_id": audit.province.id,
        "audit_id": audit.id,
        "number": number,
        "what": what,
        "on_day": on_day,
        "at": job.now,
        "by": job.by.user_id,
        "reason": job.why,
        "content": content,
    }


def _state(minuted_on: date | None, answered: bool) -> AuditState:
    """(reading: without minutes, an audit that has answers is under way, any other is planned.)"""
    if minuted_on is not None:
        return AuditState.MINUTED
    return AuditState.UNDER_WAY if answered else AuditState.PLANNED


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
