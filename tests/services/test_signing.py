"""Signing on the spot, through the sync: what is signed stands, what comes later waits, nothing is lost; the audit is
minuted when every device has delivered or was released."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Evidence, Nonconformity, NonconformityEvent, Operation, Signature
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from isoaudit.domain.merge import Reply
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import AuditState, Role
from isoaudit.services import minutes as minutes_of
from isoaudit.services import packages
from isoaudit.services.audits import entries, history, life, lost, waiting
from isoaudit.services.log import Actor
from tests import factories
from tests.conftest import NOW
from tests.services.tablet_visit import CODES, DOSSIER, PHOTO, Visit
from tests.tablet_factories import signature


@pytest.fixture
def visit(session: Session, now: datetime) -> Visit:
    return Visit(session, now)


def test_a_signed_audit_is_minuted_when_every_device_has_delivered(visit: Visit, session: Session) -> None:
    for each in (visit.a, visit.b):
        visit.report(each)
    visit.answered()
    visit.send(visit.a, visit.a.entry("word/A-01", {"stance": "reserved", "text": "Đã có quyết định"}))
    (outcome,) = visit.send(visit.a, visit.a.sign(visit.content()))
    assert (outcome.reply, outcome.revision) == (Reply.ACCEPTED, 1)
    view = visit.view()
    assert (view.state, view.row.minuted_on) == (AuditState.SIGNED, None)
    told = visit.report(visit.a)
    assert [each.device_id for each in told.audits[0].waiting] == [visit.b.id]
    assert visit.view().state is AuditState.SIGNED
    visit.report(visit.b, drafts=1)
    assert visit.view().state is AuditState.SIGNED
    told = visit.report(visit.b)
    assert (told.audits[0].state, told.audits[0].delivered, told.audits[0].waiting) == (AuditState.MINUTED, True, ())
    view = visit.view()
    assert view.row.minuted_on == date(2020, 11, 18)
    raised = session.scalars(select(Nonconformity)).one()
    assert (raised.contested, raised.due_on) == (True, date(2020, 12, 31))
    made = session.scalars(select(Signature)).one()
    assert told.audits[0].signature == (1, made.digest)


def test_what_was_not_before_the_signers_waits_for_an_amendment(visit: Visit, session: Session) -> None:
    visit.answered()
    content = visit.content()
    visit.b.revisions = {"B-7.2-01": 1}
    visit.send(
        visit.b,
        visit.b.answer("B-7.2-01", grade="opportunity", note="Nên rà soát"),
        visit.b.entry(DOSSIER, {"number": "01"}),
        visit.b.remarks("Tốt"),
    )
    (signed,) = visit.send(visit.a, visit.a.sign(content))
    assert signed.reply is Reply.ACCEPTED
    view, kept = visit.view(), entries.of(session, visit.province, visit.audit.id)
    assert (view.answer("B-7.2-01").value()["grade"], view.answer("B-7.2-01").conflict) == ("conformity", True)
    assert (kept[DOSSIER].value, kept[DOSSIER].contenders[0].by) == (None, visit.member.id)
    assert (view.row.remarks, kept["remarks"].contenders[0].value) == ("", {"text": "Tốt"})
    (waiting,) = history.conflicts(session, visit.province, visit.audit.id, ["B-7.2-01"])["B-7.2-01"]
    assert (waiting.person, waiting.value["note"]) == ("Lê Thành", "Nên rà soát")
    assert view.state is AuditState.MINUTED  # no device had taken it along
    with pytest.raises(Conflict, match=r"audit\.open_conflicts"), session.begin_nested():
        life.conclude(
            session,
            visit.province,
            visit.reference,
            concluded_on=date(2020, 11, 18),
            document_id=None,
            by=Actor.of(factories.user(session, role=Role.OFFICE), "test"),
            now=visit.now,
        )
    amend = visit.a.amend()
    settled = visit.a.make("settle", waiting.value, "B-7.2-01", base=view.answer("B-7.2-01").revision)
    amended, chosen = visit.send(visit.a, amend, settled)
    assert (amended.reply, chosen.reply) == (Reply.ACCEPTED, Reply.ACCEPTED)
    assert visit.view().state is AuditState.UNDER_WAY
    for name, value in ((f"@{DOSSIER}", {"entry": DOSSIER, "data": {"number": "01"}}), ("@remarks", None)):
        base = entries.of(session, visit.province, visit.audit.id)[name[1:]].revision
        visit.a.revisions[name] = base
        visit.send(visit.a, visit.a.make("settle", value or {"field": "remarks", "text": "Tốt"}))
    again = visit.content()
    (stale,) = visit.send(visit.a, visit.a.sign(again))
    assert stale.refusal is not None
    assert stale.refusal.code == "sign.amends"
    first = session.scalars(select(Signature.digest)).one()
    (outcome,) = visit.send(visit.a, visit.a.sign(again, amends=first))
    assert outcome.reply is Reply.ACCEPTED
    assert session.scalars(select(Signature.amends).order_by(Signature.number)).all() == [None, first]
    assert visit.view().state is AuditState.MINUTED


def test_what_comes_after_the_signing_is_kept_and_changes_nothing(visit: Visit, session: Session) -> None:
    visit.answered()
    visit.send(visit.a, visit.a.sign(visit.content()))
    same = visit.b.answer("B-7.2-01", grade="conformity")
    other = visit.b.answer("B-8.5-01", grade="major", note="Không có", due_on="2020-12-01")
    new = visit.b.entry("meeting", {"place": "UBND phường"})
    settle = visit.b.make("settle", {"field": "remarks", "text": "Muộn"})
    outcomes = visit.send(visit.b, same, other, new, settle)
    assert [(each.reply, each.late) for each in outcomes] == [
        (Reply.ACCEPTED, False),
        (Reply.CONFLICT, True),
        (Reply.CONFLICT, True),
        (Reply.CONFLICT, True),
    ]
    again = visit.send(visit.b, same, other, new, settle)
    assert [(each.reply, each.first, each.late) for each in again][1] == (Reply.DUPLICATE, Reply.CONFLICT, True)
    view, kept = visit.view(), entries.of(session, visit.province, visit.audit.id)
    assert (view.answer("B-8.5-01").value()["grade"], view.answer("B-8.5-01").conflict) == ("conformity", True)
    assert (kept["meeting"].value, kept["meeting"].conflict, view.row.remarks) == (None, True, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"digest": "0" * 64}, "sign.digest"),
        ({"minuted_on": "2020-11-19"}, "audit.minuted_on"),
        ({"signatures": [signature("team")]}, "sign.side"),
        ({"signatures": [signature("team"), signature("unit", refused=True, path="")]}, "sign.side"),
        ({"signatures": [signature("team"), signature("unit", name=" ")]}, "sign.side"),
        ({"signatures": [signature("team"), signature("unit", path="<script>")]}, "sign.shape"),
        ({"signatures": None}, "sign.shape"),
        ({"content": "x"}, "sign.shape"),
        ({"amends": "0" * 64}, "sign.amends"),
        ({"more": 1}, "sign.shape"),
    ],
)
def test_what_cannot_be_signed(visit: Visit, session: Session, change: dict[str, Any], code: str) -> None:
    visit.answered()
    (outcome,) = visit.send(visit.a, visit.a.sign(visit.content(), **change))
    assert outcome.refusal is not None
    assert outcome.refusal.code == code
    assert say(outcome.refusal)
    assert visit.view().state is AuditState.UNDER_WAY
    assert session.scalars(select(Operation.outcome).order_by(Operation.seq.desc())).first() == "refused"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": []}, "sign.incomplete"),
        ({"audit": "2020-KT-999"}, "sign.checklist"),
        ({"minuted_on": "2020-11-15"}, "audit.minuted_on"),
        ({"minuted_on": "2020-11-19"}, "audit.minuted_on"),
        ({"entries": {"weather": {}}}, "entry.name"),
        ({"fields": {"weather": "nắng"}}, "operation.field"),
    ],
)
def test_a_content_that_cannot_be_signed(visit: Visit, change: dict[str, Any], code: str) -> None:
    visit.answered()
    (outcome,) = visit.send(visit.a, visit.a.sign(visit.content(**change)))
    assert outcome.refusal is not None
    assert outcome.refusal.code == code
    assert say(outcome.refusal, "en")


def test_a_refusal_to_sign_with_its_reason_is_a_signature(visit: Visit) -> None:
    visit.answered()
    refused = signature("unit", refused=True, path="", reason="Không đồng ý mức nặng")
    (outcome,) = visit.send(visit.a, visit.a.sign(visit.content(), signatures=[signature("team"), refused]))
    assert outcome.reply is Reply.ACCEPTED


def test_only_the_head_signs_and_amends(visit: Visit) -> None:
    visit.answered()
    for operation in (visit.b.sign(visit.content()), visit.b.amend()):
        (outcome,) = visit.send(visit.b, operation)
        assert outcome.refusal is not None
        assert outcome.refusal.code == "sign.not_head"
    (early,) = visit.send(visit.a, visit.a.amend())
    assert early.refusal is not None
    assert early.refusal.code == "amend.state"


def test_an_audit_signed_before_anything_was_sent_is_started_and_signed_at_once(visit: Visit, session: Session) -> None:
    answers = [visit.a.answer(each, grade="conformity") for each in CODES]
    content = visit.content(answers=[{"criterion": each.criterion, "value": dict(each.value)} for each in answers])
    outcomes = visit.send(visit.a, visit.a.sign(content), *answers)
    assert {each.reply for each in outcomes} == {Reply.ACCEPTED}
    assert visit.view().state is AuditState.MINUTED
    what = [each.what for each in history.events(session, visit.province, visit.audit.id)]
    assert what == ["planned", "started", "signed", "minuted"]


def test_the_last_minutes_say_whether_the_unit_reserves_its_opinion(visit: Visit, session: Session) -> None:
    visit.answered()
    word = {"stance": "reserved", "text": "Đã có quyết định"}
    visit.send(visit.a, visit.a.entry("word/A-01", word))
    visit.send(visit.a, visit.a.sign(visit.content()))
    first = session.scalars(select(Signature.digest)).one()
    visit.send(visit.a, visit.a.amend("Đơn vị đồng ý"), visit.a.entry("word/A-01", word | {"stance": "agreed"}))
    visit.send(visit.a, visit.a.sign(visit.content(), amends=first))
    raised = session.scalars(select(Nonconformity)).one()
    assert raised.contested is False
    told = session.scalars(select(NonconformityEvent.what).order_by(NonconformityEvent.number)).all()
    assert list(told) == ["raised", "contested", "uncontested"]


def test_a_photo_that_is_lost_for_good_is_waited_for_no_longer(visit: Visit, session: Session) -> None:
    visit.answered()
    visit.send(visit.a, visit.a.answer("B-7.2-01", grade="conformity", evidence=[PHOTO]))
    visit.send(visit.a, visit.a.sign(visit.content()))
    assert visit.view().state is AuditState.SIGNED
    where: dict[str, Any] = {"now": visit.now}
    place = (session, visit.province, visit.reference)
    with pytest.raises(Forbidden, match=r"photo\.lost_by"):
        lost.declare(*place, PHOTO, reason="Máy rơi xuống suối", by=visit.by(visit.b), **where)
    with pytest.raises(Invalid, match=r"photo\.lost_reason"):
        lost.declare(*place, PHOTO, reason="  ", by=visit.by(visit.a), **where)
    with pytest.raises(NotFound, match=r"photo\.not_missing"):
        lost.declare(*place, "cd" * 32, reason="Máy rơi xuống suối", by=visit.by(visit.a), **where)
    lost.declare(*place, PHOTO, reason="Máy rơi xuống suối", by=visit.by(visit.a), **where)
    view = visit.view()
    assert (view.state, view.absent) == (AuditState.MINUTED, frozenset())
    assert waiting.lost(session, visit.province, visit.audit.id) == {PHOTO: "Máy rơi xuống suối"}
    pack = packages.one(session, visit.province, visit.head.id, visit.reference, today=NOW.date())
    assert pack["evidence"] == {PHOTO: {"size": 0, "complete": False, "lost": "Máy rơi xuống suối"}}
    assert "ảnh không còn" in repr(minutes_of.paper(session, view))
    session.add(
        Evidence(
            province_id=visit.province,
            sha256=PHOTO,
            size=3,
            media_type="image/jpeg",
            name="ảnh",
            added_at=visit.now,
            added_by=visit.head.id,
        )
    )
    session.flush()
    assert waiting.lost(session, visit.province, visit.audit.id) == {}, "it came after all"
