"""What falls due is proposed for next year's programme, with its reasons by weight."""

from datetime import date

from isoaudit.domain.facts import Deadline
from isoaudit.domain.proposal import Reason, propose
from isoaudit.domain.vocabulary import Grade
from tests.domain.conftest import CONSOLIDATED, DAY, World

LONG_AGO, RECENT = date(2018, 10, 2), date(2019, 10, 2)


def reasons(world: World, audited: dict[str, date] | None = None) -> dict[str, tuple[Reason, ...]]:
    days = {world.id(code): day for code, day in (audited or {}).items()}
    return {each.unit.code: each.reasons for each in propose(world.scope(), world.rollup(), days)}


def test_units_not_audited_for_two_years_are_due(world: World) -> None:
    for code in ("old", "new", "never"):
        world.unit(code)
        world.declare(code, 2015, date(2020, 2, 1))
    found = reasons(world, {"old": LONG_AGO, "new": RECENT})
    assert found == {"never": (Reason.NEVER,), "old": (Reason.LONG_AGO,)}


def test_a_unit_that_never_began_and_need_not_is_left_alone_and_an_exempt_one_too(world: World) -> None:
    world.unit("idle")
    world.unit("obliged", "agency")
    world.unit("exempt", "agency")
    world.exempt("exempt", date(2020, 1, 1))
    assert reasons(world) == {"obliged": (Reason.NEVER,)}


def test_failing_comes_first_and_overdue_ones_are_counted(world: World) -> None:
    for code in ("fails", "late"):
        world.unit(code)
        world.declare(code, 2015, date(2019, 2, 1))
    world.raise_one("fails", Grade.MAJOR, date(2020, 3, 1))
    world.raise_one("late", Grade.MINOR, date(2020, 3, 1), deadlines=(Deadline(date(2020, 3, 1), date(2020, 4, 1)),))
    audited = {world.id("fails"): RECENT, world.id("late"): RECENT}
    found = propose(world.scope(), world.rollup(), audited)
    assert [(each.unit.code, each.reasons, each.overdue) for each in found] == [
        ("fails", (Reason.FAILING,), 0),
        ("late", (Reason.OVERDUE,), 1),
    ]


def test_a_unit_made_of_others_this_year_is_due(world: World) -> None:
    day = date(2020, 7, 1)
    world.unit("a", end=day)
    world.unit("b", end=day)
    world.unit("ab", start=day)
    world.succeed("a", "ab", CONSOLIDATED, day)
    world.succeed("b", "ab", CONSOLIDATED, day)
    world.declare("a", 2008, date(2015, 5, 5))
    assert reasons(world)["ab"][:2] == (Reason.REDECLARE, Reason.MERGED)


def test_the_day_of_a_continued_unit_counts(world: World) -> None:
    world.unit("x")
    world.declare("x", 2015, date(2020, 2, 1))
    assert propose(world.scope(), world.rollup(), {world.id("x"): DAY}) == []
