"""What takes the server a moment says so where it was asked for: a file that is written, a form on its way."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.test_answer_page import sign_in

pytestmark = pytest.mark.browser

EMPTY = "so-cua-tinh-trong.xlsx"
NOTE_WORDS = """() => {
  const button = document.querySelector("main button[type=submit]");
  new MutationObserver(() => { sessionStorage.said = button.textContent; }).observe(button, { childList: true });
}"""


def test_a_file_that_is_written_says_so_and_is_handed_over(page: Page, site: Site) -> None:
    sign_in(page, site, "thuongtruc")
    held: list[Route] = []
    page.route("**/so/trong.xlsx", lambda route: held.append(route))
    page.goto("/nhap-du-lieu")
    button = page.get_by_role("link", name="Tải sổ trống")
    with page.expect_download() as download:
        button.click()
        expect(page.locator("a[aria-busy=true]")).to_have_text(re.compile("Đang lập tệp"))
        page.locator("a[aria-busy=true]").click()  # once more changes nothing
        held[0].continue_()
    assert download.value.suggested_filename == EMPTY
    assert len(held) == 1
    expect(button).to_have_text("Tải sổ trống")
    expect(page.get_by_role("status").last).to_have_text(f"Đã tải về: {EMPTY}")


def test_a_file_that_is_refused_leads_to_the_page_that_says_why(page: Page, site: Site) -> None:
    sign_in(page, site, "thuongtruc")
    page.goto("/nhap-du-lieu")
    page.evaluate("document.querySelector('a[data-file]').href = '/bao-cao/9999/du-thao.pdf'")
    page.locator("a[data-file]").first.click()
    page.wait_for_url("**/bao-cao/9999/du-thao.pdf")
    expect(page.locator("h1")).to_be_visible()


def test_a_form_on_its_way_says_so_and_is_sent_once(page: Page, site: Site) -> None:
    sign_in(page, site, "thuongtruc")
    page.goto("/van-ban/doc")
    page.locator("textarea").fill("Quyết định số 127/QĐ-UBND ngày 15/01/2020")
    held: list[Route] = []
    page.route("**/van-ban/doc", lambda route: held.append(route))
    page.evaluate(NOTE_WORDS)
    box = page.locator("main button[type=submit]").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*middle)
    page.wait_for_timeout(600)  # locators wait for the page that is to come
    page.mouse.click(*middle)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("main table")).to_contain_text("127/QĐ-UBND")
    assert page.evaluate("sessionStorage.said") == "Đang xử lý…"
