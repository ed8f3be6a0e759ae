"""Which units of a later day lie on the land of one of an earlier day, along the successions between them; and which
successions those are when the earlier list was frozen. How their figures are compared is `comparison`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from isoaudit.domain.facts import Succession, Unit
from isoaudit.domain.figures import Rollup
from isoaudit.domain.unit import in_force
from isoaudit.domain.vocabulary import Relation


def reached(key: int, successions: Mapping[int, Sequence[Succession]], here: Callable[[int], bool]) -> tuple[int, ...]:
    """The rows of the later day on which the land of a row of the earlier day lies. `successions` by predecessor; what
    a unit passes on before it took this one in does not concern it. (reading: on one day, all successions count.)"""
    found: list[int] = [key] if here(key) else []
    waiting: list[tuple[int, date]] = [(key, date.min)]
    seen = {key}
    for row, since in waiting:
        for each in successions.get(row, ()):
            if each.on >= since and each.successor_id not in seen:
                seen.add(each.successor_id)
                waiting.append((each.successor_id, each.on))
                if here(each.successor_id):
                    found.append(each.successor_id)
    return tuple(found)


def goes_on(key: int, successions: Mapping[int, Sequence[Succession]], here: Callable[[int], bool]) -> int | None:
    """The row of the later day that is the same unit: itself, or the end of its chain of `continued`."""
    seen = {key}
    while not here(key):
        later = [each.successor_id for each in successions.get(key, ()) if each.relation is Relation.CONTINUED]
        if not later or later[0] in seen:
            return None
        key = later[0]
        seen.add(key)
    return key


class TypedLater:
    """Tells the successions of a frozen list's day or before that the list does not know. A list of today's data has
    none: who had passed into another by its day is not on it, and who had come of another is."""

    def __init__(self, before: Rollup, register: Mapping[int, Unit]) -> None:
        """`register`: the units that they tell of, as known now, by id; one that is missing tells nothing."""
        self._before = before
        self._listed = {line.unit.id for line in before.units}
        self._register = register

    def holds(self, each: Succession) -> bool:
        """Whether it ended its predecessor, which then is on the list wrongly or not at all; or made one that should be
        on the list and is not."""
        old, new = self._register.get(each.predecessor_id), self._register.get(each.successor_id)
        if old is not None and old.valid_to is not None and old.valid_to <= each.on:
            return True
        if new is None or new.id in self._listed:
            return False
        return new.province == self._before.province and in_force(new, self._before.as_of)
