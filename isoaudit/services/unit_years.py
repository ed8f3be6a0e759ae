"""What objectives, reports owed and money of a year share: units in force in a year, chains of continued units,
documents that must stand. Nothing is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Document, Succession, Unit
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.vocabulary import BLOCK_OF, Block, Relation
from isoaudit.services import settings


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as lists name it."""

    id: int
    code: str
    name: str
    block: Block
    fold: str
    sort_key: str

    @classmethod
    def of(cls, unit: Unit) -> "UnitName":
        """The unit of a row."""
        return cls(
            unit.id, unit.code, unit.name, BLOCK_OF[unit.kind], f"{unit.fold} {unit.code.lower()}", unit.sort_key
        )

    @property
    def body(self) -> str:
        """Who is written to: of a territory its people's committee."""
        if self.block is Block.AGENCY or self.name.startswith("UBND"):
            return self.name
        return f"UBND {self.name[:1].lower()}{self.name[1:]}"

    @property
    def order(self) -> tuple[int, str, str]:
        """By block, then in Vietnamese order of names."""
        return list(Block).index(self.block), self.sort_key, self.code


def in_year(session: Session, year: int, unit_ids: Iterable[int]) -> list[Unit]:
    """Those units, in the order of lists. Raises `Invalid` or `Refusals` for one that is unknown or not in force on any
    day of the year."""
    wanted = set(unit_ids)
    rows = session.scalars(select(Unit).where(Unit.id.in_(wanted), Unit.province_id == settings.home_id(session))).all()
    if len(rows) != len(wanted):
        raise Invalid("unit.unknown", field="units")
    problems: list[Refusal] = [
        Invalid("year.unit_not_in_force", field="units", unit=f"{unit.code} {unit.name}", year=year)
        for unit in rows
        if unit.valid_from > date(year, 12, 31) or (unit.valid_to is not None and unit.valid_to <= date(year, 1, 1))
    ]
    raise_all(problems)
    return sorted(rows, key=lambda unit: UnitName.of(unit).order)


def on(session: Session, day: date) -> list[UnitName]:
    """The units of the installation's province in force on a day, in the order of lists."""
    query = select(Unit).where(Unit.province_id == settings.home_id(session), Unit.valid_from <= day)
    query = query.where(or_(Unit.valid_to.is_(None), Unit.valid_to > day))
    return sorted((UnitName.of(unit) for unit in session.scalars(query)), key=lambda each: each.order)


def chains(session: Session, unit_ids: Sequence[int]) -> dict[int, list[int]]:
    """Unit → the rows of the register that it continues, its own first (RULES §2). One query."""
    before = _continued(session)
    return {unit_id: _along(unit_id, before) for unit_id in unit_ids}


def kin(session: Session, unit_ids: Sequence[int]) -> dict[int, list[int]]:
    """Unit → all rows of the register that are this unit: those it continues and those that continue it, its own
    first. What a unit may have only once is looked for there. One query."""
    before = _continued(session)
    after: dict[int, list[int]] = {}
    for successor, predecessors in before.items():
        for each in predecessors:
            after.setdefault(each, []).append(successor)
    return {unit_id: [*_along(unit_id, before), *_along(unit_id, after)[1:]] for unit_id in unit_ids}


def _continued(session: Session) -> dict[int, list[int]]:
    before: dict[int, list[int]] = {}
    query = select(Succession.successor_id, Succession.predecessor_id).where(Succession.relation == Relation.CONTINUED)
    for successor, predecessor in session.execute(query):
        before.setdefault(successor, []).append(predecessor)
    return before


def _along(unit_id: int, steps: Mapping[int, Sequence[int]]) -> list[int]:
    rows = [unit_id]
    for row in rows:
        rows += [each for each in steps.get(row, ()) if each not in rows]
    return rows


def document_problems(session: Session, *keys: int | None) -> Iterator[Refusal]:
    """Documents that do not stand."""
    for key in keys:
        document = session.get(Document, key) if key is not None else None
        if key is not None and (document is None or document.voided_at is not None):
            yield Invalid("document.unknown", field="document", value=document.number if document else key)


def raise_all(problems: Iterable[Refusal]) -> None:
    """Refuse with all of them at once; do nothing for none."""
    found = list(problems)
    if found:
        raise found[0] if len(found) == 1 else Refusals(found)
