"""The catalogue of administrative procedures (TTHC), the decisions that publish changes of it, and what units have done
about them. The counts that a unit states for a day are in `conformity`.
"""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact, Key, word
from isoaudit.domain.catalogue import CatalogueChange, OnlineLevel, ProcedureLevel, ProcedureLink


class CatalogueProcedure(Fact, Base):
    """One version of a procedure, in force from `valid_from` to before `valid_to`; a changed procedure is a new row of
    the same code. `kinds` holds kinds of units that settle it, `unit_ids` single units; `deadline_days` counts working
    days. `document_id` published it, `ended_by_id` ended it. `fold` serves search without diacritics."""

    __tablename__ = "catalogue_procedure"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period"),
        Index("ix_catalogue_procedure_province_id_code", "province_id", "code"),
    )
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(200))
    level: Mapped[ProcedureLevel] = mapped_column(word(ProcedureLevel, "level"))
    link: Mapped[ProcedureLink | None] = mapped_column(word(ProcedureLink, "link"))
    online: Mapped[OnlineLevel | None] = mapped_column(word(OnlineLevel, "online"))
    kinds: Mapped[list[Any]]
    unit_ids: Mapped[list[Any]]
    deadline_days: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    fold: Mapped[str] = mapped_column(Text)


class Publication(Fact, Base):
    """A decision that publishes added, changed and abolished procedures in one act."""

    __tablename__ = "publication"
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    effective_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)


class PublicationItem(Base):
    """What a publication does to one procedure: the version before and the one after; written with the publication and
    never changed."""

    __tablename__ = "publication_item"
    __table_args__ = (CheckConstraint("before_id IS NOT NULL OR after_id IS NOT NULL", name="sides"),)
    id: Mapped[Key]
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    change: Mapped[CatalogueChange] = mapped_column(word(CatalogueChange, "change"))
    before_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_procedure.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_procedure.id"))
    example: Mapped[bool] = mapped_column(default=False)


class ProcedureUpdate(Fact, Base):
    """A unit has brought its own procedures in line with one item of a publication."""

    __tablename__ = "procedure_update"
    __table_args__ = (Index("ix_procedure_update_item_id_unit_id", "item_id", "unit_id"),)
    item_id: Mapped[int] = mapped_column(ForeignKey("publication_item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    done_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str | None] = mapped_column(String(500))
