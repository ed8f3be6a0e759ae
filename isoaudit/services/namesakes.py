"""What units are called where several bear one name (Phường 1 of two towns), for lists that hold units of any time.

The report and the briefing, which know the units in force on their day, name them from their roll-up.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Unit


def called(session: Session, units: Sequence[Unit]) -> dict[int | None, str]:
    """Row of the register → its name; where another unit of the province bore the name at the same time, with the
    district or, without one, the code."""
    if not units:
        return {}
    others = session.scalars(select(Unit).where(Unit.name.in_({unit.name for unit in units}))).all()
    wanted = {unit.parent_id for unit in units if unit.parent_id is not None}
    above = {unit.id: unit.name for unit in session.scalars(select(Unit).where(Unit.id.in_(wanted)))}
    return {
        unit.id: f"{unit.name} ({above.get(unit.parent_id or 0) or unit.code})"
        if any(_confused(unit, each) for each in others)
        else unit.name
        for unit in units
    }


def _confused(unit: Unit, other: Unit) -> bool:
    """Whether the other unit bore the same name on some day on which both were in force."""
    if other.id == unit.id or (other.name, other.province_id) != (unit.name, unit.province_id):
        return False
    return unit.valid_from < (other.valid_to or date.max) and other.valid_from < (unit.valid_to or date.max)
