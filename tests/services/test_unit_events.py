"""Arrangements of units entered by the office: one transaction does all, and all of it can be taken back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Declaration, Document, LogEntry, Succession, Unit, UnitEvent
from isoaudit.domain.errors import Conflict, Invalid, Refusal, Refusals
from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.unit_event import Plan, Receiver
from isoaudit.domain.unit_event_words import EventKind, OpenFindings, PlannedAudits
from isoaudit.domain.vocabulary import AuditState, DeclarationKind, NonconformityState, Outcome, Role, Status, UnitKind
from isoaudit.services import documents, log, register, settings
from isoaudit.services.facts import entry as facts
from isoaudit.services.facts.table import KINDS
from isoaudit.services.rollup import roll_up
from isoaudit.services.unit_events import looking, writing
from isoaudit.services.unit_events.entries import Entry
from tests import audit_factories, factories

DAY = date(2020, 3, 1)
DECISION = {"number": "832/NQ-UBTVQH14", "kind": "NQ", "issuer": "UBTVQH", "subject": "Sắp xếp đơn vị cấp xã"}


class Office:
    """Three communes and an officer of the first, with the decision in the register."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.units = [
            factories.unit(session, code=f"1934{number}", name=f"Xã Vĩnh {name}")
            for number, name in enumerate(("Giang", "Thành", "Tân"))
        ]
        self.user = factories.user(session, role=Role.OFFICE)
        self.by = log.Actor.of(self.user, "test")
        self.province = settings.home(session).id
        values = {**DECISION, "issued_on": date(2020, 1, 10)}
        self.document = documents.enter(session, values, by=self.by, now=now)

    def entry(self, kind: EventKind, units: list[Unit], *receivers: Receiver, **more: Any) -> Entry:
        plan = Plan(kind, more.pop("on", DAY), tuple(unit.id for unit in units), receivers, more.pop("goes_on", False))
        return Entry(plan, self.document.id, **more)

    def enter(self, entry: Entry) -> UnitEvent:
        return writing.enter(self.session, self.province, entry, by=self.by, now=self.now)

    def withdraw(self, event: UnitEvent, why: str = "Ghi nhầm") -> UnitEvent:
        return writing.withdraw(self.session, self.province, event.id, why=why, by=self.by, now=self.now)

    def declare(self, unit: Unit, day: date) -> Any:
        values = {
            "edition": "iso9001-2008",
            "kind": DeclarationKind.DECLARE,
            "made_on": day,
            "covered": None,
            "total": None,
        }
        return facts.enter(self.session, KINDS["declaration"], unit.id, values, by=self.by, now=self.now)

    def codes(self, day: date) -> set[tuple[str, str]]:
        return {(line.code, line.name) for line in register.as_of(self.session, day)}


@pytest.fixture
def office(session: Session, now: datetime) -> Office:
    return Office(session, now)


NEW = Receiver(code="19340", name="Xã Vĩnh Mới", kind=UnitKind.COMMUNE)


def test_several_units_become_a_new_one_that_takes_a_code_again(office: Office, session: Session) -> None:
    before = office.codes(date(2020, 2, 29))
    event = office.enter(office.entry(EventKind.MERGE, office.units[:2], NEW))
    assert office.codes(date(2020, 2, 29)) == before
    assert office.codes(DAY) == {("19340", "Xã Vĩnh Mới"), ("19342", "Xã Vĩnh Tân")}
    made = register.find(session, "19340", DAY)
    assert made is not None
    history = register.history(session, made.id)
    assert [each.before.name for each in history.earlier] == ["Xã Vĩnh Thành", "Xã Vĩnh Giang"]
    assert {each.basis for each in history.earlier} == {"832/NQ-UBTVQH14 ngày 10/01/2020"}
    assert event.done["after"] == ["Xã Vĩnh Mới (19340)"]
    assert "unit_event.enter" in session.scalars(select(LogEntry.action)).all()


def test_an_event_is_withdrawn_while_nothing_rests_on_it(office: Office, session: Session) -> None:
    before = office.codes(DAY)
    event = office.enter(office.entry(EventKind.MERGE, office.units[:2], NEW))
    made = session.get_one(Unit, event.done["begun"][0])
    declared = office.declare(made, date(2020, 5, 1))
    with pytest.raises(Conflict, match=r"unit_event\.rested_on"):
        office.withdraw(event)
    session.delete(declared)
    session.flush()
    with pytest.raises(Invalid, match=r"fact\.why_required"):
        office.withdraw(event, " ")
    office.withdraw(event)
    assert office.codes(DAY) == before
    assert session.scalars(select(Succession)).all() == []
    assert (event.void_reason, [line.event for line in looking.listing(session, office.province)]) == (
        "Ghi nhầm",
        [event],
    )


def test_an_event_is_corrected_in_one_go(office: Office, session: Session) -> None:
    entry = office.entry(EventKind.MERGE, office.units[:2], NEW)
    event = office.enter(entry)
    other = replace(entry, plan=replace(entry.plan, units=tuple(unit.id for unit in office.units)))
    given = {"why": "Còn thiếu một xã", "by": office.by, "now": office.now}
    assert writing.correct(session, office.province, event.id, other, **given)
    assert office.codes(DAY) == {("19340", "Xã Vĩnh Mới")}
    assert not writing.correct(session, office.province, event.id, other, **given)
    office.declare(session.get_one(Unit, event.done["begun"][0]), date(2020, 5, 1))
    with pytest.raises(Conflict, match=r"unit_event\.rested_on"):
        writing.correct(session, office.province, event.id, entry, **given)
    assert writing.correct(session, office.province, event.id, replace(other, note="Theo bản đính chính"), **given)
    assert event.note == "Theo bản đính chính"


def test_a_renamed_unit_keeps_what_it_did_also_of_later_days(office: Office, session: Session) -> None:
    old = office.units[0]
    early, late = office.declare(old, date(2019, 6, 1)), office.declare(old, date(2020, 4, 1))
    planned = audit_factories.audit(session, head=factories.user(session, role=Role.INSPECTOR), of=old)
    event = office.enter(
        office.entry(EventKind.CHANGE, [old], Receiver(name="Thị trấn Vĩnh Giang", kind=UnitKind.TOWNSHIP))
    )
    new = event.done["begun"][0]
    assert [session.get_one(Declaration, each.id).unit_id for each in (early, late)] == [old.id, new]
    assert session.get_one(Audit, (office.province, planned.id)).unit_id == new
    line = next(each for each in roll_up(session, None, 2020, DAY).units if each.unit.id == new)
    assert (line.edition, line.redeclaration_due) == ("iso9001-2008", False)
    office.withdraw(event)
    assert session.get_one(Declaration, late.id).unit_id == old.id
    assert session.get_one(Audit, (office.province, planned.id)).unit_id == old.id


def test_facts_after_the_day_stand_against_ending_a_unit(office: Office) -> None:
    office.declare(office.units[0], date(2020, 4, 1))
    with pytest.raises(Refusals) as refused:
        office.enter(office.entry(EventKind.MERGE, office.units[:2], NEW))
    assert [(each.code, each.details["count"]) for each in refused.value.refusals] == [("unit_event.facts_after", 1)]
    assert office.enter(office.entry(EventKind.MERGE, office.units[1:], Receiver(office.units[0].id))).id


def test_the_preview_tells_what_would_happen_and_leaves_nothing(office: Office, session: Session) -> None:
    office.declare(office.units[0], date(2019, 6, 1))
    factories.user(session, role=Role.UNIT_OFFICER, full_name="Lê Văn An", unit_id=office.units[0].id)
    head = factories.user(session, role=Role.INSPECTOR)
    version = audit_factories.checklist(session)
    begun, _planned = (audit_factories.audit(session, head=head, of=unit, version=version) for unit in office.units[:2])
    begun.state = AuditState.UNDER_WAY
    entry = office.entry(EventKind.MERGE, office.units[:2], NEW, audits=PlannedAudits.CANCEL)
    before, entries = office.codes(DAY), session.scalars(select(LogEntry.seq)).all()
    seen = looking.preview(session, office.province, entry, by=office.by, now=office.now)
    assert [(each.unit.name, each.status) for each in seen.ended] == [
        ("Xã Vĩnh Giang", Status.NOT_CONVERTED),
        ("Xã Vĩnh Thành", Status.NOT_STARTED),
    ]
    assert [(each.unit.name, each.status, each.redeclaration_due) for each in seen.due] == [
        ("Xã Vĩnh Mới", Status.TO_REDECLARE, True)
    ]
    assert [(each.person, each.follows) for each in seen.officers] == [("Lê Văn An", False)]
    assert [(each.unit, each.cancelled, each.under_way) for each in seen.audits] == [
        ("Xã Vĩnh Giang", False, True),
        ("Xã Vĩnh Thành", True, False),
    ]
    assert (office.codes(DAY), session.scalars(select(LogEntry.seq)).all()) == (before, entries)
    assert session.scalars(select(UnitEvent)).all() == []
    with pytest.raises(Refusal):
        looking.preview(session, office.province, replace(entry, document_id=999), by=office.by, now=office.now)


def test_planned_audits_move_to_the_receiver_and_come_back(office: Office, session: Session) -> None:
    planned = audit_factories.audit(session, head=factories.user(session, role=Role.INSPECTOR), of=office.units[0])
    receiver = Receiver(office.units[1].id)
    event = office.enter(office.entry(EventKind.MERGE, office.units[:1], receiver, audits=PlannedAudits.MOVE))
    assert planned.unit_id == office.units[1].id
    office.withdraw(event)
    assert (planned.unit_id, planned.state) == (office.units[0].id, AuditState.PLANNED)


def test_open_nonconformities_are_closed_by_the_decision_and_reopened_with_it(office: Office, session: Session) -> None:
    unit = office.units[0]
    found = audit_factories.finding(session, unit)
    entry = office.entry(
        EventKind.MERGE, [unit], Receiver(office.units[1].id), findings=OpenFindings.TRANSFERRED, note="…"
    )
    event = office.enter(entry)
    assert (found.state, found.closed_on, found.outcome) == (NonconformityState.CLOSED, DAY, Outcome.TRANSFERRED)
    assert [(each.open, each.closed) for each in looking.consequences(session, event).findings] == [(0, 1)]
    office.withdraw(event)
    assert (found.state, found.closed_on, found.due_on) == (NonconformityState.OPEN, None, date(2020, 6, 1))
    assert roll_up(session, None, 2020, DAY).nonconformities.closing == 1


@pytest.mark.parametrize("kind", list(EventKind))
def test_before_its_day_an_event_changes_no_figure_and_withdrawn_none_at_all(
    office: Office, session: Session, kind: EventKind
) -> None:
    for unit, day in zip(office.units, (date(2016, 5, 1), date(2017, 5, 1)), strict=False):
        office.declare(unit, day)
    part = Receiver(code="1", name="Xã Tách", kind=UnitKind.COMMUNE)
    entry = {
        EventKind.MERGE: office.entry(kind, office.units[:2], NEW),
        EventKind.SPLIT: office.entry(kind, office.units[:1], part, Receiver(office.units[1].id)),
        EventKind.CHANGE: office.entry(kind, office.units[:1], Receiver(code="19999")),
        EventKind.DISSOLVE: office.entry(kind, office.units[:1]),
    }[kind]
    eve, day = date(2020, 2, 29), date(2020, 12, 31)

    def figures() -> tuple[object, object]:
        return to_json(roll_up(session, None, 2020, eve)), to_json(roll_up(session, None, 2020, day))

    before = figures()
    event = office.enter(entry)
    after = figures()
    assert after[0] == before[0]
    assert after[1] != before[1]
    office.withdraw(event)
    assert figures() == before


def test_a_cited_decision_is_found_from_its_page_and_stays(office: Office, session: Session) -> None:
    office.enter(office.entry(EventKind.DISSOLVE, office.units[:1]))
    with pytest.raises(Refusal, match=r"document\.cited"):
        documents.void(session, office.document.id, why="Nhầm", by=office.by, now=office.now)
    assert session.get_one(Document, office.document.id).voided_at is None
