"""Programmes of a year, and planning audits for many units at once."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, LogEntry, Succession, TeamMember, UnitMembership
from isoaudit.domain.account import Tie
from isoaudit.domain.errors import Conflict, Invalid, Refusals
from isoaudit.domain.vocabulary import AuditState, Purpose, Relation, Role, TeamRole, UnitKind
from isoaudit.services import planning, programmes, settings, teams
from isoaudit.services.audits.reading import find
from isoaudit.services.log import Actor
from tests import audit_factories, factories


class Office:
    """The office with two units, two inspectors and a checklist."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.province = settings.home(session).id
        self.by = Actor.of(factories.user(session), "10.0.0.1")
        self.units = [factories.unit(session, code=code, name=name) for code, name in (("1", "Xã A"), ("2", "Xã B"))]
        self.people = [factories.user(session, role=Role.INSPECTOR) for _ in range(2)]
        self.plan = planning.Plan(
            unit_ids=tuple(unit.id for unit in self.units),
            checklist_version_id=audit_factories.checklist(session).id,
            team=(
                teams.Post(self.people[0].id, TeamRole.HEAD, "Phần A"),
                teams.Post(self.people[1].id, TeamRole.SECRETARY),
            ),
            planned_on=date(2020, 9, 15),
        )

    def run(self, confirmed: bool = False, **changes: object) -> list[Audit]:
        """Plan, with changes."""
        plan = replace(self.plan, **changes)  # type: ignore[arg-type]
        return planning.plan_audits(self.session, self.province, plan, confirmed=confirmed, by=self.by, now=self.now)


@pytest.fixture
def office(session: Session, now: datetime) -> Office:
    return Office(session, now)


def refused(error: pytest.ExceptionInfo[Refusals]) -> list[str]:
    return [each.code for each in error.value.refusals]


def test_one_audit_for_each_unit_with_references_of_the_year(office: Office, session: Session) -> None:
    audits = office.run()
    assert [audit.reference for audit in audits] == ["2020-KT-001", "2020-KT-002"]
    assert [audit.reference for audit in office.run(planned_on=date(2021, 3, 1))] == ["2021-KT-001", "2021-KT-002"]
    assert office.run(unit_ids=(office.units[0].id,))[0].reference == "2020-KT-003"
    assert len({audit.id for audit in session.scalars(select(Audit))}) == 5
    view = find(session, office.province, "2020-KT-002")
    assert (view.state, view.version, view.unit.name) == (AuditState.PLANNED, "1.0.0", "Xã B")
    assert [(each.role, each.contents) for each in view.members] == [
        (TeamRole.HEAD, "Phần A"),
        (TeamRole.SECRETARY, None),
    ]
    assert session.scalars(select(LogEntry.action).order_by(LogEntry.seq)).all()[-1] == "audit.plan"


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_planned(office: Office, session: Session) -> None:
    agency = factories.unit(session, code="S1", name="Sở X", kind=UnitKind.AGENCY)
    ended = factories.unit(session, code="3", name="Xã C", valid_to=date(2020, 2, 1))
    only_communes = audit_factories.CHECKLIST | {"id": "xa", "applies_to": ["commune"]}
    version = audit_factories.checklist(session, data=only_communes)
    with pytest.raises(Refusals) as error:
        office.run(unit_ids=(agency.id, ended.id, 999), checklist_version_id=version.id, team=())
    assert refused(error) == [
        "plan.team",
        "plan.checklist_unfit",
        "plan.unit_not_in_force",
        "plan.unit_unknown",
    ]
    with pytest.raises(Refusals) as error:
        office.run(unit_ids=(), planned_on=None)
    assert refused(error) == ["plan.no_units", "plan.no_day"]
    assert session.scalars(select(Audit)).all() == []


def test_a_day_outside_the_programme_s_year_is_refused_once_with_the_names(office: Office, session: Session) -> None:
    made = programmes.add_programme(session, office.province, year=2021, name="Năm 2021", by=office.by, now=office.now)
    with pytest.raises(Refusals) as error:
        office.run(programme_id=made.id)
    assert [(each.code, each.details["record"]) for each in error.value.refusals] == [("plan.other_year", "Xã A, Xã B")]
    one = {office.units[0].id: date(2021, 3, 1)}
    with pytest.raises(Refusals) as error:
        office.run(programme_id=made.id, days=one)
    assert [each.details["record"] for each in error.value.refusals] == ["Xã B"]
    assert len(office.run(programme_id=made.id, planned_on=date(2021, 12, 31))) == 2


def test_a_second_full_audit_on_site_in_one_programme_is_warned_about_and_confirmed(
    office: Office, session: Session
) -> None:
    made = programmes.add_programme(session, office.province, year=2020, name="Năm 2020", by=office.by, now=office.now)
    audit = office.run(programme_id=made.id, unit_ids=(office.units[0].id,))[0]
    renamed = factories.unit(session, code="5", name="Phường A")
    session.add(
        Succession(
            predecessor_id=office.units[0].id,
            successor_id=renamed.id,
            on_day=date(2020, 2, 1),
            relation=Relation.CONTINUED,
        )
    )
    session.flush()
    for again, name in ((office.plan.unit_ids, "Xã A"), ((renamed.id,), "Phường A")):
        with pytest.raises(Conflict) as error:
            office.run(programme_id=made.id, unit_ids=again)
        assert error.value.code == "plan.repeated"
        assert (error.value.details["record"], error.value.details["value"]) == (name, audit.reference)
    assert len(office.run(programme_id=made.id, purpose=Purpose.FOLLOW_UP)) == 2
    assert len(office.run()) == 2
    assert len(office.run(programme_id=made.id, confirmed=True)) == 2


def test_a_team_is_made_of_inspectors_with_one_head(office: Office, session: Session) -> None:
    clerk = factories.user(session)
    head = teams.Post(office.people[0].id, TeamRole.HEAD)
    for team in (
        (teams.Post(office.people[0].id, TeamRole.MEMBER),),
        (head, teams.Post(office.people[1].id, TeamRole.HEAD)),
        (head, teams.Post(office.people[0].id, TeamRole.MEMBER)),
        (head, teams.Post(clerk.id, TeamRole.MEMBER)),
    ):
        with pytest.raises(Refusals):
            office.run(team=team)


def test_a_member_who_advised_a_predecessor_is_warned_about_and_confirmed(office: Office, session: Session) -> None:
    old = factories.unit(session, code="0", name="Xã cũ", valid_to=date(2020, 2, 1))
    session.add(
        Succession(
            predecessor_id=old.id,
            successor_id=office.units[1].id,
            on_day=date(2020, 2, 1),
            relation=Relation.CONSOLIDATED,
        )
    )
    session.add(UnitMembership(user_id=office.people[1].id, unit_id=old.id, tie=Tie.ADVISED))
    session.flush()
    with pytest.raises(Conflict) as error:
        office.run()
    assert error.value.code == "plan.partial"
    (warning,) = teams.warnings(session, office.plan.team, office.units)
    assert (warning.unit.name, warning.person) == ("Xã B", office.people[1].full_name)
    assert len(office.run(confirmed=True)) == 2


def test_the_team_changes_while_there_are_no_minutes(office: Office, session: Session) -> None:
    audit = office.run()[0]
    team = [teams.Post(office.people[1].id, TeamRole.HEAD)]
    planning.change_team(session, audit, team, by=office.by, now=office.now)
    members = session.scalars(select(TeamMember).where(TeamMember.audit_id == audit.id)).all()
    assert [(member.user_id, member.role) for member in members] == [(office.people[1].id, TeamRole.HEAD)]
    audit.state = AuditState.MINUTED
    with pytest.raises(Conflict):
        planning.change_team(session, audit, team, by=office.by, now=office.now)


def test_programmes_of_a_year_have_one_name_each(office: Office, session: Session) -> None:
    def add(**more: object) -> programmes.Programme:
        given = {"year": 2020, "name": "Kế hoạch kiểm tra 2020"} | more
        return programmes.add_programme(session, office.province, by=office.by, now=office.now, **given)  # type: ignore[arg-type]

    programme = add()
    for wrong in ({}, {"name": " "}, {"year": 1900}, {"name": "Khác", "document_id": 99}):
        with pytest.raises((Invalid, Conflict)):
            add(**wrong)
    office.run(programme_id=programme.id, group_name="Nhóm 1")
    ((found, document, counts),) = programmes.listed(session, office.province)
    assert (found.id, document, counts) == (programme.id, None, {AuditState.PLANNED: 2})
    changed = programmes.correct_programme(
        session,
        office.province,
        programme.id,
        name="Kế hoạch năm 2020",
        document_id=None,
        why="Sửa tên",
        by=office.by,
        now=office.now,
    )
    assert changed.name == "Kế hoạch năm 2020"
