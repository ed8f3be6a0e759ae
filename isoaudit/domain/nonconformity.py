"""Nonconformities: their life, the deadline in force, and the counts of a period (RULES §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.facts import Deadline, NonconformityFact
from isoaudit.domain.ledger import by_day
from isoaudit.domain.period import Period
from isoaudit.domain.vocabulary import Grade, Mode, NonconformityState, Outcome

_OPEN, _ANSWERED, _IMPLEMENTED, _CLOSED = NonconformityState
_MAJOR, _SELF = Grade.MAJOR, Mode.SELF
NEXT_STATES: dict[NonconformityState, frozenset[NonconformityState]] = {
    _OPEN: frozenset({_ANSWERED}),
    _ANSWERED: frozenset({_ANSWERED, _IMPLEMENTED}),
    _IMPLEMENTED: frozenset({_ANSWERED, _CLOSED}),
    _CLOSED: frozenset(),
}
"""Where a nonconformity may go by its own steps; by document it may also be closed from anywhere before."""


def refuse_step(
    state: NonconformityState, to: NonconformityState, outcome: Outcome | None = None, *, record: str = ""
) -> None:
    """Raise Conflict when the step does not exist, Invalid when closing names no outcome.

    Closing as `verified` asks for `implemented`; `transferred` and `ended_with_unit` close from every state.
    `record` names the nonconformity in the message.
    """
    if to is _CLOSED and outcome is None:
        raise Invalid("nonconformity.outcome_missing", record=record, field="outcome")
    by_document = to is _CLOSED and outcome is not Outcome.VERIFIED and state is not _CLOSED
    if not by_document and to not in NEXT_STATES[state]:
        raise Conflict(
            "nonconformity.step",
            record=record,
            state_vi=state.vi,
            state_en=state.en,
            to_vi=to.vi,
            to_en=to.en,
        )


def is_counted(fact: NonconformityFact) -> bool:
    """Whether it counts at all: raised by a minuted audit that is not a self-assessment."""
    return fact.mode is not _SELF


def closed_by(fact: NonconformityFact, day: date) -> bool:
    """Whether it was closed by the end of that day; never before it was raised."""
    return fact.closed_on is not None and max(fact.closed_on, fact.raised_on) <= day


def is_open(fact: NonconformityFact, day: date) -> bool:
    """Whether it was raised by that day and not yet closed at its end."""
    return fact.raised_on <= day and not closed_by(fact, day)


def with_major_open(facts: Iterable[NonconformityFact], day: date) -> frozenset[int]:
    """The register rows under which a counted major nonconformity is open on that day."""
    return frozenset(each.unit_id for each in facts if each.grade is _MAJOR and is_counted(each) and is_open(each, day))


def deadline(fact: NonconformityFact, day: date) -> date | None:
    """The deadline in force on that day."""
    return deadline_of(fact.deadlines, day)


def deadline_of(deadlines: Iterable[Deadline], day: date) -> date | None:
    """Of a history of deadlines the one in force on that day: the one set last by then."""
    last: Deadline | None = None
    for each in deadlines:
        if each.on <= day and (last is None or by_day(each) > by_day(last)):
            last = each
    return None if last is None else last.due


@dataclass(frozen=True, slots=True)
class Setting:
    """An event that set a deadline on the day `on`, as the record numbers its events: `raised`, `extended`, `reopened`
    or `changed`, which is what later minutes or a notice said of one that stood already; they may take its deadline
    back (`due` None)."""

    number: int
    what: str
    on: date
    due: date | None


def deadlines_set(settings: Iterable[Setting]) -> tuple[Deadline, ...]:
    """The history of deadlines that events add up to.

    What is raised, or reopened, begins anew. A change counts from its own day and replaces what earlier minutes said of
    later days; a deadline that was extended beyond it holds on.
    """
    found: list[tuple[Deadline, bool]] = []
    for each in sorted(settings, key=lambda setting: setting.number):
        extends = each.what == "extended"
        if each.what in ("raised", "reopened"):
            found.clear()
        elif not extends:
            due = each.due or date.min
            found = [
                (old, extended)
                for old, extended in found
                if (extended and old.due > due) or (each.due is not None and old.on <= each.on)
            ]
        if each.due is not None:
            longer = [old.due for old, extended in found if extended and old.on <= each.on and not extends]
            found.append((Deadline(each.on, max([each.due, *longer]), each.number), extends))
    return tuple(old for old, _extended in found)


def is_overdue(fact: NonconformityFact, day: date) -> bool:
    """Whether it is open on that day and its deadline has passed; the day of the deadline itself is in
    time.
    """
    due = deadline(fact, day)
    return due is not None and due < day and is_open(fact, day)


def first_deadline(on: date, due: date | None) -> tuple[Deadline, ...]:
    """The history of a deadline that was never extended; empty for an imported one without."""
    return () if due is None else (Deadline(on, due),)


@dataclass(frozen=True, slots=True)
class NonconformityCounts:
    """opening + raised − closed = closing; `overdue`, `without_deadline` and `major` are parts of `closing`."""

    opening: int = 0
    raised: int = 0
    closed: int = 0
    closing: int = 0
    overdue: int = 0
    without_deadline: int = 0
    major: int = 0


def count(facts: Iterable[NonconformityFact], period: Period, day: date) -> NonconformityCounts:
    """The counts from the period's first day to `day`, both inclusive."""
    opening = raised = closed = closing = overdue = without = major = 0
    for each in facts:
        if not is_counted(each) or each.raised_on > day:
            continue
        open_now = not closed_by(each, day)
        if each.raised_on >= period.first:
            raised += each.number
            closed += 0 if open_now else each.number
        elif each.closed_on is None or each.closed_on >= period.first:
            opening += each.number
            closed += 0 if open_now else each.number
        if open_now:
            due = deadline(each, day)
            closing += each.number
            without += each.number if due is None else 0
            overdue += each.number if due is not None and due < day else 0
            major += each.number if each.grade is _MAJOR else 0
    return NonconformityCounts(opening, raised, closed, closing, overdue, without, major)
