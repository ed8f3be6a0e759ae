"""The roll-up as a whole: its JSON (CONTRACT §4) and what must hold of any facts (RULES §1, §2)."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.digest import canonical as canonical_of_files
from isoaudit.domain.errors import Invalid
from isoaudit.domain.facts import Answers, ClauseRow, Deadline, Facts, Tally
from isoaudit.domain.figures import Counts, Rollup
from isoaudit.domain.messages import say
from isoaudit.domain.rollup import roll_up
from isoaudit.domain.rollup_json import canonical, digest, to_json
from isoaudit.domain.scope import Scope
from isoaudit.domain.vocabulary import Grade, Obligation, Relation, Status, UnitKind
from tests.domain.conftest import CONVERSION, DAY, World

SPRING = date(2020, 3, 1)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2021, 1, 1)])
def test_a_day_outside_the_period_is_refused(world: World, day: date) -> None:
    with pytest.raises(Invalid) as refusal:
        Scope(world.facts(), province="quang-tri", year=2020, as_of=day)
    assert day.isoformat() in say(refusal.value)


def test_the_json_follows_the_contract(world: World) -> None:
    world.unit("2", "ward")
    world.unit("30", "ward")
    world.unit("S", "agency")
    world.unit("C", "sub_agency")
    world.declare("2", 2008, date(2016, 5, 5))
    world.declare("2", 2015, SPRING, covered=98)
    world.procedures("2", SPRING, 99, 100)
    world.declare("C", 2015, SPRING)
    world.procedures("C", SPRING, 5, 5)
    world.exempt("30", SPRING)
    audit = world.audit("KT-01", "2", SPRING)
    tally = Tally({Grade.CONFORMITY: 7, Grade.MINOR: 1}, {Grade.CONFORMITY: 14, Grade.MINOR: 2})
    answers = Answers({audit: tally}, (ClauseRow("list 1.0.0", "B", "8.5", Grade.CONFORMITY, 7, 14),))
    content = to_json(world.rollup(answers=answers))

    assert list(content["blocks"]) == ["agency", "commune"]  # type: ignore[call-overload]
    units = content["units"]
    assert [each["code"] for each in units] == ["C", "S", "2", "30"]  # type: ignore[attr-defined]
    assert units[2] == {  # type: ignore[index]
        "code": "2",
        "name": "Xã 2",
        "kind": "ward",
        "block": "commune",
        "obligation": "encouraged",
        "edition": "iso9001-2015",
        "status": "converted",
        "progress": 33.3,
        "missing_steps": ["plan", "training"],
        "maintained": "not_due",
        "missing": ["internal_audit", "management_review"],
        "redeclaration_due": True,
        "audit": {"audit": "KT-01", "score": 93.8, "band": "tot", "minor": 1, "major": 0},
        "tthc": {"covered": 99, "total": 100},
    }
    assert (
        content["blocks"]["commune"]
        == {  # type: ignore[index]
            "units": 2,
            "exempt": 1,
            "obliged": 0,
            "status": {"converted": 1} | dict.fromkeys([*list(Status)[2:]], 0),
            "declared": 1,
            "declared_rate": 100,
            "declared_obliged": 0,
            "declared_rate_obliged": None,
            "baseline": 1,
            "baseline_converted": 1,
            "conversion_rate": 100,
            "left_by_merger": 0,
            "maintained": {"verified": 0, "reported": 0, "not_due": 1, "failing": 0, "not_applicable": 0},
            "audited": 1,
            "visits": 1,
            "bands": {"tot": 1, "kha": 0, "trung_binh": 0, "yeu": 0, "none": 0},
            "tthc": {"units": 1, "full": 0, "covered": 99, "total": 100},
        }
    )
    assert content["lines"]["sub_agency"]["units"] == 1  # type: ignore[index]
    total = content["total"]
    assert (total["declared"], total["tthc"]["covered"]) == (2, 104)  # type: ignore[index]
    assert [total[key] for key in ("declared_rate", "declared_rate_obliged", "conversion_rate")] == [None] * 3  # type: ignore[index]
    assert content["clauses"][0]["clause"] == "8.5"  # type: ignore[index]

    printed = json.loads(json.dumps(content))
    told = printed.pop("digest")
    written = json.dumps(printed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert told == "sha256:" + hashlib.sha256(written.encode()).hexdigest()
    assert digest(dict(reversed(content.items()))) == told
    assert canonical(printed) == canonical_of_files(printed)


WHEN = st.integers(-500, 60).map(lambda days: DAY + timedelta(days=days))
UNITS = st.integers(0, 7).map(str)
EDITION = st.sampled_from([2008, 2015, 2026])
FACT = st.one_of(
    st.tuples(st.just("declare"), UNITS, EDITION, WHEN, st.sampled_from(["declare", "redeclare", "withdraw"])),
    st.tuples(st.just("step"), UNITS, st.sampled_from(["plan", "training"]), WHEN),
    st.tuples(st.just("act"), UNITS, st.sampled_from(["internal_audit", "management_review"]), WHEN),
    st.tuples(st.just("exempt"), UNITS, WHEN),
    st.tuples(st.just("oblige"), UNITS, st.sampled_from(Obligation), WHEN),
    st.tuples(st.just("procedures"), UNITS, WHEN, st.integers(0, 5), st.just(5)),
    st.tuples(
        st.just("audit"), st.integers(0, 99).map(str), UNITS, WHEN, st.sampled_from(["on_site", "files", "self"])
    ),
    st.tuples(st.just("raise_one"), UNITS, st.sampled_from([Grade.MINOR, Grade.MAJOR]), WHEN),
    st.tuples(st.just("succeed"), UNITS, UNITS, st.sampled_from(Relation), WHEN),
)
KINDS = st.lists(st.tuples(st.sampled_from(UnitKind), st.none() | WHEN, st.none() | WHEN), min_size=8, max_size=8)


def build(kinds: list[tuple[UnitKind, date | None, date | None]], made: list[tuple[object, ...]]) -> World:
    world = World()
    for code, (kind, start, end) in enumerate(kinds):
        world.unit(str(code), kind, start or date(1900, 1, 1), end)
    for name, *details in made:
        more = {"deadlines": (Deadline(details[2], details[2]),)} if name == "raise_one" else {}  # type: ignore[arg-type]
        getattr(world, str(name))(*details, **more)
    return world


def whole(facts: Facts) -> Rollup:
    """The roll-up, every counted audit answered alike."""
    scope = Scope(facts, province="quang-tri", year=2020, as_of=DAY)
    tally = Tally({Grade.CONFORMITY: 9, Grade.MINOR: 1}, {Grade.CONFORMITY: 9, Grade.MINOR: 1})
    return roll_up(scope, conversion=CONVERSION, answers=Answers(dict.fromkeys(scope.audit_ids, tally)))


def numbers(counts: Counts) -> list[int]:
    """Every count, in one fixed order."""
    found: list[int] = []
    for each in fields(counts):
        value = getattr(counts, each.name)
        found.extend(value.values() if isinstance(value, dict) else [value])
    return found


@given(KINDS, st.lists(FACT, max_size=40))
def test_blocks_add_up_and_statuses_partition_the_units(
    kinds: list[tuple[UnitKind, date | None, date | None]], made: list[tuple[object, ...]]
) -> None:
    rollup = whole(build(kinds, made).facts())
    blocks = [numbers(counts) for counts in rollup.blocks.values()]
    if blocks:
        assert [sum(column) for column in zip(*blocks, strict=True)] == numbers(rollup.total)
    for counts in (*rollup.blocks.values(), rollup.total):
        assert sum(counts.status.values()) == sum(counts.maintained.values()) == counts.considered
        assert sum(counts.bands.values()) == counts.audited <= counts.visits
        assert counts.baseline_converted <= counts.baseline <= counts.considered
    ncs = rollup.nonconformities
    assert ncs.opening + ncs.raised - ncs.closed == ncs.closing >= ncs.overdue + ncs.without_deadline


@given(KINDS, st.lists(FACT, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_means_nothing(
    kinds: list[tuple[UnitKind, date | None, date | None]], made: list[tuple[object, ...]], random: Random
) -> None:
    facts = build(kinds, made).facts()
    mixed = {
        each.name: tuple(random.sample(rows, len(rows)))
        for each in fields(facts)
        if isinstance(rows := getattr(facts, each.name), tuple) and each.name != "conditions"
    }
    assert to_json(whole(replace(facts, **mixed))) == to_json(whole(facts))


@given(KINDS, st.lists(FACT, max_size=30), st.lists(FACT, max_size=10))
def test_a_fact_after_the_cut_off_day_changes_nothing(
    kinds: list[tuple[UnitKind, date | None, date | None]],
    made: list[tuple[object, ...]],
    later: list[tuple[object, ...]],
) -> None:
    moved = [
        tuple(max(each, DAY + timedelta(days=1)) if isinstance(each, date) else each for each in fact) for fact in later
    ]
    before = whole(build(kinds, made).facts())
    assert to_json(whole(build(kinds, made + moved).facts())) == to_json(before)
