"""What a publication asks of each unit, and what the unit has done about it: procedures to build, update or withdraw,
and whose declared scope is to be reviewed.

Listed are units in force on the day and not exempt that have a system, declared or being built. A unit that never
applied it, or has stopped, has no procedures of its own to bring in line; those are counted apart.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, ProcedureUpdate
from isoaudit.domain.catalogue import CatalogueChange, Redeclaration, Scope, change_for, redeclaration
from isoaudit.domain.declaration import last_declared
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.domain.facts import Unit
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.localday import local_day
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.services import log, revisions, settings
from isoaudit.services.catalogue import publishing
from isoaudit.services.catalogue.listing import competence
from isoaudit.services.catalogue.publishing import Item, Published
from isoaudit.services.rollup import Counted, count

_WITHOUT = (Status.NOT_STARTED, Status.STOPPED, Status.TO_REDECLARE)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a unit has to do: what the publication's item means for it, and the record that it is done."""

    item_id: int
    change: CatalogueChange
    code: str
    name: str
    done: ProcedureUpdate | None


@dataclass(frozen=True, slots=True)
class UnitDuties:
    """What one unit has to do. `due_anyway`: by its own figures or a merger it has to declare again (RULES §3,
    "cần công bố lại"), whatever this publication asks."""

    unit: Unit
    block: Block
    duties: tuple[Duty, ...]
    declared: Scope | None
    redeclaration: Redeclaration
    due_anyway: bool = False

    @property
    def open(self) -> tuple[Duty, ...]:
        """What is not done yet."""
        return tuple(each for each in self.duties if each.done is None)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do, the review of the scope included."""
        left = (Redeclaration.REVIEW, Redeclaration.TO_CHECK, Redeclaration.WHEN_BUILT)
        return not self.open and self.redeclaration not in left


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A publication with what it asks of every unit on a day."""

    published: Published
    items: tuple[Item, ...]
    units: tuple[UnitDuties, ...]
    without_system: int
    day: date

    @property
    def done(self) -> int:
        """Duties that are done."""
        return sum(len(each.duties) - len(each.open) for each in self.units)

    @property
    def total(self) -> int:
        """All duties."""
        return sum(len(each.duties) for each in self.units)

    def asked(self, *states: Redeclaration) -> list[UnitDuties]:
        """The units whose declared scope stands like this."""
        return [each for each in self.units if each.redeclaration in states]


def counted_on(session: Session, day: date) -> Counted:
    """The facts of a day, for several publications at once."""
    return count(session, None, day.year, day, each_finding=False)


def follow(session: Session, published: Published, counted: Counted) -> FollowUp:
    """What the publication asks of every unit, on the day of the facts."""
    found = tuple(publishing.items(session, published.row.id))
    done = _done(session, [each.row.id for each in found], counted.rollup.as_of)
    units, without = [], 0
    for line in counted.rollup.units:
        rows = counted.scope.rows(line.unit.id)
        duties = tuple(_duties(found, line, rows, done))
        if not duties or line.exempt:
            continue
        if line.status in _WITHOUT:
            without += 1
            continue
        declared = _declared(counted, line, rows)
        asked = redeclaration(
            ((each.change, each.done.done_on if each.done else None) for each in duties),
            published.row.effective_on,
            declared,
        )
        units.append(UnitDuties(line.unit, line.block, duties, declared, asked, line.redeclaration_due))
    return FollowUp(published, found, tuple(units), without, counted.rollup.as_of)


def _duties(
    items: Iterable[Item],
    line: UnitLine,
    rows: Collection[int],
    done: Mapping[tuple[int, int], ProcedureUpdate],
) -> Iterable[Duty]:
    for each in items:
        before = competence(each.before) if each.before is not None else None
        after = competence(each.after) if each.after is not None else None
        change = change_for(before, after, line.unit.kind, rows)
        if change is not None:
            marks = [done[each.row.id, row] for row in rows if (each.row.id, row) in done]
            version = each.version
            yield Duty(each.row.id, change, version.code, version.name, marks[0] if marks else None)


def _done(session: Session, item_ids: Sequence[int], day: date) -> dict[tuple[int, int], ProcedureUpdate]:
    query = select(ProcedureUpdate).where(
        ProcedureUpdate.item_id.in_(item_ids), ProcedureUpdate.voided_at.is_(None), ProcedureUpdate.done_on <= day
    )
    return {(row.item_id, row.unit_id): row for row in session.scalars(query)}


def _declared(counted: Counted, line: UnitLine, rows: Sequence[int]) -> Scope | None:
    """The declaration by which the unit holds its current edition."""
    last = last_declared(counted.scope.ledger.declarations(rows, counted.rollup.as_of)) if line.edition else None
    return None if last is None else Scope(last.on, last.covered, last.total)


def mark(
    session: Session,
    publication_id: int,
    pairs: Iterable[tuple[int, int]],
    *,
    done_on: date,
    document_id: int | None,
    note: str | None,
    by: log.Actor,
    now: datetime,
) -> int:
    """Record that units were done with items on a day: pairs of item and unit, by its row of that day or of today. What
    is done already, or is not asked of the unit, is passed over; what is recorded about made-up items is made up with
    them. Returns how many were recorded. Raises `Invalid` for a day to come or before the decision."""
    published = publishing.get(session, publication_id)
    if published.row.voided_at is not None:
        raise Invalid("publication.taken_back", field="done_on")
    if done_on > local_day(now):
        raise Invalid("fact.in_future", field="done_on", day=short_date(done_on))
    if done_on < published.document.issued_on:
        issued = short_date(published.document.issued_on)
        raise Invalid("publication.before_decision", field="done_on", day=short_date(done_on), issued=issued)
    document = session.get(Document, document_id) if document_id is not None else None
    if document_id is not None and (document is None or document.voided_at is not None):
        raise Invalid("document.unknown", field="document", value=document_id)
    wanted = set(pairs)
    counted = counted_on(session, done_on)
    asked = follow(session, published, counted)
    today = local_day(now)
    made = [
        ProcedureUpdate(
            item_id=duty.item_id,
            unit_id=each.unit.id,
            done_on=done_on,
            document_id=document_id,
            note=note or None,
            example=published.row.example,
        )
        for each in asked.units
        for duty in each.open
        if not wanted.isdisjoint(
            (duty.item_id, row) for row in (each.unit.id, counted.scope.register.last_row(each.unit.id, today))
        )
    ]
    for row in made:
        revisions.enter(session, row, by=by, now=now)
    if made:
        told = sorted({row.unit_id for row in made})
        _log(session, "mark", publication_id, by=by, now=now, updates=len(made), units=told, done_on=done_on)
    return len(made)


def unmark(session: Session, publication_id: int, update_id: int, *, why: str, by: log.Actor, now: datetime) -> None:
    """Take such a record back, with a reason."""
    row = session.get(ProcedureUpdate, update_id)
    if row is None or row.item_id not in {each.row.id for each in publishing.items(session, publication_id)}:
        raise NotFound("publication.unknown")
    revisions.refuse_changing(session, row)
    revisions.void(session, row, by=by, now=now, why=why)
    _log(session, "unmark", publication_id, by=by, now=now, unit=row.unit_id, why=why)


def _log(session: Session, done: str, publication_id: int, *, by: log.Actor, now: datetime, **detail: Any) -> None:
    home = settings.home_id(session)
    log.append(session, home, f"publication.{done}", str(publication_id), by=by, now=now, **detail)
