"""The office at its desk, beside a tablet: a window of its own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.tablet import Tablet


@contextmanager
def office(browser: Browser, site: Site, address: str, username: str = "thuongtruc") -> Iterator[Page]:
    """A page of the office (or of another account), in a window that has nothing to do with the tablet."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN") as context:
        desk = Tablet(context.new_page(), site, username)
        desk.sign_in()
        desk.page.goto(f"{site.url}{address}")
        yield desk.page


def import_file(browser: Browser, site: Site, file: Path) -> str:
    """The office takes in a file of unsent work; what it is told."""
    with office(browser, site, "/thiet-bi") as page:
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Nhập tệp").click()
        expect(page.get_by_role("heading", name="Đã nhập tệp chưa gửi")).to_be_visible()
        return re.sub(r"\s+", " ", page.locator("main").inner_text())
