"""Entering, correcting, voiding and restoring facts of units: what is kept, and what is refused."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Declaration, LogEntry, Succession, Unit
from isoaudit.domain.errors import Conflict, Invalid, NotFound, Refusals
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import ActivityKind, DeclarationKind, Obligation, Relation
from isoaudit.services import revisions, settings
from isoaudit.services.facts import declarations, entry, milestones
from isoaudit.services.facts.table import KINDS
from isoaudit.services.log import COMMAND_LINE
from tests import factories

OLD, NEW = "iso9001-2008", "iso9001-2015"
BY: dict[str, Any] = {"by": COMMAND_LINE}


def declaration(day: date, edition: str = NEW, kind: str = "declare", **rest: Any) -> dict[str, Any]:
    values = {"edition": edition, "kind": DeclarationKind(kind), "made_on": day, "document_id": None}
    return values | {"covered": None, "total": None} | rest


@pytest.fixture
def unit(session: Session) -> Unit:
    return factories.unit(session)


@pytest.fixture
def enter(session: Session, now: datetime) -> Callable[..., Any]:
    def entering(unit: Unit, name: str, **values: Any) -> Any:
        return entry.enter(session, KINDS[name], unit.id, values, by=COMMAND_LINE, now=now)

    return entering


def test_each_kind_is_entered_with_its_first_revision_and_a_line_in_the_log(
    session: Session, unit: Unit, enter: Callable[..., Any]
) -> None:
    version = settings.home(session).data_version
    made = [
        enter(unit, "declaration", **declaration(date(2020, 6, 1), covered=40, total=54)),
        enter(unit, "milestone", conversion="2008-2015", step="plan", achieved_on=date(2020, 2, 27), document_id=None),
        enter(
            unit,
            "activity",
            year=2020,
            kind=ActivityKind.INTERNAL_AUDIT,
            done_on=date(2020, 9, 1),
            document_id=None,
        ),
        enter(unit, "procedures", as_of=date(2020, 11, 18), total=54, covered=40, not_linked=40, linked_same_level=13),
        enter(unit, "obligation", from_day=date(2021, 1, 1), to_day=None, level=Obligation.PLANNED, document_id=None),
        enter(unit, "exemption", from_day=date(2020, 1, 1), to_day=None, reason="Không phát sinh TTHC"),
    ]
    session.expire_all()
    assert [revisions.history(session, fact)[0].revision for fact in made] == [1] * 6
    actions = [row.action for row in session.scalars(select(LogEntry).order_by(LogEntry.seq))]
    assert [action for action in actions if action.endswith(".add")] == [f"{name}.add" for name in KINDS]
    assert settings.home(session).data_version == version + len(made)


REFUSED = (
    ("declaration", declaration(date(2020, 11, 19)), "fact.in_future"),
    ("declaration", declaration(date(2019, 12, 31)), "fact.unit_not_in_force"),
    ("declaration", declaration(date(2020, 6, 1), "iso9001-1994"), "declaration.edition_unknown"),
    ("declaration", declaration(date(2020, 6, 1), covered=5, total=4), "procedures.covered_above_total"),
    ("declaration", declaration(date(2020, 6, 1), document_id=99), "document.unknown"),
    (
        "milestone",
        {"conversion": "2008-2015", "step": "declared", "achieved_on": date(2020, 6, 1)},
        "milestone.declared",
    ),
    ("milestone", {"conversion": "2008-2015", "step": "x", "achieved_on": date(2020, 6, 1)}, "milestone.step_unknown"),
    (
        "milestone",
        {"conversion": "1994-2008", "step": "plan", "achieved_on": date(2020, 6, 1)},
        "milestone.conversion_unknown",
    ),
    (
        "activity",
        {"year": 2018, "kind": ActivityKind.TRAINING, "done_on": date(2020, 6, 1)},
        "activity.year_far",
    ),
    ("procedures", {"as_of": date(2020, 6, 1), "total": 3, "covered": 4}, "procedures.covered_above_total"),
    (
        "procedures",
        {"as_of": date(2020, 6, 1), "total": 3, "covered": 3, "not_linked": 2, "linked_same_level": 2},
        "procedures.parts_above_total",
    ),
    (
        "procedures",
        {
            "as_of": date(2020, 6, 1),
            "total": 3,
            "covered": 3,
            "carried_over": 1,
            "received_online": 2,
            "received_in_person": 3,
            "resolved": 6,
            "in_progress": 1,
        },
        "procedures.dossiers_differ",
    ),
    (
        "obligation",
        {"from_day": date(2020, 6, 1), "to_day": date(2020, 6, 1), "level": Obligation.PLANNED},
        "fact.ends_before_start",
    ),
    ("exemption", {"from_day": date(2020, 6, 1), "to_day": None, "reason": " "}, "exemption.reason_missing"),
)


@pytest.mark.parametrize(("name", "values", "code"), REFUSED, ids=[code for _, _, code in REFUSED])
def test_what_cannot_be_is_refused_by_name_and_nothing_is_written(
    session: Session, enter: Callable[..., Any], name: str, values: dict[str, Any], code: str
) -> None:
    unit = factories.unit(session, valid_from=date(2020, 1, 1))
    with pytest.raises(Invalid) as refused:
        enter(unit, name, **values)
    assert refused.value.code == code
    assert say(refused.value) != say(refused.value, "en")
    assert session.scalars(select(KINDS[name].row)).all() == []


def test_all_problems_of_one_attempt_are_told_at_once(session: Session, enter: Callable[..., Any]) -> None:
    unit = factories.unit(session, valid_from=date(2020, 1, 1), valid_to=date(2020, 7, 1))
    with pytest.raises(Refusals) as refused:
        enter(unit, "declaration", **declaration(date(2020, 12, 1), covered=5, total=4))
    codes = [each.code for each in refused.value.refusals]
    assert codes == ["fact.unit_not_in_force", "fact.in_future", "procedures.covered_above_total"]


def test_the_same_fact_does_not_stand_twice(unit: Unit, enter: Callable[..., Any]) -> None:
    enter(unit, "declaration", **declaration(date(2020, 6, 1)))
    with pytest.raises(Invalid) as refused:
        enter(unit, "declaration", **declaration(date(2020, 6, 1), covered=1, total=2))
    assert refused.value.code == "fact.stands_already"


def test_declaring_an_older_edition_is_refused_until_the_newer_one_is_withdrawn(
    unit: Unit, enter: Callable[..., Any]
) -> None:
    enter(unit, "declaration", **declaration(date(2019, 6, 1)))
    with pytest.raises(Invalid) as refused:
        enter(unit, "declaration", **declaration(date(2020, 6, 1), OLD))
    assert refused.value.code == "declaration.older"
    assert refused.value.details["field"] == "edition"
    enter(unit, "declaration", **declaration(date(2020, 5, 1), NEW, "withdraw"))
    enter(unit, "declaration", **declaration(date(2020, 6, 1), OLD))


def test_no_change_may_make_a_later_declaration_older_than_the_current_one(
    session: Session, unit: Unit, enter: Callable[..., Any], now: datetime
) -> None:
    enter(unit, "declaration", **declaration(date(2019, 6, 1)))
    ended = enter(unit, "declaration", **declaration(date(2020, 5, 1), NEW, "withdraw"))
    enter(unit, "declaration", **declaration(date(2020, 6, 1), OLD))
    with pytest.raises(Invalid) as refused:
        entry.void(session, declarations.KIND, unit.id, ended.id, why="nhầm", by=COMMAND_LINE, now=now)
    assert refused.value.code == "declaration.makes_older"
    assert "01/6/2020" in say(refused.value)
    assert ended.voided_at is None


def test_a_continued_chain_is_one_unit_for_the_order_of_editions(
    session: Session, unit: Unit, enter: Callable[..., Any]
) -> None:
    day = date(2020, 1, 1)
    unit.valid_to = day
    later = factories.unit(session, name="Xã Vĩnh Chấp", valid_from=day)
    session.add(Succession(predecessor_id=unit.id, successor_id=later.id, on_day=day, relation=Relation.CONTINUED))
    enter(unit, "declaration", **declaration(date(2019, 6, 1)))
    with pytest.raises(Invalid) as refused:
        enter(later, "declaration", **declaration(date(2020, 6, 1), OLD))
    assert refused.value.code == "declaration.older"


def test_a_correction_needs_its_reason_and_the_page_that_is_up_to_date(
    session: Session, unit: Unit, enter: Callable[..., Any], now: datetime
) -> None:
    fact = enter(unit, "declaration", **declaration(date(2020, 6, 1)))
    given = declaration(date(2020, 6, 2))

    def correct(values: dict[str, Any], why: str, revision: int) -> bool:
        return entry.correct(
            session, declarations.KIND, unit.id, fact.id, values, why=why, revision=revision, by=COMMAND_LINE, now=now
        )

    with pytest.raises(Invalid, match=r"fact\.why_required"):
        correct(given, " ", 1)
    assert correct(given, "gõ nhầm ngày", 1)
    assert not correct(given, "", 2)
    with pytest.raises(Conflict, match=r"fact\.stale"):
        correct(declaration(date(2020, 6, 3)), "chậm chân", 1)
    assert [row.why for row in revisions.history(session, fact)] == [None, "gõ nhầm ngày"]
    last = session.scalars(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert last is not None
    assert last.detail["changed"] == {"made_on": ["2020-06-01", "2020-06-02"]}


def test_what_was_voided_can_be_restored_unless_it_stands_anew(
    session: Session, unit: Unit, enter: Callable[..., Any], now: datetime
) -> None:
    values = {"conversion": "2008-2015", "step": "plan", "achieved_on": date(2020, 2, 27)}
    fact = enter(unit, "milestone", **values)
    at = {"by": COMMAND_LINE, "now": now + timedelta(minutes=1)}
    with pytest.raises(Invalid, match=r"fact\.why_required"):
        entry.void(session, milestones.KIND, unit.id, fact.id, why="", **at)
    entry.void(session, milestones.KIND, unit.id, fact.id, why="nhập nhầm đơn vị", **at)
    with pytest.raises(Conflict, match=r"fact\.voided"):
        entry.void(session, milestones.KIND, unit.id, fact.id, why="lần nữa", **at)
    entry.restore(session, milestones.KIND, unit.id, fact.id, **at)
    assert fact.voided_at is None
    entry.void(session, milestones.KIND, unit.id, fact.id, why="nhập nhầm đơn vị", **at)
    enter(unit, "milestone", **values)
    with pytest.raises(Invalid, match=r"fact\.stands_already"):
        entry.restore(session, milestones.KIND, unit.id, fact.id, **at)


def test_a_fact_is_found_only_under_its_own_unit(
    session: Session, unit: Unit, enter: Callable[..., Any], now: datetime
) -> None:
    fact = enter(unit, "declaration", **declaration(date(2020, 6, 1)))
    other = factories.unit(session, code="19354", name="Xã Vĩnh Lâm")
    with pytest.raises(NotFound):
        entry.void(session, declarations.KIND, other.id, fact.id, why="x", by=COMMAND_LINE, now=now)
    with pytest.raises(NotFound):
        enter(Unit(id=4711), "declaration", **declaration(date(2020, 6, 1)))
    assert session.get(Declaration, fact.id) is fact
