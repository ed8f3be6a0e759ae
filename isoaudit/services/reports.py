"""Reports on their way to being issued: made as a draft, approved, given back, dropped; what a draft prints now.

A draft holds no figures: they are counted when it is looked at, and approving keeps the digest of what was approved.
Edited paragraphs are in `report_texts`; issuing, and what stands then, in `freezing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import FrozenReport, Report
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.report_life import ReportState, expect
from isoaudit.export import frozen
from isoaudit.export.layout import ReportContent
from isoaudit.services import example, frozen_reports, issuers, library, log, report_texts, settings
from isoaudit.services.report_content import gathered
from isoaudit.services.report_names import name_of, period_of
from isoaudit.services.rollup import DEFAULT_CONVERSION


@dataclass(frozen=True, slots=True)
class Outline:
    """What a report is about: its period and day, the conversion looked at, who issues it, and which issued report it
    corrects (its key), if any."""

    period: Period
    as_of: date
    conversion: str = DEFAULT_CONVERSION
    issuer: str = issuers.DEFAULT
    replaces: int | None = None

    @classmethod
    def of(cls, report: Report) -> "Outline":
        """That of a report."""
        return cls(period_of(report), report.as_of, report.conversion, report.issuer, report.replaces)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a report prints as long as it has no number, with the roll-up behind it and the digest of it all."""

    content: ReportContent
    rollup: Rollup

    @property
    def digest(self) -> str:
        """That of everything printed: what an approval is for."""
        return frozen.digest(self.content)


@dataclass(frozen=True, slots=True)
class Line:
    """A report in the list, with number, day and signer once it is issued; `replaced_by` names the correction."""

    report: Report
    number: str
    issued_on: date | None
    signer: str
    replaced_by: int | None


def find(session: Session, report_id: int) -> Report:
    """A report of the installation's province. Raises NotFound."""
    row = session.get(Report, report_id)
    if row is None or row.province_id != settings.home_id(session):
        raise NotFound("report.unknown", value=report_id)
    return row


def listed(session: Session) -> Sequence[Line]:
    """All reports that nobody dropped, the latest period and day first."""
    rows = session.execute(
        select(Report, FrozenReport.number, FrozenReport.issued_on, FrozenReport.signer)
        .outerjoin(
            FrozenReport, (FrozenReport.province_id == Report.province_id) & (FrozenReport.id == Report.frozen_id)
        )
        .where(Report.province_id == settings.home_id(session), Report.state != ReportState.DROPPED)
        .order_by(Report.year.desc(), Report.as_of.desc(), Report.id.desc())
    ).all()
    after = {row[0].replaces: row[0].id for row in rows if row[0].replaces is not None and row[0].frozen_id is not None}
    return [
        Line(report, number or "", issued_on, signer or "", after.get(report.id))
        for report, number, issued_on, signer in rows
    ]


def create(session: Session, outline: Outline, *, by: log.Actor, now: datetime) -> Report:
    """A new draft; a correction begins with the words of the report that it corrects.

    Raises Invalid for a day outside the period, an unknown issuer or conversion; Conflict when the report that it
    corrects was not issued, or is being corrected already.
    """
    period, day = outline.period, outline.as_of
    if period.first > period.last:
        raise Invalid("report.period", field="last", first=short_date(period.first), last=short_date(period.last))
    if day not in period:
        first, last = short_date(period.first), short_date(period.last)
        raise Invalid("rollup.day_outside_period", field="as_of", day=short_date(day), first=first, last=last)
    if outline.conversion not in library.conversions():
        choices = library.told(library.conversions())
        raise Invalid("rollup.conversion_unknown", field="conversion", value=outline.conversion, **choices)
    issuers.find(session, outline.issuer)
    if outline.replaces is not None:
        old = find(session, outline.replaces)
        expect(old.state, ReportState.ISSUED, name=name_of(old))
        under_way = (ReportState.DRAFT, ReportState.APPROVED)
        if session.scalar(select(Report.id).where(Report.replaces == old.id, Report.state.in_(under_way))):
            raise Conflict("report.corrected_already", record=name_of(old))
    row = Report(
        province_id=settings.home(session).id,
        year=day.year,
        period_first=period.first,
        period_last=period.last,
        as_of=day,
        conversion=outline.conversion,
        issuer=outline.issuer,
        state=ReportState.DRAFT,
        replaces=outline.replaces,
        created_at=now,
        created_by=by.user_id,
        example=example.exists(session),
    )
    session.add(row)
    session.flush()
    if outline.replaces is not None:
        report_texts.carry(session, find(session, outline.replaces), row, by=by, now=now)
    log.append(
        session,
        row.province_id,
        "report.draft",
        name_of(row),
        by=by,
        now=now,
        report=row.id,
        replaces=row.replaces,
        issuer=row.issuer,
    )
    return row


def draft(session: Session, outline: Outline, edited: Mapping[str, str] | None = None) -> Draft:
    """What a report of this outline prints now, with these texts of the office. Of a correction: what differs from the
    report that it replaces. Read it in a session that sees one state (`db.engine.reading`)."""
    content, rollup = gathered(
        session,
        None,
        outline.as_of.year,
        outline.as_of,
        outline.conversion,
        period=outline.period,
        issuer=outline.issuer,
    )
    content = replace(content, edited=dict(edited or {}))
    return Draft(against_replaced(session, outline, content), rollup)


def against_replaced(session: Session, outline: Outline, content: ReportContent) -> ReportContent:
    """The content of a correction, with what differs from the report that it replaces; any other as it is."""
    if outline.replaces is None:
        return content
    old = find(session, outline.replaces)
    issued = session.get_one(FrozenReport, (old.province_id, old.frozen_id))
    changed = frozen_reports.changed(issued, content)
    named = f"{issued.number} ngày {short_date(issued.issued_on)}"
    return replace(content, paper=replace(content.paper, replaces=named), corrections=changed)


def draft_of(session: Session, report: Report) -> Draft:
    """What a draft, or an approved report, prints now."""
    return draft(session, Outline.of(report), report_texts.edited(report_texts.standing(session, report)))


def approve(session: Session, report: Report, approved: Draft, *, seen: str, by: log.Actor, now: datetime) -> None:
    """A draft is approved as it is now (`approved`, counted in one state). `seen` is the digest of what the person who
    approves has looked at: Conflict when that is no longer what the report says."""
    expect(report.state, ReportState.DRAFT, name=name_of(report))
    if seen != approved.digest:
        raise Conflict("report.moved_on", record=name_of(report))
    report.state = ReportState.APPROVED
    report.approved_at, report.approved_by, report.approved_digest = now, by.user_id, approved.digest
    log.append(
        session,
        report.province_id,
        "report.approve",
        name_of(report),
        by=by,
        now=now,
        report=report.id,
        digest=approved.digest,
    )


def withdraw(session: Session, report: Report, *, by: log.Actor, now: datetime) -> None:
    """An approval is taken back before the report is issued: it can be edited again."""
    expect(report.state, ReportState.APPROVED, name=name_of(report))
    report.state = ReportState.DRAFT
    report.approved_at = report.approved_by = report.approved_digest = None
    log.append(session, report.province_id, "report.withdraw", name_of(report), by=by, now=now, report=report.id)


def drop(session: Session, report: Report, *, by: log.Actor, now: datetime) -> None:
    """A draft that nobody wants any more; it stays as history and is listed no longer."""
    expect(report.state, ReportState.DRAFT, name=name_of(report))
    report.state = ReportState.DROPPED
    log.append(session, report.province_id, "report.drop", name_of(report), by=by, now=now, report=report.id)
