"""Arrangements of a unit that already goes on from older rows of the register: what hangs on those rows is its own."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, ChecklistVersion, Nonconformity, Succession, User
from isoaudit.domain.errors import Refusals
from isoaudit.domain.unit_event import Receiver
from isoaudit.domain.unit_event_words import EventKind, OpenFindings, PlannedAudits
from isoaudit.domain.vocabulary import AuditState, NonconformityState, Outcome, Relation, Role
from isoaudit.services import unit_page
from isoaudit.services.rollup import roll_up
from isoaudit.services.unit_events import looking
from tests import audit_factories, factories
from tests.services.test_unit_events import DAY, NEW, Office

EVE = date(2020, 2, 29)


@pytest.fixture
def office(session: Session, now: datetime) -> Office:
    return Office(session, now)


class Recoded:
    """The first commune of the office as the go-on of an older row of the register, under which its nonconformity was
    raised, its audit planned and its officer's account made before the register of the new day was loaded."""

    def __init__(self, office: Office) -> None:
        session, self.unit, since = office.session, office.units[0], date(2020, 2, 20)
        self.old = factories.unit(session, code="19300", name="Xã Vĩnh Giang")
        self.found = audit_factories.finding(session, self.old)
        raising = session.get_one(Audit, (office.province, self.found.audit_id))
        self.planned = audit_factories.audit(
            session,
            head=session.scalars(select(User).where(User.username == "head")).one(),
            of=self.old,
            version=session.get_one(ChecklistVersion, raising.checklist_version_id),
        )
        factories.user(session, role=Role.UNIT_OFFICER, full_name="Lê Văn An", unit_id=self.old.id)
        self.old.valid_to = self.unit.valid_from = since
        ids = {"predecessor_id": self.old.id, "successor_id": self.unit.id}
        session.add(Succession(**ids, on_day=since, relation=Relation.CONTINUED))
        session.flush()

    def open_on_page(self, office: Office, day: date) -> int:
        return len(unit_page.load(office.session, self.unit.id).open_on(day))

    def state(self) -> tuple[object, ...]:
        return self.found.state, self.found.unit_id, self.planned.state, self.planned.unit_id


@pytest.mark.parametrize(
    ("kind", "receivers", "audits", "findings"),
    [
        (EventKind.MERGE, "new", PlannedAudits.MOVE, OpenFindings.TRANSFERRED),
        (EventKind.MERGE, "existing", PlannedAudits.MOVE, OpenFindings.KEEP),
        (EventKind.SPLIT, "two", PlannedAudits.CANCEL, OpenFindings.TRANSFERRED),
        (EventKind.DISSOLVE, "none", PlannedAudits.CANCEL, OpenFindings.ENDED),
    ],
)
def test_what_hangs_on_older_rows_of_a_unit_that_ends_is_settled_with_it(
    office: Office,
    session: Session,
    kind: EventKind,
    receivers: str,
    audits: PlannedAudits,
    findings: OpenFindings,
) -> None:
    """RULES §2: everything of a row that was `continued` counts as the successor's own."""
    unit = Recoded(office)
    before = unit.state()
    existing = Receiver(office.units[2].id)
    into = {"new": [NEW], "existing": [existing], "two": [NEW, existing], "none": []}[receivers]
    units = office.units[:2] if receivers == "new" else office.units[:1]
    entry = office.entry(kind, units, *into, audits=audits, findings=findings)
    assert unit.open_on_page(office, EVE) == 1
    seen = looking.preview(session, office.province, entry, by=office.by, now=office.now)
    event = office.enter(entry)
    after = looking.consequences(session, event)
    assert (after.findings, after.audits, after.officers) == (seen.findings, seen.audits, seen.officers)
    closes, moves = findings is not OpenFindings.KEEP, audits is PlannedAudits.MOVE
    assert [(each.unit.id, each.open, each.closed) for each in seen.findings] == [
        (unit.unit.id, int(not closes), int(closes))
    ]
    assert [(each.unit, each.moved, each.cancelled) for each in seen.audits] == [("Xã Vĩnh Giang", moves, not moves)]
    assert [(each.person, each.follows) for each in seen.officers] == [("Lê Văn An", False)]
    assert unit.open_on_page(office, DAY) == int(not closes)
    assert unit.found.outcome == (Outcome(findings.value) if closes else None)
    assert (unit.planned.unit_id == unit.old.id, unit.planned.state is AuditState.CANCELLED) == (not moves, not moves)
    assert roll_up(session, None, 2020, DAY).nonconformities.closing == int(not closes)
    office.withdraw(event)
    assert unit.state() == (before if moves else (*before[:2], AuditState.CANCELLED, before[3]))
    assert unit.open_on_page(office, DAY) == 1


def test_what_hangs_on_older_rows_of_a_unit_that_goes_on_goes_on_with_it(office: Office, session: Session) -> None:
    unit = Recoded(office)
    before = unit.state()
    event = office.enter(office.entry(EventKind.CHANGE, [unit.unit], Receiver(code="19301")))
    (new,) = event.done["begun"]
    assert unit.planned.unit_id == new
    assert [(each.person, each.follows) for each in looking.consequences(session, event).officers] == [
        ("Lê Văn An", True)
    ]
    assert len(unit_page.load(session, new).open_on(DAY)) == 1
    office.withdraw(event)
    assert unit.state() == before


def test_facts_of_later_days_on_an_older_row_stand_against_ending_the_unit(office: Office) -> None:
    unit = Recoded(office)
    office.session.get_one(Audit, (office.province, unit.found.audit_id)).minuted_on = date(2020, 4, 1)
    office.session.flush()
    with pytest.raises(Refusals) as refused:
        office.enter(office.entry(EventKind.MERGE, office.units[:2], NEW))
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.details["count"]) == ("unit_event.facts_after", 1)


def test_a_nonconformity_brought_from_another_province_is_closed_and_reopened_too(
    office: Office, session: Session
) -> None:
    unit = Recoded(office)
    far = factories.unit(session, code="19999", province="Quảng Bình", valid_to=unit.unit.valid_from)
    session.add(
        Succession(predecessor_id=far.id, successor_id=unit.unit.id, on_day=far.valid_to, relation=Relation.CONTINUED)
    )
    brought = []
    for table, key in ((Audit, (office.province, unit.found.audit_id)), (Nonconformity, _key(unit.found))):
        row = session.get_one(table, key)
        values = {column.key: getattr(row, column.key) for column in table.__table__.columns}
        brought.append(table(**{**values, "province_id": far.province_id, "unit_id": far.id}))
        session.add(brought[-1])
        session.flush()
    found = brought[1]
    assert unit.open_on_page(office, EVE) == 2
    event = office.enter(office.entry(EventKind.DISSOLVE, [unit.unit], findings=OpenFindings.ENDED))
    assert [(each.open, each.closed) for each in looking.consequences(session, event).findings] == [(0, 2)]
    assert unit.open_on_page(office, DAY) == 0
    office.withdraw(event)
    assert (found.state, unit.open_on_page(office, DAY)) == (NonconformityState.OPEN, 2)


def _key(found: Nonconformity) -> tuple[int, int, int]:
    return found.province_id, found.audit_id, found.criterion_id
