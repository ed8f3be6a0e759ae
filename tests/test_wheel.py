"""The wheel carries everything: installed in a fresh environment, away from the checkout, it serves its first page."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.wheel


def test_the_installed_wheel_serves_its_first_page(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
    )
    (wheel,) = tmp_path.glob("isoaudit-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "isoaudit/_shipped/templates/web/base.html",
        "isoaudit/_shipped/checklists/published.toml",
        "isoaudit/migrations/versions/0001_first_tables.py",
        "isoaudit/registers/quang-tri/units.csv",
        "isoaudit/static/built/fonts/Tinos_400Regular.ttf",
        "isoaudit/static/built/pages.js",
        "isoaudit/translations/en/LC_MESSAGES/messages.mo",
    ):
        assert needed in names
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    pip = [sys.executable, "-m", "pip", "--python", home / "bin/python", "install"]
    pip += ["-q", "--disable-pip-version-check", "--no-compile"]  # what is never imported need not be compiled
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    environment = {"PATH": os.environ["PATH"], "ISOAUDIT_INSTANCE": str(tmp_path / "instance")}
    isoaudit = str(home / "bin/isoaudit")
    for command in (["db", "upgrade"], ["checklist", "publish", "--all"], ["units", "load", "quang-tri"]):
        subprocess.run([isoaudit, *command], check=True, cwd=tmp_path, env=environment)
    port = _free_port()
    server = subprocess.Popen([isoaudit, "serve", "--port", str(port)], cwd=tmp_path, env=environment)
    try:
        assert "isoaudit" in _first_page(port)
    finally:
        server.terminate()
        server.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_page(port: int) -> str:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
