"""The work screen of the tablet and its companions, in the app as it is served: a criterion and all its fields, search,
filters and groups, undo, a photo with a part made unreadable, quick notes, earlier findings, a conflict settled."""

import hashlib
import json
import re
import uuid
from base64 import b64encode
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.tablet import API, SLOW, Tablet, painted, with_exif
from tests.browser.test_accessibility import AXE, EVERYTHING, OVERFLOW, RUN_AXE, TOO_LOW

pytestmark = pytest.mark.browser

# How many colours stand in a part of a picture, to the nearest sixteenth.
COLOURS_IN = """async ([base64, x, y, width, height]) => {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  pen.drawImage(picture, 0, 0);
  const [w, h] = [picture.width, picture.height];
  const { data } = pen.getImageData(x * w, y * h, width * w, height * h);
  const found = new Set();
  for (let at = 0; at < data.length; at += 4) found.add([data[at] >> 4, data[at + 1] >> 4, data[at + 2] >> 4].join());
  return { width: w, height: h, colours: found.size };
}"""
# What lies under a bar that stays in place can be scrolled out from under it, and criteria that are far away are laid out
# when they come near; axe looks at one moment only.
UNSTICK = """() => {
  const sheet = document.styleSheets[0];
  const bars = ".app-top, .app-tabs, .dock, .work-bar, .group-head, .work-headings, .dialog > .buttons";
  sheet.insertRule(`${bars} { position: static !important; }`, sheet.cssRules.length);
  sheet.insertRule(".crit { content-visibility: visible !important; }", sheet.cssRules.length);
}"""
FINDING = "Chưa niêm yết đủ thủ tục mới ban hành"


@pytest.fixture
def tablet(page: Page, site: Site) -> Tablet:
    """A tablet on which somebody has begun."""
    opened = Tablet(page, site)
    opened.begin()
    return opened


def test_a_criterion_and_all_its_fields(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = _take(tablet)
    pack = tablet.package(audit)
    code = _plain(criteria)[0]
    card = tablet.card(audit, code)
    tablet.grade(card, "minor")
    lacks = card.locator(".crit-lacks")
    expect(lacks).to_have_text(re.compile("Còn thiếu: ghi nhận bằng chứng, thời hạn khắc phục"))

    fields = tablet.fields(card)
    ready = pack["sentences"][code]["findings"][0]
    fields.locator(".offers").first.locator(".offer").first.click()
    note = fields.get_by_label("Bằng chứng, ghi nhận")
    expect(note).to_have_value(ready)
    page.keyboard.type("ba")  # over the gap, when the sentence has one, else behind it
    typed = ready.replace("…", "ba", 1) if "…" in ready else ready + "ba"
    expect(note).to_have_value(typed)
    fields.get_by_role("button", name="30 ngày").click()
    due = date.fromisoformat(pack["planned_on"]) + timedelta(days=30)
    expect(fields.locator("input[type=date]")).to_have_value(due.isoformat())
    expect(lacks).to_have_count(0)
    fields.get_by_label("Tài liệu 1", exact=True).fill("Số 12/BC-UBND")
    fields.get_by_label("Tài liệu 2", exact=True).fill("Sổ theo dõi hồ sơ")
    fields.get_by_role("button", name="Bỏ tài liệu 1").click()
    expect(fields.get_by_label("Tài liệu 1", exact=True)).to_have_value("Sổ theo dõi hồ sơ")
    fields.get_by_label("Giao cho").select_option(index=1)
    expect(card.locator(".badge", has_text="Giao cho tôi")).to_be_visible()
    expect(page.locator(".save")).to_have_attribute("data-state", "saved")

    tablet.reload()
    card = tablet.card(audit, code)
    expect(card.locator(".grade.warn")).to_have_attribute("aria-pressed", "true")
    expect(card.locator(".crit-note")).to_have_text(typed)
    expect(tablet.fields(card).get_by_label("Tài liệu 1", exact=True)).to_have_value("Sổ theo dõi hồ sơ")
    card.locator(".grade.warn").click()
    expect(card.locator(".grade[aria-pressed=true]")).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Hoàn tác").click()
    expect(card.locator(".grade.warn")).to_have_attribute("aria-pressed", "true")

    gate = next(each["code"] for each in criteria if each["gate"])
    expect(tablet.card(audit, gate).locator(".grade")).to_have_count(4)


def test_searching_filters_groups_and_undo(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = _take(tablet)
    tablet.open(audit)
    cards, search = page.locator(".crit"), page.locator("#work-search")
    search.fill("phieu xin loi")
    expect(cards.first).to_be_visible()
    assert all("xin lỗi" in text.lower() for text in [_words(criteria, each) for each in _codes(cards)])
    search.fill("khong co noi dung nao nhu the")
    page.get_by_role("button", name="Xem tất cả").click()
    expect(search).to_have_value("")

    dependent = next(each for each in criteria if each["when"])
    parent = dependent["when"]["criterion"]
    expect(page.locator(f"[id='c-{dependent['code']}']")).to_have_count(0)
    tablet.grade(tablet.card(audit, parent), dependent["when"]["grades"][0])
    expect(page.locator(f"[id='c-{dependent['code']}']")).to_have_count(1)
    page.locator(".chip", has_text="Không phù hợp").click()
    expect(cards).to_have_count(int(dependent["when"]["grades"][0] in ("minor", "major")))
    page.locator(".chip", has_text="Không phù hợp").click()

    page.get_by_role("button", name="Theo điều khoản").click()
    expect(page.locator(".group-head").first).to_contain_text("Phần A")
    page.get_by_role("button", name="Rút gọn").click()
    core = sum(each["core"] for each in criteria)
    expect(page.locator(".progress-words")).to_contain_text(re.compile(rf"/{core}\b|/{core + 1}\b|/{core - 1}\b"))
    page.get_by_role("button", name="Đầy đủ").click()
    page.get_by_role("button", name="Theo vị trí").click()

    open_ones = int(re.findall(r"\d+", page.locator(".group-all").first.inner_text())[0])
    page.locator(".group-all").first.click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text(f"{open_ones} nội dung chưa trả lời")
    dialog.get_by_role("button", name="Ghi phù hợp").click()
    expect(page.locator(".group-done").first).to_have_attribute("data-all", "yes")
    expect(page.locator(".dock")).to_contain_text(f"{open_ones} nội dung")
    page.locator(".dock").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".group-done").first).to_have_attribute("data-all", "no")
    page.get_by_role("button", name="Câu tiếp theo").click()
    expect(page.locator(".crit:focus")).to_have_attribute("data-grade", "")


def test_a_photo_with_a_part_made_unreadable(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = _take(tablet)
    code = _plain(criteria)[1]
    card = tablet.card(audit, code)
    fields = tablet.fields(card)
    raw = with_exif(painted(page, 4000, 3000, 5), orientation=1)
    before = page.evaluate(COLOURS_IN, [b64encode(raw).decode(), 0.3, 0.3, 0.3, 0.3])["colours"]
    taken = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": raw}
    fields.locator("input[type=file][capture=environment]").set_input_files([taken])  # type: ignore[list-item]
    canvas = page.locator("dialog[open] canvas")
    expect(page.locator("dialog[open]")).to_contain_text("Không chụp giấy tờ tùy thân")
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"], steps=4)
    page.mouse.up()
    expect(page.locator("dialog[open]")).to_contain_text("Đã che 1 phần")
    page.get_by_role("button", name="Lưu ảnh").click()
    expect(fields.locator(".photo img")).to_be_visible(timeout=SLOW)
    fields.get_by_label("Chú thích ảnh 1").fill("Bảng niêm yết")
    fields.get_by_label("Chú thích ảnh 1").blur()
    tablet.brought()

    pack = tablet.package(audit)
    [sha] = pack["answers"][code]["value"]["evidence"]
    told = pack["entries"][f"photo/{sha}"]["value"]
    assert told["caption"] == "Bảng niêm yết"
    assert told["blurred"] is True
    assert told["taken_at"] == told["latitude"] == told["longitude"] == ""
    kept = page.request.get(f"{API}/evidence/{sha}").body()
    assert hashlib.sha256(kept).hexdigest() == sha
    assert b"Exif" not in kept
    seen = page.evaluate(COLOURS_IN, [b64encode(kept).decode(), 0.3, 0.3, 0.3, 0.3])
    assert (seen["width"], seen["height"]) == (1600, 1200)
    assert seen["colours"] < before / 2

    fields.get_by_role("button", name="Xem ảnh 1").click()
    page.get_by_role("button", name="Bỏ ảnh").click()
    expect(fields.locator(".photo")).to_have_count(0)
    page.locator(".dock").get_by_role("button", name="Hoàn tác").click()
    expect(fields.locator(".photo img")).to_be_visible()


def test_quick_notes_and_what_no_list_knows(tablet: Tablet) -> None:
    page = tablet.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 16.71, "longitude": 106.5, "accuracy": 12})
    audit, criteria = _take(tablet)
    tablet.open(audit, "ghi-nhanh")
    page.get_by_label("Ghi chú mới").fill(FINDING)
    page.get_by_role("button", name="Ghi chú tiếp theo").click()
    page.get_by_label("Ghi chú mới").fill("Hỏi lại công chức địa chính")
    page.get_by_label("Tên thủ tục hành chính").fill("Thủ tục chưa ai biết")
    page.get_by_role("button", name="Ghi thêm").click()
    page.get_by_role("button", name="Ghi vị trí hiện tại").click()
    expect(page.get_by_text("16.710000, 106.500000")).to_be_visible()
    code = _plain(criteria)[2]
    page.get_by_role("button", name="Xếp vào nội dung").click()
    page.get_by_label("Tìm nội dung").fill(code)
    page.locator("dialog[open] .row-link").first.click()
    expect(page.get_by_role("link", name=f"Đã xếp vào {code}")).to_be_visible()
    tablet.brought()

    pack = tablet.package(audit)
    assert pack["answers"][code]["value"]["note"] == FINDING
    notes = [each["value"] for name, each in pack["entries"].items() if name.startswith("note/")]
    assert {(each["text"], each["criterion"]) for each in notes} == {
        (FINDING, code),
        ("Hỏi lại công chức địa chính", ""),
    }
    assert any(each["value"].get("text") == "Thủ tục chưa ai biết" for each in pack["entries"].values())


def test_earlier_findings_come_first(tablet: Tablet) -> None:
    page = tablet.page
    code = "A-01"
    old = {
        "audit": "2019-KT-001",
        "criterion": code,
        "text": "Có quyết định không?",
        "grade": "minor",
        "due_on": "2019-12-31",
    }
    old |= {"description": FINDING, "raised_on": "2019-10-15", "state": "open", "overdue": True}
    before = {"grade": "minor", "note": "Lần trước: thiếu quyết định", "request": "", "minuted_on": "2019-10-15"}
    _tell(page, {"earlier": [old], "previous": {code: before}})
    audit, _ = _take(tablet)
    tablet.open(audit, "ton-tai")
    expect(page.locator("main")).to_contain_text(FINDING)
    expect(page.locator(".app-tabs a[aria-current] .tab-count")).to_have_text("1")
    page.get_by_role("button", name="Khắc phục một phần").click()
    page.get_by_label("Thấy gì khi xem lại").fill("Còn hai thủ tục")
    expect(page.locator("main")).to_contain_text("đã xem 1/1")
    tablet.brought()
    verified = tablet.package(audit)["entries"][f"verify/2019-KT-001:{code}"]["value"]
    assert verified == {"result": "partly", "text": "Còn hai thủ tục"}

    card = tablet.card(audit, code)
    offer = tablet.fields(card).locator(".offer", has_text="Lần trước (15/10/2019)").first
    offer.click()
    expect(card.get_by_label("Bằng chứng, ghi nhận")).to_have_value("Lần trước: thiếu quyết định")


def test_two_values_are_settled_by_the_head(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = _take(tablet)
    code = _plain(criteria)[0]
    tablet.open(audit)
    tablet.cut()
    card = tablet.card(audit, code)
    tablet.grade(card, "minor")
    tablet.fields(card).get_by_label("Bằng chứng, ghi nhận").fill("Thấy trên máy này")
    tablet.reach()
    _elsewhere(page, audit, code, {"grade": "major", "note": "Thấy trên máy khác"})
    tablet.sheet().get_by_role("button", name="Đóng").last.click()
    tablet.brought()

    expect(card.locator(".alert.bad")).to_contain_text("Hai người ghi khác nhau")
    card.get_by_role("link", name="Xem và xử lý").click()
    sides = page.locator(".side")
    expect(sides).to_have_count(2)
    expect(sides.first).to_contain_text("Thấy trên máy khác")
    expect(sides.last).to_contain_text("máy này")
    page.get_by_role("button", name="Ghi bản hợp nhất").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_label("Bằng chứng, ghi nhận")).to_have_value("Thấy trên máy khác\nThấy trên máy này")
    dialog.get_by_role("button", name="Không phù hợp nhẹ").click()
    dialog.get_by_role("button", name="Ghi bản hợp nhất").click()
    expect(page.locator("main")).to_contain_text("Không có xung đột nào")
    tablet.brought()
    settled = tablet.package(audit)["answers"][code]
    assert settled["conflict"] is False
    assert settled["value"]["grade"] == "minor"
    assert settled["value"]["note"] == "Thấy trên máy khác\nThấy trên máy này"


def test_every_screen_is_for_everyone(tablet: Tablet) -> None:
    """axe-core, fingers and width: both ways of holding the tablet, by day and by night, a phone with large text."""
    page = tablet.page
    audit, criteria = _take(tablet)
    first, second = _plain(criteria)[:2]
    tablet.open(audit)
    tablet.cut()
    card = tablet.card(audit, first)
    tablet.grade(card, "minor")
    card.get_by_role("button", name="Cần xem gì").click()
    tablet.fields(tablet.card(audit, second)).get_by_label("Tài liệu 1", exact=True).fill("Số 12/BC-UBND")
    tablet.photograph(tablet.fields(page.locator(f"[id='c-{second}']")), [painted(page, 640, 480, 1)])
    tablet.reach()
    _elsewhere(page, audit, first, {"grade": "major", "note": "Thấy trên máy khác"})
    tablet.sheet().get_by_role("button", name="Đóng").last.click()
    tablet.brought()
    tablet.open(audit, "ghi-nhanh")
    page.get_by_label("Ghi chú mới").fill(FINDING)
    page.get_by_role("button", name="Ghi chú tiếp theo").click()
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(UNSTICK)
    problems: list[str] = []

    def look(name: str) -> None:
        problems.extend(f"{name}: {each}" for each in page.evaluate(RUN_AXE, EVERYTHING))
        problems.extend(f"{name}: too low {each}" for each in page.evaluate(TOO_LOW))
        if (wider := page.evaluate(OVERFLOW)) > 0:
            problems.append(f"{name}: {wider} px too wide")

    for width, height, theme, size in (
        (1280, 800, "light", "normal"),
        (800, 1280, "dark", "normal"),
        (390, 844, "light", "larger"),
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.evaluate("(size) => { document.documentElement.dataset.size = size; }", size)
        tablet.card(audit, first)
        look(f"noi-dung {width}")
        for screen in ("ghi-nhanh", "ton-tai", "xung-dot"):
            tablet.open(audit, screen)
            look(f"{screen} {width}")
        page.get_by_role("button", name="Ghi bản hợp nhất").click()
        expect(page.locator("dialog[open]")).to_be_visible()
        look(f"merging {width}")
        page.keyboard.press("Escape")
        shown = tablet.fields(tablet.card(audit, second))
        shown.get_by_role("button", name="Xem ảnh 1").click()
        expect(page.locator("dialog[open] img")).to_be_visible()
        look(f"photo {width}")
        page.keyboard.press("Escape")
    assert problems == [], "\n".join(problems)


def _take(tablet: Tablet) -> tuple[str, list[dict[str, Any]]]:
    """An audit of which this person is the head, on the device: its reference and its criteria."""
    found = next(each for each in tablet.listed() if each["role"] == "head" and not each["core_only"])
    audit = str(found["audit"])
    tablet.take(audit)
    criteria: list[dict[str, Any]] = tablet.package(audit)["checklist"]["criteria"]
    return audit, criteria


def _plain(criteria: list[dict[str, Any]]) -> list[str]:
    """Criteria on which nothing else hangs."""
    parents = {each["when"]["criterion"] for each in criteria if each["when"]}
    return [
        str(each["code"]) for each in criteria if not each["gate"] and not each["when"] and each["code"] not in parents
    ]


def _codes(cards: Locator) -> list[str]:
    found: list[str] = cards.evaluate_all("(all) => all.map((each) => each.id.slice(2))")
    return found


def _words(criteria: list[dict[str, Any]], code: str) -> str:
    found = next(each for each in criteria if each["code"] == code)
    return " ".join([found["text"], found["guidance"], *found["evidence"]])


def _tell(page: Page, more: dict[str, Any]) -> None:
    """Let packages say more than the example year holds."""

    def answer(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json=told.json() | more)

    page.route(re.compile(rf"{API}/packages/[^/]+$"), answer)


def _elsewhere(page: Page, audit: str, code: str, value: dict[str, Any]) -> None:
    """The same person answers on another device."""
    empty = {"note": "", "reason": "", "due_on": None, "request": "", "evidence": [], "documents": [], "dossiers": []}
    operation = {
        "op_id": str(uuid.uuid4()),
        "device_id": str(uuid.uuid4()),
        "seq": 1,
        "audit": audit,
        "base_revision": 0,
    }
    operation |= {"kind": "answer", "criterion": code, "value": empty | value, "at": "2020-11-17T08:00:00+07:00"}
    token = page.request.get(f"{API}/session").json()["csrf"]
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    said = page.request.post(f"{API}/operations", data=json.dumps({"operations": [operation]}), headers=headers).json()
    assert said["operations"][0]["outcome"] == "accepted"
