"""The grades of one audit on one line: a letter for each criterion of its checklist version, in the order of the file.

What figures need of answers (RULES §6: tallies, clause tables) can be told from such sheets alone, many at a time.
What a tally means is in `audit`; where sheets are kept is in `services.rollup.sheets`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from isoaudit.domain.audit import NONCONFORMING, VITAL
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.facts import ClauseRow, Tally
from isoaudit.domain.vocabulary import Grade

LETTERS = {
    Grade.CONFORMITY: "c",
    Grade.OPPORTUNITY: "o",
    Grade.MINOR: "m",
    Grade.MAJOR: "M",
    Grade.NOT_APPLICABLE: "n",
}
UNANSWERED = "-"
_GRADES = {letter: grade for grade, letter in LETTERS.items()}
_MINOR, _MAJOR = (LETTERS[grade] for grade in NONCONFORMING)


def sheet_of(checklist: Checklist, grades: Mapping[str, Grade | None]) -> str:
    """The sheet of these answers (code → grade); codes that the checklist lacks are in no sheet."""
    given = (grades.get(each.code) for each in checklist.criteria)
    return "".join(UNANSWERED if grade is None else LETTERS[grade] for grade in given)


def sheet_with(checklist: Checklist, sheet: str, grades: Mapping[str, Grade | None]) -> str:
    """The sheet with other grades (code → grade) in some places."""
    letters = list(sheet)
    for place, each in enumerate(checklist.criteria):
        if each.code in grades:
            grade = grades[each.code]
            letters[place] = UNANSWERED if grade is None else LETTERS[grade]
    return "".join(letters)


class SheetReader:
    """Reads the sheets of one checklist version; what does not depend on answers is worked out once.

    Only criteria that `applies_to` or `when` may leave unasked are looked at one by one; all others are asked of
    everybody, so that counting letters tells what is unanswered.
    """

    def __init__(self, checklist: Checklist) -> None:
        criteria = checklist.criteria
        places = range(len(criteria))
        self._checklist = checklist
        self._beyond_one = _picked([place for place in places for _ in range(criteria[place].weight - 1)])
        self._vital = _picked([place for place in places if criteria[place].weight == VITAL])
        self._gates = _picked([place for place in places if criteria[place].gate])
        conditional = [place for place in places if criteria[place].applies_to or criteria[place].when]
        referred = {when.criterion for place in conditional if (when := criteria[place].when) is not None}
        watched = [place for place in places if place in conditional or criteria[place].code in referred]
        self._conditional = [criteria[place] for place in conditional]
        self._watched_codes = [criteria[place].code for place in watched]
        self._watched = _picked(watched)
        self._unasked: dict[tuple[str, str], tuple[int, int]] = {}

    def tally(self, sheet: str, kind: str) -> Tally:
        """What `audit.tally_of` says of these answers, for a unit of this kind."""
        beyond_one = self._beyond_one(sheet)
        counts: dict[Grade, int] = {}
        weights: dict[Grade, int] = {}
        for letter, grade in _GRADES.items():
            number = sheet.count(letter)
            if number:
                counts[grade] = number
                weights[grade] = number + beyond_one.count(letter)
        gates = self._gates(sheet)
        failures = gates.count(_MINOR) + gates.count(_MAJOR)
        if UNANSWERED not in sheet:
            return Tally(counts, weights, failures)
        weight, vital = self._weight_unasked(kind, self._watched(sheet))
        return Tally(
            counts,
            weights,
            failures,
            sheet.count(UNANSWERED) + beyond_one.count(UNANSWERED) - weight,
            self._vital(sheet).count(UNANSWERED) - vital,
        )

    def _weight_unasked(self, kind: str, watched: str) -> tuple[int, int]:
        """The weight and the number of vital ones among the criteria unanswered because nobody asked them.

        Worked out once for audits whose watched answers are the same.
        """
        found = self._unasked.get((kind, watched))
        if found is None:
            grades = {code: _GRADES.get(letter) for code, letter in zip(self._watched_codes, watched, strict=True)}
            asked = {each.code for each in self._checklist.asked(kind, grades)}
            unasked = [each for each in self._conditional if each.code not in asked and grades[each.code] is None]
            found = sum(each.weight for each in unasked), sum(each.weight == VITAL for each in unasked)
            self._unasked[kind, watched] = found
        return found

    def clause_rows(self, version: str, sheets: Sequence[str]) -> Iterable[ClauseRow]:
        """The answers of all these sheets by part, clause and grade; `version` is the key of the checklist version."""
        together, size = "".join(sheets), len(self._checklist.criteria)
        counts: Counter[tuple[str, str, Grade]] = Counter()
        weights: Counter[tuple[str, str, Grade]] = Counter()
        for place, criterion in enumerate(self._checklist.criteria):
            given = together[place::size]
            for letter, grade in _GRADES.items():
                where = criterion.part.value, criterion.second_level, grade
                number = given.count(letter)
                counts[where] += number
                weights[where] += number * criterion.weight
        for where, number in counts.items():
            if number:
                part, clause, grade = where
                yield ClauseRow(version, part, clause, grade, number, weights[where])


def _picked(places: Sequence[int]) -> Callable[[str], str]:
    """A function that gives the letters at these places of a sheet."""
    if not places:
        return lambda sheet: ""
    pick = itemgetter(*places)
    return lambda sheet: "".join(pick(sheet))
