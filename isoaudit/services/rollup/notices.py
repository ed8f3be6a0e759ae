"""What stood before notices of conclusion that are dated after the day looked at (RULES §1, §6).

Decision of 22/11/2026: a notice counts from its own day. As of an earlier day its audits have the grades of their
minutes: what it withdraws is still a nonconformity, what it raises is none yet, what it calls minor or major is what
the minutes called it. As of its day and later, what it decided holds for the whole period, the eve of it as well, as
with any correction; otherwise opening + raised − closed would not be closing.

Rows and grade sheets tell what stands now. The few differences are read from what the notices left: their decisions
(`FindingNote`) and the events of nonconformities. Words beside a grade are those that stand now, on every day.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Exists,
    String,
    and_,
    bindparam,
    case,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import aliased

from isoaudit.db import Audit, AuditEvent, CriterionRow, FindingNote, Nonconformity, NonconformityEvent
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.vocabulary import AuditState, Grade
from isoaudit.services.rollup.deadlines import Key

_NOTE, _LATER_NOTE = FindingNote, aliased(FindingNote)
_STEP, _LATER_STEP = AuditEvent, aliased(AuditEvent)
_EVENT, _LATER_EVENT = NonconformityEvent, aliased(NonconformityEvent)
_KEY = ("province_id", "audit_id", "criterion_id")
_DAY: BindParameter[date] = bindparam("day")


def _followed(row: Any, later: Any, key: tuple[str, ...], *whats: str) -> Exists:
    """Whether the same criterion, or audit, has a later row of one of these kinds."""
    same = (getattr(later, name) == getattr(row, name) for name in key)
    return select(later.number).where(*same, later.number > row.number, later.what.in_(whats)).exists()


_LATER_NOTICES = (
    select(Audit.province_id, Audit.id, Audit.notice_document_id, _STEP.at)
    .join(_STEP, (_STEP.province_id == Audit.province_id) & (_STEP.audit_id == Audit.id))
    .where(
        *(Audit.state == AuditState.CONCLUDED, Audit.concluded_on > _DAY, Audit.minuted_on <= _DAY),
        *(_STEP.what == "concluded", ~_followed(_STEP, _LATER_STEP, ("province_id", "audit_id"), "reopened")),
    )
)
"""Province, audit, document and moment: what a notice decides is kept at the moment at which it concludes the audit."""
_GRADES = (
    select(
        *(_NOTE.province_id, _NOTE.audit_id, _NOTE.criterion_id, CriterionRow.code),
        *(type_coerce(_NOTE.before, String), type_coerce(_NOTE.after, String)),
    )
    .join(CriterionRow, CriterionRow.id == _NOTE.criterion_id)
    .where(
        _NOTE.what == "decision",
        tuple_(_NOTE.province_id, _NOTE.audit_id, _NOTE.document_id, _NOTE.at).in_(_LATER_NOTICES),
        ~_followed(_NOTE, _LATER_NOTE, _KEY, "reopened"),
    )
)
_FINDINGS = (
    select(
        *(_EVENT.province_id, _EVENT.audit_id, _EVENT.criterion_id),
        *(_EVENT.what, type_coerce(Nonconformity.grade, String)),
    )
    .join(Nonconformity, and_(*(getattr(Nonconformity, name) == getattr(_EVENT, name) for name in _KEY)))
    .where(
        case((_EVENT.what.in_(("raised", "changed", "reopened", "voided")), 1), else_=0) == 1,  # not along its index
        tuple_(_EVENT.province_id, _EVENT.audit_id, _EVENT.document_id, _EVENT.at).in_(_LATER_NOTICES),
    )
)
_CONTESTED = select(_EVENT.province_id, _EVENT.audit_id, _EVENT.criterion_id).where(
    _EVENT.what == "contested",
    _EVENT.on_day <= _DAY,
    tuple_(_EVENT.province_id, _EVENT.audit_id).in_(_LATER_NOTICES.with_only_columns(Audit.province_id, Audit.id)),
    ~_followed(_EVENT, _LATER_EVENT, _KEY, "contested", "uncontested"),
)
_THIS = tuple_(*(getattr(Nonconformity, name) for name in _KEY))
UNTOUCHED = case((_THIS.in_(bindparam("touched", expanding=True)), 0), else_=1) == 1
"""Of nonconformities: no later notice made it what it is now."""
WERE = _THIS.in_(bindparam("were", expanding=True))
"""Of nonconformities: a later notice made it what it is now, and it was one before."""


@dataclass(frozen=True, slots=True)
class Regraded:
    """A grade of the minutes that a later notice changes: `before` counts, `after` is the one that stands now."""

    code: str
    before: Grade | None
    after: Grade | None


@dataclass(frozen=True, slots=True)
class Before:
    """What differs from what stands now, on a day before some notices. `grades`: (province, audit) → criterion → the
    grade; `findings`: a nonconformity that a notice made what it is now → its grade before, None where it was none."""

    grades: Mapping[tuple[int, int], Mapping[int, Regraded]]
    findings: Mapping[Key, Grade | None]

    @property
    def were(self) -> list[Key]:
        """Those of `findings` that were nonconformities."""
        return [key for key, grade in self.findings.items() if grade is not None]

    def standing(self) -> ColumnElement[bool]:
        """Of nonconformities: it stands now, or a later notice took it back."""
        return or_(Nonconformity.voided_at.is_(None), _THIS.in_(self.were))

    def grade(self, key: Key, now: Grade) -> Grade | None:
        """The grade then of a nonconformity that now has this one; None when it was none yet."""
        return self.findings.get(key, now)


def before(connection: Connection, day: date) -> Before:
    """What stood on that day where later notices say otherwise; two queries."""
    grades: defaultdict[tuple[int, int], dict[int, Regraded]] = defaultdict(dict)
    for decided in connection.execute(_GRADES, {"day": day}):
        province, audit, criterion, code, was, became = decided
        if was != became:
            grades[province, audit][criterion] = Regraded(code, _grade(was), _grade(became))
    findings: dict[Key, Grade | None] = {}
    for made in connection.execute(_FINDINGS, {"day": day}):
        province, audit, criterion, what, now = made
        regraded = grades.get((province, audit), {}).get(criterion)
        then = regraded.before if regraded is not None and regraded.before in NONCONFORMING else None
        if what in ("voided", "changed"):
            then = then or Grade(now)
        findings[province, audit, criterion] = None if what == "raised" else then
    return Before(grades, findings)


def contested(connection: Connection, day: date) -> frozenset[Key]:
    """The nonconformities that were contested on that day, before a later notice decided; one query."""
    found = connection.execute(_CONTESTED, {"day": day})
    return frozenset((row.province_id, row.audit_id, row.criterion_id) for row in found)


def _grade(word: str | None) -> Grade | None:
    return None if word is None else Grade(word)
