"""The browser killed in the middle of it, with SIGKILL, while somebody types: nothing is lost but the last moment of
typing. A killed server is the subject of `test_tablet_killed_server`."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import CHROMIUM_FLAGS, Site, served, serving
from tests.browser.photos import painted
from tests.browser.tablet import Tablet
from tests.conftest import Counted

pytestmark = pytest.mark.browser

LOST = 0.3
"""Seconds of typing that may be lost."""
SENTENCE = "Sổ theo dõi hồ sơ một cửa ghi thiếu ngày trả kết quả của mười hai hồ sơ tháng chín; "


Typed = list[tuple[str, float]]
"""Letters, and when each was there for sure."""


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
