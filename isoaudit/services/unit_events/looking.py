"""What an arrangement does, told before it is saved and afterwards: units that end and begin, how they pass into each
other, what is carried over, what falls due. Read from the register in which the event stands; a preview makes it stand
inside a savepoint and lets it go again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Document, Succession, Unit, UnitEvent, UnitMembership, User
from isoaudit.domain.account import Tie
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import AuditState, Relation, Status
from isoaudit.services import log, register
from isoaudit.services.rollup import roll_up
from isoaudit.services.unit_events import carrying, writing
from isoaudit.services.unit_events.entries import Entry, get

_UNDER_WAY = (AuditState.UNDER_WAY, AuditState.SIGNED)


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list, with its decision."""

    event: UnitEvent
    document: Document


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with its conversion status: of one that ends on its last day, of others on the day of the arrangement.
    `along`: it only goes on under another parent. `goes_on`: it is the same unit before and after."""

    unit: register.UnitLine
    status: Status | None
    redeclaration_due: bool
    along: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Officer:
    """A unit officer's account at a unit that ends, or at an older row of it. `follows`: it sees the unit that goes on
    by itself."""

    person: str
    username: str
    unit: str
    follows: bool


@dataclass(frozen=True, slots=True)
class PlannedAudit:
    """An audit planned at a unit that ends; `moved` it now belongs to the receiver, `cancelled` it takes no place.
    `under_way`: it has begun and has no minutes yet."""

    reference: str
    unit: str
    planned_on: date | None
    moved: bool
    cancelled: bool
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """How many nonconformities of a unit that ends stay open, those of its older rows too, and how many the arrangement
    closed."""

    unit: register.UnitLine
    open: int
    closed: int


@dataclass(frozen=True, slots=True)
class Consequences:
    """Everything that an arrangement does. `boundaries`: the parents of the units arranged, when they differ. `facts`:
    how many records of the day or later go to the row under which their unit goes on."""

    ended: tuple[Standing, ...]
    after: tuple[Standing, ...]
    passages: tuple[register.Passage, ...]
    officers: tuple[Officer, ...]
    audits: tuple[PlannedAudit, ...]
    findings: tuple[Findings, ...]
    boundaries: tuple[str, ...]
    facts: int

    @property
    def due(self) -> tuple[Standing, ...]:
        """The units that have to declare anew."""
        return tuple(each for each in self.after if each.redeclaration_due)


def listing(session: Session, province_id: int) -> list[Line]:
    """The arrangements entered in the province, the latest day first; withdrawn ones too."""
    rows = session.execute(
        select(UnitEvent, Document)
        .join(Document, Document.id == UnitEvent.document_id)
        .where(UnitEvent.province_id == province_id)
        .order_by(UnitEvent.on_day.desc(), UnitEvent.id.desc())
    )
    return [Line(event, document) for event, document in rows]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A day on which units passed into others by the register as it was loaded or imported: how often, by relation."""

    on: date
    relations: Mapping[Relation, int]


def loaded(session: Session, province_id: int, lines: Iterable[Line]) -> list[Loaded]:
    """The days of successions into the province's units that no event of these entered, the latest first."""
    entered = [key for line in lines if line.event.voided_at is None for key in line.event.done["passages"]]
    rows = session.execute(
        select(Succession.on_day, Succession.relation, func.count())
        .join(Unit, Unit.id == Succession.successor_id)
        .where(Unit.province_id == province_id, Succession.id.not_in(entered))
        .group_by(Succession.on_day, Succession.relation)
        .order_by(Succession.on_day.desc(), Succession.relation)
    )
    found: dict[date, dict[Relation, int]] = {}
    for on, relation, number in rows:
        found.setdefault(on, {})[relation] = number
    return [Loaded(on, relations) for on, relations in found.items()]


def preview(
    session: Session,
    province_id: int,
    entry: Entry,
    *,
    event_id: int | None = None,
    why: str = "",
    by: log.Actor,
    now: datetime,
) -> Consequences:
    """What `writing.enter` (or `correct` of that event) would do. Raises what it raises; nothing stays."""
    attempt = session.begin_nested()
    try:
        if event_id is None:
            event = writing.enter(session, province_id, entry, by=by, now=now)
        else:
            writing.correct(session, province_id, event_id, entry, why=why or "…", by=by, now=now)
            event = get(session, province_id, event_id)
        found = consequences(session, event)
    finally:
        attempt.rollback()
        session.expire_all()
    return found


def consequences(session: Session, event: UnitEvent) -> Consequences:
    """What an event that stands does."""
    done, on = event.done, event.on_day
    lines = {each.id: each for each in _units(session, event)}
    passages = tuple(
        register.Passage(lines[row.predecessor_id], lines[row.successor_id], row.on_day, row.relation, row.basis)
        for row in session.scalars(
            select(Succession).where(Succession.id.in_(done["passages"])).order_by(Succession.id)
        )
    )
    going_on = {each.before.id: each.after.id for each in passages if each.relation is Relation.CONTINUED}
    along = set(done["along"]) | {going_on[key] for key in done["along"]}
    eve, day = _statuses(session, on - ONE_DAY), _statuses(session, on)
    before = [key for key in (*done["ended"], *(each.before.id for each in passages)) if key in lines]
    after = [*done["begun"], *(each.after.id for each in passages)]

    def told(
        keys: Iterable[int], statuses: Mapping[int, tuple[Status | None, bool]], same: set[int]
    ) -> tuple[Standing, ...]:
        made = []
        for key in dict.fromkeys(keys):
            status, due = statuses.get(key, (None, False))
            made.append(Standing(lines[key], status, due, key in along, key in same))
        return tuple(made)

    ended = [key for key in done["ended"] if key not in going_on]
    return Consequences(
        ended=told(before, eve, set(going_on)),
        after=told(after, day, set(going_on.values()) | (set(after) - set(done["begun"]))),
        passages=passages,
        officers=tuple(_officers(session, done["ended"], lines, set(going_on))),
        audits=tuple(_audits(session, event, ended, lines)),
        findings=tuple(_findings(session, event, ended, lines)),
        boundaries=_boundaries(lines[key] for key in event.planned["units"] if key in lines),
        facts=len(done["facts"]),
    )


def _units(session: Session, event: UnitEvent) -> list[register.UnitLine]:
    keys = {*event.done["ended"], *event.done["begun"], *event.planned["units"]}
    for row in session.scalars(select(Succession).where(Succession.id.in_(event.done["passages"]))):
        keys |= {row.predecessor_id, row.successor_id}
    return register.lines(session, keys)


def _statuses(session: Session, day: date) -> dict[int, tuple[Status | None, bool]]:
    """Of each unit in force on that day: its conversion status, and whether it has to declare anew."""
    counted = roll_up(session, None, day.year, day)
    return {line.unit.id: (line.status, line.redeclaration_due) for line in counted.units}


def _officers(
    session: Session, ended: list[int], lines: Mapping[int, register.UnitLine], going_on: set[int]
) -> list[Officer]:
    owner = carrying.owners(session, ended)
    rows = session.execute(
        select(User.full_name, User.username, UnitMembership.unit_id)
        .join(User, User.id == UnitMembership.user_id)
        .where(UnitMembership.unit_id.in_(owner), UnitMembership.tie == Tie.OFFICER.value)
        .where(UnitMembership.until.is_(None), User.active)
        .order_by(User.sort_key, User.username)
    )
    found = dict.fromkeys((name, username, owner[row]) for name, username, row in rows)
    return [Officer(name, username, lines[key].name, key in going_on) for name, username, key in found]


def _audits(
    session: Session, event: UnitEvent, ended: list[int], lines: Mapping[int, register.UnitLine]
) -> list[PlannedAudit]:
    done, owner = event.done, carrying.owners(session, ended)
    moved = {key: old for key, old in done["audits"] if old in owner}
    left = [each.id for each in carrying.planned_audits(session, event.province_id, ended, event.on_day)]
    rows = session.execute(
        select(Audit.reference, Audit.id, Audit.unit_id, Audit.planned_on, Audit.state)
        .where(Audit.province_id == event.province_id)
        .where(
            or_(
                Audit.id.in_(moved),
                Audit.reference.in_(done["cancelled"]),
                Audit.id.in_(left),
                and_(Audit.unit_id.in_(owner), Audit.state.in_(_UNDER_WAY)),
            )
        )
        .order_by(Audit.reference)
    )
    cancelled = done["cancelled"]
    return [
        PlannedAudit(
            reference,
            lines[owner[moved.get(key, unit)]].name,
            planned,
            moved=key in moved,
            cancelled=reference in cancelled,
            under_way=state in _UNDER_WAY,
        )
        for reference, key, unit, planned, state in rows
    ]


def _findings(
    session: Session, event: UnitEvent, ended: list[int], lines: Mapping[int, register.UnitLine]
) -> list[Findings]:
    owner = carrying.owners(session, ended)
    still = Counter(owner[row.unit_id] for row, _reference, _code in carrying.open_findings(session, ended))
    done = carrying.closed_findings(event.done, event.province_id)
    where = tuple_(Audit.province_id, Audit.id).in_({(province, audit) for audit, _criterion, _state, province in done})
    audited = select(Audit.province_id, Audit.id, Audit.unit_id).where(where)
    units = {(row.province_id, row.id): owner.get(row.unit_id) for row in session.execute(audited)}
    closed = Counter(units[province, audit] for audit, _criterion, _state, province in done)
    return [Findings(lines[key], still[key], closed[key]) for key in ended if still[key] or closed[key]]


def _boundaries(units: Iterable[register.UnitLine]) -> tuple[str, ...]:
    """The districts across whose boundary the units are merged."""
    parents = dict.fromkeys(each.parent_name or "" for each in units)
    return tuple(name for name in parents if name) if len(parents) > 1 else ()


def of_unit(session: Session, unit_id: int) -> list[Line]:
    """The standing events that ended or began this row of the register, or took something into it."""
    province = session.get_one(Unit, unit_id).province_id
    passing = select(Succession.id).where(or_(Succession.predecessor_id == unit_id, Succession.successor_id == unit_id))
    passages = set(session.scalars(passing))
    return [
        line
        for line in listing(session, province)
        if line.event.voided_at is None
        and (
            unit_id in line.event.done["ended"]
            or unit_id in line.event.done["begun"]
            or not passages.isdisjoint(line.event.done["passages"])
        )
    ]
