"""The answer page and the saving of one answer, server time, on the shipped checklist at the size of a province."""

import gzip
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
from tests import audit_factories, factories
from tests.bench import Line, median
from tests.bench.data import YEAR, Place, Places

NOW = datetime(YEAR, 12, 31, 2, tzinfo=UTC)
PAGE_SECONDS, SAVE_SECONDS, PAGE_BYTES = 0.030, 0.010, 60 * 1024


def measure(places: Places) -> list[Line]:
    """The page of 130 criteria with its size on the wire, and one tap."""
    browser, reference = inspector(places.province)
    address = f"/cuoc-kiem-tra/{reference}/tra-loi"
    headers = {"Accept-Encoding": "gzip"}
    sent = browser.get(address, headers=headers).data
    size = f"{len(sent) / 1024:.1f} KB nén, {len(gzip.decompress(sent)) / 1024:.0f} KB"
    device, numbers = str(uuid4()), count(1)

    def save() -> None:
        number = next(numbers)
        operation = {
            "op_id": str(uuid4()),
            "device_id": device,
            "seq": number,
            "audit": reference,
            "base_revision": number - 1,
            "kind": "answer",
            "criterion": "A-02",
            "value": {"grade": "conformity", "note": f"Đã xem {number:02} hồ sơ"},
            "at": NOW.isoformat(),
        }
        answer = browser.post(f"/cuoc-kiem-tra/{reference}/thao-tac", json={"operations": [operation]})
        if answer.json is None or answer.json["operations"][0]["outcome"] != "accepted":
            raise RuntimeError(answer.text)

    kept = len(sent) <= PAGE_BYTES
    return [
        Line(
            "trang trả lời",
            median(lambda: browser.get(address, headers=headers), times=15),
            PAGE_SECONDS,
            note=size if kept else f"{size}: QUÁ {PAGE_BYTES // 1024} KB",
        ),
        Line("  lưu một câu trả lời", median(save, times=25), SAVE_SECONDS),
    ]


def inspector(place: Place) -> tuple[FlaskClient, str]:
    """The head of a planned audit of a commune, signed in, and the audit's reference."""
    with place.sessions.writing.begin() as session:
        head = factories.user(session, role=Role.INSPECTOR, now=NOW)
        commune = session.scalars(select(Unit).where(Unit.kind == UnitKind.COMMUNE).limit(1)).one()
        version = session.scalars(
            select(ChecklistVersion).where(ChecklistVersion.name == "tcvn-iso-9001-2015-commune").limit(1)
        ).one()
        audit = audit_factories.audit(session, head=head, of=commune, version=version, planned_on=date(YEAR, 12, 30))
        reference, signed_in = audit.reference, marks(head, NOW)
    app = create_app(Config(instance=place.folder, database_url=place.url, argon2_memory_kib=64, posts_per_minute=0))
    app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=False)
    browser = app.test_client()
    with browser.session_transaction() as opened:
        opened.update(signed_in)
    return browser, reference
