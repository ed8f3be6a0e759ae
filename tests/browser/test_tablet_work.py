"""The work screen of the tablet, in the app as it is served: a criterion and all its fields, search, filters, groups,
undo, a photo with a part made unreadable; every screen of it under axe-core."""

import hashlib
import re
import unicodedata
from base64 import b64encode
from datetime import date, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import problems
from tests.browser.photos import painted, with_exif
from tests.browser.tablet import API, SLOW, Tablet
from tests.browser.tablet_work import elsewhere, plain, take

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


@pytest.fixture
def tablet(page: Page, site: Site) -> Tablet:
    """A tablet on which somebody has begun."""
    opened = Tablet(page, site)
    opened.begin()
    return opened


def test_a_criterion_and_all_its_fields(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = take(tablet)
    pack = tablet.package(audit)
    code = plain(criteria)[0]
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
    audit, criteria = take(tablet)
    tablet.open(audit)
    cards, search = page.locator(".crit"), page.locator("#work-search")
    wanted = next(each for each in criteria if each["code"] == plain(criteria)[3])
    search.fill(_bare(wanted["text"]))
    expect(cards).to_have_count(1)
    expect(cards).to_have_attribute("id", f"c-{wanted['code']}")
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
    beyond = next(each["code"] for each in criteria if not each["core"] and each["when"] is None)
    tablet.go(f"#/cuoc/{audit}/noi-dung/{beyond}")
    expect(page.locator(f"[id='c-{beyond}']")).to_be_focused()
    expect(page.get_by_role("button", name="Đầy đủ")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Theo vị trí").click()

    page.locator(".group-all").first.click()
    dialog = page.locator("dialog[open]")
    open_ones = int(re.findall(r"\d+", dialog.locator("b").inner_text())[0])
    dialog.get_by_role("button", name=f"Ghi phù hợp {open_ones} nội dung").click()
    expect(page.locator(".group-done").first).to_have_attribute("data-all", "yes")
    expect(page.locator(".dock")).to_contain_text(f"{open_ones} nội dung")
    page.locator(".dock").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".group-done").first).to_have_attribute("data-all", "no")
    page.get_by_role("button", name="Câu tiếp theo").click()
    expect(page.locator(".crit:focus")).to_have_attribute("data-grade", "")


def test_a_photo_with_a_part_made_unreadable(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = take(tablet)
    code = plain(criteria)[1]
    card = tablet.card(audit, code)
    fields = tablet.fields(card)
    raw = with_exif(painted(page, 4000, 3000, 5), orientation=1)
    before = page.evaluate(COLOURS_IN, [b64encode(raw).decode(), 0.3, 0.3, 0.3, 0.3])["colours"]
    taken = FilePayload(name="anh.jpg", mimeType="image/jpeg", buffer=raw)
    fields.locator("input[type=file][capture=environment]").set_input_files([taken])
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


def test_every_screen_is_for_everyone(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = take(tablet)
    first, second = plain(criteria)[:2]
    tablet.open(audit)
    tablet.cut()
    card = tablet.card(audit, first)
    tablet.grade(card, "minor")
    card.get_by_role("button", name="Cần xem gì").click()
    tablet.fields(tablet.card(audit, second)).get_by_label("Tài liệu 1", exact=True).fill("Số 12/BC-UBND")
    tablet.photograph(tablet.fields(page.locator(f"[id='c-{second}']")), [painted(page, 640, 480, 1)])
    elsewhere(page, audit, first, {"grade": "major", "note": "Thấy trên máy khác"})
    tablet.reach()
    tablet.sheet().get_by_role("button", name="Đóng").last.click()
    tablet.brought()
    tablet.open(audit, "ghi-nhanh")
    page.get_by_label("Ghi chú mới").fill("Chưa niêm yết đủ thủ tục mới ban hành")
    page.get_by_role("button", name="Ghi chú tiếp theo").click()
    tablet.card(audit, first)
    found = problems(page, "noi-dung")
    for screen in ("ghi-nhanh", "ton-tai", "xung-dot"):
        tablet.open(audit, screen)
        found += problems(page, screen)
    page.get_by_role("button", name="Ghi bản hợp nhất").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    found += problems(page, "merging")
    page.keyboard.press("Escape")
    shown = tablet.fields(tablet.card(audit, second))
    shown.get_by_role("button", name="Xem ảnh 1").click()
    expect(page.locator("dialog[open] img")).to_be_visible()
    found += problems(page, "photo")
    page.keyboard.press("Escape")
    photo = FilePayload(name="anh.jpg", mimeType="image/jpeg", buffer=painted(page, 640, 480, 2))
    shown.locator("input[type=file]").last.set_input_files([photo])
    page.locator("dialog[open] canvas").press("Enter")
    expect(page.locator("dialog[open]")).to_contain_text("Đã che 1 phần")
    found += problems(page, "photo editor")
    page.keyboard.press("Escape")
    expect(page.locator(".waiting-photos")).to_contain_text("1 ảnh đã chụp nhưng chưa lưu")
    found += problems(page, "photo that waits")
    assert found == [], "\n".join(found)


def _bare(text: str) -> str:
    """As somebody types who leaves the diacritics out."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
