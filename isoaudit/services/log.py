"""The audit log: one hash chain per province (issue: "isoaudit verify finds a changed or missing log line").

`append` is called by every service that changes something, inside its transaction; `verify` walks the chain.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Base, LogEntry, Province, User

GENESIS = "0" * 64
_HEADS, _ENTRIES = Base.metadata.tables["log_head"], Base.metadata.tables["log_entry"]
_ENTER = insert(_ENTRIES)
_HEAD = select(_HEADS.c.seq, _HEADS.c.digest).where(_HEADS.c.province_id == bindparam("province"))
_MOVE = (
    update(_HEADS)
    .where(
        _HEADS.c.province_id == bindparam("province"),
        _HEADS.c.seq == bindparam("old_seq"),
        _HEADS.c.digest == bindparam("old_digest"),
    )
    .values(seq=bindparam("new_seq"), digest=bindparam("new_digest"))
)
_SIGNED = (
    *("province_id", "seq", "at", "source", "destination", "account_id", "account"),
    *("action", "subject", "detail", "previous"),
)
"""What the digest of an entry covers, in this order."""
_newest: dict[int, tuple[int, str]] = {}
"""Where this process last saw each chain end: a guess, which `_MOVE` checks against the head's row."""


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
) -> None:
    """Append an entry to the province's chain. The head row is locked, so two writers make one chain.

    `action` is a stable code ("declaration.add", "sign_in"), `subject` names the record, `detail` what changed.
    `counts` says that a roll-up could see the change: the version of the province's data grows.
    """
    session.flush()
    connection = session.connection()
    if counts:
        session.execute(
            update(Province).where(Province.id == province_id).values(data_version=Province.data_version + 1)
        )
    entry: dict[str, Any] = {
        "province_id": province_id,
        "at": now.astimezone(UTC).replace(microsecond=0),
        "source": by.source[:100],
        "destination": by.destination,
        "account_id": by.user_id,
        "account": by.account,
        "action": action,
        "subject": subject[:200],
        "detail": json.loads(json.dumps(detail, default=str, ensure_ascii=False)),
    }
    seen = _newest.get(province_id)
    if seen is None or not _move(connection, entry, *seen):
        # Another process was here, or what this one wrote was rolled back: lock the head and read it.
        head = connection.execute(_HEAD.with_for_update(), {"province": province_id}).one_or_none()
        if head is None:
            connection.execute(insert(_HEADS), {"province_id": province_id, "seq": 0, "digest": GENESIS})
        _move(connection, entry, *(head or (0, GENESIS)))
    connection.execute(_ENTER, entry)
    _newest[province_id] = entry["seq"], entry["digest"]


def _move(connection: Connection, entry: dict[str, Any], seq: int, digest: str) -> bool:
    """Complete the entry as the one after (`seq`, `digest`) and make it the head; False when that is not the head."""
    entry |= {"seq": seq + 1, "previous": digest}
    entry["digest"] = _digest(entry[name] for name in _SIGNED)
    old_and_new = {"old_seq": seq, "old_digest": digest, "new_seq": entry["seq"], "new_digest": entry["digest"]}
    return connection.execute(_MOVE, {"province": entry["province_id"], **old_and_new}).rowcount == 1


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
        elif entry.previous != previous or entry.digest != _digest(getattr(entry, name) for name in _SIGNED):
            findings.append(f"changed {entry.seq}")
        previous, expected = entry.digest, entry.seq + 1
    head = session.connection().execute(_HEAD, {"province": province_id}).one_or_none()
    if tuple(head or (0, GENESIS)) != (expected - 1, previous):
        findings.append(f"cut after {expected - 1}")
    return findings


def _digest(values: Iterable[Any]) -> str:
    """The digest over the values of `_SIGNED`."""
    content = [each.astimezone(UTC).isoformat() if isinstance(each, datetime) else each for each in values]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
