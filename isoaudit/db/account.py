"""Accounts: a person, the roles held, the units belonged to, second factors. Their devices are in `tablet`."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from isoaudit.db.base import Base, Key, Short, word
from isoaudit.domain.vocabulary import Role


class User(Base):
    """An account: one per person. The password is an argon2id hash; `session_epoch` ends every session when it grows.
    `active_since` is the day of activation (first, or again); `totp_secret` the random number from which the second
    factor's secret is made."""

    __tablename__ = "user_account"
    id: Mapped[Key]
    username: Mapped[str] = mapped_column(String(64), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    fold: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(String(600))
    position: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=True)
    password_changed_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    active_since: Mapped[datetime]
    last_sign_in: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_last_step: Mapped[int | None]
    session_epoch: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(5), default="vi")
    example: Mapped[bool] = mapped_column(default=False)
    roles: Mapped[list["UserRole"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    memberships: Mapped[list["UnitMembership"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class UserRole(Base):
    """A role that an account holds."""

    __tablename__ = "user_role"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(word(Role, "role"), primary_key=True)


class UnitMembership(Base):
    """A person's tie to a unit: `officer` (ISO secretary: sees and keeps the unit's page), `belongs` (works there) or
    `advised` (was its consultant). The latter two are warned about when the person joins a team."""

    __tablename__ = "unit_membership"
    __table_args__ = (UniqueConstraint("user_id", "unit_id", "tie"),)
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    tie: Mapped[str] = mapped_column(String(16))
    since: Mapped[date | None]
    until: Mapped[date | None]


class RecoveryCode(Base):
    """A one-time code (hashed) that stands in for the second factor."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_user_id", "user_id"),)
    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    code_hash: Mapped[Short]
    used_at: Mapped[datetime | None]


class SignedOut(Base):
    """A session that its person ended before its time: a copy of its cookie is worth nothing. `until` is when it would
    have ended by itself at the latest."""

    __tablename__ = "signed_out"
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    until: Mapped[datetime]
