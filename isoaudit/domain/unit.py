"""The register as of a day: which units are in force, which are one unit, which came before (RULES §2).

A chain of `continued` successions is one unit. It is followed backwards only, from a row of the register to
the rows that it continues: what happened to those counts as its own. Facts are gathered in `ledger`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isoaudit.domain.facts import Exemption, ObligationEntry, Succession, Unit
from isoaudit.domain.text import sort_key
from isoaudit.domain.vocabulary import BLOCK_OF, Block, Obligation, Relation

ONE_DAY = timedelta(days=1)
_COMMUNE, _ENCOURAGED, _MANDATORY = Block.COMMUNE, Obligation.ENCOURAGED, Obligation.MANDATORY
_PLACE = {block: place for place, block in enumerate(Block)}


def holds(start: date, end: date | None, day: date) -> bool:
    """Whether `day` lies in [start, end); no end means for ever."""
    return start <= day and (end is None or day < end)


def in_force(unit: Unit, day: date) -> bool:
    """Whether the unit exists on that day."""
    return holds(unit.valid_from, unit.valid_to, day)


def block_of(unit: Unit) -> Block:
    """The block under which the report counts the unit."""
    return BLOCK_OF[unit.kind]


def listed(unit: Unit) -> tuple[int, str, str, date, int]:
    """The key by which units are listed: block, Vietnamese order of names, then code and start."""
    order = unit.order or sort_key(unit.name)
    return _PLACE[BLOCK_OF[unit.kind]], order, unit.code, unit.valid_from, unit.id


def exempt_on(exemptions: Iterable[Exemption], day: date) -> Exemption | None:
    """The exemption in force on that day; of several, the one that began last."""
    standing = [each for each in exemptions if holds(each.start, each.end, day)]
    return max(standing, key=lambda each: (each.start, each.entry), default=None)


def obligation_on(unit: Unit, entries: Iterable[ObligationEntry], day: date) -> Obligation:
    """Whether the unit must apply the system on that day: by document, else by its block.

    (reading: of several entries in force, the one that began last; entered later on the same day.)
    """
    standing = [each for each in entries if holds(each.start, each.end, day)]
    if standing:
        return max(standing, key=lambda each: (each.start, each.entry)).level
    return _ENCOURAGED if block_of(unit) is _COMMUNE else _MANDATORY


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A unit that came before another along `absorbed`, `consolidated` or `split`.

    `rows` are the register rows that are this one unit, `ended_on` the first day on which it no longer
    existed, None while it goes on (a unit of which only a part was split off); `left_on` is the day on which
    it passed into its successor.
    """

    rows: tuple[int, ...]
    ended_on: date | None
    left_on: date

    def last_day(self, day: date) -> date:
        """Its last day as seen on `day`.

        (reading: for one that goes on after a split, the day before the split.)
        """
        ended = self.ended_on is not None and self.ended_on <= day
        return (self.ended_on if ended and self.ended_on else self.left_on) - ONE_DAY


class Register:
    """Units with their successions, answering for any day. A succession counts from its date."""

    def __init__(self, units: Iterable[Unit], successions: Iterable[Succession]) -> None:
        self.units = {unit.id: unit for unit in units}
        self._continues: dict[int, list[Succession]] = defaultdict(list)
        self._takes_over: dict[int, list[Succession]] = defaultdict(list)
        self._continued_by: dict[int, list[Succession]] = defaultdict(list)
        for each in sorted(successions, key=lambda each: (each.on, each.entry, each.predecessor_id)):
            if each.relation is Relation.CONTINUED:
                self._continues[each.successor_id].append(each)
                self._continued_by[each.predecessor_id].append(each)
            else:
                self._takes_over[each.successor_id].append(each)

    def rows(self, unit_id: int, day: date) -> tuple[int, ...]:
        """The ids of the register rows that are this unit on that day, its own first."""
        if unit_id not in self._continues:
            return (unit_id,)
        found = [unit_id]
        for row in found:
            for each in self._continues.get(row, ()):
                if each.on <= day and each.predecessor_id not in found:
                    found.append(each.predecessor_id)
        return tuple(found)

    def last_row(self, unit_id: int, day: date) -> int:
        """The row under which the unit goes on as of that day: the end of its chain."""
        seen = {unit_id}
        while True:
            later = [each for each in self._continued_by.get(unit_id, ()) if each.on <= day]
            if not later or later[-1].successor_id in seen:
                return unit_id
            unit_id = later[-1].successor_id
            seen.add(unit_id)

    def has_past(self, unit_id: int) -> bool:
        """Whether this row continues another one, or took something over."""
        return unit_id in self._continues or unit_id in self._takes_over

    def goes_on(self, unit_id: int, day: date) -> bool:
        """Whether another row continues this one by that day."""
        return any(each.on <= day for each in self._continued_by.get(unit_id, ()))

    def received(self, rows: Sequence[int], day: date) -> list[Succession]:
        """What the unit of these rows took over by that day: absorbed, consolidated, split off."""
        return [each for row in rows if row in self._takes_over for each in self._takes_over[row] if each.on <= day]

    def predecessors(self, rows: Sequence[int], day: date) -> list[Predecessor]:
        """Every unit that came before, transitively, as of that day.

        (reading: what a predecessor took over after it had passed into this unit is not this unit's past.)
        """
        if not self._takes_over:
            return []
        own = set(rows)
        found: dict[int, Predecessor] = {}
        for each in (waiting := self.received(rows, day)):
            key = each.predecessor_id
            if key in own or (key in found and found[key].left_on >= each.on):
                continue  # one that passed over in parts is gathered again as of its last part
            unit = self.units.get(key)
            its_rows = self.rows(key, each.on)
            found[key] = Predecessor(its_rows, unit.valid_to if unit else each.on, each.on)
            waiting.extend(self.received(its_rows, each.on))
        return list(found.values())
