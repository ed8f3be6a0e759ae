"""Tasks of a year's plan, and reports whose figures were frozen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Digest, Fact, ProvinceKey, word
from isoaudit.domain.vocabulary import Block, ResultLevel


class Task(Fact, Base):
    """A task of a year: when it was due, when completed, with what result; `mark` is the office's own level, with its
    reason in `note` (RULES §8). `measure` names the figure of the data that tells how far it has come (a member of
    `domain.measures.Measure`), `measure_block` the block that it is about, `measure_share` the percentage aimed at."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_province_id_year", "province_id", "year"),)
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    year: Mapped[int]
    group_name: Mapped[str] = mapped_column(String(300))
    task: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    completed_on: Mapped[date | None]
    content_complete: Mapped[bool | None]
    result: Mapped[str | None] = mapped_column(Text)
    mark: Mapped[ResultLevel | None] = mapped_column(word(ResultLevel, "mark"))
    note: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    measure: Mapped[str | None] = mapped_column(String(32))
    measure_block: Mapped[Block | None] = mapped_column(word(Block, "measure_block"))
    measure_share: Mapped[int | None]


class FrozenReport(Base):
    """A report whose figures were frozen: canonical content, digests, files (RULES §10). Insert-only."""

    __tablename__ = "frozen_report"
    province_id: Mapped[ProvinceKey]
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int]
    as_of: Mapped[date]
    number: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    signer: Mapped[str] = mapped_column(String(200))
    replaces: Mapped[int | None]
    digest: Mapped[Digest]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    example: Mapped[bool] = mapped_column(default=False)
