"""Text typed and not saved, in a real browser: it comes back after an interruption, and only where it was typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

TYPED = "987"
NOTE = ".kept[role=status]"


def sign_in(page: Page, site: Site, username: str = "thuongtruc") -> None:
    """Sign in where the page stands, or at the sign-in page."""
    if "/dang-nhap" not in page.url:
        page.goto("/dang-nhap")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(site.accounts[username])
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def visit(page: Page, address: str) -> None:
    """Open a page; its scripts have run when it is loaded."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address


def units(page: Page) -> tuple[str, str, str]:
    """Add forms of two units that declared, and the edit form of a declaration of the second."""
    visit(page, "/cong-bo")
    hrefs = page.locator("main table a[href^='/don-vi/']").evaluate_all("all => all.map(a => a.pathname)")
    ids = list(dict.fromkeys(href.split("/")[2] for href in hrefs if href.split("/")[2].isdigit()))
    visit(page, f"/don-vi/{ids[1]}/qua-trinh")
    edit = page.locator("main a[href*='/cong-bo/'][href$='/sua']").first.get_attribute("href")
    assert edit is not None
    return f"/don-vi/{ids[0]}/cong-bo/them", f"/don-vi/{ids[1]}/cong-bo/them", edit


def test_a_draft_stays_with_the_record_it_was_typed_for(page: Page, site: Site) -> None:
    sign_in(page, site)
    mine, other, edit = units(page)
    visit(page, edit)
    standing = page.locator("[name=total]").input_value()
    visit(page, mine)
    page.locator("[name=total]").fill(TYPED)
    for address, value in ((other, ""), (edit, standing)):
        visit(page, address)
        expect(page.locator("[name=total]")).to_have_value(value)
        expect(page.locator(NOTE)).to_have_count(0)
    for address in ("/van-ban/them", "/nhiem-vu/them", "/thiet-lap"):
        visit(page, address)
        expect(page.locator(NOTE)).to_have_count(0)


def test_a_draft_survives_a_reload_and_the_end_of_the_session(page: Page, site: Site) -> None:
    sign_in(page, site)
    mine, _, edit = units(page)
    for address in (mine, edit):
        visit(page, address)
        page.locator("[name=total]").fill(TYPED)
        page.reload()
        expect(page.locator("[name=total]")).to_have_value(TYPED)
        page.context.clear_cookies()
        page.reload()
        sign_in(page, site)
        assert page.url == site.url + address
        expect(page.locator("[name=total]")).to_have_value(TYPED)
        expect(page.locator(NOTE)).to_be_visible()
        page.locator(f"{NOTE} [data-drop]").click()
        expect(page.locator("[name=total]")).not_to_have_value(TYPED)


def test_a_draft_is_not_shown_to_another_account(page: Page, site: Site) -> None:
    sign_in(page, site)
    mine, _, _ = units(page)
    visit(page, mine)
    page.locator("[name=total]").fill(TYPED)
    page.context.clear_cookies()
    page.reload()
    sign_in(page, site, "quantri")
    visit(page, "/tai-khoan")
    expect(page.locator(NOTE)).to_have_count(0)
    assert TYPED not in page.locator("main").inner_text()


def test_what_was_refused_does_not_come_back(page: Page, site: Site) -> None:
    sign_in(page, site)
    mine, other, edit = units(page)
    visit(page, edit)
    standing = page.locator("[name=total]").input_value()
    visit(page, mine)
    page.locator("[name=total]").fill(TYPED)
    page.locator("main form[data-keep] .buttons button[type=submit]").last.click()
    expect(page.locator("[data-focus]")).to_be_visible()
    expect(page.locator("[name=total]")).to_have_value(TYPED)
    for address, value in ((edit, standing), (other, ""), (mine, "")):
        visit(page, address)
        expect(page.locator("[name=total]")).to_have_value(value)
        expect(page.locator(NOTE)).to_have_count(0)


def test_a_saved_change_and_a_form_left_behind_start_anew(page: Page, site: Site) -> None:
    sign_in(page, site)
    visit(page, "/tai-khoan")
    name = page.locator("[name=position]")
    standing = name.input_value()
    name.fill("Chức vụ bỏ dở")
    visit(page, "/tro-giup")
    visit(page, "/tai-khoan")
    expect(name).to_have_value(standing)
    name.fill("Trưởng phòng")
    page.locator("form[data-keep] button[type=submit]").click()
    expect(page.locator(".alert.good")).to_be_visible()
    page.reload()
    expect(name).to_have_value("Trưởng phòng")
    assert page.evaluate("() => Object.keys(sessionStorage).filter(name => name.startsWith('isoaudit.keep.'))") == []
