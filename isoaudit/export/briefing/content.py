"""What a briefing prints, as plain values: filled by `services.briefing`, laid out by `page`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from isoaudit.domain.comparison import Comparison
from isoaudit.domain.facts import Unit
from isoaudit.domain.figures import Rollup
from isoaudit.domain.standouts import Standout


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier roll-up that the figures are compared with, and how its day is called ("31/12/2019, tính lại"). What
    adds up over the year is not compared where that day lies in another part of another year (`sums`). `comparison`
    has both days in today's units; None: no unit was arranged in between."""

    name: str
    rollup: Rollup
    comparison: Comparison | None = None
    sums: bool = True


@dataclass(frozen=True, slots=True)
class Late:
    """The overdue nonconformities of a unit: how many, about which clauses (or part A), by how many days the oldest is
    late."""

    unit: str
    number: int
    about: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that is to be carried out; `days` tells by how many days it is late, 0 when it is not."""

    made_on: date
    about: str
    text: str
    addressed_to: str
    due_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who prepared the briefing, as the head of the page prints it, and the committee that meets."""

    parent: str
    name: str
    place: str
    committee: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One page for a meeting of the committee. `asks` is what the meeting is asked for, written by the office; empty:
    what follows from the figures. `decimals` are those of percentages, `example`: made-up facts are among the figures,
    `names`: those of the units by key, told apart where they recur.
    """

    issuer: Issuer
    meeting: date
    rollup: Rollup
    before: tuple[Before, ...]
    best: tuple[Standout, ...]
    worst: tuple[Standout, ...]
    late: tuple[Late, ...]
    pending: tuple[Pending, ...]
    asks: tuple[str, ...] = ()
    decimals: int = 1
    example: bool = False
    names: Mapping[int, str] = field(default_factory=dict)

    def called(self, unit: Unit) -> str:
        """The unit as the page names it."""
        return self.names.get(unit.id, unit.name)
