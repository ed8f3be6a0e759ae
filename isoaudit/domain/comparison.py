"""Two years compared over mergers: the same land then and now, no unit counted twice and none lost (RULES §2).

On one of two bases, which whoever shows it must name. Per former territory, both years are counted in the units of the
earlier day, each now standing as the units do that took it over. Rebased, both years are counted in today's units, each
then standing as the units did on whose land it lies. What has nothing to be compared with is counted in neither year: a
former unit that nobody took over; a unit of today on whose land none of its block was then (it came from another
province, or is new). Beside them each year may be shown in its own units, as its own report prints it: that is no
comparison of like with like where units were arranged. Figures come from the roll-ups of both days; nothing is counted
anew. How it looks is not decided here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from isoaudit.domain.errors import Invalid
from isoaudit.domain.facts import Succession, Unit
from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.successors import TypedLater, goes_on, reached
from isoaudit.domain.vocabulary import ActivityKind, Block, Maintained, Status, Word

RIGHT = (Maintained.VERIFIED, Maintained.REPORTED)


class Basis(Word):
    """In which units both years are counted; `OWN`: each in those of its own day."""

    TODAY = "today", "quy đổi về đơn vị hiện nay", "rebased to today's units"
    FORMER = "former", "theo địa bàn cũ", "per former territory"
    OWN = "own", "mỗi năm theo đơn vị khi đó", "each year in its own units"


class Measure(Word):
    """What is compared. Each is a part of a whole, but `UNITS`, `EXEMPT` and `REDECLARE`, which are counts."""

    UNITS = "units", "tổng số đơn vị", "units"
    EXEMPT = "exempt", "không thuộc đối tượng áp dụng", "exempt"
    DECLARED = "declared", "đã công bố", "declared"
    DECLARED_OBLIGED = (
        "declared_obliged",
        "đã công bố, trong diện bắt buộc và theo lộ trình",
        "declared, of the obliged",
    )
    CONVERTED = "converted", "đã chuyển đổi", "converted"
    KEPT = "kept", "duy trì, cải tiến đúng", "system maintained"
    AUDITED = "audited", "được kiểm tra toàn diện tại trụ sở", "audited on site"
    REDECLARE = "redeclare", "cần công bố lại", "re-declaration due"


Holds = Callable[[UnitLine], bool]


def _considered(line: UnitLine) -> bool:
    return not line.exempt


PARTS: Mapping[Measure, Holds] = {
    Measure.UNITS: lambda line: True,
    Measure.EXEMPT: lambda line: line.exempt,
    Measure.DECLARED: lambda line: not line.exempt and line.accepted,
    Measure.DECLARED_OBLIGED: lambda line: not line.exempt and line.obliged and line.accepted,
    Measure.CONVERTED: lambda line: not line.exempt and line.in_baseline and line.status is Status.CONVERTED,
    Measure.KEPT: lambda line: not line.exempt and line.maintained in RIGHT,
    Measure.AUDITED: lambda line: not line.exempt and line.audit is not None,
    Measure.REDECLARE: lambda line: not line.exempt and line.redeclaration_due,
}
"""Who is counted: the very conditions of the roll-up's figures."""
WHOLES: Mapping[Measure, Holds] = {
    Measure.DECLARED: _considered,
    Measure.DECLARED_OBLIGED: lambda line: not line.exempt and line.obliged,
    Measure.CONVERTED: lambda line: not line.exempt and line.in_baseline,
    Measure.KEPT: lambda line: not line.exempt and line.maintained is not Maintained.NOT_APPLICABLE,
    Measure.AUDITED: _considered,
}
"""Of whom they are a part; counts have none."""
OVER_THE_YEAR = (Measure.KEPT, Measure.AUDITED)
"""What is earned from the year's first day on: not compared between different parts of two years (`same_part`)."""


def known(rollup: Rollup, measure: Measure) -> bool:
    """Whether anything was entered of what the measure counts; if not, its zero is no result.
    (reading: of inspections, a visit or a nonconformity in the year; of keeping up, an activity that a condition asks
    for, or an inspection; of declaring and converting, any of these, or one unit that has begun. Which units there are
    is always known.)"""
    if measure in (Measure.UNITS, Measure.EXEMPT, Measure.REDECLARE):
        return True
    if measure not in OVER_THE_YEAR and any(map(_begun, rollup.units)):
        return True
    found = rollup.nonconformities
    if rollup.total.visits or found.opening or found.raised or found.closed or found.closing:
        return True
    judged = filter(WHOLES[Measure.KEPT], rollup.units)
    return measure is not Measure.AUDITED and any(_ASKED - set(line.missing) for line in judged)


def _begun(line: UnitLine) -> bool:
    return line.edition is not None or line.in_baseline or line.status not in (Status.NOT_STARTED, Status.EXEMPT)


_ASKED = {ActivityKind.INTERNAL_AUDIT, ActivityKind.MANAGEMENT_REVIEW}


@dataclass(frozen=True, slots=True)
class Line:
    """A territory: the units that were there then, and those that are there now.

    Over all lines each unit of then is in `before` once, so that they add up to what its own year printed; `land` are
    all those of whose land a part lies here, be they listed on another line. `split` says that there is such a line
    (of today's units), or that several of today's units share the territory (per former territory). `other` are units
    of another block that were, or are, on this land: figures stay within a block."""

    block: Block
    before: tuple[UnitLine, ...]
    now: tuple[UnitLine, ...]
    split: bool = False
    other: tuple[UnitLine, ...] = ()
    land: tuple[UnitLine, ...] = ()

    @property
    def unit(self) -> UnitLine:
        """Under whose name the line stands: today's unit, or the former one where there is none."""
        return (self.now or self.before)[0]


def territory_holds(units: Sequence[UnitLine], holds: Holds, counting: Holds) -> bool:
    """Whether a territory stands so on the other day: of the units that shared it, all that count have to, and one at
    least has to count. (reading: who had to declare has done its duty whatever neighbours do that did not have to; so
    of the obliged, or of those to convert, more may hold than of all. Asking it of all would make last year's duty look
    undone, and this year's rise greater. Whoever shows the numbers says so.)"""
    return any(map(counting, units)) and all(holds(unit) for unit in units if counting(unit))


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure in both years; the wholes are None for a count."""

    before: int
    now: int
    before_whole: int | None = None
    now_whole: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two roll-ups on one basis. `lines` come by block and name. `merged` says whether units passed into each other in
    between; if none did, both bases are the same. `gone` are lines without a unit today, `fresh` without one then."""

    basis: Basis
    before: Rollup
    now: Rollup
    lines: tuple[Line, ...]
    merged: bool

    @property
    def gone(self) -> tuple[Line, ...]:
        """Units that were there then and that nothing of today goes on from."""
        return tuple(each for each in self.lines if not each.now and not each.other)

    @property
    def fresh(self) -> tuple[Line, ...]:
        """Units of today that come from none of the province's units of then."""
        return tuple(each for each in self.lines if not each.land and not each.other)

    def pair(self, measure: Measure, block: Block | None = None) -> Pair:
        """The measure over the lines of a block, or over all."""
        lines = [each for each in self.lines if block in (None, each.block)]
        part, whole = PARTS[measure], WHOLES.get(measure)
        return Pair(
            self._before(lines, part, whole),
            self._now(lines, part, whole),
            None if whole is None else self._before(lines, whole, whole),
            None if whole is None else self._now(lines, whole, whole),
        )

    def unknown(self) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
        """The measures of which nothing is known, then and now."""
        then, now = (tuple(each for each in Measure if not known(of, each)) for of in (self.before, self.now))
        return then, now

    def blocks(self) -> tuple[Block, ...]:
        """The blocks with a line, in the order of the report."""
        there = {each.block for each in self.lines}
        return tuple(block for block in Block if block in there)

    def _before(self, lines: Iterable[Line], holds: Holds, whole: Holds | None) -> int:
        """The units of then; per former territory, those on whose land somebody is today; rebased, today's units on
        whose land it stood so."""
        if self.basis is not Basis.TODAY:
            counted = (each for each in lines if each.now or self.basis is Basis.OWN)
            return sum(holds(unit) for each in counted for unit in each.before)
        counting = whole or PARTS[Measure.UNITS]
        return sum(territory_holds(each.land, holds, counting) for each in lines if each.now)

    def _now(self, lines: Iterable[Line], holds: Holds, whole: Holds | None) -> int:
        """Today's units; rebased, those on whose land somebody was then; per former territory, the former units whose
        land stands so today."""
        if self.basis is not Basis.FORMER:
            counted = (each for each in lines if each.land or self.basis is Basis.OWN)
            return sum(holds(unit) for each in counted for unit in each.now)
        counting = whole or PARTS[Measure.UNITS]
        return sum(territory_holds(each.now, holds, counting) for each in lines if each.before)


def compare(
    before: Rollup,
    now: Rollup,
    successions: Iterable[Succession],
    basis: Basis,
    register: Mapping[int, Unit] | None = None,
) -> Comparison:
    """Compare two roll-ups of one province. `successions` may hold any; those after the earlier day up to the later one
    are followed. Where the earlier figures were frozen, `register` gives the units of earlier ones, by id, as they are
    known now: what was typed in after the freezing is followed too. Raises Invalid when the days are not in order."""
    if before.as_of >= now.as_of:
        raise Invalid("comparison.order", field="truoc")
    typed_later = TypedLater(before, register or {})
    between = [
        each for each in successions if each.on <= now.as_of and (each.on > before.as_of or typed_later.holds(each))
    ]
    places = _Places(before, now, between)
    lines = places.by_former() if basis is Basis.FORMER else places.by_today()
    arranged = any(places.changed(line) for line in lines)
    return Comparison(basis, before, now, tuple(lines), arranged)


class _Places:
    """Which former units and which of today's lie on the same land."""

    def __init__(self, before: Rollup, now: Rollup, between: Iterable[Succession]) -> None:
        self._before = {line.unit.id: line for line in before.units}
        self._now = {line.unit.id: line for line in now.units}
        steps: dict[int, list[Succession]] = defaultdict(list)
        for each in sorted(between, key=lambda one: (one.on, one.entry)):
            steps[each.predecessor_id].append(each)
        self._reached = {key: reached(key, steps, self._now.__contains__) for key in self._before}
        self._same = {key: goes_on(key, steps, self._now.__contains__) for key in self._before}

    def by_former(self) -> list[Line]:
        lines = []
        taken: set[int] = set()
        for key, line in self._before.items():
            rows = self._reached[key]
            taken.update(rows)
            there = tuple(self._now[row] for row in rows)
            lines.append(Line(line.block, (line,), there, len(rows) > 1, land=(line,)))
        lines += [Line(line.block, (), (line,)) for key, line in self._now.items() if key not in taken]
        return _ordered(lines)

    def by_today(self) -> list[Line]:
        """Each former unit is listed once: on the line of the unit that it is today, else on the first in the list of
        those that took it over; on a line of its own when none did, or none of its block."""
        land: dict[int, list[UnitLine]] = defaultdict(list)
        inside: dict[int, list[UnitLine]] = defaultdict(list)
        divided: set[int] = set()
        alone = []
        elsewhere: dict[int, list[UnitLine]] = defaultdict(list)
        order = {key: place for place, key in enumerate(self._now)}
        for key, line in self._before.items():
            rows = [row for row in self._reached[key] if self._now[row].block is line.block]
            same = self._same[key]
            others = [row for row in self._reached[key] if row not in rows]
            if not rows:
                there = tuple(self._now[row] for row in others)
                alone.append(Line(line.block, (line,), (), other=there, land=(line,)))
                for row in others:
                    elsewhere[row].append(line)
                continue
            main = same if same in rows else min(rows, key=order.__getitem__)
            inside[main].append(line)
            for row in rows:
                land[row].append(line)
            if len(rows) > 1:
                divided.update(rows)
        lines = [
            Line(line.block, tuple(inside[key]), (line,), key in divided, tuple(elsewhere[key]), tuple(land[key]))
            for key, line in self._now.items()
        ]
        return _ordered([*lines, *alone])

    def changed(self, line: Line) -> bool:
        """Whether this line is anything but one unit that stayed itself."""
        if len(line.before) != 1 or len(line.now) != 1:
            return True
        return self._same[line.before[0].unit.id] != line.now[0].unit.id


def _ordered(lines: Iterable[Line]) -> list[Line]:
    """By block, in the order of the list of units, those without a unit today last."""
    blocks = list(Block)
    return sorted(lines, key=lambda each: (blocks.index(each.block), not each.now))
