"""Editions of the standard with their clause trees, and the conversion from one edition to the next.

Read from `checklists/standards/` and `checklists/conversions/`. Only numbers and titles of clauses are
kept: what the clauses ask is copyrighted. What a unit has achieved of a conversion is counted elsewhere,
from its facts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from isoaudit.domain.checklist import NO_TEXT, Words
from isoaudit.domain.errors import Refusal
from isoaudit.domain.fields import CLAUSE, SLUG, Problems, Table
from isoaudit.domain.vocabulary import Word

STANDARD_KEYS = ("id", "order", "title", "accepted_from", "accepted_until", "provisional", "note", "clause")
CLAUSE_KEYS = ("number", "title", "check", "basis")
CONVERSION_KEYS = ("id", "from", "to", "title", "baseline", "provisional", "note", "step", "relation")
STEP_KEYS = ("code", "weight", "name")
RELATION_KEYS = ("to", "from", "kind", "note", "check", "basis")
DECLARED = "declared"
_CONVERSION_ID = re.compile(r"[0-9]{4}-[0-9]{4}")


class Check(Word):
    """How sure a fact of these files is."""

    TOC = "toc", "đọc trong mục lục của tiêu chuẩn", "read in a table of contents"
    SOURCED = "sourced", "đọc trong nguồn đã công bố", "read in a source"
    MEMORY = "memory", "chưa kiểm chứng", "not verified"
    PROVISIONAL = "provisional", "tạm thời", "provisional"


class Correlation(Word):
    """How a clause of the newer edition stands to the older one."""

    EQUIVALENT = "equivalent", "tương đương", "equivalent"
    EXTENDED = "extended", "mở rộng", "extended"
    NEW = "new", "mới", "new"
    REMOVED = "removed", "không còn yêu cầu", "removed"


def clause_key(number: str) -> tuple[int, ...]:
    """The key by which clause numbers sort: 4.2 before 4.10. ValueError for what is not a clause number."""
    return tuple(int(part) for part in number.split("."))


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its number and, where the standard gives one, its title."""

    number: str
    title: Words = NO_TEXT
    check: Check | None = None

    @property
    def level(self) -> int:
        """1 for "8", 2 for "8.5", 3 for "8.5.1"."""
        return self.number.count(".") + 1


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition. Days are inclusive; without `accepted_from` no declaration under it counts yet (RULES
    §3).
    """

    id: str
    order: int
    name: Words
    clauses: tuple[Clause, ...]
    accepted_from: date | None = None
    accepted_until: date | None = None
    provisional: bool = False
    note: Words = NO_TEXT
    _by_number: dict[str, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_number", {clause.number: clause for clause in self.clauses})

    def __contains__(self, number: object) -> bool:
        return number in self._by_number

    def title(self, number: str, language: str = "vi") -> str:
        """The title of a clause; that of the nearest clause above when it has none, empty when it is
        unknown.
        """
        while number:
            clause = self._by_number.get(number)
            if clause is not None and clause.title.label(language):
                return clause.title.label(language)
            number = number.rpartition(".")[0]
        return ""

    def accepted_on(self, day: date) -> bool:
        """Whether a declaration under this edition counts on that day."""
        if self.accepted_from is None or day < self.accepted_from:
            return False
        return self.accepted_until is None or day <= self.accepted_until


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a conversion and its weight in the progress."""

    code: str
    weight: int
    name: Words


@dataclass(frozen=True, slots=True)
class RelatedClause:
    """A clause of the newer edition and the nearest ones of the older; `to` is empty where nothing is asked
    any more.
    """

    to: str
    from_clauses: tuple[str, ...]
    kind: Correlation
    note: str = ""
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """From one edition to the next: steps in the order of work, correlation of clauses, the day of the
    baseline.
    """

    id: str
    from_edition: str
    to_edition: str
    name: Words
    steps: tuple[Step, ...]
    relations: tuple[RelatedClause, ...]
    baseline: date | None = None
    provisional: bool = False
    note: Words = NO_TEXT

    def older(self, number: str) -> tuple[str, ...]:
        """The nearest clauses of the older edition."""
        return tuple(old for each in self.relations if each.to == number for old in each.from_clauses)


def parse_standard(data: Mapping[str, object]) -> Standard:
    """The edition that a file of `standards/` holds. Raises `Refusals` with every problem found."""
    problems = Problems()
    table = Table(data, str(data.get("id", "") or "(file)"), problems, STANDARD_KEYS)
    clauses = []
    for place, each in enumerate(table.tables("clause"), 1):
        row = Table(each, f"clause {place}", problems, CLAUSE_KEYS)
        number = row.text("number", required=True, form=CLAUSE)
        title = row.either("title")
        clauses.append(Clause(number, title, row.one("check", Check)))
    numbers = [clause.number for clause in clauses]
    _refuse_twice(numbers, "clause", problems)
    if not clauses:
        table.note("checklist.text_missing", "clause")
    elif all(numbers) and numbers != sorted(numbers, key=clause_key):
        first = next(b for a, b in pairwise(numbers) if clause_key(a) > clause_key(b))
        table.note("checklist.clause_order", "clause", first)
    standard = Standard(
        id=table.text("id", required=True, form=SLUG),
        order=table.integer("order", 0, 1, 1000),
        name=table.words("title", required=True, english=True),
        clauses=tuple(clauses),
        accepted_from=table.day("accepted_from"),
        accepted_until=table.day("accepted_until"),
        provisional=table.flag("provisional"),
        note=table.words("note"),
    )
    problems.raise_any()
    return standard


def parse_conversion(data: Mapping[str, object]) -> Conversion:
    """The conversion that a file of `conversions/` holds. Raises `Refusals` with every problem found."""
    problems = Problems()
    table = Table(data, str(data.get("id", "") or "(file)"), problems, CONVERSION_KEYS)
    steps = []
    for place, each in enumerate(table.tables("step"), 1):
        row = Table(each, f"step {place}", problems, STEP_KEYS)
        code = row.text("code", required=True, form=SLUG)
        steps.append(Step(code, row.integer("weight", 1, 1, 1000), row.words("name", required=True)))
    _refuse_twice([step.code for step in steps], "step", problems)
    if DECLARED not in {step.code for step in steps}:
        table.note("checklist.no_declared_step", "step")
    conversion = Conversion(
        id=table.text("id", required=True, form=_CONVERSION_ID),
        from_edition=table.text("from", required=True, form=SLUG),
        to_edition=table.text("to", required=True, form=SLUG),
        name=table.words("title"),
        steps=tuple(steps),
        relations=tuple(_relation(each, place, problems) for place, each in enumerate(table.tables("relation"), 1)),
        baseline=table.day("baseline"),
        provisional=table.flag("provisional"),
        note=table.words("note"),
    )
    problems.raise_any()
    return conversion


def correlation_problems(conversion: Conversion, older: Standard, newer: Standard) -> list[Refusal]:
    """The clauses that a conversion names although its editions do not have them."""
    problems = Problems()
    for each in conversion.relations:
        if each.to and each.to not in newer:
            problems.note("checklist.clause_unknown", each.to, "to", each.to, edition=newer.id)
        for number in each.from_clauses:
            if number not in older:
                problems.note("checklist.clause_unknown", each.to or number, "from", number, edition=older.id)
    return problems.refusals


def _relation(data: object, place: int, problems: Problems) -> RelatedClause:
    row = Table(data, f"relation {place}", problems, RELATION_KEYS)
    kind = row.one("kind", Correlation, required=True) or Correlation.EQUIVALENT
    to = row.text("to", form=CLAUSE)
    if bool(to) == (kind is Correlation.REMOVED):
        row.note("checklist.relation_to", "to", to)
    return RelatedClause(to, row.texts("from"), kind, row.text("note"), row.one("check", Check))


def _refuse_twice(codes: list[str], field_name: str, problems: Problems) -> None:
    for code in sorted({code for code in codes if code and codes.count(code) > 1}):
        problems.note("checklist.code_twice", code, field_name, code)
