"""Importing in a real browser: a file with errors, the list of them, the corrected file with readings to agree to, the
import, and the same file again."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_answer_page import sign_in

pytestmark = pytest.mark.browser

HEAD = "code,name,kind,valid_from\n"


def test_from_a_file_with_errors_to_the_import_and_again(page: Page, site: Site, tmp_path: Path) -> None:
    page.set_default_timeout(20_000)
    sign_in(page, site, "thuongtruc")

    _send(page, tmp_path, HEAD + "ZZ1,Xã Thử Một,bộ,2021-01-01\nZZ2,Xã Thử Hai,commune,2021-02-30\n")
    expect(page.locator("main")).to_contain_text("Có 2 chỗ cần sửa, chưa ghi gì")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải danh sách chỗ cần sửa").click()
    saved = tmp_path / "cho-can-sua.csv"
    download.value.save_as(saved)
    with saved.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    assert [row[:4] for row in rows] == [["units", "2", "kind", "bộ"], ["units", "3", "valid_from", "2021-02-30"]]

    right = HEAD + "ZZ1,Xã Thử Một,Xã,2021-01-01\nZZ2,Xã Thử Hai,commune,28/02/2021\n"
    _send(page, tmp_path, right)
    expect(page.locator("main")).to_contain_text("Tệp đúng, chưa ghi gì")
    page.get_by_role("button", name="Nhập các dòng này").click()
    expect(page.locator("input[name=doc-date]")).to_be_visible()  # nothing is sent before it is agreed to
    for kind in ("date", "word"):
        page.locator(f"input[name=doc-{kind}]").check()
    page.get_by_role("button", name="Nhập các dòng này").click()
    expect(page.locator("main")).to_contain_text("thêm 2 dòng, sửa 0 dòng")
    page.goto("/don-vi?tim=Xã Thử")
    expect(page.locator("main")).to_contain_text("Xã Thử Một")

    _send(page, tmp_path, right)
    expect(page.locator("main")).to_contain_text("nhập cũng không thay đổi gì")

    _send(page, tmp_path, right.replace("Xã Thử Hai", "Xã Thử Ba"))
    changed = page.locator("main table").last
    expect(changed).to_contain_text("Xã Thử Ba")
    for tick in page.locator("form[action$='/ghi'] input[type=checkbox]").all():
        tick.check()
    page.get_by_role("button", name="Nhập các dòng này").click()
    expect(page.locator("main")).to_contain_text("thêm 0 dòng, sửa 1 dòng")


def _send(page: Page, folder: Path, text: str) -> None:
    file = folder / "units.csv"
    file.write_text(text, "utf-8")
    page.goto("/nhap-du-lieu")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    page.wait_for_url("**/nhap-du-lieu/*")
