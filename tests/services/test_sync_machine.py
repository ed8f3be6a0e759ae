"""Tablets and a server under bad luck: batches reordered, repeated, cut in half, replies lost, the server killed and
started again, clocks wrong by months, conflicts settled, signing and amending in between.

In the end the server has every operation exactly once, its state is what the rules make of the ledger alone, every
tablet has the same chain and sees what the server says, and nothing that was ever typed is missing from the history.
"""

import os
import random
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from isoaudit.db import Base
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.localday import local_day
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.operations import empty_value
from isoaudit.domain.vocabulary import Role
from isoaudit.services import device_list, devices, packages, sync
from tests import audit_factories, factories
from tests.conftest import NOW
from tests.services.agreement import Server, agree
from tests.tablet_device import Device

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
CODES = ("A-01", "B-7.2-01", "B-8.5-01")
DOSSIERS = tuple(f"dossier/00000000-0000-4000-8000-00000000000{number}" for number in (1, 2))
NAMES = (*DOSSIERS, "meeting", "word/A-01")
TABLETS = 3
DAY = local_day(NOW).isoformat()
"""The first tablet is the head's."""
which = st.integers(0, TABLETS - 1)
seeds = st.integers(0, 2**20)


class Tablets(RuleBasedStateMachine):
    """See the head of the file."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.server = Server(self.engine)
        self.typed = 0
        offsets = (timedelta(0), timedelta(days=-200), timedelta(days=31))
        self.tablets = [
            Device(number + 1, self.server.people[number][0], self.server.audit, wrong_by, self.package(number))
            for number, wrong_by in enumerate(offsets)
        ]

    def package(self, number: int) -> Any:
        """What the server tells this person now."""
        person = self.server.people[number][0]
        with self.server.sessions.reading() as session:
            return packages.one(
                session, self.server.province, person, self.server.audit, today=local_day(self.server.now)
            )

    def text(self) -> str:
        """A text that was never typed before."""
        self.typed += 1
        return f"ghi {self.typed}"

    @rule(number=which, code=st.sampled_from(CODES), grade=st.sampled_from(["conformity", "minor", None]))
    def answer(self, number: int, code: str, grade: str | None) -> None:
        """Somebody answers a criterion."""
        value = empty_value(code) | {"grade": grade, "note": self.text(), "due_on": "2020-12-31"}
        self.tablets[number].add("answer", value, code, self.server.now)

    @rule(number=which, name=st.sampled_from(NAMES), removed=st.integers(0, 4))
    def enter(self, number: int, name: str, removed: int) -> None:
        """Somebody writes an entry, or removes it."""
        text = self.text()
        data: dict[str, Any] = {"number": text} if name in DOSSIERS else {"place": text}
        if name.startswith("word"):
            data = {"stance": "reserved", "text": text}
        self.tablets[number].add("entry", {"entry": name, "data": data if removed else None}, None, self.server.now)

    @rule(number=which)
    def remark(self, number: int) -> None:
        """Somebody writes the general remarks."""
        self.tablets[number].add("field", {"field": "remarks", "text": self.text()}, None, self.server.now)

    @rule(place=st.integers(0, 9), own=st.booleans(), fresh=st.booleans())
    def settle(self, place: int, own: bool, fresh: bool) -> None:
        """The head settles a conflict that the package shows, by the value that stands or another one."""
        head = self.tablets[0]
        if fresh:
            self.pull(0)
        open_ones = [target for target in head.targets() if head.standing(target)[2]]
        if open_ones:
            target = open_ones[place % len(open_ones)]
            _revision, value, contenders = head.standing(target)
            criterion = None if target.startswith("@") else target
            head.add("settle", value if own else contenders[-1], criterion, self.server.now)

    @precondition(lambda self: not self.tablets[0].signed)
    @rule()
    def sign(self) -> None:
        """The head answers what lacks an answer, and signs with the unit."""
        head = self.tablets[0]
        for code in CODES:
            value = head.seen(code)
            if value["grade"] is None:
                made = value | {"grade": "conformity", "note": self.text()}
                head.add("answer", made, code, self.server.now)
        head.sign(head.content(CODES, DAY), self.server.now)

    @precondition(lambda self: self.tablets[0].signed)
    @rule()
    def amend(self) -> None:
        """The head reopens what was signed."""
        self.tablets[0].add("amend", {"reason": self.text()}, None, self.server.now)

    @rule(number=which, code=st.sampled_from(CODES), grade=st.sampled_from(["major", "not_applicable"]))
    def answer_after_sync(self, number: int, code: str, grade: str) -> None:
        """A tablet that has a network answers and brings it."""
        self.pull(number)
        value = empty_value(code) | {"grade": grade, "note": self.text(), "due_on": "2020-12-31", "reason": "Không có"}
        tablet = self.tablets[number]
        tablet.add("answer", value, code, self.server.now)
        self.bring(number, [each.operation for each in tablet.pending])
        self.tell(number)

    @rule(number=which, seed=seeds, fate=st.sampled_from(["told", "told", "told", "lost", "killed"]))
    def send(self, number: int, seed: int, fate: str) -> None:
        """A batch: from anywhere in the ledger, cut anywhere, in any order, some of it twice."""
        chance, ledger = random.Random(seed), self.tablets[number].ledger
        if not ledger:
            return
        first_open = next((place for place, each in enumerate(ledger) if each.outcome is None), len(ledger) - 1)
        start = chance.choice((first_open, first_open, chance.randrange(len(ledger))))
        batch = [each.operation for each in ledger[start : chance.choice((None, start + 1, start + 4))]]
        batch += chance.choices(batch, k=chance.randrange(3))
        chance.shuffle(batch)
        self.bring(number, batch, fate)

    @rule(number=which)
    def by_file(self, number: int) -> None:
        """The office brings what a tablet exported; the tablet hears nothing of it."""
        self.bring(number, [each.operation for each in self.tablets[number].pending], "lost", from_file=True)

    def bring(self, number: int, batch: list[Sent], fate: str = "told", *, from_file: bool = False) -> None:
        """Send a batch and hear of it, or not."""
        tablet, by = self.tablets[number], self.server.people[number][1]

        def act(session: Session) -> Any:
            outcomes = sync.take(session, self.server.province, batch, by=by, now=self.server.now, from_file=from_file)
            return outcomes, device_list.receipts(session, [tablet.id])

        told = self.server.call(act, killed=fate == "killed")
        if fate == "told":
            tablet.hear(*told)

    @rule(number=which)
    def pull(self, number: int) -> None:
        """A tablet takes the package anew."""
        self.tablets[number].take(self.package(number))

    @rule(number=which, drafts=st.integers(0, 2))
    def report(self, number: int, drafts: int) -> None:
        """A tablet says what it holds."""
        self.tell(number, drafts)

    def tell(self, number: int, drafts: int = 0) -> Any:
        """Report, and what is told."""
        tablet, by = self.tablets[number], self.server.people[number][1]
        held = devices.Held(self.server.audit, len(tablet.pending), 0, drafts)
        last = len(tablet.ledger)
        said = devices.Report(f"Máy {number}", "1", last, tablet.chain(last), (held,))
        return self.server.call(
            lambda session: devices.report(session, self.server.province, tablet.id, said, by=by, now=self.server.now)
        )

    @precondition(lambda self: self.tablets[1].ledger)
    @rule()
    def restart(self) -> None:
        """The server is started again."""
        self.server.restart()

    def teardown(self) -> None:
        """Everybody brings what is left, in order; then everything has to agree."""
        for number, tablet in enumerate(self.tablets):
            while tablet.pending:
                self.bring(number, [each.operation for each in tablet.ledger if each.outcome is None])
            self.tell(number)  # taking the audit along, where that was never told, is no delivery
            told = self.tell(number)
            assert (told.last_seq, told.chain) == (len(tablet.ledger), tablet.chain(len(tablet.ledger)))
            assert told.audits[0].delivered
        with self.server.sessions.reading() as session:
            agree(session, self.server, self.tablets)
        for number, tablet in enumerate(self.tablets):
            assert all(each.outcome is not None for each in tablet.ledger)
            if tablet.ledger:
                self.bring(number, [tablet.ledger[-1].operation])
            assert tablet.deleted == len(tablet.ledger)
            tablet.take(self.package(number))
            assert {target: tablet.seen(target) for target in tablet.targets()} == {
                target: tablet.standing(target)[1] for target in tablet.targets()
            }
        self.server.sessions.engine.dispose()


def scene(session: Session) -> None:
    """An audit with its team."""
    people = [factories.user(session, role=Role.INSPECTOR, full_name=f"Người {number}") for number in range(TABLETS)]
    audit_factories.audit(session, head=people[0], members=tuple(people[1:]), planned_on=local_day(NOW))


def machine(engine: Engine) -> type[Tablets]:
    """The machine on that database."""
    return type("Tablets", (Tablets,), {"engine": engine})


def limits(examples: int, steps: int) -> settings:
    """So many runs of so many steps; many more when soaking."""
    health = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
    return settings(
        settings.default,
        max_examples=examples * (40 if SOAK else 1),
        stateful_step_count=steps * (2 if SOAK else 1),
        suppress_health_check=health,
    )


@pytest.mark.thorough
def test_nothing_is_lost_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    start, file = tmp_path / "start.sqlite3", tmp_path / "run.sqlite3"
    shutil.copy(sqlite_template, start)
    sessions = Sessions(make_engine(f"sqlite:///{start}"))
    with sessions.writing.begin() as session:
        scene(session)
    with sessions.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    sessions.engine.dispose()

    class OnFile(machine(make_engine(f"sqlite:///{file}"))):  # type: ignore[misc]
        """Each run on a copy of its own."""

        def __init__(self) -> None:
            for part in tmp_path.glob("run.sqlite3*"):
                part.unlink()
            shutil.copy(start, file)
            super().__init__()

    run_state_machine_as_test(OnFile, settings=limits(18, 40))


@pytest.mark.thorough
def test_nothing_is_lost_on_postgresql(postgresql_engine: Engine) -> None:
    def empty() -> None:
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with postgresql_engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))

    class OnServer(machine(postgresql_engine)):  # type: ignore[misc]
        """Each run on an emptied database."""

        def __init__(self) -> None:
            empty()
            with Sessions(postgresql_engine).writing.begin() as session:
                scene(session)
            super().__init__()

    try:
        run_state_machine_as_test(OnServer, settings=limits(6, 30))
    finally:
        empty()
