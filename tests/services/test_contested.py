"""What is noted on contested findings and decided by the notice, through reopening and a second notice; what a notice,
and an inspection of another body, may not leave out, cite or tell twice."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, FindingNote, Nonconformity
from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.domain.vocabulary import AuditState, Grade
from isoaudit.services import revisions
from isoaudit.services.audits import contested, elsewhere, life
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


def voided(case: Case) -> int:
    """A document that was taken out of the register."""
    values = {"number": "9/TB-SKHCN", "kind": "TB", "issuer": "Sở KH&CN", "issued_on": date(2020, 11, 18)}
    document = Document(province_id=case.province, subject="Nhầm", fold="9/tb-skhcn nham", **values)
    by = case.by(case.office)
    revisions.enter(case.session, document, by=by, now=case.now)
    revisions.void(case.session, document, by=by, now=case.now, why="Nhập nhầm")
    return document.id


def test_a_notice_that_leaves_a_contested_finding_out_is_refused_whoever_brings_it(case: Case) -> None:
    contest(case)
    with pytest.raises(Invalid, match=r"contested\.undecided"), case.session.begin_nested():
        case.notice()
    case.session.expire_all()
    assert case.view().state is AuditState.MINUTED
    assert case.session.scalars(select(Nonconformity.contested).where(Nonconformity.contested)).all() == [True]
    assert case.notice(grade_changes=[MILDER]).state is AuditState.CONCLUDED


def test_a_notice_cites_a_document_that_stands_and_decides_each_criterion_once(case: Case) -> None:
    with pytest.raises(Invalid, match=r"audit\.notice_document"), case.session.begin_nested():
        case.notice(document_id=voided(case))
    with pytest.raises(Invalid, match=r"audit\.change_twice"), case.session.begin_nested():
        case.notice(grade_changes=[MILDER, MILDER])


def test_an_inspection_of_another_body_cites_what_stands_and_tells_each_criterion_once(case: Case) -> None:
    row = case.view().row
    told = (elsewhere.Told("A-01", Grade.CONFORMITY), elsewhere.Told("A-01", Grade.OPPORTUNITY, "Nên rà soát"))
    inspection = elsewhere.Inspection(row.unit_id, date(2019, 10, 10), row.checklist_version_id, told)
    source = elsewhere.Source("UBND huyện Vĩnh Linh", voided(case))
    with pytest.raises(Refusals) as refused:
        elsewhere.enter(case.session, case.province, inspection, source, by=case.by(case.office), now=case.now)
    assert {each.code for each in refused.value.refusals} == {"source.document", "source.twice"}
