"""Reading beside a writer: one state of what is committed, whatever others commit meanwhile."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from isoaudit.db.engine import Sessions, reading
from isoaudit.services import settings
from isoaudit.services.rollup import roll_up
from tests.factories import unit


def test_beside_a_writer_one_state_is_read(sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        unit(session)
        settings.home(session)
    with sessions.writing() as session:
        assert session.scalar(text("SELECT count(*) FROM unit")) == 1
        unit(session, code="2", name="Xã Hai")
        session.flush()
        with reading(session) as own:
            first = roll_up(own, None, 2020)
            assert first.total.units == 1, "what is not committed yet is not read"
            session.commit()
            assert own.scalar(text("SELECT count(*) FROM unit")) == 1, "nor what is committed meanwhile"
            with reading(own) as again:
                assert again is own
        with reading(session) as own:
            assert own.scalar(text("SELECT count(*) FROM unit")) == 2


def test_postgresql_lets_it_write_nothing(postgresql_engine: Engine) -> None:
    with (
        Sessions(postgresql_engine).writing() as session,
        reading(session) as own,
        pytest.raises(DBAPIError, match="read"),
    ):
        own.execute(text("DELETE FROM unit"))
