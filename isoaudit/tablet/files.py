"""The files of which the app is made, and the version that is their digest.

The service worker installs exactly these, whole or not at all: each is named with its digest, so that one which changes
while it is being fetched makes the installing fail instead of mixing two versions. The version covers the worker too.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from flask import render_template, url_for

from isoaudit.http.assets import asset
from isoaudit.shipped import STATIC, TEMPLATES

BUILT = "built/tablet"
WORKER = "sw.js"
_NAMED_BY_SHELL = ("built/tablet/app.css", "built/tablet/app.js", "icons/favicon.svg")
_MADE_OF = ("tablet/shell.html",)
_VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True)
class AppFile:
    """A file that the worker keeps: its address, the digest by which the cache knows it, and what the browser checks
    it against (Subresource Integrity, SHA-384)."""

    url: str
    revision: str
    integrity: str

    @classmethod
    def of(cls, url: str, content: bytes) -> "AppFile":
        """The entry of a file with that content."""
        checked = base64.b64encode(hashlib.sha384(content).digest()).decode()
        return cls(url, hashlib.sha256(content).hexdigest()[:_VERSION_DIGITS], f"sha384-{checked}")


def shell() -> str:
    """The page that the app starts from. It holds no data: the same bytes for everybody, until the version changes."""
    return _shell(version())


def manifest() -> str:
    """The web app manifest: what makes the app installable."""
    icon = {"type": "image/png", "purpose": "any"}
    told = {
        "id": url_for("tablet.index"),
        "name": "Kiểm tra ISO hành chính",
        "short_name": "Kiểm tra ISO",
        "description": "Kiểm tra tại chỗ việc áp dụng TCVN ISO 9001, làm việc cả khi không có mạng.",
        "lang": "vi",
        "start_url": url_for("tablet.index"),
        "scope": url_for("tablet.index"),
        "display": "standalone",
        "theme_color": "#153b5e",
        "background_color": "#f4f6f8",
        "icons": [
            {"src": asset("icons/app-192.png"), "sizes": "192x192", **icon},
            {"src": asset("icons/app-512.png"), "sizes": "512x512", **icon},
            {"src": asset("icons/app-maskable-512.png"), "sizes": "512x512", **icon, "purpose": "maskable"},
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def worker() -> str:
    """The service worker with its list of files in front: `self.__WB_MANIFEST` and `self.__VERSION`.

    Raises FileNotFoundError while the client is not built.
    """
    listed = json.dumps([asdict(each) for each in (AppFile.of(url_for("tablet.index"), shell().encode()), *_others())])
    head = f"self.__WB_MANIFEST={listed};\nself.__VERSION={json.dumps(version())};\n"
    return head + (STATIC / BUILT / WORKER).read_text("utf-8")


def version() -> str:
    """The digest of all files of the app, the worker too."""
    return _version(tuple(_changed()))


def _shell(version_told: str) -> str:
    return render_template("tablet/shell.html", version=version_told)


@lru_cache(maxsize=4)
def _version(_changed: tuple[tuple[Path, int], ...]) -> str:
    parts = [_shell("").encode(), *(f"{each.url} {each.integrity}".encode() for each in _others())]
    source = STATIC / BUILT / WORKER
    if source.exists():
        parts.append(source.read_bytes())
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:_VERSION_DIGITS]


def _others() -> list[AppFile]:
    """Every file besides the shell: what the shell names by its digest, and pieces that scripts load by name."""
    kept = [AppFile.of(url_for("tablet.manifest"), manifest().encode())]
    for file in _built():
        name = file.relative_to(STATIC).as_posix()
        address = asset(name) if name in _NAMED_BY_SHELL else url_for("static", filename=name)
        kept.append(AppFile.of(address, file.read_bytes()))
    return kept


def _built() -> list[Path]:
    made = [file for file in (STATIC / BUILT).rglob("*") if file.is_file() and file.suffix != ".map"]
    return sorted([STATIC / "icons/favicon.svg", *(file for file in made if file.name != WORKER)])


def _changed() -> Iterator[tuple[Path, int]]:
    """When each file was written last: the version is made anew only when one was."""
    icons = (STATIC / "icons").glob("app-*.png")
    for file in (*_built(), STATIC / BUILT / WORKER, *sorted(icons), *(TEMPLATES / name for name in _MADE_OF)):
        if file.exists():
            yield file, file.stat().st_mtime_ns
