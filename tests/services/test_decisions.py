"""Decisions of the committee: how they stand on a day, what following up adds, what is refused."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from isoaudit.db import DecisionStep
from isoaudit.domain.decision import DecisionState, Step, StepKind, standing
from isoaudit.domain.errors import Conflict, Invalid, Refusals
from isoaudit.domain.vocabulary import Block
from isoaudit.services import decisions, revisions
from isoaudit.services.decisions import Follow
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories

MADE, DUE, TODAY = date(2020, 3, 2), date(2020, 6, 30), date(2020, 11, 18)
DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))


def values(text: str = "Hoàn thành chuyển đổi", **rest: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"unit_id": None, "block": None, "decided_on": MADE, "document_id": None, "text": text}
    return given | {"addressed_to": "Sở Nội vụ", "due_on": DUE} | rest


@pytest.mark.parametrize(
    ("steps", "day", "state", "due"),
    [
        ([], DUE, DecisionState.OPEN, DUE),
        ([], date(2020, 7, 1), DecisionState.OVERDUE, DUE),
        ([Step(1, StepKind.PROGRESS, date(2020, 5, 1))], date(2020, 7, 1), DecisionState.OVERDUE, DUE),
        ([Step(1, StepKind.DONE, DUE)], date(2020, 12, 31), DecisionState.DONE, DUE),
        ([Step(1, StepKind.DONE, DUE)], date(2020, 6, 29), DecisionState.OPEN, DUE),
        ([Step(1, StepKind.DONE, date(2020, 7, 1))], date(2020, 7, 1), DecisionState.DONE_LATE, DUE),
        ([Step(1, StepKind.DROPPED, date(2020, 9, 1))], date(2020, 9, 1), DecisionState.DROPPED, DUE),
        (
            [Step(1, StepKind.EXTENDED, date(2020, 6, 1), date(2020, 9, 30))],
            date(2020, 9, 30),
            DecisionState.OPEN,
            date(2020, 9, 30),
        ),
        (
            [Step(1, StepKind.DONE, date(2020, 6, 1)), Step(2, StepKind.REOPENED, date(2020, 8, 1))],
            date(2020, 8, 1),
            DecisionState.OVERDUE,
            DUE,
        ),
    ],
)
def test_how_it_stands_on_a_day(steps: list[Step], day: date, state: DecisionState, due: date) -> None:
    found = standing(DUE, steps, day)
    assert (found.state, found.due_on) == (state, due)


@given(DAYS, st.lists(st.tuples(st.sampled_from(StepKind), DAYS), max_size=6), DAYS)
def test_what_comes_later_changes_nothing_before(due: date, told: list[tuple[StepKind, date]], day: date) -> None:
    steps = [Step(place, kind, on, on) for place, (kind, on) in enumerate(told, 1)]
    known = [each for each in steps if each.on_day <= day]
    assert standing(due, steps, day) == standing(due, known, day)
    assert (standing(due, steps, day).days_late(day) > 0) is (
        standing(due, steps, day).state in (DecisionState.OVERDUE, DecisionState.DONE_LATE)
    )


def test_a_decision_is_followed_up_to_its_end_and_each_day_keeps_what_was_known(
    session: Session, now: datetime
) -> None:
    ward = factories.unit(session)
    row = decisions.enter(session, values(unit_id=ward.id), by=BY, now=now)
    decisions.enter(session, values("Cả khối", block=Block.COMMUNE, due_on=None), by=BY, now=now)
    for kind, on, due in (
        (StepKind.PROGRESS, date(2020, 5, 4), None),
        (StepKind.EXTENDED, date(2020, 6, 29), date(2020, 9, 30)),
        (StepKind.DONE, date(2020, 10, 2), None),
    ):
        decisions.follow_up(session, row.id, Follow(kind, on, "việc", due), by=BY, now=now)
    for day, states in (
        (date(2020, 7, 1), [DecisionState.OPEN, DecisionState.OPEN]),
        (date(2020, 10, 1), [DecisionState.OVERDUE, DecisionState.OPEN]),
        (TODAY, [DecisionState.OPEN, DecisionState.DONE_LATE]),
    ):
        assert [line.state for line in decisions.listed(session, day)] == states
    line = decisions.of_units(session, [ward.id], TODAY)[0]
    assert (line.state, line.standing.days_late(TODAY), len(line.steps)) == (DecisionState.DONE_LATE, 2, 3)
    assert len(decisions.get(session, row.id, date(2020, 6, 28)).steps) == 1
    assert [each.row.text for each in decisions.listed(session, TODAY)] == ["Cả khối", "Hoàn thành chuyển đổi"]
    assert decisions.listed(session, date(2020, 3, 1)) == []
    assert decisions.meetings(session) == [MADE]


def test_steps_are_never_changed(session: Session, now: datetime) -> None:
    row = decisions.enter(session, values(), by=BY, now=now)
    decisions.follow_up(session, row.id, Follow(StepKind.PROGRESS, MADE, "đang làm"), by=BY, now=now)
    for change in (update(DecisionStep).values(text="khác"), delete(DecisionStep)):
        with pytest.raises(DBAPIError, match="insert-only"), session.begin_nested():
            session.execute(change)


def test_what_cannot_be_is_refused(session: Session, now: datetime) -> None:
    wrong = values(" ", unit_id=factories.unit(session).id, block=Block.COMMUNE, due_on=date(2020, 1, 1))
    with pytest.raises(Refusals) as refused:
        decisions.enter(session, wrong, by=BY, now=now)
    assert [each.code for each in refused.value.refusals] == [
        "decision.empty",
        "decision.two_subjects",
        "decision.due_before",
    ]
    row = decisions.enter(session, values(), by=BY, now=now)

    def step(kind: StepKind, on: date, text: str = "việc", due: date | None = None) -> None:
        decisions.follow_up(session, row.id, Follow(kind, on, text, due), by=BY, now=now)

    with pytest.raises(Invalid, match=r"decision\.step_before"):
        step(StepKind.PROGRESS, date(2020, 3, 1))
    with pytest.raises(Invalid, match=r"fact\.in_future"):
        step(StepKind.PROGRESS, date(2020, 11, 19))
    with pytest.raises(Invalid, match=r"decision\.new_due"):
        step(StepKind.EXTENDED, MADE)
    with pytest.raises(Conflict, match=r"decision\.not_ended"):
        step(StepKind.REOPENED, MADE)
    step(StepKind.DONE, DUE)
    with pytest.raises(Conflict, match=r"decision\.ended"):
        step(StepKind.PROGRESS, DUE)
    late = values(decided_on=date(2020, 7, 1), due_on=None)
    with pytest.raises(Invalid, match=r"decision\.steps_before"):
        decisions.correct(session, row.id, late, why="nhầm ngày", by=BY, now=now)


def test_a_correction_has_its_reason_and_a_voided_decision_comes_back(session: Session, now: datetime) -> None:
    row = decisions.enter(session, values(), by=BY, now=now)
    with pytest.raises(Invalid, match=r"fact\.why_required"):
        decisions.correct(session, row.id, values("Nội dung khác"), why=" ", by=BY, now=now)
    assert decisions.correct(session, row.id, values("Nội dung khác"), why="ghi nhầm", by=BY, now=now)
    with pytest.raises(Conflict, match=r"fact\.stale"):
        decisions.correct(session, row.id, values(), why="lại", revision=1, by=BY, now=now)
    decisions.void(session, row.id, why="trùng", by=BY, now=now)
    assert (decisions.listed(session, TODAY), list(decisions.voided(session))) == ([], [row])
    decisions.restore(session, row.id, by=BY, now=now)
    assert len(decisions.listed(session, TODAY)) == 1
    assert [each.why for each in revisions.history(session, row)] == [None, "ghi nhầm", "trùng", None]


def test_a_unit_is_found_by_code_and_by_name_on_the_day(session: Session) -> None:
    early = factories.unit(session, code="19333", name="Phường 1", valid_to=date(2025, 7, 1))
    late = factories.unit(session, code="19333", name="Phường Đông Hà", valid_from=date(2025, 7, 1))
    twin = factories.unit(session, code="19360", name="Phường 1")
    assert decisions.unit_named(session, "19333", MADE).id == early.id
    assert decisions.unit_named(session, "19333", date(2026, 1, 1)).id == late.id
    assert decisions.unit_named(session, "phuong dong ha", date(2026, 1, 1)).id == late.id
    assert decisions.unit_named(session, "Phường 1 (19360)", MADE).id == twin.id
    with pytest.raises(Invalid, match=r"decision\.unit_several"):
        decisions.unit_named(session, "Phường 1", MADE)
    with pytest.raises(Invalid, match=r"decision\.unit_unknown"):
        decisions.unit_named(session, "Phường 9", MADE)
