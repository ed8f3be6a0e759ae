"""What a yearly report prints, as plain values: the one input of every writer (xlsx, docx, pdf).

The services fill a `ReportContent`; `tables` is the grammar of what is drawn from it, `sections` lays it out once
for all writers, and a writer only renders. Nothing here reads a database, a clock or a file. Everything can be
written as JSON and read back (`frozen`), because a frozen report stores it (RULES §10).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isoaudit.domain import report_period
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.period import Period
from isoaudit.export.compared import Compared, NextRow
from isoaudit.export.rows import (
    ChangeRow,
    CorrectionRow,
    DeclarationRow,
    DocumentRow,
    ElsewhereRow,
    NonconformityRow,
    PlannedRow,
    ProcedureRow,
    TaskRow,
)
from isoaudit.export.yearly import YearRecords

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """Who issues the report, and under which number once it is approved.

    Names are printed as given: `parent` (the body above the issuer), `issuer`, `issuer_short` (in "Kèm theo Báo
    cáo … của …"), `place` of the date line, `committee` (the steering committee's name). `number`, `issued_on`,
    `signer` and `signer_title` are those of a frozen report; `replaces` names the report that it replaces.
    `issuer_code` stands in the number ("SKHCN"), `authority_line` above the signer's title ("TM. …", "KT. …"), `to`
    are the higher bodies that the report is sent up to, `recipients` those of "Nơi nhận", `filed` the copy kept.
    `about` is what the title says and `basis` what the opening rests on, in the words of the province's template; empty
    ones are those of the tool.
    """

    issuer: str
    place: str
    parent: str = ""
    issuer_short: str = ""
    committee: str = ""
    number: str = ""
    issued_on: date | None = None
    signer: str = ""
    signer_title: str = ""
    replaces: str = ""
    issuer_code: str = ""
    authority_line: str = ""
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    filed: str = "VT"
    about: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class StepName:
    """A step of the conversion; `weight` counts in the progress."""

    code: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class ConversionNames:
    """The conversion looked at, in words. `baseline` is the day on which those that had to convert were counted."""

    id: str
    name: str
    from_name: str
    to_name: str
    steps: tuple[StepName, ...]
    baseline: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class BandName:
    """A band with its conditions in words, best first; `code` is that of the roll-up."""

    code: str
    name: str
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class ConditionName:
    """A condition of keeping up the system, with the day of the year by which it is due (RULES §5)."""

    name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ChecklistUsed:
    """A checklist version on which counted audits rest. `digest` is the SHA-256 of its file."""

    id: str
    version: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """What the roll-up's JSON does not tell of a unit in force on the cut-off day; `code` joins the two.

    `accepted`: its current edition is accepted on that day. `overdue`: it should have converted by now.
    `in_baseline`: it belongs to those that had to convert. `visits`: minuted audits in the period that are not
    self-assessments. `minuted_on`: day of the minutes of the audit named in the roll-up. `exemption`: the reason.
    `declared_on`: the last declaration of its current edition. `converted_on`: since when it holds the edition
    converted to, or a later one; None in what was frozen before it was kept.
    """

    code: str
    accepted: bool = False
    overdue: bool = False
    in_baseline: bool = False
    visits: int = 0
    district: str = ""
    declared_on: date | None = None
    minuted_on: date | None = None
    exemption: str = ""
    converted_on: date | None = None

    @classmethod
    def of(
        cls,
        line: UnitLine,
        *,
        district: str = "",
        declared_on: date | None = None,
        exemption: str = "",
        converted_on: date | None = None,
    ) -> "UnitDetail":
        """The detail of a line of the domain's roll-up."""
        return cls(
            code=line.unit.code,
            accepted=line.accepted,
            overdue=line.overdue,
            in_baseline=line.in_baseline,
            visits=line.visits,
            district=district,
            declared_on=declared_on,
            minuted_on=None if line.audit is None else line.audit.fact.minuted_on,
            exemption=exemption,
            converted_on=converted_on,
        )


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Everything that a report prints.

    `rollup` is the JSON of CONTRACT §4 with its digest (`domain.rollup_json.to_json(rollup, decimals)`).
    `units` has one detail for each of its units, in any order; `nonconformities`, `tasks`, `procedures`,
    `documents` are printed in the order given. `clause_titles` maps clause numbers of both levels to titles,
    `editions` edition ids to names, `bands` are best first without "none". `band_decision` is the document that
    makes the bands official; empty: they are internal. `example`: made-up facts are among the figures.

    What later versions added has a default, so that what was stored before is read as it was. `previous` is the roll-up
    of the year before as of its last day, None when nothing is known of it. `activities` counts, by block and kind of
    yearly activity, the units in force and not exempt that carried it out for the year by the cut-off day. `edited`
    maps keys of the narrative's paragraphs to what the office wrote in their place. `period_last` is the period's last
    day, None when it is the year; `corrections` lists what differs from the report that this one replaces, `years`
    holds money, reports owed, quality objectives and publication decisions. `compared` is the
    period before beside this one, unit by unit over mergers; `next_plan` the units due for next year's plan;
    `elsewhere` the audits that others made; `left_blocks` how many left the baseline in blocks that have no unit any
    more and are not in the roll-up.
    """

    rollup: Json
    paper: Paper
    conversion: ConversionNames
    units: tuple[UnitDetail, ...]
    editions: Mapping[str, str]
    bands: tuple[BandName, ...]
    clause_titles: Mapping[str, str]
    conditions: tuple[ConditionName, ...] = ()
    checklists: tuple[ChecklistUsed, ...] = ()
    nonconformities: tuple[NonconformityRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    procedures: tuple[ProcedureRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    band_decision: str = ""
    decimals: int = 1
    example: bool = False
    previous: Json | None = None
    planned: tuple[PlannedRow, ...] = ()
    declarations: tuple[DeclarationRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    activities: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    edited: Mapping[str, str] = field(default_factory=dict)
    period_last: date | None = None
    corrections: tuple[CorrectionRow, ...] = ()
    years: YearRecords = field(default_factory=YearRecords)
    compared: Compared | None = None
    next_plan: tuple[NextRow, ...] = ()
    elsewhere: tuple[ElsewhereRow, ...] = ()
    left_blocks: Mapping[str, int] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year of the cut-off day."""
        return int(self.rollup["year"])

    @property
    def period(self) -> Period:
        """The days that the report is about."""
        return Period(self.first_day, self.period_last or date(self.year, 12, 31))

    @property
    def period_name(self) -> str:
        """The period in running text: "năm 2020", "giai đoạn 2015–2020"."""
        return report_period.name(self.period)

    @property
    def before_name(self) -> str:
        """The period that figures are compared with, in running text."""
        return report_period.name(report_period.before(self.period))

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return date.fromisoformat(self.rollup["from"])

    @property
    def as_of(self) -> date:
        """The cut-off day (tính đến ngày)."""
        return date.fromisoformat(self.rollup["as_of"])
