"""What a decision does to the register: no unit is lost or counted twice, and what RULES §2 forbids is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.facts import Succession, Unit
from isoaudit.domain.unit import Register, in_force
from isoaudit.domain.unit_event import Effects, Plan, Receiver, effects, problems
from isoaudit.domain.unit_event_words import EventKind
from isoaudit.domain.vocabulary import Relation, UnitKind

LONG_AGO, DAY, EVE = date(1900, 1, 1), date(2025, 3, 1), date(2025, 2, 28)


def unit(key: int, **values: object) -> Unit:
    given = {"code": f"{19000 + key}", "name": f"Xã {key}", "kind": UnitKind.COMMUNE, "valid_from": LONG_AGO} | values
    return Unit(id=key, province="Quảng Trị", **given)  # type: ignore[arg-type]


def applied(units: dict[int, Unit], made: Effects, on: date) -> tuple[dict[int, Unit], list[Succession]]:
    """The register after the decision; rows that begin get keys from 1001 on."""
    rows = {
        key: unit(key, code=each.code, name=each.name, kind=each.kind, valid_from=each.valid_from, valid_to=on)
        if key in made.ended
        else each
        for key, each in units.items()
    }
    for number, each in enumerate(made.begun, 1):
        rows[1000 + number] = unit(1000 + number, code=each.code, name=each.name, kind=each.kind, valid_from=on)
    passages = [
        Succession(each.predecessor, each.successor if each.successor > 0 else 1000 - each.successor, on, each.relation)
        for each in made.passages
    ]
    return rows, passages


@st.composite
def plans(draw: st.DrawFn) -> tuple[dict[int, Unit], Plan]:
    """A register with a district and its communes, and a decision that may be taken."""
    number = draw(st.integers(4, 9))
    units = {0: unit(0, kind=UnitKind.DISTRICT)} | {key: unit(key, parent_id=0) for key in range(1, number + 1)}
    kind = draw(st.sampled_from(EventKind))
    several = kind in (EventKind.MERGE, EventKind.DISSOLVE)
    chosen = draw(st.lists(st.integers(1, number), min_size=1, max_size=3 if several else 1, unique=True))
    others = [key for key in range(1, number + 1) if key not in chosen]
    new = [Receiver(code=f"new-{place}", name=f"Xã mới {place}", kind=UnitKind.COMMUNE) for place in range(3)]
    old = Receiver(unit_id=draw(st.sampled_from(others)), name=draw(st.sampled_from(["", "Tên khác"])))
    goes_on = False
    receivers: tuple[Receiver, ...] = ()
    if kind is EventKind.MERGE:
        receivers = (draw(st.sampled_from([new[0], old])) if len(chosen) > 1 else old,)
    elif kind is EventKind.SPLIT:
        goes_on = draw(st.booleans())
        receivers = draw(st.sampled_from([(new[0], new[1]), (new[0], old), (new[2], new[1], old)]))
    elif kind is EventKind.CHANGE:
        receivers = (draw(st.sampled_from([Receiver(name="Tên khác"), Receiver(code="1"), Receiver(moves=True)])),)
    return units, Plan(kind, DAY, tuple(chosen), receivers, goes_on)


@given(plans())
def test_a_decision_loses_no_unit_and_counts_none_twice(made: tuple[dict[int, Unit], Plan]) -> None:
    units, plan = made
    assert problems(plan, units, []) == []
    done = effects(plan, units)
    rows, passages = applied(units, done, plan.on)
    register = Register(rows.values(), passages)
    today = [each for each in rows.values() if in_force(each, plan.on)]
    assert len({each.code for each in today}) == len(today)
    behind: list[int] = []
    for each in today:
        own = register.rows(each.id, plan.on)
        assert len(set(own)) == len(own)
        behind += own
    assert len(behind) == len(set(behind)), "a row is one unit with one row only"
    reached = set(behind) | {
        row
        for each in today
        for past in register.predecessors(register.rows(each.id, plan.on), plan.on)
        for row in past.rows
    }
    lost = {key for key in units if key not in reached}
    assert lost == (set(plan.units) if plan.kind is EventKind.DISSOLVE else set())
    for before in (each for each in rows.values() if in_force(each, EVE)):
        assert before.id in units, "nothing began before its day"
    assert {each.id for each in rows.values() if in_force(each, EVE)} == set(units)


def test_several_into_a_new_one_are_consolidated_and_its_code_may_be_one_of_theirs() -> None:
    units = {1: unit(1), 2: unit(2)}
    made = effects(Plan(EventKind.MERGE, DAY, (1, 2), (Receiver(code="19001", name="Phường Mới"),)), units)
    assert made.ended == (1, 2)
    assert [(each.code, each.kind) for each in made.begun] == [("19001", UnitKind.COMMUNE)]
    assert {(each.predecessor, each.relation) for each in made.passages} == {
        (1, Relation.CONSOLIDATED),
        (2, Relation.CONSOLIDATED),
    }


def test_a_receiver_goes_on_and_a_renamed_one_too() -> None:
    units = {1: unit(1), 2: unit(2)}
    same = effects(Plan(EventKind.MERGE, DAY, (1,), (Receiver(2),)), units)
    assert (same.ended, same.begun) == ((1,), ())
    assert [(each.predecessor, each.successor, each.relation) for each in same.passages] == [(1, 2, Relation.ABSORBED)]
    renamed = effects(Plan(EventKind.MERGE, DAY, (1,), (Receiver(2, name="Xã Đổi"),)), units)
    assert renamed.ended == (1, 2)
    assert {(each.predecessor, each.successor, each.relation) for each in renamed.passages} == {
        (2, -1, Relation.CONTINUED),
        (1, -1, Relation.ABSORBED),
    }


def test_units_below_one_that_ends_go_on_below_its_successor() -> None:
    units = {1: unit(1, kind=UnitKind.DISTRICT), 2: unit(2, parent_id=1), 3: unit(3, parent_id=1, valid_to=EVE)}
    made = effects(Plan(EventKind.CHANGE, DAY, (1,), (Receiver(name="Thị xã Mới"),)), units)
    assert made.taken_along == (2,)
    assert [(each.name, each.parent, each.continues) for each in made.begun] == [
        ("Thị xã Mới", None, 1),
        ("Xã 2", -1, 2),
    ]
    ended = effects(Plan(EventKind.DISSOLVE, DAY, (1,)), units)
    assert [(each.name, each.parent) for each in ended.begun] == [("Xã 2", None)]


def test_a_unit_below_may_take_in_the_one_above_it() -> None:
    units = {1: unit(1, kind=UnitKind.AGENCY), 2: unit(2, kind=UnitKind.SUB_AGENCY, parent_id=1)}
    plan = Plan(EventKind.MERGE, DAY, (1,), (Receiver(2),))
    assert problems(plan, units, []) == []
    made = effects(plan, units)
    assert [(each.name, each.parent, each.continues) for each in made.begun] == [("Xã 2", None, 2)]
    assert {(each.predecessor, each.successor, each.relation) for each in made.passages} == {
        (1, -1, Relation.ABSORBED),
        (2, -1, Relation.CONTINUED),
    }


WARD = UnitKind.WARD
REFUSED = [
    ("no_units", Plan(EventKind.DISSOLVE, DAY, ())),
    ("twice", Plan(EventKind.DISSOLVE, DAY, (1, 1))),
    ("merge_of_one", Plan(EventKind.MERGE, DAY, (1,), (Receiver(code="1", name="Mới"),))),
    ("one_receiver", Plan(EventKind.MERGE, DAY, (1, 2))),
    ("one_unit", Plan(EventKind.SPLIT, DAY, (1, 2), (Receiver(code="1", name="a"), Receiver(code="2", name="b")))),
    ("parts_missing", Plan(EventKind.SPLIT, DAY, (1,), (Receiver(code="1", name="a"),))),
    ("nothing_changes", Plan(EventKind.CHANGE, DAY, (1,), (Receiver(name="Xã 1"),))),
    ("unknown", Plan(EventKind.DISSOLVE, DAY, (77,))),
    ("not_begun", Plan(EventKind.DISSOLVE, DAY, (5,))),
    ("ended", Plan(EventKind.DISSOLVE, DAY, (6,))),
    ("later_event", Plan(EventKind.DISSOLVE, DAY, (7,))),
    ("later_event", Plan(EventKind.DISSOLVE, DAY, (3,))),
    ("into_itself", Plan(EventKind.MERGE, DAY, (1, 2), (Receiver(2),))),
    ("name_missing", Plan(EventKind.MERGE, DAY, (1, 2), (Receiver(code="1", kind=WARD),))),
    ("kind_missing", Plan(EventKind.MERGE, DAY, (1, 2), (Receiver(code="1", name="Mới"),))),
    (
        "code_twice",
        Plan(
            EventKind.SPLIT,
            DAY,
            (1,),
            (Receiver(code="1", name="a", kind=WARD), Receiver(code="1", name="b", kind=WARD)),
        ),
    ),
    ("code_taken", Plan(EventKind.MERGE, DAY, (1, 2), (Receiver(code="19004", name="Mới", kind=WARD),))),
    ("code_later", Plan(EventKind.MERGE, DAY, (1, 2), (Receiver(code="19005", name="Mới", kind=WARD),))),
    ("parent_gone", Plan(EventKind.CHANGE, DAY, (1,), (Receiver(parent_id=6, moves=True),))),
    ("under_itself", Plan(EventKind.CHANGE, DAY, (1,), (Receiver(parent_id=1, moves=True),))),
    (
        "units_below",
        Plan(
            EventKind.SPLIT,
            DAY,
            (8,),
            (Receiver(code="1", name="a", kind=WARD), Receiver(code="2", name="b", kind=WARD)),
        ),
    ),
]


@pytest.mark.parametrize(
    ("code", "plan"), REFUSED, ids=[f"{code}-{number}" for number, (code, _) in enumerate(REFUSED)]
)
def test_what_the_rules_forbid_is_refused(code: str, plan: Plan) -> None:
    units = {key: unit(key) for key in (1, 2, 3, 4)} | {
        5: unit(5, valid_from=DAY + timedelta(days=1)),
        6: unit(6, valid_to=date(2020, 1, 1)),
        7: unit(7, valid_to=DAY + timedelta(days=90)),
        8: unit(8, kind=UnitKind.DISTRICT),
        9: unit(9, parent_id=8),
    }
    later = [Succession(4, 3, DAY + timedelta(days=30), Relation.ABSORBED)]
    assert f"unit_event.{code}" in [each.code for each in problems(plan, units, later)]


def test_a_unit_that_only_takes_others_in_may_have_a_later_story() -> None:
    units = {1: unit(1), 2: unit(2, valid_to=DAY + timedelta(days=90))}
    assert problems(Plan(EventKind.MERGE, DAY, (1,), (Receiver(2),)), units, []) == []
