"""CONTRACT §4: the roll-up JSON, counted from the rules of `rules`, with the tables of RULES §6–§8."""

import hashlib
import json
import unicodedata
from datetime import date
from fractions import Fraction

from tests.oracle import rules
from tests.oracle.register import CONTINUED, ONE_DAY, Province, conversions
from tests.oracle.rows import Data, Task

KINDS = ("agency", "sub_agency", "district", "commune", "ward", "township", "special_zone")
BLOCKS = ("agency", "district", "commune")
STATUSES = (
    "converted",
    "newly_applied",
    "converting",
    "not_converted",
    "stopped",
    "to_redeclare",
    "building",
    "not_started",
)
MAINTAINED = ("verified", "reported", "not_due", "failing", "not_applicable")
BANDS = ("tot", "kha", "trung_binh", "yeu", "none")
GRADES = ("conformity", "opportunity", "minor", "major", "not_applicable")
RESULTS = ("done_well", "done", "done_late", "in_progress", "not_done")
LETTERS = " 0123456789aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = "\u0300\u0309\u0303\u0301\u0323"


def vietnamese(name: str) -> tuple[list[int], list[int], list[bool]]:
    """The order of names: letters (a ă â b c d đ …), then tones (ngang huyền hỏi ngã sắc nặng), then small before
    capital; spaces and digits before letters, digits one by one."""
    letters, tones = [], []
    for each in unicodedata.normalize("NFC", name):
        parts = unicodedata.normalize("NFD", each.lower())
        letters.append(LETTERS.index(unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))))
        tones.append(next((TONES.index(p) + 1 for p in parts if p in TONES), 0))
    return letters, tones, [each.isupper() for each in name]


class Rollup:
    """The figures of a province in a year as of a day (RULES §1: the period is the year, from 1/1 to D)."""

    def __init__(self, province: Province, day: date, conversion: str) -> None:
        self.province, self.day = province.as_of(day), day
        self.first = date(day.year, 1, 1)
        self.conversion = conversions()[conversion]
        home = [each.number for each in province.units if each.province == province.home]
        self.home = sorted(home, key=self._listed)
        self.in_force = [each for each in self.home if province.units[each].in_force(day)]
        self.lines = {each: self.line(each) for each in self.in_force}

    def content(self) -> Data:
        """All of CONTRACT §4 with its digest (and `lines`, the chi cục apart, as RULES §2 asks of the report)."""
        blocks = {block: self.counts({kind for kind in KINDS if rules.block(kind) == block}) for block in BLOCKS}
        blocks = {block: counts for block, counts in blocks.items() if counts["units"]}
        content = {
            "province": self.province.home,
            "year": self.day.year,
            "from": self.first.isoformat(),
            "as_of": self.day.isoformat(),
            "conversion": self.conversion["id"],
            "blocks": blocks,
            "total": added(list(blocks.values())),
            "ended": self.ended(),
            **self.clause_tables(),
            "nonconformities": self.nonconformities(),
            "tasks": self.tasks(),
            "units": list(self.lines.values()),
        }
        sub_agencies = self.counts({"sub_agency"})
        if sub_agencies["units"]:
            content["lines"] = {"sub_agency": sub_agencies}
        return {**content, "digest": digest(content)}

    def _listed(self, unit: int) -> tuple[object, ...]:
        """CONTRACT §4: by block and Vietnamese order of names (reading: then by code)."""
        row = self.province.units[unit]
        return BLOCKS.index(rules.block(row.kind)), vietnamese(row.name), row.code, row.valid_from

    def line(self, unit: int) -> Data:
        """One of `units`."""
        province, day, row, steps = self.province, self.day, self.province.units[unit], self.conversion["step"]
        achieved = rules.achieved(province, unit, day, self.conversion)
        done = sum(each["weight"] for each in steps if each["code"] in achieved)
        maintained, missing = rules.maintained(province, unit, day.year, day)
        audit = rules.audit_of(province, unit, self.first, day)
        tthc = rules.procedures(province, unit, day, self.first)
        return {
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "block": rules.block(row.kind),
            "obligation": rules.obligation(province, unit, day),
            "edition": rules.current_edition(province, unit, day),
            "status": rules.status(province, unit, day, self.conversion),
            "progress": rules.percent(done, sum(each["weight"] for each in steps)),
            "missing_steps": [each["code"] for each in steps if each["code"] not in achieved],
            "maintained": maintained,
            "missing": missing,
            "redeclaration_due": rules.redeclaration_due(province, unit, day, self.conversion),
            "audit": rules.evaluated(province, audit) if audit else None,
            "tthc": {"covered": tthc.covered, "total": tthc.total} if tthc else None,
        }

    def counts(self, kinds: set[str]) -> Data:
        """B of CONTRACT §4 over the units of these kinds; the exempt stand outside all but `units`, `exempt`."""
        province, day = self.province, self.day
        listed = [each for each in self.in_force if province.units[each].kind in kinds]
        units = {each: self.lines[each] for each in listed if self.lines[each]["status"] != "exempt"}
        obliged = [line for line in units.values() if line["obligation"] in ("mandatory", "planned")]
        declared = [line for line in units.values() if line["edition"] and rules.accepted(line["edition"], day)]
        of_obliged = [line for line in declared if line in obliged]
        baseline = [line for each, line in units.items() if rules.in_baseline(province, each, day, self.conversion)]
        converted = [line for line in baseline if line["status"] == "converted"]
        audits = [line["audit"] for line in units.values() if line["audit"]]
        tthc = [line["tthc"] for line in units.values() if line["tthc"]]
        return {
            "units": len(listed),
            "exempt": len(listed) - len(units),
            "obliged": len(obliged),
            "status": {word: sum(line["status"] == word for line in units.values()) for word in STATUSES},
            "declared": len(declared),
            "declared_rate": rules.percent(len(declared), len(units)),
            "declared_obliged": len(of_obliged),
            "declared_rate_obliged": rules.percent(len(of_obliged), len(obliged)),
            "baseline": len(baseline),
            "baseline_converted": len(converted),
            "conversion_rate": rules.percent(len(converted), len(baseline)),
            "left_by_merger": self.first_baseline(kinds) - len(baseline),
            "maintained": {word: sum(line["maintained"] == word for line in units.values()) for word in MAINTAINED},
            "audited": len(audits),
            "visits": sum(len(rules.visits(province, each, self.first, day)) for each in units),
            "bands": {word: sum((each["band"] or "none") == word for each in audits) for word in BANDS},
            "tthc": {
                "units": len(tthc),
                "full": sum(each["covered"] == each["total"] for each in tthc),
                "covered": sum(each["covered"] for each in tthc),
                "total": sum(each["total"] for each in tthc),
            },
        }

    def first_baseline(self, kinds: set[str]) -> int:
        """RULES §4: units of the register on β (on D, if earlier) that would have been in the baseline then."""
        if "baseline" not in self.conversion:
            return 0
        then = min(self.conversion["baseline"], self.day)
        there = [each for each in self.home if self.province.units[each].kind in kinds]
        return sum(rules.in_baseline(self.province, each, then, self.conversion) for each in there)

    def ended(self) -> list[Data]:
        """RULES §2: `valid_to` in the period, not `continued`; status of the eve (reading: listed as units are)."""
        gone_on = {s.predecessor for s in self.province.successions if s.relation == CONTINUED and s.on <= self.day}
        rows = [self.province.units[each] for each in self.home if each not in gone_on]
        return [
            {
                "code": row.code,
                "name": row.name,
                "ended_on": row.valid_to.isoformat(),
                "status": rules.status(self.province, row.number, row.valid_to - ONE_DAY, self.conversion),
            }
            for row in rows
            if row.valid_to and self.first <= row.valid_to <= self.day
        ]

    def clause_tables(self) -> Data:
        """RULES §6: second-level clauses, part A apart, over the answers of the audits of units not exempt."""
        answers: dict[str, list[tuple[str, int, Fraction]]] = {"A": []}
        for line in self.lines.values():
            if line["status"] == "exempt" or not line["audit"]:
                continue
            audit = self.province.audits[line["audit"]["audit"]]
            for each in audit.checklist["criterion"]:
                grade = audit.answers.get(each["code"])
                if grade:
                    place = "A" if each["part"] == "A" else ".".join(each["clause"].split(".")[:2])
                    worth = rules.value(audit.checklist, grade) if grade != "not_applicable" else Fraction(0)
                    answers.setdefault(place, []).append((grade, each["weight"], worth))
        part_a = tallied(answers.pop("A"))
        places = sorted(answers, key=lambda clause: [int(level) for level in clause.split(".")])
        return {"part_a": part_a, "clauses": [{"clause": each, **tallied(answers[each])} for each in places]}

    def nonconformities(self) -> Data:
        """RULES §7, over all units of the province, in force or not, exempt or not."""
        day, province = self.day, self.province
        eve = self.first - ONE_DAY
        counted = [
            each
            for each in rules.counted_nonconformities(province, day)
            if province.units[province.goes_on_as(each.audit.unit, day)].province == province.home
        ]
        before = [each for each in counted if each.audit.minuted_on and each.audit.minuted_on <= eve]
        still_open = [each for each in counted if rules.is_open(each, day)]
        return {
            "opening": sum(rules.is_open(each, eve) for each in before),
            "raised": len(counted) - len(before),
            "closed": sum(each.closed_on is not None and self.first <= each.closed_on <= day for each in counted),
            "closing": len(still_open),
            "overdue": sum(each.due_on is not None and each.due_on < day for each in still_open),
            "without_deadline": sum(each.due_on is None for each in still_open),
        }

    def tasks(self) -> Data:
        """RULES §8, the tasks of the year by level."""
        levels = [result(each, self.day) for each in self.province.tasks if each.year == self.day.year]
        return {each: levels.count(each) for each in RESULTS}


def result(task: Task, day: date) -> str:
    """RULES §8: the level of a task on D; a mark of the office holds on every D."""
    if task.mark:
        return task.mark
    if task.completed_on and task.completed_on <= day:
        if task.due_on is None or task.completed_on <= task.due_on:
            return "done_well" if task.content_complete else "done"
        return "done_late" if task.content_complete else "not_done"
    return "in_progress" if task.due_on is None or task.due_on >= day else "not_done"


def tallied(answers: list[tuple[str, int, Fraction]]) -> Data:
    """RULES §6: counts by grade and 100 × Σ w·v / Σ w over what is applicable."""
    applicable = [(weight, worth) for grade, weight, worth in answers if grade != "not_applicable"]
    score = rules.percent(sum(weight * worth for weight, worth in applicable), sum(weight for weight, _ in applicable))
    return {**{each: sum(grade == each for grade, _, _ in answers) for each in GRADES}, "score": score}


def added(blocks: list[Data]) -> Data:
    """CONTRACT §4: `total` sums the blocks and has null for every rate (RULES §4: never percentages)."""
    total: Data = {}
    for key in blocks[0]:
        parts = [each[key] for each in blocks]
        total[key] = None if "rate" in key else added(parts) if isinstance(parts[0], dict) else sum(parts)
    return total


def digest(content: Data) -> str:
    """CONTRACT §4: SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) without the digest."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
