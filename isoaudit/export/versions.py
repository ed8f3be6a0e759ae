"""Which version of a writer made a file, and which parts of two files differ (RULES §10).

A version names what the bytes depend on besides the content: the sources of the writers and of the rules they use, the
libraries, the typeface. Two equal versions make the same bytes of the same content.
"""

import hashlib
import re
import zipfile
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from isoaudit import __version__
from isoaudit.shipped import FONTS

_PACKAGE = Path(__file__).resolve().parent.parent
_SOURCES = ("export", "domain")
_LIBRARIES = {
    "xlsx": ("xlsxwriter",),
    "docx": ("python-docx", "lxml", "resvg-py"),
    "pdf": ("typst",),
}
_WITH_FONTS = ("docx", "pdf")
_HEAD = 16
_PIECES = re.compile(rb"\b(\d+) \d+ obj\b")


def writer_version(kind: str) -> str:
    """What writes files of this kind now, in one line: "isoaudit 0.1.0+1f2e…; typst 0.13.1; phông 3c4d…"."""
    parts = [f"isoaudit {__version__}+{_sources()[:_HEAD]}"]
    parts += [f"{name} {version(name)}" for name in _LIBRARIES[kind]]
    if kind in _WITH_FONTS:
        parts.append(f"phông {_fonts()[:_HEAD]}")
    return "; ".join(parts)


def differing_parts(before: bytes, after: bytes) -> list[str]:
    """The parts of which two files differ: members of an XLSX or DOCX, else the first byte that is another."""
    if before == after:
        return []
    if before.startswith(b"PK") and after.startswith(b"PK"):
        old, new = _members(before), _members(after)
        named = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
        return named or ["zip"]
    place = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if place is None:
        return [f"{min(len(before), len(after))}…"]
    found = [match[1].decode() for match in _PIECES.finditer(before[:place])]
    return [f"obj {found[-1]} (byte {place})" if found else f"byte {place}"]


def _members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@cache
def _sources() -> str:
    """SHA-256 of the sources on which the bytes depend."""
    found = hashlib.sha256()
    for folder in _SOURCES:
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.suffix in (".py", ".typ"):
                found.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


@cache
def _fonts() -> str:
    found = hashlib.sha256()
    for path in sorted(FONTS.glob("**/*")):
        if path.is_file():
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
