"""Decisions of the steering committee, and how they were followed up."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact, word
from isoaudit.domain.decision import StepKind
from isoaudit.domain.vocabulary import Block


class Decision(Fact, Base):
    """A decision on a unit or on a block; on the whole province when neither is given. `addressed_to` names who has to
    carry it out, `due_on` is the deadline that it set (a later one is a step)."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("unit_id IS NULL OR block IS NULL", name="one_subject"),
        Index("ix_decision_province_id_decided_on", "province_id", "decided_on"),
        Index("ix_decision_unit_id", "unit_id"),
    )
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    block: Mapped[Block | None] = mapped_column(word(Block, "block"))
    decided_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    text: Mapped[str] = mapped_column(Text)
    addressed_to: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date | None]


class DecisionStep(Base):
    """A step of following a decision up, insert-only: what happened on which day, who wrote it down."""

    __tablename__ = "decision_step"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[StepKind] = mapped_column(word(StepKind, "kind"))
    on_day: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    example: Mapped[bool] = mapped_column(default=False)
