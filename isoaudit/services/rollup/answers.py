"""What the counted audits answered, summed: one SELECT hands over, for each audit and grade, the criteria.

The database walks a covering index once, in its order, and joins nothing; weights, gates and clauses are looked up
here, by criterion. The tallies are exactly those of `domain.audit.tally_of`, without taking up answers one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, String, bindparam, cast, func, select, type_coerce

from isoaudit.db import Answer, Audit, CriterionRow
from isoaudit.domain.audit import NONCONFORMING, VITAL
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.facts import Answers, ClauseRow, Tally
from isoaudit.domain.scope import Scope
from isoaudit.domain.vocabulary import Grade, Mode, Purpose, UnitKind

_VITAL = 1 << 32
"""Weights are summed together with a count of vital criteria, kept above these bits: one sum for both."""

_AT_ONCE = 10_000
"""Criteria that are counted by clause in one go."""

_GRADES = {grade.value: grade for grade in Grade}
_CANDIDATES = select(Audit.id).where(
    Audit.province_id == bindparam("province"),
    Audit.minuted_on.between(bindparam("first"), bindparam("day")),
    Audit.mode == Mode.ON_SITE,
    Audit.purpose == Purpose.FULL,
)
"""Little more than the counted audits: a unit rarely has two full ones on site in a year."""
_ANSWERS = (
    select(
        Answer.audit_id,
        type_coerce(Answer.grade, String),
        func.aggregate_strings(cast(Answer.criterion_id, String), ","),
    )
    .where(
        Answer.province_id == bindparam("province"),
        Answer.audit_id.in_(_CANDIDATES),
        Answer.grade.is_not(None),
    )
    .group_by(Answer.audit_id, Answer.grade)
)
_CRITERIA = select(CriterionRow.checklist_version_id, CriterionRow.id, CriterionRow.code).where(
    CriterionRow.checklist_version_id.in_(bindparam("versions", expanding=True))
)


class _Sums:
    """One audit's answers while they are summed."""

    def __init__(self) -> None:
        self.counts: dict[Grade, int] = {}
        self.weights: dict[Grade, int] = {}
        self.gate_failures = 0
        self.vital = 0
        self.watched: dict[str, Grade] = {}


class _Sheet:
    """A checklist version, ready to sum the answers of many audits. Criteria are known by their key, as text.

    Criteria that `applies_to` or `when` may leave unasked, and those that a `when` refers to, are watched: their grades
    are taken up one by one. All others are asked of everybody, so that sums tell what is unanswered.
    """

    def __init__(self, checklist: Checklist, keys: Mapping[str, str]) -> None:
        self._by_key = {keys[each.code]: each for each in checklist.criteria}
        self._clauses = {key: (each.part.value, each.second_level) for key, each in self._by_key.items()}
        self._gates = {key for key, each in self._by_key.items() if each.gate}
        conditional = [each for each in checklist.criteria if each.applies_to or each.when]
        self._conditional = replace(checklist, criteria=tuple(conditional))
        referred = {each.when.criterion for each in conditional if each.when}
        self._watched = {keys[code] for code in {*referred, *(each.code for each in conditional)} if code in keys}
        always = [each for each in checklist.criteria if not (each.applies_to or each.when)]
        self._always_weight = sum(each.weight for each in always)
        self._always_vital = sum(each.weight == VITAL for each in always)
        vital = {keys[each.code] for each in always if each.weight == VITAL}
        self._worth = {key: each.weight + (key in vital) * _VITAL for key, each in self._by_key.items()}
        self._answered: defaultdict[Grade, Counter[str]] = defaultdict(Counter)
        self._waiting: defaultdict[Grade, list[str]] = defaultdict(list)
        self._lacking: dict[Hashable, tuple[int, int]] = {}

    def add(self, sums: _Sums, grade: Grade, keys: Sequence[str], *, by_clause: bool) -> None:
        """Add the criteria that one audit gave this grade; those that the version lacks do not count."""
        try:
            worth = sum(map(self._worth.__getitem__, keys))
        except KeyError:
            keys = [key for key in keys if key in self._worth]
            worth = sum(map(self._worth.__getitem__, keys))
        vital, weight = divmod(worth, _VITAL)
        sums.counts[grade] = len(keys)
        sums.weights[grade] = weight
        sums.vital += vital
        if grade in NONCONFORMING:
            sums.gate_failures += len(self._gates.intersection(keys))
        for key in self._watched.intersection(keys):
            sums.watched[self._by_key[key].code] = grade
        if by_clause:
            waiting = self._waiting[grade]
            waiting += keys
            if len(waiting) > _AT_ONCE:
                self._answered[grade].update(waiting)
                waiting.clear()

    def tally(self, sums: _Sums, kind: UnitKind) -> Tally:
        """The tally of an audit of a unit of this kind, once everything was added."""
        conditional = self._conditional
        of_always = sum(sums.weights.values())
        for code in sums.watched:
            criterion = conditional.criterion(code)
            of_always -= 0 if criterion is None else criterion.weight
        weight, vital = self._lacking_of(kind, sums.watched)
        return Tally(
            sums.counts,
            sums.weights,
            sums.gate_failures,
            self._always_weight - of_always + weight,
            self._always_vital - sums.vital + vital,
        )

    def _lacking_of(self, kind: UnitKind, watched: Mapping[str, Grade]) -> tuple[int, int]:
        """The weight and the number of vital ones among the conditional criteria asked and not answered.

        Worked out once for audits whose watched answers are the same.
        """
        alike = kind, frozenset(watched.items())
        found = self._lacking.get(alike)
        if found is None:
            lacking = [each for each in self._conditional.asked(kind, watched) if each.code not in watched]
            found = sum(each.weight for each in lacking), sum(each.weight == VITAL for each in lacking)
            self._lacking[alike] = found
        return found

    def clause_rows(self, version: str) -> Iterator[ClauseRow]:
        """What was added `by_clause`, by part, clause and grade."""
        for grade, waiting in self._waiting.items():
            answered = self._answered[grade]
            answered.update(waiting)
            waiting.clear()
            rows: dict[tuple[str, str], tuple[int, int]] = {}
            for key, number in answered.items():
                place, weight = self._clauses[key], self._worth[key] % _VITAL
                counted, weighed = rows.get(place, (0, 0))
                rows[place] = counted + number, weighed + number * weight
            for (part, clause), (counted, weighed) in rows.items():
                yield ClauseRow(version, part, clause, grade, counted, weighed)


def fetch(
    connection: Connection,
    scope: Scope,
    places: Mapping[int, tuple[int, int, int]],
    versions: Mapping[int, Checklist],
) -> Answers:
    """The answers that a roll-up of this scope needs.

    `places`: audit fact id → (province, audit, checklist version), `versions`: key of a version → its values.
    """
    audits = {places[audit.id]: (audit.id, unit) for unit, audit in scope.audits.items()}
    if not audits:
        return Answers()
    sheets = _sheets(connection, versions)
    by_clause = set(scope.clause_audit_ids)
    sums = {place: _Sums() for place in audits}
    places_of = {place[:2]: place for place in audits}
    for province, audit, grade, keys in _rows(connection, scope, sorted({place[0] for place in audits})):
        place = places_of.get((province, audit))
        if place is not None:
            sheets[place[2]].add(sums[place], _GRADES[grade], keys.split(","), by_clause=audits[place][0] in by_clause)
    kinds = scope.register.units
    return Answers(
        {audits[place][0]: sheets[place[2]].tally(each, kinds[audits[place][1]].kind) for place, each in sums.items()},
        tuple(row for version, sheet in sheets.items() for row in sheet.clause_rows(str(version))),
    )


def _rows(connection: Connection, scope: Scope, provinces: list[int]) -> Iterator[tuple[int, int, str, str]]:
    for province in provinces:
        wanted = {"province": province, "first": scope.period.first, "day": scope.as_of}
        for audit, grade, keys in connection.execute(_ANSWERS, wanted).all():
            yield province, audit, grade, keys


def _sheets(connection: Connection, versions: Mapping[int, Checklist]) -> dict[int, _Sheet]:
    keys: dict[int, dict[str, str]] = {version: {} for version in versions}
    for version, key, code in connection.execute(_CRITERIA, {"versions": list(versions)}):
        keys[version][code] = str(key)
    return {version: _Sheet(checklist, keys[version]) for version, checklist in versions.items()}
