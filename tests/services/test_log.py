"""The audit log is one unbroken chain, and verify says where it is not."""

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from isoaudit.db import LogEntry
from isoaudit.db.engine import Sessions
from isoaudit.services import log, settings
from tests.conftest import NOW


def _three_entries(session: Session) -> int:
    home = settings.home(session)
    for number in range(3):
        log.append(session, home.id, "test", f"số {number}", by=log.COMMAND_LINE, now=NOW, number=number)
    return home.id


def test_an_untouched_chain_verifies(session: Session) -> None:
    assert log.verify(session, _three_entries(session)) == []


def test_what_was_rolled_back_and_what_others_wrote_leave_one_chain(sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        home = _three_entries(session)
    with sessions.writing() as session:
        log.append(session, home, "test", "bỏ", by=log.COMMAND_LINE, now=NOW)
        session.rollback()
        log.append(session, home, "test", "giữ", by=log.COMMAND_LINE, now=NOW)
        session.commit()
    with sessions.writing.begin() as session:
        log.append(session, home, "test", "sau", by=log.COMMAND_LINE, now=NOW)
        assert log.verify(session, home) == []
        assert session.scalar(select(func.max(LogEntry.seq))) == 5


def test_a_changed_a_missing_and_a_cut_entry_are_found(session: Session, engine: Engine) -> None:
    home = _three_entries(session)
    _without_triggers(session)
    session.execute(text("UPDATE log_entry SET subject = 'khác' WHERE seq = 2"))
    session.expire_all()
    assert log.verify(session, home) == ["changed 2"]
    session.execute(text("DELETE FROM log_entry WHERE seq = 2"))
    assert log.verify(session, home)[0] == "missing 2"
    session.execute(text("DELETE FROM log_entry WHERE seq = 3"))
    assert "cut after 1" in log.verify(session, home)


def _without_triggers(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        for name in ("no_update", "no_delete"):
            session.execute(text(f"DROP TRIGGER log_entry_{name}"))
    else:
        session.execute(text("ALTER TABLE log_entry DISABLE TRIGGER USER"))
