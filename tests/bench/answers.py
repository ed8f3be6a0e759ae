"""The answer page and the saving of one answer, server time, on the shipped checklist at the size of a province.

The page is at its heaviest: every criterion answered with a note. Saves go to one criterion after the other, with the
limit of posts switched on as in an installation.
"""

import gzip
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import select

from isoaudit.app import create_app
from isoaudit.config import Config
from isoaudit.db import ChecklistVersion, Unit
from isoaudit.domain.vocabulary import Role, UnitKind
from isoaudit.http.signin import marks
from isoaudit.services import checklists
from tests import audit_factories, factories
from tests.bench import Line, median
from tests.bench.__main__ import told
from tests.bench.data import YEAR, Place, Places

NOW = datetime(YEAR, 12, 31, 2, tzinfo=UTC)
PAGE_SECONDS, SAVE_SECONDS, PAGE_BYTES = 0.030, 0.010, 60 * 1024


def measure(places: Places) -> list[Line]:
    """The page of 131 criteria with its size on the wire, and one tap."""
    browser, reference, codes = inspector(places.province)
    address, device = f"/cuoc-kiem-tra/{reference}/tra-loi", str(uuid4())

    def operation(number: int) -> dict[str, object]:
        """The operation of that number of the device: it goes round and round through the criteria."""
        return {
            "op_id": str(uuid4()),
            "device_id": device,
            "seq": number,
            "audit": reference,
            "base_revision": (number - 1) // len(codes),
            "kind": "answer",
            "criterion": codes[(number - 1) % len(codes)],
            "value": {"grade": "conformity", "note": f"Đã xem {number:02} hồ sơ, sổ theo dõi và phiếu kiểm soát"},
            "at": NOW.isoformat(),
        }

    def save(*numbers: int) -> None:
        answer = browser.post(
            f"/cuoc-kiem-tra/{reference}/thao-tac", json={"operations": [operation(each) for each in numbers]}
        )
        if answer.json is None or {each["outcome"] for each in answer.json["operations"]} != {"accepted"}:
            raise RuntimeError(answer.text)

    save(*range(1, len(codes) + 1))
    following = count(len(codes) + 1)
    headers = {"Accept-Encoding": "gzip"}
    sent = browser.get(address, headers=headers).data
    size = f"{len(sent) / 1024:.1f} KB nén, {len(gzip.decompress(sent)) / 1024:.0f} KB"
    if len(sent) > PAGE_BYTES:
        size = f"{size}: QUÁ {PAGE_BYTES // 1024} KB"

    def read() -> object:
        return browser.get(address, headers=headers)

    def tap() -> None:
        save(next(following))

    return [
        Line("trang trả lời", median(read, 25, 3), PAGE_SECONDS, note=f"{size}; {processor(read)}"),
        Line("  lưu một câu trả lời", median(tap, 51, 5), SAVE_SECONDS, note=processor(tap)),
    ]


def processor(call: Callable[[], object], times: int = 25) -> str:
    """The processor time of a call on average: what it costs whoever else uses the machine."""
    start = time.process_time()
    for _ in range(times):
        call()
    return f"{told((time.process_time() - start) / times)} bộ xử lý"


def inspector(place: Place) -> tuple[FlaskClient, str, list[str]]:
    """The head of a planned audit of a commune, signed in; the audit's reference and the codes of its criteria."""
    with place.sessions.writing.begin() as session:
        head = factories.user(session, role=Role.INSPECTOR, now=NOW)
        commune = session.scalars(select(Unit).where(Unit.kind == UnitKind.COMMUNE).limit(1)).one()
        version = session.scalars(
            select(ChecklistVersion).where(ChecklistVersion.name == "tcvn-iso-9001-2015-commune").limit(1)
        ).one()
        audit = audit_factories.audit(session, head=head, of=commune, version=version, planned_on=date(YEAR, 12, 30))
        reference, signed_in = audit.reference, marks(head, NOW)
        codes = [each.code for each in checklists.content(version).criteria]
    app = create_app(Config(instance=place.folder, database_url=place.url, argon2_memory_kib=64))
    app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=False)
    browser = app.test_client()
    with browser.session_transaction() as opened:
        opened.update(signed_in)
    return browser, reference, codes
