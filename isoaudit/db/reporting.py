"""The reports that units owe for a period, and the letters that remind them."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from isoaudit.db.base import Base, Fact, word
from isoaudit.domain.reporting import ReportPeriod


class ReportDuty(Fact, Base):
    """The report of a unit for a period: when it is due, and when it came. `number` is that of the unit's report."""

    __tablename__ = "report_duty"
    __table_args__ = (Index("ix_report_duty_year_period", "year", "period"), Index("ix_report_duty_unit_id", "unit_id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    period: Mapped[ReportPeriod] = mapped_column(word(ReportPeriod, "period"))
    due_on: Mapped[date]
    received_on: Mapped[date | None]
    number: Mapped[str | None] = mapped_column(String(64))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str | None] = mapped_column(String(500))


class Reminder(Fact, Base):
    """A letter to units that have sent no report. A draft has neither number nor day. `due_on` is the day by which the
    letter asks for the report; `letter` keeps what it says, so that it prints the same later."""

    __tablename__ = "reminder"
    province_id: Mapped[int] = mapped_column(ForeignKey("province.id"), index=True)
    year: Mapped[int]
    period: Mapped[ReportPeriod] = mapped_column(word(ReportPeriod, "period"))
    number: Mapped[str | None] = mapped_column(String(64))
    issued_on: Mapped[date | None]
    signer: Mapped[str | None] = mapped_column(String(200))
    due_on: Mapped[date]
    letter: Mapped[dict[str, Any]]


class ReminderDuty(Base):
    """Which reports a letter asks for."""

    __tablename__ = "reminder_duty"
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id"), primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("report_duty.id"), primary_key=True, index=True)
    example: Mapped[bool] = mapped_column(default=False)
