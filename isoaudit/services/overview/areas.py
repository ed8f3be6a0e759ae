"""In which area each unit of a roll-up lies: its district, or the former district of the units that it came from.

Districts ended on 01/7/2025; who reads a list of communes by area still thinks in them. A unit that came from several
is put where most of its predecessors lay.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Succession, Unit
from isoaudit.domain.figures import Rollup
from isoaudit.domain.vocabulary import Block, UnitKind


@dataclass(frozen=True, slots=True)
class Areas:
    """Unit of the commune block → the name of its area, for those that have one; `former`: the areas are districts that
    are no more, of some or of all."""

    of_unit: Mapping[int, str]
    former: bool


def areas(session: Session, rollup: Rollup) -> Areas:
    """The areas of the units of the commune block; two queries."""
    communes = [line.unit for line in rollup.units if line.block is Block.COMMUNE]
    if not communes:
        return Areas({}, former=False)
    units = {
        row.id: row
        for row in session.execute(select(Unit.id, Unit.name, Unit.sort_key, Unit.kind, Unit.parent_id, Unit.valid_to))
    }
    before: dict[int, list[int]] = {}
    for predecessor, successor in session.execute(
        select(Succession.predecessor_id, Succession.successor_id).where(Succession.on_day <= rollup.as_of)
    ):
        before.setdefault(successor, []).append(predecessor)

    def district(unit_id: int) -> int | None:
        parent = units[unit_id].parent_id if unit_id in units else None
        return parent if parent in units and units[parent].kind is UnitKind.DISTRICT else None

    order = {key: row.sort_key for key, row in units.items()}
    found: dict[int, str] = {}
    former = False
    for unit in communes:
        place = district(unit.id)
        if place is None:
            place = _most(_districts_before(unit.id, before, district), order)
        if place is not None:
            found[unit.id] = units[place].name
            former = former or _ended(units[place].valid_to, rollup.as_of)
    return Areas(found, former)


def _ended(valid_to: date | None, day: date) -> bool:
    return valid_to is not None and valid_to <= day


def _districts_before(
    unit_id: int, before: Mapping[int, list[int]], district: Callable[[int], int | None]
) -> Counter[int]:
    """The districts in which the units before it lay, each counted once for every such unit; the nearest in time."""
    seen, waiting, found = {unit_id}, list(before.get(unit_id, ())), Counter[int]()
    for each in waiting:
        if each in seen:
            continue
        seen.add(each)
        place = district(each)
        if place is None:
            waiting.extend(before.get(each, ()))
        else:
            found[place] += 1
    return found


def _most(found: Counter[int], order: Mapping[int, str]) -> int | None:
    return min(found, key=lambda key: (-found[key], order[key])) if found else None
