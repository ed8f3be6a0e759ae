"""Devices: what an audit waits for, releasing and revoking them, their ledger; what they brought is kept, checked."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, Document, Entry, Evidence, Signature
from isoaudit.domain.audit_life import Lack
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from isoaudit.domain.merge import Reply
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import AuditState, Grade, Role
from isoaudit.services import device_list, devices, integrity, integrity_tablet, signing, sync
from isoaudit.services.audits import life
from isoaudit.services.devices import Report
from isoaudit.services.exampleyear import removal
from isoaudit.services.log import COMMAND_LINE, Actor
from isoaudit.services.revisions import enter
from tests import factories
from tests.services.tablet_visit import DOSSIER, MINOR, PHOTO, Visit


@pytest.fixture
def visit(session: Session, now: datetime) -> Visit:
    return Visit(session, now)


def test_the_head_releases_a_device_that_will_not_come(visit: Visit) -> None:
    visit.report(visit.b, operations=5)
    visit.answered()
    visit.send(visit.a, visit.a.sign(visit.content()))
    assert visit.view().state is AuditState.SIGNED
    how: dict[str, Any] = {"now": visit.now}
    with pytest.raises(Forbidden):
        devices.release(
            visit.session, visit.province, visit.reference, visit.b.id, reason="x", by=visit.by(visit.b), **how
        )
    with pytest.raises(Invalid):
        devices.release(
            visit.session, visit.province, visit.reference, visit.b.id, reason=" ", by=visit.by(visit.a), **how
        )
    with pytest.raises(NotFound):
        devices.release(
            visit.session, visit.province, visit.reference, visit.a.id, reason="x", by=visit.by(visit.a), **how
        )
    devices.release(
        visit.session, visit.province, visit.reference, visit.b.id, reason="Máy hỏng", by=visit.by(visit.a), **how
    )
    assert visit.view().state is AuditState.MINUTED
    (listed,) = device_list.listed(visit.session, visit.province)
    assert (listed.holds, listed.audits[0].released) == (5, True)


def test_photos_that_were_signed_have_to_arrive(visit: Visit, session: Session) -> None:
    visit.report(visit.a)
    visit.answered()
    visit.send(
        visit.a,
        visit.a.answer("B-7.2-01", grade="conformity", evidence=[PHOTO]),
        visit.a.entry(f"photo/{PHOTO}", {"caption": "Sổ theo dõi"}),
    )
    visit.send(visit.a, visit.a.sign(visit.content()))
    assert [each.reply for each in visit.send(visit.a, visit.a.sign(visit.content()))] == [Reply.REFUSED]
    assert visit.view().state is AuditState.SIGNED
    assert not visit.report(visit.a).audits[0].delivered
    shared: dict[str, Any] = {
        "media_type": "image/jpeg",
        "name": "ảnh",
        "added_at": visit.now,
        "added_by": visit.head.id,
    }
    session.add(Evidence(province_id=visit.province, sha256=PHOTO, size=3, **shared))
    session.flush()
    assert visit.report(visit.a).audits[0].delivered
    assert visit.view().state is AuditState.MINUTED


def test_the_browser_waits_for_devices_too(visit: Visit) -> None:
    visit.report(visit.b, operations=2)
    visit.answered()
    how: dict[str, Any] = {"minuted_on": date(2020, 11, 18), "by": visit.by(visit.a), "now": visit.now}
    with pytest.raises(Conflict) as refused, visit.session.begin_nested():
        life.minute(visit.session, visit.province, visit.reference, **how)
    assert "Máy 2 (Lê Thành)" in say(refused.value)
    visit.report(visit.b)
    assert life.minute(visit.session, visit.province, visit.reference, **how).state is AuditState.MINUTED


def test_taking_along_is_no_delivery(visit: Visit) -> None:
    assert not visit.report(visit.b).audits[0].delivered
    assert visit.report(visit.b).audits[0].delivered


def test_ledger_and_chain_agree_with_the_device(visit: Visit, session: Session) -> None:
    visit.answered()
    (receipt,) = device_list.receipts(session, [visit.a.id])
    assert receipt.through == visit.a.seq
    lines = device_list.ledger(session, visit.province, visit.a.id, after=1, by=visit.by(visit.a))
    assert [each.seq for each in lines] == [2, 3]
    with pytest.raises(Forbidden):
        device_list.ledger(session, visit.province, visit.a.id, after=0, by=visit.by(visit.b))
    said = Report("Máy 1", "1", visit.a.seq, receipt.chain, ())
    devices.report(session, visit.province, visit.a.id, said, by=visit.by(visit.a), now=visit.now)
    (listed,) = device_list.listed(session, visit.province)
    assert listed.agrees is True


def test_a_revoked_device_sends_nothing_but_its_file_is_taken(visit: Visit, session: Session) -> None:
    visit.report(visit.b, operations=1)
    office = Actor.of(factories.user(session, role=Role.OFFICE), "test")
    waits = visit.b.answer("A-01", **MINOR)
    devices.revoke(session, visit.province, visit.b.id, reason="Mất máy", by=office, now=visit.now)
    with pytest.raises(Forbidden, match=r"device\.revoked"):
        visit.send(visit.b, waits)
    told = visit.report(visit.b)
    assert (told.revoked, told.reason) == (True, "Mất máy")
    person = visit.by(visit.b)
    (outcome,) = sync.take(session, visit.province, [waits], by=person, now=visit.now, from_file=True)
    assert outcome.reply is Reply.ACCEPTED
    devices.wiped(session, visit.province, visit.b.id, audits=1, operations=1, by=person, now=visit.now)
    with pytest.raises(NotFound):
        devices.revoke(session, visit.province, "x", reason="y", by=office, now=visit.now)
    with pytest.raises(Invalid):
        devices.revoke(session, visit.province, visit.b.id, reason="", by=office, now=visit.now)
    assert signing.signed_of(session, visit.province, by=person) == []


def test_verify_finds_a_signature_or_a_ledger_that_was_changed(visit: Visit, session: Session, tmp_path: Path) -> None:
    visit.answered()
    visit.send(visit.a, visit.a.sign(visit.content()))
    assert list(integrity.findings(session, tmp_path)) == []
    device = devices.find_device(session, visit.a.id)
    device.chain = "0" * 64
    made = session.scalars(select(Signature)).one()
    others = {name: getattr(made, name) for name in ("province_id", "audit_id", "minuted_on", "signed_at", "by")}
    others |= {"received_at": visit.now, "device_id": visit.a.id, "op_id": made.op_id, "signatures": []}
    session.add(Signature(number=2, digest=made.digest, content={"audit": "another"}, **others))
    session.flush()
    found = list(integrity.findings(session, tmp_path))
    assert [each.code for each in found] == ["verify.signature", "verify.strokes", "verify.chain"]
    assert all(say(each) for each in found)


def test_verify_compares_what_was_signed_with_what_stands(visit: Visit, session: Session, tmp_path: Path) -> None:
    visit.answered()
    visit.send(visit.a, visit.a.entry(DOSSIER, {"number": "01"}), visit.a.remarks("Tốt"))
    visit.send(visit.a, visit.a.sign(visit.content()))
    how: dict[str, Any] = {"by": Actor.of(factories.user(session, role=Role.OFFICE), "test"), "now": visit.now}
    document = Document(
        province_id=visit.province,
        number="01/TB",
        fold="01/tb",
        issuer="Sở KH&CN",
        issued_on=date(2020, 11, 18),
        subject="Kết luận kiểm tra",
        kind="TB",
    )
    enter(session, document, **how)
    change = life.GradeChange("A-01", Grade.OPPORTUNITY, "Đã khắc phục ngay")
    life.conclude(
        session,
        visit.province,
        visit.reference,
        concluded_on=date(2020, 11, 18),
        document_id=document.id,
        grade_changes=[change],
        **how,
    )
    assert list(integrity.findings(session, tmp_path)) == [], "the notice may change a grade"
    answer = session.scalars(select(Answer).where(Answer.grade == Grade.CONFORMITY)).first()
    assert answer is not None
    answer.note = "Sửa thẳng trong cơ sở dữ liệu"
    session.get_one(Entry, (visit.province, visit.audit.id, DOSSIER)).value = None
    session.flush()
    found = list(integrity.findings(session, tmp_path))
    assert [(each.code, each.details["what"]) for each in found] == [
        ("verify.signed_differs", f"@{DOSSIER}"),
        ("verify.signed_differs", "B-7.2-01"),
    ]
    assert all(say(each) for each in found)
    life.reopen(session, visit.province, visit.reference, reason="Ghi nhầm", by=visit.by(visit.a), now=visit.now)
    assert list(integrity.findings(session, tmp_path)) == [], "what is open is not compared"


def test_verify_tells_what_is_on_its_way_without_calling_it_damage(
    visit: Visit, session: Session, tmp_path: Path
) -> None:
    visit.answered()
    waits = visit.a.remarks("Chưa gửi")
    visit.report(visit.a)
    device = devices.find_device(session, visit.a.id)
    assert [(each.code, each.details["theirs"], each.details["ours"]) for each in integrity_tablet.notes(session)] == [
        ("verify.ledger_waits", 4, 3)
    ]
    assert list(integrity.findings(session, tmp_path)) == []
    visit.send(visit.a, waits)
    device.last_seq = 9  # its example audits are gone
    session.flush()
    (note,) = integrity_tablet.notes(session)
    assert "thiếu số 5–9" in say(note)
    assert list(integrity.findings(session, tmp_path)) == []


def test_photos_are_lacking_in_the_browser_too(visit: Visit) -> None:
    visit.answered()
    visit.send(visit.a, visit.a.answer("B-7.2-01", grade="conformity", evidence=[PHOTO]))
    assert [(each.criterion, each.lack) for each in visit.view().missing] == [("B-7.2-01", Lack.EVIDENCE)]


def test_example_audits_go_with_all_that_tablets_brought(visit: Visit, session: Session) -> None:
    visit.report(visit.a)
    visit.answered()
    visit.send(visit.a, visit.a.entry(DOSSIER, {"number": "01"}))
    visit.send(visit.a, visit.a.sign(visit.content()))
    visit.audit.example = True
    session.flush()
    removed = removal.remove(session, by=COMMAND_LINE, now=visit.now)
    assert {"signature": 1, "entry": 1, "audit_device": 1, "operation": 5}.items() <= removed.rows.items()
