"""What the report prints of two years compared and of next year's plan, as plain values beside those of `layout`."""

from collections.abc import Hashable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

from isoaudit.domain.comparison import PARTS, WHOLES, Basis, Comparison, Line, Measure, territory_holds
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
        within = {measure.value: WHOLES.get(measure, PARTS[Measure.UNITS]) for measure in Measure} | wholes
        names = [field.name for field in fields(ComparedFigures)]
        self._holds = [counted[name] for name in names]
        self._within = [within[name] for name in names]
        self._known: dict[Hashable, ComparedFigures] = {}

    def of(self, lines: Sequence[UnitLine]) -> ComparedFigures:
        """The figures of these units."""
        found = [self._of_one(line) for line in lines]
        if len(found) == 1:
            return found[0]
        return ComparedFigures(*(sum(numbers) for numbers in zip(*map(astuple, found), strict=True)))

    def of_territory(self, lines: Sequence[UnitLine]) -> ComparedFigures:
        """How a former territory stands, whose land these units have today: counted once or not at all."""
        if len(lines) == 1:
            return self._of_one(lines[0])
        pairs = zip(self._holds, self._within, strict=True)
        return ComparedFigures(*(int(territory_holds(lines, holds, counting)) for holds, counting in pairs))

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
class FormerLine:
    """A unit of the earlier day, and how its land stands today under the units named; none when it is nobody's."""

    block: Block
    code: str
    name: str
    status: Status
    names_now: tuple[str, ...]
    statuses_now: tuple[Status, ...]
    before: ComparedFigures
    now: ComparedFigures


@dataclass(frozen=True, slots=True)
class Compared:
    """Two days compared on a basis. `merged`: units passed into each other in between; `former` then are the same days
    per former territory. `unknown_then` and `unknown_now` name the figures of which nothing was entered that year."""

    basis: Basis
    then: date
    now: date
    merged: bool
    lines: tuple[ComparedLine, ...]
    former: tuple[FormerLine, ...] = ()
    unknown_then: tuple[str, ...] = ()
    unknown_now: tuple[str, ...] = ()

    @classmethod
    def of(cls, made: Comparison, former: Comparison) -> "Compared":
        """The comparison as it is printed: rebased, and per former territory."""
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
            tuple(_former(line, counting) for line in former.lines if line.before) if made.merged else (),
            *(tuple(measure.value for measure in measures) for measures in made.unknown()),
        )


def _former(line: Line, counting: _Counting) -> FormerLine:
    """A line per former territory, which has one unit of the earlier day."""
    return FormerLine(
        block=line.block,
        code=line.before[0].unit.code,
        name=line.before[0].unit.name,
        status=line.before[0].status,
        names_now=tuple(each.unit.name for each in line.now),
        statuses_now=tuple(each.status for each in line.now),
        before=counting.of(line.before),
        now=counting.of_territory(line.now),
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
