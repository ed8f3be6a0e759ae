"""The rows of a province workbook as values (CONTRACT §3), units by their number instead of a code."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Unit:
    """A row of the register; `number` is its place in the sheet, the identity behind (code, date)."""

    number: int
    code: str
    name: str
    kind: str
    province: str
    valid_from: date
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        """RULES §2: valid_from ≤ D and (valid_to is empty or D < valid_to)."""
        return holds(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Succession:
    """Which row came after which, from which day, how."""

    predecessor: int
    successor: int
    on: date
    relation: str


@dataclass(frozen=True)
class Interval:
    """An exemption or an obligation (then with its `level`)."""

    place: int
    unit: int
    start: date
    end: date | None
    level: str = ""


@dataclass(frozen=True)
class Declaration:
    """`place` is its line in the sheet: on one day, declarations count as entered (RULES §3)."""

    place: int
    unit: int
    edition: str
    kind: str
    on: date
    covered: int | None

    @property
    def when(self) -> tuple[date, int]:
        return self.on, self.place

    @property
    def declares(self) -> bool:
        return self.kind in ("declare", "redeclare")


@dataclass(frozen=True)
class Dated:
    """A milestone (`what` is its step) or an activity (`what` is its kind); `whole` is the conversion or the year."""

    unit: int
    whole: str
    what: str
    on: date


@dataclass(frozen=True)
class Procedures:
    unit: int
    as_of: date
    total: int
    covered: int


@dataclass(frozen=True)
class Audit:
    reference: str
    unit: int
    mode: str
    purpose: str
    checklist: Data
    minuted_on: date | None
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Nonconformity:
    audit: Audit
    criterion: str
    grade: str
    due_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class Notice:
    """A notice of conclusion: the grades that it changes in an audit, and the deadline of new findings."""

    audit: str
    on: date
    grades: dict[str, str]
    due_on: date


@dataclass(frozen=True)
class Task:
    year: int
    due_on: date | None
    completed_on: date | None
    content_complete: bool
    mark: str


def holds(start: date, end: date | None, day: date) -> bool:
    """RULES §2, of units, exemptions and obligations alike: the first day is in, the `to` is out."""
    return start <= day and (end is None or day < end)
