"""The papers of an inspection's file: each step with its number, day, signer, deadline and the file itself; the working
programme of an audit, what was said on a finding after the minutes, and who inspected when it was not this office.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.audit import audit_key
from isoaudit.db.base import Base, Fact, ProvinceKey, word
from isoaudit.domain.vocabulary import Grade, PaperKind


class AuditPaper(Fact, Base):
    """A paper of one audit. The scan of the minutes as signed on paper is the official original beside what was agreed
    to on glass (FACTS §2). `number` is empty for papers that carry none; papers of several audits that were entered in
    one act (one decision for a whole programme) have the same `shared`."""

    __tablename__ = "audit_paper"
    __table_args__ = (audit_key(), Index("ix_audit_paper_province_id_audit_id", "province_id", "audit_id"))
    province_id: Mapped[int]
    audit_id: Mapped[int]
    kind: Mapped[PaperKind] = mapped_column(word(PaperKind, "kind"))
    number: Mapped[str] = mapped_column(String(64), default="")
    issued_on: Mapped[date | None]
    signer: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(200))
    shared: Mapped[str | None] = mapped_column(String(36))


class WorkingProgramme(Base):
    """The working programme of an audit (chương trình làm việc) as it was last written down, insert-only: every saving
    is a new number. `lines` are those of `domain.worksessions`."""

    __tablename__ = "working_programme"
    __table_args__ = (audit_key(),)
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lines: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class FindingNote(Base):
    """What was said on a finding after the minutes, insert-only: the team's view of what the unit contests
    (`team_view`), what is prepared (`draft`), and what the notice of conclusion decided (`decision`) with the grade of
    the minutes (`before`) and the one that counts from then on (`after`). What stands before `reopened` is history."""

    __tablename__ = "finding_note"
    __table_args__ = (audit_key(),)
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    what: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    before: Mapped[Grade | None] = mapped_column(word(Grade, "before"))
    after: Mapped[Grade | None] = mapped_column(word(Grade, "after"))
    on_day: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class AuditSource(Fact, Base):
    """Who made an inspection that this office did not make itself (a district before 01/7/2025), and by which
    document it is known. `unit_id` is that body when the register has it."""

    __tablename__ = "audit_source"
    __table_args__ = (audit_key(), Index("ix_audit_source_province_id_audit_id", "province_id", "audit_id"))
    province_id: Mapped[int]
    audit_id: Mapped[int]
    body: Mapped[str] = mapped_column(String(300))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str] = mapped_column(Text, default="")
