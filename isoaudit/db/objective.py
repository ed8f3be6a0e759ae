"""Quality objectives of a unit for a year, with target and result."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact


class QualityObjective(Fact, Base):
    """An objective of a unit-year. `target` and `result` are as written ("≥ 98%"); `met` is None while no result is
    known; `result_on` is the day to which the result was reckoned, None for the last day of the year; `source` says
    where the result was taken from."""

    __tablename__ = "quality_objective"
    __table_args__ = (Index("ix_quality_objective_year_unit_id", "year", "unit_id"),)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    objective: Mapped[str] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(String(300))
    target: Mapped[str] = mapped_column(String(100))
    result: Mapped[str | None] = mapped_column(String(100))
    result_on: Mapped[date | None]
    met: Mapped[bool | None]
    source: Mapped[str | None] = mapped_column(String(300))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
