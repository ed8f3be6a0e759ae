"""The tablet app around an audit, as the real server serves it: first start, PIN, lock, working without a network,
signing in again, and an update that is whole or not at all and waits until no audit is open."""

import base64
import hashlib
import http.client
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_accessibility import AXE, EVERYTHING, OVERFLOW, RUN_AXE, TOO_LOW

pytestmark = pytest.mark.browser

PIN = "271828"
UPDATED = "v2"
UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"
REFUSED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  while (registration.installing) await new Promise((after) => setTimeout(after, 50));
  return registration.waiting === null;
}"""
CONTROLLED = "() => navigator.serviceWorker.controller !== null"


def sign_in(page: Page, site: Site, username: str = "kiemtra") -> None:
    """Sign in on the server and come to the app."""
    page.goto("/dang-nhap?next=/tablet/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(site.accounts[username])
    page.locator("main button[type=submit]").click()


def give(page: Page, pin: str) -> None:
    """Give a PIN by the keyboard."""
    field = page.locator("#pin")
    expect(field).to_be_editable()
    expect(field).to_have_value("")
    field.fill(pin)
    field.press("Enter")


def unlock(page: Page) -> None:
    """Open what lies on the device."""
    give(page, PIN)
    expect(page.locator(".app-top .sync")).to_be_visible()


def begin(page: Page, site: Site) -> None:
    """The first start, up to the page where audits are chosen."""
    sign_in(page, site)
    give(page, PIN)
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    give(page, PIN)
    expect(page.locator(".pick").first).to_be_visible()


def take_along(page: Page) -> str:
    """Take the first audit along; the name of its unit."""
    card = page.locator(".card").first
    card.locator("label").click()
    page.get_by_role("button", name="Mang theo 1 cuộc").click()
    expect(card).to_contain_text("Có trên thiết bị từ")
    return card.locator(".card-title").inner_text()


def open_first(page: Page) -> None:
    """From the list, the first audit on the device."""
    page.goto("/tablet/#/")
    page.locator(".card").first.get_by_role("link", name="Mở").click()
    expect(page.locator(".grade").first).to_be_visible()


def answer_first(page: Page) -> None:
    """One tap on the first question's "phù hợp", and the time until it is an operation."""
    page.locator(".grade[data-grade=conformity]").first.click()
    expect(page.locator(".sync .waiting")).to_be_visible()


def sheet(page: Page) -> Locator:
    """Press the header's button: the sync runs and says how it goes."""
    page.locator(".app-top .sync").click()
    return page.locator("dialog[open]")


def test_first_start_pin_and_lock(page: Page, site: Site) -> None:
    page.goto("/tablet/")
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    sign_in(page, site)
    give(page, "123456")
    expect(page.get_by_role("alert")).to_contain_text("quá dễ đoán")
    give(page, PIN)
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    give(page, "271829")
    expect(page.get_by_role("alert")).to_contain_text("không giống nhau")
    give(page, PIN)
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    for digit in PIN:
        page.locator(".keys").get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Xong").click()
    expect(page.get_by_role("heading", name="Mang theo cuộc kiểm tra")).to_be_visible()

    page.get_by_role("button", name="Khóa").click()
    give(page, "000001")
    expect(page.get_by_role("alert")).to_contain_text("Còn 9 lần")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Còn 9 lần")
    give(page, PIN)
    expect(page.locator(".app-tabs")).to_be_visible()
    expect(page).not_to_have_url(re.compile("nguoi"))


def test_everything_opens_without_a_network(page: Page, site: Site) -> None:
    begin(page, site)
    unit = take_along(page)
    page.wait_for_function(CONTROLLED)
    page.context.set_offline(True)
    page.goto("/tablet/")
    unlock(page)
    expect(page.locator(".card-title").first).to_have_text(unit)
    open_first(page)
    answer_first(page)
    expect(sheet(page)).to_contain_text("Không có kết nối đến máy chủ")
    page.reload()
    unlock(page)
    expect(page.locator(".grade[data-grade=conformity]").first).to_have_attribute("aria-pressed", "true")

    page.context.set_offline(False)
    expect(page.locator(".sync .waiting")).to_have_count(0, timeout=20_000)
    expect(sheet(page)).to_contain_text("Máy chủ đã xác nhận mọi thay đổi")


def test_a_quarter_of_an_hour_without_a_touch_locks(page: Page, site: Site) -> None:
    begin(page, site)
    take_along(page)
    page.clock.install()
    page.reload()
    unlock(page)
    open_first(page)
    page.clock.fast_forward("14:00")
    page.keyboard.press("Tab")
    page.clock.fast_forward("14:00")
    expect(page.locator(".grade").first).to_be_visible()
    page.clock.fast_forward("02:00")
    expect(page.locator("#pin")).to_be_visible()


def test_an_ended_session_asks_for_signing_in_and_keeps_everything(page: Page, site: Site) -> None:
    begin(page, site)
    take_along(page)
    open_first(page)
    page.context.clear_cookies()
    answer_first(page)
    said = sheet(page)
    expect(said).to_contain_text("Phiên đăng nhập trên máy chủ đã hết hạn")
    with page.context.expect_page() as opened:
        said.get_by_role("link", name="Đăng nhập").click()
    other = opened.value
    other.locator("[name=username]").fill("kiemtra")
    other.locator("[name=password]").fill(site.accounts["kiemtra"])
    other.locator("main button[type=submit]").click()
    expect(other.get_by_role("heading", name="Đã đăng nhập")).to_be_visible()
    other.close()
    said.get_by_role("button", name="Thử lại").click()
    expect(said).to_contain_text("Máy chủ đã xác nhận mọi thay đổi", timeout=20_000)


def test_an_audit_leaves_the_device_only_when_all_of_it_is_confirmed(page: Page, site: Site) -> None:
    begin(page, site)
    unit = take_along(page)
    page.wait_for_function(CONTROLLED)
    open_first(page)
    page.context.set_offline(True)
    answer_first(page)
    page.goto("/tablet/#/")
    page.get_by_role("button", name="Bỏ khỏi thiết bị").click()
    expect(page.locator(".toast")).to_contain_text("chưa được máy chủ xác nhận")
    page.context.set_offline(False)
    expect(page.locator(".card").first).to_contain_text("Máy chủ đã xác nhận đủ", timeout=20_000)
    page.get_by_role("button", name="Bỏ khỏi thiết bị").click()
    page.locator("dialog[open]").get_by_role("button", name="Bỏ khỏi thiết bị").click()
    page.get_by_text("Đã bỏ khỏi thiết bị (1)").click()
    page.locator("details").get_by_role("button", name="Lấy lại").click()
    expect(page.locator(".list .card-title").first).to_have_text(unit)
    expect(page.get_by_role("link", name="Mở")).to_be_visible()


class _Proxy(ThreadingHTTPServer):
    """Stands before the site and can serve another version of the app, whole or with a file that does not come."""

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.target = urlsplit(site.url).netloc
        self.updated = self.broken = False

    def changed(self, path: str, body: bytes) -> bytes:
        """The body as the other version has it."""
        if not self.updated:
            return body
        if path == "/tablet/":
            return body.replace(b"</body>", f"<!-- {UPDATED} --></body>".encode())
        if path == "/tablet/sw.js":
            return self._listed(body)
        return body

    def _listed(self, worker: bytes) -> bytes:
        head, rest = worker.split(b";\n", 1)
        listed = json.loads(head.partition(b"=")[2])
        for each in listed:
            if each["url"] == "/tablet/":
                digest = hashlib.sha384(self.changed("/tablet/", fetch(self.target, "/tablet/"))).digest()
                each |= {"revision": UPDATED, "integrity": f"sha384-{base64.b64encode(digest).decode()}"}
            if each["url"].startswith("/static/icons/") and self.broken:
                each |= {"url": each["url"] + "&broken", "revision": UPDATED}
        return b"self.__WB_MANIFEST=" + json.dumps(listed).encode() + b";\n" + rest


class _Passing(BaseHTTPRequestHandler):
    server: _Proxy

    def _pass(self) -> None:
        if "broken" in self.path:
            self.send_error(503)
            return
        connection = http.client.HTTPConnection(self.server.target, timeout=30)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wanted = {
            name: value
            for name, value in self.headers.items()
            if name not in {"If-None-Match", "Connection", "Accept-Encoding"}
        }
        connection.request(self.command, self.path, body or None, wanted)
        answer = connection.getresponse()
        content = self.server.changed(self.path, answer.read())
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"content-length", "connection", "transfer-encoding", "etag", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if self.command != "HEAD" else b"")
        connection.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = _pass

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def fetch(host: str, path: str) -> bytes:
    """What the site answers to a GET."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path)
    content = connection.getresponse().read()
    connection.close()
    return content


@pytest.fixture
def proxy(site: Site) -> Iterator[_Proxy]:
    """The site behind a proxy of the test's own."""
    server = _Proxy(site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_an_update_is_whole_or_not_at_all_and_waits_for_the_open_audit(
    browser: Browser, site: Site, proxy: _Proxy
) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{proxy.server_port}", locale="vi-VN")
    page = context.new_page()
    begin(page, site)
    take_along(page)
    page.wait_for_function(CONTROLLED)
    open_first(page)
    proxy.updated = proxy.broken = True
    page.evaluate(UPDATE)
    assert page.evaluate(REFUSED)

    proxy.broken = False
    page.evaluate(UPDATE)
    expect(page.locator(".notices")).to_contain_text("Có bản mới của ứng dụng", timeout=20_000)
    page.locator(".grade[data-grade=major]").first.click()
    expect(page.locator(".grade[data-grade=major]").first).to_have_attribute("aria-pressed", "true")
    assert UPDATED not in page.content()

    page.get_by_role("link", name="Về danh sách", exact=True).click()
    expect(page.locator("#pin")).to_be_visible(timeout=40_000)
    assert UPDATED in page.content()
    unlock(page)
    open_first(page)
    expect(page.locator(".grade[data-grade=major]").first).to_have_attribute("aria-pressed", "true")
    context.close()


@pytest.mark.parametrize("upright", [False, True], ids=["landscape", "portrait"])
def test_pages_around_an_audit_are_accessible(page: Page, site: Site, upright: bool) -> None:
    if upright:
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
    page.goto("/tablet/")
    page.add_init_script(AXE.read_text("utf-8"))
    page.reload()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    found = _problems(page, "start")
    begin(page, site)
    found += _problems(page, "take")
    take_along(page)
    for address, title in (("", "Cuộc kiểm tra trên thiết bị"), ("dong-bo", "Đồng bộ"), ("cai-dat", "Cài đặt")):
        page.goto(f"/tablet/#/{address}")
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        found += _problems(page, address)
    page.get_by_role("button", name="Đổi mã PIN").click()
    found += _problems(page, "dialog")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Khóa", exact=True).click()
    expect(page.locator("#pin")).to_be_visible()
    found += _problems(page, "pin")
    page.get_by_role("link", name="Quên mã PIN").click()
    expect(page.get_by_label("Lý do")).to_be_visible()
    found += _problems(page, "recovery")
    assert found == []


def _problems(page: Page, where: str) -> list[str]:
    too_wide = page.evaluate(OVERFLOW)
    found = [*page.evaluate(RUN_AXE, EVERYTHING), *(f"too low: {each}" for each in page.evaluate(TOO_LOW))]
    return [f"{where}: {each}" for each in found + ([f"{too_wide} px too wide"] if too_wide > 0 else [])]
