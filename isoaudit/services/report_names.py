"""The days that a report is about, what messages and the log call it, and what it calls its units."""

from collections import Counter
from dataclasses import dataclass

from isoaudit.db import Report
from isoaudit.domain import report_period
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.period import Period
from isoaudit.domain.vocabulary import BLOCK_OF, Block, UnitKind
from isoaudit.services.rollup import Counted


def period_of(report: Report) -> Period:
    """The days that a report is about."""
    return Period(report.period_first, report.period_last)


def name_of(report: Report) -> str:
    """What messages call it: "năm 2020, tính đến ngày 18/11/2020"."""
    return f"{report_period.name(period_of(report))}, tính đến ngày {short_date(report.as_of)}"


def district_of(counted: Counted, unit_id: int) -> str:
    """The district of a commune by name; empty for every other unit, and where there is none."""
    units = counted.scope.register.units
    unit = units[unit_id]
    parent = units.get(unit.parent_id or 0)
    above = parent is not None and parent.kind is UnitKind.DISTRICT and BLOCK_OF[unit.kind] is Block.COMMUNE
    return parent.name if above and parent is not None else ""


@dataclass(frozen=True, slots=True)
class Called:
    """A unit as the report calls it, and its code; "" for one that is not in force on the day."""

    name: str
    code: str


class UnitsCalled:
    """What the report calls units by any of their rows of the register: one that goes on under another row as that one,
    whatever it was named before; where names recur, with the district or the code, as the sentences of the report write
    them."""

    def __init__(self, counted: Counted) -> None:
        self._register, self._day = counted.scope.register, counted.rollup.as_of
        units = [line.unit for line in counted.rollup.units]
        self._recurring = Counter(unit.name for unit in units)
        self._in_force = {
            unit.id: Called(
                f"{unit.name} ({district_of(counted, unit.id) or unit.code})"
                if self._recurring[unit.name] > 1
                else unit.name,
                unit.code,
            )
            for unit in units
        }

    def of(self, unit_id: int) -> Called:
        """The unit of this row."""
        row = self._register.last_row(unit_id, self._day)
        found = self._in_force.get(row)
        if found is not None:
            return found
        unit = self._register.units[row]
        return Called(f"{unit.name} ({unit.code})" if self._recurring[unit.name] else unit.name, "")
