"""Which row of the register a code means on a day (CONTRACT §3): the register as it will stand after the import.

The installation's province is looked at first; a code that it does not have on that day may belong to a unit of
another province (a predecessor from before a merger), when only one province has it. (reading: the contract gives
sheets no province but that of `units`.)
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Province, Unit
from isoaudit.domain.corrections import CorrectionKind, plain
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.services.importing.job import Held, HeldUnit, RowCheck

_ONE_DAY = timedelta(days=1)
_MOST_NAMED = 10
"""So many units of one name are told in a message."""


class UnitBook:
    """Every unit by code. `broken` holds codes whose own row of the sheet is wrong: rows that name them are set aside
    without a second refusal."""

    def __init__(self, units: Iterable[HeldUnit], home: Held) -> None:
        self.home = home
        self.by_id: dict[int, HeldUnit] = {}
        self.by_code: dict[str, list[HeldUnit]] = {}
        self.broken: set[str] = set()
        self._found: dict[tuple[str, date], HeldUnit | str] = {}
        self._by_name: dict[str, list[HeldUnit]] = {}
        for unit in units:
            self.add(unit)

    def add(self, unit: HeldUnit) -> None:
        """One more unit; the new rows of the sheet are added before anything is looked up."""
        if unit.id is not None:
            self.by_id[unit.id] = unit
        self.by_code.setdefault(unit.code, []).append(unit)
        self._by_name.clear()

    def agencies(self) -> set[str]:
        """The codes of the agencies: the signs of their documents."""
        return {unit.code for units in self.by_code.values() for unit in units if unit.kind == UnitKind.AGENCY}

    def label(self, unit_id: int | None) -> str:
        """How a message names a standing unit."""
        unit = self.by_id.get(unit_id) if unit_id is not None else None
        return unit.label if unit else ""

    def of_row(self, check: RowCheck, attribute: str, day: date | None) -> HeldUnit | None:
        """The unit that this attribute of a row names on `day`; refuses an unknown or ambiguous one."""
        code = check.values[attribute]
        if code is None or day is None:
            return None
        key = (code, day)
        if key not in self._found:
            self._found[key] = self._look(code, day)
        found = self._found[key]
        if isinstance(found, HeldUnit):
            return found
        named = self._named(code, day) if code not in self.by_code else []
        if len(named) == 1:
            check.understood(CorrectionKind.UNIT, attribute, named[0].label)
            return named[0]
        self._refuse(check, attribute, code, day, found, named)
        return None

    def eve(self, check: RowCheck, attribute: str, day: date | None) -> HeldUnit | None:
        """The unit that the attribute names on the day before."""
        return self.of_row(check, attribute, None if day is None else day - _ONE_DAY)

    def parent(self, check: RowCheck, child: HeldUnit) -> HeldUnit | None:
        """The unit above: on the child's first day, or on the first later day on which one of that code exists; the
        child's own province first."""
        code = check.values["parent"]
        if code is None:
            return None
        found = self._above(code, child)
        if isinstance(found, HeldUnit):
            return found
        named = [each for each in self._so_named(code) if each is not child] if code not in self.by_code else []
        codes = {each.code for each in named}
        if len(codes) == 1 and isinstance(above := self._above(codes.pop(), child), HeldUnit):
            check.understood(CorrectionKind.UNIT, "parent", above.label)
            return above
        self._refuse(check, "parent", code, child.valid_from, found, [e for e in named if e.in_force(child.valid_from)])
        return None

    def _above(self, code: str, child: HeldUnit) -> HeldUnit | str:
        units = [each for each in self.by_code.get(code, ()) if each is not child]
        groups: tuple[Callable[[HeldUnit], bool], ...] = (
            lambda unit: unit.province is child.province,
            lambda unit: unit.province is self.home,
            lambda unit: True,
        )
        for belongs in groups:
            near = [each for each in units if belongs(each)]
            found = [each for each in near if each.in_force(child.valid_from)]
            if not found:
                later = [each for each in near if each.valid_from > child.valid_from]
                first = min((each.valid_from for each in later), default=None)
                found = [each for each in later if each.valid_from == first]
            if found:
                one_province = len({id(each.province) for each in found}) == 1
                return found[0] if one_province else "importing.unit_ambiguous"
        return "importing.parent_unknown"

    def _named(self, name: str, day: date) -> list[HeldUnit]:
        """The units of that name, or of that code in other letters, on a day; the installation's province first."""
        standing = [unit for unit in self._so_named(name) if unit.in_force(day)]
        return [unit for unit in standing if unit.province is self.home] or standing

    def _so_named(self, name: str) -> list[HeldUnit]:
        if not self._by_name:
            for unit in (each for units in self.by_code.values() for each in units):
                for key in {plain(unit.name), plain(unit.code)}:
                    self._by_name.setdefault(key, []).append(unit)
        return self._by_name.get(plain(name), [])

    def _look(self, code: str, day: date) -> HeldUnit | str:
        standing = [unit for unit in self.by_code.get(code, ()) if unit.in_force(day)]
        home = [unit for unit in standing if unit.province is self.home]
        if home:
            return home[0]
        if not standing:
            return "importing.unit_unknown"
        return standing[0] if len(standing) == 1 else "importing.unit_ambiguous"

    def _refuse(
        self, check: RowCheck, attribute: str, code: str, day: date, why: str, named: Sequence[HeldUnit]
    ) -> None:
        """Nothing, or more than one unit, has this code or name: `named` are those of that name on the day."""
        if code in self.broken:
            check.bad = True
            return
        on = short_date(day)
        once = [] if code in self.by_code else self._so_named(code)
        if len(named) > 1:
            units = _some([self._placed(each) for each in sorted(named, key=lambda each: each.code)])
            check.refuse("importing.unit_named_twice", attribute, code, day=on, count=len(named), units=units)
        elif once:
            periods = _some([self._period(each, each.label) for each in sorted(once, key=lambda u: u.valid_from)])
            check.refuse("importing.unit_named_otherwise", attribute, code, day=on, periods=periods)
        else:
            used = sorted(self.by_code.get(code, ()), key=lambda each: each.valid_from)
            periods = "; ".join(self._period(each, each.name) for each in used)
            check.refuse(why, attribute, code, day=on, periods=periods or "không có", periods_en=periods or "never")

    def _placed(self, unit: HeldUnit) -> str:
        """A unit with what tells it from others of its name: the unit above, and a province other than the own."""
        within = ([unit.parent.name] if unit.parent else []) + (
            [] if unit.province is self.home else [unit.province.label]
        )
        return f"{unit.label} ({', '.join(within)})" if within else unit.label

    def _period(self, unit: HeldUnit, name: str) -> str:
        """When a unit had its code and name; a unit of another province with that province."""
        until = short_date(unit.valid_to - _ONE_DAY) if unit.valid_to else "…"
        where = "" if unit.province is self.home else f" ({unit.province.label})"
        return f"{name}{where}: {short_date(unit.valid_from)} – {until}"


def standing_units(session: Session, provinces: dict[str, Held]) -> list[HeldUnit]:
    """Every unit of the database, with the units above them."""
    by_id = {held.id: held for held in provinces.values()}
    rows = session.execute(
        select(
            Unit.id, Unit.province_id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.valid_from, Unit.valid_to
        )
    )
    units = [
        HeldUnit(
            row.id,
            unit_label(row.code, row.name),
            province=by_id[row.province_id],
            code=row.code,
            name=row.name,
            kind=row.kind,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            parent_id=row.parent_id,
        )
        for row in rows
    ]
    known = {unit.id: unit for unit in units}
    for unit in units:
        unit.parent = known.get(unit.parent_id)
    return units


def standing_provinces(session: Session, home: str) -> tuple[dict[str, Held], Held]:
    """Every province by name, and the installation's, whether its row stands yet or not."""
    provinces = {row.name: Held(row.id, row.name) for row in session.scalars(select(Province))}
    return provinces, provinces.setdefault(home, Held(None, home))


def unit_label(code: str, name: str) -> str:
    """How messages name a unit."""
    return f"{code} {name}"


def _some(told: list[str]) -> str:
    """The first of them, parted by semicolons; "…" stands for those left out."""
    return "; ".join(told[:_MOST_NAMED] + ["…"] * (len(told) > _MOST_NAMED))
