"""Published checklist versions and their criteria: insert-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Digest, Key


class ChecklistVersion(Base):
    """A published version of a checklist; `content` is the file's whole data, `digest` its SHA-256 (CONTRACT §2)."""

    __tablename__ = "checklist_version"
    __table_args__ = (UniqueConstraint("name", "version"),)
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(String(32))
    digest: Mapped[Digest] = mapped_column(unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]


class CriterionRow(Base):
    """A criterion of a published version, with the columns that SQL groups by. `clause2` is the second-level clause
    (`8.5`), empty in part A; `conditional` says that `applies_to` or `when` may leave it unasked."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("checklist_version_id", "code"),)
    id: Mapped[Key]
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(32))
    part: Mapped[str] = mapped_column(String(1))
    clause: Mapped[str | None] = mapped_column(String(16))
    clause2: Mapped[str] = mapped_column(String(16))
    rule: Mapped[str | None] = mapped_column(String(64))
    weight: Mapped[int]
    gate: Mapped[bool]
    core: Mapped[bool]
    conditional: Mapped[bool]
    digest: Mapped[Digest]
