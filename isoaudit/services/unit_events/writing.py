"""Entering an arrangement of units, correcting and withdrawing it: the register, what is carried over and the log, all
in the session's transaction or not at all."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, Province, Succession, Unit, UnitEvent
from isoaudit.domain import facts
from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.unit_event import Effects, Plan, effects, problems
from isoaudit.domain.vocabulary import Relation
from isoaudit.services import documents, log, revisions
from isoaudit.services.unit_events import carrying
from isoaudit.services.unit_events.carrying import Cause, Done
from isoaudit.services.unit_events.entries import Entry, get
from isoaudit.services.unit_events.resting import refuse_code_used, refuse_rested_on


def enter(session: Session, province_id: int, entry: Entry, *, by: log.Actor, now: datetime) -> UnitEvent:
    """Enter an arrangement. Raises Refusals with everything that forbids it."""
    _lock(session, province_id)
    done = _apply(session, province_id, entry, by=by, now=now)
    event = UnitEvent(province_id=province_id, **_columns(entry), done=done)
    revisions.enter(session, event, by=by, now=now)
    _tell(session, event, "enter", by=by, now=now, done=done)
    return event


def correct(
    session: Session,
    province_id: int,
    event_id: int,
    entry: Entry,
    *,
    why: str,
    revision: int | None = None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Give an arrangement other content, with a reason; False when nothing differs. Document and note can always be
    corrected, the rest only while nothing rests on what it did."""
    _lock(session, province_id)
    event = get(session, province_id, event_id)
    revisions.refuse_changing(session, event, revision)
    values = _columns(entry)
    same = all(getattr(event, name) == values[name] for name in ("kind", "on_day", "planned"))
    if not same:
        refuse_rested_on(session, event)
        undone = dict(event.done)
        _take_back(session, event, why, by=by, now=now)
        values["done"] = _apply(session, province_id, entry, by=by, now=now)
        _tell(session, event, "undo", by=by, now=now, done=undone, why=why)
    elif event.document_id != entry.document_id:
        _cite(session, event, entry.document_id)
    if not revisions.correct(session, event, values, by=by, now=now, why=why):
        return False
    _tell(session, event, "correct", by=by, now=now, done=event.done, why=why)
    return True


def withdraw(session: Session, province_id: int, event_id: int, *, why: str, by: log.Actor, now: datetime) -> UnitEvent:
    """Take an arrangement back, with a reason, while nothing rests on it: the units are again as before, and the row
    stays as history."""
    _lock(session, province_id)
    event = get(session, province_id, event_id)
    revisions.refuse_changing(session, event)
    if not why.strip():
        raise Invalid("fact.why_required", field="why")
    refuse_rested_on(session, event)
    _take_back(session, event, why, by=by, now=now)
    revisions.void(session, event, by=by, now=now, why=why)
    _tell(session, event, "withdraw", by=by, now=now, done=event.done, why=why)
    return event


def _lock(session: Session, province_id: int) -> None:
    """One arrangement at a time."""
    session.execute(select(Province.id).where(Province.id == province_id).with_for_update())


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.plan.kind,
        "on_day": entry.plan.on,
        "document_id": entry.document_id,
        "note": entry.note.strip() or None,
        "planned": entry.planned(),
    }


def _apply(session: Session, province_id: int, entry: Entry, *, by: log.Actor, now: datetime) -> Done:
    plan = entry.plan
    rows = {row.id: row for row in session.scalars(select(Unit).where(Unit.province_id == province_id))}
    known = {key: _fact(row) for key, row in rows.items()}
    document = session.get(Document, entry.document_id)
    if document is None or document.voided_at is not None:
        raise Invalid("document.unknown", field="document", value=document.number if document else entry.document_id)
    wrong = problems(plan, known, _successions(session))
    if wrong:
        raise Refusals(wrong)
    made = effects(plan, known)
    continued = made.continued()
    ended = {key: f"{rows[key].name} ({rows[key].code})" for key in made.ended if key not in continued}
    late = carrying.facts_after(session, ended, plan.on)
    if late:
        raise Refusals(list(late))
    cited = documents.cited_as(document)
    cause = Cause(province_id, plan.on, cited, document.id, by, now)
    for key in made.ended:
        revisions.correct(session, rows[key], {"valid_to": plan.on}, by=by, now=now, why=cited)
    keys = _begin(session, province_id, plan, made, cited)
    passages = []
    for each in made.passages:
        row = Succession(
            predecessor_id=each.predecessor,
            successor_id=keys.get(each.successor, each.successor),
            on_day=plan.on,
            relation=each.relation,
            basis=cited,
        )
        session.add(row)
        session.flush()
        passages.append(row.id)
    along = carrying.take_along(session, {old: keys[new] for old, new in continued.items()}, cause)
    receivers = {
        keys.get(each.successor, each.successor) for each in made.passages if each.relation is not Relation.CONTINUED
    }
    settled = carrying.settle_audits(session, ended, entry.audits, receivers, cause)
    closed = carrying.settle_findings(session, ended, entry.findings, cause)
    after = [*(f"{each.name} ({each.code})" for each in made.begun if each.continues not in made.taken_along)]
    after += [f"{rows[key].name} ({rows[key].code})" for key in sorted(receivers & set(rows))]
    return {
        "ended": [*made.ended],
        "begun": [*keys.values()],
        "along": [*made.taken_along],
        "passages": passages,
        "facts": along["facts"],
        "audits": along["audits"] + settled["audits"],
        "cancelled": settled["cancelled"],
        "findings": closed["findings"],
        "before": [f"{rows[key].name} ({rows[key].code})" for key in plan.units],
        "after": after,
    }


def _begin(session: Session, province_id: int, plan: Plan, made: Effects, cited: str) -> dict[int, int]:
    """The rows that begin; the plan's keys of them → those of the database."""
    keys: dict[int, int] = {}
    for number, each in enumerate(made.begun, 1):
        row = Unit(
            province_id=province_id,
            code=each.code,
            name=each.name,
            kind=each.kind,
            parent_id=None if each.parent is None else keys.get(each.parent, each.parent),
            valid_from=plan.on,
            basis=cited,
            fold=fold(f"{each.name} {each.code}")[:300],
            sort_key=sort_key(each.name)[:600],
        )
        session.add(row)
        session.flush()
        keys[-number] = row.id
    return keys


def _take_back(session: Session, event: UnitEvent, why: str, *, by: log.Actor, now: datetime) -> None:
    """The register as it was before, and what was carried over back where it was."""
    done = event.done
    refuse_code_used(session, event)
    cause = Cause(event.province_id, event.on_day, "", event.document_id, by, now)
    carrying.take_back(session, done, cause, why)
    for key in done["passages"]:
        session.delete(session.get_one(Succession, key))
    session.flush()
    for key in reversed(done["begun"]):
        session.delete(session.get_one(Unit, key))
        session.flush()
    for key in done["ended"]:
        revisions.correct(session, session.get_one(Unit, key), {"valid_to": None}, by=by, now=now, why=why)


def _cite(session: Session, event: UnitEvent, document_id: int) -> None:
    """Another decision stands behind what the event did."""
    document = session.get(Document, document_id)
    if document is None or document.voided_at is not None:
        raise Invalid("document.unknown", field="document", value=document.number if document else document_id)
    cited = documents.cited_as(document)
    for row in session.scalars(select(Succession).where(Succession.id.in_(event.done["passages"]))):
        row.basis = cited
    for unit in session.scalars(select(Unit).where(Unit.id.in_(event.done["begun"]))):
        unit.basis = cited


def _tell(session: Session, event: UnitEvent, what: str, *, by: log.Actor, now: datetime, **detail: Any) -> None:
    subject = "; ".join(event.done["before"])
    log.append(
        session,
        event.province_id,
        f"unit_event.{what}",
        subject,
        by=by,
        now=now,
        counts=True,
        event=event.id,
        kind=event.kind.value,
        on=event.on_day,
        **detail,
    )


def _successions(session: Session) -> list[facts.Succession]:
    return [
        facts.Succession(row.predecessor_id, row.successor_id, row.on_day, row.relation, row.id)
        for row in session.scalars(select(Succession))
    ]


def _fact(row: Unit) -> facts.Unit:
    return facts.Unit(row.id, row.code, row.name, row.kind, "", row.valid_from, row.valid_to, row.parent_id)
