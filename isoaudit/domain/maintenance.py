"""Whether a unit keeps up its system in a year (thực hiện đúng việc duy trì, cải tiến; RULES §5)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from isoaudit.domain.facts import Activity, MaintenanceCondition
from isoaudit.domain.vocabulary import ActivityKind, Maintained

_FAILING, _NOT_DUE, _VERIFIED, _REPORTED = (
    Maintained.FAILING,
    Maintained.NOT_DUE,
    Maintained.VERIFIED,
    Maintained.REPORTED,
)


def unmet(
    conditions: Sequence[MaintenanceCondition], activities: Iterable[Activity], year: int, day: date
) -> tuple[MaintenanceCondition, ...]:
    """The conditions without an activity for that year done by that day, in the order of the conditions."""
    done = {each.kind for each in activities if each.year == year and each.on <= day}
    return tuple([each for each in conditions if each.kind not in done])


def due_day(condition: MaintenanceCondition, year: int) -> date:
    """The day by which the condition has to be met in that year."""
    return date(year, condition.month, condition.day)


def maintained(
    lacking: Collection[MaintenanceCondition], year: int, day: date, *, major_open: bool, audited: bool
) -> Maintained:
    """The value for a unit to which the question applies (one with an edition on 1 January, not exempt)."""
    if major_open or any(due_day(each, year) < day for each in lacking):
        return _FAILING
    if lacking:
        return _NOT_DUE
    return _VERIFIED if audited else _REPORTED


def missing_kinds(lacking: Iterable[MaintenanceCondition]) -> tuple[ActivityKind, ...]:
    """The activities that are lacking.

    (reading: an open major nonconformity makes the unit `failing` but is no activity, so it is not listed.)
    """
    return tuple([each.kind for each in lacking])
