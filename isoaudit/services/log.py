"""The audit log: one hash chain per province (issue: "isoaudit verify finds a changed or missing log line").

`append` is called by every service that changes something, inside its transaction; `verify` walks the chain.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from isoaudit.db import LogEntry, LogHead, Province, User

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and from where: an account (None for the command line), a source address, the door used
    (`destination`, e.g. "web", "tablet", "cli")."""

    user_id: int | None
    account: str
    source: str
    destination: str

    @classmethod
    def of(cls, user: User, source: str, destination: str = "web") -> "Actor":
        """The actor for a signed-in account."""
        return cls(user.id, user.username, source, destination)


COMMAND_LINE = Actor(None, "(lệnh)", "localhost", "cli")


def append(
    session: Session,
    province_id: int,
    action: str,
    subject: str,
    *,
    by: Actor,
    now: datetime,
    counts: bool = False,
    **detail: Any,
) -> LogEntry:
    """Append an entry to the province's chain. The head row is locked, so two writers make one chain.

    `action` is a stable code ("declaration.add", "sign_in"), `subject` names the record, `detail` what changed.
    `counts` says that a roll-up could see the change: the version of the province's data grows.
    """
    if counts:
        session.execute(
            update(Province).where(Province.id == province_id).values(data_version=Province.data_version + 1)
        )
    head = session.execute(
        select(LogHead).where(LogHead.province_id == province_id).with_for_update()
    ).scalar_one_or_none()
    if head is None:
        head = LogHead(province_id=province_id, seq=0, digest=GENESIS)
        session.add(head)
    entry = LogEntry(
        province_id=province_id,
        seq=head.seq + 1,
        at=now.astimezone(UTC).replace(microsecond=0),
        source=by.source[:100],
        destination=by.destination,
        account_id=by.user_id,
        account=by.account,
        action=action,
        subject=subject[:200],
        detail=json.loads(json.dumps(detail, default=str, ensure_ascii=False)),
        previous=head.digest,
        digest="",
    )
    entry.digest = _digest(entry)
    head.seq, head.digest = entry.seq, entry.digest
    session.add(entry)
    session.flush()
    return entry


def verify(session: Session, province_id: int) -> list[str]:
    """Walk the chain; each finding names the entry: `changed N`, `missing N`, `cut after N`. Empty: all is well."""
    findings: list[str] = []
    previous, expected = GENESIS, 1
    rows = session.scalars(
        select(LogEntry).where(LogEntry.province_id == province_id).order_by(LogEntry.seq)
    ).yield_per(1000)
    for entry in rows:
        if entry.seq != expected:
            findings.append(f"missing {expected}")
        elif entry.previous != previous or entry.digest != _digest(entry):
            findings.append(f"changed {entry.seq}")
        previous, expected = entry.digest, entry.seq + 1
    head = session.get(LogHead, province_id)
    if (head.seq if head else 0) != expected - 1 or (head and head.digest != previous):
        findings.append(f"cut after {expected - 1}")
    return findings


def _digest(entry: LogEntry) -> str:
    content = [
        entry.province_id,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(),
        entry.source,
        entry.destination,
        entry.account_id,
        entry.account,
        entry.action,
        entry.subject,
        entry.detail,
        entry.previous,
    ]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
