"""Entering, correcting, voiding and restoring a fact about a unit (RULES §1): what all kinds share.

Refused: a unit or fact that is not there, a day on which the unit is not in force, a day to come for what has
happened, a key that stands already, an unknown document, a page that is out of date, and what the kind itself refuses.
All problems of one attempt are told at once, before anything is written.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from isoaudit.db import Document, Fact, Unit
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, NotFound, Refusal, Refusals
from isoaudit.domain.localday import local_day
from isoaudit.domain.unit import ONE_DAY, holds
from isoaudit.services import log, revisions, settings
from isoaudit.services.facts.kinds import Kind, Values


def enter(session: Session, kind: Kind, unit_id: int, values: Values, *, by: log.Actor, now: datetime) -> Fact:
    """Enter a new fact of a unit. Raises `Invalid` or `Refusals` with everything that is wrong."""
    unit = locked_unit(session, unit_id)
    _allow(session, kind, unit, values, None, now)
    fact: Fact = kind.row(**{"unit_id": unit.id, **values})
    revisions.enter(session, fact, by=by, now=now)
    _log(session, kind, "add", unit, fact, by=by, now=now, content=revisions.content(fact))
    return fact


def check(
    session: Session, kind: Kind, unit_id: int, values: Values, *, fact_id: int | None = None, now: datetime
) -> None:
    """Refuse what `enter`, or `correct` of that fact, would refuse of these values; nothing is written."""
    unit = locked_unit(session, unit_id)
    fact = None if fact_id is None else find(session, kind, unit_id, fact_id)
    _allow(session, kind, unit, values, fact, now)


def correct(
    session: Session,
    kind: Kind,
    unit_id: int,
    fact_id: int,
    values: Values,
    *,
    why: str | None,
    revision: int | None = None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Give a fact new values; False when nothing differs. `revision` is the one the person saw: a later one means that
    somebody was faster (`Conflict`)."""
    unit = locked_unit(session, unit_id)
    fact = find(session, kind, unit_id, fact_id)
    revisions.refuse_changing(session, fact, revision)
    before = {name: getattr(fact, name) for name in values}
    _allow(session, kind, unit, values, fact, now)
    if not revisions.correct(session, fact, dict(values), by=by, now=now, why=why):
        return False
    changed = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    _log(session, kind, "correct", unit, fact, by=by, now=now, changed=changed, why=why)
    return True


def void(session: Session, kind: Kind, unit_id: int, fact_id: int, *, why: str, by: log.Actor, now: datetime) -> Fact:
    """Take a fact out of every count, with a reason; it stays as history."""
    unit = locked_unit(session, unit_id)
    fact = find(session, kind, unit_id, fact_id)
    revisions.refuse_changing(session, fact)
    _refuse(kind.check(session, unit, None, fact))
    revisions.void(session, fact, by=by, now=now, why=why)
    _log(session, kind, "void", unit, fact, by=by, now=now, why=why)
    return fact


def restore(session: Session, kind: Kind, unit_id: int, fact_id: int, *, by: log.Actor, now: datetime) -> Fact:
    """Undo a voiding, when the fact may still stand beside what was entered since."""
    unit = locked_unit(session, unit_id)
    fact = find(session, kind, unit_id, fact_id)
    revisions.refuse_restoring(fact)
    _allow(session, kind, unit, values_of(fact), fact, now)
    revisions.restore(session, fact, by=by, now=now)
    _log(session, kind, "restore", unit, fact, by=by, now=now)
    return fact


def find(session: Session, kind: Kind, unit_id: int, fact_id: int) -> Fact:
    """The fact of that unit, standing or voided. Raises `NotFound`."""
    fact = session.get(kind.row, fact_id)
    if fact is None or values_of(fact)["unit_id"] != unit_id:
        raise NotFound("fact.unknown")
    return fact


def values_of(fact: Fact) -> dict[str, Any]:
    """All columns of a fact by name."""
    return {attribute.key: getattr(fact, attribute.key) for attribute in inspect(type(fact)).column_attrs}


def column(kind: Kind, name: str) -> InstrumentedAttribute[Any]:
    """A column of the kind's row by name."""
    found: InstrumentedAttribute[Any] = getattr(kind.row, name)
    return found


def locked_unit(session: Session, unit_id: int) -> Unit:
    """The unit, locked until the transaction ends, so that two people entering facts about it take turns."""
    unit = session.scalar(select(Unit).where(Unit.id == unit_id).with_for_update(key_share=True))
    if unit is None:
        raise NotFound("unit.unknown")
    return unit


def unit_period(unit: Unit) -> str:
    """From when to when a unit is in force, in words of a message: the last day inclusive."""
    until = short_date(unit.valid_to - ONE_DAY) if unit.valid_to else "…"
    return f"{short_date(unit.valid_from)} – {until}"


def _allow(session: Session, kind: Kind, unit: Unit, values: Values, fact: Fact | None, now: datetime) -> None:
    whole = values if fact is None else values_of(fact) | dict(values)
    _refuse([*_shared(session, kind, unit, whole, fact, now), *kind.check(session, unit, whole, fact)])


def _shared(
    session: Session, kind: Kind, unit: Unit, values: Values, fact: Fact | None, now: datetime
) -> Iterator[Refusal]:
    day: date = values[kind.day]
    if not holds(unit.valid_from, unit.valid_to, day):
        yield Invalid(
            "fact.unit_not_in_force",
            field=kind.day,
            unit=f"{unit.code} {unit.name}",
            day=short_date(day),
            period=unit_period(unit),
        )
    if kind.happened and day > local_day(now):
        yield Invalid("fact.in_future", field=kind.day, day=short_date(day))
    same = select(kind.row.id).where(column(kind, "unit_id") == unit.id, kind.row.voided_at.is_(None))
    same = same.where(*(column(kind, name) == values[name] for name in kind.key))
    if fact is not None:
        same = same.where(kind.row.id != fact.id)
    if session.scalar(same.limit(1)) is not None:
        yield Invalid("fact.stands_already", field=kind.day, unit=f"{unit.code} {unit.name}")
    document_id = values.get("document_id")
    if document_id is not None:
        document = session.get(Document, document_id)
        if document is None or document.voided_at is not None:
            yield Invalid("document.unknown", field="document", value=document.number if document else document_id)


def _refuse(found: Iterable[Refusal]) -> None:
    problems = list(found)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Refusals(problems)


def _log(
    session: Session, kind: Kind, done: str, unit: Unit, fact: Fact, *, by: log.Actor, now: datetime, **detail: Any
) -> None:
    home = settings.home(session)
    subject = f"{unit.code} {unit.name}"
    log.append(session, home.id, f"{kind.name}.{done}", subject, by=by, now=now, counts=True, fact=fact.id, **detail)
