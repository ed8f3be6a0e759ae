"""The tablet app as a person uses it: one window of one device, and what can be seen of it from outside.

Everything goes through the screen. Only what no screen shows is read beside it: the head of the device's ledger, which
lies open in IndexedDB (a number and a digest), and what the app sent.
"""

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, Request, expect

from isoaudit.domain.merge import linked
from isoaudit.domain.operations import Operation
from tests.browser.conftest import Site

API = "/tablet/api/v1"
PIN = "271828"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
SLOW = 30_000

OPENED = """const { name } = (await indexedDB.databases()).find((each) => /^isoaudit-\\d+$/.test(each.name));
  const db = await new Promise((done, failed) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const ask = (kind, how, ...about) => new Promise((done) => {
    const asked = db.transaction(kind).objectStore(kind)[how](...about);
    asked.onsuccess = () => done(asked.result);
  });"""
HEAD = f"""async () => {{
  {OPENED}
  const head = await ask('counters', 'get', 'ledger');
  db.close();
  return head;
}}"""
HOLDS = f"""async (kinds) => {{
  {OPENED}
  const counted = {{}};
  for (const kind of kinds) counted[kind] = await ask(kind, 'count');
  db.close();
  return counted;
}}"""


@dataclass
class Tablet:
    """A window of the app on one device, and the person at it."""

    page: Page
    site: Site
    username: str = "kiemtra"
    pin: str = PIN
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was sent: the operations by id."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(SLOW)
        self.page.on("request", self._heard)

    # -- at the door ------------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """Sign in on the server and come to the app."""
        self.page.goto(f"{self.site.url}/dang-nhap?next=/tablet/")
        self.page.locator("[name=username]").fill(self.username)
        self.page.locator("[name=password]").fill(self.site.accounts[self.username])
        self.page.locator("main button[type=submit]").click()

    def begin(self) -> None:
        """The first start on this device, up to the page where audits are chosen; the app is installed."""
        self.sign_in()
        self.give()
        expect(self.page.get_by_label("Nhập lại mã PIN")).to_be_visible()
        self.give()
        expect(self.page.locator(".pick").first).to_be_visible(timeout=SLOW)
        self.page.wait_for_function(CONTROLLED)

    def give(self, pin: str | None = None) -> None:
        """Give a PIN by the keyboard."""
        given = self.page.locator("#pin")
        expect(given).to_be_editable(timeout=SLOW)
        expect(given).to_have_value("")
        given.fill(pin or self.pin)
        given.press("Enter")

    def unlock(self) -> None:
        """Give the right PIN."""
        self.give()
        expect(self.page.locator(".app-tabs")).to_be_visible(timeout=SLOW)

    def lock(self) -> None:
        """Put everything away."""
        self.page.get_by_role("button", name="Khóa", exact=True).click()
        expect(self.page.locator("#pin")).to_be_visible()

    def reload(self) -> None:
        """Load the app anew (without a network: from the service worker) and unlock it."""
        self.page.reload()
        self.unlock()

    def cut(self) -> None:
        """No network from now on."""
        self.page.context.set_offline(True)

    def reach(self) -> None:
        """The network is back."""
        self.page.context.set_offline(False)

    # -- around audits ----------------------------------------------------------------------------------------------

    def listed(self) -> list[dict[str, Any]]:
        """The audits that the server offers to this person, those that have not been minuted."""
        found: list[dict[str, Any]] = self.told("packages")["packages"]
        return [each for each in found if each["state"] in ("planned", "under_way")]

    def package(self, audit: str) -> Any:
        """What the server tells of an audit."""
        return self.told(f"packages/{audit}")

    def take(self, audit: str) -> None:
        """Take an audit along."""
        unit = next(each["unit"]["name"] for each in self.listed() if each["audit"] == audit)
        self.go("#/mang-theo")
        card = self.page.locator(".card", has=self.page.get_by_text(unit, exact=True))
        card.locator("label").click()
        self.page.get_by_role("button", name="Mang theo 1 cuộc").click()
        expect(card).to_contain_text("Có trên thiết bị từ", timeout=SLOW)

    def open(self, audit: str, *place: str) -> None:
        """Open a place of an audit."""
        address = "/".join(["#/cuoc", audit, *(place or ("noi-dung",))])
        self.go(address)
        expect(self.page.locator(".save")).to_have_attribute("data-state", "saved", timeout=SLOW)
        expect(self.page.locator("main h1").first).to_be_attached()

    def go(self, address: str) -> None:
        """To another page of the app, without loading it anew."""
        self.page.evaluate("(to) => { location.hash = to; }", address)

    def home(self) -> None:
        """Back to the list."""
        self.go("#/")
        expect(self.page.get_by_role("heading", name="Cuộc kiểm tra trên thiết bị")).to_be_visible()

    # -- answering --------------------------------------------------------------------------------------------------

    def card(self, audit: str, code: str) -> Locator:
        """A criterion, brought on the screen."""
        self.open(audit, "noi-dung", code)
        card = self.page.locator(f"[id='c-{code}']")
        expect(card).to_be_visible()
        return card

    def grade(self, card: Locator, grade: str) -> None:
        """One tap."""
        button = card.locator(f".grade[data-grade={grade}]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def fields(self, card: Locator) -> Locator:
        """The fields of a criterion, unfolded."""
        unfold = card.locator(".crit-acts button").first
        if unfold.get_attribute("aria-expanded") != "true":
            unfold.click()
        fields = card.locator(".crit-write")
        expect(fields).to_be_visible()
        return fields

    def conform(self) -> None:
        """Everything that nobody has answered conforms, group by group."""
        all_of_it = self.page.locator(".group-all")
        folded = self.page.locator(".group-head button[aria-expanded=false]:has(.group-done[data-all=no])")
        while True:
            if all_of_it.count():
                all_of_it.first.scroll_into_view_if_needed()
                all_of_it.first.click()
                self.page.locator("dialog[open] button.primary").click()
                expect(self.page.locator("dialog[open]")).to_have_count(0)
                expect(self.page.locator(".save")).to_have_attribute("data-state", "saved")
            elif folded.count():
                group = str(folded.first.locator("xpath=ancestor::section").get_attribute("id"))
                folded.first.click()
                expect(self.page.locator(f"[id='{group}'] .group-body")).to_be_visible()
            else:
                return

    def photograph(self, fields: Locator, photos: list[bytes]) -> None:
        """Choose pictures for a criterion, and keep each."""
        before = fields.locator(".photo").count()
        named = enumerate(photos)
        files = [FilePayload(name=f"anh-{place}.jpg", mimeType="image/jpeg", buffer=each) for place, each in named]
        fields.locator("input[type=file]").last.set_input_files(files)
        for place in range(len(photos)):
            title = f"Ảnh {place + 1}/{len(photos)}" if len(photos) > 1 else "Xem lại trước khi lưu"
            self.page.locator("dialog[open]", has_text=title).get_by_role("button", name="Lưu ảnh").click()
        expect(fields.locator(".photo")).to_have_count(before + len(photos), timeout=SLOW)

    def signature(self, canvas: Locator) -> None:
        """Draw on it."""
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        mouse.move(box["x"] + 40, box["y"] + 60)
        mouse.down()
        for step in range(12):
            mouse.move(box["x"] + 40 + 15 * step, box["y"] + 60 + 25 * math.sin(step))
        mouse.up()

    # -- the sync ---------------------------------------------------------------------------------------------------

    def brought(self) -> None:
        """The app says by itself that nothing waits any more."""
        expect(self.page.locator(".tool.sync .waiting")).to_have_count(0, timeout=90_000)
        expect(self.page.locator(".tool.sync")).to_have_attribute("data-running", "no", timeout=90_000)

    def sheet(self) -> Locator:
        """Press the header's button: the sync runs and says how it goes."""
        self.page.locator(".app-top .sync").click()
        return self.page.locator("dialog[open]")

    def sign_in_beside(self) -> None:
        """Sign in on the server in a tab of its own, as the app offers it."""
        with self.page.context.expect_page() as opened:
            self.page.get_by_role("link", name="Đăng nhập").first.click()
        tab = opened.value
        tab.locator("[name=username]").fill(self.username)
        tab.locator("[name=password]").fill(self.site.accounts[self.username])
        tab.locator("main button[type=submit]").click()
        expect(tab.get_by_role("heading", name="Đã đăng nhập")).to_be_visible()
        tab.close()

    def export(self, folder: Path) -> Path:
        """Everything unsent as a file, from the page that offers it."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=re.compile("Xuất .*ra tệp")).click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def waits(self, number: int) -> None:
        """The header says that so many entries are waiting."""
        expect(self.page.locator(".tool.sync .waiting")).to_have_text(str(number))

    def told(self, path: str) -> Any:
        """What the API answers to this person."""
        return self.page.request.get(f"{self.site.url}{API}/{path}").json()

    def head(self) -> dict[str, Any]:
        """The head of the device's ledger: its id, the last number, the chain."""
        found: dict[str, Any] = self.page.evaluate(HEAD)
        return found

    def holds(self) -> dict[str, int]:
        """How many sealed records of each kind are on the device."""
        kinds = ["operations", "confirmed", "drafts", "packages", "photos", "bytes"]
        counted: dict[str, int] = self.page.evaluate(HOLDS, kinds)
        return counted

    def agrees(self) -> int:
        """The ledger of the device and that of the server are the same to the last digest; how many operations."""
        head = self.head()
        rows = self.told(f"devices/{head['device']}/ledger?after=0")
        made = {each["seq"]: operation_of(each).fingerprint for each in self.sent.values()}
        assert {row["seq"]: row["digest"] for row in rows} == made
        assert sorted(made) == list(range(1, head["seq"] + 1))
        chain = ""
        for seq in sorted(made):
            chain = linked(chain, made[seq])
        assert chain == head["chain"]
        return len(rows)

    def _heard(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith(f"{API}/operations"):
            for each in (request.post_data_json or {}).get("operations", []):
                self.sent[each["op_id"]] = each


def operation_of(sent: dict[str, Any]) -> Operation:
    """An operation as it was sent."""
    names = ("op_id", "device_id", "seq", "audit", "base_revision", "kind", "value", "criterion", "at")
    return Operation(**{name: sent[name] for name in names})
