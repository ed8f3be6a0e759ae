"""Reading what an audit holds besides its answers: dossiers, meetings, the unit's word, general texts; one query.

How they come in is the business of `services.sync`; their shapes are in `domain.entries`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Entry


@dataclass(frozen=True, slots=True)
class Contender:
    """A value that waits against the one that stands, until a person settles it."""

    number: int
    value: Mapping[str, Any] | None
    device_id: str | None
    op_id: str | None
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it stands: `value` is None when it was removed; `at` is the clock of the device. A general text has
    the value `{"text": …}`."""

    target: str
    revision: int
    value: Mapping[str, Any] | None
    contenders: tuple[Contender, ...]
    by: int | None
    at: datetime

    @property
    def conflict(self) -> bool:
        """Whether a person has to settle it."""
        return bool(self.contenders)


def of(session: Session, province_id: int, audit_id: int, targets: Iterable[str] | None = None) -> dict[str, Kept]:
    """The entries of an audit by target (without "@"), or only those named; removed ones too. One query."""
    session.flush()
    query = select(Entry).where(Entry.province_id == province_id, Entry.audit_id == audit_id).order_by(Entry.target)
    if targets is not None:
        query = query.where(Entry.target.in_(list(targets)))
    rows = session.scalars(query.execution_options(populate_existing=True))
    return {
        row.target: Kept(row.target, row.revision, row.value, tuple(map(_contender, row.contenders)), row.by, row.at)
        for row in rows
    }


def _contender(kept: Mapping[str, Any]) -> Contender:
    at = datetime.fromisoformat(kept["at"])
    return Contender(kept["number"], kept["value"], kept["device_id"], kept["op_id"], kept["by"], at)
