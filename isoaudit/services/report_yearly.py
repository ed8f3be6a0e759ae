"""What the report tells of money, reports owed, quality objectives and publication decisions, each by a service of its
own: plain values for a period as of a day. The records themselves are kept by `money`, `unit_reports`, `objectives` and
`catalogue`."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from isoaudit.domain import reporting
from isoaudit.domain.catalogue import CatalogueChange, Redeclaration
from isoaudit.domain.comparison import PARTS, WHOLES, Holds, Measure, known
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.reporting import ReportPeriod, ReportState
from isoaudit.domain.vocabulary import Block
from isoaudit.export.yearly import (
    LateReport,
    MissedObjective,
    MoneyRow,
    ObjectiveRow,
    OwedReports,
    PublicationRow,
    YearFigures,
    YearRecords,
)
from isoaudit.services import comparison, documents, money, objectives, unit_reports
from isoaudit.services.catalogue import following, publishing
from isoaudit.services.frozen_reports import Issued
from isoaudit.services.report_names import UnitsCalled
from isoaudit.services.rollup import Counted
from isoaudit.services.unit_reports import Line


def year_records(session: Session, counted: Counted) -> YearRecords:
    """All of them, for the roll-up's period and day."""
    period, day = counted.rollup.period, counted.rollup.as_of
    called = UnitsCalled(counted)
    lines = [line for year in _years(period) for line in objectives.as_of(objectives.of_year(session, year), day)]
    return YearRecords(
        money=tuple(money_table(session, period, day, called)),
        reports=tuple(reports_owed(session, period, day, called)),
        objectives=tuple(_objectives(lines)),
        missed=tuple(
            MissedObjective(unit.name, line.row.objective, line.row.target, line.row.result or "", unit.code)
            for line in lines
            if line.met is False
            for unit in [called.of(line.unit.id)]
        ),
        publications=tuple(publications(session, counted, called)),
        each_year=tuple(each_year(session, counted)),
    )


def each_year(session: Session, counted: Counted) -> Iterable[YearFigures]:
    """The years of a period of several, each by its own units: a year that was over by the figures that stand for it
    (`comparison.figures_of`), that of the cut-off day as of that day."""
    rollup = counted.rollup
    years = _years(rollup.period)
    if len(years) < 2:
        return
    for year in years:
        if year <= rollup.as_of.year:
            day = rollup.as_of if year == rollup.as_of.year else None
            found = comparison.figures_of(
                session, Period.of_year(year), rollup.conversion, day=day, province=rollup.province
            )
            yield _figures(found.rollup, found.issued)


def _figures(rollup: Rollup, issued: Issued | None) -> YearFigures:
    total, found = rollup.total, rollup.nonconformities
    audits, keeping = known(rollup, Measure.AUDITED), known(rollup, Measure.KEPT)

    def summed(holds: Holds) -> int:
        return sum(map(holds, rollup.units))

    return YearFigures(
        year=rollup.year,
        units=total.units,
        considered=total.units - total.exempt,
        declared=total.declared if known(rollup, Measure.DECLARED) else None,
        baseline=total.baseline,
        converted=total.baseline_converted if total.baseline else None,
        judged=summed(WHOLES[Measure.KEPT]),
        kept=summed(PARTS[Measure.KEPT]) if keeping else None,
        audited=total.audited if audits else None,
        visits=total.visits if audits else None,
        raised=found.raised if audits else None,
        closed=found.closed if audits else None,
        closing=found.closing if audits else None,
        as_of=rollup.as_of,
        number="" if issued is None else issued.number,
        issued_on=None if issued is None else issued.issued_on,
    )


def money_table(session: Session, period: Period, day: date, called: UnitsCalled) -> Iterable[MoneyRow]:
    """Money of the period's programme years by owner and source; spent and settled by that day."""
    found: dict[tuple[str, str, bool], MoneyRow] = {}
    for year in _years(period):
        for line in money.of_year(session, year):
            row = line.row
            owner = line.owner if line.unit is None else called.of(line.unit.id).name
            key = (owner, row.source, line.unit is None)
            before = found.get(key, MoneyRow(*key))
            spent = row.spent or 0 if row.spent_on is not None and row.spent_on <= day else 0
            settled = row.settled or 0 if row.settled_on is not None and row.settled_on <= day else 0
            found[key] = MoneyRow(
                *key,
                estimate=before.estimate + row.estimate,
                spent=before.spent + spent,
                settled=before.settled + settled,
            )
    return found.values()


def reports_owed(session: Session, period: Period, day: date, called: UnitsCalled) -> Iterable[OwedReports]:
    """The reports on the period's years and half-years by block, as of that day, with those that are late by name."""
    whole = (period.last.month, period.last.day) == (12, 31)
    for year in _years(period):
        for each in ReportPeriod:
            if each is ReportPeriod.YEAR and not whole:
                continue
            lines = unit_reports.lines(session, year, each, day)
            for block in Block:
                of_block = [line for line in lines if line.unit.block is block]
                if of_block:
                    yield _owed(reporting.name(year, each), block, of_block, called)


def _owed(period: str, block: Block, lines: list[Line], called: UnitsCalled) -> OwedReports:
    tally = reporting.tally([line.standing.state for line in lines])
    late = (ReportState.LATE, ReportState.NOT_SENT)
    return OwedReports(
        period,
        block.value,
        max(line.row.due_on for line in lines),
        tally.owed,
        tally.on_time,
        tally.late,
        tally.not_sent,
        tally.waiting,
        tuple(
            LateReport(unit.name, line.standing.late_days, line.standing.state is ReportState.LATE, unit.code)
            for line in lines
            if line.standing.state in late
            for unit in [called.of(line.unit.id)]
        ),
    )


def _objectives(lines: list[objectives.Line]) -> Iterable[ObjectiveRow]:
    for block, each in objectives.by_block(lines).items():
        yield ObjectiveRow(block.value, each.units, each.objectives, each.met, each.missed, each.open)


def publications(session: Session, counted: Counted, called: UnitsCalled) -> Iterable[PublicationRow]:
    """The decisions that took effect from the period's first day to the cut-off day, with what units have done."""
    period, day = counted.rollup.period, counted.rollup.as_of
    for each in reversed(publishing.all_of(session)):
        if each.row.voided_at is None and period.first <= each.row.effective_on <= day:
            found = following.follow(session, each, counted)
            yield PublicationRow(
                document=documents.cited_as(each.document),
                effective_on=each.row.effective_on,
                added=each.counts.get(CatalogueChange.ADDED, 0),
                changed=each.counts.get(CatalogueChange.CHANGED, 0),
                abolished=each.counts.get(CatalogueChange.ABOLISHED, 0),
                asked=found.total,
                done=found.done,
                redeclare=tuple(called.of(one.unit.id).name for one in found.asked(Redeclaration.REVIEW)),
            )


def _years(period: Period) -> range:
    return range(period.first.year, period.last.year + 1)
