"""The sheet `answers`: what audits found, criterion by criterion (RULES §6).

Answers come by the million, so their rows are gone through twice and never held: once to check them, once to write them
(`answerwriting`). Between the two only a few bytes stay for each criterion of each audit: the row that named it, what
stands as a hash, and what is to be done.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import String, select, tuple_, type_coerce

from isoaudit.db import Answer
from isoaudit.domain.errors import Invalid
from isoaudit.domain.vocabulary import Grade
from isoaudit.schemas.workbooktable import TypedRow
from isoaudit.services.importing.audits import AuditBook, HeldAudit, HeldCriterion
from isoaudit.services.importing.changes import Draft, Target, against, list_added, refuse_twice, stored
from isoaudit.services.importing.job import Job, RowCheck
from isoaudit.services.importing.resolution import UnitBook
from isoaudit.services.importing.sheets import KnownSheet

ANSWERS = Target("answers", Answer, ("province_id", "audit_id", "criterion_id"))
AT_ONCE = 5_000
"""Rows that are looked at, or written, together."""
ADDED, UPDATED = 1, 2
AUDITS_ASKED, ANSWERS_ASKED = 500, 250
_SKIPPED, _MINOR, _MAJOR = Grade.NOT_APPLICABLE, Grade.MINOR, Grade.MAJOR
_TABLE = Answer.__table__
_WHOLE = (1 << 64) - 1

Item = TypeVar("Item")


class Marks:
    """Of one audit, in the order of its checklist: what stands (a hash; 0 for nothing), the row of the file that names
    the criterion (0 for none), and what that row does."""

    __slots__ = ("actions", "rows", "standing")

    def __init__(self, criteria: int) -> None:
        self.standing = array("Q", bytes(8 * criteria))
        self.rows = array("I", bytes(array("I").itemsize * criteria))
        self.actions = bytearray(criteria)


class AnswerSheet:
    """The rows of the sheet with what becomes of them."""

    def __init__(self, job: Job, sheet: KnownSheet, units: UnitBook, audits: AuditBook) -> None:
        self.job, self.sheet, self.units, self.audits = job, sheet, units, audits
        self._marks: dict[HeldAudit, Marks] = {}
        self._asked: set[str] = set()

    def check(self) -> None:
        """Look at every row; whatever is wrong is added to the job's problems."""
        for rows in batches(self.sheet.rows(self.job.problems), AT_ONCE):
            self._bring_in(rows)
            others: list[Draft] = []
            for row in rows:
                self._check(row, others)
            self._compare(others)
            self.job.progress.step(len(rows))

    def marks(self, audit: HeldAudit) -> Marks:
        """The marks of an audit that a row names."""
        return self._marks[audit]

    def _bring_in(self, rows: list[TypedRow]) -> None:
        """The audits that these rows name, with what stands of each."""
        book = self.audits
        named = {row.values["audit"] for row in rows} - self._asked - {None}
        self._asked |= named
        book.load(named - book.by_reference.keys() - book.broken, self.units)
        new = [book.by_reference[name] for name in sorted(named) if name in book.by_reference]
        for audit in new:
            self._marks[audit] = Marks(len(book.criteria(audit.version)))
        for some in batches([audit for audit in new if audit.id is not None], AUDITS_ASKED):
            self._read_standing(some)

    def _read_standing(self, audits: list[HeldAudit]) -> None:
        by_key = {(audit.province.id, audit.id): audit for audit in audits}
        columns = (_TABLE.c[name] for name in ("province_id", "audit_id", "criterion_id", "note", "reason"))
        query = select(type_coerce(_TABLE.c.grade, String).label("grade"), *columns).where(
            _TABLE.c.province_id.in_({audit.province.id for audit in audits}),
            _TABLE.c.audit_id.in_({audit.id for audit in audits}),
        )
        found = self.job.session.execute(query, execution_options={"yield_per": AT_ONCE})
        for grade, province, audit_id, criterion, note, reason in found:
            audit = by_key.get((province, audit_id))
            if audit is None:
                continue
            place = self.audits.places(audit.version).get(criterion)
            if place is not None:
                self._marks[audit].standing[place] = _mark(grade, note, reason)

    def _check(self, row: TypedRow, others: list[Draft]) -> None:
        values, job = row.values, self.job
        found = self._named(row)
        if found is None:
            return
        audit, criterion = found
        grade, note = values["grade"], values["note"]
        skipped = grade is _SKIPPED
        if skipped and criterion.gate:
            check = RowCheck(job, "answers", row)
            check.refuse("importing.gate", "grade", grade.value, criterion=values["criterion"])
            return
        if not row.good:
            return
        marks, place = self._marks[audit], criterion.place
        if marks.rows[place]:
            refuse_twice(job, ANSWERS, _draft(row, audit, criterion), marks.rows[place])
            return
        marks.rows[place] = row.number
        if note is None:
            if skipped:
                job.report.missing_reasons += 1
            elif grade is _MINOR or grade is _MAJOR:
                job.report.missing_notes += 1
        stands = marks.standing[place]
        if not stands:
            marks.actions[place] = ADDED
            self._count("added", row.number, audit)
            if job.listing.wants_added("answers"):
                list_added(job, ANSWERS, _draft(row, audit, criterion))
        elif stands == (_mark(grade._value_, None, note) if skipped else _mark(grade._value_, note, None)):
            job.report.sheets["answers"].unchanged += 1
        else:
            others.append(_draft(row, audit, criterion))

    def _named(self, row: TypedRow) -> tuple[HeldAudit, HeldCriterion] | None:
        audit = self.audits.by_reference.get(row.values["audit"])
        criterion = None if audit is None else self.audits.criteria(audit.version).get(row.values["criterion"])
        if audit is not None and criterion is not None:
            return audit, criterion
        return self.audits.of_row(RowCheck(self.job, "answers", row))

    def _compare(self, drafts: list[Draft]) -> None:
        """Rows whose content is another one than what stands."""
        for some in batches(drafts, ANSWERS_ASKED):
            keys = [key_of(draft.values) for draft in some]
            query = select(*_TABLE.c).where(tuple_(*_TABLE.primary_key).in_(keys))
            standing = {key_of(row): row for row in stored(self.job.session, query)}
            for draft, key in zip(some, keys, strict=True):
                change = against(self.job, ANSWERS, draft, standing[key])
                audit, criterion = draft.values["audit_id"], draft.values["criterion_id"]
                if change.action == "updated":
                    self._marks[audit].actions[criterion.place] = UPDATED
                self._count(change.action, draft.row, audit)

    def _count(self, action: Any, row: int, audit: HeldAudit) -> None:
        self.job.report.sheets["answers"].count(action)
        if action == "unchanged":
            return
        audit.answered = True
        if audit.closed:
            where = {"sheet": "answers", "row": row, "column": "audit", "value": audit.label}
            self.job.problems.append(Invalid("importing.audit_live", **where))


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    some: list[Item] = []
    for item in items:
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def key_of(values: Any) -> tuple[int, ...]:
    """Province, audit and criterion of a row as the database has them."""
    found: Sequence[Any] = [values[name] for name in ANSWERS.key]
    return tuple(getattr(each, "id", each) for each in found)


def _draft(row: TypedRow, audit: HeldAudit, criterion: HeldCriterion) -> Draft:
    """The row in the columns of the database. The note of "not applicable" is its reason."""
    grade, note = row.values["grade"], row.values["note"]
    skipped = grade is _SKIPPED
    values = {"province_id": audit.province, "audit_id": audit, "criterion_id": criterion, "grade": grade}
    values |= {"note": None if skipped else note, "reason": note if skipped else None}
    return Draft(row.number, values, audit)


def _mark(grade: str | None, note: str | None, reason: str | None) -> int:
    return hash((grade, note, reason)) & _WHOLE or 1
