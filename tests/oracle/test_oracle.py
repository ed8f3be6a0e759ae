"""Random provinces rolled up by the program and by the oracle come to the same JSON, to the last digit and digest.

`make soak` tries 200 of them on each database; the usual run a few.
"""

import ast
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit
from isoaudit.services import settings
from tests.oracle import provincefacts, provinces, rollup, rows
from tests.oracle.comparing import Ask, bring, compare, conclude, rolled_up
from tests.oracle.register import Province
from tests.workbooks import folder, xlsx

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
SEEDS = range(8)
HERE = Path(__file__).parent


def asks(seed: int) -> list[Ask]:
    """The eve of a year, days in it, its end; and a day for the conversion that has no baseline."""
    random = Random(f"days of {seed}")
    days = {
        date(2020, 1, 1),
        date(2020, 1, 15),
        date(2020, random.randint(1, 12), random.randint(1, 28)),
        date(2020, 12, 31),
        date(2021, random.choice([1, 6, 7]), 1),
        random.choice(provincefacts.EDGES),
    }
    asked = [(day, "2008-2015") for day in sorted(days)]
    return [*asked, (random.choice(sorted(days)), "2015-2026"), (date(2022, 6, 30), "2015-2026")]


@pytest.mark.parametrize("seed", range(200) if SOAK else SEEDS)
def test_a_random_province_counts_as_the_rules_say(session: Session, tmp_path: Path, seed: int) -> None:
    place = folder(tmp_path / "province", provinces.province(seed))
    report = bring(session, place)
    assert report.changed
    compare(session, place, asks(seed))


@pytest.mark.parametrize("seed", range(60) if SOAK else (2, 6))
def test_notices_count_from_their_own_day(session: Session, tmp_path: Path, seed: int) -> None:
    """Some are of the last day of a year's minutes, some of the next year; each changes a few grades."""
    random = Random(f"notices of {seed}")
    place = folder(tmp_path / "province", provinces.province(seed))
    bring(session, place)
    minuted = [
        each
        for each in Province(place).audits.values()
        if each.minuted_on and each.mode != "self" and each.reference in own(session)
    ]
    notices = [notice(random, each) for each in random.sample(minuted, min(12, len(minuted)))]
    for each in notices:
        conclude(session, each)
    days = {date(2020, 12, 31), *(day for each in notices for day in (each.on - timedelta(1), each.on))}
    compare(session, place, [(day, "2008-2015") for day in sorted(days)], notices)


def own(session: Session) -> set[str]:
    """The audits of the installation's province: only those can be concluded here."""
    home = settings.home(session).id
    return set(session.scalars(select(Audit.reference).where(Audit.province_id == home)))


def notice(random: Random, audit: rows.Audit) -> rows.Notice:
    """Of an audit, a while after its minutes, with other grades for a few of its criteria."""
    assert audit.minuted_on
    on = audit.minuted_on + timedelta(random.choice([0, 1, 20, 120, 400]))
    criteria = random.sample(audit.checklist["criterion"], random.choice([1, 3, 8]))
    grades = {
        each["code"]: random.choice(["conformity", "opportunity", "minor", "major", "not_applicable"])
        for each in criteria
    }
    gates = {each["code"] for each in criteria if each.get("gate")}
    grades = {code: "minor" if code in gates and grade == "not_applicable" else grade for code, grade in grades.items()}
    changed = {code: grade for code, grade in grades.items() if audit.answers.get(code) != grade}
    return rows.Notice(audit.reference, on, changed, on + timedelta(random.choice([10, 90, 400])))


def test_a_spreadsheet_of_the_same_rows_changes_nothing(session: Session, tmp_path: Path) -> None:
    sheets = provinces.province(4)
    bring(session, folder(tmp_path / "province", sheets))
    before = rolled_up(session, date(2020, 7, 1))
    assert not bring(session, xlsx(tmp_path / "province.xlsx", sheets)).changed
    assert rolled_up(session, date(2020, 7, 1)) == before


def test_the_random_provinces_reach_every_word_and_figure(tmp_path: Path) -> None:
    """Otherwise that the two agree would say little."""
    seen: set[tuple[str, object]] = set()
    for seed in SEEDS:
        province = Province(folder(tmp_path / str(seed), provinces.province(seed)))
        for day, conversion in asks(seed):
            seen.update(words(rollup.Rollup(province, day, conversion).content()))
    wanted = {("status", each) for each in (*rollup.STATUSES, "exempt")}
    wanted |= {("ended", each) for each in (*rollup.STATUSES, "exempt")}
    wanted |= {("maintained", each) for each in rollup.MAINTAINED}
    wanted |= {("band", None if each == "none" else each) for each in rollup.BANDS}
    wanted |= {("obligation", each) for each in ("mandatory", "planned", "encouraged")}
    wanted |= {("redeclaration_due", True), ("redeclaration_due", False)}
    wanted |= {("edition", each) for each in (provincefacts.OLD, provincefacts.PRESENT, provincefacts.COMING, None)}
    wanted |= {("kind", each) for each in provinces.WORDS}
    wanted |= {("left", each) for each in ("to others", "none", "more than before")}
    wanted |= {("tasks", each) for each in rollup.RESULTS}
    wanted |= {
        ("nonconformities", each) for each in ("opening", "raised", "closed", "closing", "overdue", "without_deadline")
    }
    assert wanted <= seen, wanted - seen


def words(content: dict) -> Iterator[tuple[str, object]]:
    """What one roll-up reaches of what `test_the_random_provinces_reach_every_word_and_figure` asks for."""
    for unit in content["units"]:
        for key in ("status", "maintained", "obligation", "redeclaration_due", "edition", "kind"):
            yield key, unit[key]
        if unit["audit"]:
            yield "band", unit["audit"]["band"]
    for each in content["ended"]:
        yield "ended", each["status"]
    for block in content["blocks"].values():
        left = block["left_by_merger"]
        yield "left", "to others" if left > 0 else "more than before" if left else "none"
    for table in ("tasks", "nonconformities"):
        for key, number in content[table].items():
            if number:
                yield table, key


def test_the_oracle_knows_nothing_of_the_program_but_where_its_checklists_lie() -> None:
    modules = {"register.py", "rows.py", "rules.py", "rollup.py", "provinces.py", "provincefacts.py"}
    imported = set()
    for name in modules:
        for node in ast.walk(ast.parse((HERE / name).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported |= {f"{node.module}.{each.name}" for each in node.names}
            elif isinstance(node, ast.Import):
                imported |= {each.name for each in node.names}
    of_project = {each for each in imported if each.startswith(("isoaudit", "tests"))}
    assert {each for each in of_project if not each.startswith("tests.oracle.")} == {"isoaudit.shipped.CHECKLISTS"}
