"""The migrations give exactly the tables of the program, and history cannot be rewritten."""

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from isoaudit import migrations
from isoaudit.db import FactRevision, LogEntry
from isoaudit.services import log, settings
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
        session.add(
            FactRevision(entity="t", entity_id=entity_id, revision=1, content={}, at=NOW, example=example)
        )
    session.flush()
    session.execute(text("DELETE FROM fact_revision WHERE entity_id = 1"))
    with pytest.raises(DBAPIError, match="insert-only"), session.begin_nested():
        session.execute(text("DELETE FROM fact_revision WHERE entity_id = 2"))
