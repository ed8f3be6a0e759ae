"""The sheet `nonconformities`: what audits found, with deadlines and closings (RULES §7)."""

from typing import Any

from sqlalchemy import select

from isoaudit.db import Nonconformity
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services.importing.audits import AuditBook, HeldAudit, HeldCriterion
from isoaudit.services.importing.changes import Change, Draft, Target, compare, stored
from isoaudit.services.importing.job import Job, RowCheck
from isoaudit.services.importing.resolution import UnitBook

NONCONFORMITIES = Target("nonconformities", Nonconformity, ("province_id", "audit_id", "criterion_id"))
_AT_ONCE = 500  # how many audits a query names; beyond, all rows are read
_READ = (
    *("province_id", "audit_id", "criterion_id", "grade", "raised_on", "due_on", "closed_on", "outcome"),
    *("voided_at", "void_reason"),
)


def plan_nonconformities(job: Job, sheet: TypedSheet, units: UnitBook, audits: AuditBook) -> list[Change]:
    """What becomes of the rows of `nonconformities`. Those of an audit without minutes are kept and count nowhere."""
    named = {row.values["audit"] for row in sheet.rows if row.values["audit"]}
    audits.load(named - audits.by_reference.keys() - audits.broken, units)
    drafts = []
    for row in sheet.rows:
        check = RowCheck(job, sheet.name, row)
        found = audits.of_row(check)
        if found is None:
            continue
        values = _nonconformity(job, check, *found)
        if not check.bad:
            drafts.append(Draft(row.number, values, found[0]))
    changes = compare(job, NONCONFORMITIES, drafts, _standing(job, audits))
    _refuse_closed(job, sheet.name, changes)
    return changes


def _nonconformity(job: Job, check: RowCheck, audit: HeldAudit, criterion: HeldCriterion) -> dict[str, Any]:
    values = check.values
    closed_on, outcome = values["closed_on"], values["outcome"]
    if closed_on is not None and audit.minuted_on is not None and closed_on < audit.minuted_on:
        stands = short_date(audit.minuted_on)
        check.refuse("importing.before", "closed_on", closed_on, other="minuted_on", stands=stands)
    if outcome is not None and closed_on is None:
        told = {"outcome": f"{outcome.vi} ({outcome})", "outcome_en": f"{outcome.en} ({outcome})"}
        check.refuse("importing.outcome_open", "closed_on", **told)
    if closed_on is not None and outcome is None:
        job.warn("importing.outcome_missing", sheet=check.sheet, row=check.number, value=audit.label)
    return {
        "province_id": audit.province,
        "audit_id": audit,
        "criterion_id": criterion,
        "grade": values["grade"],
        "due_on": values["due_on"],
        "closed_on": closed_on,
        "outcome": outcome,
    }


def _standing(job: Job, audits: AuditBook) -> list[dict[str, Any]]:
    """The rows that stand of the audits that the file names. Audits are told apart by their key in one province, and
    so rows of the same number in another province are dropped here."""
    named = {(each.province.id, each.id) for each in audits.by_reference.values() if each.id is not None}
    if not named:
        return []
    table = Nonconformity.__table__
    query = select(*(table.c[column] for column in _READ))
    if len(named) <= _AT_ONCE:
        query = query.where(table.c.audit_id.in_({audit for _, audit in named}))
    return [row for row in stored(job.session, query) if (row["province_id"], row["audit_id"]) in named]


def _refuse_closed(job: Job, sheet: str, changes: list[Change]) -> None:
    """Refuse to change what an audit found whose minutes were made in the application."""
    for change in changes:
        audit = change.draft.held
        if change.action != "unchanged" and isinstance(audit, HeldAudit) and audit.closed:
            where = {"sheet": sheet, "row": change.draft.row, "column": "audit", "value": audit.label}
            job.problems.append(Invalid("importing.audit_live", **where))
