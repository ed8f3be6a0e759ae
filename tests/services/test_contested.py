"""What is noted on contested findings and decided by the notice, through reopening and a second notice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import FindingNote
from isoaudit.domain.vocabulary import Grade
from isoaudit.services.audits import contested, life
from isoaudit.services.nonconformities import handling
from tests.services.test_audits import Case

CODE = "B-7.2-01"
MILDER = life.GradeChange(CODE, Grade.OPPORTUNITY, "Đơn vị đã xuất trình chứng chỉ")


@pytest.fixture
def case(session: Session, now: datetime) -> Case:
    made = Case(session, now)
    made.answer()
    made.minute()
    return made


def reopen(case: Case) -> None:
    by = case.by(case.head)
    life.reopen(case.session, case.province, case.reference, reason="Nhập nhầm", by=by, now=case.now)


def contest(case: Case) -> None:
    """The unit keeps another opinion on the finding."""
    said = {"text": "Chờ cấp chứng chỉ", "by": case.by(case.office), "now": case.now}
    handling.contest(case.session, case.province, case.reference, CODE, **said)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=1)])
def test_what_a_former_notice_decided_is_told_no_more(case: Case, later: timedelta) -> None:
    session = case.session
    first = case.notice(grade_changes=[MILDER])
    decided = contested.decided(session, case.view())
    assert {code: (each.after, each.document_id) for code, each in decided.items()} == {
        CODE: (Grade.OPPORTUNITY, first.row.notice_document_id)
    }
    case.now += later
    reopen(case)
    assert contested.decided(session, case.view()) == {}
    case.answer(**{CODE: {"grade": "minor", "note": "Thiếu chứng chỉ", "due_on": "2020-12-31"}})
    case.minute()
    case.notice()
    assert contested.decided(session, case.view()) == {}
    assert contested.listed(session, case.view()) == []
    assert case.view().answer(CODE).grade is Grade.MINOR
    assert session.scalars(select(FindingNote.after).where(FindingNote.what == "decision")).one() is Grade.OPPORTUNITY


def test_the_same_document_cited_again_does_not_bring_the_old_decision_back(case: Case) -> None:
    document = case.notice(grade_changes=[MILDER]).row.notice_document_id
    reopen(case)
    case.minute()
    case.notice(document_id=document)
    assert contested.decided(case.session, case.view()) == {}


def test_views_and_drafts_of_before_the_reopening_are_not_offered_again(case: Case) -> None:
    session, by = case.session, case.by(case.head)
    contest(case)
    contested.say(session, case.view(), CODE, "Đoàn giữ ý kiến", by=by, now=case.now)
    contested.prepare(session, case.view(), CODE, Grade.OPPORTUNITY, "Có giấy hẹn", by=by, now=case.now)
    assert [(each.view, bool(each.draft)) for each in contested.listed(session, case.view())] == [
        ("Đoàn giữ ý kiến", True)
    ]
    reopen(case)
    case.minute()
    assert [(each.view, each.draft) for each in contested.listed(session, case.view())] in ([("", None)], [])
    contested.say(session, case.view(), CODE, "Đoàn giữ ý kiến", by=by, now=case.now)
    notes = session.scalars(select(FindingNote).where(FindingNote.what == "team_view")).all()
    assert len(notes) == 2
