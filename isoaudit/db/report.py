"""Reports on their way from draft to issued: the report, its edited paragraphs, the files kept of it, and who issues.

What is frozen (content, digests) is `FrozenReport` in `task`; number, day and signer of an issued report stand there.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Digest, Key, word
from isoaudit.domain.report_life import ReportFileKind, ReportState


class Report(Base):
    """A report of a province over a period as of a day. `year` is that of the cut-off day, `issuer` the code of its
    profile, `replaces` the issued report that this one corrects. `approved_digest` is that of what was approved,
    without number, day and signer; an issued one points to its frozen content."""

    __tablename__ = "report"
    __table_args__ = (
        ForeignKeyConstraint(["province_id", "frozen_id"], ["frozen_report.province_id", "frozen_report.id"]),
        CheckConstraint("period_first <= as_of AND as_of <= period_last", name="period"),
        CheckConstraint("(frozen_id IS NULL) = (state IN ('draft', 'approved', 'dropped'))", name="frozen"),
        Index("ix_report_province_id_year", "province_id", "year"),
    )
    id: Mapped[Key]
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    year: Mapped[int]
    period_first: Mapped[date]
    period_last: Mapped[date]
    as_of: Mapped[date]
    conversion: Mapped[str] = mapped_column(String(32))
    issuer: Mapped[str] = mapped_column(String(64))
    state: Mapped[ReportState] = mapped_column(word(ReportState, "state"), default=ReportState.DRAFT)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_digest: Mapped[str | None] = mapped_column(String(64))
    replaces: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    frozen_id: Mapped[int | None]
    example: Mapped[bool] = mapped_column(default=False)


class ReportText(Base):
    """What the office wrote in place of a generated paragraph, insert-only: the highest revision of a key stands.
    `generated` is the sentence that it replaced then; an empty `text` goes back to the generated one."""

    __tablename__ = "report_text"
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generated: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    example: Mapped[bool] = mapped_column(default=False)


class ReportFile(Base):
    """A file of an issued report in the vault, insert-only. `writer` is the version of what wrote it; empty for what
    was signed, of which the latest one stands."""

    __tablename__ = "report_file"
    __table_args__ = (
        ForeignKeyConstraint(["province_id", "frozen_id"], ["frozen_report.province_id", "frozen_report.id"]),
        Index("ix_report_file_province_id_frozen_id", "province_id", "frozen_id"),
    )
    id: Mapped[Key]
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    frozen_id: Mapped[int]
    kind: Mapped[ReportFileKind] = mapped_column(word(ReportFileKind, "kind"))
    sha256: Mapped[Digest]
    size: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    writer: Mapped[str] = mapped_column(String(300))
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    example: Mapped[bool] = mapped_column(default=False)


class IssuerProfile(Base):
    """An office's own version of a shipped issuer profile, insert-only: the highest revision of a code stands.
    `content` has the fields of `services.issuers.Issuer`."""

    __tablename__ = "issuer_profile"
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
