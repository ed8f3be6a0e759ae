"""The roll-up of what stands in the database: counted by hand for a small province, the same on every database."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from isoaudit import db, migrations
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.errors import Invalid
from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.vocabulary import Grade
from isoaudit.services import importing, log, revisions, settings
from isoaudit.services.overview import findings
from isoaudit.services.rollup import count, roll_up
from tests import audit_factories
from tests.conftest import NOW
from tests.workbooks import Sheets, folder, table

DAY = date(2020, 11, 18)
CHECKLIST = deepcopy(audit_factories.CHECKLIST)
CHECKLIST["criterion"] += [
    {
        "code": "B-9.2-01",
        "part": "B",
        "clause": "9.2",
        "weight": 3,
        "when": {"criterion": "B-8.5-01", "grade": ["minor", "major"]},
        "text": {"vi": "Có tìm nguyên nhân không?", "en": "Is the cause looked for?"},
    }
]


def sheets() -> Sheets:
    """Two agencies, a district, three wards; one ward came from another province, where audits have numbers too."""
    return {
        "units": table(
            "code | name | kind | parent | province | valid_from | valid_to",
            "SKHCN | Sở Khoa học và Công nghệ | agency | | | 1900-01-01 |",
            "STC | Sở Tài chính | agency | | | 1900-01-01 |",
            "461 | Thành phố Đông Hà | district | | | 1900-01-01 |",
            "101 | Phường Ba | ward | 461 | | 1900-01-01 |",
            "102 | Phường Ám | ward | 461 | | 1900-01-01 |",
            "900 | Phường Xưa | ward | | Quảng Bình | 1900-01-01 | 2020-06-01",
            "103 | Phường Nay | ward | 461 | | 2020-06-01 |",
        ),
        "successions": table("predecessor | successor | on | relation", "900 | 103 | 2020-06-01 | continued"),
        "exemptions": table("unit | from | to | reason", "STC | 2020-01-01 | 2021-01-01 | không có TTHC"),
        "declarations": table(
            "unit | edition | kind | date | tthc_covered | tthc_total",
            "SKHCN | iso9001-2008 | declare | 2016-05-02 | 40 | 50",
            "SKHCN | iso9001-2015 | declare | 2019-05-02 | 50 | 50",
            "461 | iso9001-2008 | declare | 2016-05-02 | 40 | 50",
            "101 | iso9001-2008 | declare | 2017-05-02 | 40 | 50",
            "101 | iso9001-2015 | declare | 2020-12-02 | 40 | 50",
            "900 | iso9001-2008 | declare | 2017-05-02 | 40 | 50",
            "900 | iso9001-2015 | declare | 2020-02-02 | 40 | 50",
        ),
        "milestones": table("unit | conversion | step | date", "101 | 2008-2015 | plan | 2020-02-03"),
        "activities": table(
            "unit | year | kind | date",
            "SKHCN | 2020 | internal_audit | 2020-05-05",
            "SKHCN | 2020 | management_review | 2020-06-05",
            "900 | 2020 | internal_audit | 2020-04-05",
        ),
        "procedures": table(
            "unit | as_of | total | covered", "SKHCN | 2020-11-01 | 50 | 50", "101 | 2020-10-01 | 90 | 60"
        ),
        "audits": table(
            "audit | unit | programme_year | mode | purpose | checklist | version | planned_on | minuted_on",
            "KT-01 | SKHCN | | on_site | full | thu | 1.0.0 | | 2020-09-03",
            "KT-02 | 101 | | files | full | thu | 1.0.0 | | 2020-09-04",
            "KT-03 | STC | | on_site | full | thu | 1.0.0 | | 2020-09-05",
            "TDG | 101 | | self | full | thu | 1.0.0 | | 2020-08-01",
            "QB-01 | 900 | | on_site | full | thu | 1.0.0 | | 2020-03-01",
        ),
        "answers": table(
            "audit | criterion | grade | note",
            "KT-01 | A-01 | conformity |",
            "KT-01 | B-7.2-01 | not_applicable | không tuyển",
            "KT-01 | B-8.5-01 | minor | thiếu phiếu",
            "KT-01 | B-9.2-01 | conformity |",
            "KT-03 | A-01 | conformity |",
            "TDG | A-01 | major | chưa",
            "QB-01 | A-01 | conformity |",
            "QB-01 | B-7.2-01 | opportunity |",
            "QB-01 | B-8.5-01 | conformity |",
        ),
        "nonconformities": table(
            "audit | criterion | grade | due_on | closed_on | outcome",
            "KT-01 | B-8.5-01 | minor | 2020-10-03 | |",
            "KT-02 | A-01 | major | | 2020-11-01 | verified",
            "TDG | A-01 | major | | |",
            "QB-01 | B-7.2-01 | minor | 2021-01-31 | |",
        ),
        "tasks": table(
            "year | group | task | due_on | completed_on | content_complete",
            "2020 | 5 | Tập huấn | 2020-06-30 | 2020-06-15 | yes",
            "2020 | 5 | Kiểm tra | 2020-12-31 | 2020-12-01 | yes",
        ),
    }


def bring(session: Session, place: Path, what: Sheets) -> None:
    audit_factories.checklist(session, data=CHECKLIST)
    importing.import_workbook(session, folder(place, what), by=log.COMMAND_LINE, now=NOW)


@pytest.fixture
def loaded(session: Session, tmp_path: Path) -> Session:
    bring(session, tmp_path / "so", sheets())
    return session


def counted(session: Session, day: date = DAY) -> dict[str, Any]:
    return to_json(roll_up(session, None, day.year, day))


def test_a_small_province_counts_as_it_does_by_hand(loaded: Session) -> None:
    found = counted(loaded)
    agency, district, commune = (found["blocks"][name] for name in ("agency", "district", "commune"))
    assert [(each["units"], each["exempt"]) for each in (agency, district, commune)] == [(2, 1), (1, 0), (3, 0)]
    assert {name for name, number in found["total"]["status"].items() if number} == {
        "converted", "not_converted", "converting", "not_started",
    }  # fmt: skip
    assert [unit["name"] for unit in found["units"][3:]] == ["Phường Ám", "Phường Ba", "Phường Nay"]
    lines = {unit["code"]: unit for unit in found["units"]}
    assert {code: line["status"] for code, line in lines.items()} == {
        "SKHCN": "converted", "STC": "exempt", "461": "not_converted", "101": "converting", "102": "not_started",
        "103": "converted",
    }  # fmt: skip
    assert (commune["baseline"], commune["baseline_converted"], commune["conversion_rate"]) == (2, 1, 50)
    assert (agency["audited"], commune["audited"], commune["visits"], found["total"]["visits"]) == (1, 1, 2, 3)
    assert lines["SKHCN"]["audit"] == {"audit": "KT-01", "score": 87.5, "band": "yeu", "minor": 1, "major": 0}
    assert lines["103"]["audit"] == {"audit": "QB-01", "score": 100, "band": "tot", "minor": 0, "major": 0}
    assert lines["STC"]["audit"]["band"] is None
    assert lines["101"]["tthc"] == {"covered": 60, "total": 90}
    assert (lines["SKHCN"]["maintained"], lines["103"]["missing"]) == ("verified", ["management_review"])
    assert found["part_a"] == {
        "conformity": 2, "opportunity": 0, "minor": 0, "major": 0, "not_applicable": 0, "score": 100,
    }  # fmt: skip
    assert [(each["clause"], each["score"]) for each in found["clauses"]] == [("7.2", 100), ("8.5", 75), ("9.2", 100)]
    assert found["nonconformities"] == {
        "opening": 0, "raised": 3, "closed": 1, "closing": 2, "overdue": 1, "without_deadline": 0,
    }  # fmt: skip
    assert found["tasks"] == {"done_well": 1, "done": 0, "done_late": 0, "in_progress": 1, "not_done": 0}


def test_other_databases_and_another_order_of_entry_give_the_same_digest(loaded: Session, tmp_path: Path) -> None:
    other = Sessions(make_engine(f"sqlite:///{tmp_path}/other.sqlite3"))
    migrations.upgrade(other.engine)
    with other.writing.begin() as session:
        bring(session, tmp_path / "other", {name: rows[::-1] for name, rows in sheets().items()})
        second = counted(session)
    other.engine.dispose()
    assert counted(loaded)["digest"] == second["digest"]


def test_what_was_voided_or_comes_later_does_not_count(loaded: Session) -> None:
    declared = loaded.scalars(select(db.Declaration).order_by(db.Declaration.made_on)).all()
    assert counted(loaded, date(2020, 12, 31))["blocks"]["commune"]["baseline_converted"] == 2
    revisions.void(loaded, declared[-1], by=log.COMMAND_LINE, now=NOW, why="nhập nhầm")
    assert counted(loaded, date(2020, 12, 31))["blocks"]["commune"]["baseline_converted"] == 1
    audit = loaded.scalars(select(db.Audit).where(db.Audit.reference == "KT-01")).one()
    audit.minuted_on = None
    loaded.flush()
    assert counted(loaded)["blocks"]["agency"]["audited"] == 0


def extend(session: Session, row: db.Nonconformity, on_day: date, due_on: date) -> None:
    session.add(
        db.NonconformityEvent(
            province_id=row.province_id,
            audit_id=row.audit_id,
            criterion_id=row.criterion_id,
            number=9,
            what="extended",
            on_day=on_day,
            due_on=due_on,
            at=NOW,
        )
    )
    row.due_on = due_on
    session.flush()


def test_an_extended_deadline_holds_from_the_day_it_was_extended(loaded: Session) -> None:
    late = loaded.scalars(select(db.Nonconformity).where(db.Nonconformity.due_on == date(2020, 10, 3))).one()
    extend(loaded, late, date(2020, 11, 10), date(2020, 12, 1))
    overdue = {day: counted(loaded, day)["nonconformities"]["overdue"] for day in (date(2020, 11, 9), DAY)}
    assert overdue == {date(2020, 11, 9): 1, DAY: 0}


def test_before_a_deadline_was_first_set_there_was_none(loaded: Session) -> None:
    bare = loaded.scalars(select(db.Nonconformity).where(db.Nonconformity.closed_on == date(2020, 11, 1))).one()
    extend(loaded, bare, date(2020, 10, 1), date(2020, 10, 2))
    found = {}
    for day in (date(2020, 9, 30), date(2020, 10, 3)):
        rollup = roll_up(loaded, None, 2020, day)
        found[day] = rollup.nonconformities.without_deadline, rollup.nonconformities.overdue
        listed = [each.due_on for each in findings.nonconformities(loaded, rollup) if each.grade is Grade.MAJOR]
        assert listed == [date(2020, 10, 2) if day.month == 10 else None]
    assert found == {date(2020, 9, 30): (1, 0), date(2020, 10, 3): (0, 1)}


@pytest.mark.parametrize("day", [date(2020, 9, 3), date(2020, 10, 3), DAY])
def test_nonconformities_alike_count_as_they_do_one_by_one(loaded: Session, day: date) -> None:
    [row] = loaded.scalars(select(db.Nonconformity).where(db.Nonconformity.due_on == date(2020, 10, 3)))
    key = {"province_id": row.province_id, "audit_id": row.audit_id}
    for criterion in loaded.scalars(select(db.Answer.criterion_id).filter_by(**key)).all():
        if criterion != row.criterion_id:
            alike = {"unit_id": row.unit_id, "grade": row.grade, "raised_on": row.raised_on, "due_on": row.due_on}
            loaded.add(db.Nonconformity(criterion_id=criterion, **key, **alike))
    loaded.flush()
    counts = [count(loaded, None, 2020, day, each_finding=each) for each in (False, True)]
    assert counts[0].rollup == counts[1].rollup
    assert [len(each.scope.facts.nonconformities) for each in counts] in ([2, 5], [3, 6])
    assert sum(each.number for each in counts[0].scope.facts.nonconformities) == len(
        counts[1].scope.facts.nonconformities
    )


def test_conditions_of_upkeep_are_a_setting(loaded: Session) -> None:
    settings.write(loaded, {"maintained_conditions": {"training": "06-30"}}, by=log.COMMAND_LINE, now=NOW)
    lines = {unit["code"]: unit for unit in counted(loaded)["units"]}
    assert (lines["SKHCN"]["maintained"], lines["SKHCN"]["missing"]) == ("failing", ["training"])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ((None, 2020, date(2021, 1, 1)), "rollup.day_outside_period"),
        ((None, 2020, DAY, "2001-2015"), "rollup.conversion_unknown"),
        (("Hà Nam", 2020, DAY), "rollup.province_unknown"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_by_name(session: Session, asked: tuple[Any, ...], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        roll_up(session, *asked)
    assert refused.value.code == code


def test_an_empty_installation_has_an_empty_roll_up(session: Session) -> None:
    found = to_json(roll_up(session, "Tỉnh Quảng Trị", 2020))
    assert (found["province"], found["as_of"], found["units"], found["blocks"]) == ("Quảng Trị", "2020-12-31", [], {})


def test_another_province_is_rolled_up_by_its_name(loaded: Session) -> None:
    before, after = (to_json(roll_up(loaded, "Quảng Bình", 2020, day)) for day in (date(2020, 5, 31), DAY))
    assert before["units"][0]["audit"]["audit"] == "QB-01"
    assert (before["nonconformities"]["closing"], after["nonconformities"]["closing"]) == (1, 0)
    assert (after["units"], after["ended"]) == ([], [])


def statements(engine: Engine, call: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    call()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_units(loaded: Session, engine: Engine, tmp_path: Path) -> None:
    loaded.commit()
    few = statements(engine, lambda: count(loaded, None, 2020, DAY))
    codes = [f"X{number:02}" for number in range(30)]
    more = {
        "units": table(
            "code | name | kind | valid_from", *(f"{code} | Xã {code} | commune | 1900-01-01" for code in codes)
        ),
        "audits": table(
            "audit | unit | mode | purpose | checklist | version | minuted_on",
            *(f"KT-{code} | {code} | on_site | full | thu | 1.0.0 | 2020-09-03" for code in codes),
        ),
        "answers": table("audit | criterion | grade", *(f"KT-{code} | A-01 | conformity" for code in codes)),
    }
    importing.import_workbook(loaded, folder(tmp_path / "more", more), by=log.COMMAND_LINE, now=NOW)
    assert statements(engine, lambda: count(loaded, None, 2020, DAY)) <= few
