"""Re-declaration and refused declarations (RULES §3), obligations, exemptions (§2), upkeep (§5)."""

from collections.abc import Callable
from datetime import date

import pytest

from isoaudit.domain.declaration import refused
from isoaudit.domain.facts import MaintenanceCondition
from isoaudit.domain.maintenance import maintained
from isoaudit.domain.vocabulary import ActivityKind, Block, Grade, Maintained, Obligation
from tests.domain.conftest import ABSORBED, CONTINUED, DAY, EDITIONS, World

D2016, D2019, D2020 = date(2016, 5, 5), date(2019, 5, 5), date(2020, 5, 5)


def absorbed(world: World) -> None:
    world.unit("gone", end=D2020)
    world.succeed("gone", "a", ABSORBED, D2020)


@pytest.mark.parametrize(
    ("build", "due"),
    [
        (lambda world: None, False),
        (lambda world: world.procedures("a", D2020, 100, 120), False),
        (lambda world: world.procedures("a", D2020, 101, 120), True),
        (lambda world: world.procedures("a", date(2020, 11, 19), 101, 120), False),
        (absorbed, True),
        (lambda world: [absorbed(world), world.declare("a", 2015, D2020, "redeclare", 100)], False),
        (lambda world: [absorbed(world), world.declare("a", 2015, D2020, "withdraw")], False),
    ],
)
def test_redeclaration_is_due_when_the_scope_moved_or_a_unit_was_absorbed(
    world: World, build: Callable[[World], object], due: bool
) -> None:
    world.unit("a")
    world.declare("a", 2015, D2019, covered=100)
    build(world)
    assert world.line("a").redeclaration_due is due


def test_only_a_declaration_that_goes_back_is_refused(world: World) -> None:
    world.unit("a")
    world.declare("a", 2015, D2019)
    world.declare("a", 2008, D2020)  # refused
    world.declare("a", 2008, D2016)  # entered late, but before
    world.declare("a", 2015, date(2020, 6, 1), "withdraw")
    world.declare("a", 2008, date(2020, 7, 1))  # nothing is current by then
    wrong = refused(world.facts().declarations, EDITIONS)
    assert [(each.declaration.on, each.current) for each in wrong] == [(D2020, "iso9001-2015")]


def test_obligation_follows_the_document_in_force_and_else_the_block(world: World) -> None:
    for code, kind in (
        ("s", "agency"),
        ("c", "sub_agency"),
        ("h", "district"),
        ("x", "commune"),
        ("d", "special_zone"),
    ):
        world.unit(code, kind)
    world.oblige("x", Obligation.PLANNED, D2019, date(2020, 11, 19))
    world.oblige("s", Obligation.ENCOURAGED, date(2020, 11, 19))
    found = {line.unit.code: line.obligation for line in world.rollup().units}
    assert [found[code] for code in "schxd"] == [*[Obligation.MANDATORY] * 3, Obligation.PLANNED, Obligation.ENCOURAGED]
    assert world.line("x", date(2020, 11, 19)).only_encouraged


def test_an_exempt_unit_stands_outside_every_count_but_two(world: World) -> None:
    world.unit("a")
    world.declare("a", 2008, D2016)
    world.procedures("a", D2020, 5, 5)
    world.audit("K1", "a", D2020)
    world.exempt("a", D2020, date(2020, 11, 19))
    world.oblige("a", Obligation.PLANNED, D2016)
    counts = world.rollup().blocks[Block.COMMUNE]
    assert (counts.units, counts.exempt) == (1, 1)
    outside = (counts.obliged, counts.declared, counts.declared_obliged, counts.baseline, counts.audited)
    assert (*outside, counts.visits, counts.tthc_units) == (0,) * 7
    assert not any((*counts.status.values(), *counts.maintained.values(), *counts.bands.values()))
    line = world.line("a")
    assert line.audit is not None  # its facts are still shown
    assert line.procedures is not None
    assert world.rollup(date(2020, 11, 19)).total.exempt == 0


def both(world: World) -> None:
    world.act("a", "internal_audit", D2020)
    world.act("a", "management_review", D2020)


def major(closed_on: date | None = None, mode: str = "files") -> Callable[[World], None]:
    def build(world: World) -> None:
        both(world)
        world.raise_one("a", Grade.MAJOR, D2020, closed_on=closed_on, mode=mode)

    return build


def audited(mode: str, purpose: str) -> Callable[[World], None]:
    def build(world: World) -> None:
        both(world)
        world.audit("K1", "a", DAY, mode, purpose)

    return build


@pytest.mark.parametrize(
    ("build", "value", "missing"),
    [
        (lambda world: None, Maintained.NOT_DUE, ["internal_audit", "management_review"]),
        (lambda world: world.act("a", "internal_audit", D2020), Maintained.NOT_DUE, ["management_review"]),
        (lambda world: world.act("a", "internal_audit", D2020, 2019), Maintained.NOT_DUE, None),
        (both, Maintained.REPORTED, []),
        (major(), Maintained.FAILING, []),
        (major(closed_on=DAY), Maintained.REPORTED, []),
        (major(closed_on=date(2020, 11, 19)), Maintained.FAILING, []),
        (major(mode="self"), Maintained.REPORTED, []),
        (audited("on_site", "full"), Maintained.VERIFIED, []),
        (audited("files", "full"), Maintained.REPORTED, []),
        (audited("on_site", "follow_up"), Maintained.REPORTED, []),
        (lambda world: world.exempt("a", D2020), Maintained.NOT_APPLICABLE, []),
        (lambda world: world.declare("a", 2015, date(2020, 1, 1), "withdraw"), Maintained.NOT_APPLICABLE, []),
        (lambda world: world.declare("a", 2015, date(2020, 1, 2), "withdraw"), Maintained.NOT_DUE, None),
    ],
)
def test_upkeep(world: World, build: Callable[[World], object], value: Maintained, missing: list[str] | None) -> None:
    world.unit("a")
    world.declare("a", 2015, D2019)
    build(world)
    line = world.line("a")
    assert line.maintained is value
    assert missing is None or list(line.missing) == missing


def test_upkeep_asks_only_those_with_an_edition_at_new_year(world: World) -> None:
    world.unit("old", end=D2020)
    world.unit("a", start=D2020)
    world.succeed("old", "a", CONTINUED, D2020)
    world.unit("late")
    world.declare("old", 2015, date(2020, 1, 1))
    world.declare("late", 2015, date(2020, 1, 2))
    assert world.line("a").maintained is Maintained.NOT_DUE
    assert world.line("late").maintained is Maintained.NOT_APPLICABLE


def test_a_condition_fails_only_after_its_day() -> None:
    lacking = [MaintenanceCondition(ActivityKind.INTERNAL_AUDIT, 6, 30)]
    found = [
        maintained(lacking, 2020, day, major_open=False, audited=True) for day in (date(2020, 6, 30), date(2020, 7, 1))
    ]
    assert found == [Maintained.NOT_DUE, Maintained.FAILING]
