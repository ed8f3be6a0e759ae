"""What all rows share: the metadata with its naming convention, column types, and the mixins of facts."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment, UTC in the database and aware in Python; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: always UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database: always aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(kind: type[StrEnum], name: str) -> Enum:
    """A column type for a closed list of `isoaudit.domain.vocabulary`: text with a CHECK, members in Python."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
ProvinceKey = Annotated[int, mapped_column(ForeignKey("province.id"), primary_key=True)]
Short = Annotated[str, mapped_column(String(64))]
Line = Annotated[str, mapped_column(String(500))]
Long = Annotated[str, mapped_column(Text)]
Digest = Annotated[str, mapped_column(String(64))]


class Base(DeclarativeBase):
    """The root of all rows."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        date: Date,
        datetime: Instant,
        bool: Boolean,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        int: Integer,
    }


class Fact:
    """What every dated fact carries: its entry number (the key), who entered it, whether it was voided, and whether
    it is example data. The row is the standing revision; earlier ones stay in `fact_revision` (RULES §1)."""

    id: Mapped[Key]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    void_reason: Mapped[str | None] = mapped_column(Text)
    example: Mapped[bool] = mapped_column(default=False)


BigKey = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"))]
