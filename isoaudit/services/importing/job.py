"""What one import carries along: who and when, what was found wrong, and rows that other rows refer to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.domain.corrections import Correction, CorrectionKind
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.fields import shown
from isoaudit.schemas.workbooktable import TypedRow, column_names
from isoaudit.services import log
from isoaudit.services.importing.listing import Listing
from isoaudit.services.importing.problems import Problems
from isoaudit.services.importing.progress import Progress
from isoaudit.services.importing.report import Report


@dataclass(eq=False, slots=True)
class Held:
    """A row that other rows refer to, standing or still to be written. `id` is None until it is written; `label` is
    how messages name it."""

    id: int | None
    label: str


@dataclass(eq=False, slots=True)
class HeldUnit(Held):
    """A unit as it will stand after the import; `row` is its row of the sheet, None when it only stood already."""

    province: Held
    code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None
    parent: "HeldUnit | None" = None
    parent_id: int | None = None
    row: int | None = None

    def in_force(self, day: date) -> bool:
        """Whether the unit exists on that day (RULES §2)."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(slots=True)
class Job:
    """One import. `problems` are refusals to raise together; `update` allows what stands to be corrected; `why` is the
    reason that corrections are kept with; `home` is the installation's province."""

    session: Session
    by: log.Actor
    now: datetime
    update: bool
    example: bool
    why: str
    report: Report
    provinces: dict[str, Held]
    home: Held
    problems: Problems
    progress: Progress
    listing: Listing = field(default_factory=Listing)

    def warn(self, code: str, **details: object) -> None:
        """Something the report tells, that hinders nothing."""
        self.report.warnings.append(Invalid(code, **details))


class RowCheck:
    """The checks of one row: each finding names sheet, row, column and value. `bad` tells that the row is not used."""

    __slots__ = ("bad", "job", "number", "sheet", "values")

    def __init__(self, job: Job, sheet: str, row: TypedRow) -> None:
        self.job, self.sheet, self.number, self.values = job, sheet, row.number, row.values
        self.bad = not row.good

    def refuse(self, code: str, attribute: str, value: object = None, **details: object) -> None:
        """A finding about an attribute of this row."""
        self.bad = True
        self.job.problems.append(
            Invalid(
                code,
                sheet=self.sheet,
                row=self.number,
                column=column_names(self.sheet).get(attribute, attribute),
                value=shown("" if value is None else value),  # as the file has it
                **details,
            )
        )

    def understood(self, kind: CorrectionKind, attribute: str, read: str) -> None:
        """A value of this row is taken for another one, which is a refusal unless a person agreed to it."""
        column, written = column_names(self.sheet).get(attribute, attribute), shown(self.values[attribute])
        self.job.problems.offer(Correction(kind, self.sheet, self.number, column, written, read))

    def later(self, first: str, second: str, *, same_day: bool = False) -> None:
        """The day `second` must lie after `first` (or on it, with `same_day`), when both are given."""
        start, end = self.values[first], self.values[second]
        if start is not None and end is not None and (end < start or (end == start and not same_day)):
            code = "importing.before" if same_day else "importing.not_after"
            self.refuse(code, second, end, other=column_names(self.sheet)[first], stands=short_date(start))

    def covered(self) -> None:
        """No more TTHC covered than there are (RULES §3)."""
        covered, total = self.values["covered"], self.values["total"]
        if covered is not None and total is not None and covered > total:
            self.refuse("importing.covered", "covered", covered, total=total)


def told(value: Any) -> str:
    """A value as messages and lists show it: days as people write them, yes and no by their code names."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return short_date(value)
    return shown("" if value is None else value)


def written(value: Any) -> Any:
    """A value as the database takes it: the key of what it refers to."""
    return value.id if isinstance(value, Held) else value


Show = Callable[[str, Any], str]
