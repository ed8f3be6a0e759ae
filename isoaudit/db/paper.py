"""The papers of an inspection's file: each step with its number, day, signer, deadline and the file itself."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.audit import audit_key
from isoaudit.db.base import Base, Fact, word
from isoaudit.domain.vocabulary import PaperKind


class AuditPaper(Fact, Base):
    """A paper of one audit. The scan of the minutes as signed on paper is the official original beside what was agreed
    to on glass (FACTS §2). `number` is empty for papers that carry none."""

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
