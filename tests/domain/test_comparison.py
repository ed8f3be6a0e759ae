"""Two years compared over mergers: no unit is counted twice and none is lost, on either basis."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.comparison import PARTS, WHOLES, Basis, Comparison, Measure, Pair, compare
from isoaudit.domain.errors import Invalid
from isoaudit.domain.facts import Succession, Unit
from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.unit import block_of, in_force, listed
from isoaudit.domain.unit_event import Plan, Receiver, effects, problems
from isoaudit.domain.unit_event_words import EventKind
from isoaudit.domain.vocabulary import Block, Maintained, Obligation, Relation, Status, UnitKind

COMMUNE = UnitKind.COMMUNE
THEN, NOW = date(2024, 12, 31), date(2025, 12, 31)


@dataclass
class Story:
    """A register with what became of it, told by decisions."""

    units: dict[int, Unit] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    def add(self, name: str, kind: UnitKind = UnitKind.COMMUNE, start: date = date(1900, 1, 1)) -> int:
        key = len(self.units) + 1
        self.units[key] = Unit(key, f"{19000 + key}", name, kind, "Quảng Trị", start)
        return key

    def take(self, plan: Plan) -> None:
        """What the decision does, as the service writes it."""
        made = effects(plan, self.units)
        for key in made.ended:
            old = self.units[key]
            self.units[key] = Unit(key, old.code, old.name, old.kind, old.province, old.valid_from, plan.on)
        keys = {-number: self.add(each.name, each.kind, plan.on) for number, each in enumerate(made.begun, 1)}
        for passage in made.passages:
            successor = keys.get(passage.successor, passage.successor)
            entry = len(self.successions)
            self.successions.append(Succession(passage.predecessor, successor, plan.on, passage.relation, entry))

    def rollup(self, day: date, declared: Iterable[int] = (), exempt: Iterable[int] = ()) -> Rollup:
        """The figures of a day, of which only the lines matter here."""
        lines = [_line(unit, unit.id in set(declared), unit.id in set(exempt)) for unit in self.on(day)]
        nothing: Any = None
        return Rollup(
            "Quảng Trị",
            day.year,
            nothing,
            day,
            "2008-2015",
            {},
            nothing,
            None,
            (),
            nothing,
            (),
            nothing,
            {},
            tuple(lines),
        )

    def on(self, day: date) -> list[Unit]:
        return sorted((each for each in self.units.values() if in_force(each, day)), key=listed)


def _line(unit: Unit, declared: bool, exempt: bool) -> UnitLine:
    return UnitLine(
        unit=unit,
        block=block_of(unit),
        obligation=Obligation.ENCOURAGED,
        edition="iso9001-2015" if declared else None,
        accepted=declared,
        status=Status.EXEMPT if exempt else Status.CONVERTED if declared else Status.NOT_STARTED,
        overdue=False,
        progress=(0, 1),
        missing_steps=(),
        maintained=Maintained.REPORTED if declared else Maintained.NOT_APPLICABLE,
        missing=(),
        redeclaration_due=False,
        in_baseline=declared,
        audit=None,
        visits=0,
        procedures=None,
    )


@st.composite
def stories(draw: st.DrawFn, kinds: Sequence[EventKind] = tuple(EventKind)) -> Story:
    """Some units, and decisions of several days taken one after the other."""
    story = Story()
    for number in range(draw(st.integers(3, 9))):
        story.add(f"Xã {number}", draw(st.sampled_from([UnitKind.COMMUNE, UnitKind.WARD, UnitKind.AGENCY])))
    day = date(2024, 6, 1)
    for turn in range(draw(st.integers(0, 6))):
        day += timedelta(days=draw(st.integers(1, 120)))
        there = [each.id for each in story.on(day - timedelta(days=1))]
        if len(there) < 2:
            break
        chosen = draw(st.permutations(there))
        kind = draw(st.sampled_from(kinds))
        fresh = [Receiver(code=f"t{turn}-{place}", name=f"Mới {turn}-{place}", kind=UnitKind.WARD) for place in (0, 1)]
        number = draw(st.integers(1, min(3, len(there) - 1))) if kind in (EventKind.MERGE, EventKind.DISSOLVE) else 1
        old = Receiver(chosen[number], name=draw(st.sampled_from(["", "Tên khác"])))
        into = {
            EventKind.MERGE: ((draw(st.sampled_from([fresh[0], old])) if number > 1 else old),),
            EventKind.SPLIT: draw(st.sampled_from([tuple(fresh), (fresh[0], old)])),
            EventKind.CHANGE: (Receiver(name=f"Đổi {turn}"),),
            EventKind.DISSOLVE: (),
        }[kind]
        goes_on = kind is EventKind.SPLIT and draw(st.booleans())
        plan = Plan(kind, day, tuple(chosen[:number]), into, goes_on)
        if not problems(plan, story.units, story.successions):
            story.take(plan)
    return story


@given(stories(), st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40), max_size=3))
def test_no_unit_is_counted_twice_and_none_is_lost(
    story: Story, declared: set[int], later: set[int], exempt: set[int]
) -> None:
    then, now = story.rollup(THEN, declared, exempt), story.rollup(NOW, later, exempt)
    rebased = compare(then, now, story.successions, Basis.TODAY)
    own = compare(then, now, story.successions, Basis.OWN)
    there = replace(now, units=tuple(line for each in rebased.lines if each.land for line in each.now))
    assert _keys(each.now for each in rebased.lines) == Counter(line.unit.id for line in now.units)
    assert _keys(each.before for each in rebased.lines) == Counter(line.unit.id for line in then.units)
    former = compare(then, now, story.successions, Basis.FORMER)
    held = replace(then, units=tuple(line for each in former.lines if each.now for line in each.before))
    assert _keys(each.before for each in former.lines) == Counter(line.unit.id for line in then.units)
    assert _keys(each.now for each in former.lines).keys() == {line.unit.id for line in now.units}
    assert _keys(each.land for each in rebased.lines).keys() == {line.unit.id for line in then.units}
    for block in (None, *Block):
        for measure in Measure:
            assert _before(own, measure, block) == _own(then, measure, block)
            assert _now(own, measure, block) == _own(now, measure, block)
            pair = rebased.pair(measure, block)
            assert 0 <= pair.before <= (pair.before_whole if pair.before_whole is not None else len(now.units))
            assert _now(rebased, measure, block) == _own(there, measure, block)
            assert _before(former, measure, block) == _own(held, measure, block)
            pair = former.pair(measure, block)
            assert 0 <= pair.now <= (pair.now_whole if pair.now_whole is not None else len(then.units))
    assert rebased.merged == former.merged
    if not rebased.merged:
        assert all(rebased.pair(each) == former.pair(each) == own.pair(each) for each in Measure)


@given(
    stories((EventKind.MERGE, EventKind.CHANGE, EventKind.DISSOLVE)),
    st.sets(st.integers(1, 40)),
    st.dates(date(2024, 6, 1), THEN),
)
def test_what_was_typed_in_after_a_list_was_frozen_is_followed_from_that_list(
    story: Story, declared: set[int], known: date
) -> None:
    """A list of `THEN` that knows what happened until `known` is compared like one of the day `known`."""
    earlier, now = story.rollup(known, declared), story.rollup(NOW)
    frozen = replace(earlier, as_of=THEN)
    for basis in Basis:
        made = compare(frozen, now, story.successions, basis, story.units)
        like = compare(earlier, now, story.successions, basis, story.units)
        assert (made.lines, made.merged) == (like.lines, like.merged)


def test_a_unit_split_off_that_the_frozen_list_does_not_know_comes_from_who_has_its_land_there() -> None:
    story = Story()
    old, other = story.add("Chia"), story.add("Khác")
    # Long ago it had passed on land already: that is another unit of the frozen list, and no part of its land.
    story.take(Plan(EventKind.SPLIT, date(2020, 5, 1), (old,), (Receiver(code="z", name="Xưa", kind=COMMUNE),), True))
    frozen = story.rollup(THEN, [old])
    story.take(Plan(EventKind.SPLIT, date(2024, 11, 1), (old,), (Receiver(code="n", name="Tách", kind=COMMUNE),), True))
    story.take(Plan(EventKind.MERGE, date(2025, 7, 1), (old,), (Receiver(other),)))
    made = compare(frozen, story.rollup(NOW), story.successions, Basis.FORMER, story.units)
    assert {each.before[0].unit.name: [line.unit.name for line in each.now] for each in made.lines} == {
        "Chia": ["Tách", "Khác"],
        "Khác": ["Khác"],
        "Xưa": ["Xưa"],
    }
    assert not made.fresh


def _keys(sides: Iterable[Iterable[UnitLine]]) -> Counter[int]:
    return Counter(line.unit.id for side in sides for line in side)


def _own(rollup: Rollup, measure: Measure, block: Block | None) -> tuple[int, int | None]:
    """The figures of a year as its own report prints them."""
    lines = [line for line in rollup.units if block in (None, line.block)]
    whole = WHOLES.get(measure)
    return sum(map(PARTS[measure], lines)), None if whole is None else sum(map(whole, lines))


def _before(made: Comparison, measure: Measure, block: Block | None) -> tuple[int, int | None]:
    pair = made.pair(measure, block)
    return pair.before, pair.before_whole


def _now(made: Comparison, measure: Measure, block: Block | None) -> tuple[int, int | None]:
    pair = made.pair(measure, block)
    return pair.now, pair.now_whole


def _story() -> tuple[Story, Mapping[str, int]]:
    """Three communes become one new ward, one is renamed, one is split in two, one is dissolved."""
    story = Story()
    keys = {name: story.add(name) for name in "ABCDEF"}
    day = date(2025, 7, 1)
    ward = Receiver(code="19001", name="Phường Mới", kind=UnitKind.WARD)
    story.take(Plan(EventKind.MERGE, day, (keys["A"], keys["B"], keys["C"]), (ward,)))
    story.take(Plan(EventKind.CHANGE, day, (keys["D"],), (Receiver(name="D mới"),)))
    parts = tuple(Receiver(code=code, name=f"E {code}", kind=UnitKind.COMMUNE) for code in ("e1", "e2"))
    story.take(Plan(EventKind.SPLIT, day, (keys["E"],), parts))
    story.take(Plan(EventKind.DISSOLVE, day, (keys["F"],)))
    return story, keys | {unit.name: unit.id for unit in story.on(NOW)}


def test_former_territories_stand_as_the_units_do_that_took_them_over() -> None:
    story, keys = _story()
    then = story.rollup(THEN, [keys["A"], keys["D"]])
    now = story.rollup(NOW, [keys["Phường Mới"], keys["D mới"], keys["E e1"]])
    former = compare(then, now, story.successions, Basis.FORMER)
    # Then A and D of A to E. Today the land of A, B, C lies in the ward that has declared, D has; of E only one half
    # has, so that E has not; F is nobody's, and is counted in neither year: two and four of five.
    assert former.pair(Measure.DECLARED) == Pair(2, 4, 5, 5)
    assert former.pair(Measure.UNITS) == Pair(5, 5)
    assert [each.unit.unit.name for each in former.gone] == ["F"]
    assert [each.before[0].unit.name for each in former.lines if each.split] == ["E"]


def test_rebased_figures_count_todays_units_on_both_days() -> None:
    story, keys = _story()
    then = story.rollup(THEN, [keys["A"], keys["D"]])
    now = story.rollup(NOW, [keys["Phường Mới"], keys["D mới"], keys["E e1"]])
    rebased = compare(then, now, story.successions, Basis.TODAY)
    told = {
        each.unit.unit.name: (len(each.before), len(each.land), len(each.now), each.split) for each in rebased.lines
    }
    # Names in the order of the list: E is listed with the first of the two that share its land.
    assert told == {
        "D mới": (1, 1, 1, False),
        "E e1": (1, 1, 1, True),
        "E e2": (0, 1, 1, True),
        "Phường Mới": (3, 3, 1, False),
        "F": (1, 1, 0, False),
    }
    # Of today's four units D mới alone stands on land where everybody had declared; in the ward only A had.
    assert rebased.pair(Measure.DECLARED) == Pair(1, 3, 4, 4)
    assert rebased.pair(Measure.UNITS) == Pair(4, 4)
    assert not rebased.fresh
    assert compare(then, now, story.successions, Basis.OWN).pair(Measure.DECLARED) == Pair(2, 3, 6, 4)


def test_rebased_only_units_are_counted_on_whose_land_somebody_was() -> None:
    story, keys = _story()
    other = story.add("Từ tỉnh khác", COMMUNE, date(2025, 7, 1))
    then = story.rollup(THEN, [keys["A"], keys["D"]])
    now = story.rollup(NOW, [keys["Phường Mới"], keys["D mới"], other])
    rebased = compare(then, now, story.successions, Basis.TODAY)
    assert rebased.pair(Measure.DECLARED) == Pair(1, 2, 4, 4)
    assert rebased.pair(Measure.UNITS) == Pair(4, 4)
    assert [each.unit.unit.name for each in rebased.fresh] == ["Từ tỉnh khác"]
    assert compare(then, now, story.successions, Basis.OWN).pair(Measure.DECLARED) == Pair(2, 3, 6, 5)


def test_a_measure_asks_only_those_of_a_territory_whom_it_concerns() -> None:
    story, keys = _story()
    then = story.rollup(THEN, [keys["A"], keys["D"]])
    obliged = [replace(line, obligation=Obligation.MANDATORY) if line.accepted else line for line in then.units]
    rebased = compare(replace(then, units=tuple(obliged)), story.rollup(NOW), story.successions, Basis.TODAY)
    # A, which had to declare, did; its neighbours B and C did not have to: the ward's land had done its duty, and had
    # not declared as a whole.
    assert rebased.pair(Measure.DECLARED_OBLIGED) == Pair(2, 0, 2, 0)
    assert rebased.pair(Measure.DECLARED) == Pair(1, 0, 4, 4)


def test_what_a_unit_passed_on_before_it_took_another_in_is_not_followed() -> None:
    story = Story()
    taken, taker, other = story.add("Bị nhập"), story.add("Nhận"), story.add("Khác")
    story.successions = [
        Succession(taker, other, date(2025, 3, 1), Relation.SPLIT, 1),
        Succession(taken, taker, date(2025, 7, 1), Relation.ABSORBED, 2),
    ]
    story.units[taken] = Unit(taken, "1", "Bị nhập", UnitKind.COMMUNE, "", date(1900, 1, 1), date(2025, 7, 1))
    made = compare(story.rollup(THEN), story.rollup(NOW), story.successions, Basis.FORMER)
    assert {each.before[0].unit.name: [line.unit.name for line in each.now] for each in made.lines} == {
        "Bị nhập": ["Nhận"],
        "Khác": ["Khác"],
        "Nhận": ["Nhận", "Khác"],
    }


def test_the_days_have_to_be_in_order() -> None:
    story = Story()
    with pytest.raises(Invalid, match=r"comparison\.order"):
        compare(story.rollup(NOW), story.rollup(NOW), [], Basis.TODAY)
