"""The figures of a roll-up as values: one line per unit, one set of counts per block, and the whole.

How they are counted is in `rollup`, how they are written as JSON in `rollup_json`. Rates are kept as exact
parts of a whole, so that every writer rounds the same way (`numbers`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from isoaudit.domain.audit import ClauseLine
from isoaudit.domain.checklist import Band
from isoaudit.domain.facts import AuditFact, Procedures, Unit, value
from isoaudit.domain.nonconformity import NonconformityCounts
from isoaudit.domain.period import Period
from isoaudit.domain.vocabulary import (
    ActivityKind,
    Block,
    Maintained,
    Obligation,
    ResultLevel,
    Status,
)

BANDS = ("tot", "kha", "trung_binh", "yeu")
"""The bands that every roll-up counts, best first; a checklist's own further ones are added."""
NO_BAND = "none"
_EXEMPT, _NOT_STARTED, _ENCOURAGED = Status.EXEMPT, Status.NOT_STARTED, Obligation.ENCOURAGED


@value
class AuditLine:
    """The audit of a unit in the period: exact score (0–100) and band, None where there is none."""

    fact: AuditFact
    score: Fraction | None
    band: Band | None
    minor: int
    major: int


@value
class UnitLine:
    """One unit in force on the cut-off day. `progress` is (weight achieved, weight of all steps).

    `accepted` says that its current edition is accepted on that day, `overdue` that it should have
    converted by now.
    """

    unit: Unit
    block: Block
    obligation: Obligation
    edition: str | None
    accepted: bool
    status: Status
    overdue: bool
    progress: tuple[int, int]
    missing_steps: tuple[str, ...]
    maintained: Maintained
    missing: tuple[ActivityKind, ...]
    redeclaration_due: bool
    in_baseline: bool
    audit: AuditLine | None
    visits: int
    procedures: Procedures | None

    @property
    def exempt(self) -> bool:
        """Whether it stands outside every count but `units` and `exempt`."""
        return self.status is _EXEMPT

    @property
    def obliged(self) -> bool:
        """Whether it must apply the system, by rule or by the province's road map."""
        return self.obligation is not _ENCOURAGED

    @property
    def only_encouraged(self) -> bool:
        """Whether it has not started and need not ("chưa áp dụng (khuyến khích)")."""
        return self.status is _NOT_STARTED and not self.obliged


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures B of CONTRACT §4: of a block, of a line inside it, or of the total, which has no rates."""

    units: int
    exempt: int
    obliged: int
    status: Mapping[Status, int]
    declared: int
    declared_obliged: int
    baseline: int
    baseline_converted: int
    left_by_merger: int
    maintained: Mapping[Maintained, int]
    audited: int
    visits: int
    bands: Mapping[str, int]
    tthc_units: int
    tthc_full: int
    tthc_covered: int
    tthc_total: int

    @property
    def considered(self) -> int:
        """The units that are not exempt: the denominator of the declared rate."""
        return self.units - self.exempt


@dataclass(frozen=True, slots=True)
class EndedLine:
    """A unit that ended in the period; `status` is that of its last day, the day before `valid_to`."""

    unit: Unit
    ended_on: date
    status: Status


@dataclass(frozen=True, slots=True)
class Rollup:
    """Everything that the screens and reports of a province and period print as of a day.

    `blocks` holds those with a unit on that day, `sub_agencies` the line of the chi cục inside their block,
    None when there are none.
    """

    province: str
    year: int
    period: Period
    as_of: date
    conversion: str
    blocks: Mapping[Block, Counts]
    total: Counts
    sub_agencies: Counts | None
    ended: tuple[EndedLine, ...]
    part_a: ClauseLine
    clauses: tuple[ClauseLine, ...]
    nonconformities: NonconformityCounts
    tasks: Mapping[ResultLevel, int]
    units: tuple[UnitLine, ...]
