"""Photos and papers from tablets: uploaded in pieces that a broken network may cut anywhere, then kept in the vault.

What has come of a file lies in `evidence/.partial`, one draft an account and digest, so that nobody's pieces mix with
another's; two devices of one account that send the same file write the same bytes to the same places. A draft becomes
evidence only when its digest is the one promised, otherwise it is thrown away. Nothing here decides what an answer
names: a file may come before or after it.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import String, bindparam, cast, select
from sqlalchemy.orm import Session

from isoaudit.db import AnswerRevision, Base, Entry, Evidence, TeamMember
from isoaudit.domain.errors import Conflict, Invalid, NotFound, Refusal
from isoaudit.services import log, rates, signing, vault

LARGEST_MB = 15
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
KINDS = vault.PICTURES | {vault.PDF}
KEPT = timedelta(days=14)
"""How long a draft waits for its next piece."""
DRAFT_BYTES = 300 * 1024 * 1024
"""The most that the drafts of one account take together."""
FILES_A_DAY = 2000
"""The most files that one account brings in a day."""
_DAY_SECONDS = 24 * 3600
_FOLDER = ".partial"
_FILES = Base.metadata.tables["evidence"]
_SIZE = select(_FILES.c.size).where(
    _FILES.c.province_id == bindparam("province"), _FILES.c.sha256 == bindparam("sha256")
)


class OffsetWrong(Conflict):
    """A piece that does not go on where the last one ended; `offset` is where to go on."""

    def __init__(self, sha256: str, offset: int) -> None:
        super().__init__("evidence.offset", record=sha256[:12], offset=offset)
        self.offset = offset


class OverQuota(Refusal):
    """The account has brought too much for now."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("evidence.quota", seconds=seconds)


@dataclass(frozen=True, slots=True)
class Upload:
    """Who sends which file: `sha256` is its digest as promised, 64 hexadecimal digits."""

    province_id: int
    user_id: int
    sha256: str

    def name(self, length: int) -> str:
        """The name of the draft of a file of that many bytes."""
        return f"{self.sha256}-{self.province_id}-{self.user_id}-{length}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes are there, and how many there will be."""

    offset: int
    length: int

    @property
    def complete(self) -> bool:
        """Whether all of it is there."""
        return self.offset == self.length


def progress(session: Session, folder: Path, upload: Upload) -> Progress:
    """How much of a file is there; all of it when anybody of the province has brought it. Raises NotFound."""
    size = _there(session, folder, upload)
    if size is not None:
        return Progress(size, size)
    for draft in _drafts(folder, upload):
        with contextlib.suppress(FileNotFoundError):  # finished or given up meanwhile
            return Progress(draft.stat().st_size, int(draft.name.rpartition("-")[2]))
    raise NotFound("evidence.missing", record=upload.sha256[:12])


def expect(session: Session, folder: Path, upload: Upload, now: datetime) -> int | None:
    """The size of a file that is there already, None when it may be sent; asked before its first piece. Raises
    OverQuota."""
    size = _there(session, folder, upload)
    if size is None and rates.used(session, _counter(upload), _DAY_SECONDS, now) >= FILES_A_DAY:
        raise OverQuota(rates.wait(_DAY_SECONDS, now))
    return size


def append(folder: Path, upload: Upload, piece: bytes, *, offset: int, length: int, now: datetime) -> Progress:
    """Add a piece to the draft of a file of `length` bytes. Touches no database.

    Raises OffsetWrong when the draft does not end at `offset`, Invalid (`upload.size`) for a file that is too large,
    OverQuota when the account's drafts take too much.
    """
    if length > LARGEST_BYTES or offset + len(piece) > length:
        raise Invalid("upload.size", field="Upload-Length", name=upload.sha256[:12], most=LARGEST_MB)
    draft = folder / _FOLDER / upload.name(length)
    if offset == 0 and not draft.exists():
        _begin(draft, upload, now)
    try:
        with draft.open("r+b") as stream:
            size = stream.seek(0, os.SEEK_END)
            if size != offset:
                raise OffsetWrong(upload.sha256, size)
            stream.write(piece)
    except FileNotFoundError:
        raise OffsetWrong(upload.sha256, 0) from None
    return Progress(offset + len(piece), length)


def finish(folder: Path, upload: Upload, length: int) -> vault.Placed:
    """Put a draft that is complete into the vault; the draft is gone afterwards, whatever its content was.

    Raises Invalid (`upload.digest`, `upload.kind`, `upload.empty`), or OffsetWrong when the draft is not there.
    """
    draft = folder / _FOLDER / upload.name(length)
    try:
        content = draft.read_bytes()
    except FileNotFoundError:
        raise OffsetWrong(upload.sha256, 0) from None
    draft.unlink(missing_ok=True)
    return place(folder, upload.sha256, content)


def place(folder: Path, sha256: str, content: bytes) -> vault.Placed:
    """Put a whole file, of that digest, into the vault. Touches no database. Raises Invalid as `vault.place` does."""
    name = sha256[:12]
    return vault.place(folder, name=name, content=content, max_mb=LARGEST_MB, kinds=KINDS, sha256=sha256)


def enter(session: Session, upload: Upload, placed: vault.Placed, *, by: log.Actor, now: datetime) -> bool:
    """Write down that the file is there; whether it is new to the province. A signed audit that waited for nothing else
    is minuted by it."""
    if _size(session, upload) is not None:
        return False
    signed = signing.signed_of(session, upload.province_id, by=by)
    rates.count(session, _counter(upload), _DAY_SECONDS, now)
    vault.enter(session, placed, province_id=upload.province_id, by=by, now=now)
    for reference in signed:
        signing.finalise(session, upload.province_id, reference, by=by, now=now)
    return True


def find(session: Session, folder: Path, upload: Upload) -> tuple[Path, str]:
    """The file and its media type, for the person who brought it and for the teams of the audits that name it, now or
    in a value that they replaced. Raises NotFound."""
    row = session.get(Evidence, (upload.province_id, upload.sha256))
    if row is None or not (row.added_by == upload.user_id or _named(session, upload)):
        raise NotFound("evidence.missing", record=upload.sha256[:12])
    return vault.find(folder, upload.sha256), row.media_type


def _size(session: Session, upload: Upload) -> int | None:
    found: int | None = (
        session.connection().execute(_SIZE, {"province": upload.province_id, "sha256": upload.sha256}).scalar()
    )
    return found


def _there(session: Session, folder: Path, upload: Upload) -> int | None:
    """The size of a file that is there, with its row and its bytes; bytes that were lost may be brought again."""
    size = _size(session, upload)
    return size if size is not None and vault.path(folder, upload.sha256).is_file() else None


def _counter(upload: Upload) -> str:
    return f"evidence {upload.user_id}"


def _named(session: Session, upload: Upload) -> bool:
    mine = select(TeamMember.audit_id).where(
        TeamMember.province_id == upload.province_id, TeamMember.user_id == upload.user_id
    )
    answers = select(AnswerRevision.audit_id).where(
        AnswerRevision.province_id == upload.province_id,
        AnswerRevision.audit_id.in_(mine),
        cast(AnswerRevision.value, String).contains(upload.sha256),
    )
    entries = select(Entry.audit_id).where(
        Entry.province_id == upload.province_id,
        Entry.audit_id.in_(mine),
        Entry.target == f"photo/{upload.sha256}",
    )
    return any(session.scalar(found.limit(1)) is not None for found in (entries, answers))


def _begin(draft: Path, upload: Upload, now: datetime) -> None:
    """Make an empty draft, and clear away what nobody goes on with."""
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget(draft.parent, now)
    for other in _drafts(draft.parent.parent, upload):
        other.unlink(missing_ok=True)  # of another length: one of the two was wrong
    taken = 0
    for other in draft.parent.glob(f"*-{upload.province_id}-{upload.user_id}-*"):
        with contextlib.suppress(FileNotFoundError):
            taken += other.stat().st_size
    if taken > DRAFT_BYTES:
        raise OverQuota(_DAY_SECONDS)
    draft.touch(mode=0o600)


def _drafts(folder: Path, upload: Upload) -> Iterator[Path]:
    return (folder / _FOLDER).glob(f"{upload.sha256}-{upload.province_id}-{upload.user_id}-*")


def _forget(place: Path, now: datetime) -> None:
    for draft in place.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another request was faster
            if draft.stat().st_mtime < (now - KEPT).timestamp():
                draft.unlink()
