"""Bringing in the file of unsent work of a tablet that cannot synchronise itself: the same rules as its own sync.

The operations count as those of the account that made them, when the file proves that it comes from its device
(`device_key`); that the office brought them is one entry of the log. A file without a proof, from a device that never
had a key, is brought for what it is: nothing of it stands, nothing bears the person's name or takes a number of the
device, and the head of the team chooses. Nothing is decided twice: what the server has already is answered as it was
the first time. The file is read piece by piece, photos before anything is locked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AuditDevice, Device, User
from isoaudit.domain.errors import Invalid
from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import Operation
from isoaudit.schemas.unsent import Unsent, first_line, read_unsent
from isoaudit.schemas.unsentold import read_old
from isoaudit.services import device_key, evidence, log, stand_in, sync, vault
from isoaudit.services.sync import Outcome

MOST_TOLD = 200
_PURPOSE = "unproven"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought: how many operations by what became of them, how many photos that were not there before, and
    the first of those that were not taken in, with the words why (`told`). `proven`: the file is known to be the
    device's own."""

    person: str
    device_id: str
    made_at: str
    proven: bool
    replies: Mapping[Reply, int]
    photos: int
    told: tuple[Outcome, ...]
    audits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from: the account that it names, and whether it is proven."""

    person: User
    proven: bool


def opened(stream: IO[bytes]) -> Unsent:
    """A file of unsent work of any version; `stream` stays open while it is used. Raises Invalid when it is damaged or
    of another kind."""
    return read_unsent(stream) if first_line(stream).get("version", 1) != 1 else read_old(stream)


def source(session: Session, file: Unsent, account_key: str) -> Source:
    """Whose file it is. An account that was made again, after an older backup was restored, is the same one when the
    file is proven.

    Raises Invalid: `unsent.stranger` (account or device are not of this installation), `unsent.proof` (its proof is
    wrong), `unsent.unproven` (it has none, and its device has a key).
    """
    person = session.scalar(select(User).where(User.username == file.username))
    device = session.get(Device, file.device_id)
    strange = person is None or (person.id != file.user_id and not file.proof)
    if person is None or strange or (device is not None and device.user_id != person.id):
        raise Invalid("unsent.stranger", field="file", value=file.username)
    if file.proof:
        key = device_key.key_of(account_key, file.username, file.device_id)
        if not device_key.proves(key, file.digest, file.proof):
            raise Invalid("unsent.proof", field="file", value=file.username)
    elif device is not None and device.keyed_at is not None:
        raise Invalid("unsent.unproven", field="file", value=file.username)
    return Source(person, bool(file.proof))


def placed(folder: Path, file: Unsent) -> list[vault.Placed]:
    """Put the file's photos into the vault, one after the other. Touches no database; photos that no row names do no
    harm. Raises Invalid."""
    return [evidence.place(folder, sha256, content) for sha256, content in file.photos()]


def bring(
    session: Session,
    province_id: int,
    file: Unsent,
    photos: Sequence[vault.Placed],
    *,
    account_key: str,
    stand_in_name: str,
    by: log.Actor,
    now: datetime,
) -> Brought:
    """Take in a file whose photos were placed. `stand_in_name`: what the device is called that stands in for one that
    is not proven. Raises Invalid as `source`."""
    found = source(session, file, account_key)
    person = found.person
    actor = log.Actor(person.id, person.username, by.source, "file")
    replies: Counter[Reply] = Counter()
    told: list[Outcome] = []
    audits: set[str] = set()
    for batch in file.operations():
        if found.proven:
            outcomes = sync.take(session, province_id, batch, by=actor, now=now, from_file=True)
        else:
            outcomes = _unproven(session, province_id, batch, stand_in_name, actor, by, now)
            replies[Reply.DUPLICATE] += len(batch) - len(outcomes)
        replies.update(each.reply for each in outcomes)
        told += [each for each in outcomes if each.first in (Reply.REFUSED, Reply.CONFLICT, Reply.HELD)]
        del told[MOST_TOLD:]
        audits.update(each.audit for each in batch)
    # after the operations: everybody locks audits before the log
    whose = actor if found.proven else by
    uploads = [(evidence.Upload(province_id, person.id, each.sha256), each) for each in photos]
    fresh = sum(evidence.enter(session, upload, each, by=whose, now=now) for upload, each in uploads)
    if found.proven:
        _holds_less(session, file, fresh)
    log.append(
        session,
        province_id,
        "device.unsent",
        file.device_id,
        by=by,
        now=now,
        file=file.digest,
        person=person.username,
        proven=found.proven,
        operations={reply.value: number for reply, number in replies.items()},
        photos=fresh,
    )
    return Brought(
        person=person.full_name,
        device_id=file.device_id,
        made_at=file.made_at,
        proven=found.proven,
        replies=replies,
        photos=fresh,
        told=tuple(told),
        audits=tuple(sorted(audits)),
    )


def _unproven(
    session: Session,
    province_id: int,
    batch: Sequence[Operation],
    name: str,
    person: log.Actor,
    by: log.Actor,
    now: datetime,
) -> list[Outcome]:
    """A batch without a proof; what was brought before is left out."""
    renamed = stand_in.renamed(session, province_id, batch, purpose=_PURPOSE, name=name, by=person, now=now)
    return sync.take(session, province_id, renamed, by=person, now=now, from_file=True, unproven=by)


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
