"""The life of a nonconformity after the minutes, through the services."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from isoaudit.db import Nonconformity
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.nonconformity import deadline_of
from isoaudit.domain.vocabulary import Grade, NonconformityState, Outcome
from isoaudit.services.audits import life
from isoaudit.services.nonconformities import handling, listing
from isoaudit.services.rollup.deadlines import EVENTS, Deadlines
from tests.services.test_audits import TODAY, Case

CODE = "B-8.5-01"


class Handled:
    """A minuted audit whose major nonconformity is handled."""

    def __init__(self, session: Session, now: datetime, minuted_on: date = TODAY) -> None:
        self.case = Case(session, now)
        self.case.answer()
        self.case.minute(minuted_on)

    def do(self, step: str, code: str = CODE, **more: object) -> handling.Handled:
        """One step, by the office."""
        by = self.case.by(self.case.office)
        done = getattr(handling, step)(
            self.case.session, self.case.province, self.case.reference, code, by=by, now=self.case.now, **more
        )
        assert isinstance(done, handling.Handled)
        return done


@pytest.fixture
def handled(session: Session, now: datetime) -> Handled:
    return Handled(session, now)


ANSWER = {"cause": "Quên", "correction": "Lập phiếu", "corrective_action": "Tập huấn"}


def test_from_open_to_verified_with_its_history(handled: Handled, session: Session) -> None:
    handled.do("answer", **ANSWER)
    handled.do("implement", evidence="05 phiếu mới", on_day=TODAY)
    assert handled.do("send_back", reason="Thiếu 02 phiếu").row.state is NonconformityState.ANSWERED
    handled.do("implement", evidence="07 phiếu", on_day=TODAY)
    closed = handled.do("close", closed_on=TODAY, outcome=Outcome.VERIFIED, evidence="Đã xem 07 phiếu")
    assert (closed.row.state, closed.row.closed_on) == (NonconformityState.CLOSED, TODAY)
    words = [event.what for event, _name in handling.events(session, closed)]
    assert words == ["raised", "answered", "implemented", "returned", "implemented", "closed"]
    with pytest.raises(Conflict):
        handled.do("extend", due_on=date(2021, 3, 1), reason="Xin thêm")


def test_a_deadline_is_extended_with_a_reason_and_the_old_one_stays(handled: Handled, session: Session) -> None:
    for due, reason in ((date(2021, 1, 31), " "), (date(2020, 12, 1), "Bão"), (None, "Bão")):
        with pytest.raises(Invalid):
            handled.do("extend", due_on=due, reason=reason)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid, match=r"nonconformity\.day"):
            handled.do("extend", due_on=date(2021, 1, 31), reason="Bão lũ", on_day=day)
    extended = handled.do("extend", due_on=date(2021, 1, 31), reason="Bão lũ")
    assert [event.due_on for event, _name in handling.events(session, extended)] == [
        date(2020, 12, 15),
        date(2021, 1, 31),
    ]
    assert extended.row.due_on == date(2021, 1, 31)


def test_an_extension_decided_in_the_past_counts_from_its_day(session: Session, now: datetime) -> None:
    handled = Handled(session, now, TODAY - timedelta(days=2))
    decided = TODAY - timedelta(days=1)
    with pytest.raises(Invalid, match=r"nonconformity\.due_on"):
        handled.do("extend", due_on=decided - timedelta(days=1), reason="Bão lũ", on_day=decided)
    row = handled.do("extend", due_on=date(2021, 1, 31), reason="Bão lũ", on_day=decided).row
    assert _in_force(row, session) == [date(2021, 1, 31), date(2021, 1, 31)]
    row = handled.do("extend", due_on=date(2021, 2, 28), reason="Bão lũ", on_day=TODAY).row
    assert _in_force(row, session) == [date(2021, 1, 31), date(2021, 2, 28)]
    with pytest.raises(Invalid, match=r"nonconformity\.day"):
        handled.do("extend", due_on=date(2021, 3, 31), reason="Bão lũ", on_day=decided)


def test_closing_asks_for_the_steps_before_or_a_document(handled: Handled) -> None:
    with pytest.raises(Conflict):
        handled.do("close", closed_on=TODAY, outcome=Outcome.VERIFIED, evidence="Đã xem")
    with pytest.raises(Invalid):
        handled.do("close", closed_on=TODAY, outcome=None, evidence="Đã xem")
    with pytest.raises(Invalid) as refused:
        handled.do("close", closed_on=TODAY, outcome=Outcome.TRANSFERRED, evidence="Sáp nhập")
    assert refused.value.code == "nonconformity.document"
    with pytest.raises(Invalid):
        handled.do("implement", evidence="", on_day=TODAY)
    with pytest.raises(Conflict):
        handled.do("send_back", reason="Chưa đúng")


def test_what_does_not_stand_is_not_handled(handled: Handled) -> None:
    with pytest.raises(NotFound):
        handled.do("answer", code="A-01", **ANSWER)
    case = handled.case
    from_head = case.by(case.head)
    handling_reason = "Nhập nhầm"

    life.reopen(case.session, case.province, case.reference, reason=handling_reason, by=from_head, now=case.now)
    with pytest.raises(Conflict):
        handled.do("answer", **ANSWER)
    assert not listing.listed(case.session, case.province, listing.Filters(), today=TODAY)


def test_contested_until_the_notice_decides(handled: Handled) -> None:
    assert handled.do("contest", text="Đơn vị không nhất trí").row.contested
    with pytest.raises(Invalid, match=r"contested\.undecided"), handled.case.session.begin_nested():
        handled.case.notice()
    handled.case.session.expire_all()
    handled.case.notice(grade_changes=[life.GradeChange(CODE, Grade.MAJOR, "Chưa đủ bằng chứng")])
    assert not handling.find(handled.case.session, handled.case.province, handled.case.reference, CODE).row.contested
    with pytest.raises(Conflict):
        handled.do("contest", text="Lần nữa")


def test_the_list_by_deadline_state_and_text(handled: Handled, session: Session) -> None:
    def codes(day: date = TODAY, **filters: object) -> list[str]:
        given = listing.Filters(**filters)  # type: ignore[arg-type]
        return [each.criterion for each in listing.listed(session, handled.case.province, given, today=day)]

    assert codes() == [CODE, "B-7.2-01"]
    assert codes(overdue=True) == []
    assert codes(date(2020, 12, 20), overdue=True) == [CODE]
    assert codes(text="vinh giang", year=2020) == [CODE, "B-7.2-01"]
    assert codes(state=NonconformityState.CLOSED) == []
    assert codes(year=2019) == []


def test_new_minutes_may_bring_an_earlier_deadline_unless_it_was_extended(handled: Handled, session: Session) -> None:
    case = handled.case
    handled.do("extend", due_on=date(2021, 1, 31), reason="Bão lũ")
    for code, due in (("B-7.2-01", "2020-12-20"), (CODE, "2020-12-10")):
        life.reopen(session, case.province, case.reference, reason="Ghi nhầm hạn", by=case.by(case.head), now=case.now)
        case.answer(**{code: dict(case.view().answer(code).value()) | {"due_on": due}})
        case.minute()
    session.expire_all()
    found = {grade: row.due_on for grade, row in case.raised().items()}
    assert found == {"minor": date(2020, 12, 20), "major": date(2021, 1, 31)}


def _words(handled: Handled) -> list[str]:
    case = handled.case
    found = handling.find(case.session, case.province, case.reference, CODE)
    return [event.what for event, _name in handling.events(case.session, found)]


def _close(handled: Handled, on: date) -> None:
    handled.do("answer", **ANSWER)
    handled.do("implement", evidence="05 phiếu mới", on_day=on)
    handled.do("close", closed_on=on, outcome=Outcome.VERIFIED, evidence="Đã xem")


def _again(handled: Handled, on: date, **changed: object) -> Nonconformity:
    """New minutes of that day, with this changed in the answer; the nonconformity after them."""
    case = handled.case
    life.reopen(case.session, case.province, case.reference, reason="Ghi nhầm", by=case.by(case.head), now=case.now)
    case.answer(**{CODE: dict(case.view().answer(CODE).value()) | changed})
    case.minute(on)
    case.session.expire_all()
    return handling.find(case.session, case.province, case.reference, CODE).row


def test_what_the_notice_changes_of_a_closed_one_leaves_it_closed(handled: Handled) -> None:
    _close(handled, TODAY)
    handled.case.notice(grade_changes=[life.GradeChange(CODE, Grade.MINOR, "Phạm vi hẹp")])
    row = handled.case.raised()["minor"]
    assert (row.state, row.closed_on, row.outcome) == (NonconformityState.CLOSED, TODAY, Outcome.VERIFIED)
    assert _words(handled)[-1] == "changed"


@pytest.mark.parametrize(
    ("changed", "state", "last"),
    [
        ({"grade": "minor"}, NonconformityState.OPEN, "reopened"),
        ({"note": "Thiếu 02 phiếu"}, NonconformityState.CLOSED, "changed"),
    ],
)
def test_minutes_of_a_later_day_reopen_what_they_found_again(
    session: Session, now: datetime, changed: dict[str, object], state: NonconformityState, last: str
) -> None:
    handled = Handled(session, now, TODAY - timedelta(days=2))
    _close(handled, TODAY - timedelta(days=1))
    row = _again(handled, TODAY, **changed)
    assert (row.state, row.closed_on is None, _words(handled)[-1]) == (state, state is NonconformityState.OPEN, last)


def test_new_minutes_of_the_same_day_change_a_closed_one_without_opening_it(handled: Handled) -> None:
    _close(handled, TODAY)
    assert _again(handled, TODAY, grade="minor").state is NonconformityState.CLOSED
    assert _words(handled)[-1] == "changed"


def test_deadlines_of_new_minutes_count_from_their_day(session: Session, now: datetime) -> None:
    handled = Handled(session, now, TODAY - timedelta(days=2))
    handled.do("extend", due_on=date(2021, 1, 31), reason="Bão lũ")
    sooner = _again(handled, TODAY - timedelta(days=1), due_on="2020-12-10")
    assert sooner.due_on == date(2021, 1, 31)
    assert _in_force(sooner, session) == [date(2020, 12, 10), date(2021, 1, 31)]
    later = _again(handled, TODAY - timedelta(days=1), due_on="2021-03-01")
    assert later.due_on == date(2021, 3, 1)
    assert _in_force(later, session) == [date(2021, 3, 1), date(2021, 3, 1)]


def test_a_deadline_changed_by_the_notice_counts_from_its_day(session: Session, now: datetime) -> None:
    handled = Handled(session, now, TODAY - timedelta(days=1))
    change = life.GradeChange(CODE, Grade.MAJOR, "Hạn quá ngắn", due_on=date(2021, 2, 1))
    handled.case.notice(grade_changes=[change])
    row = handled.case.raised()["major"]
    assert _in_force(row, session) == [date(2020, 12, 15), date(2021, 2, 1)]


def _in_force(row: Nonconformity, session: Session) -> list[date | None]:
    """The deadlines in force yesterday and today."""
    assert row.raised_on is not None
    found = Deadlines(session.execute(EVENTS).all())
    history = found.of((row.province_id, row.audit_id, row.criterion_id), row.raised_on, row.due_on)
    return [deadline_of(history, day) for day in (TODAY - timedelta(days=1), TODAY)]
