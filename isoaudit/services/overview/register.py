"""The register beside a roll-up: the province's key, which rows are one unit, districts, reasons of exemptions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Exemption, Province, Setting, Succession, Unit
from isoaudit.domain.facts import Succession as Passing
from isoaudit.domain.figures import Rollup
from isoaudit.domain.unit import Register
from isoaudit.domain.vocabulary import Relation, UnitKind
from isoaudit.services import settings


def home(session: Session) -> int | None:
    """The key of the installation's province, None while it has no row. Never writes."""
    name = session.scalar(select(Setting.value).where(Setting.name == "province")) or settings.DEFAULTS["province"]
    return session.scalar(select(Province.id).where(Province.name == settings.bare_name(str(name))))


class Chains:
    """Under which unit, and which province, a register row goes on as of a day (`continued`, RULES §2)."""

    def __init__(self, session: Session, day: date) -> None:
        """One query."""
        found = session.execute(
            select(
                Succession.id, Succession.predecessor_id, Succession.successor_id, Succession.on_day, Unit.province_id
            )
            .join(Unit, Unit.id == Succession.successor_id)
            .where(Succession.relation == Relation.CONTINUED, Succession.on_day <= day)
        ).all()
        self._day = day
        self._provinces: dict[int, int] = {row.successor_id: row.province_id for row in found}
        self._register = Register(
            (), [Passing(row.predecessor_id, row.successor_id, row.on_day, Relation.CONTINUED, row.id) for row in found]
        )

    def unit(self, unit_id: int) -> int:
        """The row under which the unit goes on."""
        return self._register.last_row(unit_id, self._day)

    def province(self, unit_id: int, own: int) -> int:
        """The province of the row under which the unit goes on; `own` is that of the row itself."""
        return self._provinces.get(self.unit(unit_id), own)

    def rows(self, unit_id: int) -> tuple[int, ...]:
        """The register rows that are this unit, its own first."""
        return self._register.rows(unit_id, self._day)


def exemption_reasons(session: Session, unit_ids: Collection[int], day: date) -> Mapping[int, str]:
    """Unit in force → why it is exempt on that day; two queries, none without units."""
    if not unit_ids:
        return {}
    chains = Chains(session, day)
    whose = {row: unit for unit in unit_ids for row in chains.rows(unit)}
    found = session.execute(
        select(Exemption.unit_id, Exemption.reason)
        .where(
            Exemption.unit_id.in_(whose),
            Exemption.voided_at.is_(None),
            Exemption.from_day <= day,
            or_(Exemption.to_day.is_(None), Exemption.to_day > day),
        )
        .order_by(Exemption.from_day, Exemption.id)
    )
    return {whose[unit]: reason for unit, reason in found}


def districts(session: Session, rollup: Rollup) -> dict[int, tuple[str, str]]:
    """Key of a district → its code and name, for those that a unit of the roll-up lies in, by name; one query at
    most."""
    wanted = {line.unit.parent_id for line in rollup.units if line.unit.parent_id is not None}
    of_rollup = (line.unit for line in rollup.units)
    known = {unit.id: (unit.order, unit.code, unit.name) for unit in of_rollup if unit.id in wanted}
    missing: Sequence[int] = sorted(wanted - known.keys())
    if missing:
        found = session.execute(select(Unit.id, Unit.sort_key, Unit.code, Unit.name).where(Unit.id.in_(missing)))
        known |= {key: (order, code, name) for key, order, code, name in found}
    return {key: (code, name) for key, (_order, code, name) in sorted(known.items(), key=lambda each: each[1])}


def district_names(session: Session, unit_ids: Collection[int]) -> Mapping[int, str]:
    """Register row → the name of the district it lies in, for those that lie in one; one query, none without units."""
    if not unit_ids:
        return {}
    district = aliased(Unit)
    found = session.execute(
        select(Unit.id, district.name)
        .join(district, district.id == Unit.parent_id)
        .where(Unit.id.in_(set(unit_ids)), district.kind == UnitKind.DISTRICT)
    )
    return dict(found.all())
