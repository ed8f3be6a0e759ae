"""A small world for the tests of the rules: three editions, one conversion, and a builder of facts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import pytest

from isoaudit.domain.checklist import NO_TEXT, Band
from isoaudit.domain.facts import (
    Activity,
    Answers,
    AuditFact,
    Declaration,
    Exemption,
    Facts,
    Marking,
    Milestone,
    NonconformityFact,
    ObligationEntry,
    Procedures,
    Succession,
    TaskFact,
    Unit,
)
from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.rollup import roll_up
from isoaudit.domain.scope import Scope
from isoaudit.domain.standard import Conversion, Standard, Step
from isoaudit.domain.vocabulary import (
    ActivityKind,
    DeclarationKind,
    Mode,
    Purpose,
    Relation,
    UnitKind,
)

EDITIONS = {
    each.id: each
    for each in (
        Standard("iso9001-2008", 1, NO_TEXT, (), date(2008, 12, 31), date(2021, 6, 30)),
        Standard("iso9001-2015", 2, NO_TEXT, (), date(2015, 12, 31)),
        Standard("iso9001-2026", 3, NO_TEXT, ()),
    )
}
CONVERSION = Conversion(
    id="2008-2015",
    from_edition="iso9001-2008",
    to_edition="iso9001-2015",
    name=NO_TEXT,
    steps=(Step("plan", 1, NO_TEXT), Step("training", 1, NO_TEXT), Step("declared", 1, NO_TEXT)),
    relations=(),
    baseline=date(2020, 1, 15),
)
BANDS = (
    Band("tot", NO_TEXT, Fraction(90), max_major=0, gates_hold=True),
    Band("kha", NO_TEXT, Fraction(70), max_major=1, gates_hold=True),
    Band("trung_binh", NO_TEXT, Fraction(50)),
    Band("yeu", NO_TEXT, Fraction(0)),
)
CONTINUED, ABSORBED, CONSOLIDATED, SPLIT = Relation
DAY = date(2020, 11, 18)


@dataclass
class World:
    """Facts entered one by one, each under the next entry number; `rollup` counts them."""

    units: dict[str, Unit] = field(default_factory=dict)
    entered: dict[str, list[object]] = field(default_factory=dict)
    entries: int = 0

    def enter(self, table: str, fact: Callable[..., object], *args: object, **more: object) -> None:
        self.entries += 1
        self.entered.setdefault(table, []).append(fact(*args, **more, entry=self.entries))

    def unit(self, code: str, kind: str = "commune", start: date = date(1900, 1, 1), end: date | None = None) -> None:
        name = f"Xã {code}"
        self.units[code] = Unit(len(self.units) + 1, code, name, UnitKind(kind), "quang-tri", start, end)

    def id(self, code: str) -> int:
        return self.units[code].id

    def succeed(self, before: str, after: str, relation: Relation, on: date) -> None:
        self.enter("successions", Succession, self.id(before), self.id(after), on, relation)

    def declare(self, code: str, edition: int, on: date, kind: str = "declare", covered: int | None = None) -> None:
        made = DeclarationKind(kind)
        self.enter("declarations", Declaration, self.id(code), f"iso9001-{edition}", made, on, covered=covered)

    def step(self, code: str, step: str, on: date, conversion: str = "2008-2015") -> None:
        self.enter("milestones", Milestone, self.id(code), conversion, step, on)

    def act(self, code: str, kind: str, on: date, year: int = 2020) -> None:
        self.enter("activities", Activity, self.id(code), year, ActivityKind(kind), on)

    def exempt(self, code: str, start: date, end: date | None = None) -> None:
        self.enter("exemptions", Exemption, self.id(code), start, end)

    def oblige(self, code: str, level: object, start: date, end: date | None = None) -> None:
        self.enter("obligations", ObligationEntry, self.id(code), start, level, end)

    def procedures(self, code: str, as_of: date, covered: int, total: int) -> None:
        self.enter("procedures", Procedures, self.id(code), as_of, total, covered)

    def audit(
        self, reference: str, code: str, minuted_on: date | None, mode: str = "on_site", purpose: str = "full"
    ) -> int:
        self.enter(
            "audits",
            AuditFact,
            self.entries + 1,
            reference,
            self.id(code),
            Mode(mode),
            Purpose(purpose),
            minuted_on,
            "list 1.0.0",
        )
        return self.entries

    def raise_one(self, code: str, grade: object, raised_on: date, **more: object) -> None:
        mode = Mode(str(more.pop("mode", "on_site")))
        self.enter("nonconformities", NonconformityFact, 0, self.id(code), mode, grade, raised_on, **more)

    def task(self, year: int = 2020, **more: object) -> None:
        self.enter("tasks", TaskFact, self.entries, year, **more)

    def facts(self) -> Facts:
        tables = {table: tuple(rows) for table, rows in self.entered.items()}
        return Facts(
            units=tuple(self.units.values()),
            editions=EDITIONS,
            checklists={"list 1.0.0": Marking(bands=BANDS)},
            **tables,  # type: ignore[arg-type]
        )

    def scope(self, day: date = DAY) -> Scope:
        return Scope(self.facts(), province="quang-tri", year=day.year, as_of=day)

    def rollup(self, day: date = DAY, answers: Answers | None = None) -> Rollup:
        return roll_up(self.scope(day), conversion=CONVERSION, answers=answers or Answers())

    def line(self, code: str, day: date = DAY) -> UnitLine:
        return next(line for line in self.rollup(day).units if line.unit.code == code)


@pytest.fixture
def world() -> World:
    """An empty world."""
    return World()
