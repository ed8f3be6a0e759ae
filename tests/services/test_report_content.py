"""What the report tells besides its figures: the plan, declarations with their documents, changes, activities."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Declaration, Milestone
from isoaudit.domain import report_period
from isoaudit.domain.period import Period
from isoaudit.domain.vocabulary import AuditState, DeclarationKind, Grade, Purpose, Relation, ResultLevel, Role
from isoaudit.export import frozen
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import annual_report, body, subject, texts
from isoaudit.export.paper.blocks import Grid
from isoaudit.services import documents, importing, money, moving, tasks
from isoaudit.services.audits import elsewhere, life
from isoaudit.services.log import COMMAND_LINE as BY
from isoaudit.services.log import Actor
from isoaudit.services.report_content import report_content
from tests import audit_factories, factories
from tests.conftest import CountQueries
from tests.workbooks import example, folder


@pytest.fixture
def filled(session: Session, now: datetime, tmp_path: Path) -> Session:
    audit_factories.checklist(session)
    importing.import_workbook(session, folder(tmp_path / "so", example()), by=BY, now=now)
    return session


def content(session: Session, day: date = date(2020, 11, 18)) -> ReportContent:
    return report_content(session, None, day.year, day)


def test_the_plan_tells_what_was_made_by_the_day(filled: Session) -> None:
    rows = {each.unit_code: each for each in content(filled).planned}
    assert rows["19333"].minuted_on == date(2020, 9, 3)
    assert rows["19333"].document == "Quyết định số 127/QĐ-UBND ngày 15/01/2020"
    assert rows["SKHCN"].minuted_on is None
    assert len(content(filled).planned) == 2
    assert [each.minuted_on for each in content(filled, date(2020, 9, 2)).planned] == [None, None]
    assert {each.document for each in content(filled, date(2020, 1, 14)).planned} == {""}, "it is of a later day"


def test_declarations_are_the_standing_ones_and_those_of_the_year(filled: Session) -> None:
    old, new = content(filled).declarations
    assert (old.unit_code, old.made_on, old.standing, old.document) == ("SKHCN", date(2019, 1, 2), True, "")
    assert (new.unit_code, new.kind, new.document) == ("19333", DeclarationKind.DECLARE, "5/QĐ-UBND ngày 29/4/2020")
    assert (new.covered, new.total, new.standing) == (120, 120, True)
    days = {each.code: (each.declared_on, each.converted_on) for each in content(filled).units}
    assert days["19333"] == (new.made_on, new.made_on)


def test_activities_count_units_by_block_and_kind_up_to_the_day(filled: Session) -> None:
    found = content(filled).activities
    assert {block: sum(counts.values()) for block, counts in found.items()} == {
        "agency": 1,
        "district": 0,
        "commune": 1,
    }
    assert found["commune"]["internal_audit"] == found["agency"]["management_review"] == 1
    assert not any(content(filled, date(2020, 9, 30)).activities["commune"].values())


def test_changes_of_the_register_are_those_of_the_period(filled: Session) -> None:
    assert content(filled).changes == ()
    changes = content(filled, date(2025, 7, 1)).changes
    assert {(each.predecessor, each.successor, each.relation) for each in changes} == {
        ("Phường 1", "Phường Đông Hà", Relation.CONSOLIDATED),
        ("Phường Đông Giang", "Phường Đông Hà", Relation.CONSOLIDATED),
        ("Xã Cũ", "Xã Nối", Relation.CONTINUED),
    }
    assert content(filled, date(2025, 6, 30)).changes == ()


def test_the_year_before_is_there_when_something_is_known_of_it(filled: Session) -> None:
    before = content(filled).previous
    assert before is not None
    assert (before["year"], before["as_of"]) == (2019, "2019-12-31")
    assert content(filled, date(2010, 12, 31)).previous is None


def test_names_and_questions_come_with_the_findings(filled: Session) -> None:
    made = content(filled)
    assert made.paper.issuer_short == "Sở Khoa học và Công nghệ"
    assert all(each.asks for each in made.nonconformities)
    assert {each.criterion: each.clause for each in made.nonconformities}["B-8.5-01"] == "8.5"


def test_the_number_of_queries_does_not_grow_with_the_units(
    filled: Session, app: Flask, count_queries: CountQueries
) -> None:
    def asked() -> int:
        filled.commit()
        with count_queries() as queries:
            content(filled)
        return len(queries)

    asked()
    few = asked()
    for number in range(40):
        factories.unit(filled, code=f"U{number}", name=f"Xã {number}")
    assert asked() == few


def test_documents_tell_what_rests_on_them_by_the_day(filled: Session, now: datetime) -> None:
    plan = documents.resolve(filled, "127/QĐ-UBND")
    task = {"year": 2020, "group_name": "ISO", "task": "Tập huấn", "document_id": plan.id}
    tasks.enter(filled, dict.fromkeys(("result", "note", "mark")) | task, by=BY, now=now)
    other = documents.resolve(filled, "5/QĐ-UBND ngày 29/4/2020")
    audit = filled.scalars(select(Audit).where(Audit.reference == "KT-01")).one()
    audit.notice_document_id, audit.concluded_on = other.id, date(2020, 9, 20)
    line = {"year": 2020, "team": "Đoàn 1", "purpose": "Kiểm tra", "source": "Tự chủ", "estimate": 9}
    money.enter(filled, dict.fromkeys(money.COLUMNS) | line | {"document_id": other.id}, by=BY, now=now)
    cited = {each.number: each.cited for each in content(filled).documents}
    of_plan = dict.fromkeys(("exemption", "milestone", "obligation", "programme", "task"), 1)
    assert cited["127/QĐ-UBND"] == of_plan
    assert cited["5/QĐ-UBND"]["declaration"] == 1
    assert (cited["5/QĐ-UBND"]["notice"], cited["5/QĐ-UBND"]["money"]) == (1, 1)
    grid = next(each for each in annual_report(content(filled)).annexes if each.title.startswith("Danh mục văn bản"))
    told = {row.cells[1]: row.cells[-1] for row in grid.blocks[0].rows}  # type: ignore[union-attr]
    assert told["127/QĐ-UBND"].endswith(", nhiệm vụ, kế hoạch kiểm tra")


def test_a_document_is_past_when_only_records_of_a_year_before_rest_on_it(filled: Session, now: datetime) -> None:
    given = documents.resolve(filled, "5/QĐ-UBND ngày 29/4/2020")
    for table in (Declaration, Milestone):
        filled.execute(update(table).where(table.document_id == given.id).values(document_id=None))
    line = {"year": 2020, "team": "Đoàn 1", "purpose": "Kiểm tra", "source": "Tự chủ", "estimate": 9}
    entered = dict.fromkeys(money.COLUMNS) | line | {"document_id": given.id}
    money.enter(filled, entered, by=BY, now=now)
    days = (date(2020, 12, 31), date(2021, 12, 31))
    past = [{each.number: each.past for each in content(filled, day).documents} for day in days]
    assert [each["5/QĐ-UBND"] for each in past] == [False, True]
    assert not past[1]["127/QĐ-UBND"]
    both = report_content(filled, None, 2021, days[1], period=report_period.years(2020, 2021))
    assert not {each.number: each.past for each in both.documents}["5/QĐ-UBND"]
    money.enter(filled, entered | {"year": 2021, "purpose": "Tập huấn"}, by=BY, now=now)
    assert not {each.number: each.past for each in content(filled, days[1]).documents}["5/QĐ-UBND"]


@pytest.mark.parametrize(
    ("period", "day", "visits", "declared"),
    [
        (report_period.half(2020, 1), date(2020, 6, 30), 0, 1),
        (report_period.half(2020, 2), date(2020, 11, 18), 1, 0),
        (report_period.years(2015, 2020), date(2020, 11, 18), 1, 3),
    ],
)
def test_sums_are_of_the_period_and_states_of_the_day(
    filled: Session, period: Period, day: date, visits: int, declared: int
) -> None:
    found = report_content(filled, None, day.year, day, period=period)
    assert found.rollup["from"] == period.first.isoformat()
    assert found.rollup["total"]["visits"] == visits
    assert sum(each.made_on >= found.first_day for each in found.declarations) == declared
    assert found.rollup["total"]["declared"] == content(filled, day).rollup["total"]["declared"]
    assert subject(found).replace("\u00a0", " ").endswith(report_period.name(period))
    assert frozen.from_bytes(frozen.to_bytes(found)) == found


def test_a_cancellation_after_the_day_leaves_the_report_of_that_day_as_it_was(filled: Session, now: datetime) -> None:
    audit = filled.scalars(select(Audit).where(Audit.minuted_on.is_(None))).one()
    audit.created_at, audit.state = datetime(2020, 1, 20, tzinfo=UTC), AuditState.PLANNED
    home, office = audit.province_id, Actor.of(factories.user(filled, role=Role.OFFICE), "10.0.0.1")

    def told(day: date) -> tuple[bool, str]:
        row = next(each for each in content(filled, day).planned if each.unit_code == "SKHCN")
        return row.cancelled, row.reason

    moving.move(
        filled, home, audit.reference, date(2020, 12, 3), why="mưa lũ", by=BY, now=datetime(2020, 10, 1, tzinfo=UTC)
    )
    life.cancel(filled, home, audit.reference, reason="giải thể", by=office, now=datetime(2020, 11, 2, tzinfo=UTC))
    assert told(date(2020, 9, 1)) == (False, "")
    assert told(date(2020, 10, 15)) == (False, "mưa lũ")
    assert told(date(2020, 11, 18)) == (True, "giải thể")
    audit.created_at = now
    assert told(date(2020, 9, 1)) == (True, "giải thể")


def test_a_report_of_several_years_has_a_column_for_each(filled: Session) -> None:
    found = report_content(filled, None, 2020, date(2020, 11, 18), period=report_period.years(2018, 2020))
    (grid,) = [each for each in body(found) if isinstance(each, Grid) and "Kết quả từng năm" in each.caption]
    assert [column.title for column in grid.columns] == ["Nội dung", "Năm 2018", "Năm 2019", "Năm 2020"]
    cells = {row.cells[0]: row.cells[1:] for row in grid.rows}
    assert cells["Lượt kiểm tra"] == ("–", "–", "1")
    for year, told in zip((2018, 2019, 2020), cells["Đã công bố/ số đơn vị xem xét"], strict=True):
        day = date(2020, 11, 18) if year == 2020 else date(year, 12, 31)
        total = content(filled, day).rollup["total"]
        assert told == ("–" if not total["declared"] else f"{total['declared']}/{total['units'] - total['exempt']}")
    assert not content(filled).years.each_year
    assert frozen.from_bytes(frozen.to_bytes(found)) == found


def test_inspections_by_others_are_named_in_their_year_and_beside_their_open_findings(
    filled: Session, now: datetime
) -> None:
    audit = filled.scalars(select(Audit).where(Audit.reference == "KT-01")).one()
    told = (elsewhere.Told("B-8.5-01", Grade.MAJOR, "Thiếu phiếu", date(2020, 12, 1)),)
    document = documents.resolve(filled, "5/QĐ-UBND ngày 29/4/2020")
    source = elsewhere.Source("UBND huyện Vĩnh Linh", document.id)
    for day, purpose in ((date(2019, 12, 20), Purpose.FULL), (date(2020, 11, 2), Purpose.FOLLOW_UP)):
        made = elsewhere.Inspection(audit.unit_id, day, audit.checklist_version_id, told, purpose=purpose)
        elsewhere.enter(filled, audit.province_id, made, source, by=BY, now=now)
    found = content(filled)
    assert [(each.audit, each.body, each.counted, each.full) for each in found.elsewhere] == [
        ("2019-KTH-001", "UBND huyện Vĩnh Linh", False, True),
        ("2020-KTH-001", "UBND huyện Vĩnh Linh", True, False),
    ]
    said = next(each.generated for each in texts(found) if each.key == "results.visits")
    assert "01 lượt do cơ quan khác thực hiện (UBND huyện Vĩnh Linh 01 lượt)" in said
    assert content(filled, date(2020, 11, 1)).elsewhere[-1].audit == "2019-KTH-001"
    assert frozen.from_bytes(frozen.to_bytes(found)) == found


def test_a_task_completed_after_the_day_has_no_result_on_it_unless_the_office_marked_it(
    filled: Session, now: datetime
) -> None:
    plan = documents.resolve(filled, "127/QĐ-UBND")
    given = {
        "year": 2020,
        "group_name": "ISO",
        "document_id": plan.id,
        "result": "Báo cáo số 9",
        "note": "",
        "mark": None,
    }
    later = given | {"task": "Sau", "completed_on": date(2020, 11, 18)}
    tasks.enter(filled, later, by=BY, now=now)
    tasks.enter(filled, later | {"task": "Đặt mức", "mark": ResultLevel.DONE, "note": "Lý do"}, by=BY, now=now)
    told = {each.task: each for each in content(filled, date(2020, 11, 17)).tasks}
    assert (told["Sau"].level, told["Sau"].completed_on, told["Sau"].result) == (ResultLevel.IN_PROGRESS, None, "")
    assert (told["Đặt mức"].level, told["Đặt mức"].result) == (ResultLevel.DONE, "Báo cáo số 9")
    assert {each.task: each.result for each in content(filled).tasks}["Sau"] == "Báo cáo số 9"
