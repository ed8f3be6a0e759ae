"""Status, progress and baseline of a conversion (RULES §4), through the roll-up."""

from collections.abc import Callable
from datetime import date

import pytest

from isoaudit.domain.conversion import Target, converted_on
from isoaudit.domain.figures import Counts
from isoaudit.domain.rollup import left_without_block, roll_up
from isoaudit.domain.vocabulary import Block, Status
from tests.domain.conftest import ABSORBED, CONSOLIDATED, CONTINUED, CONVERSION, DAY, EDITIONS, SPLIT, World

D2016, D2019, D2020 = date(2016, 5, 5), date(2019, 5, 5), date(2020, 5, 5)
MERGER = date(2020, 1, 1)


def merged(world: World, relation: object = CONSOLIDATED) -> World:
    """`old` passes into `a` on the day of the merger."""
    world.units.clear()
    world.unit("old", end=MERGER)
    world.unit("a", start=MERGER)
    world.succeed("old", "a", relation, MERGER)  # type: ignore[arg-type]
    return world


def declared(*made: tuple[int, date, str] | tuple[int, date]) -> Callable[[World], None]:
    def build(world: World) -> None:
        for edition, on, *kind in made:
            world.declare("a", edition, on, *kind)

    return build


@pytest.mark.parametrize(
    ("made", "since"),
    [
        ([(2015, D2019), (2015, D2020, "redeclare")], D2019),
        ([(2008, D2016), (2015, D2019), (2026, D2020)], D2019),
        ([(2015, D2016), (2015, D2019, "withdraw"), (2015, D2020)], D2020),
        ([(2015, D2016), (2008, D2019, "withdraw")], D2016),
        ([(2015, D2016), (2015, D2019, "withdraw")], None),
        ([(2008, D2016)], None),
    ],
)
def test_a_unit_has_converted_on_the_day_since_which_it_holds_the_edition(
    world: World, made: list[tuple[int, date, str] | tuple[int, date]], since: date | None
) -> None:
    world.unit("a")
    declared(*made)(world)
    facts = world.facts()
    assert converted_on(facts.declarations, Target(CONVERSION, EDITIONS)) == since


def exempted(world: World) -> None:
    world.declare("a", 2015, D2019)
    world.exempt("a", D2020)


def predecessor_was_older(world: World) -> None:
    merged(world)
    world.declare("old", 2008, D2016)
    world.declare("a", 2015, D2020)


def predecessor_was_at_b(world: World) -> None:
    merged(world)
    world.declare("old", 2015, D2019)
    world.declare("a", 2015, D2020)


def chain_was_older(world: World) -> None:
    merged(world, CONTINUED)
    world.declare("old", 2008, D2016)
    world.declare("a", 2015, D2020)


def with_step(world: World) -> None:
    world.declare("a", 2008, D2016)
    world.step("a", "plan", D2020)


def with_foreign_step(world: World) -> None:
    world.declare("a", 2008, D2016)
    world.step("a", "plan", D2020, conversion="2015-2026")
    world.step("a", "declared", D2020)


def only_steps(world: World) -> None:
    world.step("a", "plan", D2020)


def taken_over(world: World) -> None:
    merged(world)
    world.declare("old", 2008, D2016)
    world.step("a", "plan", D2020)


def taken_over_withdrawn(world: World) -> None:
    merged(world)
    world.declare("old", 2008, D2016)
    world.declare("old", 2008, D2019, "withdraw")


def split_off(world: World) -> None:
    world.units.clear()
    world.unit("whole")
    world.unit("a", start=MERGER)
    world.succeed("whole", "a", SPLIT, MERGER)
    world.declare("whole", 2008, D2016)


@pytest.mark.parametrize(
    ("build", "status"),
    [
        (exempted, Status.EXEMPT),
        (declared((2008, D2016), (2015, D2019)), Status.CONVERTED),
        (declared((2008, D2016), (2026, D2020)), Status.CONVERTED),
        (declared((2008, D2019), (2015, D2019)), Status.CONVERTED),  # same day, as entered
        (predecessor_was_older, Status.CONVERTED),
        (chain_was_older, Status.CONVERTED),
        (declared((2015, D2019)), Status.NEWLY_APPLIED),
        (predecessor_was_at_b, Status.NEWLY_APPLIED),
        (declared((2008, D2016, "withdraw"), (2015, D2019)), Status.NEWLY_APPLIED),
        (
            declared((2015, D2016), (2015, D2016, "withdraw"), (2008, D2019), (2015, D2020, "redeclare")),
            Status.NEWLY_APPLIED,  # the first declaration of B came before the older one
        ),
        (with_step, Status.CONVERTING),
        (declared((2008, D2016)), Status.NOT_CONVERTED),
        (declared((2008, D2016), (2015, D2019, "withdraw")), Status.NOT_CONVERTED),
        (with_foreign_step, Status.NOT_CONVERTED),
        (declared((2008, D2016), (2008, D2019, "withdraw")), Status.STOPPED),
        (declared((2008, D2016), (2015, D2019), (2015, D2020, "withdraw")), Status.STOPPED),  # never revives
        (taken_over, Status.TO_REDECLARE),
        (split_off, Status.TO_REDECLARE),
        (only_steps, Status.BUILDING),
        (taken_over_withdrawn, Status.NOT_STARTED),
        (declared((2008, D2016, "withdraw")), Status.NOT_STARTED),
        (declared((2015, date(2020, 11, 19))), Status.NOT_STARTED),
        (declared((2015, DAY)), Status.NEWLY_APPLIED),
    ],
)
def test_status_is_the_first_line_that_fits(world: World, build: Callable[[World], None], status: Status) -> None:
    world.unit("a")
    build(world)
    assert world.line("a").status is status


def test_a_merger_counts_from_its_day_and_the_ended_keep_the_status_of_their_last_day(world: World) -> None:
    world.unit("old", end=D2020)
    world.unit("gone", end=D2020)
    world.unit("a", start=D2020)
    world.succeed("old", "a", CONTINUED, D2020)
    world.succeed("gone", "a", ABSORBED, D2020)
    world.declare("old", 2008, D2016)
    world.declare("gone", 2015, D2019)
    before, after = world.rollup(date(2020, 5, 4)), world.rollup(D2020)
    assert [(line.unit.code, line.status) for line in before.units] == [
        ("gone", Status.NEWLY_APPLIED),
        ("old", Status.NOT_CONVERTED),
    ]
    assert before.ended == ()
    assert [(line.unit.code, line.status) for line in after.units] == [("a", Status.NOT_CONVERTED)]
    assert [(line.unit.code, line.ended_on, line.status) for line in after.ended] == [
        ("gone", D2020, Status.NEWLY_APPLIED)
    ]


def test_overdue_begins_after_the_last_accepted_day(world: World) -> None:
    world.unit("a")
    world.declare("a", 2008, D2016)
    late = {day: world.line("a", day) for day in (date(2021, 6, 30), date(2021, 7, 1))}
    assert [(line.overdue, line.accepted) for line in late.values()] == [(False, True), (True, False)]
    world.step("a", "plan", D2020)
    assert not world.line("a", date(2021, 7, 1)).overdue


def test_progress_weighs_the_steps_and_lists_those_missing(world: World) -> None:
    merged(world, CONTINUED)
    world.step("old", "plan", D2019)
    world.step("a", "plan", D2020)
    assert (world.line("a").progress, world.line("a").missing_steps) == ((1, 3), ("training", "declared"))
    world.declare("a", 2015, D2020)
    assert (world.line("a").progress, world.line("a").missing_steps) == ((2, 3), ("training",))


def _commune(world: World, day: date = DAY) -> Counts:
    return world.rollup(day).blocks[Block.COMMUNE]


def test_baseline_looks_at_its_own_day_and_at_the_last_day_of_those_that_ended_before(world: World) -> None:
    merged(world)  # ended before the baseline day, with 2008 standing on its last day
    world.declare("old", 2008, D2016)
    world.declare("a", 2015, D2020)
    world.unit("b")  # converted before the baseline day: in it, and converted
    world.declare("b", 2008, D2016)
    world.declare("b", 2015, D2019)
    world.unit("c")  # never declared 2008
    world.declare("c", 2015, D2019)
    world.unit("d")  # declared 2008 after the day
    world.declare("d", 2008, date(2020, 1, 16))
    world.unit("e")  # stopped before the day
    world.declare("e", 2008, D2016)
    world.declare("e", 2008, D2019, "withdraw")
    world.unit("f")  # in it, not converted
    world.declare("f", 2008, D2016)
    world.unit("g")  # would be in it, exempt
    world.declare("g", 2008, D2016)
    world.exempt("g", D2016)
    counts = _commune(world)
    assert {line.unit.code for line in world.rollup().units if line.in_baseline} == {"a", "b", "f"}
    assert (counts.baseline, counts.baseline_converted, counts.left_by_merger) == (3, 2, 0)
    assert _commune(world, date(2020, 1, 10)).baseline == 3  # looked at on the cut-off day itself


def test_those_that_left_the_baseline_by_mergers_are_counted(world: World) -> None:
    for code in ("p", "q", "r"):
        world.unit(code, end=D2020)
        world.declare(code, 2008, D2016)
    world.unit("a", start=D2020)
    for code in ("p", "q", "r"):
        world.succeed(code, "a", CONSOLIDATED, D2020)
    assert (_commune(world, date(2020, 5, 4)).baseline, _commune(world, date(2020, 5, 4)).left_by_merger) == (3, 0)
    assert (_commune(world).baseline, _commune(world).left_by_merger) == (1, 2)


def test_of_a_block_without_units_those_that_left_are_told_beside_the_figures(world: World) -> None:
    world.unit("town", "district", end=D2020)
    world.declare("town", 2008, D2016)
    world.unit("a")
    world.declare("a", 2008, D2016)

    def left(day: date) -> dict[Block, int]:
        scope = world.scope(day)
        return left_without_block(scope, CONVERSION, roll_up(scope, conversion=CONVERSION))

    assert left(date(2020, 5, 4)) == {}
    assert left(date(2020, 11, 18)) == {Block.DISTRICT: 1}
    assert world.rollup().total.left_by_merger == 0


def test_predecessors_are_meant_transitively(world: World) -> None:
    world.unit("first", end=date(2018, 1, 1))
    world.unit("second", start=date(2018, 1, 1), end=MERGER)
    world.unit("second2", start=MERGER, end=D2020)
    world.unit("a", start=D2020)
    world.succeed("first", "second", ABSORBED, date(2018, 1, 1))
    world.succeed("second", "second2", CONTINUED, MERGER)
    world.succeed("second2", "a", CONSOLIDATED, D2020)
    world.declare("first", 2008, D2016)
    line = world.line("a")
    assert (line.status, line.in_baseline) == (Status.TO_REDECLARE, True)
