"""The audit log: one hash chain per province, insert-only, its head row locked while appending."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Digest, ProvinceKey


class LogHead(Base):
    """The newest entry of a province's chain."""

    __tablename__ = "log_head"
    province_id: Mapped[ProvinceKey]
    seq: Mapped[int] = mapped_column(default=0)
    digest: Mapped[Digest]


class LogEntry(Base):
    """One entry: when, from where, by which account, what was done to what. `digest` covers the entry and the digest
    before it."""

    __tablename__ = "log_entry"
    __table_args__ = (Index("ix_log_entry_at", "at"),)
    province_id: Mapped[ProvinceKey]
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(100))
    destination: Mapped[str] = mapped_column(String(100))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    account: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[Digest]
    digest: Mapped[Digest]
