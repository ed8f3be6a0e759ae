"""Files that wait between "look at it" and "import it": kept for a day in the instance folder, under their digest.

What is in them is the business of `services.importing`. Evidence and documents are kept for good by `services.vault`.
"""

import hashlib
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from isoaudit.domain.errors import Invalid, NotFound

KEPT = timedelta(days=1)
_WORKBOOK, _TABLE = ".xlsx", ".csv"


def keep(folder: Path, files: Sequence[tuple[str, bytes]], now: datetime) -> str:
    """Keep one XLSX file, or the CSV files of one workbook; returns the key by which they are found again.

    Raises `Invalid` for anything else. Files older than a day are removed.
    """
    named = [(Path(name.replace("\\", "/")).name[:100], content) for name, content in files if name]
    suffixes = [Path(name).suffix.lower() for name, _content in named]
    if not named or (suffixes != [_WORKBOOK] and set(suffixes) != {_TABLE}):
        raise Invalid("incoming.kinds", field="file")
    _forget(folder, now)
    digest = hashlib.sha256()
    for name, content in sorted(named):
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    place = folder / digest.hexdigest()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in named:
        (place / name).write_bytes(content)
    return place.name


def find(folder: Path, key: str) -> Path:
    """The workbook of that key: a file, or a folder of tables. Raises `NotFound` when it is no longer there."""
    place = folder / key
    if len(key) != 64 or not key.isalnum() or not place.is_dir():
        raise NotFound("incoming.gone")
    workbooks = sorted(place.glob(f"*{_WORKBOOK}")) or sorted(place.glob(f"*{_WORKBOOK.upper()}"))
    return workbooks[0] if workbooks else place


def discard(folder: Path, key: str) -> None:
    """Remove what was kept under that key."""
    find(folder, key)
    shutil.rmtree(folder / key)


def _forget(folder: Path, now: datetime) -> None:
    if folder.is_dir():
        for place in folder.iterdir():
            if place.is_dir() and place.stat().st_mtime < (now - KEPT).timestamp():
                shutil.rmtree(place, ignore_errors=True)
