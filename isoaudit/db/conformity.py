"""What a unit has done: declarations, milestones of a conversion, yearly activities, procedures (TTHC) of a year."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact, word
from isoaudit.domain.vocabulary import ActivityKind, DeclarationKind


class Declaration(Fact, Base):
    """A declaration of conformity; `covered` of `total` TTHC is its scope (RULES §3)."""

    __tablename__ = "declaration"
    __table_args__ = (Index("ix_declaration_unit_id_made_on", "unit_id", "made_on"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    edition: Mapped[str] = mapped_column(String(32))
    kind: Mapped[DeclarationKind] = mapped_column(word(DeclarationKind, "kind"))
    made_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    covered: Mapped[int | None]
    total: Mapped[int | None]


class Milestone(Fact, Base):
    """A step of a conversion achieved by a unit (RULES §3)."""

    __tablename__ = "milestone"
    __table_args__ = (Index("ix_milestone_unit_id_conversion", "unit_id", "conversion"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    conversion: Mapped[str] = mapped_column(String(32))
    step: Mapped[str] = mapped_column(String(64))
    achieved_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class Activity(Fact, Base):
    """A yearly activity of a unit (RULES §3)."""

    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_year_unit_id", "year", "unit_id"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    kind: Mapped[ActivityKind] = mapped_column(word(ActivityKind, "kind"))
    done_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class Procedures(Fact, Base):
    """The TTHC of a unit and its dossiers as of a day (CONTRACT §3, sheet `procedures`)."""

    __tablename__ = "procedures"
    __table_args__ = (Index("ix_procedures_as_of_unit_id", "as_of", "unit_id"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    as_of: Mapped[date]
    total: Mapped[int]
    covered: Mapped[int]
    not_linked: Mapped[int | None]
    linked_same_level: Mapped[int | None]
    linked_between_levels: Mapped[int | None]
    online_full: Mapped[int | None]
    online_partial: Mapped[int | None]
    carried_over: Mapped[int | None]
    received_online: Mapped[int | None]
    received_in_person: Mapped[int | None]
    resolved: Mapped[int | None]
    in_progress: Mapped[int | None]
    late: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
