"""Files that wait between "look at it" and "import it": kept for a day in the instance folder, for the person who sent
them and nobody else.

What is in them is the business of `services.importing`; what was found and how far an import has come is kept beside
them by `services.importing.shelf`. Evidence and documents are kept for good by `services.vault`.
"""

import hashlib
import os
import secrets
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.intake.workbook import LARGEST_FOLDER, is_readme

KEPT = timedelta(days=1)
_WORKBOOK, _TABLE, _ARCHIVE = ".xlsx", ".csv", ".zip"
_FILES = "tep"
_CHUNK = 1 << 20
_MOST_PARTS = 1_000
_LONGEST_STEM = 180
"""Bytes of a name without its suffix: file systems take 255, and a Vietnamese letter is up to three."""


def keep(folder: Path, files: Sequence[tuple[str, BinaryIO]], owner: int, now: datetime) -> str:
    """Keep one XLSX file, the CSV files of one workbook, or a zip of them; returns the key by which the person finds
    them again.

    Raises `Invalid` for anything else, and for more than a workbook may take. Files older than a day are removed. The
    same files sent again by the same person are kept once. Two tables of one name are refused: one would replace the
    other unseen.
    """
    named = [(_short(name), stream) for name, stream in files if name]
    suffixes = [Path(name).suffix.lower() for name, _stream in named]
    if not named or (suffixes not in ([_WORKBOOK], [_ARCHIVE]) and set(suffixes) != {_TABLE}):
        raise Invalid("incoming.kinds", field="file")
    _refuse_twins([name for name, _stream in named], "incoming.name_twice")
    _forget(folder, now)
    with _draft(folder) as draft:
        if suffixes == [_WORKBOOK]:
            place = draft / _FILES / named[0][0]
        else:
            stems = [Path(name).stem for name, _stream in named]
            place = draft / _FILES / (", ".join(stems)[:60].strip(" .,") or "so")
        digest = hashlib.sha256(f"{owner}\n".encode())
        if suffixes == [_ARCHIVE]:
            _unpack(named[0][1], place)
        else:
            room = [LARGEST_FOLDER]
            for name, stream in named:
                _copy(stream, place if place.suffix.lower() == _WORKBOOK else place / name, room)
        for file in sorted(each for each in draft.rglob("*") if each.is_file()):
            digest.update(f"{file.relative_to(draft)}\n{file.stat().st_size}\n".encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        key = digest.hexdigest()
        (draft / "owner").write_text(str(owner), "utf-8")
        kept = folder / key
        if (kept / _FILES).is_dir():
            os.utime(kept)  # the same content for the same person: it is kept anew
        else:
            shutil.rmtree(kept, ignore_errors=True)
            draft.rename(kept)
    return key


def find(folder: Path, key: str, owner: int) -> Path:
    """The folder of that key. Raises `NotFound` when it is no longer there, or is somebody else's."""
    place = folder / key
    if len(key) != 64 or not key.isalnum() or not (place / "owner").is_file():
        raise NotFound("incoming.gone")
    if (place / "owner").read_text("utf-8") != str(owner):
        raise NotFound("incoming.gone")
    return place


def of(folder: Path, owner: int) -> list[Path]:
    """The folders of what a person sent, newest first."""
    places = [each for each in folder.iterdir() if (each / "owner").is_file()] if folder.is_dir() else []
    own = [each for each in places if (each / "owner").read_text("utf-8") == str(owner)]
    return sorted(own, key=lambda each: each.stat().st_mtime, reverse=True)


def workbook(place: Path) -> Path:
    """What was sent: a workbook, or the folder of its tables. Raises `NotFound` when it was imported already."""
    try:
        return next((place / _FILES).iterdir())
    except (FileNotFoundError, StopIteration):
        raise NotFound("incoming.gone") from None


def empty(place: Path) -> None:
    """Remove the files themselves: they were imported. What is known of them stays until it is forgotten."""
    shutil.rmtree(place / _FILES, ignore_errors=True)


def discard(place: Path) -> None:
    """Remove what was kept there."""
    shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder of its own, gone when something goes wrong on the way."""
    draft = folder / f".{secrets.token_hex(8)}"
    draft.mkdir(mode=0o700, parents=True)
    (draft / _FILES).mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy(stream: BinaryIO, target: Path, room: list[int]) -> None:
    """Write a stream to a file, piece by piece; `room` holds how many bytes may still come."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            room[0] -= len(chunk)
            if room[0] < 0:
                raise Invalid(
                    "importing.too_large", field="file", value=target.name, limit=f"{LARGEST_FOLDER >> 20} MB"
                )
            out.write(chunk)


def _short(name: str) -> str:
    """A file's own name, no longer than file systems take; what is cut is never its suffix, which tells its kind."""
    own = Path(unicodedata.normalize("NFC", name.replace("\\", "/"))).name
    place = Path("".join(each for each in own if each.isprintable()))
    return place.stem.encode()[:_LONGEST_STEM].decode(errors="ignore") + place.suffix


def _refuse_twins(names: Sequence[str], code: str) -> None:
    """Names that are one for people, or for a file system, count as one."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise Invalid(code, field="file", value=name)
        seen.add(name.casefold())


def _unpack(stream: BinaryIO, place: Path) -> None:
    """The tables of a zip, whatever folder of it they lie in; other files in it are passed over."""
    room = [LARGEST_FOLDER]
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            tables = [part for part in parts if Path(part.filename).suffix.lower() == _TABLE and not part.is_dir()]
            tables = [part for part in tables if not Path(part.filename).name.startswith(".")]
            names = [_short(part.filename) for part in tables if not is_readme(Path(part.filename).name)]
            if not names or len(parts) > _MOST_PARTS:
                raise Invalid("incoming.archive", field="file")
            _refuse_twins(names, "incoming.archive")
            for part in tables:
                with archive.open(part) as content:
                    _copy(content, place / _short(part.filename), room)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise Invalid("incoming.archive", field="file") from None


def _forget(folder: Path, now: datetime) -> None:
    if folder.is_dir():
        for place in folder.iterdir():
            if place.is_dir() and place.stat().st_mtime < (now - KEPT).timestamp():
                shutil.rmtree(place, ignore_errors=True)
