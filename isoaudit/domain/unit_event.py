"""How units come and go by a decision: merged, split, changed, ended (RULES §2). Pure: what a decision may do, and what
it does to the register. Writing it, and what is carried over besides, is in `services.unit_events`.

Keys of units that the decision itself begins are negative: −1 is the first of `Effects.begun`, −2 the second.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.facts import Succession, Unit
from isoaudit.domain.unit import ONE_DAY, in_force
from isoaudit.domain.unit_event_words import EventKind
from isoaudit.domain.vocabulary import Relation, UnitKind

LONGEST_NAME, LONGEST_CODE = 200, 32


@dataclass(frozen=True, slots=True)
class Receiver:
    """A unit after the decision: one that goes on (`unit_id`), or a new one (None). An empty `code` or `name`, and a
    `kind` of None, leave what a unit had; its parent changes only when `moves` says so (`parent_id` None: none)."""

    unit_id: int | None = None
    code: str = ""
    name: str = ""
    kind: UnitKind | None = None
    parent_id: int | None = None
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a decision says. `units` are those that it merges, splits, changes or ends; a unit that takes others in
    stands among `receivers` only. `goes_on`: the unit that is split remains, only parts of it leave."""

    kind: EventKind
    on: date
    units: tuple[int, ...]
    receivers: tuple[Receiver, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A row of the register that begins. `continues` is the row of which it is the same unit, None for a new unit."""

    code: str
    name: str
    kind: UnitKind
    parent: int | None
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One unit passes into another."""

    predecessor: int
    successor: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Effects:
    """What becomes of the register: rows that end (their first day out of force is the day of the decision), rows that
    begin on it, and how they pass into each other. `taken_along` are the rows below a unit that ends which only go on
    under another parent; they are in `ended` and `begun` too."""

    ended: tuple[int, ...]
    begun: tuple[Begun, ...]
    passages: tuple[Passage, ...]
    taken_along: tuple[int, ...] = ()

    def continued(self) -> dict[int, int]:
        """Rows that end, by which row goes on from them."""
        return {each.predecessor: each.successor for each in self.passages if each.relation is Relation.CONTINUED}


def problems(plan: Plan, units: Mapping[int, Unit], successions: Iterable[Succession]) -> list[Refusal]:
    """Everything that forbids the plan, by the register as it stands (`units`: all of the province)."""
    found = [*_shape(plan), *_chosen(plan, units, [*successions])]
    return found or [*_names(plan, units, effects(plan, units))]


def effects(plan: Plan, units: Mapping[int, Unit]) -> Effects:
    """What the plan does. Only for a plan that `problems` lets pass."""
    making = _Making(plan, units)
    match plan.kind:
        case EventKind.DISSOLVE:
            making.end(plan.units)
        case EventKind.CHANGE:
            making.receive(replace(plan.receivers[0], unit_id=plan.units[0]))
        case EventKind.MERGE:
            receiver = plan.receivers[0]
            relation = Relation.CONSOLIDATED if receiver.unit_id is None else Relation.ABSORBED
            making.end(plan.units)
            making.pass_on(plan.units, making.receive(receiver), relation)
        case EventKind.SPLIT:
            if not plan.goes_on:
                making.end(plan.units)
            for each in plan.receivers:
                existing = each.unit_id is not None and not plan.goes_on
                making.pass_on(plan.units, making.receive(each), Relation.ABSORBED if existing else Relation.SPLIT)
    making.take_along()
    return Effects(tuple(making.ended), tuple(making.begun), tuple(making.passages), tuple(making.along))


class _Making:
    """Collects what happens."""

    def __init__(self, plan: Plan, units: Mapping[int, Unit]) -> None:
        self._plan, self._units = plan, units
        self.ended: list[int] = []
        self.begun: list[Begun] = []
        self.passages: list[Passage] = []
        self.along: list[int] = []

    def end(self, keys: Iterable[int]) -> None:
        self.ended += [key for key in keys if key not in self.ended]

    def receive(self, receiver: Receiver) -> int:
        """The key of the unit after the decision; a row of its own when it is new or something about it changes."""
        old = None if receiver.unit_id is None else self._units[receiver.unit_id]
        made = Begun(
            code=receiver.code or (old.code if old else ""),
            name=receiver.name or (old.name if old else ""),
            kind=receiver.kind or (old.kind if old else UnitKind.COMMUNE),
            parent=receiver.parent_id if receiver.moves or old is None else old.parent_id,
            continues=receiver.unit_id,
        )
        if old is not None and _stays(receiver, old):
            return old.id
        return self.begin(made)

    def begin(self, made: Begun) -> int:
        self.begun.append(made)
        key = -len(self.begun)
        if made.continues is not None:
            self.end([made.continues])
            self.passages.append(Passage(made.continues, key, Relation.CONTINUED))
        return key

    def pass_on(self, keys: Iterable[int], successor: int, relation: Relation) -> None:
        self.passages += [Passage(key, successor, relation) for key in keys]

    def take_along(self) -> None:
        """Units below one that ends go on below what it passes into; below none when it ends without one, or passes
        into themselves."""
        for above in self.ended:
            into = [each.successor for each in self.passages if each.predecessor == above]
            for child in _below(above, self._units, self._plan.on, self.ended):
                parent = into[0] if into and into[0] != child.id else None
                self.along.append(child.id)
                key = self.begin(Begun(child.code, child.name, child.kind, parent, continues=child.id))
                self.passages = [
                    replace(each, successor=key) if each.successor == child.id else each for each in self.passages
                ]


def _below(key: int, units: Mapping[int, Unit], day: date, ended: Sequence[int]) -> list[Unit]:
    """The units under this one that are in force on the day and do not end by then."""
    return [each for each in units.values() if each.parent_id == key and in_force(each, day) and each.id not in ended]


def _shape(plan: Plan) -> Iterator[Refusal]:
    """Whether there are as many units before and after as this kind of decision has."""
    before, after = len(plan.units), len(plan.receivers)
    if not before:
        yield Invalid("unit_event.no_units", field="units")
    elif len(set(plan.units)) < before:
        yield Invalid("unit_event.twice", field="units")
    if plan.kind is not EventKind.CHANGE and any(each.unit_id is None and each.kind is None for each in plan.receivers):
        yield Invalid("unit_event.kind_missing", field="receivers")
    if plan.kind is EventKind.MERGE:
        if after != 1:
            yield Invalid("unit_event.one_receiver", field="receivers")
        elif before == 1 and plan.receivers[0].unit_id is None:
            yield Invalid("unit_event.merge_of_one", field="units")
    elif plan.kind is EventKind.SPLIT:
        if before > 1:
            yield Invalid("unit_event.one_unit", field="units")
        if after < (1 if plan.goes_on else 2):
            yield Invalid("unit_event.parts_missing", field="receivers")
    elif plan.kind is EventKind.CHANGE:
        if before > 1:
            yield Invalid("unit_event.one_unit", field="units")
        if after != 1:
            yield Invalid("unit_event.nothing_changes", field="receivers")


def _chosen(plan: Plan, units: Mapping[int, Unit], successions: list[Succession]) -> Iterator[Refusal]:
    """Whether the units named may be arranged on that day. One that only takes others in, and stays as it is, may have
    a later story; arrangements of all others are entered in order of time."""
    existing = [each.unit_id for each in plan.receivers if each.unit_id is not None]
    stays = {
        key
        for each in plan.receivers
        if (key := each.unit_id) is not None and key in units and _stays(each, units[key])
    }
    for key in dict.fromkeys((*plan.units, *existing)):
        field = "units" if key in plan.units else "receivers"
        unit = units.get(key)
        if unit is None:
            yield Invalid("unit_event.unknown", field=field)
            continue
        told = f"{unit.name} ({unit.code})"
        later = [each.on for each in successions if key in (each.predecessor_id, each.successor_id)]
        if unit.valid_to is not None:
            later.append(unit.valid_to)
        same_day = key in plan.units and plan.on in later
        if unit.valid_from >= plan.on:
            yield Invalid("unit_event.not_begun", field=field, unit=told, day=short_date(unit.valid_from))
        elif unit.valid_to is not None and unit.valid_to <= plan.on:
            last = short_date(unit.valid_to - ONE_DAY)
            yield Invalid("unit_event.ended", field=field, unit=told, day=last)
        elif (same_day or max(later, default=plan.on) > plan.on) and not (key in stays and key not in plan.units):
            yield Invalid("unit_event.later_event", field=field, unit=told, day=short_date(max(later)))
    if set(plan.units) & set(existing):
        yield Invalid("unit_event.into_itself", field="receivers")
    if len(set(existing)) < len(existing):
        yield Invalid("unit_event.twice", field="receivers")


def _stays(receiver: Receiver, unit: Unit) -> bool:
    """Whether nothing about the unit changes."""
    return (
        receiver.code in ("", unit.code)
        and receiver.name in ("", unit.name)
        and receiver.kind in (None, unit.kind)
        and not (receiver.moves and receiver.parent_id != unit.parent_id)
    )


def _names(plan: Plan, units: Mapping[int, Unit], made: Effects) -> Iterator[Refusal]:
    """Whether what begins may be called as it is, and stand where it is put."""
    if plan.kind is EventKind.CHANGE and not made.begun:
        yield Invalid("unit_event.nothing_changes", field="receivers")
    ended = set(made.ended)
    if plan.kind is EventKind.SPLIT and not plan.goes_on and set(made.taken_along):
        yield Invalid("unit_event.units_below", field="units", count=len(made.taken_along))
    codes: set[str] = set()
    for each in made.begun:
        if not each.code or not each.name:
            yield Invalid("unit_event.name_missing", field="receivers")
            continue
        if len(each.code) > LONGEST_CODE or len(each.name) > LONGEST_NAME:
            yield Invalid("unit_event.name_long", field="receivers", name=LONGEST_NAME, value=LONGEST_CODE)
        if each.code in codes:
            yield Invalid("unit_event.code_twice", field="receivers", value=each.code)
        codes.add(each.code)
        for other in units.values():
            if other.code == each.code and other.id not in ended:
                if in_force(other, plan.on):
                    yield Invalid("unit_event.code_taken", field="receivers", value=each.code, unit=other.name)
                elif other.valid_from > plan.on:
                    day = short_date(other.valid_from)
                    yield Invalid("unit_event.code_later", field="receivers", value=each.code, unit=other.name, day=day)
        parent = units.get(each.parent) if each.parent is not None and each.parent > 0 else None
        if (
            each.parent is not None
            and each.parent > 0
            and (parent is None or parent.id in ended or not in_force(parent, plan.on))
        ):
            yield Invalid("unit_event.parent_gone", field="receivers", unit=each.name)
        if each.parent is not None and each.parent == each.continues:
            yield Invalid("unit_event.under_itself", field="receivers", unit=each.name)
