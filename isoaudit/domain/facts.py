"""The facts that the rules count, as plain values: who is in the register and what happened on which day.

Only standing revisions are facts (RULES §1): a corrected or voided row is left out by whoever reads the
rows. Days are dates; `entry` is the number under which a fact was entered and orders facts of one day.
Files and rows hold `valid_to` and `to` exclusive, and so do these values. What is counted from them is in
the modules beside this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, dataclass_transform

from isoaudit.domain.checklist import Band, Scoring
from isoaudit.domain.standard import Standard
from isoaudit.domain.vocabulary import (
    ActivityKind,
    DeclarationKind,
    Grade,
    Mode,
    Obligation,
    Outcome,
    Purpose,
    Relation,
    ResultLevel,
    UnitKind,
)

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(kind: type[Made]) -> type[Made]:
    """A frozen dataclass to whoever writes code: mypy refuses to set a field of one. While running it is not locked:
    a locked one takes three times as long to make, and a roll-up of ten thousand units makes 200,000.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)


@value
class Unit:
    """One row of the register. In force from `valid_from` until the day before `valid_to` (RULES §2).

    `order` is the stored sort key of the name (`isoaudit.domain.text.sort_key`); empty means it is worked
    out.
    """

    id: int
    code: str
    name: str
    kind: UnitKind
    province: str
    valid_from: date
    valid_to: date | None = None
    parent_id: int | None = None
    order: str = ""


@value
class Succession:
    """A unit passes into another on the day `on` (RULES §2)."""

    predecessor_id: int
    successor_id: int
    on: date
    relation: Relation
    entry: int = 0


@value
class Exemption:
    """A unit stands outside the counts from `start` until the day before `end` (RULES §2)."""

    unit_id: int
    start: date
    end: date | None = None
    reason: str = ""
    entry: int = 0


@value
class ObligationEntry:
    """A unit's obligation by document from `start` until the day before `end` (RULES §2)."""

    unit_id: int
    start: date
    level: Obligation
    end: date | None = None
    entry: int = 0


@value
class Declaration:
    """A declaration of conformity; `covered` of `total` TTHC is its scope, None where not stated (RULES
    §3).
    """

    unit_id: int
    edition: str
    kind: DeclarationKind
    on: date
    entry: int = 0
    covered: int | None = None
    total: int | None = None


@value
class Milestone:
    """One step of a conversion achieved (RULES §3)."""

    unit_id: int
    conversion: str
    step: str
    on: date
    entry: int = 0


@value
class Activity:
    """A yearly activity, done on a day for a year (RULES §3)."""

    unit_id: int
    year: int
    kind: ActivityKind
    on: date
    entry: int = 0


@value
class Procedures:
    """How many administrative procedures (TTHC) a unit has and how many its system covers, on a day."""

    unit_id: int
    as_of: date
    total: int
    covered: int
    entry: int = 0


@value
class AuditFact:
    """An audit. Without `minuted_on` it is under way and counts nowhere; cancelled ones are not facts
    (RULES §6).

    `checklist` is the key of its pinned version in `Facts.checklists`.
    """

    id: int
    reference: str
    unit_id: int
    mode: Mode
    purpose: Purpose
    minuted_on: date | None
    checklist: str
    entry: int = 0


@value
class Deadline:
    """A deadline set, or extended, on the day `on` (RULES §7)."""

    on: date
    due: date
    entry: int = 0


@value
class NonconformityFact:
    """A nonconformity raised by a minuted audit; `raised_on` is the day of the minutes (RULES §7).

    `grade` is `minor` or `major`, as it stands on the cut-off day. `number` is how many alike it stands for: whoever
    only counts may put together those of one audit that no rule tells apart.
    """

    audit_id: int
    unit_id: int
    mode: Mode
    grade: Grade
    raised_on: date
    deadlines: tuple[Deadline, ...] = ()
    closed_on: date | None = None
    outcome: Outcome | None = None
    criterion: str = ""
    entry: int = 0
    number: int = 1


@value
class TaskFact:
    """A task of a year's plan. `mark` is the office's own level, which holds on every day (RULES §8).

    `content_complete` is None where nobody said so.
    """

    id: int
    year: int
    due_on: date | None = None
    completed_on: date | None = None
    content_complete: bool | None = None
    mark: ResultLevel | None = None
    entry: int = 0


@value
class MaintenanceCondition:
    """An activity that keeping up the system asks for every year, due by a day of that year (RULES §5)."""

    kind: ActivityKind
    month: int = 12
    day: int = 31


SHIPPED_CONDITIONS = (
    MaintenanceCondition(ActivityKind.INTERNAL_AUDIT),
    MaintenanceCondition(ActivityKind.MANAGEMENT_REVIEW),
)


@value
class Marking:
    """How a checklist version turns grades into a score and a band."""

    scoring: Scoring = field(default_factory=Scoring)
    bands: tuple[Band, ...] = ()


@value
class Tally:
    """The answers of one audit, summed. Built from single answers (`audit.tally_of`) or from grouped rows.

    `counts` and `weights` are by grade; a grade that was not given may be missing. `gate_failures` counts
    minors and majors on criteria with `gate`. `unanswered_weight` sums the weights of asked criteria
    without an answer, and `unanswered_vital` counts those of weight 3; criteria that `applies_to` or `when`
    leave unasked are in neither.
    """

    counts: Mapping[Grade, int] = field(default_factory=dict)
    weights: Mapping[Grade, int] = field(default_factory=dict)
    gate_failures: int = 0
    unanswered_weight: int = 0
    unanswered_vital: int = 0


@value
class ClauseRow:
    """Answers of the counted audits, grouped by checklist version, part, second-level clause and grade.

    `clause` is empty in part A. Several rows of one group are added up.
    """

    checklist: str
    part: str
    clause: str
    grade: Grade
    count: int
    weight: int


@value
class Answers:
    """What the counted audits (`rollup.Selection.audit_ids`) answered: their tallies by audit id, and
    clause rows.
    """

    tallies: Mapping[int, Tally] = field(default_factory=dict)
    clauses: tuple[ClauseRow, ...] = ()


@value
class Facts:
    """Everything that a roll-up is counted from. The order inside each tuple means nothing.

    `units` holds the province's units and every predecessor of theirs, whatever its province.
    """

    units: tuple[Unit, ...] = ()
    successions: tuple[Succession, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    obligations: tuple[ObligationEntry, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    activities: tuple[Activity, ...] = ()
    procedures: tuple[Procedures, ...] = ()
    audits: tuple[AuditFact, ...] = ()
    nonconformities: tuple[NonconformityFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()
    editions: Mapping[str, Standard] = field(default_factory=dict)
    checklists: Mapping[str, Marking] = field(default_factory=dict)
    conditions: tuple[MaintenanceCondition, ...] = SHIPPED_CONDITIONS
