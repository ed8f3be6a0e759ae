"""Mergers, splits, renames and endings of units as the office entered them, each with its decision."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact, word
from isoaudit.domain.unit_event_words import EventKind


class UnitEvent(Fact, Base):
    """One arrangement of units, in force from `on_day`, by the decision `document_id`. `planned` is what the office
    entered; `done` what became of it: rows of the register that ended, began and passed on, and what was carried over,
    by key, so that it can be taken back. The register's rows themselves are what counts."""

    __tablename__ = "unit_event"
    __table_args__ = (Index("ix_unit_event_province_id_on_day", "province_id", "on_day"),)
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    kind: Mapped[EventKind] = mapped_column(word(EventKind, "kind"))
    on_day: Mapped[date]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str | None] = mapped_column(Text)
    planned: Mapped[dict[str, Any]] = mapped_column(JSON)
    done: Mapped[dict[str, Any]] = mapped_column(JSON)
