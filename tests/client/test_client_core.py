"""The tablet's rules, storage and model under node: `npm test` in isoaudit/client, on `tests/cases` as well."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = Path(__file__).resolve().parents[2] / "isoaudit" / "client"
BIN = Path(sys.executable).parent


def _path() -> str:
    """The system's node when it is recent enough, as in the Makefile; otherwise the one beside Python."""
    node = shutil.which("node")
    recent = "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)"
    if node and shutil.which("npm") and subprocess.run([node, "-e", recent], check=False).returncode == 0:
        return os.environ["PATH"]
    return f"{BIN}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.thorough
def test_npm_test_passes() -> None:
    environment = os.environ | {"PATH": _path()}
    npm = shutil.which("npm", path=environment["PATH"])
    assert npm, "npm is missing: make setup"
    done = subprocess.run(
        [npm, "test", "--silent"], cwd=CLIENT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
