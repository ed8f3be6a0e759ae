"""What a report tells of money, reports owed, quality objectives and the catalogue of TTHC, as plain values: a part of
`layout.ReportContent`. Amounts are đồng. Everything has a default, so that what was frozen before is read as it was."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Money of one unit (`team` false) or inspection team from one source, as of the cut-off day."""

    owner: str
    source: str
    team: bool = False
    estimate: int = 0
    spent: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class LateReport:
    """A unit whose report came late, or (`sent` false) has not come, by so many days.
    `code` as in `MissedObjective`."""

    unit: str
    days: int
    sent: bool = True
    code: str | None = None


@dataclass(frozen=True, slots=True)
class OwedReports:
    """The reports on one period, by block (the code name): how many were owed, came on time, came late, have not come,
    are not due. `late` names those that came late or have not come."""

    period: str
    block: str
    due_on: date
    owed: int
    on_time: int
    came_late: int
    not_sent: int
    waiting: int
    late: tuple[LateReport, ...] = ()


@dataclass(frozen=True, slots=True)
class MissedObjective:
    """A quality objective that was not met. `code` is that of the unit in force on the day, "" when it is no more; None
    in what was frozen before it was kept."""

    unit: str
    objective: str
    target: str
    result: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """Quality objectives of a block (the code name): units that have any, objectives, met, missed, without result."""

    block: str
    units: int
    objectives: int
    met: int
    missed: int
    open: int


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A decision that publishes procedures: what it added, changed, abolished; how many procedures of units it asked to
    bring in line and how many are; and the units that have to review their declared scope
    because of it (frozen under the name `redeclare`)."""

    document: str
    effective_on: date
    added: int
    changed: int
    abolished: int
    asked: int
    done: int
    redeclare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One year of a report over several: whole numbers of the province's roll-up of that year as of a day. None where
    nothing was entered of it. `number` and `issued_on` are those of the issued report of that year, whose figures these
    are; without, they were counted from the data. `as_of` is None in what was frozen before it was kept."""

    year: int
    units: int
    considered: int
    declared: int | None
    baseline: int
    converted: int | None
    judged: int
    kept: int | None
    audited: int | None
    visits: int | None
    raised: int | None
    closed: int | None
    closing: int | None
    as_of: date | None = None
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearRecords:
    """All of it. `each_year` is there when the report is about several years."""

    money: tuple[MoneyRow, ...] = ()
    reports: tuple[OwedReports, ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()
    missed: tuple[MissedObjective, ...] = ()
    publications: tuple[PublicationRow, ...] = ()
    each_year: tuple[YearFigures, ...] = ()
