"""A checklist version as values: criteria, scoring, bands, and the questions that they answer by
themselves.

Reading and checking a file is `isoaudit.domain.checklist_file`; digests are in `digest`, comparing versions
in `diff`; what an audit makes of the answers (score, band) is in `audit`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from isoaudit.domain.vocabulary import Grade, Method, Where

NO_WORDS: tuple[str, ...] = ()


class Part(StrEnum):
    """The two halves of a checklist: A asks about the rules, B about the clauses of the standard."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; one of them may be empty where a file gives only the other."""

    vi: str
    en: str = ""

    def label(self, language: str = "vi") -> str:
        """The text in "vi" or "en"; the other language when there is none."""
        return (self.en or self.vi) if language == "en" else (self.vi or self.en)


NO_TEXT = Words("")


@dataclass(frozen=True, slots=True)
class Lists:
    """One list of short texts in both languages."""

    vi: tuple[str, ...] = NO_WORDS
    en: tuple[str, ...] = NO_WORDS

    def items(self, language: str = "vi") -> tuple[str, ...]:
        """The list in "vi" or "en"; the other language when there is none."""
        return (self.en or self.vi) if language == "en" else (self.vi or self.en)


@dataclass(frozen=True, slots=True)
class When:
    """A criterion is asked only when the answer to `criterion` has one of `grades`."""

    criterion: str
    grades: frozenset[Grade]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question. `clause` is set in part B, `rule` in part A; an empty `applies_to` means every kind of
    the file.
    """

    code: str
    part: Part
    clause: str
    rule: str
    text: Words
    weight: int = 1
    gate: bool = False
    applies_to: frozenset[str] = frozenset()
    when: When | None = None
    where: Where | None = None
    method: Method | None = None
    core: bool = False
    revision: int = 1
    guidance: Words = NO_TEXT
    evidence: Lists = Lists()
    na_reason: Words = NO_TEXT
    legal_basis: tuple[str, ...] = NO_WORDS

    @property
    def second_level(self) -> str:
        """The clause as the clause tables count it: "8.5.1" → "8.5"; empty in part A (RULES §6)."""
        return ".".join(self.clause.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Band:
    """One line of the ranking: the score from which it is given and what may not be exceeded (RULES §6)."""

    code: str
    name: Words
    min_score: Fraction
    max_major: int | None = None
    max_minor: int | None = None
    gates_hold: bool = False


@dataclass(frozen=True, slots=True)
class Scoring:
    """The value, from 0 to 1, that each grade brings to the score, exact; shipped 1, 1, 1/2, 0 (RULES §6)."""

    conformity: Fraction = Fraction(1)
    opportunity: Fraction = Fraction(1)
    minor: Fraction = Fraction(1, 2)
    major: Fraction = Fraction(0)

    def value(self, grade: Grade) -> Fraction | None:
        """The value of a grade; None for `not_applicable`, which counts nowhere."""
        return self.values().get(grade)

    def values(self) -> dict[Grade, Fraction]:
        """Grade → value, best grade first."""
        return {
            Grade.CONFORMITY: self.conformity,
            Grade.OPPORTUNITY: self.opportunity,
            Grade.MINOR: self.minor,
            Grade.MAJOR: self.major,
        }


@dataclass(frozen=True, slots=True)
class Checklist:
    """One immutable version. `bands` are best first and may be missing; an empty `applies_to` means any
    kind of unit.

    `digest` is that of the whole file (`isoaudit.domain.digest.checklist_digest`).
    """

    id: str
    version: str
    edition: str
    title: Words
    criteria: tuple[Criterion, ...]
    scoring: Scoring = Scoring()
    bands: tuple[Band, ...] = ()
    applies_to: frozenset[str] = frozenset()
    serves: Words = NO_TEXT
    digest: str = ""
    _by_code: dict[str, Criterion] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {criterion.code: criterion for criterion in self.criteria})

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of that code, or None."""
        return self._by_code.get(code)

    def for_kind(self, kind: str) -> tuple[Criterion, ...]:
        """The criteria that a unit of this kind can be asked, in the order of the file."""
        return tuple(each for each in self.criteria if not each.applies_to or kind in each.applies_to)

    def asked(self, kind: str, grades: Mapping[str, str | None], *, core: bool = False) -> tuple[Criterion, ...]:
        """The criteria to be answered by a unit of this kind, given the grades so far (code → grade or
        None).

        A condition (`when`) is met by an answer that was given, whether or not that criterion was itself
        asked: an answer given counts (RULES §6). With `core`, only the short set of the yearly check.
        """
        return tuple(
            each
            for each in self.for_kind(kind)
            if (each.core or not core) and (each.when is None or grades.get(each.when.criterion) in each.when.grades)
        )

    def fits(self, kinds: Collection[str]) -> bool:
        """Whether the file is made for all of these kinds of unit."""
        return not self.applies_to or set(kinds) <= self.applies_to
