"""What a person would miss or lose without a word: questions that an answer adds, a text that does not fit, a photo
that nobody looked at to the end, help without a network, a password typed wrong."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Site
from tests.browser.photos import painted
from tests.browser.tablet import SLOW, Tablet
from tests.browser.tablet_work import plain, take

pytestmark = pytest.mark.browser


@pytest.fixture
def tablet(page: Page, site: Site) -> Tablet:
    """A tablet on which somebody has begun."""
    opened = Tablet(page, site)
    opened.begin()
    return opened


def test_questions_that_an_answer_adds_are_told(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = take(tablet)
    child = next(each for each in criteria if each["when"])
    parent, grade = child["when"]["criterion"], child["when"]["grades"][0]
    more = [each["code"] for each in criteria if each["when"] and each["when"]["criterion"] == parent]
    added = [each["code"] for each in criteria if each["code"] in more and grade in each["when"]["grades"]]
    tablet.grade(tablet.card(audit, parent), grade)
    said = page.locator("[role=status] .toast")
    expect(said).to_contain_text(f"Thêm {len(added)} nội dung cần hỏi")
    said.get_by_role("button", name="Đến đó").click()
    expect(page.locator(f"[id='c-{added[0]}']")).to_be_focused()
    alone = next(code for code in plain(criteria))
    tablet.grade(tablet.card(audit, alone), "conformity")
    expect(said).to_have_count(0, timeout=SLOW)


def test_a_text_that_does_not_fit_is_told_and_nothing_is_cut(tablet: Tablet) -> None:
    page = tablet.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    audit, criteria = take(tablet)
    code = plain(criteria)[0]
    note = tablet.fields(tablet.card(audit, code)).get_by_label("Bằng chứng, ghi nhận")
    note.fill("a" * 9_000)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "b" * 2_345)
    note.press("Control+v")
    said = page.locator(".toast")
    expect(said).to_contain_text("đoạn này có 2.345 ký tự, ô chỉ còn chỗ cho 1.000 (nhiều nhất 10.000)")
    expect(note).to_have_value("a" * 9_000)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "b" * 1_000)
    note.press("Control+v")
    expect(note).to_have_value("a" * 9_000 + "b" * 1_000)
    note.press("c")
    expect(said).to_contain_text("đã đủ 10.000 ký tự")
    expect(note).to_have_value("a" * 9_000 + "b" * 1_000)


def test_a_photo_is_offered_again_until_it_is_saved(tablet: Tablet) -> None:
    page = tablet.page
    audit, criteria = take(tablet)
    code = plain(criteria)[0]
    files = [
        FilePayload(name=f"{seed}.jpg", mimeType="image/jpeg", buffer=painted(page, 640, 480, seed)) for seed in (1, 2)
    ]
    fields = tablet.fields(tablet.card(audit, code))
    fields.locator("input[type=file]").last.set_input_files(files)
    expect(page.locator("dialog[open] canvas")).to_be_visible()
    tablet.cut()
    tablet.reload()
    waits = page.locator(".waiting-photos")
    expect(waits).to_contain_text(f"2 ảnh đã chụp nhưng chưa lưu (nội dung {code})")
    here = page.locator(f"[id='c-{code}'] .waiting-here")
    expect(here).to_contain_text("2 ảnh chưa lưu")
    expect(here).to_be_in_viewport()
    here.get_by_role("button", name="Xem và lưu 2 ảnh").click()
    page.locator("dialog[open]", has_text="Ảnh 1/2").evaluate("(open) => open.dispatchEvent(new Event('cancel'))")
    tablet.open(audit, "noi-dung", plain(criteria)[-1])
    tablet.reload()
    expect(waits).to_be_in_viewport()
    waits.get_by_role("button", name="Xem lại và lưu").click()
    expect(page.locator("dialog[open] .photo-again")).to_contain_text("hãy che lại trước khi lưu")
    page.locator("dialog[open]", has_text="Ảnh 1/2").get_by_role("button", name="Lưu ảnh").click()
    expect(page.locator("dialog[open]")).to_contain_text("Ảnh 2/2")
    tablet.page.evaluate("() => document.querySelector('dialog[open]').dispatchEvent(new Event('cancel'))")
    expect(waits).to_contain_text("1 ảnh đã chụp nhưng chưa lưu")
    waits.get_by_role("button", name="Bỏ", exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name="Bỏ 1 ảnh").click()
    expect(waits).to_have_count(0)
    expect(tablet.fields(tablet.card(audit, code)).locator(".photo img")).to_be_visible(timeout=SLOW)
    assert tablet.holds()["bytes"] == 1


def test_help_opens_without_a_network_locked_or_not(tablet: Tablet) -> None:
    page = tablet.page
    tablet.cut()
    tablet.go("#/cai-dat")
    page.get_by_role("link", name="Trợ giúp").click()
    page.get_by_text("Quên mã PIN", exact=True).click()
    expect(page.locator("main")).to_contain_text("Không mất dữ liệu")
    tablet.lock()
    page.get_by_role("link", name="Trợ giúp").click()
    expect(page.get_by_role("heading", name="Trợ giúp", level=1)).to_be_visible()
    page.get_by_role("link", name="Quay lại").click()
    tablet.unlock()


def test_a_wrong_password_is_called_by_its_name(page: Page, site: Site) -> None:
    page.goto("/dang-nhap?next=/tablet/")
    page.locator("[name=username]").fill("kiemtra")
    page.locator("[name=password]").fill("không phải mật khẩu này")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa đăng nhập được")
    expect(page.get_by_role("alert")).to_contain_text("tài khoản hoặc mật khẩu không đúng")
