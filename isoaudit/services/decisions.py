"""Decisions of the steering committee on a unit, a block or the province: recorded, corrected, followed up.

How a decision stands on a day is `domain.decision`. Following up only adds steps; what was recorded by mistake is
corrected or voided with a reason, and all of it stays as history.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Decision, DecisionStep, Document, Unit, User
from isoaudit.domain.decision import DecisionState, Standing, Step, StepKind, standing
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid, Refusal, Refusals
from isoaudit.domain.localday import local_day
from isoaudit.domain.text import fold
from isoaudit.services import log, namesakes, settings
from isoaudit.services.records import Records

DECISIONS = Records(
    "decision",
    Decision,
    "decision.unknown",
    lambda row: f"{row.decided_on:%Y-%m-%d} {row.text}",
    ("unit_id", "block", "decided_on", "document_id", "text", "addressed_to", "due_on"),
    counts=False,
)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with who wrote it down and the document it cites."""

    row: DecisionStep
    person: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as of a day: its unit and document, its steps up to that day, how it stands. `name` is what its unit
    is called, told apart from others of the name; empty without a unit."""

    row: Decision
    unit: Unit | None
    document: Document | None
    steps: tuple[StepLine, ...]
    standing: Standing
    name: str = ""

    @property
    def state(self) -> DecisionState:
        """How it stands."""
        return self.standing.state

    def on(self, day: date) -> Standing:
        """How it stands on another day, as far as the steps that it holds tell."""
        return standing(self.row.due_on, map(_plain, self.steps), day)

    @property
    def latest(self) -> StepLine | None:
        """The last step up to the day."""
        return self.steps[-1] if self.steps else None


@dataclass(frozen=True, slots=True)
class Follow:
    """What is told in a step of following up. `due_on` belongs to an extension."""

    kind: StepKind
    on_day: date
    text: str
    due_on: date | None = None
    document_id: int | None = None


def enter(session: Session, values: dict[str, Any], *, example: bool = False, by: log.Actor, now: datetime) -> Decision:
    """Record a decision. Raises `Invalid` or `Refusals` with everything that is wrong."""
    home = settings.home(session)
    clean = _checked(session, values, None, now)
    return DECISIONS.enter(session, Decision(province_id=home.id, example=example, **clean), by=by, now=now)


def correct(
    session: Session,
    decision_id: int,
    values: dict[str, Any],
    *,
    why: str | None,
    revision: int | None = None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Give a decision new values, with a reason; False when nothing differs."""
    row = DECISIONS.to_change(session, decision_id, revision)
    clean = _checked(session, values, row, now)
    return DECISIONS.correct(session, row, clean, why=why, by=by, now=now)


def void(session: Session, decision_id: int, *, why: str, by: log.Actor, now: datetime) -> Decision:
    """Take a decision that was recorded by mistake off every list, with a reason."""
    return DECISIONS.void(session, DECISIONS.to_change(session, decision_id), why=why, by=by, now=now)


def restore(session: Session, decision_id: int, *, by: log.Actor, now: datetime) -> Decision:
    """Undo a voiding."""
    return DECISIONS.restore(session, DECISIONS.to_restore(session, decision_id), by=by, now=now)


def follow_up(session: Session, decision_id: int, told: Follow, *, by: log.Actor, now: datetime) -> DecisionStep:
    """Add a step. Its day is not before the last step's, and not to come.

    Raises `Invalid` for what is told wrongly, `Conflict` for a step that does not fit how the decision stands.
    """
    row = DECISIONS.to_change(session, decision_id)
    before = _steps(session, [row.id])[row.id]
    stands = standing(row.due_on, map(_plain, before), date.max)
    ended = stands.ended_on
    if ended is not None and told.kind is not StepKind.REOPENED:
        raise Conflict("decision.ended", day=short_date(ended))
    if ended is None and told.kind is StepKind.REOPENED:
        raise Conflict("decision.not_ended", field="kind")
    last = max((each.row.on_day for each in before), default=row.decided_on)
    wrong: list[Refusal] = []
    if not told.text.strip():
        wrong.append(Invalid("decision.empty", field="text"))
    if told.on_day > local_day(now):
        wrong.append(Invalid("fact.in_future", field="on_day", day=short_date(told.on_day)))
    elif told.on_day < last:
        wrong.append(
            Invalid("decision.step_before", field="on_day", value=short_date(told.on_day), day=short_date(last))
        )
    extends = told.kind is StepKind.EXTENDED
    if extends and (told.due_on is None or told.due_on < told.on_day):
        wrong.append(Invalid("decision.new_due", field="due_on", day=short_date(told.on_day)))
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    step = DecisionStep(
        decision_id=row.id,
        number=len(before) + 1,
        kind=told.kind,
        on_day=told.on_day,
        text=told.text.strip(),
        due_on=told.due_on if extends else None,
        document_id=told.document_id,
        at=now,
        by=by.user_id,
        example=row.example,
    )
    session.add(step)
    session.flush()
    detail = {"kind": step.kind.value, "on_day": step.on_day, "due_on": step.due_on, "text": step.text}
    DECISIONS.tell(session, "follow_up", row, by=by, now=now, **detail)
    return step


def get(session: Session, decision_id: int, day: date) -> DecisionLine:
    """A decision, standing or voided, as of a day. Raises `NotFound`."""
    return _lines(session, [DECISIONS.get(session, decision_id)], day)[0]


def listed(session: Session, day: date) -> list[DecisionLine]:
    """The standing decisions made by that day: those to be carried out first, by deadline, then the newest."""
    home = settings.home(session)
    rows = session.scalars(
        select(Decision).where(
            Decision.province_id == home.id, Decision.voided_at.is_(None), Decision.decided_on <= day
        )
    )
    return sorted(_lines(session, rows.all(), day), key=_by_urgency)


def voided(session: Session) -> Sequence[Decision]:
    """The decisions that were taken off the lists, newest first."""
    home = settings.home(session)
    query = select(Decision).where(Decision.province_id == home.id, Decision.voided_at.is_not(None))
    return session.scalars(query.order_by(Decision.decided_on.desc(), Decision.id.desc())).all()


def of_units(session: Session, rows: Iterable[int], day: date) -> list[DecisionLine]:
    """The standing decisions on these rows of the register, as of a day."""
    found = session.scalars(
        select(Decision).where(
            Decision.unit_id.in_(set(rows)), Decision.voided_at.is_(None), Decision.decided_on <= day
        )
    )
    return sorted(_lines(session, found.all(), day), key=_by_urgency)


def meetings(session: Session) -> list[date]:
    """The days on which something was decided, newest first."""
    home = settings.home(session)
    query = select(Decision.decided_on).where(Decision.province_id == home.id, Decision.voided_at.is_(None))
    return list(session.scalars(query.distinct().order_by(Decision.decided_on.desc())))


def unit_named(session: Session, typed: str, day: date) -> Unit:
    """The unit in force on a day with this code, this name, or "name (code)". Raises `Invalid` for none and several."""
    home = settings.home(session)
    bare = " ".join(typed.split())
    code = bare.rpartition("(")[2].rstrip(")") if bare.endswith(")") else bare
    found = session.scalars(
        select(Unit).where(
            Unit.province_id == home.id,
            or_(Unit.code == code, Unit.fold == fold(bare)),
            Unit.valid_from <= day,
            or_(Unit.valid_to.is_(None), Unit.valid_to > day),
        )
    ).all()
    exact = [unit for unit in found if code in (unit.code, unit.name)] or found
    if not exact:
        raise Invalid("decision.unit_unknown", field="unit", value=bare, day=short_date(day))
    if len(exact) > 1:
        raise Invalid(
            "decision.unit_several",
            field="unit",
            value=bare,
            day=short_date(day),
            count=len(exact),
            example=exact[0].code,
        )
    return exact[0]


def _checked(session: Session, values: dict[str, Any], row: Decision | None, now: datetime) -> dict[str, Any]:
    clean = dict(values)
    clean["text"] = clean["text"].strip()
    clean["addressed_to"] = " ".join(clean["addressed_to"].split())
    wrong: list[Refusal] = [
        Invalid("decision.empty", field=name) for name in ("text", "addressed_to") if not clean[name]
    ]
    decided, due = clean["decided_on"], clean["due_on"]
    if clean["unit_id"] is not None and clean["block"] is not None:
        wrong.append(Invalid("decision.two_subjects", field="block"))
    if decided > local_day(now):
        wrong.append(Invalid("fact.in_future", field="decided_on", day=short_date(decided)))
    if due is not None and due < decided:
        wrong.append(Invalid("decision.due_before", field="due_on", due=short_date(due), day=short_date(decided)))
    first = row and session.scalar(select(func.min(DecisionStep.on_day)).where(DecisionStep.decision_id == row.id))
    if first and first < decided:
        wrong.append(
            Invalid("decision.steps_before", field="decided_on", value=short_date(first), day=short_date(decided))
        )
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    return clean


def _steps(session: Session, ids: Sequence[int]) -> dict[int, list[StepLine]]:
    found: dict[int, list[StepLine]] = defaultdict(list)
    rows = session.execute(
        select(DecisionStep, User.full_name, Document)
        .outerjoin(User, User.id == DecisionStep.by)
        .outerjoin(Document, Document.id == DecisionStep.document_id)
        .where(DecisionStep.decision_id.in_(ids))
        .order_by(DecisionStep.decision_id, DecisionStep.number)
    )
    for row, person, document in rows:
        found[row.decision_id].append(StepLine(row, person or "", document))
    return found


def _plain(line: StepLine) -> Step:
    return Step(line.row.number, line.row.kind, line.row.on_day, line.row.due_on)


def _lines(session: Session, rows: Sequence[Decision], day: date) -> list[DecisionLine]:
    if not rows:
        return []
    steps = _steps(session, [row.id for row in rows])
    units = _by_key(session, Unit, (row.unit_id for row in rows))
    papers = _by_key(session, Document, (row.document_id for row in rows))
    named = namesakes.called(session, list(units.values()))
    lines = []
    for row in rows:
        told = tuple(each for each in steps[row.id] if each.row.on_day <= day)
        stands = standing(row.due_on, map(_plain, told), day)
        unit = units.get(row.unit_id)
        name = named.get(row.unit_id, "")
        lines.append(DecisionLine(row, unit, papers.get(row.document_id), told, stands, name))
    return lines


def _by_key(session: Session, kind: Any, keys: Iterable[int | None]) -> dict[int | None, Any]:
    wanted = {key for key in keys if key is not None}
    return {each.id: each for each in session.scalars(select(kind).where(kind.id.in_(wanted)))} if wanted else {}


def _by_urgency(line: DecisionLine) -> tuple[bool, date, int, int]:
    if line.state.pending:
        return False, line.standing.due_on or date.max, line.row.decided_on.toordinal(), line.row.id
    return True, date.max, -line.row.decided_on.toordinal(), -line.row.id
