"""Freezing (chốt số liệu, RULES §10): an approved report gets its number, day and signer, and stands for good.

Three steps, so that nothing is half done and nobody waits for a typesetter: `prepare` counts in one state of the data,
`write` makes the files, `issue` stores everything at once. What is stored is read in `frozen_reports`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import FrozenReport, Province, Report, ReportFile
from isoaudit.domain import report_period
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.report_life import WRITTEN, ReportFileKind, ReportState, expect
from isoaudit.export import frozen
from isoaudit.export.files import KINDS, file_name
from isoaudit.export.layout import ReportContent
from isoaudit.export.versions import writer_version
from isoaudit.services import issuers, log, report_stamp, report_texts, reports, settings, vault
from isoaudit.services.report_names import name_of
from isoaudit.services.report_stamp import Stamp
from isoaudit.services.reports import Outline

_LARGEST_MB = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report as it will stand. `report` is the key of the approved one, None for one that is approved by being issued
    on the command line; `approved` the digest of its content without number, day and signer."""

    content: ReportContent
    rollup: Rollup
    outline: Outline
    template: str
    report: int | None
    approved: str
    stamp: Stamp


def asked_for(
    session: Session, year: int, as_of: date | None, *, issuer: str | None, conversion: str
) -> Report | Outline:
    """The report that `isoaudit report --year --freeze` is to issue: the year's approved one (as of that day and of
    that issuer, if they are given). Where the office has no draft of it, the outline of a new one: whoever issues a
    report on the command line, with the number, day and signer that only an approved document has, vouches for its
    approval (CONTRACT §1). When the same issuer's report of that year, day and conversion was issued before, the new
    one is its correction.

    Raises Conflict for a draft that waits for its approval, Invalid when several are approved.
    """
    period = Period.of_year(year)
    rows = session.scalars(
        select(Report)
        .where(
            Report.province_id == settings.home_id(session),
            Report.period_first == period.first,
            Report.period_last == period.last,
            Report.conversion == conversion,
            Report.state != ReportState.DROPPED,
            *(() if as_of is None else (Report.as_of == as_of,)),
            *(() if issuer is None else (Report.issuer == issuer,)),
        )
        .order_by(Report.id)
    ).all()
    approved = [row for row in rows if row.state is ReportState.APPROVED]
    if len(approved) == 1:
        return approved[0]
    if approved:
        days = ", ".join(short_date(row.as_of) for row in approved)
        raise Invalid("report.several_approved", field="as_of", year=year, days=days)
    for row in rows:
        expect(row.state, ReportState.ISSUED, ReportState.REPLACED, name=name_of(row))
    day, by_whom = as_of or period.last, issuer or issuers.DEFAULT
    same = [row.id for row in rows if row.state is ReportState.ISSUED and (row.as_of, row.issuer) == (day, by_whom)]
    return Outline(period, day, conversion, by_whom, same[-1] if same else None)


def prepare(session: Session, asked: Report | Outline, given: Stamp) -> Prepared:
    """What will be stored, counted in the one state that this reading session sees.

    Raises Conflict: the report is not approved, or its figures or words have changed since; the number is taken.
    Invalid: it would be issued before its period begins.
    """
    outline = Outline.of(asked) if isinstance(asked, Report) else asked
    report_stamp.check(session, given, outline.period)
    if isinstance(asked, Report):
        expect(asked.state, ReportState.APPROVED, name=name_of(asked))
        draft = reports.draft_of(session, asked)
        if draft.digest != asked.approved_digest:
            raise Conflict("report.changed_since", record=name_of(asked))
    else:
        draft = reports.draft(session, asked, _words(session, asked))
    paper = replace(draft.content.paper, number=given.number, issued_on=given.issued_on, signer=given.signer)
    if given.authority is not None:
        paper = replace(paper, authority_line=given.authority)
    if given.title is not None:
        paper = replace(paper, signer_title=given.title)
    content = reports.against_replaced(session, outline, replace(draft.content, paper=paper))  # also how it is signed
    return Prepared(
        content=frozen.from_bytes(frozen.to_bytes(content)),  # files are written from what is stored, now as later
        rollup=draft.rollup,
        outline=outline,
        template=issuers.find(session, outline.issuer).digest,
        report=asked.id if isinstance(asked, Report) else None,
        approved=draft.digest,
        stamp=given,
    )


def write(prepared: Prepared, kind: ReportFileKind) -> bytes:
    """One of the files, with its number, day and signer."""
    return KINDS[kind.value].write(prepared.content)


def place(folder: Path, prepared: Prepared, kind: ReportFileKind, content: bytes) -> vault.Placed:
    """Put a file into the vault, where it waits for the report to be issued."""
    name = file_name(prepared.content.year, kind.value, prepared.content.period)
    return vault.place(folder, name=name, content=content, max_mb=_LARGEST_MB)


def issue(
    session: Session,
    prepared: Prepared,
    files: Mapping[ReportFileKind, vault.Placed],
    *,
    by: log.Actor,
    now: datetime,
) -> FrozenReport:
    """Store the report with its files: from now on it never changes. A correction puts the earlier one out of force.

    Raises Conflict when the report was issued, given back or changed meanwhile, or the number was taken.
    """
    home = settings.home(session).id
    session.execute(select(Province.id).where(Province.id == home).with_for_update())  # one report after the other
    report_stamp.check(session, prepared.stamp, prepared.outline.period)
    report = _report(session, prepared, by=by, now=now)
    old = None if report.replaces is None else reports.find(session, report.replaces)
    if old is not None:
        session.refresh(old, with_for_update=True)
        expect(old.state, ReportState.ISSUED, name=name_of(old))
    content, given = prepared.content, prepared.stamp
    made_up = content.example or report.example
    row = FrozenReport(
        province_id=home,
        id=1 + (session.scalar(select(func.max(FrozenReport.id)).where(FrozenReport.province_id == home)) or 0),
        year=content.year,
        as_of=content.as_of,
        number=given.number,
        issued_on=given.issued_on,
        signer=given.signer,
        replaces=None if old is None else old.frozen_id,
        digest=frozen.digest(content),
        content=frozen.to_bytes(content),
        about=_about(prepared),
        frozen_at=now,
        frozen_by=by.user_id,
        example=made_up,
    )
    session.add(row)
    session.flush()
    for kind, placed in files.items():
        vault.enter(session, placed, province_id=home, by=by, now=now, example=made_up)
        session.add(_file(row, kind, placed, writer_version(kind.value), by, now))
    report.state, report.frozen_id, report.example = ReportState.ISSUED, row.id, made_up
    if old is not None:
        old.state = ReportState.REPLACED
    session.flush()
    log.append(
        session,
        home,
        "report.issue",
        f"{given.number} ({short_date(given.issued_on)})",
        by=by,
        now=now,
        counts=True,  # the screens of the year show it from now on
        report=report.id,
        frozen=row.id,
        digest=row.digest,
        replaces=row.replaces,
        files={kind.value: placed.sha256 for kind, placed in files.items()},
    )
    return row


def attach(session: Session, row: FrozenReport, placed: vault.Placed, *, by: log.Actor, now: datetime) -> ReportFile:
    """Keep what was signed (a scan, or the digital original) beside the files of an issued report. A later one stands
    before an earlier one, which is kept."""
    vault.enter(session, placed, province_id=row.province_id, by=by, now=now, example=row.example)
    file = _file(row, ReportFileKind.SIGNED, placed, "", by, now)
    session.add(file)
    log.append(
        session, row.province_id, "report.attach", row.number, by=by, now=now, frozen=row.id, sha256=placed.sha256
    )
    return file


def missing(files: Iterable[ReportFileKind]) -> list[ReportFileKind]:
    """Which of the files that issuing needs are not among these."""
    have = set(files)
    return [kind for kind in WRITTEN if kind not in have]


def _words(session: Session, outline: Outline) -> dict[str, str]:
    """The office's words that a report of this outline begins with: those of the one that it corrects."""
    if outline.replaces is None:
        return {}
    return report_texts.edited(report_texts.standing(session, reports.find(session, outline.replaces)))


def _report(session: Session, prepared: Prepared, *, by: log.Actor, now: datetime) -> Report:
    """The approved report, as it was prepared; or a new one, approved by being issued."""
    if prepared.report is None:
        row = reports.create(session, prepared.outline, by=by, now=now)
        row.state, row.approved_at, row.approved_by = ReportState.APPROVED, now, by.user_id
        row.approved_digest = prepared.approved
        name, digest = name_of(row), prepared.approved
        log.append(
            session,
            row.province_id,
            "report.approve",
            name,
            by=by,
            now=now,
            report=row.id,
            digest=digest,
            by_issuing=True,
        )
        return row
    row = reports.find(session, prepared.report)
    session.refresh(row, with_for_update=True)
    expect(row.state, ReportState.APPROVED, name=name_of(row))
    if row.approved_digest != prepared.approved:
        raise Conflict("report.changed_since", record=name_of(row))
    return row


def _about(prepared: Prepared) -> dict[str, object]:
    """What the digest does not cover, and the exact figures for the screens (`frozen_reports.figures`)."""
    content = prepared.content
    return {
        "approved": prepared.approved,
        "checklists": [{"id": each.id, "version": each.version, "digest": each.digest} for each in content.checklists],
        "period": report_period.name(content.period),
        "template": {"issuer": prepared.outline.issuer, "digest": prepared.template},
        "writers": {kind.value: writer_version(kind.value) for kind in WRITTEN},
        "rollup": frozen.stored(prepared.rollup),
    }


def _file(
    row: FrozenReport, kind: ReportFileKind, placed: vault.Placed, writer: str, by: log.Actor, now: datetime
) -> ReportFile:
    return ReportFile(
        province_id=row.province_id,
        frozen_id=row.id,
        kind=kind,
        sha256=placed.sha256,
        size=placed.size,
        name=placed.name,
        writer=writer,
        added_at=now,
        added_by=by.user_id,
        example=row.example,
    )
