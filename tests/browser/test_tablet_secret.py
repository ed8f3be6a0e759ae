"""What a found or stolen tablet gives away: the profile's folder after a day's work holds no sentence that was typed
and no photo; ten wrong PINs lock it; the office's help opens it again with everything that was there."""

import re
import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import CHROMIUM_FLAGS, Site
from tests.browser.desk import office
from tests.browser.photos import painted
from tests.browser.tablet import Tablet

pytestmark = pytest.mark.browser

NOTE = "Chủ tịch xã chưa ký quyết định ban hành quy trình một cửa"
DOSSIER = "HS-2020-739184"
PERSON = "Hồ Thị Kăn Sương"
FRESH = "141421"
JFIF = b"\xff\xd8\xff\xe0\x00\x10JFIF"
CONTROL = "Câu đối chứng: để ngỏ thì phải đọc được trong thư mục"
SCREENS = Path(__file__).parents[2] / "isoaudit/client/src/tablet/ui"
LEFT_OPEN = """async (text) => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open('doi-chung');
    asked.onupgradeneeded = () => asked.result.createObjectStore('ngo');
    asked.onsuccess = () => done(asked.result);
  });
  const change = db.transaction('ngo', 'readwrite', { durability: 'strict' });
  change.objectStore('ngo').put({ text, bytes: new TextEncoder().encode(`bytes ${text}`) }, 1);
  await new Promise((done) => { change.oncomplete = done; });
  db.close();
}"""
"""Puts a sentence where the app would, but not encrypted: what looks for sentences has to find it."""


def test_a_profile_tells_nothing(browser: Browser, site: Site, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS, locale="vi-VN"
    )
    tablet = Tablet(context.pages[0], site)
    tablet.begin()
    audit, code = _along(tablet)
    tablet.cut()
    _work(tablet, audit, code)
    tablet.open(audit, "ho-so")
    page = tablet.page
    page.get_by_role("button", name="Thêm hồ sơ").click()
    page.get_by_label("Số hồ sơ").fill(DOSSIER)
    page.get_by_role("button", name="Xong").click()
    tablet.open(audit, "hop")
    page.get_by_role("button", name="Thêm người dự").last.click()
    page.locator("section.panel", has_text="Đơn vị được kiểm tra").get_by_label("Họ và tên").fill(PERSON)
    tablet.open(audit)
    tablet.reach()
    tablet.sheet()
    tablet.brought()
    page.keyboard.press("Escape")
    sent = tablet.package(audit)["answers"][code]["value"]["evidence"]
    photo = page.request.get(f"{site.url}/tablet/api/v1/evidence/{sent[0]}").body()
    assert photo.startswith(JFIF)
    tablet.cut()
    _work(tablet, audit, code, NOTE.upper())
    page.evaluate(LEFT_OPEN, CONTROL)
    context.close()

    found = _found(
        profile,
        {
            CONTROL: _spelt(CONTROL),
            **{text: _spelt(text) for text in (NOTE, NOTE.upper(), DOSSIER, PERSON)},
            "bytes of the photo": [photo[400:464], photo[-96:-32], b64encode(photo[300:360])],
            "JPEG": [JFIF],
        },
    )
    assert found == {CONTROL}


def test_no_field_is_kept_by_the_browser() -> None:
    """What stands in a field goes into the browser's own files, for restoring tabs, unless the field says no."""
    fields = [
        f"{file.name}: {found[0][:60]}"
        for file in SCREENS.glob("*.ts")
        for found in re.finditer(r"<(?:input|textarea)\b[^>]*", file.read_text("utf-8"))
        if not re.search(r'type="(?:checkbox|radio|file)"|autocomplete="off"', found[0])
    ]
    assert fields == []


def _spelt(text: str) -> list[bytes]:
    """As files may hold it."""
    return [text.encode("utf-8"), text.encode("utf-16-le")]


def test_ten_wrong_pins_and_the_way_back(site: Site, browser: Browser) -> None:
    """Locking and losing the PIN discard nothing; the office opens it again."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as context:
        tablet = Tablet(context.new_page(), site)
        tablet.begin()
        audit, code = _along(tablet)
        tablet.cut()
        _work(tablet, audit, code)
        before, held = tablet.head(), tablet.holds()
        tablet.lock()
        page = tablet.page
        for left in range(9, 0, -1):
            tablet.give(f"90909{left}")
            expect(page.get_by_role("alert")).to_contain_text(f"Còn {left} lần")
        tablet.give("909090")
        expect(page.locator("main")).to_contain_text("Mã PIN đã bị khóa sau 10 lần nhập sai")
        page.reload()
        expect(page.locator("main")).to_contain_text("Mã PIN đã bị khóa sau 10 lần nhập sai")
        assert (tablet.head(), tablet.holds()) == (before, held)

        tablet.reach()
        page.get_by_role("link", name="Yêu cầu mở khóa").click()
        page.get_by_label("Lý do").fill("Đồng nghiệp nhập nhầm nhiều lần")
        page.get_by_role("button", name="Gửi yêu cầu").click()
        expect(page.locator("main")).to_contain_text("Đang chờ cơ quan thường trực chấp thuận")
        with office(browser, site, "/thiet-bi") as desk:
            expect(desk.locator("main")).to_contain_text("Đồng nghiệp nhập nhầm nhiều lần")
            desk.locator("details:has(form[action$='/duyet']) summary").click()
            desk.locator("form[action$='/duyet'] button[type=submit]").click()
            expect(desk.locator("main")).to_contain_text("Đã cho đặt mã PIN mới")
        page.get_by_role("button", name="Kiểm tra lại").click()
        expect(page.locator("main")).to_contain_text("Đã được chấp thuận")
        tablet.pin = FRESH
        tablet.give()
        expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
        tablet.give()
        expect(page.locator(".app-tabs")).to_be_visible()
        assert tablet.head() == before
        fields = tablet.fields(tablet.card(audit, code))
        expect(fields.get_by_label("Bằng chứng, ghi nhận")).to_have_value(NOTE)
        expect(fields.locator(".photo img")).to_be_visible()
        tablet.sheet()
        tablet.brought()
        assert tablet.agrees() == before["seq"]


def test_signing_out_discards_nothing(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as context:
        tablet = Tablet(context.new_page(), site)
        tablet.begin()
        audit, code = _along(tablet)
        tablet.cut()
        _work(tablet, audit, code)
        before = tablet.head()
        tablet.lock()
        tablet.reach()
        tab = context.new_page()
        tab.goto(f"{site.url}/")
        tab.evaluate("() => document.querySelector(\"form[action$='/dang-xuat']\").submit()")
        tab.wait_for_url("**/dang-nhap*")
        tab.close()
        tablet.unlock()
        fields = tablet.fields(tablet.card(audit, code))
        expect(fields.get_by_label("Bằng chứng, ghi nhận")).to_have_value(NOTE)
        expect(tablet.sheet()).to_contain_text("Phiên đăng nhập trên máy chủ đã hết hạn")
        tablet.page.keyboard.press("Escape")
        assert tablet.head() == before
        tablet.waits(before["seq"] + 1)


def _along(tablet: Tablet) -> tuple[str, str]:
    audit = tablet.listed()[0]["audit"]
    asked = [each["code"] for each in tablet.package(audit)["checklist"]["criteria"] if each["when"] is None]
    tablet.take(audit)
    return audit, asked[0]


def _work(tablet: Tablet, audit: str, code: str, text: str = NOTE) -> None:
    """A finding with its note and a photo."""
    card = tablet.card(audit, code)
    if card.locator(".grade[aria-pressed=true]").count() == 0:
        tablet.grade(card, "minor")
    fields = tablet.fields(card)
    fields.get_by_label("Bằng chứng, ghi nhận").fill(text)
    tablet.photograph(fields, [painted(tablet.page, 640, 480, sum(map(ord, text)))])
    expect(tablet.page.locator(".save")).to_have_attribute("data-state", "saved")


def _found(folder: Path, looked_for: dict[str, list[bytes]]) -> set[str]:
    """Which of these can be read in any file of the folder."""
    contents = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return {name for name, parts in looked_for.items() for part in parts for each in contents if part in each}
