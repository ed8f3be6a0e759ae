"""Opening an audit on a tablet and tapping in it: a real Chromium with its processor slowed to a quarter.

A tap takes the time from the browser's event to the end of the first frame in which its effect stands. The floor is the
same tap on a page of one button, in the same browser: no page is quicker there. The machine does other things too, so
every tap is taken as the quickest of its rounds; the slowest of them is told beside the median.
"""

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, ViewportSize, sync_playwright

from tests.bench import Line
from tests.bench.data import Places
from tests.browser.conftest import CHROMIUM_FLAGS, ISOAUDIT, served
from tests.browser.tablet import Tablet
from tests.browser.tablet_work import plain

SLOWED, ROUNDS = 4, 3
FIRST, NEXT = 10, 50
OPEN_SECONDS, TAP_SECONDS = 1.0, 0.05
SHAPE = ViewportSize(width=800, height=1280)
ON_THE_GLASS, BETWEEN = 0.06, 0.15
"""Seconds that a finger stays, and seconds after a tap in which nothing is asked of the page; a hand takes longer."""
GRADES = [["conformity", "opportunity"], ["minor", "major"], ["conformity", "minor"], ["opportunity", "conformity"]]
BARE = """<!doctype html><meta name="viewport" content="width=device-width">
<style>[aria-pressed=true] { background: #9c9 }</style><p class="crit" id="c-bare">
<button class="grade" data-grade="conformity" aria-pressed="false">+</button></p>"""
TOGGLE = """() => document.querySelector("button").addEventListener("click", ({ target }) =>
  target.setAttribute("aria-pressed", target.getAttribute("aria-pressed") === "false"))"""

# The port's message comes when the frame that was asked for has been drawn.
WATCH = """() => {
  const drawn = new MessageChannel();
  const asked = [];
  drawn.port1.onmessage = () => asked.splice(0).forEach((done) => done());
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    asked.push(done);
    drawn.port2.postMessage(null);
  }));
  const until = async (start, stands) => {
    do await frame(); while (!stands());
    return (performance.now() - start) / 1000;
  };
  window.opening = (address) => {
    const start = performance.now();
    location.hash = address;
    return until(start, () => document.querySelector(".crit") !== null);
  };
  window.addEventListener("click", (event) => {
    const button = event.target.closest(".grade");
    const before = button?.getAttribute("aria-pressed");
    if (button) window.tapped = until(event.timeStamp, () => button.getAttribute("aria-pressed") !== before);
  }, true);
}"""
# Where to tap on a criterion so that its grade changes, brought into the middle when it lies at the edge.
PLACE = """([code, grades]) => {
  const card = document.getElementById(`c-${code}`);
  const other = (grade) => card.querySelector(`.grade[data-grade=${grade}][aria-pressed=false]`);
  const button = other(grades[0]) ?? other(grades[1]) ?? card.querySelector(".grade");
  const box = () => button.getBoundingClientRect();
  if (box().top < 250 || box().bottom > innerHeight - 250) button.scrollIntoView({ block: "center" });
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    const { x, y, width, height } = box();
    done([x + width / 2, y + height / 2]);
  }, 50)));
}"""
CODES = "() => [...document.querySelectorAll('.crit')].map((each) => each.id.slice(2))"
UNFOLD = """() => {
  document.querySelectorAll(".group-head button[aria-expanded=false]").forEach((each) => each.click());
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}"""


def measure(places: Places) -> list[Line]:
    """Several rounds of opening and tapping; `places` gives the folder only."""
    folder = places.folder / "open"
    folder.mkdir(parents=True)
    environment = os.environ | {"ISOAUDIT_INSTANCE": str(folder / "example"), "ISOAUDIT_ARGON2_MEMORY_KIB": "1024"}
    subprocess.run([ISOAUDIT, "demo", "--load-only"], check=True, env=environment, capture_output=True)
    with served(folder / "example", folder / "served") as site, slowed() as hand:
        floor = statistics.median(hand.bare())
        tablet = Tablet(hand.page, site)
        tablet.begin()
        found = next(each for each in tablet.listed() if each["role"] == "head" and not each["core_only"])
        tablet.take(found["audit"])
        codes = plain(tablet.package(found["audit"])["checklist"]["criteria"])
        rounds = [hand.round(tablet, found["audit"], set(codes)) for _ in range(ROUNDS)]
    taps = [min(times) for times in zip(*(taps for _, taps in rounds), strict=True)]
    what = f"máy tính bảng chậm {SLOWED} lần: mở cuộc {found['asked']} nội dung"
    lines = [Line(what, min(opened for opened, _ in rounds), OPEN_SECONDS)]
    for name, times in ((f"{FIRST} lần chạm đầu", taps[:FIRST]), (f"{NEXT} lần chạm sau", taps[FIRST:])):
        lines.append(Line(f"  {name}", middle := statistics.median(times), TAP_SECONDS, note=slowest(times)))
        lines.append(Line("    so với trang một nút", middle, None, floor))
    return lines


def slowest(times: list[float]) -> str:
    """Words beside the median."""
    return f"trung vị; chậm nhất {max(times) * 1000:.0f} ms"


@dataclass
class Hand:
    """A finger on a page, and what the browser does meanwhile."""

    page: Page
    browser: CDPSession

    def bare(self) -> list[float]:
        """Taps on a page of one button."""
        self.page.set_content(BARE)
        self.page.evaluate(TOGGLE)
        with self._watching():
            return [self._tap("bare", 0) for _ in range(FIRST + NEXT)]

    def round(self, tablet: Tablet, audit: str, codes: set[str]) -> tuple[float, list[float]]:
        """The app loaded anew and the audit opened: how long that took, then taps on these criteria; all groups are
        unfolded after the first ones."""
        tablet.go("#/")
        tablet.reload()
        with self._watching():
            opened = float(self.page.evaluate("(to) => window.opening(to)", f"#/cuoc/{audit}/noi-dung"))
            begun = self._shown(codes)[:FIRST]
            taps = [self._tap(code, turn) for turn, code in enumerate(begun)]
            self.page.evaluate(UNFOLD)
            others = self._shown(codes - set(begun))[: FIRST + NEXT - len(begun)]
            taps += [self._tap(code, turn) for turn, code in enumerate(others)]
        return opened, taps

    @contextmanager
    def _watching(self) -> Iterator[None]:
        self.page.evaluate(WATCH)
        self.browser.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        try:
            yield
        finally:
            self.browser.send("Emulation.setCPUThrottlingRate", {"rate": 1})

    def _shown(self, codes: set[str]) -> list[str]:
        return [code for code in self.page.evaluate(CODES) if code in codes]

    def _tap(self, code: str, turn: int) -> float:
        x, y = self.page.evaluate(PLACE, [code, GRADES[turn % len(GRADES)]])
        self.browser.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        time.sleep(ON_THE_GLASS)
        self.browser.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        time.sleep(BETWEEN)
        return float(self.page.evaluate("() => window.tapped"))


@contextmanager
def slowed() -> Iterator[Hand]:
    """A window of a tablet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        context = browser.new_context(viewport=SHAPE, has_touch=True, locale="vi-VN")
        page = context.new_page()
        try:
            yield Hand(page, context.new_cdp_session(page))
        finally:
            browser.close()
