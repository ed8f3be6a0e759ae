"""The main job, end to end: an inspector answers and concludes an audit, the committee sees the number move and
downloads the workbook, LibreOffice opens it."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Site
from tests.browser.test_answer_page import grade, sign_in, state

pytestmark = [pytest.mark.browser, pytest.mark.office]

DAY = "2020-11-30"


def test_from_the_answer_to_the_workbook(page: Page, site: Site, tmp_path: Path) -> None:
    page.set_default_timeout(20_000)
    before = _audited(page, site)
    _sign_out(page)

    sign_in(page, site)
    page.goto("/cuoc-kiem-tra/cua-toi")
    row = page.locator("main table tbody tr").first
    unit = row.locator("a").first.inner_text()
    row.locator("a").first.click()
    if "/tra-loi" not in page.url:
        page.locator("main a[href$='/tra-loi']").first.click()
    expect(page.locator("html.js")).to_be_attached()
    _answer_everything(page)
    state(page, "saved")
    page.goto(page.url.split("?")[0].replace("/tra-loi", "/ket-thuc"))
    page.locator("[name=minuted_on]").fill("2020-11-27")
    page.locator("main form[method=post] button[type=submit]").first.click()
    dialog = page.locator("dialog[open]")
    if dialog.count():
        dialog.locator("button").last.click()
    expect(page.locator("main")).to_contain_text("Đã lập biên bản")
    _sign_out(page)

    after = _audited(page, site)
    assert after == before + 1
    page.goto(f"/tong-hop/don-vi?nam=2020&ngay={DAY}&tim={unit}")
    expect(page.locator("main table")).to_contain_text(unit)

    page.goto(f"/bao-cao?nam=2020&ngay={DAY}")
    with page.expect_download() as download:
        page.locator("main a[href*='.xlsx'], main form[action*='.xlsx'] button").first.click()
    workbook = tmp_path / "bao-cao-iso-2020.xlsx"
    download.value.save_as(workbook)
    _open_with_libreoffice(workbook, tmp_path)


def _answer_everything(page: Page) -> None:
    """Every question conforms, but for one that does not; questions that open on an answer are answered too."""
    for _ in range(3):
        codes = page.evaluate(
            "() => [...document.querySelectorAll('.q[id]')].filter(each => each.offsetParent"
            " && each.querySelector('button[value=conformity]') && !each.dataset.grade).map(each => each.id)"
        )
        for code in codes:
            grade(page, code, "conformity")
        if not codes:
            break
    grade(page, "A-03", "minor")
    question = page.locator("[id='A-03']")
    question.locator("textarea[name=note]").fill("Chưa có danh mục hồ sơ kèm kế hoạch")
    question.locator("[data-days='30']").click()


def _audited(page: Page, site: Site) -> int:
    """The number of communes audited, as the dashboard shows it on the day."""
    sign_in(page, site, "bancd")
    page.goto(f"/tong-hop?nam=2020&ngay={DAY}")
    row = page.locator("table tr", has_text="Lượt kiểm tra").last
    numbers = re.findall(r"\d+", row.locator("td").last.inner_text())
    return int(numbers[-1])


def _sign_out(page: Page) -> None:
    page.evaluate("() => document.querySelector(\"form[action$='/dang-xuat']\").submit()")
    page.wait_for_url("**/dang-nhap*")
    page.context.clear_cookies()


def _open_with_libreoffice(workbook: Path, folder: Path) -> None:
    """LibreOffice reads it and finds no error cell."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "ods",
            "--outdir",
            str(folder / "ods"),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    book = CalamineWorkbook.from_path(folder / "ods" / "bao-cao-iso-2020.ods")
    assert "Tổng hợp" in book.sheet_names
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert not [
        cell for cell in cells if isinstance(cell, str) and cell.startswith(("#REF", "#VALUE", "#NAME", "#DIV"))
    ]
