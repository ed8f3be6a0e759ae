"""What an audit still waits for: devices that took it along and have not delivered, files that have not arrived.

What devices say of themselves is written down by `services.devices`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AuditDevice, AuditEvent, Device, Entry, Evidence, User

PHOTO_LOST = "photo_lost"
"""The event that says of a file that it will not come."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A device that took an audit along, and what it last said that it still holds of it."""

    device_id: str
    name: str
    person: str
    user_id: int
    taken_at: datetime
    reported_at: datetime
    operations: int
    photos: int
    drafts: int
    delivered: bool
    released: bool
    reason: str | None

    @property
    def outstanding(self) -> bool:
        """Whether the audit waits for it."""
        return not (self.delivered or self.released)


def devices(session: Session, province_id: int, audit_id: int) -> list[Taken]:
    """The devices that took an audit along, by person. One query."""
    session.flush()
    rows = session.execute(
        select(AuditDevice, Device.name, User.full_name, User.id)
        .join(Device, Device.id == AuditDevice.device_id)
        .join(User, User.id == Device.user_id)
        .where(AuditDevice.province_id == province_id, AuditDevice.audit_id == audit_id)
        .order_by(User.sort_key, AuditDevice.device_id)
        .execution_options(populate_existing=True)
    )
    return [
        Taken(
            row.device_id,
            name or row.device_id[:8],
            person,
            user_id,
            row.taken_at,
            row.reported_at,
            row.operations,
            row.photos,
            row.drafts,
            row.delivered_at is not None,
            row.released_at is not None,
            row.reason,
        )
        for row, name, person, user_id in rows
    ]


def outstanding(session: Session, province_id: int, audit_id: int) -> list[Taken]:
    """Those for which the audit waits."""
    return [each for each in devices(session, province_id, audit_id) if each.outstanding]


def named(session: Session, province_id: int, audit_id: int) -> set[str]:
    """The digests of the files that the standing answers and entries of an audit name. Two queries."""
    session.flush()
    lists = session.scalars(
        select(Answer.evidence).where(
            Answer.province_id == province_id, Answer.audit_id == audit_id, Answer.evidence.is_not(None)
        )
    )
    photos = session.execute(
        select(Entry.target, Entry.value).where(
            Entry.province_id == province_id, Entry.audit_id == audit_id, Entry.target.startswith("photo/")
        )
    )
    found = {each for evidence in lists for each in evidence or ()}
    return found | {target.removeprefix("photo/") for target, value in photos if value is not None}


def named_in(content: Mapping[str, Any]) -> set[str]:
    """The digests of the files that a signed content names."""
    found = {each for answer in content["answers"] for each in answer["value"].get("evidence") or ()}
    return found | {name.removeprefix("photo/") for name in content["entries"] if name.startswith("photo/")}


def absent(session: Session, province_id: int, audit_id: int, digests: Iterable[str]) -> frozenset[str]:
    """Those of the digests of which the file has not arrived and is waited for. One query, none for no digest, one more
    when any has not arrived."""
    away = _away(session, province_id, digests)
    return away - lost(session, province_id, audit_id).keys() if away else away


def lost(session: Session, province_id: int, audit_id: int) -> dict[str, str]:
    """The files of an audit that were said to be lost (`lost.declare`), and have not come after all: digest →
    reason."""
    said = session.execute(
        select(AuditEvent.content, AuditEvent.reason)
        .where(AuditEvent.province_id == province_id, AuditEvent.audit_id == audit_id, AuditEvent.what == PHOTO_LOST)
        .order_by(AuditEvent.number)
    )
    found = {str(content["sha256"]): reason or "" for content, reason in said if content}
    away = _away(session, province_id, found)
    return {sha256: reason for sha256, reason in found.items() if sha256 in away}


def _away(session: Session, province_id: int, digests: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(digests)
    if not wanted:
        return wanted
    there = session.scalars(
        select(Evidence.sha256).where(Evidence.province_id == province_id, Evidence.sha256.in_(sorted(wanted)))
    )
    return wanted - set(there)
