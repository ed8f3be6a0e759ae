"""The register as pages and commands read it: units as of a day, one unit with its history. Nothing is written here.

Every function makes a fixed number of queries, however many units there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Province, Succession, Unit
from isoaudit.domain.documentwords import BEGINNING
from isoaudit.domain.errors import NotFound
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import BLOCK_OF, Block, Relation, UnitKind
from isoaudit.services import settings

PAGE = 50


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a list. `valid_to` is exclusive, as stored."""

    id: int
    code: str
    name: str
    kind: UnitKind
    province: str
    valid_from: date
    valid_to: date | None
    parent_id: int | None
    parent_code: str | None
    parent_name: str | None
    basis: str | None = None
    example: bool = False

    @property
    def block(self) -> Block:
        """The block under which the report counts it."""
        return BLOCK_OF[self.kind]

    def in_force(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Passage:
    """One succession: `before` passed into `after` on the day `on`."""

    before: UnitLine
    after: UnitLine
    on: date
    relation: Relation
    basis: str | None


@dataclass(frozen=True, slots=True)
class History:
    """A unit with what it came from and what it passed into, transitively: `earlier` newest first, `later` oldest
    first."""

    unit: UnitLine
    earlier: tuple[Passage, ...]
    later: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its lines, its number from 1, how many lines there are in all."""

    lines: tuple[UnitLine, ...]
    number: int
    total: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.size))


def as_of(
    session: Session,
    day: date,
    *,
    search: str = "",
    block: Block | None = None,
    district_id: int | None = None,
    province: str | None = None,
) -> list[UnitLine]:
    """The units in force on `day`, by block (agencies, districts, communes), those below a district together, in
    Vietnamese order of names. `search` matches name or code from the start of a word, without case and
    diacritics."""
    where = _conditions(session, day, search, block, district_id, province)
    return [_line(row) for row in session.execute(_query().where(*where))]


def page(
    session: Session,
    day: date,
    *,
    search: str = "",
    block: Block | None = None,
    district_id: int | None = None,
    province: str | None = None,
    number: int = 1,
    size: int = PAGE,
) -> Page:
    """One page of `as_of`; a number beyond the last page gives the last one."""
    where = _conditions(session, day, search, block, district_id, province)
    total = session.scalar(select(func.count()).select_from(Unit).where(*where)) or 0
    number = min(max(1, number), max(1, -(-total // size)))
    rows = session.execute(_query().where(*where).limit(size).offset((number - 1) * size))
    return Page(tuple(_line(row) for row in rows), number, total, size)


def known_from(session: Session) -> date | None:
    """The first day of which the register of the installation's province tells, when a unit began or ended: starts
    written as `BEGINNING` lie somewhere before it. None when nothing ever changed."""
    began = func.min(case((Unit.valid_from > BEGINNING, Unit.valid_from)))
    known: date | None = session.scalar(
        select(func.coalesce(began, func.min(Unit.valid_to))).where(Unit.province_id == settings.home(session).id)
    )
    return known


def districts(session: Session, day: date) -> list[UnitLine]:
    """The districts of the installation's province on that day."""
    return as_of(session, day, block=Block.DISTRICT)


def count_by_block(lines: Iterable[UnitLine]) -> dict[Block, int]:
    """How many of the lines each block has, in the order of the report; blocks without a unit are left out."""
    counts = Counter(line.block for line in lines)
    return {block: counts[block] for block in Block if counts[block]}


def get(session: Session, unit_id: int) -> UnitLine:
    """The unit of that key. Raises `NotFound`."""
    row = session.execute(_query().where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound("unit.unknown", record=unit_id)
    return _line(row)


def lines(session: Session, unit_ids: Iterable[int]) -> list[UnitLine]:
    """The units of these keys, in the order of lists."""
    return [_line(row) for row in session.execute(_query().where(Unit.id.in_(list(unit_ids))))]


def one_unit(session: Session, unit_ids: Iterable[int]) -> set[int]:
    """The rows of the register that are one unit with one of these: whole chains of `continued`, both ways."""
    pairs = session.execute(
        select(Succession.predecessor_id, Succession.successor_id).where(Succession.relation == Relation.CONTINUED)
    ).all()
    found, grown = set(unit_ids), True
    while grown:
        more = {each for pair in pairs if found & set(pair) for each in pair} - found
        found |= more
        grown = bool(more)
    return found


def find(session: Session, code: str, day: date) -> UnitLine | None:
    """The unit that a code means on a day: the installation's province first, then the only other one that has it."""
    where = (Unit.code == code, _in_force(day))
    found = [_line(row) for row in session.execute(_query().where(*where))]
    home = settings.bare_name(settings.read(session)["province"])
    own = [each for each in found if each.province == home]
    return own[0] if own else found[0] if len(found) == 1 else None


def meanings(session: Session, code: str) -> list[UnitLine]:
    """Every unit that ever had this code, oldest first."""
    rows = session.execute(_query().where(Unit.code == code))
    return sorted((_line(row) for row in rows), key=lambda each: (each.valid_from, each.id))


def history(session: Session, unit_id: int) -> History:
    """A unit with its mergers, transitively. Raises `NotFound`.

    Successions are small reference data: they are read whole, and followed in memory.
    """
    unit = get(session, unit_id)
    rows = session.scalars(select(Succession).order_by(Succession.on_day, Succession.id)).all()
    into: dict[int, list[Succession]] = defaultdict(list)
    out_of: dict[int, list[Succession]] = defaultdict(list)
    for row in rows:
        into[row.successor_id].append(row)
        out_of[row.predecessor_id].append(row)
    back = _follow(unit_id, into, backwards=True)
    forth = _follow(unit_id, out_of, backwards=False)
    keys = {key for row in (*back, *forth) for key in (row.predecessor_id, row.successor_id)}
    lines = {line.id: line for line in map(_line, session.execute(_query().where(Unit.id.in_(keys))))}

    def passage(row: Succession) -> Passage:
        return Passage(lines[row.predecessor_id], lines[row.successor_id], row.on_day, row.relation, row.basis)

    earlier = sorted(back, key=lambda row: (row.on_day, row.id), reverse=True)
    later = sorted(forth, key=lambda row: (row.on_day, row.id))
    return History(unit, tuple(map(passage, earlier)), tuple(map(passage, later)))


def _follow(start: int, steps: dict[int, list[Succession]], *, backwards: bool) -> list[Succession]:
    """The successions from `start` on. Only those that fit in time: what a unit took in after it had itself passed on
    is not the past of what it passed into."""
    found: list[Succession] = []
    waiting: list[tuple[int, date | None]] = [(start, None)]
    seen: set[int] = set()
    for unit_id, limit in waiting:
        for row in steps.get(unit_id, ()):
            fits = limit is None or (row.on_day <= limit if backwards else row.on_day >= limit)
            if fits and row.id not in seen:
                seen.add(row.id)
                found.append(row)
                waiting.append((row.predecessor_id if backwards else row.successor_id, row.on_day))
    return found


_Above = aliased(Unit)


def _query() -> Any:
    """Units with the names of their province and of the unit above, in the order of lists."""
    return (
        select(Unit, Province.name, _Above.code, _Above.name)
        .join(Province, Province.id == Unit.province_id)
        .join(_Above, _Above.id == Unit.parent_id, isouter=True)
        .order_by(_block_order(), func.coalesce(_Above.sort_key, ""), Unit.sort_key, Unit.code, Unit.id)
    )


def _block_order() -> ColumnElement[int]:
    places = {kind: place for place, block in enumerate(Block) for kind, of in BLOCK_OF.items() if of is block}
    return case(places, value=Unit.kind)


def _conditions(
    session: Session, day: date, search: str, block: Block | None, district_id: int | None, province: str | None
) -> list[ColumnElement[bool]]:
    name = settings.bare_name(province or settings.read(session)["province"])
    where = [_in_force(day), Unit.province_id == select(Province.id).where(Province.name == name).scalar_subquery()]
    if block is not None:
        where.append(Unit.kind.in_([kind for kind, of in BLOCK_OF.items() if of is block]))
    if district_id is not None:
        where.append(Unit.parent_id == district_id)
    phrase = " ".join(fold(search).split())
    if phrase:
        words = literal(" ") + Unit.fold
        where.append(or_(words.contains(f" {phrase}", autoescape=True), func.lower(Unit.code) == phrase))
    return where


def _in_force(day: date) -> ColumnElement[bool]:
    return and_(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to > day))


def _line(row: Any) -> UnitLine:
    unit, province, parent_code, parent_name = row
    return UnitLine(
        unit.id,
        unit.code,
        unit.name,
        unit.kind,
        province,
        unit.valid_from,
        unit.valid_to,
        unit.parent_id,
        parent_code,
        parent_name,
        unit.basis,
        unit.example,
    )
