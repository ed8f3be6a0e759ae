"""Money for the systems and their inspection: estimated, spent and settled, in whole đồng."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact


class MoneyLine(Fact, Base):
    """One line of a programme year, of a unit or of an inspection team (exactly one of the two). Amounts are đồng;
    `document_id` approved the estimate, `settled_document_id` the settlement."""

    __tablename__ = "money_line"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (team IS NULL)", name="owner"),
        CheckConstraint("estimate >= 0", name="estimate"),
        Index("ix_money_line_province_id_year", "province_id", "year"),
    )
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"))
    year: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    team: Mapped[str | None] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(String(200))
    estimate: Mapped[int] = mapped_column(BigInteger)
    spent: Mapped[int | None] = mapped_column(BigInteger)
    spent_on: Mapped[date | None]
    settled: Mapped[int | None] = mapped_column(BigInteger)
    settled_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    settled_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str | None] = mapped_column(String(500))
