"""What stands against taking an arrangement back: records that rest on units which it began, later arrangements, codes
that were used again."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Base, Succession, Unit, UnitEvent
from isoaudit.domain.errors import Conflict
from isoaudit.domain.unit_event_words import Record
from isoaudit.services.unit_events.carrying import Done


def refuse_rested_on(session: Session, event: UnitEvent) -> None:
    """Refuse when anything names a unit that the event began, besides what the event itself put there, or when a unit
    of it was arranged again."""
    done = event.done
    for key in done["begun"]:
        unit = session.get_one(Unit, key)
        for table in Base.metadata.sorted_tables:
            for column in (foreign.parent for foreign in table.foreign_keys if foreign.column.table is Unit.__table__):
                query = select(func.count()).select_from(table).where(column == key)
                own = _own(done, table.name)
                if own and "id" in table.c:
                    query = query.where(table.c.id.not_in(own))
                elif own and table.name == Record.NONCONFORMITY:
                    query = query.where(table.c.audit_id.not_in(own))
                number = session.scalar(query) or 0
                if number:
                    _rested(unit, table.name, number)
    later = select(func.count()).where(
        Succession.predecessor_id.in_(done["ended"]), Succession.id.not_in(done["passages"])
    )
    for key in done["ended"]:
        number = session.scalar(later.where(Succession.predecessor_id == key, Succession.on_day >= event.on_day)) or 0
        if number:
            _rested(session.get_one(Unit, key), Record.SUCCESSION, number)


def _own(done: Done, table: str) -> list[int]:
    """The keys of what the event itself put there, in that table."""
    if table == Record.SUCCESSION:
        return list(done["passages"])
    if table == Record.UNIT:
        return list(done["begun"])
    if table in (Record.AUDIT, Record.NONCONFORMITY):
        return [key for key, _old in done["audits"]]
    return [key for name, key, _old in done["facts"] if name == table]


def _rested(unit: Unit, table: str, number: int) -> None:
    record = Record(table) if table in set(Record) else Record.OTHER
    told = f"{unit.name} ({unit.code})"
    raise Conflict("unit_event.rested_on", unit=told, what=record.vi, what_en=record.en, count=number)


def refuse_code_used(session: Session, event: UnitEvent) -> None:
    """Refuse when a unit that would come back has lost its code to another since."""
    own = {*event.done["begun"], *event.done["ended"]}
    for key in event.done["ended"]:
        old = session.get_one(Unit, key)
        taken = session.scalar(
            select(Unit).where(
                Unit.province_id == old.province_id,
                Unit.code == old.code,
                Unit.id.not_in(own),
                Unit.valid_from >= event.on_day,
            )
        )
        if taken is not None:
            raise Conflict("unit_event.code_used_since", value=old.code, unit=taken.name)
