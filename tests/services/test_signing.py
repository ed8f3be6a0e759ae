"""Signing on the spot, through the sync: what is signed stands, what comes later waits, nothing is lost; the audit is
minuted when every device has delivered or was released."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Evidence, Nonconformity, Operation, Signature, User
from isoaudit.domain.audit_life import Lack
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from isoaudit.domain.merge import Reply
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import AuditState, Role
from isoaudit.services import device_list, devices, integrity, signing, sync
from isoaudit.services.audits import entries, history, life, reading
from isoaudit.services.devices import Held, Report
from isoaudit.services.exampleyear import removal
from isoaudit.services.log import COMMAND_LINE, Actor
from tests import audit_factories, factories, tablet_factories
from tests.tablet_factories import Tablet, signature

CODES = ("A-01", "B-7.2-01", "B-8.5-01")
MINOR = {"grade": "minor", "note": "Thiếu 02 chứng chỉ", "due_on": "2020-12-31"}
DOSSIER = "dossier/00000000-0000-4000-8000-000000000001"
PHOTO = "ab" * 32


class Visit:
    """An audit with a head and a member, each with a tablet that took it along."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.head = factories.user(session, role=Role.INSPECTOR, full_name="Trần Trưởng")
        self.member = factories.user(session, role=Role.INSPECTOR, full_name="Lê Thành")
        self.audit = audit_factories.audit(session, head=self.head, members=(self.member,))
        self.province, self.reference = self.audit.province_id, self.audit.reference
        self.a, self.b = Tablet(1, self.reference), Tablet(2, self.reference)

    def by(self, tablet: Tablet | User) -> Actor:
        """The person of a tablet."""
        person = tablet if isinstance(tablet, User) else {1: self.head, 2: self.member}[tablet.number]
        return Actor.of(person, "10.0.0.1", "tablet")

    def send(self, tablet: Tablet, *operations: Any) -> list[sync.Outcome]:
        """Take a batch of one tablet."""
        return sync.take(self.session, self.province, operations, by=self.by(tablet), now=self.now)

    def report(self, tablet: Tablet, **held: int) -> devices.Told:
        """The tablet says what it holds of the audit."""
        said = Report(f"Máy {tablet.number}", "1", tablet.seq, "", (Held(self.reference, **held),))
        return devices.report(self.session, self.province, tablet.id, said, by=self.by(tablet), now=self.now)

    def view(self) -> reading.AuditView:
        """The audit."""
        return reading.find(self.session, self.province, self.reference)

    def content(self, **more: Any) -> dict[str, Any]:
        """What stands, as it would be signed."""
        kept = entries.of(self.session, self.province, self.audit.id)
        return tablet_factories.content(self.view(), kept) | more

    def answered(self) -> None:
        """Every criterion answered by the head's tablet."""
        first, *others = CODES
        self.send(self.a, self.a.answer(first, **MINOR), *(self.a.answer(each, grade="conformity") for each in others))


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
    assert [each.code for each in found] == ["verify.signature", "verify.chain"]
    assert all(say(each) for each in found)


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
