"""The facts of each unit, in the order of their days, gathered along its chain of register rows.

Indexed once, so that no rule walks through all facts; what the facts mean is in the modules of the rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Protocol, TypeVar

from isoaudit.domain.facts import Declaration, Facts


class OfUnit(Protocol):
    """A fact that belongs to a row of the register."""

    @property
    def unit_id(self) -> int:
        """The id of that row."""
        ...

    @property
    def entry(self) -> int:
        """The number under which it was entered."""
        ...


Fact = TypeVar("Fact", bound=OfUnit)
Index = Mapping[int, Sequence[Fact]]

by_day = attrgetter("on", "entry")
by_entry = attrgetter("entry")


def by_unit(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    """The facts of each register row."""
    index: defaultdict[int, list[Fact]] = defaultdict(list)
    for each in facts:
        index[each.unit_id].append(each)
    return dict(index)


def gather(index: Index[Fact], rows: Sequence[int]) -> Sequence[Fact]:
    """The facts of the unit that these rows are."""
    if len(rows) == 1:
        return index.get(rows[0], ())
    return [each for row in rows for each in index.get(row, ())]


class Ledger:
    """All facts of units, by register row."""

    def __init__(self, facts: Facts) -> None:
        self.exemptions = by_unit(facts.exemptions)
        self.obligations = by_unit(facts.obligations)
        self.milestones = by_unit(facts.milestones)
        self.activities = by_unit(facts.activities)
        self.procedures = by_unit(facts.procedures)
        self._declarations = by_unit(facts.declarations)
        for declarations in self._declarations.values():
            if len(declarations) > 1:
                declarations.sort(key=by_day)

    def declarations(self, rows: Sequence[int], day: date) -> list[Declaration]:
        """The unit's declarations up to that day, in order (same day: as entered)."""
        found = [each for each in gather(self._declarations, rows) if each.on <= day]
        if len(rows) > 1:
            found.sort(key=by_day)
        return found
