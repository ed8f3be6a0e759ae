"""Beside the work screen: quick notes filed later, what no list knows, earlier findings, a conflict and its end."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.tablet import API, Tablet
from tests.browser.tablet_work import elsewhere, plain, take

pytestmark = pytest.mark.browser

FINDING = "Chưa niêm yết đủ thủ tục mới ban hành"


@pytest.fixture
def tablet(page: Page, site: Site) -> Tablet:
    """A tablet on which somebody has begun."""
    opened = Tablet(page, site)
    opened.begin()
    return opened


def test_quick_notes_and_what_no_list_knows(tablet: Tablet) -> None:
    page = tablet.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 16.71, "longitude": 106.5, "accuracy": 12})
    audit, criteria = take(tablet)
    tablet.open(audit, "ghi-nhanh")
    page.get_by_label("Ghi chú mới").fill(FINDING)
    page.get_by_role("button", name="Ghi chú tiếp theo").click()
    page.get_by_label("Ghi chú mới").fill("Hỏi lại công chức địa chính")
    page.get_by_label("Tên thủ tục hành chính").fill("Thủ tục chưa ai biết")
    page.get_by_role("button", name="Ghi thêm").click()
    page.get_by_role("button", name="Ghi vị trí hiện tại").click()
    expect(page.get_by_text("16.710000, 106.500000")).to_be_visible()
    code = plain(criteria)[2]
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
    old: dict[str, Any] = {
        "audit": "2019-KT-001",
        "criterion": code,
        "text": "Có quyết định không?",
        "grade": "minor",
        "due_on": "2019-12-31",
    }
    old |= {"description": FINDING, "raised_on": "2019-10-15", "state": "open", "overdue": True}
    before = {"grade": "minor", "note": "Lần trước: thiếu quyết định", "request": "", "minuted_on": "2019-10-15"}
    _tell(page, {"earlier": [old], "previous": {code: before}})
    audit, _ = take(tablet)
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
    audit, criteria = take(tablet)
    code = plain(criteria)[0]
    tablet.open(audit)
    tablet.cut()
    card = tablet.card(audit, code)
    tablet.grade(card, "minor")
    tablet.fields(card).get_by_label("Bằng chứng, ghi nhận").fill("Thấy trên máy này")
    elsewhere(page, audit, code, {"grade": "major", "note": "Thấy trên máy khác"})
    tablet.reach()
    said = tablet.sheet()
    expect(said).to_contain_text("1 nội dung xung đột, trưởng đoàn cần xử lý")
    said.get_by_role("button", name="Đóng").last.click()
    tablet.brought()

    expect(card.locator(".alert.bad")).to_contain_text("Hai người ghi khác nhau")
    card.get_by_role("link", name="Xem và xử lý").click()
    sides = page.locator(".side")
    expect(sides).to_have_count(2)
    expect(sides.first).to_contain_text("Thấy trên máy khác")
    expect(sides.last).to_contain_text("máy này")
    page.get_by_role("button", name="Ghi bản hợp nhất").click()
    dialog = page.locator("dialog[open]")
    note = dialog.get_by_role("textbox", name="Bằng chứng, ghi nhận")
    expect(note).to_have_value("Thấy trên máy khác")
    dialog.get_by_role("button", name="Tất cả các bản").first.click()
    expect(note).to_have_value("Thấy trên máy khác\nThấy trên máy này")
    dialog.get_by_role("button", name="Không phù hợp nhẹ").click()
    dialog.get_by_role("button", name="Ghi bản hợp nhất").click()
    expect(page.locator("main")).to_contain_text("Không có xung đột nào")
    tablet.brought()
    settled = tablet.package(audit)["answers"][code]
    assert settled["conflict"] is False
    assert settled["value"]["grade"] == "minor"
    assert settled["value"]["note"] == "Thấy trên máy khác\nThấy trên máy này"


def _tell(page: Page, more: dict[str, Any]) -> None:
    """Let packages say more than the example year holds."""

    def answer(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json=told.json() | more)

    page.route(re.compile(rf"{API}/packages/[^/]+$"), answer)
