"""What an import refuses: the refusal names sheet, row, column and value, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit import db
from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.domain.messages import say
from isoaudit.services import importing, log
from tests import audit_factories, workbooks
from tests.conftest import NOW
from tests.workbooks import Sheets, content, example, folder

Refuse = Callable[[Sheets], list[Refusal]]


@pytest.fixture
def refuse(session: Session, tmp_path: Path) -> Refuse:
    """Imports sheets that must be refused; nothing may stand afterwards that did not stand before."""
    audit_factories.checklist(session)

    def _refuse(sheets: Sheets) -> list[Refusal]:
        before = content(session)
        with pytest.raises(Refusals) as caught:
            importing.import_workbook(session, folder(tmp_path / "so", sheets), by=log.COMMAND_LINE, now=NOW)
        assert content(session) == before
        for language in ("vi", "en"):
            assert say(caught.value, language)
        return caught.value.refusals

    return _refuse


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "code"),
    [
        ("units", 3, "kind", "xã", "offered"),
        ("units", 3, "name", "", "required"),
        ("units", 3, "code", "x" * 33, "too_long"),
        ("units", 3, "valid_from", "01/01/2020", "offered"),
        ("units", 3, "valid_from", "01/01/20", "short_year"),
        ("units", 3, "valid_from", "2020-02-30", "not_day"),
        ("units", 2, "valid_to", "1900-01-01", "not_after"),
        ("units", 3, "parent", "999", "parent_unknown"),
        ("units", 4, "valid_from", "2025-06-30", "overlap"),
        ("successions", 2, "relation", "merged", "not_one_of"),
        ("successions", 2, "predecessor", "19101", "unit_unknown"),
        ("successions", 3, "successor", "19336", "unit_unknown"),
        ("exemptions", 2, "to", "2020-01-01", "not_after"),
        ("exemptions", 2, "document", "128/QĐ-UBND", "document_unknown"),
        ("exemptions", 2, "document", "5/QĐ-UBND", "document_ambiguous"),
        ("exemptions", 2, "document", "5/QĐ-UBND ngày 30/4/2020", "document_unknown"),
        ("obligations", 2, "level", "must", "not_one_of"),
        ("documents", 2, "date", "", "required"),
        ("declarations", 2, "edition", "iso9001-2000", "edition_unknown"),
        ("declarations", 2, "tthc_covered", "121", "covered"),
        ("declarations", 2, "tthc_total", "nhiều", "not_whole"),
        ("milestones", 2, "step", "declared", "declared_typed"),
        ("milestones", 2, "step", "dance", "step_unknown"),
        ("milestones", 2, "conversion", "2000-2008", "conversion_unknown"),
        ("milestones", 2, "unit", "SKHC", "unit_unknown"),
        ("activities", 2, "year", "20", "out_of_range"),
        ("procedures", 2, "covered", "121", "covered"),
        ("procedures", 2, "late", "-1", "not_whole"),
        ("audits", 2, "mode", "remote", "not_one_of"),
        ("audits", 2, "version", "1.0.1", "checklist_unknown"),
        ("audits", 3, "planned_on", "", "audit_undated"),
        ("answers", 2, "grade", "not_applicable", "gate"),
        ("answers", 2, "criterion", "A-99", "criterion_unknown"),
        ("answers", 2, "audit", "KT-99", "audit_unknown"),
        ("nonconformities", 2, "grade", "conformity", "not_one_of"),
        ("nonconformities", 2, "closed_on", "2020-09-02", "before"),
        ("nonconformities", 3, "outcome", "verified", "outcome_open"),
        ("tasks", 2, "content_complete", "có", "offered"),
        ("tasks", 3, "note", "", "mark_reason"),
    ],
)
def test_a_wrong_cell_is_named(refuse: Refuse, sheet: str, row: int, column: str, value: str, code: str) -> None:
    sheets = example()
    sheets[sheet][row - 2][column] = value
    told = refuse(sheets)[0]
    assert (told.code, told.details["sheet"], told.details["row"]) == (f"importing.{code}", sheet, row)
    assert value[:20] in say(told) or (code == "overlap" and "vào ngày 30/6/2025" in say(told))


@pytest.mark.parametrize(
    ("sheet", "row", "changed", "told"),
    [
        ("tasks", 3, {"note": ""}, ("note", "mức “Đang thực hiện (in_progress)”")),
        ("nonconformities", 3, {"outcome": "verified"}, ("closed_on", "có kết quả “")),
    ],
)
def test_an_empty_cell_is_told_as_empty(
    refuse: Refuse, sheet: str, row: int, changed: dict[str, str], told: tuple[str, str]
) -> None:
    """Not with the value of the column on which it depends."""
    sheets = example()
    sheets[sheet][row - 2].update(changed)
    (found,) = refuse(sheets)
    assert (found.details["column"], found.details["value"]) == (told[0], "")
    assert told[1] in say(found)


def test_one_wrong_unit_is_told_once_and_not_again_for_every_row_that_names_it(refuse: Refuse) -> None:
    sheets = example()
    sheets["units"][6]["kind"] = "ministry"
    sheets["audits"][0]["minuted_on"] = "hôm qua"
    sheets["documents"][0]["date"] = ""
    assert [(each.details["sheet"], each.details["column"]) for each in refuse(sheets)] == [
        ("units", "kind"),
        ("documents", "date"),
        ("audits", "minuted_on"),
    ]


def test_every_error_is_told_in_the_order_of_the_file(refuse: Refuse) -> None:
    sheets = example()
    sheets["tasks"][0]["year"] = "x"
    sheets["units"][3]["kind"] = "x"
    sheets["units"][0]["name"] = ""
    assert [(each.details["sheet"], each.details["row"]) for each in refuse(sheets)] == [
        ("units", 2),
        ("units", 5),
        ("tasks", 2),
    ]


@pytest.mark.parametrize("sheet", sorted(example()))
def test_a_key_stands_once_in_a_file(refuse: Refuse, sheet: str) -> None:
    sheets = example()
    sheets[sheet].append(dict(sheets[sheet][0]))
    told = refuse(sheets)
    assert {each.code for each in told} <= {"importing.key_twice", "importing.overlap"}
    assert ("importing.key_twice", len(sheets[sheet]) + 1, 2) in {
        (each.code, each.details["row"], each.details.get("first")) for each in told
    }


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["SKHCN | iso9001-2015 | declare | 2019-01-02", "SKHCN | iso9001-2008 | redeclare | 2020-01-02"], 3),
        (["SKHCN | iso9001-2008 | declare | 2019-01-02", "SKHCN | iso9001-2015 | declare | 2018-01-02"], 2),
        (["19100 | iso9001-2015 | declare | 2019-01-02", "19101 | iso9001-2008 | declare | 2025-08-02"], 3),
        (["SKHCN | iso9001-2015 | declare | 2019-01-02", "SKHCN | iso9001-2008 | declare | 2019-01-02"], 3),
    ],
)
def test_declaring_an_older_edition_is_refused(refuse: Refuse, lines: list[str], row: int) -> None:
    sheets = example() | {"declarations": workbooks.table("unit | edition | kind | date", *lines)}
    assert [(each.code, each.details["row"]) for each in refuse(sheets)] == [("importing.older_edition", row)]


def test_a_newer_edition_entered_late_is_refused_when_an_older_one_stands(
    refuse: Refuse, session: Session, tmp_path: Path
) -> None:
    importing.import_workbook(session, folder(tmp_path / "truoc", example()), by=log.COMMAND_LINE, now=NOW)
    late = workbooks.table("unit | edition | kind | date", "19100 | iso9001-2015 | declare | 2017-01-02")
    assert [(each.code, each.details["row"]) for each in refuse({"declarations": late})] == [
        ("importing.newer_edition", 2)
    ]


def test_joining_two_histories_into_a_wrong_one_is_refused(refuse: Refuse, session: Session, tmp_path: Path) -> None:
    lines = ["19100 | iso9001-2015 | declare | 2019-01-02", "19101 | iso9001-2008 | declare | 2025-08-02"]
    apart = {
        "units": example()["units"],
        "declarations": workbooks.table("unit | edition | kind | date", *lines),
    }
    importing.import_workbook(session, folder(tmp_path / "truoc", apart), by=log.COMMAND_LINE, now=NOW)
    joined = workbooks.table("predecessor | successor | on | relation", "19100 | 19101 | 2025-07-01 | continued")
    (told,) = refuse({"successions": joined})
    assert (told.code, told.details["sheet"], told.details["row"]) == ("importing.joined_editions", "successions", 2)


def test_a_unit_that_is_ended_before_its_facts_is_told(session: Session, tmp_path: Path) -> None:
    sheets = {name: example()[name] for name in ("units", "declarations", "documents")}
    importing.import_workbook(session, folder(tmp_path / "truoc", sheets), by=log.COMMAND_LINE, now=NOW)
    units = [row | ({"valid_to": "2018-12-31"} if row["code"] == "SKHCN" else {}) for row in sheets["units"]]
    after = folder(tmp_path / "sau", {"units": units})
    report = importing.import_workbook(session, after, by=log.COMMAND_LINE, now=NOW, update=True)
    assert [(each.code, each.details["day"]) for each in report.warnings] == [("importing.facts_outlive", "02/01/2019")]


def test_withdrawing_first_allows_an_older_edition(session: Session, tmp_path: Path) -> None:
    sheets = {
        "units": example()["units"],
        "declarations": workbooks.table(
            "unit | edition | kind | date",
            "SKHCN | iso9001-2015 | declare | 2019-01-02",
            "SKHCN | iso9001-2015 | withdraw | 2019-05-02",
            "SKHCN | iso9001-2008 | declare | 2019-05-02",
        ),
    }
    report = importing.import_workbook(session, folder(tmp_path / "so", sheets), by=log.COMMAND_LINE, now=NOW)
    assert report.sheets["declarations"].added == 3


def test_a_unit_lies_under_no_unit_that_lies_under_it(refuse: Refuse) -> None:
    units = workbooks.table(
        "code | name | kind | parent | valid_from",
        "A | Sở A | agency | B | 2000-01-01",
        "B | Chi cục B | sub_agency | A | 2000-01-01",
    )
    assert {each.code for each in refuse({"units": units})} == {"importing.parent_circle"}


def test_a_unit_is_not_merged_into_its_own_row(refuse: Refuse) -> None:
    sheets = example()
    sheets["successions"][0] = {
        "predecessor": "SKHCN",
        "successor": "SKHCN",
        "on": "2025-03-01",
        "relation": "absorbed",
    }
    assert [each.code for each in refuse(sheets)] == ["importing.into_itself"]


def test_an_audit_kept_in_the_application_is_not_changed(refuse: Refuse, session: Session, tmp_path: Path) -> None:
    importing.import_workbook(session, folder(tmp_path / "truoc", example()), by=log.COMMAND_LINE, now=NOW)
    audit = session.scalars(select(db.Audit).where(db.Audit.reference == "KT-01")).one()
    audit.imported = False
    session.flush()
    sheets: Sheets = {"answers": example()["answers"]}
    sheets["answers"][2]["grade"] = "major"
    place = folder(tmp_path / "sau", sheets)
    with pytest.raises(Refusals) as caught:
        importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW, update=True)
    assert [each.code for each in caught.value.refusals] == ["importing.audit_live"]


def test_a_flood_of_errors_is_cut_short(refuse: Refuse) -> None:
    units = [{**example()["units"][0], "code": str(number), "kind": "x"} for number in range(500)]
    told = refuse({"units": units})
    assert len(told) == importing.MOST_TOLD + 1
    assert (told[-1].code, told[-1].details) == ("importing.more", {"count": 300})
