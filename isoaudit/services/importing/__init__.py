"""Importing a province workbook (CONTRACT §3): all rows are checked first, then all are written or none.

`sheets` types the cells; `unitrows`, `documents`, `facts`, `audits`, `answers` and `findings` find what rows refer to
and compare them with what stands; `editions` checks declarations together; `writing` and its neighbours write. A person
who wants to look first is shown an `Outlook`; where the file waits meanwhile is the business of `services.incoming`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.domain.corrections import OFFERED, CorrectionKind
from isoaudit.domain.errors import Conflict, Refusal, Refusals
from isoaudit.intake import workbook as intake
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services import log, settings
from isoaudit.services.cited import shipped_issuers
from isoaudit.services.importing.answers import AnswerSheet
from isoaudit.services.importing.answerwriting import write_answers
from isoaudit.services.importing.audits import AuditBook, plan_audits
from isoaudit.services.importing.auditwriting import write_audits
from isoaudit.services.importing.changes import Change
from isoaudit.services.importing.documents import DOCUMENTS, DocumentBook, plan_documents
from isoaudit.services.importing.editions import check_editions
from isoaudit.services.importing.facts import FACTS, plan_facts
from isoaudit.services.importing.findings import plan_nonconformities
from isoaudit.services.importing.findingwriting import write_nonconformities
from isoaudit.services.importing.job import Job
from isoaudit.services.importing.outlook import Outlook
from isoaudit.services.importing.problems import MOST_TOLD, Problems
from isoaudit.services.importing.progress import Progress, Tell
from isoaudit.services.importing.report import Counts, Report
from isoaudit.services.importing.resolution import UnitBook, standing_provinces, standing_units
from isoaudit.services.importing.sheets import KnownSheet, known_sheets
from isoaudit.services.importing.unitrows import SUCCESSIONS, plan_successions, plan_units
from isoaudit.services.importing.writing import lock_home, write, write_provinces, write_units
from isoaudit.services.rollup import sheets as gradesheets

__all__ = [
    "MOST_TOLD",
    "Counts",
    "Outlook",
    "Report",
    "Tell",
    "import_workbook",
    "look",
    "refuse_moved_on",
    "stands_otherwise",
]


_LOOKED_AT_AGAIN = ("declarations", "programmes")
"""Facts that later checks need whether they change or not."""


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
    accept: Collection[CorrectionKind] = (),
    expected: str | None = None,
    tell: Tell | None = None,
) -> Report:
    """Import an XLSX file or a folder of CSV files.

    `update` lets a row correct one that stands under its key; `dry_run` checks and counts without writing; `example`
    marks what is written as example data; `accept` are the kinds of reading that a person agreed to
    (`domain.corrections`); `expected` is the digest of what a person saw before (`Outlook.digest`), and `tell` is told
    how far it has come. Raises `Refusals` with what is wrong (or `Invalid` for a file that cannot be read at all), and
    `Conflict` when other rows would be written than the expected ones; nothing is written then. The report of an import
    that changes nothing says so, and leaves no entry in the audit log.
    """
    progress = Progress(tell)
    progress.begin("reading")
    workbook = intake.read(path)
    sheets = known_sheets(workbook)
    job = _job(session, workbook, Problems(accept), progress, by=by, now=now, update=update, dry_run=dry_run)
    job.example = example
    if not dry_run:
        lock_home(job)
    plan = _check(job, sheets)
    job.problems.raise_any()
    if expected is not None and job.listing.digest(job.report) != expected:
        raise Conflict("importing.moved_on")
    if not dry_run and job.report.changed:
        _write(job, plan)
        if not workbook.unchanged():
            raise Conflict("importing.file_changed", value=workbook.name)
        _log(job)
        session.expire_all()
    return job.report


def look(session: Session, path: Path, *, by: log.Actor, now: datetime, tell: Tell | None = None) -> Outlook:
    """What an import would do if the person agreed to everything that can be asked: corrections of what stands, and
    readings of cells that are not as they should be. Nothing is written, and problems are told, not raised; only a file
    that cannot be read at all is refused."""
    progress = Progress(tell)
    progress.begin("reading")
    workbook = intake.read(path)
    sheets = known_sheets(workbook)
    job = _job(session, workbook, Problems(OFFERED), progress, by=by, now=now, update=True, dry_run=True)
    _check(job, sheets)
    return Outlook(job.report, job.problems, job.listing, job.listing.digest(job.report))


def refuse_moved_on(session: Session, path: Path, shown: str, *, by: log.Actor, now: datetime) -> None:
    """Raise `Conflict` when a look would not show any more what it did (`Outlook.digest`). Nobody else imports until
    the transaction ends."""
    session.refresh(settings.home(session), with_for_update=True)  # as the import itself will
    if look(session, path, by=by, now=now).digest != shown:
        raise Conflict("importing.moved_on")


def _job(
    session: Session,
    workbook: intake.Workbook,
    problems: Problems,
    progress: Progress,
    *,
    by: log.Actor,
    now: datetime,
    update: bool,
    dry_run: bool,
) -> Job:
    provinces, home = standing_provinces(session, settings.bare_name(settings.read(session)["province"]))
    why = f"{workbook.name[:200]} sha256:{workbook.digest}"
    report = Report(workbook.name, workbook.digest, dry_run)
    return Job(session, by, now, update, False, why, report, provinces, home, problems, progress)


@dataclass(slots=True)
class _Plan:
    """What is to be written: the changes of each sheet that fits into memory, the audits, the answers."""

    changes: dict[str, list[Change]]
    audits: AuditBook
    answers: AnswerSheet | None = None


def _check(job: Job, sheets: dict[str, KnownSheet]) -> _Plan:
    """What becomes of every row; whatever is wrong is added to the job's problems. A sheet is read when its turn comes,
    and only what is to be written of it is kept."""
    job.report.sheets = {name: Counts() for name in sheets}
    job.progress.begin("checking", sum(len(sheet) for sheet in sheets.values()))
    plan: dict[str, list[Change]] = {name: [] for name in SHEETS}
    units = UnitBook(standing_units(job.session, job.provinces), job.home)

    def rows_of(name: str) -> TypedSheet:
        read = sheets[name].whole(job.problems)
        job.progress.step(len(read.rows))
        return read

    if "units" in sheets:
        plan["units"] = plan_units(job, rows_of("units"), units)
    if "successions" in sheets:
        plan["successions"] = plan_successions(job, rows_of("successions"), units)
    documents = DocumentBook(shipped_issuers() | units.agencies())
    plan["documents"] = plan_documents(job, rows_of("documents") if "documents" in sheets else None, documents)
    for name in FACTS:
        if name in sheets:
            changes = plan_facts(job, rows_of(name), units, documents)
            plan[name] = changes if name in _LOOKED_AT_AGAIN else _effective(changes)
    check_editions(job, plan["declarations"], plan["successions"], units)
    made = _Plan(plan, AuditBook(job))
    if "audits" in sheets:
        plan["audits"] = plan_audits(job, rows_of("audits"), units, made.audits, plan["programmes"])
    if "answers" in sheets:
        made.answers = AnswerSheet(job, sheets["answers"], units, made.audits)
        made.answers.check()
    if "nonconformities" in sheets:
        changes = plan_nonconformities(job, rows_of("nonconformities"), units, made.audits)
        plan["nonconformities"] = _effective(changes)
    agreed = job.problems.accepted
    job.report.corrections = {kind: count for kind, count in job.problems.offered.items() if kind in agreed}
    job.report.read_otherwise = [each for each in job.problems.read_in_order() if each.kind in agreed]
    return made


def _effective(changes: list[Change]) -> list[Change]:
    """Those that are to be written: the others need not be held any longer."""
    return [change for change in changes if change.action != "unchanged"]


def _write(job: Job, made: _Plan) -> None:
    """Write what was planned, each row after those that it refers to."""
    plan = made.changes
    total = sum(len(changes) for changes in plan.values()) + (len(made.answers.sheet) if made.answers else 0)
    job.progress.begin("writing", total)
    write_provinces(job)
    write_units(job, plan["units"])
    write(job, SUCCESSIONS.model, plan["successions"])
    write(job, DOCUMENTS.model, plan["documents"])
    for name, (target, _, _) in FACTS.items():
        write(job, target.model, plan.pop(name))
    write_audits(job, plan["audits"])
    job.progress.step(total - (len(made.answers.sheet) if made.answers else 0) - len(plan["nonconformities"]))
    if made.answers is not None:
        write_answers(job, made.answers, made.audits)
    write_nonconformities(job, plan["nonconformities"])
    job.progress.begin("finishing")
    gradesheets.complete(job.session)


def _log(job: Job) -> None:
    """One line for the whole import."""
    report = job.report
    about: dict[str, Any] = {
        "digest": report.digest,
        "sheets": {name: [each.added, each.updated, each.unchanged] for name, each in report.sheets.items()},
        "update": job.update,
        "example": job.example,
    }
    if report.corrections:
        about["read_otherwise"] = {kind.value: count for kind, count in report.corrections.items()}
    home = settings.home(job.session)
    log.append(job.session, home.id, "import", report.name, by=job.by, now=job.now, counts=True, **about)
