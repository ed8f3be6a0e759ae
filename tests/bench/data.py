"""Databases to measure on: made in a temporary folder, the same rows on every run.

`province` is a province-year (165 units, each audited on the whole shipped checklist), `country` 10,600 units. Both are
SQLite files as an installation has them. Areas may add rows of their own (accounts) to the databases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, select

from isoaudit import migrations
from isoaudit.db import (
    Activity,
    Answer,
    Audit,
    ChecklistVersion,
    CriterionRow,
    Declaration,
    Milestone,
    Nonconformity,
    NonconformityEvent,
    Procedures,
    Province,
    Task,
    Unit,
)
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import (
    BLOCK_OF,
    ActivityKind,
    AuditState,
    Block,
    DeclarationKind,
    Grade,
    Mode,
    Purpose,
    UnitKind,
)
from isoaudit.services import checklists, library, log, settings
from isoaudit.services.rollup import sheets

YEAR = 2020
NOW = datetime(2021, 1, 4, 2, 0, tzinfo=UTC)
GRADES = (None, Grade.NOT_APPLICABLE, Grade.MAJOR, Grade.MINOR, Grade.OPPORTUNITY, Grade.CONFORMITY)
GRADE_WEIGHTS = (2, 8, 3, 13, 20, 154)
COMMUNE, AGENCY = "tcvn-iso-9001-2015-commune", "tcvn-iso-9001-2015-agency"
AT_ONCE = 50_000
SYLLABLES = ("An", "Bình", "Cam", "Đông", "Gio", "Hải", "Hướng", "Lộc", "Mỹ", "Phú", "Sơn", "Tân", "Triệu", "Vĩnh")

Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A database to measure on."""

    folder: Path
    url: str
    units: int

    @cached_property
    def sessions(self) -> Sessions:
        """Sessions on it."""
        return Sessions(make_engine(self.url))


class Places:
    """The databases of a run, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: list[Place] = []

    @cached_property
    def province(self) -> Place:
        """A province-year: 20 agencies, 10 sub-agencies, 10 districts, 125 communes."""
        return self._make("province", agencies=20, sub_agencies=10, districts=10, communes=125)

    @cached_property
    def country(self) -> Place:
        """10,600 units in one province-year."""
        return self._make("country", agencies=400, sub_agencies=100, districts=100, communes=10_000)

    def close(self) -> None:
        """Let go of the files."""
        for place in self._made:
            place.sessions.engine.dispose()

    def _make(self, name: str, **numbers: int) -> Place:
        folder = self.folder / name
        folder.mkdir(parents=True)
        place = Place(folder, f"sqlite:///{folder}/isoaudit.sqlite3", sum(numbers.values()))
        fill(place.sessions, **numbers)
        self._made.append(place)
        return place


def fill(sessions: Sessions, *, agencies: int, sub_agencies: int, districts: int, communes: int) -> None:
    """Migrate the database and write the year into it."""
    migrations.upgrade(sessions.engine)
    with sessions.writing.begin() as session:
        checklists.publish(session, library.checklist_files(), by=log.COMMAND_LINE, now=NOW)
        home = settings.home(session).id
    kinds = [UnitKind.AGENCY] * agencies + [UnitKind.SUB_AGENCY] * sub_agencies + [UnitKind.DISTRICT] * districts
    kinds += [UnitKind.COMMUNE] * communes
    with sessions.engine.begin() as connection:
        _Year(connection, home, kinds).write()
    with sessions.writing.begin() as session:
        sheets.complete(session)


class _Year:
    """Writes one made-up year; every random choice comes from one seed."""

    def __init__(self, connection: Connection, province: int, kinds: Sequence[UnitKind]) -> None:
        self.connection = connection
        self.province = province
        self.kinds = list(enumerate(kinds, 1))
        self.random = Random(YEAR)
        rows = connection.execute(
            select(CriterionRow.id, ChecklistVersion.name, ChecklistVersion.id)
            .join(ChecklistVersion, ChecklistVersion.id == CriterionRow.checklist_version_id)
            .order_by(CriterionRow.id)
        )
        self.criteria: dict[str, list[int]] = {}
        self.versions: dict[str, int] = {}
        for criterion, name, version in rows:
            self.criteria.setdefault(name, []).append(criterion)
            self.versions[name] = version
        self.found: list[tuple[int, int, int, Grade, date]] = []

    def write(self) -> None:
        """Write everything."""
        for table, rows in (
            (Unit, self.units()),
            (Declaration, self.declarations()),
            (Milestone, self.milestones()),
            (Activity, self.activities()),
            (Procedures, self.procedures()),
            (Task, self.tasks()),
            (Audit, self.audits()),
            (Answer, self.answers()),
            (Nonconformity, self.nonconformities()),
            (NonconformityEvent, self.events()),
        ):
            batch = []
            for row in rows:
                batch.append(row)
                if len(batch) == AT_ONCE:
                    self.connection.execute(insert(table), batch)
                    batch = []
            if batch:
                self.connection.execute(insert(table), batch)
        self.connection.execute(
            Province.__table__.update().values(last_audit=len(self.kinds), data_version=Province.data_version + 1)
        )

    def units(self) -> Iterator[Row]:
        for number, kind in self.kinds:
            name = f"{kind.vi} {self.random.choice(SYLLABLES)} {self.random.choice(SYLLABLES)} {number}"
            yield {
                "id": number,
                "province_id": self.province,
                "code": f"U{number:05}",
                "name": name,
                "kind": kind,
                "valid_from": date(2010, 1, 1),
                "fold": fold(name),
                "sort_key": sort_key(name),
            }

    def declarations(self) -> Iterator[Row]:
        for number, _kind in self.kinds:
            if number % 5:
                yield self._fact(number, edition="iso9001-2008", kind=DeclarationKind.DECLARE, made_on=date(2014, 5, 6))
            if number % 7:
                kind = DeclarationKind.DECLARE
                yield self._fact(number, edition="iso9001-2015", kind=kind, made_on=self._day(2018, 900))

    def milestones(self) -> Iterator[Row]:
        steps = [step.code for step in library.conversions()["2008-2015"].steps if step.code != "declared"]
        for number, _kind in self.kinds:
            for step in steps[: self.random.randint(1, len(steps))]:
                yield self._fact(number, conversion="2008-2015", step=step, achieved_on=self._day(2019, 600))

    def activities(self) -> Iterator[Row]:
        for number, _kind in self.kinds:
            for kind in ActivityKind:
                if self.random.random() < 0.8:
                    yield self._fact(number, year=YEAR, kind=kind, done_on=self._day(YEAR, 360))

    def procedures(self) -> Iterator[Row]:
        for number, _kind in self.kinds:
            total = self.random.randint(80, 180)
            covered = total if self.random.random() < 0.6 else self.random.randint(total // 2, total)
            yield self._fact(number, as_of=date(YEAR, 10, 31), total=total, covered=covered)

    def tasks(self) -> Iterator[Row]:
        for number in range(1, 25):
            row = self._fact(0, year=YEAR, group_name=f"Nhóm {number % 4}", task=f"Nhiệm vụ {number}")
            del row["unit_id"]
            yield row | {
                "province_id": self.province,
                "due_on": self._day(YEAR, 360),
                "completed_on": self._day(YEAR, 360) if number % 3 else None,
                "content_complete": bool(number % 4),
            }

    def audits(self) -> Iterator[Row]:
        for number, kind in self.kinds:
            yield {
                "province_id": self.province,
                "id": number,
                "reference": f"KT-{YEAR}-{number:05}",
                "unit_id": number,
                "mode": Mode.ON_SITE,
                "purpose": Purpose.FULL,
                "checklist_version_id": self.versions[self._checklist(kind)],
                "state": AuditState.MINUTED,
                "minuted_on": self._minuted(number),
                "created_at": NOW,
            }

    def answers(self) -> Iterator[Row]:
        for number, kind in self.kinds:
            criteria = self.criteria[self._checklist(kind)]
            grades = self.random.choices(GRADES, GRADE_WEIGHTS, k=len(criteria))
            for revision, (criterion, grade) in enumerate(zip(criteria, grades, strict=True), 1):
                if grade is None:
                    continue
                bad = grade in (Grade.MINOR, Grade.MAJOR)
                if bad:
                    self.found.append((number, number, criterion, grade, self._minuted(number)))
                yield {
                    "province_id": self.province,
                    "audit_id": number,
                    "criterion_id": criterion,
                    "revision": revision,
                    "grade": grade,
                    "note": "Hồ sơ lấy mẫu thiếu phiếu kiểm soát." if bad else None,
                    "due_on": date(YEAR, 12, 15) if bad else None,
                    "conflict": False,
                }

    def nonconformities(self) -> Iterator[Row]:
        for place, (audit, unit, criterion, grade, minuted_on) in enumerate(self.found):
            yield {
                "province_id": self.province,
                "audit_id": audit,
                "criterion_id": criterion,
                "unit_id": unit,
                "grade": grade,
                "raised_on": minuted_on,
                "due_on": minuted_on + timedelta(30),
                "closed_on": minuted_on + timedelta(20) if place % 2 else None,
            }

    def events(self) -> Iterator[Row]:
        for audit, _unit, criterion, _grade, minuted_on in self.found:
            yield {
                "province_id": self.province,
                "audit_id": audit,
                "criterion_id": criterion,
                "number": 1,
                "what": "raised",
                "on_day": minuted_on,
                "due_on": minuted_on + timedelta(30),
                "at": NOW,
            }

    def _fact(self, unit: int, **values: Any) -> Row:
        return {"unit_id": unit, "recorded_at": NOW, **values}

    def _day(self, year: int, within: int) -> date:
        return date(year, 1, 2) + timedelta(self.random.randrange(within))

    def _minuted(self, number: int) -> date:
        return date(YEAR, 2, 1) + timedelta(number * 7 % 300)

    def _checklist(self, kind: UnitKind) -> str:
        return COMMUNE if BLOCK_OF[kind] is Block.COMMUNE else AGENCY
