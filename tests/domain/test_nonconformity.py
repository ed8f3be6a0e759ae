"""Nonconformities (RULES §7) and result levels of tasks (§8)."""

from datetime import date

import pytest

from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.evaluation import result_level
from isoaudit.domain.facts import Deadline, NonconformityFact, TaskFact
from isoaudit.domain.messages import say
from isoaudit.domain.nonconformity import NonconformityCounts, count, deadline, is_overdue, refuse_step
from isoaudit.domain.period import Period
from isoaudit.domain.vocabulary import Grade, Mode, NonconformityState, Outcome, Relation, ResultLevel
from tests.domain.conftest import DAY, World

EVE, NEW_YEAR, SPRING, LATER = date(2019, 12, 31), date(2020, 1, 1), date(2020, 3, 1), date(2020, 11, 19)


def one(raised: date, closed: date | None = None, *deadlines: Deadline, mode: Mode = Mode.ON_SITE) -> NonconformityFact:
    return NonconformityFact(1, 1, mode, Grade.MINOR, raised, deadlines, closed)


@pytest.mark.parametrize(
    ("fact", "counts"),
    [
        (one(EVE), (1, 0, 0, 1)),
        (one(EVE, EVE), (0, 0, 0, 0)),
        (one(EVE, NEW_YEAR), (1, 0, 1, 0)),
        (one(NEW_YEAR), (0, 1, 0, 1)),
        (one(SPRING, DAY), (0, 1, 1, 0)),
        (one(SPRING, LATER), (0, 1, 0, 1)),
        (one(SPRING, EVE), (0, 1, 1, 0)),  # never closed before it was raised: the balance holds
        (one(LATER), (0, 0, 0, 0)),
        (one(SPRING, mode=Mode.SELF), (0, 0, 0, 0)),
        (one(SPRING, mode=Mode.FILES), (0, 1, 0, 1)),
    ],
)
def test_opening_and_raised_less_closed_are_closing(fact: NonconformityFact, counts: tuple[int, ...]) -> None:
    found = count([fact], Period.of_year(2020), DAY)
    assert (found.opening, found.raised, found.closed, found.closing) == counts
    assert found.opening + found.raised - found.closed == found.closing
    assert found.without_deadline == found.closing


def test_the_deadline_in_force_is_the_one_set_last_by_then() -> None:
    fact = one(SPRING, None, Deadline(DAY, LATER, 2), Deadline(SPRING, date(2020, 4, 1), 1), Deadline(DAY, DAY, 3))
    assert [deadline(fact, day) for day in (NEW_YEAR, SPRING, DAY)] == [None, date(2020, 4, 1), DAY]
    assert [is_overdue(fact, day) for day in (date(2020, 4, 1), date(2020, 4, 2), DAY, LATER)] == [
        False,
        True,
        False,
        True,
    ]
    assert not is_overdue(one(SPRING, DAY, Deadline(SPRING, SPRING)), DAY)


def test_all_units_of_the_province_count_in_force_or_not(world: World) -> None:
    world.unit("gone", end=SPRING)
    world.unit("exempt")
    world.exempt("exempt", NEW_YEAR)
    world.unit("moved", end=SPRING)
    world.unit("elsewhere", start=SPRING)
    world.succeed("moved", "elsewhere", Relation.CONTINUED, SPRING)
    for code in ("gone", "exempt", "moved"):
        world.raise_one(code, Grade.MINOR, NEW_YEAR, deadlines=(Deadline(NEW_YEAR, SPRING),))
    assert world.rollup().nonconformities == NonconformityCounts(0, 3, 0, 3, 3, 0)


@pytest.mark.parametrize(
    ("state", "to", "outcome", "refusal"),
    [
        ("open", "answered", None, None),
        ("answered", "implemented", None, None),
        ("implemented", "closed", Outcome.VERIFIED, None),
        ("implemented", "answered", None, None),
        ("open", "closed", Outcome.TRANSFERRED, None),
        ("answered", "closed", Outcome.ENDED_WITH_UNIT, None),
        ("open", "closed", Outcome.VERIFIED, Conflict),
        ("open", "implemented", None, Conflict),
        ("implemented", "closed", None, Invalid),
        ("closed", "closed", Outcome.TRANSFERRED, Conflict),
        ("closed", "answered", None, Conflict),
    ],
)
def test_the_life_of_a_nonconformity(
    state: str, to: str, outcome: Outcome | None, refusal: type[Conflict | Invalid] | None
) -> None:
    step = NonconformityState(state), NonconformityState(to), outcome
    if refusal is None:
        refuse_step(*step)
    else:
        with pytest.raises(refusal) as refused:
            refuse_step(*step, record="K1/B-7.2-01")
        assert "K1/B-7.2-01" in say(refused.value)


@pytest.mark.parametrize(
    ("task", "level"),
    [
        (TaskFact(1, 2020, DAY, DAY, True), "done_well"),
        (TaskFact(1, 2020, None, SPRING, True), "done_well"),
        (TaskFact(1, 2020, DAY, DAY, False), "done"),
        (TaskFact(1, 2020, None, SPRING, None), "done"),
        (TaskFact(1, 2020, SPRING, DAY, True), "done_late"),
        (TaskFact(1, 2020, SPRING, DAY, False), "not_done"),
        (TaskFact(1, 2020, None, None), "in_progress"),
        (TaskFact(1, 2020, DAY, None), "in_progress"),
        (TaskFact(1, 2020, DAY, LATER, True), "in_progress"),
        (TaskFact(1, 2020, SPRING, None), "not_done"),
        (TaskFact(1, 2020, SPRING, LATER, True), "not_done"),
        (TaskFact(1, 2020, SPRING, None, None, ResultLevel.DONE), "done"),
    ],
)
def test_result_levels(task: TaskFact, level: str) -> None:
    assert result_level(task, DAY) == level
