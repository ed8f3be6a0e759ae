"""The vault: uploaded files under their SHA-256 in the evidence folder, checked by content and size.

A file is written before the transaction that names it commits; one that nothing names does no harm. Sending a file to
a browser (always as an attachment) is the business of `isoaudit.http`.
"""

import hashlib
import io
import os
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import filetype
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from isoaudit.db import Evidence
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.services import log

PDF = "application/pdf"
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", WEBP: ".webp", DOCX: ".docx", XLSX: ".xlsx"}
PICTURES = frozenset({JPEG, PNG, WEBP})
DOCUMENTS = frozenset(SUFFIXES)
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MEGABYTE = 1024 * 1024


def media_type(content: bytes) -> str | None:
    """What the file is by its content, whatever its name says; None when it is of no kind that is accepted."""
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                names = set(opened.namelist())
        except (zipfile.BadZipFile, ValueError):
            return None
        if any(name.endswith("vbaProject.bin") for name in names):
            return None
        return next((kind for part, kind in _PARTS.items() if part in names), None)
    guessed = filetype.guess(content[:8192])
    found = guessed.mime if guessed else None
    return found if found in SUFFIXES else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that lies in the vault and waits for its row: what it is by its content, `size` in bytes."""

    sha256: str
    size: int
    media_type: str
    name: str


def place(
    folder: Path,
    *,
    name: str,
    content: bytes,
    max_mb: int,
    kinds: frozenset[str] = DOCUMENTS,
    sha256: str | None = None,
) -> Placed:
    """Check a file and write it under its digest, without touching the database; `sha256` is what the sender says it
    is. Raises Invalid: `upload.empty`, `upload.size`, `upload.kind`, `upload.digest`.
    """
    shown = Path(name.replace("\\", "/")).name[:200] or "tệp"
    if not content:
        raise Invalid("upload.empty", field="file", name=shown)
    if len(content) > max_mb * _MEGABYTE:
        raise Invalid("upload.size", field="file", name=shown, most=max_mb)
    digest = hashlib.sha256(content).hexdigest()
    if sha256 is not None and sha256.lower() != digest:
        raise Invalid("upload.digest", field="file", name=shown)
    kind = media_type(content)
    if kind is None or kind not in kinds:
        accepted = ", ".join(SUFFIXES[each].removeprefix(".").upper() for each in SUFFIXES if each in kinds)
        raise Invalid("upload.kind", field="file", name=shown, kinds=accepted)
    target = path(folder, digest)
    if not target.exists():
        _write(target, content)
    return Placed(digest, len(content), kind, shown)


def enter(
    session: Session, placed: Placed, *, province_id: int, by: log.Actor, now: datetime, example: bool = False
) -> Evidence:
    """The row of a file, made when the province has none yet; two requests may bring the same file at once."""
    found = session.get(Evidence, (province_id, placed.sha256))
    if found is not None:
        return found
    row = Evidence(
        province_id=province_id,
        sha256=placed.sha256,
        size=placed.size,
        media_type=placed.media_type,
        name=placed.name,
        added_at=now,
        added_by=by.user_id,
        example=example,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return session.get_one(Evidence, (province_id, placed.sha256))
    sha256, size = placed.sha256, placed.size
    log.append(session, province_id, "evidence.add", placed.name, by=by, now=now, sha256=sha256, size=size)
    return row


def store(
    session: Session,
    folder: Path,
    *,
    province_id: int,
    name: str,
    content: bytes,
    max_mb: int,
    by: log.Actor,
    now: datetime,
    kinds: frozenset[str] = DOCUMENTS,
    sha256: str | None = None,
    example: bool = False,
) -> Evidence:
    """Keep a file with its row; the same content is kept once a province. Raises as `place` does."""
    placed = place(folder, name=name, content=content, max_mb=max_mb, kinds=kinds, sha256=sha256)
    return enter(session, placed, province_id=province_id, by=by, now=now, example=example)


def path(folder: Path, sha256: str) -> Path:
    """Where the file of that digest lies, whether it is there or not."""
    return folder / sha256[:2] / sha256


def find(folder: Path, sha256: str) -> Path:
    """The file of that digest. Raises NotFound."""
    target = path(folder, sha256)
    if len(sha256) != 64 or not sha256.isalnum() or not target.is_file():
        raise NotFound("upload.missing", sha256=sha256[:64])
    return target


def _write(target: Path, content: bytes) -> None:
    """Write whole or not at all, and to the disk, before anything names it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
