"""Nonconformities and the events of their life (RULES §7)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, ProvinceKey, word
from isoaudit.domain.vocabulary import Grade, NonconformityState, Outcome


class Nonconformity(Base):
    """A nonconformity raised by an audit on a criterion. `raised_on` is the day of the minutes; the columns `state`,
    `due_on`, `closed_on`, `outcome` are what its events add up to."""

    __tablename__ = "nonconformity"
    __table_args__ = (
        ForeignKeyConstraint(["province_id", "audit_id"], ["audit.province_id", "audit.id"]),
        Index("ix_nonconformity_unit_id", "unit_id"),
        Index(
            "ix_nonconformity_counted",
            *("grade", "voided_at", "raised_on", "due_on", "closed_on", "outcome"),
            *("unit_id", "province_id", "audit_id", "criterion_id"),
        ),  # a roll-up counts those alike along it, without sorting a hundred thousand
    )
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    grade: Mapped[Grade] = mapped_column(word(Grade, "grade"))
    description: Mapped[str | None] = mapped_column(Text)
    raised_on: Mapped[date | None]
    due_on: Mapped[date | None]
    state: Mapped[NonconformityState] = mapped_column(
        word(NonconformityState, "state"), default=NonconformityState.OPEN
    )
    closed_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome, "outcome"))
    contested: Mapped[bool] = mapped_column(default=False)
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None] = mapped_column(Text)
    example: Mapped[bool] = mapped_column(default=False)


class NonconformityEvent(Base):
    """A step in the life of a nonconformity, insert-only: raised, extended, contested, answered, implemented, returned,
    closed; changed (new minutes or the notice say something else of it), voided (they took its grade back), reopened
    (it stands again after it was voided or closed). `due_on` is the deadline that the step set."""

    __tablename__ = "nonconformity_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["province_id", "audit_id", "criterion_id"],
            ["nonconformity.province_id", "nonconformity.audit_id", "nonconformity.criterion_id"],
            name="fk_nonconformity_event_nonconformity",  # PostgreSQL cuts names at 63 characters
        ),
        Index("ix_nonconformity_event_what", "what", "province_id", "audit_id", "criterion_id"),
    )
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    criterion_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    what: Mapped[str] = mapped_column(String(16))
    on_day: Mapped[date]
    due_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome, "outcome"))
    cause: Mapped[str | None] = mapped_column(Text)
    correction: Mapped[str | None] = mapped_column(Text)
    corrective_action: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    evidence_sha256: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
