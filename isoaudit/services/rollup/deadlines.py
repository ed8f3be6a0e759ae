"""The deadlines that nonconformities ever had (RULES §7), read in one way for figures and for lists.

A row carries its latest deadline. Only where one was extended, or changed by new minutes or a notice, do the events
tell what held before; all others had but the one they carry. What the events add up to, and which deadline is in force
on a day, is in `domain.nonconformity`.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Tuple, or_, select, tuple_
from sqlalchemy.orm import aliased

from isoaudit import db
from isoaudit.domain.facts import Deadline
from isoaudit.domain.nonconformity import Setting, deadlines_set, first_deadline

Key = tuple[int, int, int]
"""Province, audit, criterion."""

_EVENT, _LATER = db.NonconformityEvent, aliased(db.NonconformityEvent)
_KEY = ("province_id", "audit_id", "criterion_id")


def _key(row: Any) -> Tuple:
    return tuple_(*(getattr(row, name) for name in _KEY))


_SET_AGAIN = select(*(getattr(_LATER, name) for name in _KEY)).where(_LATER.what.in_(("extended", "changed")))
WAS_SET_AGAIN = _key(db.Nonconformity).in_(_SET_AGAIN)
"""Whether a nonconformity was ever extended or changed."""
EVENTS = select(
    *(getattr(_EVENT, name) for name in _KEY), _EVENT.number, _EVENT.what, _EVENT.on_day, _EVENT.due_on
).where(
    _key(_EVENT).in_(_SET_AGAIN),
    _EVENT.what.in_(("raised", "extended", "changed", "reopened")),
    or_(_EVENT.due_on.is_not(None), _EVENT.what == "changed"),
)
"""Every event that set a deadline of those nonconformities: before the first one there was none."""


class Deadlines:
    """The deadlines ever set, from the rows of `EVENTS`."""

    def __init__(self, events: Sequence[Any]) -> None:
        settings: defaultdict[Key, list[Setting]] = defaultdict(list)
        for province, audit, criterion, number, what, on, due in events:
            settings[province, audit, criterion].append(Setting(number, what, on, due))
        self._set_again = {key: deadlines_set(found) for key, found in settings.items()}
        self._once: dict[tuple[date, date], tuple[Deadline, ...]] = {}

    def of(self, key: Key, raised_on: date, due_on: date | None) -> tuple[Deadline, ...]:
        """Those of one nonconformity, whose row carries `due_on`; none when a correction took it back."""
        if due_on is None:
            return ()
        if key in self._set_again:
            return self._set_again[key]
        days = raised_on, due_on
        if days not in self._once:
            self._once[days] = first_deadline(raised_on, due_on)
        return self._once[days]
