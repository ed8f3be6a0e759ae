"""Conversion from one edition to the next: a unit's status, its progress, the baseline (RULES §4).

All functions look at one unit through its `History`; counting over units is in `rollup`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from isoaudit.domain.declaration import current_edition, declares, has_declared, up_to
from isoaudit.domain.facts import Declaration, Milestone, value
from isoaudit.domain.standard import DECLARED, Conversion, Standard
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import Status

_EXEMPT, _CONVERTED, _NEWLY_APPLIED, _CONVERTING, _NOT_CONVERTED = (
    Status.EXEMPT,
    Status.CONVERTED,
    Status.NEWLY_APPLIED,
    Status.CONVERTING,
    Status.NOT_CONVERTED,
)


@value
class Past:
    """What a predecessor declared, in order; `ended_on` is its first day out of force, None while it goes on.

    `last_day` is the day on which its state passed into history (`Predecessor.last_day`).
    """

    declarations: Sequence[Declaration]
    ended_on: date | None
    last_day: date


@value
class History:
    """What a unit has behind it on a day: its own declarations up to then, in order, and its predecessors'.

    `edition` is its current edition.
    """

    declarations: Sequence[Declaration]
    predecessors: Sequence[Past] = ()
    edition: str | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edition", current_edition(self.declarations))


@dataclass(frozen=True, slots=True)
class Target:
    """A conversion A → B seen against the order of the editions."""

    conversion: Conversion
    editions: Mapping[str, Standard]
    typed_in: frozenset[str] = field(init=False)
    """The codes of all steps but `declared`."""
    _older: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        order = self.editions[self.conversion.to_edition].order
        older = (key for key, each in self.editions.items() if each.order < order)
        object.__setattr__(self, "typed_in", frozenset(step.code for step in self.conversion.steps) - {DECLARED})
        object.__setattr__(self, "_older", frozenset(older))

    def reached(self, edition: str | None) -> bool:
        """Whether this edition is B or later."""
        return edition is not None and edition not in self._older

    def older(self, edition: str) -> bool:
        """Whether this edition is older than B."""
        return edition in self._older


def step_dates(milestones: Iterable[Milestone], conversion: Conversion, day: date) -> dict[str, date]:
    """The steps achieved by that day by milestones, each with its day; the earliest counts.

    The step `declared` is not typed in (`achieved` adds it) and steps that the conversion lacks count nowhere.
    """
    dates: dict[str, date] = {}
    for each in milestones:
        if each.conversion == conversion.id and each.on <= day:
            dates[each.step] = min(each.on, dates.get(each.step, each.on))
    return {step.code: dates[step.code] for step in conversion.steps if step.code in dates and step.code != DECLARED}


def achieved(milestones: Sequence[Milestone], edition: str | None, target: Target, day: date) -> frozenset[str]:
    """The codes of the steps achieved; `declared` while the current edition is B or later."""
    conversion = target.conversion
    made = {each.step for each in milestones if each.on <= day and each.conversion == conversion.id}
    made &= target.typed_in
    if target.reached(edition):
        made.add(DECLARED)
    return frozenset(made)


def missing_steps(steps: Collection[str], conversion: Conversion) -> tuple[str, ...]:
    """The codes of all steps not achieved, in the order of work."""
    return tuple(step.code for step in conversion.steps if step.code not in steps)


def weights(steps: Collection[str], conversion: Conversion) -> tuple[int, int]:
    """The weight achieved and the weight of all steps: progress is their ratio."""
    return (
        sum(step.weight for step in conversion.steps if step.code in steps),
        sum(step.weight for step in conversion.steps),
    )


def status_of(history: History, steps: Collection[str], target: Target, *, exempt: bool) -> Status:
    """The conversion status: the first line of the table that fits."""
    if exempt:
        return _EXEMPT
    edition = history.edition
    if edition is not None:
        if target.reached(edition):
            return _CONVERTED if _came_from_older(history, target) else _NEWLY_APPLIED
        return _CONVERTING if steps else _NOT_CONVERTED
    if any(declares(each) for each in history.declarations):
        return Status.STOPPED
    if any(current_edition(up_to(past.declarations, past.last_day)) for past in history.predecessors):
        return Status.TO_REDECLARE
    return Status.BUILDING if steps else Status.NOT_STARTED


def _came_from_older(history: History, target: Target) -> bool:
    """Whether the unit or a predecessor declared an older edition before the unit's first one of B or
    later.
    """
    first = next(each for each in history.declarations if declares(each))
    if target.older(first.edition):
        return True
    before = (first.on, first.entry)
    return any(
        declares(each) and (each.on, each.entry) < before and target.older(each.edition)
        for past in history.predecessors
        for each in past.declarations
    )


def converted_on(declarations: Sequence[Declaration], target: Target) -> date | None:
    """Since when these declarations of one unit, in order, hold B or later without a break; None when they do not.
    Declaring it once more changes nothing; after a withdrawal it begins anew.
    """
    since, edition = None, None
    for each in declarations:
        if declares(each):
            edition = each.edition
        elif each.edition == edition:
            edition = None
        since = (since or each.on) if target.reached(edition) else None
    return since


def is_overdue(status: Status, edition: str | None, editions: Mapping[str, Standard], day: date) -> bool:
    """Whether a unit that has not converted holds an edition that is no longer accepted ("quá hạn chuyển
    đổi").
    """
    if status is not _NOT_CONVERTED or edition is None:
        return False
    until = editions[edition].accepted_until
    return until is not None and day > until


def in_baseline(history: History, conversion: Conversion, day: date) -> bool:
    """Whether a unit in force on `day` belongs to those that had to convert (số thuộc diện chuyển đổi).

    It does when it, or a predecessor, had a current edition on the baseline day (on `day`, if that is
    earlier; on the predecessor's last day, if it ended before) and had declared A by then. (reading: a
    conversion without a baseline day has no baseline.)
    """
    if conversion.baseline is None:
        return False
    looked_at = min(conversion.baseline, day)
    if _had_to_convert(history.declarations, conversion, looked_at):
        return True
    return any(
        _had_to_convert(past.declarations, conversion, _within_life(past, looked_at)) for past in history.predecessors
    )


def _had_to_convert(declarations: Sequence[Declaration], conversion: Conversion, day: date) -> bool:
    by_then = up_to(declarations, day)
    return bool(by_then) and current_edition(by_then) is not None and has_declared(by_then, conversion.from_edition)


def _within_life(past: Past, day: date) -> date:
    return past.ended_on - ONE_DAY if past.ended_on is not None and past.ended_on <= day else day
