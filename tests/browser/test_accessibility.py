"""Every page that each role can reach by its links: WCAG 2.2 AA by axe-core, no sideways scrolling on a phone, and
nothing to press that is lower than a finger is wide. Light everywhere, dark on the pages with the most colours."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

import isoaudit
from tests.browser.conftest import Site
from tests.browser.test_answer_page import sign_in

pytestmark = pytest.mark.browser

AXE = Path(isoaudit.__file__).parent / "client" / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WITHOUT_COLOURS = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# In a narrow window a page has the same structure, but what is hidden there has no name, what is squeezed is too small,
# and what scrolls has to be reached. The whole of axe runs on the pages that are also looked at in the dark.
NAMES = "area-alt button-name frame-title image-alt input-button-name input-image-alt label link-name object-alt"
NAMES += (
    " aria-command-name aria-input-field-name aria-toggle-field-name role-img-alt select-name summary-name svg-img-alt"
)
NARROW = {
    "runOnly": {"type": "rule", "values": [*NAMES.split(), "target-size", "scrollable-region-focusable"]},
    "resultTypes": ["violations"],
}
RUN_AXE = """async (options) => {
  const found = await axe.run(options);
  return found.violations.flatMap((each) =>
    each.nodes.slice(0, 4).map((node) => `${each.id}: ${node.target} ${node.failureSummary.split("\\n")[1] || ""}`));
}"""

SET_THEME = "(theme) => { document.querySelector('#dark').media = theme === 'dark' ? 'screen' : 'not all'; }"

# Rows and questions repeat what the first ones show; without the rest axe takes a tenth of the time.
SHORTEN = """() => {
  for (const table of document.querySelectorAll("table")) [...table.rows].slice(30).forEach((row) => row.remove());
  for (const list of document.querySelectorAll("ol, ul")) [...list.children].slice(12).forEach((each) => each.remove());
  [...document.querySelectorAll("section.group")].slice(4).forEach((each) => each.remove());
}"""

# What a finger cannot press: a control lower than 44 px. Links that run in a text or stand in a cell may be lower,
# and the parts of a drawing, whose figures are also links in the table below it.
TOO_LOW = """() => {
  const low = (each) => {
    if (each.type === "hidden" || !each.checkVisibility() || each.closest("svg, .unseen, .skip")) return false;
    const running = getComputedStyle(each).display === "inline" || each.closest("td, tbody th");
    if (each.tagName === "A" && running && !each.closest(".button")) return false;
    const box = /^(checkbox|radio)$/.test(each.type) ? each.closest("label, td") || each : each;
    return box.getBoundingClientRect().height < 43.9;
  };
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(low)
    .slice(0, 5).map((each) => `${each.outerHTML.slice(0, 90)} ${each.getBoundingClientRect().height}`);
}"""

LINKS = "() => [...document.querySelectorAll('a[href]:not(svg a)')].map((each) => each.href)"
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"

ROLES = {
    "thuongtruc": {
        "/cong-bo",
        "/van-ban",
        "/van-ban/*",
        "/van-ban/them",
        "/van-ban/*/sua",
        "/nhiem-vu",
        "/nhiem-vu/them",
        "/thiet-lap",
        "/nhap-du-lieu",
        "/ke-hoach",
        "/ke-hoach/*",
        "/ke-hoach/*/sua",
        "/ke-hoach/lap",
        "/ke-hoach/doan/*",
        "/don-vi/*/cong-bo/them",
        "/don-vi/*/noi-dung/them",
        "/don-vi/*/viec-hang-nam/them",
        "/don-vi/*/tthc/them",
        "/don-vi/*/dien-ap-dung/them",
        "/don-vi/*/khong-ap-dung/them",
        "/ke-hoach/*/ho-so",
        "/ke-hoach/*/ho-so/*",
        "/ke-hoach/*/ho-so/*/ghi",
        "/cuoc-kiem-tra",
        "/cuoc-kiem-tra/nhap-nguon-khac",
        "/cuoc-kiem-tra/*/bien-ban",
        "/cuoc-kiem-tra/*/ho-so",
        "/cuoc-kiem-tra/*/ho-so/*",
        "/cuoc-kiem-tra/*/chuong-trinh",
        "/cuoc-kiem-tra/*/bao-luu",
        "/diem-khong-phu-hop",
        "/diem-khong-phu-hop/*",
        "/phieu-kiem-tra",
        "/phieu-kiem-tra/*",
        "/phieu-kiem-tra/*/in",
    },
    "bancd": {
        "/tong-hop",
        "/tong-hop/don-vi",
        "/tong-hop/dieu-khoan",
        "/tong-hop/dieu-khoan/*",
        "/tong-hop/diem-khong-phu-hop",
        "/tong-hop/luot-kiem-tra",
        "/tong-hop/nhiem-vu",
        "/tong-hop/cach-tinh",
        "/bao-cao",
        "/don-vi",
        "/don-vi/*",
        "/don-vi/*/qua-trinh",
        "/cuoc-kiem-tra/*",
        "/tro-giup",
        "/tai-khoan",
    },
    "kiemtra": {"/cuoc-kiem-tra/cua-toi", "/cuoc-kiem-tra/*/tra-loi", "/cuoc-kiem-tra/*/ket-thuc"},
    "donvi": {"/don-vi/cua-toi", "/tai-khoan"},
    "quantri": {
        "/quan-tri/tai-khoan",
        "/quan-tri/tai-khoan/*",
        "/quan-tri/tai-khoan/them",
        "/quan-tri/tai-khoan/nhap",
        "/quan-tri/nhat-ky",
        "/tai-khoan/mat-khau",
        "/tai-khoan/xac-thuc-hai-lop",
    },
}
DARK = ("/tong-hop", "/tong-hop/dieu-khoan", "/tong-hop/don-vi", "/cuoc-kiem-tra/*/tra-loi", "/don-vi/*", "/tai-khoan")


def test_signing_in_is_for_everyone(page: Page, site: Site) -> None:
    for address in ("/dang-nhap", "/tro-giup"):
        page.goto(address)
        assert _problems(page, address, dark=True) + _on_a_phone(page, address) == []


def test_every_page_is_for_everyone(page: Page, site: Site) -> None:
    page.set_default_timeout(60_000)
    problems: list[str] = []
    looked_at: set[str] = set()
    for role, expected in ROLES.items():
        page.context.clear_cookies()
        sign_in(page, site, role)
        seen: set[str] = set()
        for kind, address in _walk(page):
            seen.add(kind)
            if kind not in looked_at:
                problems += _problems(page, address, dark=kind in DARK)
            problems += _on_a_phone(page, address)
        looked_at |= seen
        assert expected - seen == set(), f"pages that no link leads {role} to"
    assert problems == []


def _walk(page: Page) -> Iterator[tuple[str, str]]:
    """One page of each kind that links lead to from the first page, nearest first; each is open when it comes."""
    waiting = [urlsplit(page.url).path]
    known = {_kind(waiting[0])}
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(f"{address}?theme=light")
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        for link in page.evaluate(LINKS):
            path = urlsplit(link).path
            kind = _kind(path)
            if kind not in known and not _is_file(kind):
                known.add(kind)
                waiting.append(path)
        yield _kind(address), address


def _is_file(kind: str) -> bool:
    """Whether it is a download, or the tablet's app, whose screens have tests of their own."""
    files = (
        ".csv",
        ".xlsx",
        ".docx",
        ".pdf",
        "/tai/docx",
        "/tai/pdf",
        "/xlsform",
        "/catalog",
        "/plan",
        "/tep",
        "/giay-to/*",
        "/tablet/",
    )
    return kind.endswith(files) or "/tep/" in kind


def _kind(path: str) -> str:
    """The address with its records left out: /don-vi/9 and /don-vi/12 are one kind of page."""
    path = re.sub(r"^/(phieu-kiem-tra)/[^/]+/[^/]+", r"/\1/*", path)
    path = re.sub(r"^/(diem-khong-phu-hop|tong-hop/dieu-khoan)/.+", r"/\1/*", path)
    path = re.sub(r"/ho-so/[a-z_]+", "/ho-so/*", path)
    return re.sub(r"/(?:\d+|\d{4}-[A-Z]+-\d+)(?=/|$)", "/*", path)


def _problems(page: Page, address: str, *, dark: bool) -> list[str]:
    """What axe finds on the open page, light on a desk and on a phone; with `dark`, its colours at night too. The
    window stays as narrow as a phone."""
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(SHORTEN)
    looks = [("night", DESK, "dark", COLOURS)] if dark else []
    looks += [("desk", DESK, "light", EVERYTHING), ("phone", PHONE, "light", WITHOUT_COLOURS if dark else NARROW)]
    found: list[str] = []
    for name, size, theme, options in looks:
        if page.viewport_size != size:
            page.set_viewport_size(size)
        page.evaluate(SET_THEME, theme)
        found += [f"{address}, {name}: {each}" for each in page.evaluate(RUN_AXE, options)]
    return found


def _on_a_phone(page: Page, address: str) -> list[str]:
    """What a finger misses on the open page, and whether it must be pushed sideways."""
    if page.viewport_size != PHONE:
        page.set_viewport_size(PHONE)
    found = [f"{address}: too low: {each}" for each in page.evaluate(TOO_LOW)]
    if (wider := page.evaluate(OVERFLOW)) > 0:
        found.append(f"{address}: {wider} px wider than a phone")
    page.set_viewport_size(DESK)
    return found
