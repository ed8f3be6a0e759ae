"""The minutes on the spot, in the app as it is served: dossiers, meetings, the unit's word, the draft, two signatures
without a network, the file that is handed over, the server's paper, an amendment."""

import json
import math
import re
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import problems
from tests.browser.test_answer_page import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.office]

API = "/tablet/api/v1"
PIN = "135790"
SHORTCOMING, SUGGESTION = "Kế hoạch chưa phân công người theo dõi", "Nên niêm yết bảng theo dõi mục tiêu"
RESERVED = "Đã phân công bằng văn bản khác"
SCREENS = ("ho-so", "hop", "y-kien", "bien-ban", "ky")


def test_from_the_first_dossier_to_the_signed_paper(page: Page, site: Site, tmp_path: Path) -> None:
    page.set_default_timeout(20_000)
    audit = _take_along(page, site)
    _another_device(page, audit)
    page.context.set_offline(True)
    _dossier(page, audit)
    _meeting(page, audit)
    _word(page, audit)
    _draft(page, audit, tmp_path)
    digest = _sign(page, audit)
    _final(page, audit, digest, tmp_path)

    page.context.set_offline(False)
    _sync(page)
    paper = page.request.get(f"/cuoc-kiem-tra/{audit}/bien-ban").text()
    assert paper.count('aria-label="Chữ ký của') == 2
    for said in (digest, SHORTCOMING, SUGGESTION, "H-77", RESERVED, "Hồ Văn Pả, Chủ tịch UBND xã"):
        assert said in paper

    _release(page, audit)
    _amend(page, audit)
    _sync(page)
    paper = page.request.get(f"/cuoc-kiem-tra/{audit}/bien-ban").text()
    assert f"thay thế biên bản đã ký có mã nội dung {digest[:16]}" in paper
    assert "không ký biên bản, lý do: Chờ xin ý kiến cấp trên" in paper


def test_every_screen_is_for_everyone(page: Page, site: Site) -> None:
    page.set_default_timeout(20_000)
    audit = _take_along(page, site)
    _dossier(page, audit)
    _meeting(page, audit)
    _word(page, audit)
    found: list[str] = []
    for screen in (*SCREENS, "ho-so/moi"):
        _open(page, audit, screen)
        found += problems(page, screen)
    assert found == [], "\n".join(found)


def _take_along(page: Page, site: Site) -> str:
    """An audit with all its answers, on the device of its head."""
    sign_in(page, site)
    chosen = next(
        each
        for each in page.request.get(f"{API}/packages").json()["packages"]
        if each["role"] == "head" and each["state"] in ("planned", "under_way")
    )
    audit = chosen["audit"]
    _answer(page, audit)
    page.goto("/tablet/#/bat-dau")
    for _ in range(2):
        page.locator("#pin").fill(PIN)
        page.locator(".key.done").click()
    expect(page.locator("nav.app-tabs")).to_be_visible(timeout=30_000)
    page.goto("/tablet/#/mang-theo")
    page.locator(".pick", has_text=chosen["unit"]["name"]).first.click()
    page.locator(".dock .button.primary").click()
    expect(page.locator(".said-one, .flag").first).to_be_visible()
    return str(audit)


def _answer(page: Page, audit: str) -> None:
    """Every criterion conforms but two, answered from another device."""
    criteria = page.request.get(f"{API}/packages/{audit}").json()["checklist"]["criteria"]
    device = str(uuid.uuid4())
    found: dict[int, dict[str, Any]] = {
        2: {"grade": "minor", "note": SHORTCOMING, "due_on": "2027-12-31", "request": "Phân công lại"},
        8: {"grade": "opportunity", "note": SUGGESTION},
    }
    empty = {"note": "", "reason": "", "due_on": None, "request": "", "evidence": [], "documents": [], "dossiers": []}
    operations = [
        {"op_id": str(uuid.uuid4()), "device_id": device, "seq": place + 1, "audit": audit, "base_revision": 0}
        | {"kind": "answer", "criterion": each["code"], "at": "2020-11-17T08:00:00+07:00"}
        | {"value": {"grade": "conformity"} | empty | found.get(place, {})}
        for place, each in enumerate(criteria)
    ]
    token = page.request.get(f"{API}/session").json()["csrf"]
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    said = page.request.post(f"{API}/operations", data=json.dumps({"operations": operations}), headers=headers).json()
    assert {each["outcome"] for each in said["operations"]} == {"accepted"}


def _another_device(page: Page, audit: str) -> None:
    """A device that has taken the audit along and still holds something of it."""
    token = page.request.get(f"{API}/session").json()["csrf"]
    held = {"audit": audit, "operations": 1, "photos": 0, "drafts": 0}
    told = {"name": "Máy số 9", "app": "thử", "last_seq": 1, "chain": "", "audits": [held]}
    answer = page.request.put(f"{API}/devices/{uuid.uuid4()}", data=told, headers={"X-CSRFToken": token})
    assert answer.ok, answer.text()


def _release(page: Page, audit: str) -> None:
    """The head waits no longer for a device that will not come: the minutes stand."""
    _open(page, audit, "ky")
    expect(page.locator(".page-lead")).to_contain_text("Đã ký, chờ 01 thiết bị: Máy số 9", timeout=20_000)
    page.get_by_role("button", name="Không chờ thiết bị này").click()
    page.locator("dialog textarea").fill("Máy hỏng")
    page.get_by_role("button", name="Không chờ nữa").click()
    expect(page.locator("main h1")).to_have_text("Biên bản đã lập", timeout=20_000)


def _open(page: Page, audit: str, screen: str) -> None:
    page.evaluate("(to) => { location.hash = to; }", f"#/cuoc/{audit}/{screen}")
    expect(page.locator("main h1").first).to_be_visible()
    expect(page.locator(".save")).to_have_attribute("data-state", "saved")


def _dossier(page: Page, audit: str) -> None:
    _open(page, audit, "ho-so")
    page.get_by_role("button", name="Thêm hồ sơ").click()
    number = page.get_by_label("Số hồ sơ")
    number.fill("045123456789")
    expect(page.locator(".error")).to_contain_text("giấy tờ tùy thân")
    number.fill("H-77")
    expect(page.locator(".error")).to_have_count(0)
    page.get_by_label("Thủ tục hành chính").fill("Chứng thực bản sao")
    page.get_by_label("Lĩnh vực").fill("Chứng thực")
    for label, day in (
        ("Ngày tiếp nhận", "2020-10-05"),
        ("Ngày hẹn trả", "2020-10-06"),
        ("Ngày trả kết quả", "2020-10-09"),
    ):
        page.get_by_label(label, exact=True).fill(day)
        page.get_by_label(label, exact=True).blur()
    expect(page.locator(".alert.bad")).to_contain_text("Trả quá hạn 03 ngày")
    page.get_by_role("button", name="Xong").click()
    expect(page.locator("table.dossiers")).to_contain_text("quá hạn 03 ngày")


def _meeting(page: Page, audit: str) -> None:
    _open(page, audit, "hop")
    page.get_by_label("Địa điểm").fill("Trụ sở UBND xã")
    page.get_by_role("button", name="Ghi cả đoàn").click()
    page.get_by_role("button", name="Thêm người dự").last.click()
    unit = page.locator("section.panel", has_text="Đơn vị được kiểm tra")
    unit.get_by_label("Họ và tên").fill("Hồ Văn Pả")
    unit.get_by_label("Chức vụ").fill("Chủ tịch UBND xã")
    page.get_by_label("Ưu điểm").fill("Lãnh đạo quan tâm chỉ đạo")


def _word(page: Page, audit: str) -> None:
    _open(page, audit, "y-kien")
    card = page.locator(".finding-word", has_text=SHORTCOMING)
    card.get_by_role("button", name="Bảo lưu ý kiến").click()
    card.locator("textarea").fill(RESERVED)
    expect(card).to_contain_text("chờ thông báo kết luận")
    page.locator(".finding-word", has_text=SUGGESTION).get_by_role("button", name="Nhất trí").click()


def _draft(page: Page, audit: str, folder: Path) -> None:
    """The draft says that it is one, on every page, and prints without anything of the app."""
    _open(page, audit, "bien-ban")
    article = page.locator("article.sheet")
    for said in ("DỰ THẢO", SHORTCOMING, SUGGESTION, "H-77", f"bảo lưu ý kiến: {RESERVED}", "31/12/2027"):
        expect(article).to_contain_text(said)
    pages = _printed(page, folder / "draft.pdf")
    assert len(pages) >= 2
    assert "Hồ sơ mẫu" not in "".join(pages)
    assert "Lưu tệp" not in "".join(pages)
    assert re.match(r"\s*2\n", pages[1])
    for each in pages:
        assert "dự thảo" in each


def _sign(page: Page, audit: str) -> str:
    _open(page, audit, "ky")
    expect(page.get_by_label("Ngày ghi trên biên bản")).to_have_value("2020-11-17")
    expect(page.get_by_label("Họ và tên").first).to_have_value("Hồ Văn Pả")
    conclude = page.get_by_role("button", name="Ký và khóa biên bản")
    conclude.click()
    expect(page.locator(".error").first).to_contain_text("chưa ký")
    for canvas in page.locator("canvas").all():
        _draw(page, canvas)
    conclude.click()
    page.get_by_role("button", name="Ký biên bản", exact=True).click()
    expect(page.locator("main h1")).to_have_text("Biên bản đã ký")
    digest = page.locator(".sign-digest").inner_text()
    assert re.fullmatch("[0-9a-f]{64}", digest)
    _open(page, audit, "hop")
    expect(page.get_by_label("Địa điểm")).to_be_disabled()
    return digest


def _draw(page: Page, canvas: Locator) -> None:
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(box["x"] + 40 + 9 * step, box["y"] + 60 + 25 * math.sin(step))
    page.mouse.up()


def _final(page: Page, audit: str, digest: str, folder: Path) -> None:
    """The signed paper, and the file of it opened where nothing of the app is."""
    _open(page, audit, "bien-ban")
    article = page.locator("article.sheet")
    expect(article).not_to_contain_text("DỰ THẢO")
    expect(article.locator("svg path")).to_have_count(2)
    expect(article).to_contain_text(digest)
    with page.expect_download() as download:
        page.get_by_role("button", name="Lưu tệp").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == f"bien-ban-{audit}-{digest[:8]}.html"
    other = page.context.new_page()
    other.goto(file.as_uri())
    expect(other.locator("article.sheet svg path")).to_have_count(2)
    pages = _printed(other, folder / "file.pdf")
    other.close()
    text = "".join(pages)
    for said in ("BIÊN BẢN", SHORTCOMING, "H-77", "TRƯỞNG ĐOÀN", "Hồ Văn Pả", digest[:16]):
        assert said in text
    assert "DỰ THẢO" not in text


def _amend(page: Page, audit: str) -> None:
    _open(page, audit, "ky")
    page.get_by_role("button", name="Lập bản sửa đổi").click()
    page.locator("dialog textarea").fill("Ghi thiếu ưu điểm")
    page.get_by_role("button", name="Mở để sửa đổi").click()
    expect(page.locator("main .alert.warn:not(#sign-warnings)")).to_contain_text("Đang lập bản sửa đổi")
    page.get_by_label("Đại diện đơn vị không ký").check()
    page.get_by_label("Lý do không ký").fill("Chờ xin ý kiến cấp trên")
    _draw(page, page.locator("canvas").last)
    page.get_by_role("button", name="Ký và khóa biên bản").click()
    page.get_by_role("button", name="Ký biên bản", exact=True).click()
    expect(page.locator("main h1")).to_have_text(re.compile("Biên bản đã"))


def _sync(page: Page) -> None:
    """Everything has reached the server."""
    expect(page.locator(".tool.sync .waiting")).to_have_count(0, timeout=20_000)


def _printed(page: Page, file: Path) -> list[str]:
    """The text of each page as it is printed."""
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True).stdout.decode()
    return text.split("\f")[:-1]
