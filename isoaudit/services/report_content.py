"""What the yearly report prints, gathered: the roll-up, and the lists and words that stand beside its figures.

The lists are made from the very facts that the roll-up counted, so that a list is as long as its figure says. How a
report is laid out belongs to `isoaudit.export`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import ChecklistVersion
from isoaudit.domain import report_period
from isoaudit.domain.checklist import Band, Checklist
from isoaudit.domain.comparison import Basis
from isoaudit.domain.conversion import Target, converted_on
from isoaudit.domain.declaration import last_declared
from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.ledger import gather
from isoaudit.domain.maintenance import due_day
from isoaudit.domain.numbers import decimal_text
from isoaudit.domain.period import Period
from isoaudit.domain.rollup import left_without_block
from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.scope import Scope
from isoaudit.domain.unit import exempt_on
from isoaudit.domain.vocabulary import BLOCK_OF
from isoaudit.export.compared import Compared, NextRow, Source
from isoaudit.export.layout import (
    BandName,
    ChecklistUsed,
    ConditionName,
    ConversionNames,
    Paper,
    ReportContent,
    StepName,
    UnitDetail,
)
from isoaudit.services import comparison, example, issuers, library, proposals, report_lists, report_year, settings
from isoaudit.services.comparison import Figures
from isoaudit.services.report_names import district_of
from isoaudit.services.report_yearly import year_records
from isoaudit.services.rollup import DEFAULT_CONVERSION, Counted, count


def report_content(
    session: Session,
    province: str | None,
    year: int,
    as_of: date | None = None,
    conversion: str = DEFAULT_CONVERSION,
    *,
    period: Period | None = None,
    issuer: str = issuers.DEFAULT,
) -> ReportContent:
    """The content of the report of a province (None: the installation's) and year as of a day (None: its last).

    `period` and `issuer` (the code of a profile) are those of a report of the office; see `rollup.count` for what is
    counted over a period, and for what is raised. Some sixty queries, however many units there are.
    """
    return gathered(session, province, year, as_of, conversion, period=period, issuer=issuer)[0]


def gathered(
    session: Session,
    province: str | None,
    year: int,
    as_of: date | None = None,
    conversion: str = DEFAULT_CONVERSION,
    *,
    period: Period | None = None,
    issuer: str = issuers.DEFAULT,
) -> tuple[ReportContent, Rollup]:
    """The same with the very roll-up that it prints, exact as it was counted: what freezing keeps for the screens."""
    counted = count(session, province, year, as_of, conversion, period=period)
    values = settings.read(session)
    decimals = int(values["percent_decimals"])
    standards = library.standards()
    editions = [standards[each.edition] for each in counted.versions.values()] or [*standards.values()]
    before = comparison.period_before(session, counted.rollup, province)
    content = ReportContent(
        rollup=to_json(counted.rollup, decimals),
        paper=_paper(session, issuer, values, counted),
        conversion=_conversion_names(conversion),
        units=tuple(_details(counted, Target(library.conversions()[conversion], counted.scope.facts.editions))),
        editions={key: each.name.vi for key, each in standards.items()},
        bands=_bands([*counted.versions.values()] or [file.checklist for file in library.checklist_files()]),
        clause_titles={
            clause.number: edition.title(clause.number)
            for edition in sorted(editions, key=lambda each: each.order)
            for clause in edition.clauses
        },
        conditions=tuple(ConditionName(each.kind.vi, due_day(each, year)) for each in counted.scope.facts.conditions),
        checklists=_checklists(session, counted),
        nonconformities=tuple(report_lists.nonconformities(session, counted)),
        tasks=tuple(report_lists.tasks(session, counted)),
        procedures=tuple(report_lists.procedures(session, counted)),
        documents=tuple(report_lists.documents(session, counted)),
        band_decision=str(values["band_decision"]),
        decimals=decimals,
        example=example.exists(session),
        previous=None if before is None else to_json(before.rollup, decimals),
        planned=tuple(report_year.planned(session, counted)),
        declarations=tuple(report_year.declarations(session, counted)),
        changes=tuple(report_year.changes(counted)),
        activities=report_year.activities(session, counted),
        years=year_records(session, counted),
        period_last=None if report_period.is_year(counted.scope.period) else counted.scope.period.last,
        compared=None if before is None else _compared(session, before, counted.rollup),
        next_plan=tuple(_next_plan(session, counted)),
        elsewhere=tuple(report_year.elsewhere(session, counted)),
        left_blocks={
            block.value: number
            for block, number in left_without_block(
                counted.scope, library.conversions()[conversion], counted.rollup
            ).items()
        },
    )
    return content, counted.rollup


def _paper(session: Session, issuer: str, values: Mapping[str, Any], counted: Counted) -> Paper:
    """What the issuer's profile says; without a short name, the register's name of that body."""
    found = issuers.paper(issuers.find(session, issuer), values)
    return found if found.issuer_short else replace(found, issuer_short=_written(found.issuer, counted))


def _compared(session: Session, before: Figures, now: Rollup) -> Compared:
    """Both periods beside each other, rebased and per former territory."""
    rebased, former = (comparison.of(session, before.rollup, now, basis) for basis in (Basis.TODAY, Basis.FORMER))
    source = None if before.issued is None else Source(before.issued.number, before.issued.issued_on)
    return Compared.of(rebased, former, source)


def _next_plan(session: Session, counted: Counted) -> Iterator[NextRow]:
    """The units due for next year's programme, the weightiest reasons first."""
    for each in proposals.due(session, counted):
        unit = each.unit
        yield NextRow(unit.code, unit.name, BLOCK_OF[unit.kind], each.reasons, each.last_audit, each.overdue)


def _written(issuer: str, counted: Counted) -> str:
    """The issuer as running text writes it: the register's name where there is one, since settings hold capitals."""
    names = (unit.name for unit in counted.scope.facts.units)
    return next((name for name in names if name.upper() == issuer.upper()), issuer)


def _conversion_names(key: str) -> ConversionNames:
    conversion, standards = library.conversions()[key], library.standards()
    return ConversionNames(
        key,
        conversion.name.vi,
        standards[conversion.from_edition].name.vi,
        standards[conversion.to_edition].name.vi,
        tuple(StepName(step.code, step.name.vi, step.weight) for step in conversion.steps),
        conversion.baseline,
        conversion.note.vi,
    )


def _details(counted: Counted, target: Target) -> Iterable[UnitDetail]:
    """What stands beside the roll-up's lines: district, days of declaring and converting, reason of the exemption."""
    scope, day = counted.scope, counted.rollup.as_of
    for line in counted.rollup.units:
        rows = scope.rows(line.unit.id)
        exemption = exempt_on(gather(scope.ledger.exemptions, rows), day) if line.exempt else None
        yield UnitDetail.of(
            line,
            district=district_of(counted, line.unit.id),
            declared_on=_declared_on(scope, line, rows),
            exemption="" if exemption is None else exemption.reason,
            converted_on=converted_on(scope.ledger.declarations(rows, day), target),
        )


def _declared_on(scope: Scope, line: UnitLine, rows: Sequence[int]) -> date | None:
    """The day of the declaration, the last one, by which the unit holds its current edition."""
    last = last_declared(scope.ledger.declarations(rows, scope.as_of)) if line.edition else None
    return None if last is None else last.on


def _bands(checklists: Iterable[Checklist]) -> tuple[BandName, ...]:
    """The bands of the checklists used, best first; where two of them differ, both conditions are told."""
    names: dict[str, str] = {}
    conditions: dict[str, list[str]] = {}
    for checklist in checklists:
        for place, band in enumerate(checklist.bands):
            names.setdefault(band.code, band.name.vi)
            told = conditions.setdefault(band.code, [])
            words = _conditions(band, lowest=place == len(checklist.bands) - 1)
            if words not in told:
                told.append(words)
    return tuple(BandName(code, name, "; hoặc ".join(conditions[code])) for code, name in names.items())


def _conditions(band: Band, *, lowest: bool) -> str:
    if lowest and not band.min_score:
        return "các trường hợp còn lại"
    words = [f"từ {decimal_text(band.min_score, 1).removesuffix(',0')} điểm"]
    for most, what in ((band.max_major, "tồn tại nặng"), (band.max_minor, "tồn tại nhẹ")):
        if most is not None:
            words.append(f"không quá {most:02} {what}" if most else f"không có {what}")
    if band.gates_hold:
        words.append("các nội dung điều kiện không có tồn tại")
    return ", ".join(words)


def _checklists(session: Session, counted: Counted) -> tuple[ChecklistUsed, ...]:
    """The versions on which the scores rest, with their digests as published."""
    used = {int(audit.checklist) for audit in counted.scope.audits.values()}
    rows = session.execute(select(ChecklistVersion.id, ChecklistVersion.digest).where(ChecklistVersion.id.in_(used)))
    digests = {row.id: row.digest for row in rows}
    found = [
        ChecklistUsed(each.id, each.version, each.title.vi, digests[key])
        for key, each in counted.versions.items()
        if key in used
    ]
    return tuple(sorted(found, key=lambda each: (each.id, each.version)))
