"""What goes wrong between a tablet and the server, in the real app: an ended session, answers that are none, a full
device, no way to send but a file, a device taken out of use. Nothing is removed, and the person is told why."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from isoaudit.domain.merge import linked
from tests.browser.conftest import Site, served
from tests.browser.desk import import_file, office
from tests.browser.looks import ONCE, problems
from tests.browser.photos import painted
from tests.browser.tablet import Tablet

pytestmark = pytest.mark.browser

NOTE = "Bảng niêm yết thủ tục đã cũ, chưa thay theo quyết định mới"
LONG = "Sổ tiếp nhận thiếu ngày hẹn trả. " * 280
ROOM = 1_200_000
"""Bytes that the device has for the app, its databases and photos, where it fills up."""
SETTLED = 1_500
"""Milliseconds after which no writing is on its way: the app rests 1.2 s before a draft becomes an operation."""
PORTAL = "<!doctype html><title>Wi-Fi</title><form action=/login><button>Đăng nhập Wi-Fi</button></form>"
CUT = '{"operations": [{"op_id": "'
ANSWERS = [
    (200, "text/html", PORTAL, "Mạng này chưa cho ra ngoài"),
    (302, "text/html", PORTAL, "Mạng này chưa cho ra ngoài"),
    (403, "text/html", PORTAL, "Mạng này chưa cho ra ngoài"),
    (200, "application/json", CUT, "đến không đầy đủ"),
    (200, "application/json", '{"operations": [], "receipts": 1}', "đến không đầy đủ"),
    (401, "application/problem+json", "", "Phiên đăng nhập trên máy chủ đã hết hạn"),
    (403, "application/problem+json", "", "Máy chủ không cho phép việc này"),
    (404, "application/problem+json", "", "Máy chủ không có nội dung được hỏi"),
    (409, "application/problem+json", "", "Máy chủ đang có bản khác"),
    (413, "text/html", PORTAL, "quá lớn"),
    (500, "text/html", PORTAL, "Máy chủ gặp lỗi"),
    (503, "application/problem+json", "", "Máy chủ gặp lỗi"),
]


@pytest.fixture(scope="module")
def place(example_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all that follows: each test is a device of its own."""
    with served(example_instance, tmp_path_factory.mktemp("trouble")) as opened:
        yield opened


@pytest.fixture
def tablet(place: Site, browser: Browser) -> Iterator[Tablet]:
    """A device on which the app has been installed."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as context:
        device = Tablet(context.new_page(), place)
        device.begin()
        yield device


def along(tablet: Tablet, number: int) -> tuple[str, list[str]]:
    """Take an audit along; its reference, and criteria that are always asked."""
    audit = tablet.listed()[number]["audit"]
    criteria = tablet.package(audit)["checklist"]["criteria"]
    tablet.take(audit)
    return audit, [each["code"] for each in criteria if each["when"] is None and not each["gate"]]


def note(tablet: Tablet, audit: str, code: str, text: str = NOTE) -> None:
    """A finding with its note."""
    card = tablet.card(audit, code)
    tablet.grade(card, "minor")
    tablet.fields(card).get_by_label("Bằng chứng, ghi nhận").fill(text)
    expect(card.locator(".state[data-state=waiting]")).to_be_visible()


def noted(tablet: Tablet, audit: str, code: str) -> str:
    """The note as the screen shows it."""
    fields = tablet.fields(tablet.card(audit, code))
    return fields.get_by_label("Bằng chứng, ghi nhận").input_value()


def test_a_session_that_ended_while_away(tablet: Tablet) -> None:
    audit, asked = along(tablet, 0)
    tablet.cut()
    tablet.page.context.clear_cookies()
    note(tablet, audit, asked[0])
    tablet.reload()
    assert noted(tablet, audit, asked[0]) == NOTE
    waits = tablet.head()["seq"]
    tablet.waits(waits)

    tablet.reach()
    said = tablet.sheet()
    expect(said).to_contain_text("Phiên đăng nhập trên máy chủ đã hết hạn")
    tablet.page.keyboard.press("Escape")
    tablet.reload()
    assert noted(tablet, audit, asked[0]) == NOTE
    tablet.waits(waits)
    said = tablet.sheet()
    tablet.sign_in_beside()
    expect(said).to_contain_text("Máy chủ đã xác nhận mọi thay đổi")
    tablet.page.keyboard.press("Escape")
    assert tablet.agrees() == waits
    assert tablet.package(audit)["answers"][asked[0]]["value"]["note"] == NOTE


def test_answers_that_are_none(tablet: Tablet) -> None:
    """Each in place of the reply to a batch, the last two to a photo after it, which keeps no answer back."""
    page = tablet.page
    audit, asked = along(tablet, 1)
    tablet.cut()
    note(tablet, audit, asked[0])
    photo = painted(page, 640, 480, 5)
    tablet.photograph(tablet.fields(tablet.card(audit, asked[0])), [photo])
    waits = tablet.head()["seq"] + 1
    tablet.waits(waits)
    for left, pattern, answers in ((waits, "**/operations", ANSWERS), (1, "**/evidence/**", ANSWERS[-2:])):
        assert tablet.package(audit)["answers"] == {}
        for status, kind, body, words in answers:
            page.route(pattern, _answering(status, kind, body))
            tablet.reach()
            said = tablet.sheet()
            expect(said).to_contain_text(words)
            tablet.cut()
            page.unroute(pattern)
            page.keyboard.press("Escape")
            tablet.waits(left)
            assert noted(tablet, audit, asked[0]) == NOTE
    tablet.reload()
    assert noted(tablet, audit, asked[0]) == NOTE
    tablet.reach()
    tablet.sheet()
    tablet.brought()
    assert tablet.agrees() == tablet.head()["seq"]
    answer = tablet.package(audit)["answers"][asked[0]]["value"]
    assert (answer["note"], len(answer["evidence"])) == (NOTE, 1)


def _answering(status: int, kind: str, body: str) -> Callable[[Route], None]:
    """Answer so, whoever asks."""
    headers = {"Content-Type": kind} | ({"Location": "http://wifi.example/"} if status == 302 else {})
    if kind.startswith("application/problem"):
        body = json.dumps({"type": "about:blank", "title": "Không được", "status": status, "code": "test.none"})
    return lambda route: route.fulfill(status=status, headers=headers, body=body)


def test_a_full_device(place: Site, browser: Browser) -> None:
    """What cannot be written is said and stays on the screen; with room again it is written, whole."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as context:
        beside = context.new_page()
        beside.goto(f"{place.url}/healthz")
        devtools, origin = context.new_cdp_session(beside), {"origin": place.url}
        devtools.send("Storage.overrideQuotaForOrigin", origin | {"quotaSize": ROOM})
        page = context.new_page()
        tablet = Tablet(page, place)
        tablet.begin()
        audit, asked = along(tablet, 2)
        tablet.cut()
        note(tablet, audit, asked[0])
        full = page.locator(".save[data-state=failed]")
        area = tablet.fields(tablet.card(audit, asked[1])).get_by_label("Bằng chứng, ghi nhận")
        for turn in range(1, 60):
            area.fill(f"{turn} {LONG}")
            area.blur()
            page.wait_for_timeout(100)
            if full.count():
                break
        expect(full).to_be_visible()
        expect(page.locator(".notices")).to_contain_text("Thiết bị hết chỗ lưu")
        # The browser counts by the block: what was on its way may still find room. From here on nothing does.
        devtools.send("Storage.overrideQuotaForOrigin", origin | {"quotaSize": 1})
        page.wait_for_timeout(SETTLED)
        before = tablet.head()
        area.press("Control+End")
        area.press_sequentially("!")
        area.blur()
        page.wait_for_timeout(SETTLED)
        expect(full).to_be_visible()
        assert area.input_value() == f"{turn} {LONG}!"
        assert tablet.head() == before

        devtools.send("Storage.overrideQuotaForOrigin", origin)
        area.press("Control+End")
        area.press_sequentially(".")
        expect(page.locator(".save")).to_have_attribute("data-state", "saved")
        expect(page.locator(".notices")).to_have_count(0)
        tablet.reload()
        assert noted(tablet, audit, asked[0]) == NOTE
        assert noted(tablet, audit, asked[1]) == f"{turn} {LONG}!."
        tablet.reach()
        tablet.sheet()
        tablet.brought()
        assert tablet.agrees() == tablet.head()["seq"]


def test_unsent_work_goes_by_a_file(tablet: Tablet, browser: Browser, tmp_path: Path) -> None:
    """The office takes it in, twice without harm; when the device comes to send, the server has it all."""
    audit, asked = along(tablet, 3)
    tablet.cut()
    note(tablet, audit, asked[0])
    photo = painted(tablet.page, 640, 480, 6)
    tablet.photograph(tablet.fields(tablet.card(audit, asked[0])), [photo])
    tablet.go("#/dong-bo")
    file = tablet.export(tmp_path)
    held = json.loads(file.read_bytes().split(b"\n")[1])["operations"]
    assert held == tablet.head()["seq"]
    told = import_file(browser, tablet.site, file)
    assert f"Đã ghi {held} " in told
    assert "Ảnh mới 1" in told
    assert f"Máy chủ đã có từ trước {held} " in import_file(browser, tablet.site, file)
    answer = tablet.package(audit)["answers"][asked[0]]["value"]
    assert (answer["note"], len(answer["evidence"])) == (NOTE, 1)
    tablet.waits(held + 1)

    tablet.reach()
    tablet.sheet()
    tablet.brought()
    head = tablet.head()
    assert (head["seq"], head["chain"]) == (held, _ledger_chain(tablet, head["device"]))


def _ledger_chain(tablet: Tablet, device: str) -> str:
    chain = ""
    for row in tablet.told(f"devices/{device}/ledger?after=0"):
        chain = linked(chain, row["digest"])
    return chain


def test_a_device_taken_out_of_use(tablet: Tablet, browser: Browser, tmp_path: Path) -> None:
    """It removes what the server has confirmed and keeps the rest, to be handed over as a file; a photo that was in
    somebody's hands just then goes only when it is dropped."""
    page, (audit, asked) = tablet.page, along(tablet, 3)
    note(tablet, audit, asked[1])
    tablet.photograph(tablet.fields(tablet.card(audit, asked[1])), [painted(page, 640, 480, 7)])
    tablet.sheet()
    tablet.brought()
    page.keyboard.press("Escape")
    confirmed = tablet.head()["seq"]
    tablet.cut()
    note(tablet, audit, asked[2])
    taken = FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=painted(page, 640, 480, 8))
    tablet.fields(tablet.card(audit, asked[2])).locator("input[type=file]").last.set_input_files([taken])
    expect(page.locator("dialog[open] canvas")).to_be_visible()
    kept = tablet.holds()
    assert (kept["packages"], kept["confirmed"], kept["photos"]) == (1, confirmed, 1)
    with office(browser, tablet.site, "/thiet-bi") as desk:
        device = tablet.head()["device"]
        desk.locator(f"details:has(form[action*='{device}']) summary").click()
        desk.locator(f"[id='reason-{device}']").fill("Máy bị mất ở Đakrông")
        desk.locator(f"[id='reason-{device}']").press("Enter")
        expect(desk.locator("main")).to_contain_text("Đã thu hồi")

    tablet.reach()
    expect(page.get_by_role("heading", name="Thiết bị đã bị thu hồi")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Máy bị mất ở Đakrông")
    unsent = tablet.head()["seq"] - confirmed
    expect(page.locator("main")).to_contain_text(f"{unsent} thay đổi")
    assert problems(page, "revoked") == []
    left = tablet.holds()
    assert left == {"operations": unsent, "confirmed": 0, "drafts": 0, "packages": 0, "photos": 0, "bytes": 1}
    banner = page.locator(".notices", has_text="đã thu hồi thiết bị này: Máy bị mất ở Đakrông")
    expect(banner).to_have_count(0)
    for address in ("", "mang-theo", "dong-bo", f"cuoc/{audit}/ky"):
        tablet.go(f"#/{address}")
        expect(banner).to_be_visible()
    assert problems(page, "revoked, elsewhere", ONCE) == []
    tablet.cut()
    tablet.reload()
    expect(page.locator("main")).to_contain_text(f"{unsent} thay đổi")
    expect(page.get_by_role("heading", name="Thiết bị đã bị thu hồi")).to_be_visible()
    tablet.reach()
    expect(page.locator("main")).to_contain_text("1 ảnh chưa xem")
    with page.expect_download() as unseen:
        page.get_by_role("button", name="Lưu ra tệp").click()
    assert unseen.value.path().read_bytes() == taken["buffer"]
    file = tablet.export(tmp_path)
    remove_all(page)
    expect(page.locator(".toast").last).to_contain_text(f"máy chủ còn thiếu {unsent} thay đổi")
    assert tablet.holds() == left
    assert f"Đã ghi {unsent} " in import_file(browser, tablet.site, file)
    assert tablet.package(audit)["answers"][asked[2]]["value"]["note"] == NOTE

    remove_all(page)
    expect(page.locator(".toast").last).to_contain_text("Chưa xóa: còn 1 ảnh chưa xem")
    page.get_by_role("button", name="Bỏ 1 ảnh chưa xem").click()
    page.locator("dialog[open]").get_by_role("button", name="Bỏ 1 ảnh").click()
    expect(page.locator("main")).to_contain_text("đã được xóa hết khỏi máy")
    assert page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)") == ["isoaudit"]
    page.get_by_role("button", name="Thiết lập lại từ đầu").click()
    tablet.give()
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    tablet.give()
    expect(page.locator(".pick").first).to_be_visible()
    assert tablet.head()["device"] != device


def remove_all(page: Page) -> None:
    """Ask for the account's data to go from the device."""
    page.get_by_role("button", name="Xóa dữ liệu của tài khoản này khỏi máy").click()
    page.locator("dialog[open]").get_by_role("button", name="Hỏi máy chủ rồi xóa").click()
