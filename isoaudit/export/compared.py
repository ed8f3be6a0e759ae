"""What the report prints of two years compared and of next year's plan, as plain values beside those of `layout`.
What later versions added has a default, so that what was frozen before is read as it was."""

from collections.abc import Hashable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

from isoaudit.domain.comparison import PARTS, WHOLES, Basis, Comparison, Line, Measure, territory_holds
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.numbers import count_text
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


def summed(figures: Sequence[ComparedFigures]) -> ComparedFigures:
    """All of them added up."""
    return ComparedFigures(*(sum(numbers) for numbers in zip(*map(astuple, figures), strict=True)))


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
        return found[0] if len(found) == 1 else summed(found)

    def of_territory(self, lines: Sequence[UnitLine]) -> ComparedFigures:
        """How a territory stands on the day when these units have its land: counted once or not at all."""
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
class Source:
    """The issued report that earlier figures were taken from: its number and day."""

    number: str
    issued_on: date


def source_words(then: date, source: Source | None) -> str:
    """Where the figures of an earlier day come from, as papers say it after "Số liệu năm …"."""
    day = f"đến hết ngày {short_date(then)}"
    if source is None:
        return f"tính lại {day}"
    return f"theo Báo cáo số {source.number} ngày {short_date(source.issued_on)}, số liệu {day}"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A unit of today with those whose land it has, or a former unit that nothing of today's block goes on from.

    `before` adds up the units of `names_before`, each of which stands on one line: all lines together are the earlier
    period as it printed itself. `rebased` is how the land of today's unit stood then, counted once or not at all: what
    `now` may be compared with; None on a line without a unit today, and in what was frozen before it was counted.
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
    rebased: ComparedFigures | None = None

    @property
    def alike(self) -> bool:
        """Whether it is a unit of today on whose land somebody was then, so that both days can be compared in it."""
        return self.rebased is not None and self.rebased.units > 0


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

    @property
    def alike(self) -> bool:
        """Whether somebody has that land today, so that both days can be compared on it."""
        return bool(self.names_now)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two days compared on a basis. `merged`: units passed into each other in between; `former` then are the same days
    per former territory. `unknown_then` and `unknown_now` name the figures of which nothing was entered that year.
    `source` is the issued report that the earlier figures are from; None: they were counted from the data."""

    basis: Basis
    then: date
    now: date
    merged: bool
    lines: tuple[ComparedLine, ...]
    former: tuple[FormerLine, ...] = ()
    unknown_then: tuple[str, ...] = ()
    unknown_now: tuple[str, ...] = ()
    source: Source | None = None

    @property
    def rebased(self) -> bool:
        """Whether the earlier figures are there in today's units too: not without arranged units, nor in what was
        frozen before they were counted."""
        return self.merged and any(line.rebased is not None for line in self.lines)

    def rebased_of(self, block: Block | None = None) -> ComparedFigures:
        """The earlier figures of a block, or of the province, in today's units."""
        return summed([each.rebased for each in self.lines if each.rebased and block in (None, each.block)])

    def alike_of(self, block: Block | None = None) -> ComparedFigures:
        """Today's figures that those may be compared with: of the same units."""
        return summed([each.now for each in self.lines if each.alike and block in (None, each.block)])

    def fresh_of(self, block: Block | None = None) -> int:
        """How many units of today are not compared, since no unit of then lies behind them."""
        if not self.rebased:
            return 0
        lines = (line for line in self.lines if block in (None, line.block))
        return sum(line.status is not None and not line.alike for line in lines)

    @property
    def apart(self) -> str:
        """Which units of today are not compared, as papers say it; empty when all are."""
        number = self.fresh_of()
        if not number:
            return ""
        return f"không tính {count_text(number)} đơn vị hiện nay không có đơn vị tiền thân cùng khối trong tỉnh khi đó"

    @classmethod
    def of(cls, made: Comparison, former: Comparison, source: Source | None = None) -> "Compared":
        """The comparison as it is printed: rebased, and per former territory."""
        counting = _Counting()
        unknown_then, unknown_now = (tuple(measure.value for measure in measures) for measures in made.unknown())
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
                    rebased=counting.of_territory(line.land) if made.merged and line.now else None,
                )
                for line in made.lines
            ),
            tuple(_former(line, counting) for line in former.lines if line.before) if made.merged else (),
            unknown_then,
            unknown_now,
            source,
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
