"""The year's plan against what was made: moved, made, missed, cancelled; clashes of people and units."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from isoaudit.db import Audit
from isoaudit.domain import yearplan
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.vocabulary import AuditState, Purpose, Role
from isoaudit.domain.yearplan import Fate
from isoaudit.services import moving, programmes, settings
from isoaudit.services import yearplan as plans
from isoaudit.services.log import COMMAND_LINE as BY
from tests import audit_factories, factories

TODAY = date(2020, 11, 18)
Plan = Callable[..., Audit]


@pytest.fixture
def home(session: Session) -> int:
    """The key of the province."""
    return settings.home(session).id


@pytest.fixture
def plan(session: Session) -> Plan:
    """plan(unit, day, programme): an audit of a unit by one head, of one checklist."""
    head = factories.user(session, role=Role.INSPECTOR)
    version = audit_factories.checklist(session)
    units: dict[str, object] = {}

    def planned(code: str, day: date, programme: int | None = None, **more: object) -> Audit:
        unit = units.setdefault(code, factories.unit(session, code=code, name=f"Xã {code}") if code not in units else 0)
        given = {"programme_id": programme, **more}
        return audit_factories.audit(session, head=head, of=unit, version=version, planned_on=day, **given)  # type: ignore[arg-type]

    return planned


def test_what_became_of_each_visit(session: Session, home: int, plan: Plan, now: datetime) -> None:
    programme = programmes.add_programme(session, home, year=2020, name="Kế hoạch 41", by=BY, now=now).id
    given = {"programme": programme, "group_name": "Nhóm 1"}
    made, moved, missed, coming, gone = (
        plan(f"{place}", day, **given)
        for place, day in enumerate((date(2020, 11, 2), date(2020, 11, 3), date(2020, 11, 4), date(2020, 12, 1), TODAY))
    )
    plan("7", date(2021, 2, 1))
    moving.move(session, home, moved.reference, date(2020, 11, 10), why="đơn vị bận bầu cử", by=BY, now=now)
    moving.move(session, home, moved.reference, date(2020, 11, 12), why="mưa lũ", by=BY, now=now)
    for audit, day in ((made, date(2020, 11, 2)), (moved, date(2020, 11, 12))):
        audit.state, audit.minuted_on = AuditState.MINUTED, day
    gone.state, gone.cancel_reason = AuditState.CANCELLED, "đơn vị sáp nhập"
    session.flush()
    visits = plans.visits(session, home, 2020, TODAY)
    assert {each.name: each.fate(TODAY) for each in visits} == {
        "Xã 0": Fate.MADE,
        "Xã 1": Fate.MADE_OTHER_DAY,
        "Xã 2": Fate.MISSED,
        "Xã 3": Fate.PLANNED,
        "Xã 4": Fate.CANCELLED,
    }
    shown = next(each for each in visits if each.name == "Xã 1")
    assert (shown.first_on, [(each.to.day, each.why) for each in shown.moves]) == (
        date(2020, 11, 3),
        [(10, "đơn vị bận bầu cử"), (12, "mưa lũ")],
    )
    (line,) = yearplan.by_group(visits, TODAY)
    assert (line.programme, line.group, line.planned, line.made, line.moved) == ("Kế hoạch 41", "Nhóm 1", 5, 2, 1)
    assert plans.years(session, home) == [2021, 2020]
    assert [each.name for each in plans.visits(session, home, 2021, TODAY)] == ["Xã 7"]
    assert missed.state is coming.state is AuditState.PLANNED


def test_a_person_in_two_places_and_a_unit_visited_twice_are_marked(
    session: Session, home: int, plan: Plan, now: datetime
) -> None:
    first, second = (
        programmes.add_programme(session, home, year=2020, name=name, by=BY, now=now).id for name in ("Một", "Hai")
    )
    day = date(2020, 12, 1)
    plan("1", day, first)
    plan("2", day, first)
    plan("1", date(2020, 12, 3), second)
    plan("2", date(2020, 12, 4), second, purpose=Purpose.FOLLOW_UP)
    visits = plans.visits(session, home, 2020, TODAY)
    (person,) = yearplan.person_clashes(visits)
    assert (person.day, [each.name for each in person.visits]) == (day, ["Xã 1", "Xã 2"])
    (unit,) = yearplan.unit_clashes(visits)
    assert (unit.name, [each.programme for each in unit.visits]) == ("Xã 1", ["Một", "Hai"])
    (load,) = yearplan.by_person(visits, TODAY)
    assert (load.visits, load.days, load.as_head, load.made) == (4, 3, 4, 0)
    moving.move(session, home, unit.visits[0].reference, date(2020, 12, 2), why="trùng người", by=BY, now=now)
    assert yearplan.person_clashes(plans.visits(session, home, 2020, TODAY)) == []


def test_a_visit_is_moved_only_where_it_makes_sense(session: Session, home: int, plan: Plan, now: datetime) -> None:
    programme = programmes.add_programme(session, home, year=2020, name="Kế hoạch", by=BY, now=now).id
    audit = plan("1", date(2020, 12, 1), programme)

    def move(day: date, why: str = "lý do") -> None:
        moving.move(session, home, audit.reference, day, why=why, by=BY, now=now)

    for day, why, code in (
        (date(2020, 12, 2), " ", "plan.move_reason"),
        (date(2020, 12, 1), "lý do", "plan.move_same"),
        (date(2021, 1, 4), "lý do", "plan.move_year"),
    ):
        with pytest.raises(Invalid, match=code):
            move(day, why)
    audit.state = AuditState.UNDER_WAY
    session.flush()
    with pytest.raises(Conflict, match=r"plan\.move_closed"):
        move(date(2020, 12, 2))
