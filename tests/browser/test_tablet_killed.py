"""Killed in the middle of it, with SIGKILL: the browser while somebody types; the server before it has committed a
batch, and after it has but before it could say so. Nothing is lost but the last moment of typing, nothing is there
twice."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Error, Page, expect

from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import empty_value
from isoaudit.services.device_list import Receipt
from isoaudit.services.sync import Outcome
from tests.browser import killed_server
from tests.browser.conftest import CHROMIUM_FLAGS, Site, answering, served, serving
from tests.browser.killed_server import BEFORE_COMMIT, BEFORE_REPLY
from tests.browser.photos import painted
from tests.browser.tablet import API, SLOW, Tablet
from tests.conftest import Counted
from tests.tablet_device import Device, Kept

pytestmark = pytest.mark.browser

LOST = 0.3
"""Seconds of typing that may be lost."""
HITS = 10
SENTENCE = "Sổ theo dõi hồ sơ một cửa ghi thiếu ngày trả kết quả của mười hai hồ sơ tháng chín; "
EMPTY = empty_value("A-01")
NOW = datetime(2020, 11, 17, 1, 0, tzinfo=UTC)


Typed = list[tuple[str, float]]
"""Letters, and when each was there for sure."""


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


# -- the browser ------------------------------------------------------------------------------------------------------


@dataclass
class Chromium:
    """A whole browser of its own, on a profile that stays."""

    process: subprocess.Popen[bytes]
    browser: Browser

    @property
    def page(self) -> Page:
        """Its window."""
        return self.browser.contexts[0].pages[0]

    def kill(self) -> None:
        """All its processes at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def chromium(kind: BrowserType, profile: Path) -> Iterator[Chromium]:
    """Start it on this profile."""
    told = profile / "DevToolsActivePort"
    told.unlink(missing_ok=True)
    (profile / "SingletonLock").unlink(missing_ok=True)
    command = [str(shutil.which("chromium")), *CHROMIUM_FLAGS, "--headless=new", f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [*command, "--remote-debugging-port=0", "--window-size=1280,800", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    started = None
    try:
        deadline = time.monotonic() + 30
        while not told.exists() or not told.read_text().strip():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        started = Chromium(process, kind.connect_over_cdp(f"http://127.0.0.1:{told.read_text().split()[0]}"))
        yield started
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_killed_browser_loses_a_moment_of_typing(
    browser: Browser, example_instance: Path, tmp_path: Path, counted: Counted
) -> None:
    """Killed three times while somebody types; opened again while the server is away; then all of it comes there."""
    profile = tmp_path / "profile"
    profile.mkdir()
    with served(example_instance, tmp_path) as site, chromium(browser.browser_type, profile) as first:
        tablet = Tablet(first.page, site)
        tablet.begin()
        audit = tablet.listed()[0]["audit"]
        asked = [each["code"] for each in tablet.package(audit)["checklist"]["criteria"] if each["when"] is None]
        tablet.take(audit)
        tablet.cut()
        card = tablet.card(audit, asked[0])
        tablet.grade(card, "minor")
        tablet.photograph(tablet.fields(card), [painted(first.page, 800, 600, 1)])
        typed = [_type_and_kill(first, tablet, audit, asked[1], 0.9)]
    for place, seconds in ((2, 1.35), (3, 1.7)):
        with chromium(browser.browser_type, profile) as again:
            tablet = _opened_again(again, site)
            card = tablet.card(audit, asked[0])
            expect(card.locator(".grade[aria-pressed=true]")).to_have_attribute("data-grade", "minor")
            expect(tablet.fields(card).locator(".photo img")).to_be_visible()
            assert _text(tablet, audit, asked[place - 1]) != ""
            typed.append(_type_and_kill(again, tablet, audit, asked[place], seconds))
    port = int(site.url.rsplit(":", 1)[1])
    with chromium(browser.browser_type, profile) as last:
        tablet = _opened_again(last, site)
        kept = [_text(tablet, audit, code) for code in asked[1:4]]
        with serving(tmp_path, port):
            _sign_in_beside(last, site)
            tablet.sheet()
            tablet.brought()
            answers = tablet.package(audit)["answers"]
            assert tablet.agrees() >= 5
    lost = [_lost(text, *each) for text, each in zip(kept, typed, strict=True)]
    counted(f"typing lost in ms: {[round(1000 * each) for each in lost]} of {[len(each) for each, _ in typed]} letters")
    assert max(lost) <= LOST
    assert [answers[code]["value"]["note"] for code in asked[1:4]] == kept
    assert (answers[asked[0]]["value"]["grade"], len(answers[asked[0]]["value"]["evidence"])) == ("minor", 1)


def _opened_again(opened: Chromium, site: Site) -> Tablet:
    """The app from the device alone: the server is away."""
    tablet = Tablet(opened.page, site)
    tablet.page.goto(f"{site.url}/tablet/")
    tablet.unlock()
    return tablet


def _type_and_kill(opened: Chromium, tablet: Tablet, audit: str, code: str, seconds: float) -> tuple[Typed, float]:
    """Each letter with the moment when it was there for sure, and the moment of the end."""
    fields = tablet.fields(tablet.card(audit, code))
    fields.get_by_label("Bằng chứng, ghi nhận").click()
    end = time.monotonic() + seconds
    typed: Typed = []
    while time.monotonic() < end:
        letter = SENTENCE[len(typed) % len(SENTENCE)]
        tablet.page.keyboard.insert_text(letter)
        typed.append((letter, time.monotonic()))
        time.sleep(0.02)
    killed = time.monotonic()
    opened.kill()
    return typed, killed


def _text(tablet: Tablet, audit: str, code: str) -> str:
    return tablet.fields(tablet.card(audit, code)).get_by_label("Bằng chứng, ghi nhận").input_value()


def _lost(text: str, typed: Typed, killed: float) -> float:
    """How long before the end the first letter was typed that is gone."""
    assert "".join(letter for letter, _ in typed).startswith(text)
    return killed - typed[len(text)][1] if len(text) < len(typed) else 0.0


def _sign_in_beside(opened: Chromium, site: Site) -> None:
    """In a tab of its own: the session on the server did not outlive the browser."""
    tab = opened.browser.contexts[0].new_page()
    Tablet(tab, site).sign_in()
    expect(tab.locator("#pin")).to_be_visible()
    tab.close()


# -- the server -------------------------------------------------------------------------------------------------------


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
