"""The file of an inspection on a day, and a working programme as it is proposed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.checklist import Criterion, Part, Words
from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.domain.inspection import Anchor, Needed, StepRule, StepState, rules, steps_of
from isoaudit.domain.vocabulary import Mode, PaperKind, Purpose, TeamRole, Where
from isoaudit.domain.worksessions import Session, checked, proposed, unanswered

ON_SITE, FULL = frozenset({Mode.ON_SITE}), frozenset({Purpose.FULL})
PLANNED = date(2020, 11, 16)
RULES = (
    StepRule(PaperKind.DECISION, ON_SITE, FULL, Anchor.PLANNED_ON, -10),
    StepRule(PaperKind.SCHEDULE, frozenset(Mode), FULL, Anchor.PLANNED_ON, -7),
    StepRule(PaperKind.MINUTES, ON_SITE, FULL, Anchor.PLANNED_ON, 0),
    StepRule(PaperKind.REQUEST, ON_SITE, FULL, Anchor.CONCLUDED_ON, 5, Needed.FINDINGS),
    StepRule(PaperKind.FOLLOW_UP, ON_SITE, FULL, Anchor.REMEDY_DUE, 30, Needed.OPTIONAL),
)
THERE, OVERDUE, DUE, LATER, NOT, UNKNOWN = StepState


@pytest.mark.parametrize(
    ("there", "today", "minuted", "findings", "states"),
    [
        ((), date(2020, 11, 1), None, 0, (DUE, LATER, LATER, LATER, NOT)),
        ((), date(2020, 11, 6), None, 0, (DUE, LATER, LATER, LATER, NOT)),
        ((), date(2020, 11, 7), None, 0, (OVERDUE, LATER, LATER, LATER, NOT)),
        ((PaperKind.DECISION,), date(2020, 11, 10), None, 0, (THERE, OVERDUE, LATER, LATER, NOT)),
        ((PaperKind.MINUTES,), date(2020, 11, 17), PLANNED, 2, (OVERDUE, OVERDUE, THERE, LATER, NOT)),
        ((*PaperKind,), date(2020, 11, 17), PLANNED, 2, (THERE,) * 5),
        ((PaperKind.DECISION, PaperKind.SCHEDULE, PaperKind.MINUTES), PLANNED, PLANNED, 0, (THERE,) * 3 + (NOT, NOT)),
    ],
)
def test_what_is_there_due_late_and_not_needed(
    there: tuple[PaperKind, ...], today: date, minuted: date | None, findings: int, states: tuple[StepState, ...]
) -> None:
    anchors = {Anchor.PLANNED_ON: PLANNED, Anchor.MINUTED_ON: minuted, Anchor.CONCLUDED_ON: None}
    found = steps_of(RULES, Mode.ON_SITE, Purpose.FULL, there, anchors, today, findings=findings)
    assert tuple(each.state for each in found) == states
    assert [each.next for each in found].count(True) == (1 if {OVERDUE, DUE} & set(states) else 0)
    assert found[0].due == date(2020, 11, 6)


def test_an_audit_has_the_steps_of_its_mode_and_a_cancelled_one_waits_for_nothing() -> None:
    anchors = {Anchor.PLANNED_ON: PLANNED}
    files = steps_of(RULES, Mode.FILES, Purpose.FULL, (), anchors, PLANNED, findings=0)
    assert [each.kind for each in files] == [PaperKind.SCHEDULE]
    over = steps_of(RULES, Mode.ON_SITE, Purpose.FULL, (), anchors, PLANNED, findings=0, closed=True)
    assert {each.state for each in over} == {NOT}


@pytest.mark.parametrize(("findings", "request_state"), [(2, UNKNOWN), (0, NOT)])
def test_what_was_done_outside_the_tool_is_neither_late_nor_said_to_be_needless(
    findings: int, request_state: StepState
) -> None:
    anchors = {Anchor.PLANNED_ON: PLANNED, Anchor.MINUTED_ON: PLANNED}
    how = {"findings": findings, "untracked": True}
    found = steps_of(RULES, Mode.ON_SITE, Purpose.FULL, (PaperKind.MINUTES,), anchors, date(2024, 1, 1), **how)
    assert [each.state for each in found] == [UNKNOWN, UNKNOWN, THERE, request_state, NOT]
    assert not any(each.next for each in found)


@pytest.mark.parametrize(
    ("step", "named"),
    [
        ({"kind": "decison", "modes": [], "purposes": [], "anchor": "planned_on", "days": 0}, "decison"),
        ({"kind": "decision", "modes": "on_site", "purposes": [], "anchor": "planned_on", "days": 0}, "on_site"),
        ({"kind": "decision", "modes": [], "purposes": [], "anchor": "planned_on", "days": "x"}, "x"),
        ({"kind": "decision", "day": 3}, "day"),
        ({"kind": "decision"}, "modes"),
    ],
)
def test_a_wrong_step_is_refused_by_its_place_and_word(step: dict[str, object], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules([step], "steps.toml")
    assert refused.value.details["value"] == 1
    assert named in str(refused.value.details["what"])


def criterion(place: int, where: Where | None) -> Criterion:
    return Criterion(f"B-{place:02}", Part.B, "7.2", "", Words("Nội dung", "Content"), where=where)


TEAM = st.lists(st.sampled_from(list(TeamRole)[1:]), max_size=6).map(
    lambda roles: [(1, TeamRole.HEAD), *((place, role) for place, role in enumerate(roles, 2))]
)
ASKED = st.lists(st.sampled_from([*Where, None]), min_size=1, max_size=120).map(
    lambda places: [criterion(number, where) for number, where in enumerate(places)]
)


@given(ASKED, TEAM)
def test_a_proposed_programme_holds_and_leaves_no_position_out(
    criteria: list[Criterion], team: list[tuple[int, TeamRole]]
) -> None:
    found = proposed(criteria, team, PLANNED)
    checked(found, frozenset(user for user, _role in team), "2020-KT-001")
    assert unanswered(found, criteria) == ()
    assert (found[0].where, found[-1].where) == ((), ())
    assert found[0].began == "08:00"
    assert found[-1].ended == "16:30"
    for user in {user for user, _role in team}:
        mine = [each for each in found[1:-1] if user in each.members]
        mine.sort(key=lambda each: each.began)
        assert all(one.ended <= other.began for one, other in pairwise(mine))


def test_what_does_not_hold_in_a_programme_is_told_by_its_line() -> None:
    lines = [
        Session(PLANNED, "8 giờ", "", (Where.LEADER,), "", (1,)),
        Session(PLANNED, "10:00", "09:00", (Where.LEADER,), "", (1,)),
        Session(PLANNED, "10:00", "11:00", (), " ", (9,)),
    ]
    with pytest.raises(Refusals) as refused:
        checked(lines, frozenset({1}), "2020-KT-001")
    told = [(each.code.removeprefix("programme.session_"), each.details["line"]) for each in refused.value.refusals]
    assert told == [("time", 1), ("order", 2), ("empty", 3), ("member", 3)]


def test_a_session_is_stored_and_read_back() -> None:
    line = Session(PLANNED + timedelta(days=1), "08:00", "", (Where.LEADER, Where.LAND), "Xem sổ", (3, 4), "Chủ tịch")
    assert Session.of(line.plain()) == line
    assert Session.of(Session(None, "", "", (), "Họp", ()).plain()).day is None


def test_noon_cuts_no_session_into_a_piece_of_a_few_minutes() -> None:
    asked = ((Where.ONE_STOP, 41), (Where.CIVIL_STATUS, 16), (Where.LAND, 8), (Where.SOCIAL, 6), (Where.RECORDS, 5))
    criteria = [
        Criterion(f"{where}-{number}", Part.B, "8.5", "", Words("Có không?", "Is it?"), where=where)
        for where, count in (*asked, (Where.ISO_SECRETARY, 35), (Where.LEADER, 18))
        for number in range(count)
    ]
    found = proposed(criteria, [(1, TeamRole.HEAD)], PLANNED)
    positions = [each.where for each in found[1:-1]]
    assert (Where.RECORDS,) in positions
    assert len(positions) == len(set(positions))
