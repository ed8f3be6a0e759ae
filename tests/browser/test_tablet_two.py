"""Two devices on one audit: what differs is settled by the head on the device and both values stay; what comes after
the signing is kept and shown; a device that will not come is released by the head."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.desk import office
from tests.browser.looks import ONCE, problems
from tests.browser.tablet import Tablet

pytestmark = pytest.mark.browser

FIRST = "Sổ theo dõi thiếu ba hồ sơ chứng thực của tháng mười"
SECOND = "Sổ theo dõi đủ hồ sơ, nên thêm cột ngày hẹn trả"
LATE = "Phát hiện thêm: bản niêm yết ở trụ sở cũ chưa gỡ"


@pytest.fixture
def two(browser: Browser, site: Site) -> Iterator[tuple[Tablet, Tablet]]:
    """Two devices with the app on them."""
    shape = {"width": 1280, "height": 800}
    with (
        browser.new_context(viewport=shape, locale="vi-VN") as one,
        browser.new_context(viewport=shape, locale="vi-VN") as other,
    ):
        pair = Tablet(one.new_page(), site), Tablet(other.new_page(), site)
        for number, tablet in enumerate(pair, 1):
            tablet.begin()
            tablet.go("#/cai-dat")
            tablet.page.get_by_label("Tên thiết bị").fill(f"Máy số {number}")
            tablet.page.get_by_label("Tên thiết bị").blur()
        yield pair


def test_a_conflict_the_signing_and_what_comes_late(two: tuple[Tablet, Tablet], site: Site, browser: Browser) -> None:
    head, other = two
    audit = head.listed()[0]["audit"]
    criteria = head.package(audit)["checklist"]["criteria"]
    plain = [each["code"] for each in criteria if each["when"] is None and not each["gate"]]
    for tablet in two:
        tablet.take(audit)
        tablet.cut()
    _write(head, audit, plain[0], "minor", FIRST)
    _write(other, audit, plain[0], "opportunity", SECOND)
    head.grade(head.card(audit, plain[1]), "conformity")
    other.grade(other.card(audit, plain[2]), "conformity")
    for tablet in (head, other, head):
        _sync(tablet)

    _settle(head, audit, plain[0])
    for tablet in (head, other):
        _sync(tablet)
        card = tablet.card(audit, plain[0])
        expect(card.locator(".grade[aria-pressed=true]")).to_have_attribute("data-grade", "opportunity")
        expect(tablet.fields(card).get_by_label("Bằng chứng, ghi nhận")).to_have_value(SECOND)
        expect(card.get_by_text("Hai người ghi khác nhau")).to_have_count(0)
        for code in plain[1:3]:
            conforms = tablet.card(audit, code).locator(".grade[data-grade=conformity]")
            expect(conforms).to_have_attribute("aria-pressed", "true")
    assert {FIRST, SECOND} <= _history(site, plain[0])
    assert other.agrees() == other.head()["seq"]

    other.cut()
    _write(other, audit, plain[3], "opportunity", LATE)
    _sign(head, audit)
    assert head.package(audit)["state"] == "signed"
    page = head.page
    expect(page.locator(".page-lead")).to_contain_text("Đã ký, chờ 01 thiết bị: Máy số 2")
    page.get_by_role("button", name="Không chờ thiết bị này").click()
    page.locator("dialog[open] textarea").fill("Máy hết pin, về sau")
    page.locator("dialog[open]").get_by_role("button", name="Không chờ nữa").click()
    expect(page.locator("main h1")).to_have_text("Biên bản đã lập")
    expect(page.locator(".card", has_text="Máy số 2")).to_contain_text("không chờ nữa")
    assert head.package(audit)["state"] == "minuted"
    assert problems(page, "signed") == []

    _sync(other)
    other.go("#/dong-bo")
    expect(other.page.locator("main")).to_contain_text(LATE)
    expect(other.page.locator("main")).to_contain_text("xung đột")
    assert problems(other.page, "what came late") == []
    package = head.package(audit)
    kept = package["answers"][plain[3]]
    assert (kept["value"]["grade"], kept["contenders"][-1]["value"]["note"]) == ("conformity", LATE)
    assert package["state"] == "minuted"
    _sync(head)
    said = head.sheet()
    expect(said).to_contain_text(f"{package['unit']['name']}: 1 nội dung đến sau chữ ký, chưa vào biên bản")
    assert problems(page, "late work in the sync sheet", ONCE) == []
    said.get_by_role("link", name="Xem ở Xung đột").click()
    expect(page.locator(".clash")).to_contain_text(LATE)
    head.open(audit, "ky")
    expect(page.locator("#sign-late")).to_contain_text("Có 01 nội dung đến sau chữ ký, chưa vào biên bản")
    expect(page.locator(".page-lead")).not_to_contain_text("đã gửi đủ")
    assert problems(page, "late work on the page of signing") == []
    with office(browser, site, f"/cuoc-kiem-tra/{audit}") as desk:
        expect(desk.locator("main")).to_contain_text(LATE)
    for tablet in two:
        assert tablet.agrees() == tablet.head()["seq"]


def _write(tablet: Tablet, audit: str, code: str, grade: str, text: str) -> None:
    card = tablet.card(audit, code)
    tablet.grade(card, grade)
    fields = tablet.fields(card)
    fields.get_by_label("Bằng chứng, ghi nhận").fill(text)
    if grade == "minor":
        fields.get_by_role("button", name="30 ngày").click()
    tablet.page.locator("h1").first.evaluate("() => document.activeElement.blur()")
    expect(tablet.page.locator(".save")).to_have_attribute("data-state", "saved")


def _sync(tablet: Tablet) -> None:
    tablet.reach()
    said = tablet.sheet()
    expect(said).to_contain_text("Máy chủ đã xác nhận mọi thay đổi")
    tablet.page.keyboard.press("Escape")
    tablet.brought()


def _settle(head: Tablet, audit: str, code: str) -> None:
    """Side by side on the head's device; the second value is chosen."""
    expect(head.card(audit, code)).to_contain_text("Hai người ghi khác nhau; cả hai bản đều được giữ")
    head.card(audit, code).get_by_role("link", name="Xem và xử lý").click()
    sides = head.page.locator(".clash .side")
    expect(sides).to_have_count(2)
    expect(sides.nth(0)).to_contain_text(FIRST)
    expect(sides.nth(1)).to_contain_text(SECOND)
    sides.nth(1).get_by_role("button", name="Chọn bản 2").click()
    head.page.locator("dialog[open]").get_by_role("button", name="Chọn bản 2").click()
    expect(head.page.get_by_text("Không có xung đột nào")).to_be_visible()


def _sign(head: Tablet, audit: str) -> None:
    """All the rest conforms; both sides sign, and it is brought."""
    page = head.page
    head.open(audit)
    head.conform()
    head.open(audit, "ky")
    page.get_by_label("Họ và tên").first.fill("Hồ Văn Pả")
    page.get_by_label("Chức vụ").first.fill("Chủ tịch UBND xã")
    for canvas in page.locator("canvas").all():
        head.signature(canvas)
    page.get_by_role("button", name="Ký và khóa biên bản").click()
    page.get_by_role("button", name="Ký biên bản", exact=True).click()
    expect(page.locator("main h1")).to_have_text("Biên bản đã ký")
    head.brought()


def _history(site: Site, code: str) -> set[str]:
    """Every note that the history has of a criterion."""
    with closing(sqlite3.connect(site.instance / "isoaudit.sqlite3")) as database:
        rows = database.execute("SELECT value FROM operation WHERE target = ?", (code,)).fetchall()
    return {json.loads(value)["note"] for (value,) in rows}
