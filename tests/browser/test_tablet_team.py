"""Two inspectors in one team, each with an account and a device of their own: what a member sees of a conflict that is
the head's to settle."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.looks import problems
from tests.browser.tablet import Tablet
from tests.browser.tablet_work import colleague, plain

pytestmark = pytest.mark.browser

NAME = "Hồ Thị Thanh Tâm"


def test_a_member_sees_both_values_and_waits_for_the_head(browser: Browser, site: Site) -> None:
    username = colleague(site, NAME)
    with (
        browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as one,
        browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as other,
    ):
        head, member = Tablet(one.new_page(), site), Tablet(other.new_page(), site, username)
        head.begin()
        member.begin()
        audit = next(each["audit"] for each in head.listed() if each["role"] == "head" and not each["core_only"])
        code = plain(head.package(audit)["checklist"]["criteria"])[0]
        for tablet in (head, member):
            tablet.take(audit)
            tablet.cut()
        _write(head, audit, code, "Thiếu ba hồ sơ của tháng mười")
        _write(member, audit, code, "Đủ hồ sơ, thiếu cột ngày hẹn trả")
        head.reach()
        head.brought()
        member.reach()
        member.brought()

        page = member.page
        card = member.card(audit, code)
        expect(card.locator(".alert.bad")).to_contain_text("Chờ trưởng đoàn xử lý")
        card.get_by_role("link", name="Xem cả hai bản").click()
        expect(page.locator(".page-lead")).to_contain_text("trưởng đoàn là người xử lý")
        sides = page.locator(".side")
        expect(sides).to_have_count(2)
        expect(sides.first).to_contain_text("Thiếu ba hồ sơ của tháng mười")
        expect(sides.first).to_contain_text("Nguyễn Hữu Phước Thiện")
        expect(sides.last).to_contain_text("Đủ hồ sơ, thiếu cột ngày hẹn trả")
        expect(sides.last).to_contain_text("máy này")
        expect(page.locator(".clash")).to_contain_text("Chờ trưởng đoàn xử lý")
        expect(page.locator(".clash button")).to_have_count(0)
        assert problems(page, "a member's view") == []

        head.sheet().get_by_role("button", name="Đóng").last.click()
        expect(head.card(audit, code).locator(".alert.bad")).to_be_visible()
        head.open(audit, "xung-dot", code)
        expect(head.page.locator(".side").last).to_contain_text(NAME)
        head.page.get_by_role("button", name="Chọn bản 2").click()
        head.page.locator("dialog[open]").get_by_role("button", name="Chọn bản 2").click()
        expect(head.page.get_by_text("Không có xung đột nào")).to_be_visible()
        head.brought()
        member.sheet().get_by_role("button", name="Đóng").last.click()
        expect(page.get_by_text("Không có xung đột nào")).to_be_visible()


def _write(tablet: Tablet, audit: str, code: str, text: str) -> None:
    card = tablet.card(audit, code)
    tablet.grade(card, "opportunity")
    tablet.fields(card).get_by_label("Bằng chứng, ghi nhận").fill(text)
    tablet.page.locator("h1").first.evaluate("() => document.activeElement.blur()")
    expect(tablet.page.locator(".save")).to_have_attribute("data-state", "saved")
