"""What has to hold between tablets and a server after everything was brought: see `test_sync_machine`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, Audit, CriterionRow, Operation, Signature, User
from isoaudit.db.engine import Sessions
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.localday import local_day
from isoaudit.domain.merge import AuditFacts, Reply, State, Target, plan_batch
from isoaudit.domain.operations import SIGNATURE, empty_value
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services.audits import entries, reading
from isoaudit.services.log import Actor
from isoaudit.services.sync_targets import entry_value, open_conflicts
from tests.conftest import NOW
from tests.tablet_device import FIELDS, Device


class Server:
    """A database that can be left at any moment, and what the machine knows of it."""

    def __init__(self, engine: Engine) -> None:
        self.now = NOW
        self.sessions = Sessions(engine)
        with self.sessions.reading() as session:
            audit = session.scalars(select(Audit)).one()
            self.province, self.audit, self.audit_id = audit.province_id, audit.reference, audit.id
            people = session.scalars(select(User).where(User.username.startswith("inspector")).order_by(User.id)).all()
            self.people = [(each.id, Actor.of(each, "10.0.0.1", "tablet")) for each in people]

    def restart(self) -> None:
        """Another process on the same data: no connection is left. What the engine keeps beyond them are statements
        that it has compiled, which cost more than all else here."""
        self.sessions.engine.dispose()

    def call(self, act: Callable[[Session], Any], *, killed: bool = False) -> Any:
        """One request in its transaction; `killed`: the server ends before the commit."""
        self.now += timedelta(seconds=30)
        with self.sessions.writing() as session:
            told = act(session)
            if killed:
                session.rollback()
                self.restart()
                return None
            session.commit()
            return told


def agree(session: Session, server: Server, tablets: list[Device]) -> None:
    """The server's rows against the ledger, and the ledger against the tablets."""
    rows = list(session.scalars(select(Operation).order_by(Operation.received_at, Operation.device_id, Operation.seq)))
    ledger = {(row.device_id, row.seq): (row.op_id, row.digest) for row in rows}
    assert len(ledger) == len(rows)
    assert ledger == {
        (tablet.id, each.operation.seq): (each.operation.op_id, each.fingerprint)
        for tablet in tablets
        for each in tablet.ledger
    }
    typed = {each.operation.op_id: dict(each.operation.value) for tablet in tablets for each in tablet.ledger}
    assert {row.op_id: row.value for row in rows} == typed
    state, accepted = replay(session, server, tablets, rows)
    view = reading.find(session, server.province, server.audit)
    kept = entries.of(session, server.province, server.audit_id)
    targets = {name: target for (_, name), target in state.targets.items() if name != SIGNATURE and target.latest}
    assert {*view.answers, *(f"@{name}" for name in kept)} == set(targets)
    for name, target in targets.items():
        same(session, server, view, kept, name, target)
    people = {each.operation.op_id: tablet.user_id for tablet in tablets for each in tablet.ledger}
    for entry in kept.values():
        for waiting in entry.contenders:
            assert waiting.by == people[waiting.op_id or ""]
    for row in session.scalars(select(AnswerRevision)):
        assert row.by == people[row.op_id or ""]
    facts = state.audits[server.audit]
    assert (view.state, facts.state) in {
        (AuditState.PLANNED, AuditState.PLANNED),
        (AuditState.UNDER_WAY, AuditState.PLANNED if not facts.signed and accepted else AuditState.UNDER_WAY),
        (AuditState.SIGNED, AuditState.SIGNED),
        (AuditState.MINUTED, AuditState.SIGNED),
    }
    assert view.row.revision == accepted
    signed = session.scalars(select(Signature.digest).order_by(Signature.number)).all()
    assert (signed[-1] if signed else None) == facts.signed
    if view.state is AuditState.MINUTED:
        assert view.row.minuted_on == local_day(NOW)


def replay(session: Session, server: Server, tablets: list[Device], rows: list[Operation]) -> tuple[State, int]:
    """What the rules make of the ledger alone, one operation after the other; how many were accepted and changed
    something."""
    checklist = reading.find(session, server.province, server.audit).checklist
    sent = {each.operation.op_id: each.operation for tablet in tablets for each in tablet.ledger}
    state, accepted = State(audits={server.audit: facts_of(checklist)}), 0
    for row in rows:
        head = row.device_id == tablets[0].id
        facts = replace(state.audits[server.audit], may_settle=head)
        (verdict,), state = plan_batch([sent[row.op_id]], replace(state, audits={server.audit: facts}))
        assert (verdict.reply.value, verdict.revision or None) == (row.outcome, row.revision)
        accepted += verdict.reply is Reply.ACCEPTED and verdict.record is not None
    return state, accepted


def same(
    session: Session, server: Server, view: reading.AuditView, kept: dict[str, entries.Kept], name: str, target: Target
) -> None:
    """One target of the database against the replay; of answers the history too."""
    value = target.value or empty_value(name)
    waiting = [(each.number, each.value) for each in target.contenders]
    if name.startswith("@"):
        row = kept[name[1:]]
        assert (row.revision, entry_value(name[1:], row.value)) == (target.latest, value)
        assert [(each.number, entry_value(name[1:], each.value)) for each in row.contenders] == waiting
        if name[1:] in FIELDS:
            assert (getattr(view.row, name[1:]) or "") == value["text"]
        return
    answer = view.answer(name)
    assert (answer.revision, answer.value(), answer.conflict) == (target.latest, value, target.in_conflict)
    criterion = session.scalars(select(CriterionRow.id).where(CriterionRow.code == name)).one()
    history = list(
        session.scalars(
            select(AnswerRevision).where(AnswerRevision.criterion_id == criterion).order_by(AnswerRevision.number)
        )
    )
    assert [row.number for row in history] == list(range(1, target.latest + 1))
    if answer.conflict:
        found = open_conflicts(session, server.province, server.audit_id, [criterion])[criterion]
        assert [(each.number, each.value) for each in found] == waiting
    assert session.scalars(select(Answer.revision).where(Answer.criterion_id == criterion)).one() == target.latest


def facts_of(checklist: Checklist) -> AuditFacts:
    """The audit before anything was sent."""
    return AuditFacts(
        AuditState.PLANNED,
        checklist,
        may_answer=True,
        may_settle=True,
        kind="commune",
        first_day=local_day(NOW),
        last_day=local_day(NOW),
    )
