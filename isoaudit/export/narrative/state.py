"""The units on which what is difficult, proposed and planned rests, looked up once for sections VI to VIII."""

from isoaudit.domain.vocabulary import Maintained, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.inspections import overdue_units
from isoaudit.export.narrative.phrases import obliged_where, units_where
from isoaudit.export.narrative.reading import last_day_to_keep_up, reported_period


class State:
    """The units behind the sentences of assessment, proposals and next year's tasks."""

    def __init__(self, content: ReportContent) -> None:
        behind = (Status.NOT_CONVERTED, Status.CONVERTING) if content.conversion.baseline else ()
        self.old = [name for status in behind for name in units_where(content, status=status)]
        self.failing = units_where(content, maintained=Maintained.FAILING)
        self.idle = obliged_where(content, Status.NOT_STARTED)
        self.building = units_where(content, status=Status.BUILDING)
        self.stopped = units_where(content, status=Status.STOPPED)
        self.again = list(
            dict.fromkeys(
                [*units_where(content, status=Status.TO_REDECLARE), *units_where(content, redeclaration_due=True)]
            )
        )
        waiting = units_where(content, maintained=Maintained.NOT_DUE)
        ends = last_day_to_keep_up(content)
        self.waiting, self.lacking = ([], waiting) if ends else (waiting, [])
        self.late = overdue_units(content, in_force=True)
        self.open: int = content.rollup["nonconformities"]["closing"]
        self.overdue: int = content.rollup["nonconformities"]["overdue"]
        self.declared: int = content.rollup["total"]["declared"]
        self.to = content.conversion.to_name
        rows = [row for row in content.years.reports if row.owed > row.waiting]  # those that are due
        last = rows[-1].period if rows else ""
        self.unsent_period = reported_period(last)
        self.unsent = [each.unit for row in rows if row.period == last for each in row.late if not each.sent]
