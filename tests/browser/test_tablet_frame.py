"""The tablet app around an audit, as the real server serves it: first start, PIN, lock, working without a network,
signing in again, taking an audit off it. Several people and a lost PIN: `test_tablet_people`."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import ONCE, problems

pytestmark = pytest.mark.browser

PIN = "271828"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
WHOLE = "(box) => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight + 2"


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
    wide = page.viewport_size or {"width": 1280, "height": 800}
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("() => (document.documentElement.dataset.size = 'larger')")
    expect(page.locator(".net")).to_be_visible()
    assert page.locator(".app-name").evaluate(WHOLE), "the unit's name is cut on a phone"
    page.set_viewport_size(wide)
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
    expect(said).to_contain_text("Máy chủ đã xác nhận mọi thay đổi", timeout=20_000)
    other.close()


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


def test_pages_around_an_audit_are_for_everyone(page: Page, site: Site) -> None:
    page.goto("/tablet/")
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    found = problems(page, "start")
    begin(page, site)
    found += problems(page, "take")
    take_along(page)
    for address, title in (
        ("", "Cuộc kiểm tra trên thiết bị"),
        ("dong-bo", "Đồng bộ"),
        ("cai-dat", "Cài đặt"),
        ("tro-giup", "Trợ giúp"),
    ):
        page.goto(f"/tablet/#/{address}")
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        found += problems(page, address)
    page.goto("/tablet/#/")
    expect(sheet(page)).to_contain_text("Máy chủ đã xác nhận mọi thay đổi")
    found += problems(page, "sync sheet", ONCE)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Bỏ khỏi thiết bị").click()
    expect(page.locator("dialog[open]")).to_contain_text("Bỏ khỏi thiết bị?")
    found += problems(page, "question", ONCE)
    page.keyboard.press("Escape")
    page.goto("/tablet/#/cai-dat")
    page.get_by_role("button", name="Đổi mã PIN").click()
    found += problems(page, "dialog")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Khóa", exact=True).click()
    expect(page.locator("#pin")).to_be_visible()
    found += problems(page, "pin")
    page.get_by_role("link", name="Quên mã PIN").click()
    expect(page.get_by_label("Lý do")).to_be_visible()
    found += problems(page, "recovery")
    page.goto("/tablet/#/bat-dau/them")
    expect(page.get_by_role("button", name="Đăng xuất, đăng nhập người khác")).to_be_visible()
    found += problems(page, "another person")
    assert found == [], "\n".join(found)
