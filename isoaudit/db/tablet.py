"""What tablets bring besides answers: devices and what they hold, entries of an audit, signatures, recoveries.

The ledger of operations and the answers are in `audit`. Bytes of photos are in the vault.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.audit import audit_key
from isoaudit.db.base import Base, Digest, ProvinceKey


class Device(Base):
    """A browser or tablet that sends operations, of one account; `last_seq` is the highest number without a gap below
    it. `chain` runs over the fingerprints of its operations in order of `seq` (`domain.merge.linked`); the columns
    `reported_*`, `holds`, `persisted`, `usage` and `quota` (bytes) are what the device last said of itself. `keyed_at`:
    since when it is known to hold its key (`services.device_key`)."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str | None] = mapped_column(String(200))
    app: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    last_seq: Mapped[int] = mapped_column(default=0)
    chain: Mapped[Digest] = mapped_column(String(64), default="", server_default="")
    reported_at: Mapped[datetime | None]
    reported_seq: Mapped[int | None]
    reported_chain: Mapped[str | None] = mapped_column(String(64))
    holds: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    persisted: Mapped[bool | None]
    usage: Mapped[int | None] = mapped_column(BigInteger)
    quota: Mapped[int | None] = mapped_column(BigInteger)
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revoke_reason: Mapped[str | None] = mapped_column(Text)
    wiped_at: Mapped[datetime | None]
    keyed_at: Mapped[datetime | None]
    example: Mapped[bool] = mapped_column(default=False)


class Entry(Base):
    """The standing value of one entry of an audit, or of one of its general texts ("remarks"). `value` is empty when
    it was removed; `revision` counts as in `Answer`; `by`, `at` (the device's clock), `device_id` and `op_id` are those
    of the standing value; `contenders` are the values that wait for a person to settle them:
    a list of `{number, value, device_id, op_id, by, at}`. Its history is in `operation`."""

    __tablename__ = "entry"
    __table_args__ = (audit_key(),)
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    target: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision: Mapped[int]
    value: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    contenders: Mapped[list[Any]] = mapped_column(JSON, default=list)
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    device_id: Mapped[str | None] = mapped_column(ForeignKey("device.id"))
    op_id: Mapped[str | None] = mapped_column(String(36))


class Signature(Base):
    """The content that was signed on a device, insert-only: its `digest` says what was agreed to. `signed_at` is the
    device's clock; `amends` the digest of the signature that this one replaces."""

    __tablename__ = "signature"
    __table_args__ = (audit_key(),)
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[Digest]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    signatures: Mapped[list[Any]] = mapped_column(JSON)
    minuted_on: Mapped[date]
    signed_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"))
    op_id: Mapped[str] = mapped_column(String(36))
    amends: Mapped[str | None] = mapped_column(String(64))


class AuditDevice(Base):
    """A device that took an audit along. `operations`, `photos` and `drafts` are what it last said it still holds of
    it, `last_seq` its own highest number then. `delivered_at`: nothing of this audit is on it alone any more;
    `released_at`: the head of the team no longer waits for it."""

    __tablename__ = "audit_device"
    __table_args__ = (audit_key(), Index("ix_audit_device_device_id", "device_id"))
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    taken_at: Mapped[datetime]
    operations: Mapped[int] = mapped_column(default=0)
    photos: Mapped[int] = mapped_column(default=0)
    drafts: Mapped[int] = mapped_column(default=0)
    last_seq: Mapped[int] = mapped_column(default=0)
    reported_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class Recovery(Base):
    """A person who forgot a device's PIN asks the office: `wrapped` is the device's data key under the office's public
    key, `public_key` the device's own (SPKI, base64), `key` the data key under it once the office has approved.
    `state`: waiting, approved, refused."""

    __tablename__ = "recovery"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    wrapped: Mapped[str] = mapped_column(Text)
    public_key: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    key: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    why: Mapped[str | None] = mapped_column(Text)
