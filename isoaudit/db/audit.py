"""Programmes of a year, audits, their teams, answers and the operations that made them. What else the tablet writes is
in `tablet`.

Keys begin with the province, so that these rows can be partitioned or distributed by it (ARCHITECTURE, "Ready to be
distributed"). `operation` is the insert-only ledger and `answer_revision` the insert-only history; `answer` is the
standing value of each criterion.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Digest, Fact, ProvinceKey, word
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Purpose, TeamRole


class Programme(Fact, Base):
    """The audit programme of a year (kế hoạch kiểm tra), with the document that approved it."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("province_id", "year", "name"),)
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class Audit(Base):
    """One audit of one unit, pinned to one checklist version. `revision` counts the operations accepted."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("province_id", "reference"),
        Index("ix_audit_province_id_minuted_on", "province_id", "minuted_on"),
        Index("ix_audit_unit_id", "unit_id"),
        CheckConstraint("state != 'cancelled' OR cancel_reason IS NOT NULL", name="cancel_reason"),
    )
    province_id: Mapped[ProvinceKey]
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    group_name: Mapped[str | None] = mapped_column(String(200))
    mode: Mapped[Mode] = mapped_column(word(Mode, "mode"))
    purpose: Mapped[Purpose] = mapped_column(word(Purpose, "purpose"))
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    core_only: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AuditState] = mapped_column(word(AuditState, "state"), default=AuditState.PLANNED)
    planned_on: Mapped[date | None]
    started_at: Mapped[datetime | None]
    minuted_on: Mapped[date | None]
    concluded_on: Mapped[date | None]
    notice_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    remarks: Mapped[str | None] = mapped_column(Text)
    present: Mapped[str | None] = mapped_column(Text)
    unit_opinion: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=0)
    imported: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    example: Mapped[bool] = mapped_column(default=False)


def audit_key() -> ForeignKeyConstraint:
    """The foreign key of a row that belongs to an audit."""
    return ForeignKeyConstraint(["province_id", "audit_id"], ["audit.province_id", "audit.id"])


class AuditEvent(Base):
    """A step in the life of an audit, insert-only: planned, started, minuted (with the minutes as they stood),
    reopened, concluded by notice, cancelled."""

    __tablename__ = "audit_event"
    __table_args__ = (audit_key(),)
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    what: Mapped[str] = mapped_column(String(32))
    on_day: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class TeamMember(Base):
    """A person in the team of one audit, with the contents assigned."""

    __tablename__ = "team_member"
    __table_args__ = (audit_key(), Index("ix_team_member_user_id", "user_id"))
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[TeamRole] = mapped_column(word(TeamRole, "role"))
    contents: Mapped[str | None] = mapped_column(Text)


class Answer(Base):
    """The standing answer to a criterion. `revision` is the latest one, over values that stand and values in conflict
    alike; `conflict` is set while two values wait for a person to settle them."""

    __tablename__ = "answer"
    __table_args__ = (
        audit_key(),
        Index("ix_answer_tally", "province_id", "audit_id", "grade", "criterion_id"),
    )
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    revision: Mapped[int]
    grade: Mapped[Grade | None] = mapped_column(word(Grade, "grade"))
    note: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]
    request: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[list[Any] | None] = mapped_column(JSON)
    documents: Mapped[list[Any] | None] = mapped_column(JSON)
    dossiers: Mapped[list[Any] | None] = mapped_column(JSON)
    conflict: Mapped[bool] = mapped_column(default=False)


class GradeSheet(Base):
    """The standing grades of a minuted audit on one line (`domain.gradesheet`): derived from its answers, thrown away
    by triggers of the database when one of them changes, written by `services.rollup.sheets`."""

    __tablename__ = "grade_sheet"
    __table_args__ = (
        ForeignKeyConstraint(["province_id", "audit_id"], ["audit.province_id", "audit.id"], ondelete="CASCADE"),
    )
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letters: Mapped[str] = mapped_column(Text)


class AnswerRevision(Base):
    """Every value ever given to a criterion, insert-only: who, when, from which device, and whether it stands."""

    __tablename__ = "answer_revision"
    __table_args__ = (audit_key(),)
    province_id: Mapped[ProvinceKey]
    audit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int | None]
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    outcome: Mapped[str] = mapped_column(String(16))
    why: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[str | None] = mapped_column(ForeignKey("device.id"))
    op_id: Mapped[str | None] = mapped_column(String(36))


class Operation(Base):
    """An operation as a device sent it, with its outcome: the ledger of CONTRACT §5. `target` is the criterion's
    code, or "@" and the name of an entry or a field of the audit; `audit_id` is empty when the audit was unknown;
    `told` is what the reply said besides (both values of a conflict, the details of a refusal)."""

    __tablename__ = "operation"
    __table_args__ = (
        UniqueConstraint("province_id", "device_id", "seq"),
        Index("ix_operation_audit_id", "province_id", "audit_id"),
    )
    province_id: Mapped[ProvinceKey]
    op_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"))
    seq: Mapped[int]
    audit_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(32))
    target: Mapped[str] = mapped_column(String(80))
    base_revision: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime]
    digest: Mapped[Digest]
    outcome: Mapped[str] = mapped_column(String(16))
    code: Mapped[str | None] = mapped_column(String(64))
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    revision: Mapped[int | None]
    received_at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
