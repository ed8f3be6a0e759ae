"""`make test` and `make check`: every step that CI runs. The quick ones come first; types and import contracts are
checked while the tests run, because they use one core only. The first step that fails ends the run.

Debian's chromium, LibreOffice and poppler are needed by the browser and office tests: installed when root, otherwise
the one command that installs them is named and the run fails. Nothing is skipped in silence.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = "chromium libreoffice-calc libreoffice-writer poppler-utils"
PROGRAMS = ("chromium", "soffice", "pdftoppm")
FAILED = ROOT / ".pytest_cache/v/cache/lastfailed"
STARVED = 4
"""So many failed tests of the browser may be bad luck; more are a fault."""


def step(title: str, *command: str, **environment: str) -> None:
    """Run one step; its failure ends the run with the step's own status."""
    started = time.monotonic()
    print(f"== {title}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False)
    print(f"   {title}: {time.monotonic() - started:.0f} s", flush=True)
    if done.returncode:
        sys.exit(done.returncode)


class Beside:
    """A step that runs beside the next ones; what it printed is told at its end."""

    def __init__(self, title: str, *command: str) -> None:
        self._title = title
        self._running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        atexit.register(self._running.terminate)

    def end(self) -> None:
        """Wait for it; its failure ends the run with its own status."""
        told, _nothing = self._running.communicate()
        print(f"== {self._title}\n{told}", end="", flush=True)
        if self._running.returncode:
            sys.exit(self._running.returncode)


def programs() -> None:
    """Make sure that the browser, the office and the PDF tools are there."""
    if all(map(shutil.which, PROGRAMS)):
        return
    line = f"apt-get install -y --no-install-recommends {PACKAGES}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"Thiếu chương trình cho kiểm thử (programs for the tests are missing); hãy chạy: sudo {line}")
    step("apt-get update", "apt-get", "-q", "update", DEBIAN_FRONTEND="noninteractive")
    step("apt-get install", *line.replace("install", "-q install", 1).split(), DEBIAN_FRONTEND="noninteractive")


def lint() -> list[Beside]:
    """Format and lint; types and import contracts begun."""
    step("ruff format", str(BIN / "ruff"), "format", "--check", "--quiet", ".")
    step("ruff check", str(BIN / "ruff"), "check", "--quiet", ".")
    return [
        Beside("import contracts", str(BIN / "lint-imports"), "--no-cache"),
        Beside("mypy", str(BIN / "mypy"), "--no-error-summary"),
    ]


def tests(*arguments: str, title: str = "tests on SQLite and PostgreSQL") -> None:
    """pytest, derandomised. When nothing but a few tests in the real browser failed, those are run once more, alone:
    with both cores busy a browser is at times starved beyond every patience. What fails again fails the run, and the
    first failure stays in what was printed."""
    pytest = [str(BIN / "python"), "-m", "pytest", "-q"]
    compiled = {
        "HYPOTHESIS_PROFILE": "ci",
        "PYTHONDONTWRITEBYTECODE": "",
    }  # compiled tests are kept, whatever the shell says
    try:
        step(title, *pytest, "-n", "2", "--dist", "worksteal", *arguments, **compiled)
    except SystemExit as stop:
        failed = json.loads(FAILED.read_text()) if FAILED.exists() else {}
        if (
            stop.code != 1
            or not 0 < len(failed) <= STARVED
            or not all(name.startswith("tests/browser/") for name in failed)
        ):
            raise
        step("once more, alone: " + ", ".join(failed), *pytest, "-n", "0", *failed, **compiled)


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "check"
    begun = lint()
    if what == "all":
        programs()
        tests()
    else:
        quick = "not browser and not office and not wheel and not thorough"
        tests("-m", quick, "-k", "not postgresql", title="quick tests, on SQLite")
    for each in begun:
        each.end()
