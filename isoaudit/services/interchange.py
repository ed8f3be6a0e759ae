"""Checklist versions and audits as other programs take them: reading what the writers of `export.exchange` need."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import AuditEvent, ChecklistVersion, CriterionRow, Nonconformity
from isoaudit.domain.errors import NotFound
from isoaudit.domain.numbers import percent
from isoaudit.domain.vocabulary import AuditState
from isoaudit.export.exchange import oscal, oscalresults, xlsform
from isoaudit.services import checklists, library, settings
from isoaudit.services.audits import reading


def version_of(session: Session, name: str, version: str | None) -> ChecklistVersion:
    """The published version of that number, or the newest one. Raises `NotFound`."""
    found = [row for row in checklists.versions(session) if row.name == name and version in (None, row.version)]
    if not found:
        raise NotFound("checklist.unknown", record=name if version is None else f"{name} {version}")
    return found[0]


def as_xlsform(row: ChecklistVersion) -> bytes:
    """A checklist version as an XLSForm workbook."""
    checklist = checklists.content(row)
    return xlsform.write_xlsform(checklist, library.standards()[checklist.edition])


def as_catalog(row: ChecklistVersion) -> oscal.Json:
    """A checklist version as an OSCAL catalog."""
    checklist = checklists.content(row)
    return oscal.catalog(checklist, library.standards()[checklist.edition], row.published_at)


def as_plan(row: ChecklistVersion) -> oscal.Json:
    """A checklist version as an OSCAL assessment plan."""
    return oscal.plan(checklists.content(row), row.published_at)


def as_results(session: Session, reference: str) -> oscal.Json:
    """An audit of the installation's province as OSCAL assessment results. Raises `NotFound`, also for one that was
    cancelled or has no answer."""
    home = settings.home_id(session)
    view = reading.find(session, home, reference)
    if view.state is AuditState.CANCELLED or not any(view.grades.values()):
        raise NotFound("export.no_results", record=reference)
    row, minuted_on = view.row, view.row.minuted_on
    raised = _raised(session, home, row.id)
    found = []
    for criterion in view.checklist.criteria:
        answer = view.answer(criterion.code)
        if answer.grade is not None:
            due_on, closed_on = raised.get(criterion.code, (answer.due_on, None))
            found.append(
                oscalresults.Found(
                    criterion.code,
                    answer.grade,
                    answer.note or answer.reason,
                    due_on,
                    closed_on,
                    criterion.code in raised,
                    answer.evidence,
                )
            )
    its = AuditEvent.province_id == home, AuditEvent.audit_id == row.id
    changed_at = session.scalar(select(func.max(AuditEvent.at)).where(*its))
    score = percent(view.score, 100) if view.score is not None and minuted_on is not None else None
    return oscalresults.results(
        oscalresults.AuditResults(
            province=settings.read(session)["province"],
            reference=reference,
            unit_code=view.unit.code,
            unit_name=view.unit.name,
            checklist=view.checklist,
            mode=row.mode,
            purpose=row.purpose,
            began_on=min(days)
            if (days := {day for day in (row.planned_on, minuted_on) if day})
            else row.created_at.date(),
            minuted_on=minuted_on,
            changed_at=changed_at or row.created_at,
            asked=tuple(each.code for each in view.counted()),
            found=tuple(found),
            score="" if score is None else f"{float(score):g}",
            band=view.band.code if view.band is not None and minuted_on is not None else "",
        )
    )


def _raised(session: Session, province: int, audit: int) -> dict[str, tuple[date | None, date | None]]:
    """Code of a criterion → deadline and day of closing of the nonconformity raised on it."""
    query = (
        select(CriterionRow.code, Nonconformity.due_on, Nonconformity.closed_on)
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(Nonconformity.province_id == province, Nonconformity.audit_id == audit)
        .where(Nonconformity.voided_at.is_(None), Nonconformity.raised_on.is_not(None))
    )
    return {code: (due_on, closed_on) for code, due_on, closed_on in session.execute(query)}
