"""What the report prints of two years compared and of next year's plan, as plain values beside those of `layout`."""

from collections.abc import Hashable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

from isoaudit.domain.comparison import PARTS, WHOLES, Basis, Comparison, Measure
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.proposal import Reason
from isoaudit.domain.vocabulary import Block, Status


@dataclass(frozen=True, slots=True)
class ComparedFigures:
    """What is counted of the units of one line on one day; the names are those of the roll-up's figures. `kept` of
    `judged`, `converted` of `baseline`, `declared` and `audited` of `considered`, `declared_obliged` of `obliged`."""

    units: int = 0
    exempt: int = 0
    considered: int = 0
    declared: int = 0
    obliged: int = 0
    declared_obliged: int = 0
    baseline: int = 0
    converted: int = 0
    judged: int = 0
    kept: int = 0
    audited: int = 0
    redeclare: int = 0


class _Counting:
    """Counts the units of lines by the conditions of `domain.comparison`; units alike are judged once."""

    def __init__(self) -> None:
        wholes = {
            "considered": WHOLES[Measure.DECLARED],
            "obliged": WHOLES[Measure.DECLARED_OBLIGED],
            "baseline": WHOLES[Measure.CONVERTED],
            "judged": WHOLES[Measure.KEPT],
        }
        counted = {measure.value: holds for measure, holds in PARTS.items()} | wholes
        self._holds = [counted[field.name] for field in fields(ComparedFigures)]
        self._known: dict[Hashable, ComparedFigures] = {}

    def of(self, lines: Sequence[UnitLine]) -> ComparedFigures:
        """The figures of these units."""
        found = [self._of_one(line) for line in lines]
        if len(found) == 1:
            return found[0]
        return ComparedFigures(*(sum(numbers) for numbers in zip(*map(astuple, found), strict=True)))

    def _of_one(self, line: UnitLine) -> ComparedFigures:
        alike = (
            *(line.status, line.obligation, line.accepted, line.in_baseline, line.maintained),
            *(line.audit is None, line.redeclaration_due),
        )
        if alike not in self._known:
            self._known[alike] = ComparedFigures(*(int(holds(line)) for holds in self._holds))
        return self._known[alike]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A unit of today with those whose land it has, or a former unit that nothing of today's block goes on from.

    `statuses_before` stand in the order of `names_before`; `status` is None where there is no unit today. `split`: a
    part of that land is counted on another line. `elsewhere`: units of another block that were, or are, there."""

    block: Block
    code: str
    name: str
    names_before: tuple[str, ...]
    statuses_before: tuple[Status, ...]
    status: Status | None
    before: ComparedFigures
    now: ComparedFigures
    split: bool = False
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two days compared on a basis. `merged`: units passed into each other in between."""

    basis: Basis
    then: date
    now: date
    merged: bool
    lines: tuple[ComparedLine, ...]

    @classmethod
    def of(cls, made: Comparison) -> "Compared":
        """The comparison as it is printed."""
        counting = _Counting()
        return cls(
            made.basis,
            made.before.as_of,
            made.now.as_of,
            made.merged,
            tuple(
                ComparedLine(
                    block=line.block,
                    code=line.unit.unit.code,
                    name=line.unit.unit.name,
                    names_before=tuple(each.unit.name for each in line.before),
                    statuses_before=tuple(each.status for each in line.before),
                    status=line.now[0].status if line.now else None,
                    before=counting.of(line.before),
                    now=counting.of(line.now),
                    split=line.split,
                    elsewhere=tuple(each.unit.name for each in line.other),
                )
                for line in made.lines
            ),
        )


@dataclass(frozen=True, slots=True)
class NextRow:
    """A unit proposed for next year's programme: why, its last full audit on site, how much of it is overdue."""

    unit_code: str
    unit_name: str
    block: Block
    reasons: tuple[Reason, ...]
    last_audit: date | None = None
    overdue: int = 0
