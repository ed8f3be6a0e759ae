"""The register: units, how they pass into each other, exemptions and obligations."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact, Key, word
from isoaudit.domain.vocabulary import Obligation as Level
from isoaudit.domain.vocabulary import Relation, UnitKind


class Unit(Base):
    """A body that can be audited. Identity is `id`; a code is unique only within its period (RULES §2).
    `fold` serves search without diacritics, `sort_key` the Vietnamese order of names. `valid_to` is exclusive."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("province_id", "code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period"),
        Index("ix_unit_code", "code"),
    )
    id: Mapped[Key]
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    code: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[UnitKind] = mapped_column(word(UnitKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(Text)
    fold: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(String(600))
    example: Mapped[bool] = mapped_column(default=False)


class Succession(Base):
    """A unit passes into another on a day (RULES §2)."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id", "on_day"),)
    id: Mapped[Key]
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    on_day: Mapped[date]
    relation: Mapped[Relation] = mapped_column(word(Relation, "relation"))
    basis: Mapped[str | None] = mapped_column(Text)


class Exemption(Fact, Base):
    """A unit stands outside the count for a time, with a reason (RULES §2). `to_day` is exclusive."""

    __tablename__ = "exemption"
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    decided_by: Mapped[str | None] = mapped_column(String(200))


class ObligationEntry(Fact, Base):
    """Whether a unit must apply the system, by document, for a time (RULES §2). `to_day` is exclusive."""

    __tablename__ = "obligation"
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    level: Mapped[Level] = mapped_column(word(Level, "level"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
