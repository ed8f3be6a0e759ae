"""Random facts of a random register: declarations, activities, exemptions, audits with their answers, tasks.

Only what the importer takes is made (no edition older than the current one, no closing before its minutes); days fall
on the edges of a unit's life and of the year more often than chance would have it.
"""

from datetime import date, timedelta
from random import Random
from typing import Any, Protocol

from tests.oracle.register import checklists

ONE_DAY = timedelta(days=1)
LAST = date(2022, 6, 30)
EDGES = [
    date(2019, 1, 1),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2020, 1, 14),
    date(2020, 1, 15),
    date(2020, 1, 16),
    date(2020, 6, 30),
    date(2020, 7, 1),
    date(2020, 12, 31),
    date(2021, 1, 1),
    date(2021, 6, 30),
    date(2021, 7, 1),
    date(2021, 12, 31),
    date(2022, 1, 1),
]
YEARS = (2019, 2020, 2021)
OLD, PRESENT, COMING = "iso9001-2008", "iso9001-2015", "iso9001-2026"
UPKEEP = ("internal_audit", "management_review")
STEPS = ("plan", "steering_board", "training", "documents_issued", "policy_objectives", *UPKEEP)
GRADES = ("conformity", "opportunity", "minor", "major")
PROFILES: dict[str, tuple[float, ...]] = {
    "perfect": (1, 0.1, 0, 0),
    "good": (20, 3, 1, 0.05),
    "mid": (8, 2, 3, 0.5),
    "bad": (2, 1, 4, 5),
    "empty": (1, 0, 0, 0),
    "not_applicable": (1, 0, 0, 0),
}
"""How an audit goes: how often each grade is given; two of them give none."""
Rows = list[dict[str, Any]]


class Lived(Protocol):
    """A row of the register."""

    number: int
    code: str
    kind: str
    valid_from: date
    valid_to: date | None


class Facts:
    """Draws the rows of every sheet but units and successions."""

    def __init__(self, units: list[Any], successions: list[tuple[Any, Any, date, str]], random: Random) -> None:
        self.units: list[Lived] = units
        self.random = random
        following = {before.number: after for before, after, _, relation in successions if relation == "continued"}
        continued = {after.number for after in following.values()}
        self.chains: list[list[Lived]] = []
        for unit in units:
            if unit.number not in continued:
                chain = [unit]
                while chain[-1].number in following:
                    chain.append(following[chain[-1].number])
                self.chains.append(chain)

    def sheets(self) -> dict[str, Rows]:
        """All of them, by name."""
        declarations = self._declarations()
        audits, answers, nonconformities = self._audits()
        return {
            "declarations": declarations,
            "milestones": self._milestones(),
            "activities": self._activities(),
            "procedures": self._procedures(declarations),
            "exemptions": self._intervals("reason", ["không có TTHC"], 0.15),
            "obligations": self._intervals("level", ["mandatory", "planned", "encouraged"], 0.35),
            "audits": audits,
            "answers": answers,
            "nonconformities": nonconformities,
            "tasks": self._tasks(),
        }

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def day(self, unit: Lived, first: date = date(2012, 1, 1), last: date = LAST) -> date | None:
        """A day of the unit's life between the two; its edges, those of the year and recent days come often."""
        first, last = max(unit.valid_from, first), min(unit.valid_to - ONE_DAY if unit.valid_to else last, last)
        if first > last:
            return None
        kind = self.random.random()
        edges = [each for each in EDGES if first <= each <= last]
        if kind < 0.3 and edges:
            return self.random.choice(edges)
        if kind < 0.4:
            return first
        if kind < 0.5 and unit.valid_to:
            return last
        if kind < 0.8 and first <= date(2021, 8, 1) and last >= date(2019, 6, 1):
            first, last = max(first, date(2019, 6, 1)), min(last, date(2021, 8, 1))
        return first + timedelta(self.random.randint(0, (last - first).days))

    def _declarations(self) -> Rows:
        """Histories chain by chain, several of one day among them; no edition older than the current one."""
        made: Rows = []
        for chain in self.chains:
            units = [self.random.choice(chain) for _ in range(self.random.choices([0, 1, 2, 3, 5], [3, 3, 4, 3, 1])[0])]
            days = sorted((day, each.number) for each in units if (day := self.day(each, date(2010, 1, 1))))
            current: str | None = None
            taken = set()
            for day, number in days:
                for _ in range(2 if self.happens(0.2) else 1):
                    kind, edition = self._declaration(current, day)
                    if (key := (number, edition, kind, day)) in taken:
                        continue
                    taken.add(key)
                    if kind != "withdraw":
                        current = edition
                    elif edition == current:
                        current = None
                    total = self.random.randint(5, 60)
                    covered = self.random.randint(0, total) if self.happens(0.5) else total
                    scope = kind != "withdraw" and self.happens(0.7)
                    made.append(
                        {
                            "unit": self.units[number].code,
                            "edition": edition,
                            "kind": kind,
                            "date": day,
                            "tthc_covered": covered if scope else "",
                            "tthc_total": total if scope else "",
                        }
                    )
        places: dict[tuple[str, date], float] = {}
        for row in made:
            places.setdefault((row["unit"], row["date"]), self.random.random())
        return sorted(made, key=lambda row: places[row["unit"], row["date"]])

    def _declaration(self, current: str | None, day: date) -> tuple[str, str]:
        if current and self.happens(0.2):
            return "withdraw", current if self.happens(0.7) else self.random.choice([OLD, PRESENT, COMING])
        edition = self.random.choice(
            [each for each in (OLD, PRESENT) if current is None or each >= current] or [COMING]
        )
        if day.year >= 2021 and self.happens(0.05):
            edition = COMING
        if day < date(2015, 12, 31) and current in (None, OLD):
            edition = OLD
        again = self.happens(0.5) if current else self.happens(0.05)
        return "redeclare" if again else "declare", edition

    def _milestones(self) -> Rows:
        made: Rows = []
        for unit in self.units:
            for conversion, chance in (("2008-2015", 0.5), ("2015-2026", 0.12)):
                if self.happens(chance):
                    for step in self.random.sample(STEPS, self.random.choice([1, 2, 4, 7])):
                        if day := self.day(unit, date(2017, 1, 1)):
                            made.append({"unit": unit.code, "conversion": conversion, "step": step, "date": day})
        return made

    def _activities(self) -> Rows:
        made: dict[tuple[object, ...], dict[str, Any]] = {}
        for unit in self.units:
            for year in YEARS:
                for kind in (*UPKEEP, "objectives", "training"):
                    for _ in range(self.random.choice([0, 0, 1, 1, 1, 2] if kind in UPKEEP else [0, 0, 1])):
                        if day := self.day(unit, date(year, 1, 1), date(year + 1, 2, 1)):
                            row = {"unit": unit.code, "year": year, "kind": kind, "date": day}
                            made[unit.number, year, kind, day] = row
        return list(made.values())

    def _procedures(self, declarations: Rows) -> Rows:
        """Figures of TTHC, half of them those that the unit declared."""
        declared = {row["unit"]: row for row in declarations if row["tthc_covered"] != ""}
        made: dict[tuple[int, date], dict[str, Any]] = {}
        for unit in self.units:
            for _ in range(self.random.choice([0, 1, 2, 3])):
                if day := self.day(unit, date(2018, 1, 1)):
                    total = self.random.randint(1, 60)
                    covered = total if self.happens(0.5) else self.random.randint(0, total)
                    if unit.code in declared and self.happens(0.5):
                        covered, total = (declared[unit.code][each] for each in ("tthc_covered", "tthc_total"))
                    made[unit.number, day] = {"unit": unit.code, "as_of": day, "total": total, "covered": covered}
        return list(made.values())

    def _intervals(self, column: str, words: list[str], chance: float) -> Rows:
        """Exemptions or obligations: open ones, ended ones, and ended ones that another follows on the same day."""
        made: Rows = []
        for unit in self.units:
            start = self.day(unit, date(2017, 1, 1)) if self.happens(chance) else None
            if start is None:
                continue
            end = start + timedelta(self.random.choice([1, 5, 30, 200, 400])) if self.happens(0.6) else None
            word = self.random.choice(words)
            made.append({"unit": unit.code, "from": start, "to": end or "", column: word})
            if end and (unit.valid_to is None or end < unit.valid_to) and self.happens(0.4):
                made.append({"unit": unit.code, "from": end, "to": "", column: self.random.choice(words)})
        return made

    def _audits(self) -> tuple[Rows, Rows, Rows]:
        audits, answers, nonconformities = [], [], []
        references = [f"KT-{each}" for each in range(1, 300)]
        self.random.shuffle(references)
        for unit in self.units:
            for _ in range(self.random.choices([0, 1, 2, 4], [14, 6, 2, 1])[0]):
                if day := self.day(unit, date(2018, 1, 1)):
                    for _ in range(2 if self.happens(0.15) else 1):
                        audit = self._audit(references.pop(), unit, day)
                        given = self._answers(unit, audit["checklist"])
                        audits.append(audit)
                        for code, grade in given.items():
                            note = "" if self.happens(0.5) else f"Ghi chú {code}"
                            row = {"audit": audit["audit"], "criterion": code, "grade": grade}
                            answers.append({**row, "note": note})
                            if grade in ("minor", "major") and self.happens(0.6):
                                nonconformities.append({**row, **self._life(audit, day)})
        return audits, answers, nonconformities

    def _audit(self, reference: str, unit: Lived, day: date) -> dict[str, Any]:
        minuted = self.happens(0.88)
        agency = unit.kind in ("agency", "sub_agency")
        if self.happens(0.05):
            agency = not agency
        return {
            "audit": reference,
            "unit": unit.code,
            "mode": self.random.choices(["on_site", "files", "self"], [6, 1, 1])[0],
            "purpose": self.random.choices(["full", "follow_up"], [5, 1])[0],
            "checklist": f"tcvn-iso-9001-2015-{'agency' if agency else 'commune'}",
            "version": "1.0.0",
            "planned_on": day - timedelta(self.random.randint(0, 30)) if minuted else day,
            "minuted_on": day if minuted else "",
        }

    def _answers(self, unit: Lived, checklist: str) -> dict[str, str]:
        """Answers as they come: with gaps, with criteria that were not asked, with all that does not apply."""
        profile = self.random.choice(["perfect", "good", "good", "mid", "bad", "empty", "not_applicable"])
        gaps, not_applicable = self.random.choice([0, 0, 0, 0.02, 0.08, 0.11, 0.3]), self.random.choice([0, 0.05, 0.3])
        heavy_answered = self.happens(0.7)
        given: dict[str, str] = {}
        for each in checklists()[checklist, "1.0.0"]["criterion"]:
            gate, unasked = each.get("gate"), "when" in each or unit.kind not in each.get("applies_to", [unit.kind])
            if profile == "empty" or (profile == "not_applicable" and gate) or (unasked and self.happens(0.5)):
                continue
            if self.happens(gaps) and not (each["weight"] == 3 and heavy_answered):
                continue
            if profile == "not_applicable" or (not gate and self.happens(not_applicable)):
                given[each["code"]] = "not_applicable"
            elif gate and self.happens(0.6):
                given[each["code"]] = "conformity"
            else:
                given[each["code"]] = self.random.choices(GRADES, PROFILES[profile])[0]
        return given

    def _life(self, audit: dict[str, Any], day: date) -> dict[str, Any]:
        due = "" if self.happens(0.25) else day + timedelta(self.random.choice([0, 10, 30, 90, 200, 400]))
        closed = audit["minuted_on"] and self.happens(0.5)
        return {
            "due_on": due,
            "closed_on": day + timedelta(self.random.choice([0, 1, 20, 60, 150, 400])) if closed else "",
            "outcome": self.random.choice(["verified", "transferred", "ended_with_unit"]) if closed else "",
        }

    def _tasks(self) -> Rows:
        made: Rows = []
        for year in YEARS:
            for number in range(self.random.randint(0, 15)):
                due = date(year, 1, 1) + timedelta(self.random.choice([0, 14, 90, 181, 300, 364, 365]))
                done = due + timedelta(self.random.choice([-30, -1, 0, 1, 30])) if self.happens(0.7) else ""
                levels = ["done_well", "done", "done_late", "in_progress", "not_done"]
                mark = self.random.choice(levels) if self.happens(0.12) else ""
                made.append(
                    {
                        "year": year,
                        "group": self.random.choice(["I", "VI"]),
                        "task": f"Nhiệm vụ {number}",
                        "due_on": "" if self.happens(0.2) else due,
                        "completed_on": done,
                        "content_complete": self.random.choice(["yes", "yes", "no"]) if done else "",
                        "mark": mark,
                        "note": "lý do" if mark else "",
                    }
                )
        return made
