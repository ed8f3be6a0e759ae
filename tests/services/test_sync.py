"""Operations from browsers and tablets, through the service: nothing typed is lost, nothing counts twice."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, Audit, Device, LogEntry, Province, User
from isoaudit.db import Operation as Ledger
from isoaudit.domain.errors import Forbidden
from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import Operation
from isoaudit.domain.vocabulary import AuditState, Grade, Role
from isoaudit.services import sync
from isoaudit.services.audits import history, reading
from isoaudit.services.log import Actor
from tests import audit_factories, factories

A, B = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
DESK = "B-7.2-01"


class Scene:
    """An audit with a head and a member, each with a device."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.people = {
            A: factories.user(session, role=Role.INSPECTOR, full_name="Trần Trưởng"),
            B: factories.user(session, role=Role.INSPECTOR, full_name="Lê Thành"),
        }
        self.audit = audit_factories.audit(session, head=self.people[A], members=(self.people[B],))
        self.seq = {A: 0, B: 0}

    def operation(self, device: str, base: int = 0, *, criterion: str | None = DESK, **value: object) -> Operation:
        """The next operation of a device."""
        self.seq[device] += 1
        seq = self.seq[device]
        kind = str(value.pop("kind", "answer"))
        op_id = str(UUID(int=UUID(device).int * 1000 + seq))
        return Operation(op_id, device, seq, self.audit.reference, base, kind, value, criterion, "2020-11-18T09:00:00Z")

    def send(self, *operations: Operation, person: User | None = None) -> list[sync.Outcome]:
        """Take a batch of one device."""
        by = Actor.of(person or self.people[operations[0].device_id], "10.0.0.1")
        return sync.take(self.session, self.audit.province_id, operations, by=by, now=self.now)

    def value(self, code: str = DESK) -> reading.AnswerValue:
        """The standing answer."""
        return reading.find(self.session, self.audit.province_id, self.audit.reference).answer(code)


@pytest.fixture
def scene(session: Session, now: datetime) -> Scene:
    return Scene(session, now)


def replies(outcomes: list[sync.Outcome]) -> list[Reply]:
    return [each.reply for each in outcomes]


def test_an_answer_is_saved_with_who_when_and_from_where(scene: Scene, session: Session) -> None:
    given_value = {"grade": "minor", "note": "Thiếu 02 chứng chỉ", "due_on": "2020-12-31", "request": "Bổ sung"}
    (outcome,) = scene.send(scene.operation(A, **given_value))
    assert (outcome.reply, outcome.revision, outcome.audit_revision) == (Reply.ACCEPTED, 1, 1)
    value = scene.value()
    assert (value.grade, value.note, value.due_on) == (Grade.MINOR, "Thiếu 02 chứng chỉ", date(2020, 12, 31))
    assert scene.audit.state is AuditState.UNDER_WAY
    (given_,) = history.revisions(session, scene.audit.province_id, scene.audit.id)
    assert (given_.person, given_.device, given_.outcome) == ("Trần Trưởng", A[:8], "accepted")
    assert session.scalars(select(LogEntry.action).order_by(LogEntry.seq.desc())).first() == "audit.answer"


def test_answers_under_way_leave_the_version_of_the_data_alone(scene: Scene, session: Session) -> None:
    before = session.scalar(select(Province.data_version))
    scene.send(scene.operation(A, grade="conformity"))
    session.expire_all()
    assert session.scalar(select(Province.data_version)) == before


def test_the_same_batch_again_changes_nothing_and_gets_the_first_outcomes(scene: Scene, session: Session) -> None:
    batch = [scene.operation(A, grade="conformity"), scene.operation(A, grade="perfect", criterion="A-01")]
    scene.send(*batch)
    scene.send(scene.operation(B, grade="major", note="khác"))
    entries = len(session.scalars(select(LogEntry.seq)).all())
    again = scene.send(*batch)
    assert replies(again) == [Reply.DUPLICATE, Reply.DUPLICATE]
    assert [each.first for each in again] == [Reply.ACCEPTED, Reply.REFUSED]
    assert again[1].refusal is not None
    assert again[1].refusal.code == "operation.grade"
    assert len(session.scalars(select(LogEntry.seq)).all()) == entries


def test_a_stale_page_is_a_conflict_and_the_head_settles_it(scene: Scene, session: Session) -> None:
    scene.send(scene.operation(A, grade="conformity", note="Đủ"))
    (stale,) = scene.send(scene.operation(B, grade="major", note="Thiếu hết", due_on="2020-12-01"))
    assert stale.reply is Reply.CONFLICT
    assert (stale.standing or {})["note"] == "Đủ"
    assert (stale.offered or {})["note"] == "Thiếu hết"
    assert scene.value().conflict
    (kept,) = history.conflicts(session, scene.audit.province_id, scene.audit.id, [DESK])[DESK]
    assert (kept.person, kept.value["grade"]) == ("Lê Thành", "major")
    (refused,) = scene.send(scene.operation(B, 2, kind="settle", grade="major"))
    assert refused.reply is Reply.REFUSED
    (settled,) = scene.send(scene.operation(A, 2, kind="settle", grade="major", note="Thiếu hết", due_on="2020-12-01"))
    assert (settled.reply, settled.revision) == (Reply.ACCEPTED, 3)
    assert (scene.value().grade, scene.value().conflict) == (Grade.MAJOR, False)
    assert history.conflicts(session, scene.audit.province_id, scene.audit.id, [DESK])[DESK] == []


def test_general_texts_have_revisions_too(scene: Scene) -> None:
    scene.send(scene.operation(A, criterion=None, kind="field", field="remarks", text="Tốt"))
    (stale,) = scene.send(scene.operation(B, criterion=None, kind="field", field="remarks", text="Chưa tốt"))
    assert stale.reply is Reply.CONFLICT
    assert scene.audit.remarks == "Tốt"
    (settled,) = scene.send(scene.operation(A, 2, criterion=None, kind="settle", field="remarks", text="Chưa tốt"))
    assert settled.reply is Reply.ACCEPTED
    assert scene.audit.remarks == "Chưa tốt"


def test_a_missing_number_holds_the_later_ones(scene: Scene) -> None:
    first, second = scene.operation(A, grade="conformity"), scene.operation(A, 1, grade="opportunity")
    assert replies(scene.send(second)) == [Reply.HELD]
    assert replies(scene.send(second, first)) == [Reply.ACCEPTED, Reply.ACCEPTED]
    assert scene.value().grade is Grade.OPPORTUNITY


def test_others_may_not_write(scene: Scene, session: Session) -> None:
    stranger = factories.user(session, role=Role.INSPECTOR)
    operation = replace(scene.operation(A, grade="major"), device_id=B)
    (outcome,) = scene.send(operation, person=stranger)
    assert outcome.reply is Reply.REFUSED
    assert outcome.refusal is not None
    assert outcome.refusal.code == "operation.not_team"
    with pytest.raises(Forbidden):
        scene.send(scene.operation(B, grade="major"))


def test_an_unknown_audit_or_unstorable_text_is_refused_and_uses_up_its_number(scene: Scene) -> None:
    unknown = replace(scene.operation(A, grade="major"), audit="2020-KT-999")
    odd = scene.operation(A, grade="minor", note="a\0b\ud800")
    after = scene.operation(A, grade="conformity")
    assert replies(scene.send(unknown, odd, after)) == [Reply.REFUSED, Reply.REFUSED, Reply.ACCEPTED]


@st.composite
def journeys(draw: st.DrawFn) -> list[tuple[str, int, list[int]]]:
    """What two devices send: in which order their batches arrive, which operations each repeats."""
    sizes = {device: draw(st.integers(1, 5)) for device in (A, B)}
    arrivals = []
    for _ in range(draw(st.integers(1, 6))):
        device = draw(st.sampled_from([A, B]))
        picked = draw(st.lists(st.integers(0, sizes[device] - 1), min_size=1, max_size=6))
        arrivals.append((device, sizes[device], picked))
    arrivals += [(device, sizes[device], list(draw(st.permutations(range(sizes[device]))))) for device in (A, B)]
    return arrivals


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=journeys(), bases=st.lists(st.integers(0, 4), min_size=10, max_size=10))
def test_every_operation_is_entered_once_and_nothing_typed_is_lost(
    session: Session, now: datetime, arrivals: list[tuple[str, int, list[int]]], bases: list[int]
) -> None:
    nested = session.begin_nested()
    scene = Scene(session, now)
    sent = {
        device: [
            scene.operation(device, bases[place + 5 * (device == B)], grade="minor", note=f"{device[-1]}{place}")
            for place in range(5)
        ]
        for device in (A, B)
    }
    for device, _size, picked in arrivals:
        scene.send(*(sent[device][place] for place in picked))
    sizes = {device: size for device, size, _ in arrivals}
    everything = [operation for device in sizes for operation in sent[device][: sizes[device]]]
    ledger = {row.op_id: row for row in session.scalars(select(Ledger).where(Ledger.audit_id == scene.audit.id))}
    assert set(ledger) == {operation.op_id for operation in everything}
    revisions = session.scalars(select(AnswerRevision).order_by(AnswerRevision.number)).all()
    notes = {row.value["note"] for row in revisions}
    answer = session.scalars(select(Answer)).one()
    for operation in everything:
        assert operation.value["note"] in notes, operation
    assert [row.number for row in revisions] == list(range(1, len(revisions) + 1))
    assert answer.revision == len(revisions)
    assert answer.note == [row.value["note"] for row in revisions if row.outcome == "accepted"][-1]
    assert {row.id: row.last_seq for row in session.scalars(select(Device))} == sizes
    accepted = sum(row.outcome == "accepted" for row in ledger.values())
    assert session.scalars(select(Audit.revision).where(Audit.id == scene.audit.id)).one() == accepted
    nested.rollback()
    session.expunge_all()
