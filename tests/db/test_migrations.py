"""The migrations give exactly the tables of the program, and history cannot be rewritten."""

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from isoaudit import migrations
from isoaudit.db import Device, FactRevision, LogEntry, Operation
from isoaudit.domain.vocabulary import Role
from isoaudit.services import log, settings
from tests import audit_factories, factories
from tests.conftest import NOW


def test_the_migrations_give_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as connection:
        assert migrations.current(connection) == migrations.newest()
        assert migrations.differences(connection) == []


def test_a_log_entry_cannot_be_changed_or_deleted(session: Session) -> None:
    home = settings.home(session)
    log.append(session, home.id, "test", "x", by=log.COMMAND_LINE, now=NOW)
    for statement in (update(LogEntry).values(action="y"), delete(LogEntry)):
        with pytest.raises(DBAPIError, match="insert-only"), session.begin_nested():
            session.execute(statement)


def test_only_example_revisions_can_be_deleted(session: Session) -> None:
    for entity_id, example in ((1, True), (2, False)):
        session.add(FactRevision(entity="t", entity_id=entity_id, revision=1, content={}, at=NOW, example=example))
    session.flush()
    session.execute(text("DELETE FROM fact_revision WHERE entity_id = 1"))
    with pytest.raises(DBAPIError, match="insert-only"), session.begin_nested():
        session.execute(text("DELETE FROM fact_revision WHERE entity_id = 2"))


def test_only_operations_of_example_audits_can_be_deleted(session: Session) -> None:
    head = factories.user(session, role=Role.INSPECTOR)
    session.add(Device(id="d", user_id=head.id, created_at=NOW, last_seen=NOW))
    unit = factories.unit(session)
    version = audit_factories.checklist(session)
    made_up, real = (audit_factories.audit(session, head=head, of=unit, version=version) for _ in range(2))
    made_up.example = True
    for number, audit_id in ((1, made_up.id), (2, real.id), (3, None)):
        session.add(
            Operation(
                province_id=unit.province_id,
                op_id=str(number),
                device_id="d",
                seq=number,
                audit_id=audit_id,
                kind="answer",
                target="A-01",
                base_revision=0,
                value={},
                at=NOW,
                digest="0",
                outcome="refused",
                received_at=NOW,
                by=head.id,
            )
        )
    session.flush()
    session.execute(text("DELETE FROM operation WHERE op_id = '1'"))
    for statement in ("DELETE FROM operation", "UPDATE operation SET seq = 9"):
        for op_id in ("2", "3"):
            with pytest.raises(DBAPIError, match="insert-only"), session.begin_nested():
                session.execute(text(f"{statement} WHERE op_id = '{op_id}'"))
