"""Bringing in the file of unsent work of a tablet that cannot synchronise itself: the same rules as its own sync.

The operations count as those of the account that made them; that the office brought them is one entry of the log.
Nothing is decided twice: what the server has already is answered as it was the first time.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AuditDevice, Device, User
from isoaudit.domain.errors import Invalid
from isoaudit.domain.merge import Reply
from isoaudit.schemas.operations import MOST_OPERATIONS
from isoaudit.schemas.unsent import Unsent, read_unsent
from isoaudit.services import evidence, log, sync
from isoaudit.services.sync import Outcome


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought: how many operations by what became of them, how many photos that were not there before, and
    those that were not taken in, with the words why (`told`)."""

    person: str
    device_id: str
    made_at: str
    replies: Mapping[Reply, int]
    photos: int
    told: tuple[Outcome, ...]
    audits: tuple[str, ...]


def bring(session: Session, folder: Path, province_id: int, data: bytes, *, by: log.Actor, now: datetime) -> Brought:
    """Take in a file of unsent work. Raises Invalid when it is damaged, of another kind, or of a stranger's account or
    device."""
    file = read_unsent(data)
    person = _person(session, file)
    actor = log.Actor(person.id, person.username, by.source, "file")
    outcomes: list[Outcome] = []
    for start in range(0, len(file.operations), MOST_OPERATIONS):
        batch = file.operations[start : start + MOST_OPERATIONS]
        outcomes += sync.take(session, province_id, batch, by=actor, now=now, from_file=True)
    # after the operations: everybody locks audits before the log
    photos = sum(_photo(session, folder, province_id, file, sha256, actor, now) for sha256 in file.photos)
    _holds_less(session, file, photos)
    replies = Counter(each.reply for each in outcomes)
    log.append(
        session,
        province_id,
        "device.unsent",
        file.device_id,
        by=by,
        now=now,
        file=file.digest,
        person=person.username,
        operations={reply.value: number for reply, number in replies.items()},
        photos=photos,
    )
    return Brought(
        person=person.full_name,
        device_id=file.device_id,
        made_at=file.made_at,
        replies=replies,
        photos=photos,
        told=tuple(each for each in outcomes if each.first in (Reply.REFUSED, Reply.CONFLICT, Reply.HELD)),
        audits=tuple(sorted({each.audit for each in file.operations})),
    )


def _holds_less(session: Session, file: Unsent, photos: int) -> None:
    """What the device said that it still holds, less what came by file."""
    device = session.get(Device, file.device_id, populate_existing=True)
    rows = session.scalars(
        select(AuditDevice)
        .where(AuditDevice.device_id == file.device_id)
        .order_by(AuditDevice.audit_id)
        .execution_options(populate_existing=True)
    )
    for row in rows:
        if device is not None and device.last_seq >= row.last_seq:
            row.operations = row.drafts = 0
        fewer = min(row.photos, photos)
        row.photos, photos = row.photos - fewer, photos - fewer
    session.flush()


def _person(session: Session, file: Unsent) -> User:
    person = session.get(User, file.user_id)
    device = session.get(Device, file.device_id)
    strange = person is None or person.username != file.username
    if person is None or strange or (device is not None and device.user_id != file.user_id):
        raise Invalid("unsent.stranger", field="file", value=file.username)
    return person


def _photo(
    session: Session, folder: Path, province_id: int, file: Unsent, sha256: str, by: log.Actor, now: datetime
) -> bool:
    upload = evidence.Upload(province_id, file.user_id, sha256)
    return evidence.enter(session, upload, evidence.place(folder, upload, file.photos[sha256]), by=by, now=now)
