"""A roll-up is counted once until the data change, and what was never committed is never kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest

from isoaudit.db.engine import Sessions
from isoaudit.services import log, settings
from isoaudit.services.rollup import roll_up
from isoaudit.services.rollup.cache import Cache
from tests.conftest import NOW
from tests.factories import unit


def test_a_change_of_the_data_is_seen_at_once(sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        unit(session)
        settings.write(session, {"place": "Đông Hà"}, by=log.COMMAND_LINE, now=NOW)
    with sessions.reading() as session:
        first = roll_up(session, None, 2020)
    with sessions.reading() as session:
        assert roll_up(session, "Quảng Trị", 2020, date(2020, 12, 31)) is first
        assert roll_up(session, None, 2020, date(2020, 12, 30)) is not first
    with sessions.writing.begin() as session:
        unit(session, code="2", name="Xã Hai")
        log.append(session, settings.home(session).id, "unit.add", "2", by=log.COMMAND_LINE, now=NOW, counts=True)
    with sessions.reading() as session:
        assert roll_up(session, None, 2020).total.units == first.total.units + 1 == 2


def test_what_a_writer_sees_before_it_commits_is_not_kept(sessions: Sessions) -> None:
    with sessions.writing() as session:
        unit(session)
        log.append(session, settings.home(session).id, "unit.add", "1", by=log.COMMAND_LINE, now=NOW, counts=True)
        assert roll_up(session, None, 2020).total.units == 1
        session.rollback()
    with sessions.writing.begin() as session:
        log.append(session, settings.home(session).id, "unit.add", "none", by=log.COMMAND_LINE, now=NOW, counts=True)
    with sessions.reading() as session:
        assert roll_up(session, None, 2020).total.units == 0


def test_many_who_ask_at_once_wait_for_one_count(sessions: Sessions) -> None:
    with sessions.reading() as session:
        rollup = roll_up(session, None, 2020)
    kept, go_on = Cache(), Event()
    asked: list[int] = []

    def slow() -> object:
        asked.append(1)
        assert go_on.wait(10)
        return rollup

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(kept.get, "key", slow) for _ in range(4)]
        go_on.set()
        assert [each.result() for each in waiting] == [rollup] * 4
    assert len(asked) == 1


def test_the_least_used_goes_first_and_failures_are_not_kept(sessions: Sessions) -> None:
    with sessions.reading() as session:
        rollup = roll_up(session, None, 2020)
    kept = Cache(2)
    made: list[str] = []

    def make(key: str) -> object:
        return kept.get(key, lambda: made.append(key) or rollup)

    for key in "abac":
        make(key)
    make("a")
    make("b")
    assert made == ["a", "b", "c", "b"]

    def fail() -> object:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            kept.get("bad", fail)
