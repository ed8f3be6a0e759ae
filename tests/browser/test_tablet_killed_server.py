"""The server killed in the middle of it, with SIGKILL: before it has committed a batch, and after it has but before it
could say so. Nothing is lost, nothing is there twice."""

import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, expect

from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import empty_value
from isoaudit.services.device_list import Receipt
from isoaudit.services.sync import Outcome
from tests.browser import killed_server
from tests.browser.conftest import Site, answering, served
from tests.browser.killed_server import BEFORE_COMMIT, BEFORE_REPLY
from tests.browser.tablet import API, SLOW, Tablet
from tests.conftest import Counted
from tests.tablet_device import Device, Kept

pytestmark = pytest.mark.browser

HITS = 10
EMPTY = empty_value("A-01")
NOW = datetime(2020, 11, 17, 1, 0, tzinfo=UTC)


@dataclass
class Mortal:
    """A server that can be killed at a point, and the folder through which it is told."""

    site: Site
    folder: Path

    def kill_at(self, point: str) -> None:
        """The next batch that gets there kills it."""
        (self.folder / "kill").write_text(point, "utf-8")

    def hits(self) -> list[str]:
        """The points at which it has died, in order."""
        return (self.folder / "hits").read_text("utf-8").splitlines()

    def risen(self, times: int) -> None:
        """Wait until it has died so many times in all, by SIGKILL each time, and answers again."""
        deaths = self.folder / "deaths"
        deadline = time.monotonic() + 20
        while not deaths.exists() or len(deaths.read_text().splitlines()) < times:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert {*deaths.read_text().splitlines()} == {str(int(signal.SIGKILL))}
        assert len(self.hits()) == times
        answering(self.site.url)


@pytest.fixture
def mortal(example_instance: Path, tmp_path: Path) -> Iterator[Mortal]:
    """A server that can be killed at a point."""
    with served(example_instance, tmp_path, sys.executable, killed_server.__file__) as site:
        yield Mortal(site, tmp_path)


def test_a_killed_server_has_every_operation_once(mortal: Mortal, browser: Browser, counted: Counted) -> None:
    """Ten times at each point, by turns: the device sends again until it is answered."""
    tablet = Tablet(browser.new_page(), mortal.site)
    person, send = _signed_in(tablet)
    audit = tablet.listed()[0]["audit"]
    package = tablet.package(audit)
    codes = [each["code"] for each in package["checklist"]["criteria"]]
    device = Device(1, person, audit, timedelta(hours=-3), package)
    firsts: Counter[Reply] = Counter()
    for turn in range(2 * HITS):
        for step in range(3):
            value = {"note": f"Lần {turn}, bước {step}: thiếu chữ ký", "grade": "minor" if turn % 2 else "opportunity"}
            device.add("answer", EMPTY | value, codes[(7 * turn + step) % len(codes)], NOW + timedelta(minutes=turn))
        point = (BEFORE_COMMIT, BEFORE_REPLY)[turn % 2]
        mortal.kill_at(point)
        with pytest.raises(Error):
            send(device.pending)
        mortal.risen(turn + 1)
        before = {each.operation.op_id for each in device.pending}
        told = send(device.pending)
        replies = {each["op_id"]: Reply(each["outcome"]) for each in told["operations"]}
        assert set(replies) == before
        assert {*replies.values()} == {Reply.ACCEPTED if point == BEFORE_COMMIT else Reply.DUPLICATE}
        firsts.update(replies.values())
        _hear(device, told)
    assert Counter(mortal.hits()) == {BEFORE_COMMIT: HITS, BEFORE_REPLY: HITS}
    counted(
        f"server killed: {dict(Counter(mortal.hits()))}; told afterwards: "
        f"{', '.join(f'{many} {each.value}' for each, many in firsts.items())}"
    )

    rows = tablet.told(f"devices/{device.id}/ledger?after=0")
    assert [(row["seq"], row["op_id"], row["digest"]) for row in rows] == [
        (each.operation.seq, each.operation.op_id, each.fingerprint) for each in device.ledger
    ]
    assert device.deleted == len(device.ledger) == 6 * HITS
    assert {code: each["value"] for code, each in tablet.package(audit)["answers"].items()} == {
        each.operation.target: device.seen(each.operation.target) for each in device.ledger
    }
    tablet.page.close()


def test_the_app_outlives_its_server(mortal: Mortal, browser: Browser) -> None:
    """The real app at the same points: it says what is wrong, tries again, and agrees with the server in the end."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as context:
        tablet = Tablet(context.new_page(), mortal.site)
        tablet.begin()
        audit = tablet.listed()[-1]["audit"]
        asked = [each["code"] for each in tablet.package(audit)["checklist"]["criteria"] if each["when"] is None]
        tablet.take(audit)
        for turn, point in enumerate((BEFORE_COMMIT, BEFORE_REPLY) * 2):
            mortal.kill_at(point)
            tablet.grade(tablet.card(audit, asked[turn]), "conformity")
            tablet.go("#/dong-bo")  # the sync begins by itself, and rests for seconds after it has failed
            expect(tablet.page.locator("main")).to_contain_text("Không có kết nối đến máy chủ", timeout=SLOW)
            mortal.risen(turn + 1)
            expect(tablet.sheet()).to_contain_text("Máy chủ đã xác nhận mọi thay đổi", timeout=SLOW)
            tablet.page.keyboard.press("Escape")
        assert Counter(mortal.hits()) == {BEFORE_COMMIT: 2, BEFORE_REPLY: 2}
        assert tablet.agrees() == 4
        answers = tablet.package(audit)["answers"]
        assert {code: each["value"]["grade"] for code, each in answers.items()} == dict.fromkeys(
            asked[:4], "conformity"
        )


def _signed_in(tablet: Tablet) -> tuple[int, Callable[[list[Kept]], Any]]:
    """Signed in without the app: who, and how to send operations."""
    tablet.sign_in()
    expect(tablet.page.locator("#pin")).to_be_visible()
    session = tablet.told("session")
    headers = {"X-CSRFToken": session["csrf"], "Content-Type": "application/json"}

    def send(pending: list[Kept]) -> Any:
        body = json.dumps({"operations": [asdict(each.operation) for each in pending]})
        return tablet.page.request.post(f"{tablet.site.url}{API}/operations", data=body, headers=headers).json()

    return session["user"]["id"], send


def _hear(device: Device, told: Any) -> None:
    """What the server says, to the device."""
    outcomes = [
        Outcome(
            each["op_id"],
            Reply(each["outcome"]),
            Reply(each["first"]),
            each["revision"],
            each["audit_revision"],
            digest=each["digest"],
        )
        for each in told["operations"]
    ]
    device.hear(outcomes, [Receipt(**each) for each in told["receipts"]])
