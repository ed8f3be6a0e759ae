"""From a workbook with errors to an issued report and its correction, in the real browser; LibreOffice opens what was
issued, and what was issued stays the same bytes."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_accessibility import _on_a_phone as on_a_phone
from tests.browser.test_accessibility import _problems as problems_of
from tests.browser.test_answer_page import sign_in
from tests.workbooks import Sheets, table, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.office]

OWN_WORDS = "Toàn tỉnh triển khai đồng bộ theo kế hoạch; số liệu chi tiết nêu tại các phụ lục."


def exemption(unit: str) -> Sheets:
    return {"exemptions": table("unit | from | reason", f"{unit} | 2020-01-01 | Không có thủ tục hành chính")}


def test_import_report_freeze_and_correction(page: Page, site: Site, tmp_path: Path) -> None:
    page.set_default_timeout(30_000)
    sign_in(page, site, "thuongtruc")

    upload(page, xlsx(tmp_path / "sai.xlsx", exemption("99999")))
    expect(page.locator("main")).to_contain_text("99999")
    expect(page.locator("main")).to_contain_text("chưa ghi gì")
    upload(page, xlsx(tmp_path / "dung.xlsx", exemption("19333")))
    bring(page)

    report = draft(page)
    number = report.rpartition("/")[2]
    for_everyone(page, "/bao-cao/lap", f"/bao-cao/{number}", f"/bao-cao/{number}/doan/opening", "/bao-cao/co-quan/so")
    page.goto(report)
    page.locator("a[href$='/doan/who.units']").click()
    page.locator("[name=text]").fill(OWN_WORDS)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator("[id='who.units'] ins").first).to_be_visible()
    approve(page)
    issue(page, "137/BC-SKHCN", "2020-12-02")
    expect(page.locator("main")).to_contain_text("Báo cáo số 137/BC-SKHCN ngày 02/12/2020")
    first = files(page, tmp_path / "mot")
    assert set(first) == {"xlsx", "docx", "pdf"}
    for kind in ("xlsx", "docx"):
        opens_in_libreoffice(tmp_path / "mot" / f"bao-cao-iso-2020.{kind}", tmp_path)

    for_everyone(
        page, f"/bao-cao/{number}", f"/bao-cao/{number}/ban-ky", "/bao-cao", "/bao-cao/co-quan", "/tong-hop?nam=2020"
    )
    page.goto("/tong-hop?nam=2020")
    expect(page.locator("main")).to_contain_text("Số liệu đã chốt theo Báo cáo số 137/BC-SKHCN")

    upload(page, xlsx(tmp_path / "them.xlsx", exemption("19336")))
    bring(page)
    page.goto("/tong-hop?nam=2020")
    page.get_by_role("link", name="Hôm nay sẽ khác gì").click()
    expect(page.locator("main table")).to_contain_text("Không thuộc đối tượng áp dụng")

    page.goto(report)
    ask(page, "Lập báo cáo đính chính")
    expect(page.locator("main")).to_contain_text("Thay đổi so với báo cáo được thay thế")
    expect(page.locator("main")).to_contain_text(OWN_WORDS.split(";")[0])
    approve(page)
    issue(page, "150/BC-SKHCN", "2020-12-20")
    expect(page.locator("main")).to_contain_text("Nội dung đính chính")
    page.goto(report)
    expect(page.locator("main")).to_contain_text("Báo cáo này đã được thay thế")
    assert files(page, tmp_path / "hai") == first


def for_everyone(page: Page, *addresses: str) -> None:
    """Pages that exist only once there is a report: WCAG by axe, light and dark, and on a phone."""
    for address in addresses:
        page.goto(address)
        assert problems_of(page, address, dark=True) == []
        assert on_a_phone(page, address) == []


def upload(page: Page, file: Path) -> None:
    """Have a workbook looked at."""
    page.goto("/nhap-du-lieu")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    page.wait_for_load_state()


def bring(page: Page) -> None:
    """Import what was looked at."""
    page.get_by_role("button", name="Nhập các dòng này").click()
    expect(page.locator("main")).to_contain_text("Đã nhập")


def draft(page: Page) -> str:
    """A draft of the year; its address."""
    page.goto("/bao-cao/lap")
    page.locator("[name=year]").fill("2020")
    page.locator("[name=as_of]").fill("2020-11-30")
    page.get_by_role("button", name="Lập dự thảo").click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+$"))
    return page.url


def ask(page: Page, name: str) -> None:
    """Press a button that asks again, and say yes."""
    page.locator("details[data-confirm] summary", has_text=name).click()
    page.locator("dialog[open] button[type=submit]").click()
    page.wait_for_load_state()


def approve(page: Page) -> None:
    ask(page, "Duyệt dự thảo")
    expect(page.locator("main")).to_contain_text("Đã duyệt dự thảo")


def issue(page: Page, number: str, day: str) -> None:
    """Issue an approved report; the page goes on by itself from file to file."""
    page.get_by_role("link", name="Phát hành").click()
    page.locator("[name=number]").fill(number)
    page.locator("[name=issued_on]").fill(day)
    page.locator("[name=signer]").fill("Trần Ngọc Lân")
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Phát hành và chốt số liệu").click()
    expect(page.locator("main")).to_contain_text("Tệp đã lưu", timeout=60_000)


def files(page: Page, folder: Path) -> dict[str, str]:
    """The stored files, kind → digest of what is downloaded."""
    folder.mkdir()
    found = {}
    for link in page.locator("main table a[href*='/tep/']").all():
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        download.value.save_as(folder / name)
        found[name.rpartition(".")[2]] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    return found


def opens_in_libreoffice(file: Path, folder: Path) -> None:
    """It is converted to PDF without a complaint."""
    place = folder / "lo"
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{place}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(place),
            str(file),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert (place / f"{file.stem}.pdf").stat().st_size > 10_000, done.stderr
