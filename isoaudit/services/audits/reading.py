"""Reading one audit whole, in a fixed few queries: its facts, team and answers.

Lists of audits are in `listing`, what happened to an audit in `history`. The statements are built once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Base, ChecklistVersion, Document, Programme, Unit
from isoaudit.domain.audit import NONCONFORMING, band, score, tally_of
from isoaudit.domain.audit_life import Given, Missing, missing_for_minutes
from isoaudit.domain.checklist import Band, Checklist, Criterion
from isoaudit.domain.errors import NotFound
from isoaudit.domain.facts import Tally
from isoaudit.domain.vocabulary import AuditState, Grade, TeamRole
from isoaudit.services import checklists
from isoaudit.services.audits import waiting

_VERSIONS: dict[str, Checklist] = {}
"""Published versions by digest: they never change."""
_FOUND = (
    select(Audit, Unit, Programme, Document, ChecklistVersion.digest, ChecklistVersion.version)
    .join(Unit, Unit.id == Audit.unit_id)
    .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
    .outerjoin(Programme, Programme.id == Audit.programme_id)
    .outerjoin(Document, Document.id == Audit.notice_document_id)
    .where(Audit.province_id == bindparam("province"), Audit.reference == bindparam("reference"))
)
_LOCKED = _FOUND.with_for_update(of=Audit, key_share=True).execution_options(populate_existing=True)
_people, _members, _criteria, _answers = (
    Base.metadata.tables[name] for name in ("user_account", "team_member", "criterion", "answer")
)
_TEAM = (
    select(*(_people.c[name] for name in ("id", "full_name", "position")), _members.c.role, _members.c.contents)
    .join(_members, _members.c.user_id == _people.c.id)
    .where(_members.c.province_id == bindparam("province"), _members.c.audit_id == bindparam("audit"))
    .order_by(_people.c.sort_key)
)
_STANDING = (
    select(
        _criteria.c.code,
        *(_answers.c[name] for name in ("grade", "note", "reason", "due_on", "request")),
        *(_answers.c[name] for name in ("evidence", "documents", "dossiers", "revision", "conflict")),
    )
    .join(_criteria, _criteria.c.id == _answers.c.criterion_id)
    .where(_answers.c.province_id == bindparam("province"), _answers.c.audit_id == bindparam("audit"))
)


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the team."""

    user_id: int
    name: str
    position: str | None
    role: TeamRole
    contents: str | None


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """The standing answer to a criterion; `revision` is the latest of its target."""

    grade: Grade | None = None
    note: str = ""
    reason: str = ""
    due_on: date | None = None
    request: str = ""
    evidence: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    revision: int = 0
    conflict: bool = False

    def value(self) -> dict[str, object]:
        """As operations carry it (`domain.operations.answer_value`)."""
        return {
            "grade": self.grade.value if self.grade else None,
            "note": self.note,
            "reason": self.reason,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "request": self.request,
            "evidence": list(self.evidence),
            "documents": list(self.documents),
            "dossiers": list(self.dossiers),
        }


def answer_of(
    grade: Grade | None,
    note: str | None,
    reason: str | None,
    due_on: date | None,
    asks: str | None,
    evidence: list[str] | None,
    documents: list[str] | None,
    dossiers: list[str] | None,
    revision: int,
    conflict: bool,
) -> AnswerValue:
    """An answer from its columns."""
    lists = tuple(evidence or ()), tuple(documents or ()), tuple(dossiers or ())
    return AnswerValue(grade, note or "", reason or "", due_on, asks or "", *lists, revision, conflict)


UNANSWERED = AnswerValue()


@dataclass(frozen=True)
class AuditView:
    """An audit as pages and steps need it."""

    row: Audit
    unit: Unit
    programme: Programme | None
    notice: Document | None
    checklist: Checklist
    version: str
    members: tuple[Member, ...]
    answers: Mapping[str, AnswerValue]
    absent: frozenset[str] = frozenset()
    """Digests of files that answers name, that have not arrived, and that are waited for."""

    @property
    def reference(self) -> str:
        """Its reference, unique in the province."""
        return self.row.reference

    @property
    def state(self) -> AuditState:
        """Where it is in its life."""
        return self.row.state

    @property
    def head(self) -> Member | None:
        """The head of the team."""
        return next((each for each in self.members if each.role is TeamRole.HEAD), None)

    def role_of(self, user_id: int | None) -> TeamRole | None:
        """The role of an account in the team; None when it is not in it."""
        return next((each.role for each in self.members if each.user_id == user_id), None)

    def answer(self, code: str) -> AnswerValue:
        """The standing answer to a criterion."""
        return self.answers.get(code, UNANSWERED)

    @cached_property
    def grades(self) -> dict[str, Grade | None]:
        """Code → grade, of the criteria answered so far."""
        return {code: each.grade for code, each in self.answers.items()}

    @cached_property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria asked of this unit, in this audit's set, given the answers so far."""
        return self.checklist.asked(self.unit.kind, self.grades, core=self.row.core_only)

    @cached_property
    def asked_in_full(self) -> frozenset[str]:
        """The codes of the criteria that the whole checklist asks of this unit, given the answers so far."""
        return frozenset(each.code for each in self.checklist.asked(self.unit.kind, self.grades))

    def counted(self, core: bool | None = None) -> tuple[Criterion, ...]:
        """The criteria of which the answers are counted (`counted_in`): of this audit's set, or of the one told."""
        return counted_in(self.checklist, self.unit.kind, self.grades, self.row.core_only if core is None else core)

    def due_before(self, day: date | None) -> tuple[Criterion, ...]:
        """The minor and major ones whose deadline lies before that day; none without a day."""
        return tuple(each for each in self.checklist.criteria if is_early(self.answer(each.code), day))

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """What the minutes lack."""
        given = {
            code: Given(
                each.grade,
                each.note,
                each.reason,
                each.due_on,
                each.conflict,
                incomplete=not self.absent.isdisjoint(each.evidence),
            )
            for code, each in self.answers.items()
        }
        return missing_for_minutes(self.checklist, self.unit.kind, given, core=self.row.core_only)

    @cached_property
    def tally(self) -> Tally:
        """Counts and weights of the answers."""
        return tally_of(self.checklist, self.unit.kind, self.grades)

    @cached_property
    def score(self) -> Any:
        """The exact score as a fraction; None when nothing applies."""
        return score(self.tally.weights, self.checklist.scoring)

    @cached_property
    def band(self) -> Band | None:
        """The band; None when there is not enough to go by."""
        return band(self.tally, self.checklist.bands, self.score)

    @property
    def answered(self) -> int:
        """How many of the criteria counted have a grade."""
        return sum(self.answer(each.code).grade is not None for each in self.counted())


def counted_in(
    checklist: Checklist, kind: str, grades: Mapping[str, Grade | None], core: bool
) -> tuple[Criterion, ...]:
    """The criteria asked of a unit of this kind given the answers so far, and those answered though unasked: an answer
    given counts (RULES §6). Every page and list that says how far an audit has come divides by their number."""
    asked = {each.code for each in checklist.asked(kind, grades, core=core)}
    return tuple(each for each in checklist.criteria if each.code in asked or grades.get(each.code) is not None)


def is_early(answer: AnswerValue, day: date | None) -> bool:
    """Whether the deadline of a minor or major grade lies before that day."""
    if day is None or answer.due_on is None:
        return False
    return answer.grade in NONCONFORMING and answer.due_on < day


def pinned(session: Session, version_id: int, digest: str) -> Checklist:
    """The checklist version of that key and digest; its content is read once a process."""
    found = _VERSIONS.get(digest)
    if found is None:
        found = _VERSIONS[digest] = checklists.content(checklists.get(session, version_id))
    return found


def find(session: Session, province_id: int, reference: str, *, to_change: bool = False) -> AuditView:
    """The audit of that reference, in three queries, four when its answers name files. Raises NotFound.

    With `to_change` its row is locked, so that two people take its steps one after the other.
    """
    key = {"province": province_id, "reference": reference}
    found = session.execute(_LOCKED if to_change else _FOUND, key).one_or_none()
    if found is None:
        raise NotFound("audit.unknown", record=reference)
    row, unit, programme, notice, digest, version = found
    answers = standing(session, province_id, row.id)
    return AuditView(
        row=row,
        unit=unit,
        programme=programme,
        notice=notice,
        checklist=pinned(session, row.checklist_version_id, digest),
        version=version,
        members=team(session, province_id, row.id),
        answers=answers,
        absent=waiting.absent(
            session, province_id, row.id, (sha for each in answers.values() for sha in each.evidence)
        ),
    )


def team(session: Session, province_id: int, audit_id: int) -> tuple[Member, ...]:
    """The team: head first, then members, then the secretary, each by name."""
    session.flush()
    rows: Iterable[Any] = session.connection().execute(_TEAM, {"province": province_id, "audit": audit_id})
    order = list(TeamRole)
    return tuple(sorted((Member(*row) for row in rows), key=lambda each: order.index(each.role)))


def standing(session: Session, province_id: int, audit_id: int) -> dict[str, AnswerValue]:
    """The standing answers, by criterion's code."""
    session.flush()
    rows = session.connection().execute(_STANDING, {"province": province_id, "audit": audit_id})
    return {code: answer_of(*columns) for code, *columns in rows}
