"""What the oracle knows: the rows of a folder of CSV files (CONTRACT §3), the shipped checklists, and who is who among
the units (RULES §1, §2). What the rows mean for a unit's status is in `rules`.
"""

import csv
import tomllib
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from isoaudit.shipped import CHECKLISTS
from tests.oracle.rows import (
    Audit,
    Data,
    Dated,
    Declaration,
    Interval,
    Nonconformity,
    Notice,
    Procedures,
    Succession,
    Task,
    Unit,
)

Row = dict[str, str]
ONE_DAY = timedelta(days=1)
CONTINUED = "continued"


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _number(cell: str | None) -> int | None:
    return int(cell) if cell else None


@cache
def _shipped(place: str) -> list[Data]:
    return [tomllib.loads(file.read_text("utf-8")) for file in sorted(CHECKLISTS.glob(place))]


def editions() -> dict[str, Data]:
    """The editions of the standard (RULES §3: ordered, each with accepted_from, accepted_until)."""
    return {each["id"]: each for each in _shipped("standards/*.toml")}


def conversions() -> dict[str, Data]:
    """The conversions with steps, weights and baseline day (RULES §3, §4)."""
    return {each["id"]: each for each in _shipped("conversions/*.toml")}


def checklists() -> dict[tuple[str, str], Data]:
    """The checklists by name and version (CONTRACT §2)."""
    return {(each["id"], each["version"]): each for each in _shipped("tcvn-*/*.toml")}


class Province:
    """Everything that stands in a folder of CSV files, of one home province and of neighbours merged into it."""

    def __init__(self, folder: Path, home: str = "Quảng Trị", notices: Sequence[Notice] = ()) -> None:
        self.home, self.notices = home, notices
        self._folder = folder
        self.units = [
            Unit(n, r["code"], r["name"], r["kind"], r["province"] or home, date.fromisoformat(r["valid_from"]), to)
            for n, r in enumerate(self._rows("units"))
            for to in [_day(r["valid_to"])]
        ]
        self.successions = [
            Succession(self.find(r["predecessor"], on - ONE_DAY), self.find(r["successor"], on), on, r["relation"])
            for r, on in self._dated("successions", "on")
        ]
        self.exemptions, self.obligations = self._intervals("exemptions"), self._intervals("obligations")
        self.declarations = [
            Declaration(n, self.find(r["unit"], on), r["edition"], r["kind"], on, _number(r.get("tthc_covered")))
            for n, (r, on) in enumerate(self._dated("declarations", "date"))
        ]
        self.milestones = [
            Dated(self.find(r["unit"], on), r["conversion"], r["step"], on)
            for r, on in self._dated("milestones", "date")
        ]
        self.activities = [
            Dated(self.find(r["unit"], on), r["year"], r["kind"], on) for r, on in self._dated("activities", "date")
        ]
        self.procedures = [
            Procedures(self.find(r["unit"], on), on, int(r["total"]), int(r["covered"]))
            for r, on in self._dated("procedures", "as_of")
        ]
        self.audits = {r["audit"]: self._audit(r) for r in self._rows("audits")}
        for r in self._rows("answers"):
            self.audits[r["audit"]].answers[r["criterion"]] = r["grade"]
        self.nonconformities = [
            Nonconformity(self.audits[r["audit"]], r["criterion"], r["grade"], _day(r["due_on"]), _day(r["closed_on"]))
            for r in self._rows("nonconformities")
        ]
        self.tasks = [
            Task(int(r["year"]), _day(r["due_on"]), _day(r["completed_on"]), r["content_complete"] == "yes", r["mark"])
            for r in self._rows("tasks")
        ]

    def as_of(self, day: date) -> "Province":
        """RULES §1, §6: the same with the grades that notices gave by that day; a later notice changes nothing yet.

        A notice brings the nonconformities of its audit up to date with all of its grades.
        """
        found = copy(self)
        found.audits, found.nonconformities = dict(self.audits), list(self.nonconformities)
        for notice in self.notices:
            if notice.on <= day:
                before = found.audits[notice.audit]
                audit = replace(before, answers={**before.answers, **notice.grades})
                found.audits[notice.audit] = audit
                raised = {each.criterion: each for each in found.nonconformities if each.audit is before}
                found.nonconformities = [each for each in found.nonconformities if each.audit is not before]
                for code, grade in audit.answers.items():
                    if grade in ("minor", "major"):
                        stood = raised.get(code, Nonconformity(audit, code, grade, None, None))
                        due_on = notice.due_on if code in notice.grades else stood.due_on
                        found.nonconformities.append(replace(stood, audit=audit, grade=grade, due_on=due_on))
        return found

    def _rows(self, sheet: str) -> list[Row]:
        file = self._folder / f"{sheet}.csv"
        if not file.exists():
            return []
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def _dated(self, sheet: str, column: str) -> list[tuple[Row, date]]:
        return [(row, date.fromisoformat(row[column])) for row in self._rows(sheet)]

    def _intervals(self, sheet: str) -> list[Interval]:
        return [
            Interval(n, self.find(r["unit"], start), start, _day(r["to"]), r.get("level", ""))
            for n, (r, start) in enumerate(self._dated(sheet, "from"))
        ]

    def _audit(self, row: Row) -> Audit:
        """CONTRACT §3: an audit's code is resolved at `minuted_on` or else `planned_on`."""
        minuted_on = _day(row["minuted_on"])
        day = minuted_on or date.fromisoformat(row["planned_on"])
        checklist = checklists()[row["checklist"], row["version"]]
        return Audit(row["audit"], self.find(row["unit"], day), row["mode"], row["purpose"], checklist, minuted_on)

    def find(self, code: str, day: date) -> int:
        """RULES §2: (code, date) finds a unit, and two units of one code are never in force on the same day."""
        found = [each.number for each in self.units if each.code == code and each.in_force(day)]
        assert len(found) == 1, (code, day, found)
        return found[0]

    def chain(self, unit: int, day: date) -> set[int]:
        """RULES §2: the rows that count as the unit's own: itself and, looking back, those it `continued`.

        A succession counts from its date, so later ones have not happened yet.
        """
        rows = {unit}
        while True:
            further = {
                each.predecessor
                for each in self.successions
                if each.relation == CONTINUED and each.on <= day and each.successor in rows
            }
            if further <= rows:
                return rows
            rows |= further

    def goes_on_as(self, unit: int, day: date) -> int:
        """The row under which the unit stands on that day: the end of its `continued` chain."""
        for each in self.successions:
            if each.relation == CONTINUED and each.on <= day and each.predecessor == unit:
                return self.goes_on_as(each.successor, day)
        return unit

    def received(self, unit: int, day: date) -> list[Succession]:
        """What the unit took over by that day along `absorbed`, `consolidated`, `split`."""
        rows = self.chain(unit, day)
        return [
            each
            for each in self.successions
            if each.relation != CONTINUED and each.on <= day and each.successor in rows
        ]

    def predecessors(self, unit: int, day: date) -> dict[int, date]:
        """RULES §2: predecessors are meant transitively; each (the last row of its chain) with the day it passed over.

        (reading: what a predecessor took over after that day is no history of this unit; it matters only for one that
        goes on after a split.)
        """
        found: dict[int, date] = {}
        own = self.chain(unit, day)
        waiting = self.received(unit, day)
        while waiting:
            each = waiting.pop()
            if each.predecessor in own or found.get(each.predecessor, date.min) >= each.on:
                continue
            found[each.predecessor] = each.on
            waiting += self.received(each.predecessor, each.on)
        return found
