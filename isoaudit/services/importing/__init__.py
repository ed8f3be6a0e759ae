"""Importing a province workbook (CONTRACT §3): all rows are checked first, then all are written or none.

`sheets` types the cells; `unitrows`, `documents`, `facts`, `audits` and `answers` find what rows refer to and compare
them with what stands; `editions` checks declarations together; `writing` and its neighbours write.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.intake import workbook as intake
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services import log, settings
from isoaudit.services.importing.answers import plan_answers, plan_nonconformities
from isoaudit.services.importing.audits import AuditBook, plan_audits
from isoaudit.services.importing.auditwriting import write_answers, write_audits
from isoaudit.services.importing.changes import Change
from isoaudit.services.importing.documents import DOCUMENTS, DocumentBook, plan_documents
from isoaudit.services.importing.editions import check_editions
from isoaudit.services.importing.facts import FACTS, plan_facts
from isoaudit.services.importing.findingwriting import write_nonconformities
from isoaudit.services.importing.job import Job
from isoaudit.services.importing.report import Counts, Report
from isoaudit.services.importing.resolution import UnitBook, standing_provinces, standing_units
from isoaudit.services.importing.sheets import typed
from isoaudit.services.importing.unitrows import SUCCESSIONS, plan_successions, plan_units
from isoaudit.services.importing.writing import lock_home, write, write_provinces, write_units
from isoaudit.services.rollup import sheets as gradesheets

__all__ = ["Counts", "Report", "import_workbook", "stands_otherwise"]

MOST_TOLD = 200
"""So many refusals are told one by one; the rest is counted."""
_SHEETS = list(SHEETS)


def stands_otherwise(refusal: Refusal) -> bool:
    """Whether some of what was refused would be taken with `update`: rows that stand with other content, or voided."""
    found = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    return any(each.code in {"importing.differs", "importing.voided"} for each in found)


def import_workbook(
    session: Session,
    path: Path,
    *,
    by: log.Actor,
    now: datetime,
    update: bool = False,
    dry_run: bool = False,
    example: bool = False,
) -> Report:
    """Import an XLSX file or a folder of CSV files.

    `update` lets a row correct one that stands under its key; `dry_run` checks and counts without writing; `example`
    marks what is written as example data. Raises `Refusals` with every error (or `Invalid` for a file that cannot be
    read at all); nothing is written then. The report of an import that changes nothing says so, and leaves no entry
    in the audit log.
    """
    workbook = intake.read(path)
    report = Report(workbook.name, workbook.digest, dry_run)
    problems: list[Refusal] = []
    sheets = typed(workbook, problems)
    report.sheets = {name: Counts() for name in sheets}
    provinces, home = standing_provinces(session, settings.bare_name(settings.read(session)["province"]))
    why = f"{workbook.name[:200]} sha256:{workbook.digest}"
    job = Job(session, by, now, update, example, why, report, provinces, home, problems)
    if not dry_run:
        lock_home(job)
    plan, audits = _plan(job, sheets)
    if job.problems:
        raise Refusals(_in_order(job.problems))
    if not dry_run and report.changed:
        _write(job, plan, audits)
        counted = {name: [each.added, each.updated, each.unchanged] for name, each in report.sheets.items()}
        about = {"digest": workbook.digest, "sheets": counted, "update": update, "example": example}
        log.append(session, settings.home(session).id, "import", workbook.name, by=by, now=now, counts=True, **about)
        session.expire_all()
    return report


def _plan(job: Job, sheets: dict[str, TypedSheet]) -> tuple[dict[str, list[Change]], AuditBook]:
    """What becomes of every row; whatever is wrong is added to the job's problems."""
    plan: dict[str, list[Change]] = {name: [] for name in SHEETS}
    units = UnitBook(standing_units(job.session, job.provinces), job.home)
    if "units" in sheets:
        plan["units"] = plan_units(job, sheets["units"], units)
    if "successions" in sheets:
        plan["successions"] = plan_successions(job, sheets["successions"], units)
    documents = DocumentBook()
    plan["documents"] = plan_documents(job, sheets.get("documents"), documents)
    for name in FACTS:
        if name in sheets:
            plan[name] = plan_facts(job, sheets[name], units, documents)
    check_editions(job, plan["declarations"], plan["successions"], units)
    audits = AuditBook(job)
    if "audits" in sheets:
        plan["audits"] = plan_audits(job, sheets["audits"], units, audits, plan["programmes"])
    if "answers" in sheets:
        plan["answers"] = plan_answers(job, sheets["answers"], units, audits)
    if "nonconformities" in sheets:
        plan["nonconformities"] = plan_nonconformities(job, sheets["nonconformities"], units, audits)
    return plan, audits


def _write(job: Job, plan: dict[str, list[Change]], audits: AuditBook) -> None:
    """Write what was planned, each row after those that it refers to."""
    write_provinces(job)
    write_units(job, plan["units"])
    write(job, SUCCESSIONS.model, plan["successions"])
    write(job, DOCUMENTS.model, plan["documents"])
    for name, (target, _, _) in FACTS.items():
        write(job, target.model, plan[name])
    write_audits(job, plan["audits"])
    write_answers(job, plan["answers"], audits)
    write_nonconformities(job, plan["nonconformities"])
    gradesheets.complete(job.session)


def _in_order(problems: list[Refusal]) -> list[Refusal]:
    """By sheet and row, and no more than a person reads."""
    ordered = sorted(problems, key=lambda each: (_SHEETS.index(str(each.details["sheet"])), each.details["row"]))
    if len(ordered) <= MOST_TOLD:
        return ordered
    return [*ordered[:MOST_TOLD], Invalid("importing.more", count=len(ordered) - MOST_TOLD)]
