"""What is understood is offered with sheet, row and column, and taken only with a person's word."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit import db
from isoaudit.domain.corrections import OFFERED, CorrectionKind
from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.services import importing, log
from isoaudit.services.importing import Outlook, Report
from tests import audit_factories
from tests.conftest import NOW
from tests.workbooks import Sheets, content, example, folder, table

Bring = Callable[..., Report]


@pytest.fixture
def bring(session: Session, tmp_path: Path) -> Bring:
    """Imports sheets as a folder."""
    audit_factories.checklist(session)

    def _bring(sheets: Sheets, **options: object) -> Report:
        place = folder(tmp_path / f"so-{len(list(tmp_path.iterdir()))}", sheets)
        return importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW, **options)  # type: ignore[arg-type]

    return _bring


def sloppy() -> Sheets:
    """The example as people would type it: (sheet, place of the row, column, as written) of `WRITTEN`."""
    sheets = example()
    for sheet, row, column, written, _read, _kind in WRITTEN:
        sheets[sheet][row - 2][column] = written
    return sheets


WRITTEN = [
    ("units", 2, "kind", "Thành phố", "district", CorrectionKind.WORD),
    ("units", 3, "parent", "Thành phố Đông Hà", "461 Thành phố Đông Hà", CorrectionKind.UNIT),
    ("units", 7, "valid_from", "01/07/2025", "2025-07-01", CorrectionKind.DATE),
    ("exemptions", 2, "document", "QĐ số 127/QĐ-UBND", "127/QĐ-UBND ngày 15/01/2020", CorrectionKind.CITED),
    ("obligations", 2, "level", "theo lộ trình", "planned", CorrectionKind.WORD),
    ("declarations", 2, "edition", "ISO 9001:2008", "iso9001-2008", CorrectionKind.WORD),
    ("declarations", 3, "kind", "công bố lần đầu", "declare", CorrectionKind.WORD),
    ("declarations", 4, "unit", "sở khoa học và công nghệ", "SKHCN Sở Khoa học và Công nghệ", CorrectionKind.UNIT),
    ("milestones", 2, "conversion", "2008 - 2015", "2008-2015", CorrectionKind.WORD),
    ("activities", 3, "unit", "skhcn", "SKHCN Sở Khoa học và Công nghệ", CorrectionKind.UNIT),
    ("answers", 4, "grade", "Không phù hợp nhẹ", "minor", CorrectionKind.WORD),
    ("tasks", 2, "content_complete", "Có", "yes", CorrectionKind.YES_NO),
]


def test_each_reading_is_named_and_without_a_word_refused(bring: Bring, session: Session) -> None:
    before = content(session)
    with pytest.raises(Refusals) as caught:
        bring(sloppy())
    found = [
        (*(each.details[name] for name in ("sheet", "row", "column", "value", "read")),) for each in _offered(caught)
    ]
    assert {each.code for each in caught.value.refusals} == {"importing.offered"}
    assert found == [each[:5] for each in WRITTEN]
    assert content(session) == before


def test_with_a_word_the_sloppy_file_says_what_the_tidy_one_says(bring: Bring, session: Session) -> None:
    with session.begin_nested() as once:
        bring(example())
        tidy = content(session)
        once.rollback()
    report = bring(sloppy(), accept=OFFERED)
    assert content(session) == tidy
    told = [(each.sheet, each.row, each.column, each.written, each.read, each.kind) for each in report.read_otherwise]
    assert [each for each in told if each[5] is not CorrectionKind.SPELLING] == WRITTEN
    assert report.corrections[CorrectionKind.DATE] == 1
    (entry,) = session.scalars(select(db.LogEntry).where(db.LogEntry.action == "import"))
    assert entry.detail["read_otherwise"]["word"] == 6
    assert not bring(sloppy(), accept=OFFERED).changed


def test_one_kind_may_be_accepted_and_another_not(bring: Bring) -> None:
    with pytest.raises(Refusals) as caught:
        bring(sloppy(), accept=[CorrectionKind.WORD, CorrectionKind.UNIT, CorrectionKind.CITED])
    assert [each.details["kind"] for each in _offered(caught)] == [CorrectionKind.DATE.vi, CorrectionKind.YES_NO.vi]


def test_the_same_text_in_other_bytes_needs_no_word_and_is_told(bring: Bring, session: Session) -> None:
    sheets = {"units": table("code | name | kind | valid_from", "1 | Xã A | commune | 1900-01-01")}
    sheets["units"][0]["name"] = " Xa\u0303\u00a0\u00a0A\u200b "
    report = bring(sheets)
    assert [(each.column, each.read) for each in report.read_otherwise] == [("name", "Xã A")]
    assert list(session.scalars(select(db.Unit.name))) == ["Xã A"]


def test_a_name_means_a_unit_only_when_one_bears_it_on_that_day(bring: Bring, session: Session) -> None:
    units = table(
        "code | name | kind | valid_from | valid_to",
        "1 | Xã Tân | commune | 1900-01-01 | 2020-01-01",
        "2 | Xã Tân | commune | 2020-01-01 |",
        "3 | Xã Đôi | commune | 1900-01-01 |",
        "4 | Xã Đôi | commune | 1900-01-01 |",
    )
    acts = "unit | year | kind | date"
    two = table(acts, "Xã Tân | 2019 | training | 2019-12-31", "Xã Tân | 2020 | training | 2020-01-01")
    bring({"units": units, "activities": two}, accept=[CorrectionKind.UNIT])
    codes = select(db.Unit.code).join(db.Activity, db.Activity.unit_id == db.Unit.id).order_by(db.Activity.done_on)
    assert list(session.scalars(codes)) == ["1", "2"]
    with pytest.raises(Refusals) as caught:
        bring({"activities": table(acts, "Xã Đôi | 2019 | training | 2019-12-31")}, accept=OFFERED)
    assert [each.code for each in caught.value.refusals] == ["importing.unit_named_twice"]


def test_a_doubtful_number_of_a_document_is_kept_as_written_unless_agreed(bring: Bring, session: Session) -> None:
    number = table("number | kind | issuer | date | subject", "137/BC-SKHCCN | BC | Sở | 2020-11-18 | Báo cáo")
    report = bring({"documents": number}, dry_run=True)
    assert [(each.code, each.details["read"]) for each in report.warnings] == [
        ("importing.number_doubtful", "137/BC-SKHCN")
    ]
    assert report.read_otherwise == []
    bring({"documents": number}, accept=[CorrectionKind.NUMBER])
    assert list(session.scalars(select(db.Document.number))) == ["137/BC-SKHCN"]
    cited = table("year | name | document", "2020 | Kế hoạch | 137/BC-SKHCCN")
    with pytest.raises(Refusals) as caught:
        bring({"programmes": cited})
    assert [each.code for each in caught.value.refusals] == ["importing.offered"]
    assert bring({"programmes": cited}, accept=OFFERED).changed


def test_a_name_without_its_capitals_is_kept_as_written_unless_agreed(bring: Bring, session: Session) -> None:
    sheets = {"units": table("code | name | kind | valid_from", "1 | xã Thử Nghiệm | commune | 2025-07-01")}
    report = bring(sheets, dry_run=True)
    assert [(each.code, each.details["value"], each.details["read"]) for each in report.warnings] == [
        ("importing.name_doubtful", "xã Thử Nghiệm", "Xã Thử Nghiệm")
    ]
    with session.begin_nested() as once:
        bring(sheets)
        assert list(session.scalars(select(db.Unit.name))) == ["xã Thử Nghiệm"]
        assert not bring(sheets, accept=OFFERED, update=True).changed  # what stands so is not doubted again
        once.rollback()
    report = bring(sheets, accept=[CorrectionKind.NAME])
    assert list(session.scalars(select(db.Unit.name))) == ["Xã Thử Nghiệm"]
    assert [(each.column, each.written, each.read) for each in report.read_otherwise] == [
        ("name", "xã Thử Nghiệm", "Xã Thử Nghiệm")
    ]
    assert not bring(sheets, accept=[CorrectionKind.NAME]).changed


def test_looking_tells_everything_and_writes_nothing(bring: Bring, session: Session, tmp_path: Path) -> None:
    bring(example())
    before = content(session)
    sheets = sloppy()
    sheets["units"][5]["name"] = "Xã Nối Liền"
    sheets["answers"][2]["note"] = "không có sổ"
    sheets["tasks"][0]["year"] = "x"
    outlook = _look(session, folder(tmp_path / "sau", sheets))
    assert [each.code for each in outlook.problems.in_order()] == ["importing.out_of_range"]
    changes = {name: [cell for line in lines for cell in line.cells] for name, lines in outlook.listing.updated.items()}
    assert changes == {
        "units": [("name", "Xã Nối", "Xã Nối Liền")],
        "answers": [("note", "", "không có sổ")],
    }
    assert content(session) == before


def test_a_file_says_another_thing_when_other_rows_would_be_written(
    bring: Bring, session: Session, tmp_path: Path
) -> None:
    first = _look(session, folder(tmp_path / "a", example()))
    assert _look(session, tmp_path / "a").digest == first.digest
    bring({"units": example()["units"]})
    assert _look(session, tmp_path / "a").digest != first.digest


def test_a_year_of_two_digits_is_no_year(bring: Bring) -> None:
    sheets = {"units": table("code | name | kind | valid_from", "1 | Xã A | commune | 02/03/20")}
    with pytest.raises(Refusals) as caught:
        bring(sheets, accept=OFFERED)
    assert [each.code for each in caught.value.refusals] == ["importing.short_year"]
    sheets["units"][0]["valid_from"] = "02/03/2020"
    report = bring(sheets, accept=OFFERED)
    assert report.read_otherwise[0].read == date(2020, 3, 2).isoformat()


def _offered(caught: pytest.ExceptionInfo[Refusals]) -> list[Refusal]:
    return [each for each in caught.value.refusals if each.code == "importing.offered"]


def _look(session: Session, place: Path) -> Outlook:
    return importing.look(session, place, by=log.COMMAND_LINE, now=NOW)
