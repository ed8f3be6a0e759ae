"""A day of a team where there is no network, from taking an audit along to the committee's number: every criterion
answered, twenty photos, dossiers, meetings, the unit's word, the minutes, two signatures, and the sync by itself."""

import hashlib
import re
from base64 import b64encode
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.desk import office
from tests.browser.photos import painted, with_exif
from tests.browser.tablet import Tablet

pytestmark = pytest.mark.browser

DAY = "2020-11-30"
SHORTCOMING = "Chưa có kế hoạch duy trì, cải tiến hệ thống năm 2020"
GRAVE = "Sáu hồ sơ chứng thực quá hạn, không có phiếu xin lỗi"
SUGGESTION = "Nên niêm yết số điện thoại phản ánh ở nơi dễ thấy"
REASON = "Xã không được giao thực hiện nội dung này"
RESERVED = "Kế hoạch đã ban hành, đang chờ đóng dấu"
PHOTOS = 20
SEEN = """async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  const at = (x, y) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)];
  return { width: picture.width, height: picture.height, left: at(20, 20), right: at(picture.width - 20, 20) };
}"""


def test_a_whole_audit_without_a_network(page: Page, browser: Browser, site: Site) -> None:
    before = _audited(browser, site)
    tablet = Tablet(page, site)
    tablet.begin()
    audit = next(each["audit"] for each in tablet.listed() if each["role"] == "head" and not each["core_only"])
    tablet.take(audit)
    tablet.go("#/cai-dat")
    page.get_by_label("Giữ thời điểm chụp").check()
    criteria = tablet.package(audit)["checklist"]["criteria"]
    plain = [each["code"] for each in criteria if not each["gate"] and each["when"] is None and each["core"]]
    first = with_exif(painted(page, 4000, 3000, 0), orientation=6)
    photos = [painted(page, 800, 600, seed) for seed in range(1, PHOTOS)]

    tablet.cut()
    tablet.reload()
    findings = dict(zip(("minor", "major", "opportunity", "not_applicable"), plain, strict=False))
    _answer(tablet, audit, findings)
    _photograph(tablet, audit, plain[0], [first])
    _photograph(tablet, audit, plain[1], photos[:10])
    _photograph(tablet, audit, plain[4], photos[10:])
    tablet.open(audit)
    tablet.conform()
    expect(page.locator(".dock-done")).to_have_text("Đã trả lời hết")
    answered = page.locator(".work-progress b").inner_text()
    assert int(answered) >= 110

    _dossiers(tablet, audit)
    _meeting(tablet, audit)
    _word(tablet, audit)
    _minutes(tablet, audit)
    digest = _sign(tablet, audit)
    tablet.reload()
    expect(page.locator(".sign-digest")).to_have_text(digest)
    assert tablet.sent == {}

    tablet.reach()
    tablet.brought()
    expect(page.locator("main h1")).to_have_text("Biên bản đã lập")
    assert tablet.agrees() == len(tablet.sent) > 130
    package = tablet.package(audit)
    assert (package["state"], package["minuted_on"], package["signature"]["digest"]) == (
        "minuted",
        "2020-11-17",
        digest,
    )
    assert sum(each["value"]["grade"] is not None for each in package["answers"].values()) == int(answered)
    _taken(package)
    assert _audited(browser, site) == before + 1
    _at_the_office(page, audit, package, findings)
    with office(browser, site, "/thiet-bi") as desk:
        expect(desk.locator("main")).to_contain_text(tablet.head()["chain"][:12])
        _conclude(desk, site, audit)
    assert tablet.package(audit)["state"] == "concluded"
    page.goto(f"/diem-khong-phu-hop/{audit}/{findings['minor']}")
    expect(page.locator("main")).not_to_contain_text("có, chờ thông báo kết luận")


def _conclude(desk: Page, site: Site, audit: str) -> None:
    """The office writes down the notice of conclusion, with what it decided on the finding that the unit contests."""
    desk.goto(f"{site.url}/cuoc-kiem-tra/{audit}/ket-luan")
    desk.locator("[name=document]").fill("08/KH-SKHCN")
    desk.locator("[name=concluded_on]").fill(DAY)
    desk.locator("[name^=decided-grade-]").select_option("minor")
    desk.locator("[name^=decided-reason-]").fill("Văn bản chưa ký vào ngày kiểm tra")
    desk.get_by_role("button", name="Ghi thông báo kết luận").click()
    expect(desk.locator("main")).to_contain_text("Đã ghi thông báo kết luận")


def _answer(tablet: Tablet, audit: str, findings: dict[str, str]) -> None:
    """One of each grade, with what it calls for."""
    page = tablet.page
    for grade, code in findings.items():
        card = tablet.card(audit, code)
        tablet.grade(card, grade)
        fields = tablet.fields(card)
        if grade == "not_applicable":
            fields.get_by_label("Lý do không áp dụng").fill(REASON)
            continue
        said = {"minor": SHORTCOMING, "major": GRAVE, "opportunity": SUGGESTION}[grade]
        fields.get_by_label("Bằng chứng, ghi nhận").fill(said)
        fields.get_by_label("Kiến nghị với đơn vị").fill(f"Đề nghị xem lại: {said}")
        if grade != "opportunity":
            fields.get_by_role("button", name="30 ngày").click()
    expect(page.locator(".save")).to_have_attribute("data-state", "saved")


def _photograph(tablet: Tablet, audit: str, code: str, photos: list[bytes]) -> None:
    tablet.photograph(tablet.fields(tablet.card(audit, code)), photos)


def _dossiers(tablet: Tablet, audit: str) -> None:
    page = tablet.page
    tablet.open(audit, "ho-so")
    for number, (area, returned) in enumerate((("Chứng thực", "2020-10-09"), ("Hộ tịch", "2020-10-06"))):
        page.get_by_role("button", name="Thêm hồ sơ").click()
        page.get_by_label("Số hồ sơ").fill(f"H-{number}")
        page.get_by_label("Thủ tục hành chính").fill("Chứng thực bản sao")
        page.get_by_label("Lĩnh vực").fill(area)
        days = (("Ngày tiếp nhận", "2020-10-05"), ("Ngày hẹn trả", "2020-10-06"), ("Ngày trả kết quả", returned))
        for label, day in days:
            page.get_by_label(label, exact=True).fill(day)
            page.get_by_label(label, exact=True).blur()
        page.get_by_role("button", name="Xong").click()
    expect(page.locator("table.dossiers")).to_contain_text("quá hạn 03 ngày")


def _meeting(tablet: Tablet, audit: str) -> None:
    page = tablet.page
    tablet.open(audit, "hop")
    page.get_by_label("Địa điểm").fill("Trụ sở UBND xã Hướng Phùng")
    page.get_by_role("button", name="Ghi cả đoàn").click()
    page.get_by_role("button", name="Thêm người dự").last.click()
    unit = page.locator("section.panel", has_text="Đơn vị được kiểm tra")
    unit.get_by_label("Họ và tên").fill("Hồ Văn Pả")
    unit.get_by_label("Chức vụ").fill("Chủ tịch UBND xã")
    page.get_by_label("Ưu điểm").fill("Lãnh đạo xã quan tâm chỉ đạo")


def _word(tablet: Tablet, audit: str) -> None:
    page = tablet.page
    tablet.open(audit, "y-kien")
    card = page.locator(".finding-word", has_text=SHORTCOMING)
    card.get_by_role("button", name="Bảo lưu ý kiến").click()
    card.locator("textarea").fill(RESERVED)
    page.get_by_role("button", name=re.compile("Nhất trí .* nội dung chưa có ý kiến")).click()
    page.get_by_role("button", name="Ghi nhất trí").click()
    expect(page.locator(".page-lead")).to_contain_text("Nhất trí: 2; có ý kiến: 0; bảo lưu: 1; chưa hỏi: 0")


def _minutes(tablet: Tablet, audit: str) -> None:
    tablet.open(audit, "bien-ban")
    article = tablet.page.locator("article.sheet")
    for said in ("DỰ THẢO", SHORTCOMING, GRAVE, SUGGESTION, "H-0", RESERVED, "Hồ Văn Pả"):
        expect(article).to_contain_text(said)


def _sign(tablet: Tablet, audit: str) -> str:
    page = tablet.page
    tablet.open(audit, "ky")
    expect(page.get_by_text("Đã đủ nội dung để ký")).to_be_visible()
    for canvas in page.locator("canvas").all():
        tablet.signature(canvas)
    page.get_by_role("button", name="Ký và khóa biên bản").click()
    page.get_by_role("button", name="Ký biên bản", exact=True).click()
    expect(page.locator("main h1")).to_have_text("Biên bản đã ký")
    return page.locator(".sign-digest").inner_text()


def _taken(package: Any) -> None:
    """When the large photo was taken was allowed to be kept, where not."""
    told = [each["value"] for name, each in package["entries"].items() if name.startswith("photo/")]
    assert len(told) == PHOTOS
    timed = [each for each in told if each["taken_at"]]
    assert [each["taken_at"] for each in timed] == ["2020-11-17T02:12:00.000Z"]
    assert {(each["latitude"], each["longitude"]) for each in told} == {("", "")}


def _at_the_office(page: Page, audit: str, package: Any, findings: dict[str, str]) -> None:
    """The audit's page has the evidence, upright and without the camera's data; the contested mark is there."""
    page.goto(f"/cuoc-kiem-tra/{audit}")
    links = [str(each.get_attribute("href")) for each in page.locator("main a[href*='/tep/']").all()]
    assert len({*links}) == PHOTOS
    for link in links:
        answer = page.request.get(link)
        assert answer.headers["content-type"] == "image/jpeg"
        assert hashlib.sha256(answer.body()).hexdigest() == link.rsplit("/", 1)[1]
        assert b"Exif" not in answer.body()
    large = package["answers"][findings["minor"]]["value"]["evidence"]
    seen = page.evaluate(SEEN, b64encode(page.request.get(f"/cuoc-kiem-tra/{audit}/tep/{large[0]}").body()).decode())
    assert (seen["width"], seen["height"]) == (1200, 1600)
    (red, *others), left = seen["right"], seen["left"]
    assert red > 200 > 60 > max(others)
    assert max(left[1:]) > 60

    page.goto(f"/diem-khong-phu-hop/{audit}/{findings['minor']}")
    expect(page.locator("main")).to_contain_text("có, chờ thông báo kết luận")
    expect(page.locator("main")).to_contain_text(SHORTCOMING)
    page.goto(f"/diem-khong-phu-hop/{audit}/{findings['major']}")
    expect(page.locator("main")).to_contain_text(GRAVE)
    expect(page.locator("main")).not_to_contain_text("có, chờ thông báo kết luận")


def _audited(browser: Browser, site: Site) -> int:
    """The number of communes audited, as the committee's dashboard shows it on the day."""
    with office(browser, site, f"/tong-hop?nam=2020&ngay={DAY}", "bancd") as desk:
        row = desk.locator("table tr", has_text="Lượt kiểm tra").last
        return int(re.findall(r"\d+", row.locator("td").last.inner_text())[-1])
