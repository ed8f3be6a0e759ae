"""A province workbook is imported whole or not at all; importing it again changes nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit import db
from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.domain.vocabulary import AuditState, Grade, NonconformityState
from isoaudit.services import importing, log, revisions
from isoaudit.services.importing import Report
from isoaudit.shipped import REGISTERS
from tests import audit_factories, workbooks
from tests.conftest import NOW
from tests.workbooks import Sheets, content, example, folder, xlsx

Bring = Callable[..., Report]


@pytest.fixture
def bring(session: Session, tmp_path: Path) -> Bring:
    """Imports sheets as a folder into a database with the trial checklist."""
    audit_factories.checklist(session)

    def _bring(sheets: Sheets, **options: bool) -> Report:
        place = folder(tmp_path / f"so-{len(list(tmp_path.iterdir()))}", sheets)
        return importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW, **options)

    return _bring


def refused(bring: Bring, sheets: Sheets, **options: bool) -> list[Refusal]:
    with pytest.raises(Refusals) as caught:
        bring(sheets, **options)
    return caught.value.refusals


def only(sheets: Sheets, *names: str) -> Sheets:
    return {name: sheets[name] for name in names}


def test_the_whole_example_is_imported_and_the_second_time_nothing_changes(bring: Bring, session: Session) -> None:
    first = bring(example())
    assert {name: counts.added for name, counts in first.sheets.items()} == {
        name: len(rows) for name, rows in example().items()
    }
    assert (first.missing_notes, first.missing_reasons, first.warnings) == (1, 0, [])
    assert set(session.scalars(select(db.Province.name))) == {"Quảng Trị", "Quảng Bình"}
    before, version = content(session), session.scalars(select(db.Province.data_version)).first()
    second = bring(example())
    assert not second.changed
    assert second.total().unchanged == first.total().added
    assert content(session) == before
    assert session.scalars(select(db.Province.data_version)).first() == version
    entries = session.scalars(select(db.LogEntry).where(db.LogEntry.action == "import")).all()
    assert [each.detail["digest"] for each in entries] == [first.digest]
    assert first.digest == second.digest


def test_a_dry_run_counts_and_writes_nothing(bring: Bring, session: Session) -> None:
    report = bring(example(), dry_run=True)
    assert report.changed
    assert report.sheets["units"].added == 7
    assert not any(content(session).values())
    assert session.scalar(select(func.count()).select_from(db.Province)) == 0


def test_a_spreadsheet_and_a_folder_give_the_same_content(session: Session, bring: Bring, tmp_path: Path) -> None:
    with session.begin_nested() as once:
        bring(example())
        from_folder = content(session)
        once.rollback()
    importing.import_workbook(session, xlsx(tmp_path / "so.xlsx", example()), by=log.COMMAND_LINE, now=NOW)
    assert content(session) == from_folder


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_columns_and_rows_and_the_mark_of_utf8_mean_nothing(
    data: st.DataObject, session: Session, tmp_path: Path
) -> None:
    shuffled: Sheets = {}
    for name, rows in example().items():
        columns = data.draw(st.permutations(list(rows[0])))
        shuffled[name] = [{column: row[column] for column in columns} for row in data.draw(st.permutations(rows))]
    found = []
    for sheets, encoding in ((example(), "utf-8"), (shuffled, "utf-8-sig")):
        with session.begin_nested() as once:
            audit_factories.checklist(session)
            place = folder(tmp_path / encoding, sheets, encoding)
            importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW)
            found.append(content(session))
            once.rollback()
    assert found[0] == found[1]


def test_audits_answers_and_findings_keep_their_histories(bring: Bring, session: Session) -> None:
    bring(example())
    audits = {row.reference: row for row in session.scalars(select(db.Audit))}
    assert {name: row.state for name, row in audits.items()} == {
        "KT-01": AuditState.MINUTED,
        "KT-02": AuditState.UNDER_WAY,
        "TDG": AuditState.MINUTED,
    }
    assert all(row.imported and row.revision == 1 for row in audits.values())
    assert sorted(row.id for row in audits.values()) == [1, 2, 3]
    skipped = session.scalars(select(db.Answer).where(db.Answer.grade == Grade.NOT_APPLICABLE)).one()
    assert (skipped.reason, skipped.note) == ("không tuyển người", None)
    raised = {row.due_on: row for row in session.scalars(select(db.Nonconformity))}
    assert raised[date(2020, 10, 3)].state is NonconformityState.CLOSED
    assert raised[date(2020, 10, 3)].raised_on == date(2020, 9, 3)
    assert raised[date(2021, 1, 31)].raised_on is None
    events = session.scalars(select(db.NonconformityEvent).order_by(db.NonconformityEvent.what))
    assert [each.what for each in events] == ["closed", "raised", "raised"]


def test_other_content_is_refused_and_corrected_only_when_asked(bring: Bring, session: Session) -> None:
    bring(example())
    before = content(session)
    changed = example()
    changed["units"][5]["name"] = "Xã Nối Liền"
    changed["milestones"][0]["date"] = "2020-02-04"
    changed["answers"][2] |= {"grade": "major", "note": "không có sổ"}
    changed["nonconformities"][0]["closed_on"] = ""
    changed["nonconformities"][0]["outcome"] = ""
    changed["audits"][1]["minuted_on"] = "2020-12-02"
    found = refused(bring, changed)
    assert {each.code for each in found} == {"importing.differs"}
    assert [(each.details["sheet"], each.details["column"]) for each in found] == [
        ("units", "name"),
        ("milestones", "date"),
        ("audits", "minuted_on"),
        ("answers", "grade, note"),
        ("nonconformities", "closed_on, outcome"),
    ]
    assert content(session) == before
    report = bring(changed, update=True)
    assert report.total().updated == 5
    unit = session.scalars(select(db.Unit).where(db.Unit.code == "19101")).one()
    assert [each.content["name"] for each in revisions.history(session, unit)] == ["Xã Nối", "Xã Nối Liền"]
    milestone = session.scalars(select(db.Milestone)).one()
    assert [each.revision for each in revisions.history(session, milestone)] == [1, 2]
    assert report.digest in revisions.history(session, milestone)[-1].why
    answer = session.scalars(select(db.Answer).where(db.Answer.note == "không có sổ")).one()
    assert (answer.grade, answer.revision) == (Grade.MAJOR, 2)
    late = session.scalars(select(db.Nonconformity).where(db.Nonconformity.due_on == date(2021, 1, 31))).one()
    assert late.raised_on == date(2020, 12, 2)
    reopened = session.scalars(select(db.Nonconformity).where(db.Nonconformity.due_on == date(2020, 10, 3))).one()
    assert (reopened.state, reopened.closed_on) == (NonconformityState.OPEN, None)
    assert not bring(changed).changed


def test_a_voided_fact_does_not_come_back_unasked(bring: Bring, session: Session) -> None:
    bring(example())
    fact = session.scalars(select(db.Milestone)).one()
    revisions.void(session, fact, by=log.COMMAND_LINE, now=NOW, why="nhập nhầm")
    assert [each.code for each in refused(bring, only(example(), "milestones"))] == ["importing.voided"]
    bring(only(example(), "milestones"), update=True)
    assert session.scalars(select(db.Milestone)).one().voided_at is None


def test_what_a_sheet_leaves_out_stays_as_it_is(bring: Bring, session: Session) -> None:
    bring(example())
    before = content(session)
    for name, rows in example().items():
        assert not bring({name: rows}).changed
    assert content(session) == before


def test_the_basis_of_a_register_counts_only_where_it_is_given(bring: Bring, session: Session) -> None:
    sheets = only(example(), "units")
    for row in sheets["units"]:
        row["basis"] = "NQ 832"
    bring(sheets)
    assert not bring(only(example(), "units")).changed
    sheets["units"][0]["basis"] = "khác"
    assert [each.details["column"] for each in refused(bring, sheets)] == ["basis"]


def test_example_rows_are_marked(bring: Bring, session: Session) -> None:
    bring(example(), example=True)
    for model in (db.Unit, db.Declaration, db.Audit, db.Nonconformity, db.Task, db.Document, db.FactRevision):
        assert set(session.scalars(select(model.example))) == {True}


def test_the_shipped_register_loads_and_loads_again(session: Session) -> None:
    for added in (711, 0):
        report = importing.import_workbook(session, REGISTERS / "quang-tri", by=log.COMMAND_LINE, now=NOW)
        assert (report.total().added, report.warnings) == (added, [])
    overlay = REGISTERS / "quang-tri-2025-agencies"
    with pytest.raises(Refusals):
        importing.import_workbook(session, overlay, by=log.COMMAND_LINE, now=NOW)
    report = importing.import_workbook(session, overlay, by=log.COMMAND_LINE, now=NOW, update=True)
    assert (report.sheets["units"].updated, report.sheets["successions"].added) == (7, 7)


def test_gaps_that_are_allowed_are_told(bring: Bring) -> None:
    sheets = example()
    sheets["answers"][1]["note"] = ""
    sheets["audits"][2]["programme_year"] = "2019"
    sheets["nonconformities"][0]["outcome"] = ""
    sheets["successions"] += workbooks.table(
        "predecessor | successor | on | relation", "SKHCN | SKHCN | 2025-03-01 | continued"
    )
    report = bring(sheets)
    assert (report.missing_notes, report.missing_reasons) == (1, 1)
    assert [each.code for each in report.warnings] == [
        "importing.continued_by_itself",
        "importing.programme_unclear",
        "importing.outcome_missing",
    ]
