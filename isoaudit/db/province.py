"""The province, its settings, and the version of its data."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Key


class Province(Base):
    """A province. `data_version` grows with every change that a roll-up could see; caches are keyed by it.
    `last_audit` is the number given to the newest audit."""

    __tablename__ = "province"
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(100), unique=True)
    data_version: Mapped[int] = mapped_column(default=0)
    last_audit: Mapped[int] = mapped_column(default=0)


class Setting(Base):
    """A value that the office or the administrator changes while working (issuer, place, signer, home province…)."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class RateCounter(Base):
    """How often something happened in a window of time: rate limits that all workers share."""

    __tablename__ = "rate_counter"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class FactRevision(Base):
    """A revision of a fact, insert-only: `content` is the row as it stood from `at` on (RULES §1)."""

    __tablename__ = "fact_revision"
    entity: Mapped[str] = mapped_column(String(40), primary_key=True)
    entity_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    why: Mapped[str | None] = mapped_column(String(500))
    example: Mapped[bool] = mapped_column(default=False)
