"""An audit is planned after the backup, worked on, and the backup restored: nothing that tablets brought is lost, and
none of it lands in another audit that got the same number."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from isoaudit.config import Config, account_key
from isoaudit.db import ChecklistVersion, Unit, User
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.errors import Conflict, NotFound
from isoaudit.domain.merge import Reply
from isoaudit.domain.messages import say
from isoaudit.domain.operations import Operation
from isoaudit.domain.vocabulary import Grade, Role
from isoaudit.services import backup, device_list, devices, orphans, restoring, settings, sync
from isoaudit.services.audits import entries, reading
from isoaudit.services.devices import Held, Report
from isoaudit.services.log import Actor
from tests import audit_factories, factories
from tests.conftest import NOW
from tests.services.tablet_visit import CODES, MINOR
from tests.tablet_factories import Tablet

LATER = NOW + timedelta(days=1)


def test_work_on_an_audit_that_the_backup_did_not_have_finds_its_way_back(
    session: Session, engine: Engine, config: Config, tmp_path: Path
) -> None:
    head = factories.user(session, role=Role.INSPECTOR, full_name="Trần Trưởng", username="truong")
    version = audit_factories.checklist(session)
    province = settings.home(session).id
    session.commit()
    file, folder = tmp_path / "sao-luu.zip", tmp_path / "khác"
    backup.make(engine, config.evidence, account_key(config), file, now=NOW)

    audit = audit_factories.audit(session, head=head, version=version)
    tablet = Tablet(1, audit.reference)
    sent = [
        tablet.answer(CODES[0], **MINOR),
        tablet.remarks("Nhìn chung tốt"),
        tablet.answer(CODES[0], **MINOR, request="Bổ sung"),
    ]
    outcomes = sync.take(session, province, sent, by=Actor.of(head, "10.0.0.1", "tablet"), now=NOW)
    assert {each.reply for each in outcomes} == {Reply.ACCEPTED}
    planned_at = audit.created_at
    session.commit()

    folder.mkdir()
    there = Config(instance=folder, database_url=f"sqlite:///{folder / 'isoaudit.sqlite3'}")
    other = make_engine(there.database_url)
    restoring.restore(other, there.instance, there.evidence, file)
    with Sessions(other).writing() as restored:
        _synchronised(restored, province, tablet, sent, planned_at)
        _brought_in(restored, province, tablet, planned_at)
    other.dispose()


def _synchronised(
    restored: Session, province: int, tablet: Tablet, sent: list[Operation], planned_at: datetime
) -> None:
    """The number is another audit's by now: the tablet's work stays out of it, and is kept."""
    head = restored.scalars(select(User).where(User.username == "truong")).one()
    by = Actor.of(head, "10.0.0.1", "tablet")
    strange = _planned(restored, head=head)
    assert strange.reference == tablet.audit
    held = Held(tablet.audit, len(sent), 0, 0, planned_at)
    report = Report("Máy", "1", tablet.seq, "", (held,))
    told = devices.report(restored, province, tablet.id, report, by=by, now=LATER)
    assert (told.last_seq, told.audits) == (0, ())
    outcomes = sync.take(restored, province, sent, by=by, now=LATER, planned={tablet.audit: planned_at})
    assert [each.refusal.code for each in outcomes if each.refusal] == ["operation.audit_unknown"] * 3
    assert all("đã được giữ ở máy chủ" in say(each.refusal) for each in outcomes if each.refusal)
    assert device_list.receipts(restored, [tablet.id])[0].through == 3
    assert reading.find(restored, province, strange.reference).answers == {}


def _brought_in(restored: Session, province: int, tablet: Tablet, planned_at: datetime) -> None:
    """The audit is planned again, under another number, and the work brought into it, once."""
    head = restored.scalars(select(User).where(User.username == "truong")).one()
    colleague = factories.user(restored, role=Role.INSPECTOR)
    office = Actor.of(factories.user(restored, role=Role.OFFICE), "10.0.0.2")
    (waits,) = orphans.listed(restored, province)
    assert (waits.person, waits.reference, waits.operations) == ("Trần Trưởng", tablet.audit, 3)
    how: dict[str, Any] = {"stand_in_name": "nội dung đã giữ", "by": office, "now": LATER}
    place = (restored, province, tablet.id, tablet.audit)
    with pytest.raises(Conflict, match=r"orphans\.team"):
        orphans.bring(*place, into=_planned(restored, head=colleague).reference, **how)
    again = _planned(restored, head=colleague, members=(head,))
    assert orphans.bring(*place, into=again.reference, **how).replies == {Reply.ACCEPTED: 3}
    answer = reading.find(restored, province, again.reference).answer(CODES[0])
    assert (answer.grade, answer.request, answer.revision) == (Grade.MINOR, "Bổ sung", 2)
    kept = entries.of(restored, province, again.id)["remarks"]
    assert (kept.value, kept.by) == ({"text": "Nhìn chung tốt"}, head.id)
    assert orphans.listed(restored, province) == []
    with pytest.raises(NotFound, match=r"orphans\.none"):
        orphans.bring(*place, into=again.reference, **how)
    by = Actor.of(head, "10.0.0.1", "tablet")
    more = [tablet.remarks("Thêm")]
    (late,) = sync.take(restored, province, more, by=by, now=LATER, planned={tablet.audit: planned_at})
    assert late.reply is Reply.REFUSED
    assert orphans.bring(*place, into=again.reference, **how).replies == {Reply.ACCEPTED: 1}


def _planned(restored: Session, **team: Any) -> Any:
    """An audit of another unit, planned after the restoring."""
    version = restored.scalars(select(ChecklistVersion)).one()
    units = len(restored.scalars(select(Unit)).all())
    unit = factories.unit(restored, code=f"{units + 1}", name=f"Xã {units + 1}")
    made = audit_factories.audit(restored, of=unit, version=version, **team)
    made.created_at = LATER
    restored.flush()
    return made
