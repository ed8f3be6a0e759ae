"""The answer page in a real browser: one tap a grade, saved at once, nothing lost offline, never last-wins."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

Q, NEXT = "A-03", "A-04"


def sign_in(page: Page, site: Site, username: str = "kiemtra") -> None:
    """Sign in as somebody of the example year."""
    page.goto("/dang-nhap")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(site.accounts[username])
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def open_answers(page: Page) -> str:
    """Open the first audit that waits, as the inspector; its address."""
    page.goto("/cuoc-kiem-tra/cua-toi")
    page.locator("main table a").first.click()
    expect(page.locator("html.js")).to_be_attached()
    return page.url


def state(page: Page, value: str) -> None:
    """Wait until the page says that everything is saved (or saving, or failed)."""
    expect(page.locator("#saved")).to_have_attribute("data-state", value, timeout=10_000)


def grade(page: Page, code: str, value: str) -> None:
    """Tap a grade."""
    page.locator(f"[id='{code}'] button[value={value}]").click()


def test_a_tap_is_saved_and_what_it_needs_is_asked_for(page: Page, site: Site) -> None:
    sign_in(page, site)
    open_answers(page)
    grade(page, Q, "minor")
    question = page.locator(f"[id='{Q}']")
    expect(question).to_have_attribute("data-lacks", "note deadline")
    question.locator("textarea[name=note]").fill("Thiếu 02 hồ sơ")
    question.locator("[data-days='30']").click()
    expect(question).to_have_attribute("data-lacks", "")
    state(page, "saved")
    page.reload()
    expect(page.locator("html.js")).to_be_attached()
    expect(page.locator(f"[id='{Q}'] textarea[name=note]")).to_have_value("Thiếu 02 hồ sơ")
    expect(page.locator(f"[id='{Q}'] button[value=minor]")).to_have_attribute("aria-pressed", "true")
    box = page.locator(f"[id='{Q}'] button[value=minor]").bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_what_is_typed_without_connection_stays_and_is_sent_again(page: Page, site: Site) -> None:
    sign_in(page, site)
    open_answers(page)
    page.context.set_offline(True)
    grade(page, Q, "opportunity")
    page.locator(f"[id='{Q}'] textarea[name=note]").fill("Nên có sổ theo dõi")
    state(page, "failed")
    expect(page.locator("#trouble")).to_contain_text("giữ trên máy này")
    page.context.set_offline(False)
    state(page, "saved")
    page.context.set_offline(True)
    grade(page, NEXT, "major")
    page.locator(f"[id='{NEXT}'] textarea[name=note]").fill("Chưa có kế hoạch")
    state(page, "failed")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("html.js")).to_be_attached()
    state(page, "saved")
    expect(page.locator(f"[id='{NEXT}'] textarea[name=note]")).to_have_value("Chưa có kế hoạch")
    page.reload()
    expect(page.locator(f"[id='{NEXT}']")).to_have_attribute("data-grade", "major")


def test_two_tabs_count_for_themselves(page: Page, site: Site) -> None:
    sign_in(page, site)
    address = open_answers(page)
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator("html.js")).to_be_attached()
    for code, its in ((Q, page), (NEXT, other), ("A-05", page), ("A-06", other)):
        grade(its, code, "conformity")
    state(page, "saved")
    state(other, "saved")
    page.reload()
    for code in (Q, NEXT, "A-05", "A-06"):
        expect(page.locator(f"[id='{code}']")).to_have_attribute("data-grade", "conformity")
    assert page.locator(".q-conflict .alert").count() == 0


def test_a_stale_page_is_a_conflict_and_the_head_chooses(page: Page, site: Site, browser: Browser) -> None:
    sign_in(page, site)
    address = open_answers(page)
    context = browser.new_context(base_url=site.url, viewport={"width": 800, "height": 1280})
    stale = context.new_page()
    sign_in(stale, site)
    stale.goto(address)
    expect(stale.locator("html.js")).to_be_attached()
    grade(page, Q, "conformity")
    state(page, "saved")
    grade(stale, Q, "not_applicable")
    box = stale.locator(f"[id='{Q}'] .q-conflict")
    expect(box).to_contain_text("Hai nội dung chưa thống nhất")
    box.locator("form button").nth(1).click()
    expect(stale.locator(f"[id='{Q}']")).to_have_attribute("data-grade", "not_applicable")
    assert stale.locator(".q-conflict .alert").count() == 0
    context.close()


def test_filters_and_the_way_to_the_next(page: Page, site: Site) -> None:
    sign_in(page, site)
    open_answers(page)
    grade(page, "A-01", "conformity")
    page.locator("[data-filter=chua]").click()
    expect(page.locator("[id='A-01']")).to_be_hidden()
    page.locator("#next").click()
    expect(page.locator("[id='A-02']")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("[id='A-02']")).to_have_attribute("data-grade", "conformity")
    state(page, "saved")
    for width in (390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
