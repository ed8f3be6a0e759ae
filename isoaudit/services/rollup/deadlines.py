"""The deadlines that nonconformities ever had (RULES §7), read in one way for figures and for lists.

A row carries its latest deadline. Only where one was extended do the events tell what held before; all others had but
the one they carry. Which of them is in force on a day is in `domain.nonconformity`.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import aliased

from isoaudit import db
from isoaudit.domain.facts import Deadline
from isoaudit.domain.nonconformity import first_deadline

Key = tuple[int, int, int]
"""Province, audit, criterion."""

_EVENT, _EXTENSION = db.NonconformityEvent, aliased(db.NonconformityEvent)
_KEY = ("province_id", "audit_id", "criterion_id")
_EXTENDED = select(*(getattr(_EXTENSION, name) for name in _KEY)).where(_EXTENSION.what == "extended")
WAS_EXTENDED = tuple_(*(getattr(db.Nonconformity, name) for name in _KEY)).in_(_EXTENDED)
"""Whether a nonconformity was ever extended."""
EVENTS = (
    select(*(getattr(_EVENT, name) for name in _KEY), _EVENT.number, _EVENT.on_day, _EVENT.due_on)
    .join(_EXTENSION, and_(*(getattr(_EXTENSION, name) == getattr(_EVENT, name) for name in _KEY)))
    .where(
        _EXTENSION.what == "extended",
        _EVENT.what.in_(("raised", "extended", "reopened")),
        _EVENT.due_on.is_not(None),
    )
    .distinct()
)
"""Every deadline ever set for the nonconformities of which one was extended: before its first one there was none."""


class Deadlines:
    """The deadlines ever set, from the rows of `EVENTS`."""

    def __init__(self, events: Sequence[Any]) -> None:
        self._extended: defaultdict[Key, list[Deadline]] = defaultdict(list)
        for province, audit, criterion, number, on, due in events:
            self._extended[province, audit, criterion].append(Deadline(on, due, number))
        self._once: dict[tuple[date, date], tuple[Deadline, ...]] = {}

    def of(self, key: Key, raised_on: date, due_on: date | None) -> tuple[Deadline, ...]:
        """Those of one nonconformity, whose row carries `due_on`; none when a correction took it back."""
        if due_on is None:
            return ()
        if key in self._extended:
            return tuple(self._extended[key])
        days = raised_on, due_on
        if days not in self._once:
            self._once[days] = first_deadline(raised_on, due_on)
        return self._once[days]
