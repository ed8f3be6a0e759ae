"""What the province's own records (documents, tasks of a year, decisions) share: the row locked before it changes, its
revision, its line in the audit log. What each refuses is its own (`documents`, `tasks`, `decisions`); facts about a
unit are in `facts.entry`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Fact
from isoaudit.domain.errors import NotFound
from isoaudit.services import log, revisions, settings

Row = TypeVar("Row", bound=Fact)


@dataclass(frozen=True, slots=True)
class Records(Generic[Row]):
    """One kind of record: its name in the log, its rows, the refusal when there is none, how the log names a record,
    which of its columns the log tells, and whether a roll-up could see a change."""

    name: str
    row: type[Row]
    unknown: str
    named: Callable[[Row], str]
    told: tuple[str, ...]
    counts: bool = True

    def get(self, session: Session, key: int) -> Row:
        """The record, standing or voided. Raises `NotFound`."""
        return self._found(session.get(self.row, key))

    def to_change(self, session: Session, key: int, seen: int | None = None) -> Row:
        """The record, locked; refused when it was voided, or changed since the person saw revision `seen`."""
        found = self._locked(session, key)
        revisions.refuse_changing(session, found, seen)
        return found

    def to_restore(self, session: Session, key: int) -> Row:
        """The record, locked; refused when it stands."""
        found = self._locked(session, key)
        revisions.refuse_restoring(found)
        return found

    def enter(self, session: Session, row: Row, *, by: log.Actor, now: datetime) -> Row:
        """Add a new record."""
        revisions.enter(session, row, by=by, now=now)
        self.tell(session, "add", row, by=by, now=now, content=self._content(row))
        return row

    def correct(
        self, session: Session, row: Row, values: dict[str, Any], *, why: str | None, by: log.Actor, now: datetime
    ) -> bool:
        """Give a record new values; False when nothing differs."""
        before = self._content(row)
        if not revisions.correct(session, row, values, by=by, now=now, why=why):
            return False
        changed = {name: [before[name], value] for name, value in self._content(row).items() if before[name] != value}
        self.tell(session, "correct", row, by=by, now=now, changed=changed, why=why)
        return True

    def void(self, session: Session, row: Row, *, why: str, by: log.Actor, now: datetime) -> Row:
        """Take a record out of every count, with a reason; it stays as history."""
        revisions.void(session, row, by=by, now=now, why=why)
        self.tell(session, "void", row, by=by, now=now, why=why)
        return row

    def restore(self, session: Session, row: Row, *, by: log.Actor, now: datetime) -> Row:
        """Undo a voiding."""
        revisions.restore(session, row, by=by, now=now)
        self.tell(session, "restore", row, by=by, now=now)
        return row

    def tell(self, session: Session, done: str, row: Row, *, by: log.Actor, now: datetime, **detail: Any) -> None:
        """A line in the log."""
        action, subject = f"{self.name}.{done}", self.named(row)
        log.append(session, province_of(session, row), action, subject, by=by, now=now, counts=self.counts, **detail)

    def _locked(self, session: Session, key: int) -> Row:
        return self._found(session.scalar(select(self.row).where(self.row.id == key).with_for_update(key_share=True)))

    def _found(self, row: Row | None) -> Row:
        if row is None:
            raise NotFound(self.unknown)
        return row

    def _content(self, row: Row) -> dict[str, Any]:
        content = revisions.content(row)
        return {name: content[name] for name in self.told}


def province_of(session: Session, row: Fact) -> int:
    """The province in whose log a change of the record stands: its own, or the installation's for one of a unit."""
    found: int | None = getattr(row, "province_id", None)
    return settings.home_id(session) if found is None else found
