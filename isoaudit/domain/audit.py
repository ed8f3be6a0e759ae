"""What an audit's answers amount to: tally, score and band (RULES §6).

The life of an audit, and what is missing before its minutes, is in `audit_life`; which audit of a unit counts
is chosen in `scope`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from isoaudit.domain.checklist import Band, Checklist, Criterion, Scoring
from isoaudit.domain.facts import ClauseRow, Marking, Tally
from isoaudit.domain.standard import clause_key
from isoaudit.domain.vocabulary import Grade

VITAL = 3
"""The weight of criteria that must be answered before a band is given."""
ENOUGH_PERCENT = 90
"""The part of the weight, not marked not applicable, that must be answered before a band is given."""
_MINOR, _MAJOR, _NOT_APPLICABLE = Grade.MINOR, Grade.MAJOR, Grade.NOT_APPLICABLE
NONCONFORMING = (_MINOR, _MAJOR)


def unanswered(checklist: Checklist, kind: str, grades: Mapping[str, Grade | None]) -> tuple[Criterion, ...]:
    """The criteria asked of a unit of this kind that have no answer.

    (reading: the short set of a yearly check is a way of answering, not of asking less: what it leaves out is
    unanswered here, so that it gives a band only when it carries enough weight.)
    """
    return tuple(each for each in checklist.asked(kind, grades) if not grades.get(each.code))


def tally_of(checklist: Checklist, kind: str, grades: Mapping[str, Grade | None]) -> Tally:
    """The tally of one audit's answers (code → grade, None where unanswered) for a unit of this kind.

    An answer given counts even where `applies_to` or `when` would leave its criterion unasked; codes that the
    checklist lacks do not.
    """
    answered = [
        (grades[each.code], each.weight, each.gate, 1)
        for each in checklist.criteria
        if grades.get(each.code) is not None
    ]
    lacking = unanswered(checklist, kind, grades)
    return tally_groups(
        answered,
        unanswered_weight=sum(each.weight for each in lacking),
        unanswered_vital=sum(each.weight == VITAL for each in lacking),
    )


def tally_groups(
    groups: Iterable[tuple[Grade | None, int, bool, int]],
    *,
    unanswered_weight: int = 0,
    unanswered_vital: int = 0,
) -> Tally:
    """The tally of one audit from answers grouped by (grade, weight of one criterion, gate): with their
    count.

    Groups without a grade are passed over: what is unanswered has to be told apart, because a query does not
    know which criteria were asked.
    """
    counts: Counter[Grade] = Counter()
    weights: Counter[Grade] = Counter()
    gate_failures = 0
    for grade, weight, gate, number in groups:
        if grade is None:
            continue
        counts[grade] += number
        weights[grade] += number * weight
        if gate and grade in NONCONFORMING:
            gate_failures += number
    return Tally(counts, weights, gate_failures, unanswered_weight, unanswered_vital)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scoring in whole numbers: `values` in parts of `unit`, so that sums stay exact and quick."""

    unit: int
    values: Mapping[Grade, int]

    @classmethod
    def of(cls, scoring: Scoring) -> "Scale":
        """The scale of a scoring."""
        values = scoring.values()
        unit = lcm(*(each.denominator for each in values.values()))
        return cls(unit, {grade: int(value * unit) for grade, value in values.items()})

    def summed(self, weights: Iterable[tuple[Grade, int]]) -> tuple[int, int]:
        """Σ w·v and Σ w over what applies, both in parts of `unit`."""
        reached = total = 0
        for grade, weight in weights:
            value = self.values.get(grade)
            if value is not None:
                reached += weight * value
                total += weight
        return reached, total * self.unit

    def score(self, weights: Mapping[Grade, int]) -> Fraction | None:
        """100 × Σ w·v / Σ w over what was answered and applies, exact; None when nothing does."""
        reached, total = self.summed(weights.items())
        return Fraction(100 * reached, total) if total else None


def score(weights: Mapping[Grade, int], scoring: Scoring) -> Fraction | None:
    """The exact score of weights by grade."""
    return Scale.of(scoring).score(weights)


def band(tally: Tally, bands: Iterable[Band], exact: Fraction | None) -> Band | None:
    """The band for this exact score; None where there is not enough to go by ("chưa đủ căn cứ")."""
    if exact is None or tally.unanswered_vital:
        return None
    applicable = sum(tally.weights.values()) - tally.weights.get(_NOT_APPLICABLE, 0)
    if 100 * applicable < ENOUGH_PERCENT * (applicable + tally.unanswered_weight):
        return None
    return next((each for each in bands if _earns(each, tally, exact)), None)


def _earns(line: Band, tally: Tally, exact: Fraction) -> bool:
    return (
        (line.max_major is None or tally.counts.get(_MAJOR, 0) <= line.max_major)
        and (line.max_minor is None or tally.counts.get(_MINOR, 0) <= line.max_minor)
        and not (line.gates_hold and tally.gate_failures)
        and exact >= line.min_score
    )


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One line of the clause table: counts by grade and the exact score; `clause` is empty for part A."""

    clause: str
    counts: Mapping[Grade, int]
    score: Fraction | None


def clause_table(
    rows: Iterable[ClauseRow], checklists: Mapping[str, Marking]
) -> tuple[ClauseLine, tuple[ClauseLine, ...]]:
    """Part A as one line, and the second-level clauses that have an answer, in clause order."""
    groups: dict[str, list[ClauseRow]] = {"": []}
    for each in rows:
        if each.count:
            clause = "" if each.part == "A" else ".".join(each.clause.split(".")[:2])
            groups.setdefault(clause, []).append(each)
    part_a = _clause_line("", groups.pop(""), checklists)
    return part_a, tuple(_clause_line(each, groups[each], checklists) for each in sorted(groups, key=clause_key))


def _clause_line(clause: str, rows: Sequence[ClauseRow], checklists: Mapping[str, Marking]) -> ClauseLine:
    counts = Counter[Grade]()
    by_checklist: dict[str, list[tuple[Grade, int]]] = {}
    for each in rows:
        counts[each.grade] += each.count
        by_checklist.setdefault(each.checklist, []).append((each.grade, each.weight))
    reached, applicable = Fraction(0), 0
    for checklist, weights in by_checklist.items():
        scale = Scale.of(checklists[checklist].scoring)
        its_reached, its_total = scale.summed(weights)
        reached += Fraction(its_reached, scale.unit)
        applicable += its_total // scale.unit
    exact = 100 * reached / applicable if applicable else None
    return ClauseLine(clause, {grade: counts[grade] for grade in Grade}, exact)
