"""The life of an audit through the services: minutes, notice, cancelling, reopening, lists."""

from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AuditEvent, Document, Nonconformity, NonconformityEvent, Province, User
from isoaudit.domain.audit_life import Lack
from isoaudit.domain.errors import Conflict, Forbidden, Invalid
from isoaudit.domain.operations import Operation
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Role
from isoaudit.services import sync
from isoaudit.services.audits import history, life, listing, reading
from isoaudit.services.log import Actor
from isoaudit.services.revisions import enter
from tests import audit_factories, factories

ANSWERS: dict[str, dict[str, object]] = {
    "A-01": {"grade": "conformity"},
    "B-7.2-01": {"grade": "minor", "note": "Thiếu chứng chỉ", "due_on": "2020-12-31"},
    "B-8.5-01": {"grade": "major", "note": "Không có phiếu", "due_on": "2020-12-15"},
}
TODAY = date(2020, 11, 18)


class Case:
    """An audit with its people."""

    def __init__(self, session: Session, now: datetime, **more: object) -> None:
        self.session, self.now = session, now
        self.head = factories.user(session, role=Role.INSPECTOR)
        self.member = factories.user(session, role=Role.INSPECTOR)
        self.office = factories.user(session, role=Role.OFFICE)
        self.audit = audit_factories.audit(session, head=self.head, members=(self.member,), **more)  # type: ignore[arg-type]
        self.province, self.reference = self.audit.province_id, self.audit.reference
        self.device, self.seq = str(uuid4()), 0
        self.numbers = count(120)

    def answer(self, **answers: dict[str, object]) -> None:
        """Answer criteria as the head."""
        for code, value in (answers or ANSWERS).items():
            self.seq += 1
            base = self.view().answer(code).revision
            sent = Operation(str(uuid4()), self.device, self.seq, self.reference, base, "answer", value, code)
            sync.take(self.session, self.province, [sent], by=self.by(self.head), now=self.now)

    def view(self) -> reading.AuditView:
        """The audit as it stands."""
        return reading.find(self.session, self.province, self.reference)

    def by(self, user: User) -> Actor:
        """Somebody."""
        return Actor.of(user, "10.0.0.1")

    def minute(self, on: date = TODAY, user: User | None = None) -> reading.AuditView:
        """Sign the minutes."""
        by = self.by(user or self.head)
        return life.minute(self.session, self.province, self.reference, minuted_on=on, by=by, now=self.now)

    def notice(self, **more: object) -> reading.AuditView:
        """The notice of conclusion."""
        document = Document(
            province_id=self.province,
            number=f"{next(self.numbers)}/TB-SKHCN",
            kind="TB",
            issuer="Sở Khoa học và Công nghệ",
            issued_on=TODAY,
            subject="Kết luận kiểm tra",
            fold=fold("Kết luận kiểm tra"),
        )
        enter(self.session, document, by=self.by(self.office), now=self.now)
        given = {"concluded_on": TODAY, "document_id": document.id, "by": self.by(self.office)} | more
        return life.conclude(self.session, self.province, self.reference, now=self.now, **given)  # type: ignore[arg-type]

    def raised(self) -> dict[str, Nonconformity]:
        """Its nonconformities that stand, by grade."""
        rows = self.session.scalars(select(Nonconformity).where(Nonconformity.voided_at.is_(None)))
        return {row.grade.value: row for row in rows}


@pytest.fixture
def case(session: Session, now: datetime) -> Case:
    return Case(session, now)


def test_minutes_raise_nonconformities_with_their_deadlines(case: Case, session: Session) -> None:
    before = session.scalar(select(Province.data_version)) or 0
    case.answer()
    audit = case.minute()
    session.expire_all()
    assert (audit.state, audit.row.minuted_on) == (AuditState.MINUTED, TODAY)
    raised = case.raised()
    assert {grade: row.due_on for grade, row in raised.items()} == {
        "minor": date(2020, 12, 31),
        "major": date(2020, 12, 15),
    }
    assert raised["major"].description == "Không có phiếu"
    assert raised["major"].raised_on == TODAY
    assert (session.scalar(select(Province.data_version)) or 0) > before


def test_what_is_missing_is_told_and_keeps_the_minutes_from_being_signed(case: Case) -> None:
    case.answer(**{"A-01": {"grade": "conformity"}, "B-7.2-01": {"grade": "minor"}})
    assert [(each.criterion, each.lack) for each in case.view().missing] == [
        ("B-7.2-01", Lack.NOTE),
        ("B-7.2-01", Lack.DEADLINE),
        ("B-8.5-01", Lack.ANSWER),
    ]
    with pytest.raises(Invalid) as refused:
        case.minute()
    assert refused.value.code == "audit.incomplete"
    assert refused.value.details["first"] == "B-7.2-01"


@pytest.mark.parametrize(("on", "allowed"), [(-3, False), (-2, True), (0, True), (1, False)])
def test_the_day_of_the_minutes_lies_between_the_start_and_today(case: Case, on: int, allowed: bool) -> None:
    case.answer()
    day = TODAY + timedelta(days=on)
    if allowed:
        assert case.minute(day).row.minuted_on == day
    else:
        with pytest.raises(Invalid):
            case.minute(day)


def test_only_the_head_signs_and_only_once(case: Case) -> None:
    case.answer()
    with pytest.raises(Forbidden):
        case.minute(user=case.member)
    case.minute()
    with pytest.raises(Conflict) as refused:
        case.minute()
    assert refused.value.code == "audit.step"


def test_the_notice_changes_a_grade_with_document_and_reason(case: Case, session: Session) -> None:
    case.answer()
    case.minute()
    changes = [
        life.GradeChange("B-8.5-01", Grade.OPPORTUNITY, "Đơn vị đã xuất trình phiếu"),
        life.GradeChange("A-01", Grade.MINOR, "Công bố chậm", "Chậm 02 tháng", date(2021, 1, 31)),
    ]
    audit = case.notice(grade_changes=changes)
    assert audit.state is AuditState.CONCLUDED
    assert audit.answer("B-8.5-01").grade is Grade.OPPORTUNITY
    assert {row.grade for row in case.raised().values()} == {Grade.MINOR}
    assert len(session.scalars(select(Nonconformity)).all()) == 3
    changed = history.revisions(session, case.province, audit.row.id, code="B-8.5-01")[0]
    assert (changed.outcome, changed.why, changed.document) == (
        "notice",
        "Đơn vị đã xuất trình phiếu",
        "120/TB-SKHCN",
    )
    voided = session.scalars(select(NonconformityEvent).where(NonconformityEvent.what == "voided")).one()
    assert voided.document_id == audit.row.notice_document_id


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (life.GradeChange("B-8.5-01", Grade.OPPORTUNITY, " "), "audit.change_reason"),
        (life.GradeChange("A-01", Grade.MAJOR, "Chưa công bố"), "audit.change_lacks"),
        (life.GradeChange("A-01", Grade.NOT_APPLICABLE, "Không"), "answer.gate_not_applicable"),
        (life.GradeChange("Z-99", Grade.MINOR, "Không"), "operation.criterion"),
    ],
)
def test_a_change_by_notice_needs_what_its_grade_needs(case: Case, change: life.GradeChange, code: str) -> None:
    case.answer()
    case.minute()
    with pytest.raises(Invalid) as refused:
        case.notice(grade_changes=[change])
    assert refused.value.code == code


def test_the_notice_belongs_to_the_office(case: Case) -> None:
    case.answer()
    case.minute()
    with pytest.raises(Forbidden):
        case.notice(by=case.by(case.head))
    with pytest.raises(Invalid):
        case.notice(document_id=None)


def test_reopening_keeps_the_old_minutes_and_new_ones_bring_nonconformities_up_to_date(
    case: Case, session: Session
) -> None:
    case.answer()
    case.minute(TODAY - timedelta(days=1))
    with pytest.raises(Invalid):
        life.reopen(session, case.province, case.reference, reason=" ", by=case.by(case.head), now=case.now)
    life.reopen(session, case.province, case.reference, reason="Nhập nhầm", by=case.by(case.head), now=case.now)
    assert case.view().row.minuted_on is None
    kept = session.scalars(select(AuditEvent).where(AuditEvent.what == "reopened")).one()
    assert kept.content is not None
    assert kept.content["minuted_on"] == "2020-11-17"
    assert kept.content["answers"]["B-8.5-01"]["grade"] == "major"
    case.answer(**{"B-8.5-01": {"grade": "conformity"}})
    case.minute()
    assert set(case.raised()) == {"minor"}
    assert case.raised()["minor"].raised_on == TODAY
    words = [event.what for event in history.events(session, case.province, case.audit.id)]
    assert words == ["planned", "started", "minuted", "reopened", "minuted"]


def test_the_office_cancels_with_a_reason_what_has_no_minutes(case: Case, session: Session) -> None:
    with pytest.raises(Forbidden):
        life.cancel(session, case.province, case.reference, reason="Bão", by=case.by(case.head), now=case.now)
    life.cancel(session, case.province, case.reference, reason="Bão", by=case.by(case.office), now=case.now)
    assert case.view().row.cancel_reason == "Bão"
    with pytest.raises(Conflict):
        life.start(session, case.province, case.reference, by=case.by(case.head), now=case.now)


def test_an_open_conflict_keeps_the_minutes_from_being_signed(case: Case, session: Session) -> None:
    case.answer()
    other = Operation(str(uuid4()), str(uuid4()), 1, case.reference, 0, "answer", {"grade": "major"}, "A-01")
    sync.take(session, case.province, [other], by=case.by(case.member), now=case.now)
    assert [each.lack for each in case.view().missing] == [Lack.CONFLICT]
    with pytest.raises(Invalid):
        case.minute()


def test_a_deadline_before_the_minutes_is_refused(case: Case) -> None:
    case.answer()
    case.answer(**{"B-8.5-01": {"grade": "major", "note": "Không có", "due_on": "2020-11-01"}})
    with pytest.raises(Invalid) as refused:
        case.minute()
    assert refused.value.code == "audit.due_before_minutes"


def test_my_audits_tell_how_far_each_has_come(case: Case, session: Session) -> None:
    case.answer(**{"A-01": ANSWERS["A-01"], "B-8.5-01": ANSWERS["B-8.5-01"]})
    (mine,) = listing.listed(session, case.province, listing.Filters(user_id=case.member.id))
    assert (mine.asked, mine.answered, mine.nonconforming) == (3, 2, 1)
    assert mine.head == case.head.full_name
    assert mine.role is not None
    assert not listing.listed(session, case.province, listing.Filters(user_id=case.office.id))
    assert listing.listed(session, case.province, listing.Filters(text="vinh giang", year=2020))
    assert listing.years(session, case.province) == [2020]


def test_score_and_band_follow_the_answers(session: Session, now: datetime) -> None:
    case = Case(session, now, mode=Mode.FILES)
    case.answer()
    audit = case.view()
    assert round(float(audit.score), 1) == 58.3
    assert audit.band is not None
    assert audit.band.code == "yeu"


CONDITIONAL = {
    **audit_factories.CHECKLIST,
    "criterion": [
        *audit_factories.CHECKLIST["criterion"],
        {
            "code": "B-8.5-02",
            "part": "B",
            "clause": "8.5.1",
            "when": {"criterion": "B-8.5-01", "grade": ["minor", "major"]},
            "text": {"vi": "Có xử lý hồ sơ thiếu phiếu không?", "en": "Are dossiers without a slip dealt with?"},
        },
    ],
}


def test_what_was_answered_though_unasked_counts_in_every_figure(session: Session, now: datetime) -> None:
    case = Case(session, now, version=audit_factories.checklist(session, data=CONDITIONAL))

    def figures() -> tuple[int, int]:
        audit = case.view()
        (line,) = listing.listed(session, case.province, listing.Filters(user_id=case.member.id))
        assert (line.answered, line.asked) == (audit.answered, len(audit.counted()))
        return audit.answered, len(audit.counted())

    case.answer(**{"A-01": {"grade": "conformity"}})
    assert figures() == (1, 3)
    case.answer(**{"B-8.5-01": ANSWERS["B-8.5-01"]})
    assert figures() == (2, 4)
    case.answer(**{"B-8.5-02": {"grade": "opportunity"}, "B-8.5-01": {"grade": "conformity"}})
    assert figures() == (3, 4)
    case.answer(**{"B-8.5-02": {"grade": None}})
    assert figures() == (2, 3)
    assert sum(case.view().tally.counts.values()) == 2
