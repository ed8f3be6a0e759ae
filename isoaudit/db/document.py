"""Official documents, and the files kept under their SHA-256."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Digest, Fact, ProvinceKey


class Document(Fact, Base):
    """An official document: number, kind, issuer, date, subject; the file itself when it was added."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("province_id", "number", "issued_on"),
        Index("ix_document_issued_on", "issued_on"),
    )
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    number: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(64))
    issuer: Mapped[str] = mapped_column(String(200))
    issued_on: Mapped[date]
    subject: Mapped[str] = mapped_column(Text)
    fold: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(200))


class Evidence(Base):
    """A file under its SHA-256 in the evidence folder; the row says what it is."""

    __tablename__ = "evidence"
    province_id: Mapped[ProvinceKey]
    sha256: Mapped[Digest] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    example: Mapped[bool] = mapped_column(default=False)
