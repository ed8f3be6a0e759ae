"""Three tablets of one audit at the same time, on threads of their own: operations, signatures, reports wait for each
other, never in a ring, and every chain comes out right."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from isoaudit.db import AnswerRevision
from isoaudit.db.engine import Sessions
from isoaudit.domain.localday import local_day
from isoaudit.domain.operations import empty_value
from isoaudit.services import device_list, devices, packages, sync
from tests.conftest import NOW
from tests.services.agreement import Server
from tests.services.test_sync_machine import CODES, DAY, TABLETS, scene
from tests.tablet_device import Device

STEPS = 20


def test_devices_at_the_same_time(sessions: Sessions, engine: Engine) -> None:
    with sessions.writing.begin() as session:
        scene(session)
    server = Server(engine)

    def work(number: int) -> Device:
        person, by = server.people[number]
        chance, here = random.Random(number), {"now": NOW, "by": by}

        def package() -> Any:
            with server.sessions.reading() as session:
                return packages.one(session, server.province, person, server.audit, today=local_day(NOW))

        def send(session: Session) -> Any:
            batch = [each.operation for each in tablet.pending]
            outcomes = sync.take(session, server.province, batch, **here)
            return outcomes, device_list.receipts(session, [tablet.id])

        tablet = Device(number + 1, person, server.audit, timedelta(0), package())
        for step in range(STEPS):
            code, note = chance.choice(CODES), f"{number} {step}"
            tablet.add("answer", empty_value(code) | {"grade": "conformity", "note": note}, code, NOW)
            if number == 0 and step % 7 == 3:
                lacking = [each for each in CODES if tablet.seen(each)["grade"] is None]
                for each in lacking:
                    tablet.add("answer", empty_value(each) | {"grade": "conformity", "note": note}, each, NOW)
                tablet.sign(tablet.content(CODES, DAY), NOW)
                tablet.add("amend", {"reason": note}, None, NOW)
            with server.sessions.writing.begin() as session:
                told = send(session)
            tablet.hear(*told)
            said = devices.Report("", "", step, "", (devices.Held(server.audit),))
            with server.sessions.writing.begin() as session:
                devices.report(session, server.province, tablet.id, said, **here)
            tablet.take(package())
        return tablet

    with ThreadPoolExecutor(TABLETS) as pool:
        tablets = list(pool.map(work, range(TABLETS)))
    with sessions.reading() as session:
        for receipt, tablet in zip(device_list.receipts(session, [each.id for each in tablets]), tablets, strict=True):
            assert (receipt.through, receipt.chain) == (len(tablet.ledger), tablet.chain(len(tablet.ledger)))
            assert tablet.deleted == len(tablet.ledger)
        revisions = session.execute(
            select(AnswerRevision.criterion_id, AnswerRevision.number).order_by(
                AnswerRevision.criterion_id, AnswerRevision.number
            )
        ).all()
        for criterion in {row.criterion_id for row in revisions}:
            numbers = [row.number for row in revisions if row.criterion_id == criterion]
            assert numbers == list(range(1, len(numbers) + 1))
