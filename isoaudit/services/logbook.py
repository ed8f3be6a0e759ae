"""Reading the audit log: by account, action and time, newest first, a page or everything. Writing is in `log`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from isoaudit.db import LogEntry


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the log is asked for; `since` and `until` are moments, the latter exclusive."""

    account: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as SQL."""
        found: list[ColumnElement[bool]] = []
        if self.account:
            found.append(LogEntry.account.contains(self.account.strip().lower(), autoescape=True))
        if self.action:
            found.append(LogEntry.action == self.action)
        if self.since:
            found.append(LogEntry.at >= self.since)
        if self.until:
            found.append(LogEntry.at < self.until)
        return found


def page(session: Session, wanted: Wanted, number: int, per_page: int) -> tuple[list[LogEntry], int]:
    """One page of what is asked for, newest first, and how many entries there are in all."""
    conditions = wanted.conditions()
    total = session.scalar(select(func.count()).select_from(LogEntry).where(*conditions)) or 0
    rows = session.scalars(
        select(LogEntry)
        .where(*conditions)
        .order_by(LogEntry.at.desc(), LogEntry.province_id, LogEntry.seq.desc())
        .limit(per_page)
        .offset((number - 1) * per_page)
    )
    return list(rows), total


def everything(session: Session, wanted: Wanted) -> Iterator[LogEntry]:
    """All that is asked for, oldest first, without holding it in memory."""
    yield from session.scalars(
        select(LogEntry).where(*wanted.conditions()).order_by(LogEntry.province_id, LogEntry.seq)
    ).yield_per(1000)


def actions(session: Session) -> list[str]:
    """The actions that occur in the log."""
    return list(session.scalars(select(LogEntry.action).distinct().order_by(LogEntry.action)))
