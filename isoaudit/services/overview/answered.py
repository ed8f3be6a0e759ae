"""The answers behind the clause table of a roll-up: which audit graded which criterion of a clause how.

Only the audits that the table sums are looked at (RULES §6): those of units in force and not exempt.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, CriterionRow, Province
from isoaudit.domain.checklist import Checklist, Words
from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.vocabulary import Grade
from isoaudit.services import checklists
from isoaudit.services.overview import register
from isoaudit.services.rollup import audit_key, notices
from isoaudit.services.rollup.notices import Regraded

AT_ONCE = 900
PART_A = "A"


@dataclass(frozen=True, slots=True)
class Question:
    """A criterion of the clause, with how often each grade was given."""

    id: int
    code: str
    text: Words
    checklist: Words
    counts: Mapping[Grade, int]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: of which unit's audit, to which criterion, with which grade."""

    line: UnitLine
    question: Question
    grade: Grade
    audit: int
    province: int

    @property
    def reference(self) -> str:
        """The reference of the audit."""
        return "" if self.line.audit is None else self.line.audit.fact.reference


@dataclass(frozen=True, slots=True)
class Told:
    """What the inspectors wrote beside a grade."""

    note: str = ""
    reason: str = ""
    request: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A clause with its questions in the order of the checklists, and the answers in that of the units."""

    questions: Sequence[Question]
    answers: Sequence[Given]


def behind(session: Session, rollup: Rollup, clause: str, grades: Collection[Grade], code: str = "") -> Behind:
    """What the line of this clause sums ("8.5", or "A" for part A): all of its questions with their counts, and the
    answers with one of these grades, to one question only if `code` names it.

    A fixed few queries, and two for every 900 audits.
    """
    counted = [line for line in rollup.units if line.audit is not None and not line.exempt]
    versions = {int(line.audit.fact.checklist) for line in counted if line.audit is not None}
    asked = (CriterionRow.part == "A") if clause == PART_A else (CriterionRow.clause2 == clause)
    rows = session.execute(
        select(CriterionRow.id, CriterionRow.code, CriterionRow.checklist_version_id)
        .where(CriterionRow.checklist_version_id.in_(versions), asked)
        .order_by(CriterionRow.checklist_version_id, CriterionRow.position)
    ).all()
    if not rows:
        return Behind((), ())
    whose = places(session, counted)
    contents = checklists.contents(session, versions)
    counts: dict[int, Counter[Grade]] = {row.id: Counter() for row in rows}
    for province, audits in portions(whose):
        found = select(Answer.criterion_id, Answer.grade, func.count()).group_by(Answer.criterion_id, Answer.grade)
        for key, grade, number in session.execute(found.where(*_given(province, audits, counts))):
            if grade is not None:
                counts[key][grade] += number
    regraded = _regraded(session, rollup, whose)
    for (_place, key), each in regraded.items():
        if key in counts:
            counts[key].subtract([each.after] if each.after is not None else [])
            counts[key].update([each.before] if each.before is not None else [])
    questions = {}
    for row in rows:
        sheet = contents[row.checklist_version_id]
        criterion = sheet.criterion(row.code)
        text = criterion.text if criterion is not None else Words(row.code)
        questions[row.id] = Question(row.id, row.code, text, sheet.title, counts[row.id])
    wanted = [each.id for each in questions.values() if not code or each.code == code]
    answers = []
    for province, audits in portions(whose):
        rows_of = select(Answer.audit_id, Answer.criterion_id, Answer.grade).where(
            *_given(province, audits, wanted), Answer.grade.in_(grades)
        )
        for audit, key, grade in session.execute(rows_of):
            if grade is not None and ((province, audit), key) not in regraded:
                answers.append(Given(whose[province, audit], questions[key], grade, audit, province))
    for ((province, audit), key), each in regraded.items():
        if key in wanted and each.before is not None and each.before in grades:
            answers.append(Given(whose[province, audit], questions[key], each.before, audit, province))
    units = {line.unit.id: place for place, line in enumerate(counted)}
    order = {key: place for place, key in enumerate(questions)}
    answers.sort(key=lambda each: (units[each.line.unit.id], order[each.question.id]))
    return Behind(tuple(questions.values()), answers)


def _regraded(
    session: Session, rollup: Rollup, audits: Collection[tuple[int, int]]
) -> dict[tuple[tuple[int, int], int], Regraded]:
    """(audit, criterion) → the grade on the day of the roll-up where a later notice changes it, of these audits."""
    found = notices.before(session.connection(), rollup.as_of).grades
    return {(audit, key): each for audit in found.keys() & audits for key, each in found[audit].items()}


def told(session: Session, answers: Collection[Given]) -> dict[tuple[int, int, int], Told]:
    """(province, audit, criterion) → what was written beside the grade, of these few answers; one query."""
    if not answers:
        return {}
    found = session.execute(
        select(
            Answer.province_id,
            Answer.audit_id,
            Answer.criterion_id,
            Answer.note,
            Answer.reason,
            Answer.request,
            Answer.due_on,
        ).where(
            Answer.province_id.in_({each.province for each in answers}),
            Answer.audit_id.in_({each.audit for each in answers}),
            Answer.criterion_id.in_({each.question.id for each in answers}),
        )
    )
    return {
        (province, audit, criterion): Told(note or "", reason or "", request or "", due)
        for province, audit, criterion, note, reason, request, due in found
    }


def places(session: Session, counted: Iterable[UnitLine]) -> dict[tuple[int, int], UnitLine]:
    """(province, number) of each counted audit → its line."""
    here = register.home(session) or 0
    provinces = session.scalars(select(Province.id)).all()
    found = {}
    for line in counted:
        if line.audit is not None:
            fact = line.audit.fact
            whose = (each for each in (here, *provinces) if audit_key(each, fact.entry, here) == fact.id)
            found[next(whose, here), fact.entry] = line
    return found


def portions(audited: Collection[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    """The audits by province, so many at once as a statement takes."""
    for province in sorted({each[0] for each in audited}):
        audits = sorted(each[1] for each in audited if each[0] == province)
        for start in range(0, len(audits), AT_ONCE):
            yield province, audits[start : start + AT_ONCE]


def _given(province: int, audits: Collection[int], criteria: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        Answer.province_id == province,
        Answer.audit_id.in_(audits),
        Answer.criterion_id.in_(criteria),
        Answer.grade.is_not(None),
    )


def versions(session: Session, rollup: Rollup) -> list[Checklist]:
    """The checklist versions that the counted audits pin, by title; at most one query."""
    pinned = {int(line.audit.fact.checklist) for line in rollup.units if line.audit is not None}
    return sorted(checklists.contents(session, pinned).values(), key=lambda each: (each.title.vi, each.version))
