"""A real server on a copy of the example year, and a real Chromium (Debian's) that opens it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import warm

ISOAUDIT = str(Path(sys.executable).parent / "isoaudit")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: its address, its instance folder, and the demo accounts (username → password)."""

    url: str
    instance: Path
    accounts: dict[str, str]


@pytest.fixture(scope="session")
def example_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An instance with the example year loaded, to be copied; whichever process needs it first loads it for all."""
    here = tmp_path_factory.getbasetemp()
    place = here if worker_id == "master" else here.parent
    folder, loaded = place / "example", place / "example.loaded"
    with (place / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            folder.mkdir()
            subprocess.run([ISOAUDIT, "demo", "--load-only"], check=True, env=_environment(folder), capture_output=True)
            loaded.touch()
    return folder


@pytest.fixture
def site(example_instance: Path, tmp_path: Path) -> Iterator[Site]:
    """A server on its own copy of the example year."""
    with served(example_instance, tmp_path) as opened:
        yield opened


@contextmanager
def served(example_instance: Path, folder: Path, *program: str) -> Iterator[Site]:
    """A server on a copy of the example year in this folder: `isoaudit serve`, or a program that is given the port and
    the folder."""
    shutil.copytree(example_instance, folder / "instance")
    with serving(folder, _free_port(), *program) as opened:
        yield opened


@contextmanager
def serving(folder: Path, port: int, *program: str) -> Iterator[Site]:
    """A server on the instance in this folder."""
    instance, log, url = folder / "instance", folder / "server.log", f"http://127.0.0.1:{port}"
    environment = _environment(instance) | {"ISOAUDIT_ALLOW_DEMO_ACCOUNTS": "yes"}
    with _started([*program, str(port), str(folder)], environment, log) if program else _warm(port, environment, log):
        answering(url)
        yield Site(url, instance, _accounts(instance))


@contextmanager
def _started(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("ab") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            server.terminate()
            server.wait(10)


@contextmanager
def _warm(port: int, environment: dict[str, str], log: Path) -> Iterator[None]:
    compiled = log.parent.parent / "compiled"
    compiled.mkdir(exist_ok=True)
    server = warm.start(port, environment, log, compiled)
    try:
        yield
    finally:
        server.terminate()
        server.join(10)
        server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A tablet-sized window on the site; an error in the page's scripts or a refused policy fails the test."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800}, locale="vi-VN")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield opened
    context.close()
    assert problems == []


def _environment(folder: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ISOAUDIT_")}
    return clean | {"ISOAUDIT_INSTANCE": str(folder), "ISOAUDIT_ARGON2_MEMORY_KIB": "1024"}


def _accounts(folder: Path) -> dict[str, str]:
    lines = (folder / "demo-accounts.txt").read_text("utf-8").splitlines()
    return {parts[0]: parts[1] for line in lines if len(parts := line.split()) >= 2 and not line.startswith("#")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answering(url: str) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
