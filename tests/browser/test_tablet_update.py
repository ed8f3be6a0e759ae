"""A new version of the tablet app: installed whole or not at all, and taking over only when no audit is open."""

import base64
import hashlib
import http.client
import json
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.test_tablet_frame import CONTROLLED, begin, open_first, take_along, unlock

pytestmark = pytest.mark.browser

UPDATED = "v2"
UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"
REFUSED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  while (registration.installing) await new Promise((after) => setTimeout(after, 50));
  return registration.waiting === null;
}"""


class _Proxy(ThreadingHTTPServer):
    """Stands before the site and can serve another version of the app, whole or with a file that does not come."""

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.target = urlsplit(site.url).netloc
        self.updated = self.broken = False

    def changed(self, path: str, body: bytes) -> bytes:
        """The body as the other version has it."""
        if not self.updated:
            return body
        if path == "/tablet/":
            return body.replace(b"</body>", f"<!-- {UPDATED} --></body>".encode())
        if path == "/tablet/sw.js":
            return self._listed(body)
        return body

    def _listed(self, worker: bytes) -> bytes:
        head, rest = worker.split(b";\n", 1)
        listed = json.loads(head.partition(b"=")[2])
        for each in listed:
            if each["url"] == "/tablet/":
                digest = hashlib.sha384(self.changed("/tablet/", fetch(self.target, "/tablet/"))).digest()
                each |= {"revision": UPDATED, "integrity": f"sha384-{base64.b64encode(digest).decode()}"}
            if each["url"].startswith("/static/icons/") and self.broken:
                each |= {"url": each["url"] + "&broken", "revision": UPDATED}
        return b"self.__WB_MANIFEST=" + json.dumps(listed).encode() + b";\n" + rest


class _Passing(BaseHTTPRequestHandler):
    server: _Proxy

    def _pass(self) -> None:
        if "broken" in self.path:
            self.send_error(503)
            return
        connection = http.client.HTTPConnection(self.server.target, timeout=30)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wanted = {
            name: value
            for name, value in self.headers.items()
            if name not in {"If-None-Match", "Connection", "Accept-Encoding"}
        }
        with closing(connection):
            connection.request(self.command, self.path, body or None, wanted)
            answer = connection.getresponse()
            content = self.server.changed(self.path, answer.read())
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"content-length", "connection", "transfer-encoding", "etag", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        with suppress(ConnectionError):  # a browser that went on to another page listens no more
            self.end_headers()
            self.wfile.write(content if self.command != "HEAD" else b"")

    do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = _pass

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def fetch(host: str, path: str) -> bytes:
    """What the site answers to a GET."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path)
    content = connection.getresponse().read()
    connection.close()
    return content


@pytest.fixture
def proxy(site: Site) -> Iterator[_Proxy]:
    """The site behind a proxy of the test's own."""
    server = _Proxy(site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_an_update_is_whole_or_not_at_all_and_waits_for_the_open_audit(
    browser: Browser, site: Site, proxy: _Proxy
) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{proxy.server_port}", locale="vi-VN")
    page = context.new_page()
    begin(page, site)
    take_along(page)
    page.wait_for_function(CONTROLLED)
    open_first(page)
    proxy.updated = proxy.broken = True
    page.evaluate(UPDATE)
    assert page.evaluate(REFUSED)

    proxy.broken = False
    page.evaluate(UPDATE)
    expect(page.locator(".notices")).to_contain_text("Có bản mới của ứng dụng", timeout=20_000)
    page.locator(".grade[data-grade=major]").first.click()
    expect(page.locator(".grade[data-grade=major]").first).to_have_attribute("aria-pressed", "true")
    assert UPDATED not in page.content()

    page.get_by_role("link", name="Về danh sách", exact=True).click()
    expect(page.locator("#pin")).to_be_visible(timeout=40_000)
    assert UPDATED in page.content()
    unlock(page)
    open_first(page)
    expect(page.locator(".grade[data-grade=major]").first).to_have_attribute("aria-pressed", "true")
    context.close()
