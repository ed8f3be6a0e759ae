"""The days that a report is about, what messages and the log call it, and what it calls its units."""

from collections import Counter
from collections.abc import Mapping

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


def unit_names(counted: Counted) -> Mapping[int, str]:
    """Row of the register → name of each unit in force; where names recur, with the district or the code, as the
    sentences of the report write them."""
    recurring = Counter(line.unit.name for line in counted.rollup.units)
    return {
        unit.id: f"{unit.name} ({district_of(counted, unit.id) or unit.code})"
        if recurring[unit.name] > 1
        else unit.name
        for unit in (line.unit for line in counted.rollup.units)
    }
