"""Whether example data ("Dữ liệu minh hoạ") stand in the database. Loading and removing them is not done here."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import (
    Audit,
    CatalogueProcedure,
    Declaration,
    Document,
    Milestone,
    MoneyLine,
    Nonconformity,
    QualityObjective,
    ReportDuty,
    Task,
    Unit,
)

MARK = "Dữ liệu minh hoạ"
"""What stands at the foot of papers made from example data."""
_MARKED = (
    *(Declaration, Audit, Document, Milestone, Nonconformity, Task, Unit),
    *(CatalogueProcedure, QualityObjective, ReportDuty, MoneyLine),
)


def exists(session: Session) -> bool:
    """Whether any row that a page or a report shows is marked as example data; one query."""
    marked = (select(1).select_from(row).where(row.example.is_(True)).exists() for row in _MARKED)
    return bool(session.scalar(select(or_(*marked))))
