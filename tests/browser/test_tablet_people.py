"""Several people on one device, and one who has lost the PIN: what each one's tablet holds stays theirs, and stays."""

import json
import os
import subprocess

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ISOAUDIT, Site
from tests.browser.looks import problems
from tests.browser.test_tablet_frame import (
    CONTROLLED,
    answer_first,
    begin,
    give,
    open_first,
    sign_in,
    take_along,
    unlock,
)

pytestmark = pytest.mark.browser


def test_two_people_share_a_device_one_after_the_other(page: Page, site: Site) -> None:
    """The first signs out with unsent work; the second begins, and is told whose session is in the way."""
    begin(page, site)
    first = _signed_in(page)
    unit = take_along(page)
    page.wait_for_function(CONTROLLED)
    open_first(page)
    page.route("**/tablet/api/v1/operations", lambda route: route.abort())
    answer_first(page)

    page.goto("/tablet/#/nguoi")
    page.get_by_role("button", name="Khóa", exact=True).click()
    page.get_by_role("link", name="Thêm người dùng").click()
    expect(page.locator("main")).to_contain_text(f"Máy đang đăng nhập bằng tài khoản {first}")
    page.get_by_role("link", name=f"Mở dữ liệu của {first}").click()
    unlock(page)
    page.goto("/tablet/#/cai-dat")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("dialog[open]")).to_contain_text("mục chưa gửi được gửi sau khi đăng nhập lại")
    page.locator("dialog[open]").get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("#pin")).to_be_visible()
    assert page.request.get("/tablet/api/v1/session").status == 401

    page.get_by_role("link", name="Thêm người dùng").click()
    page.get_by_role("button", name="Tôi đã đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa thấy ai đăng nhập")
    second = _another_inspector(page, site)
    page.goto("/tablet/#/bat-dau")
    expect(page.locator("main")).to_contain_text(f"Xin chào {second}")
    for _ in range(2):
        give(page, "161803")
    expect(page.locator("main")).to_contain_text("Không có cuộc kiểm tra nào")
    page.goto("/tablet/#/")
    expect(page.get_by_text(unit)).to_have_count(0)
    page.get_by_role("button", name="Khóa", exact=True).click()

    page.get_by_role("link", name="Người khác").click()
    expect(page.get_by_role("link", name=first)).to_be_visible()
    assert problems(page, "people") == []
    page.get_by_role("link", name=first).click()
    unlock(page)
    expect(page.locator(".sync .waiting")).to_be_visible()
    page.unroute("**/tablet/api/v1/operations")
    page.goto("/tablet/#/mang-theo")
    expect(page.locator("main")).to_contain_text(f"tài khoản khác ({second}). Đăng xuất")
    page.get_by_role("button", name="Đăng xuất tài khoản đó").click()
    with page.context.expect_page() as opened:
        page.locator("main").get_by_role("link", name="Đăng nhập").click()
    other = opened.value
    other.locator("[name=username]").fill("kiemtra")
    other.locator("[name=password]").fill(site.accounts["kiemtra"])
    other.locator("main button[type=submit]").click()
    expect(page.locator(".pick").first).to_be_visible(timeout=20_000)
    expect(page.locator(".sync .waiting")).to_have_count(0, timeout=20_000)
    open_first(page)
    expect(page.locator(".grade[data-grade=conformity]").first).to_have_attribute("aria-pressed", "true")


def _signed_in(page: Page) -> str:
    name: str = page.request.get("/tablet/api/v1/session").json()["user"]["name"]
    return name


def _another_inspector(page: Page, site: Site) -> str:
    """Add an inspector, sign in as them and set their password; their name."""
    name = "Nguyễn Thị Hoà"
    command = [ISOAUDIT, "user", "add", "hoa", "--name", name, "--role", "inspector", "--format", "json"]
    environment = os.environ | {"ISOAUDIT_INSTANCE": str(site.instance), "ISOAUDIT_ARGON2_MEMORY_KIB": "1024"}
    made = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    site.accounts["hoa"] = json.loads(made.stdout)["password"]
    sign_in(page, site, "hoa")
    page.goto("/tai-khoan/mat-khau")
    page.locator("[name=old]").fill(site.accounts["hoa"])
    for field in ("new", "again"):
        page.locator(f"[name={field}]").fill("Sông Hiếu chảy qua Đông Hà 9!")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("Đã đổi mật khẩu")).to_be_visible()
    return name


def test_a_lost_pin_loses_nothing(page: Page, browser: Browser, site: Site) -> None:
    begin(page, site)
    unit = take_along(page)
    page.get_by_role("button", name="Khóa").click()
    for wrong in range(10):
        give(page, f"31415{wrong}")
        expect(page.locator(".key.done", has_text="…")).to_have_count(0)
    expect(page.get_by_role("link", name="Yêu cầu mở khóa")).to_be_visible()
    assert problems(page, "no tries left") == []
    page.context.set_offline(True)
    page.get_by_role("link", name="Trợ giúp").click()
    expect(page.locator("main")).to_contain_text("Quên mã PIN")
    expect(page.locator("main")).not_to_contain_text(unit)
    page.get_by_role("link", name="Quay lại").click()
    page.context.set_offline(False)
    page.get_by_role("link", name="Yêu cầu mở khóa").click()
    page.get_by_label("Lý do").fill("Quên mã PIN sau kỳ nghỉ")
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_text("Đang chờ cơ quan thường trực chấp thuận")).to_be_visible()
    assert problems(page, "asked for") == []

    office = browser.new_context(base_url=site.url, locale="vi-VN").new_page()
    office.goto("/dang-nhap?next=/thiet-bi")
    office.locator("[name=username]").fill("thuongtruc")
    office.locator("[name=password]").fill(site.accounts["thuongtruc"])
    office.locator("main button[type=submit]").click()
    expect(office.get_by_text("Quên mã PIN sau kỳ nghỉ")).to_be_visible()
    office.locator("summary", has_text="Cho đặt lại").click()
    office.locator("dialog[open], details[open]").get_by_role("button", name="Cho đặt lại").click()
    expect(office.get_by_text("Đã cho đặt mã PIN mới")).to_be_visible()
    office.context.close()

    page.get_by_role("button", name="Kiểm tra lại").click()
    for _ in range(2):
        give(page, "161803")
    expect(page.locator(".app-top .sync")).to_be_visible()
    page.goto("/tablet/#/")
    expect(page.locator(".card-title").first).to_have_text(unit)
    page.get_by_role("button", name="Khóa").click()
    give(page, "161803")
    expect(page.locator(".app-top .sync")).to_be_visible()
