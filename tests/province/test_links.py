"""Every figure of the workbook that counts rows leads to them: the place exists, and the rows there that meet the
link's words are as many as the figure."""

import operator
import re
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from isoaudit.export.layout import ReportContent
from isoaudit.export.tables import Column, Counted, Kind, Row, Sheet, Table, Where
from isoaudit.export.xlsx import write_xlsx
from isoaudit.export.xlsx.formulas import Formulas
from isoaudit.export.xlsx.links import Links
from isoaudit.export.xlsx.places import places
from isoaudit.services import importing, log
from isoaudit.services.report_content import report_content
from tests import audit_factories
from tests.conftest import NOW
from tests.export.test_recalculation import ALWAYS, cells
from tests.export.test_xlsx import read
from tests.province.conftest import DAY
from tests.province.sheets import LIST, sheets
from tests.province.test_workbook import told
from tests.workbooks import Sheets, folder, table

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLACE = re.compile(r"'(?P<sheet>[^']+)'!\$(?P<left>[A-Z]+)\$(?P<first>\d+):\$(?P<right>[A-Z]+)\$(?P<last>\d+)")
WORDS = re.compile(
    r"(?P<title>.+?) (?P<sign>là|khác|trước|đến hết|sau|từ|lớn hơn) (?:“(?P<text>[^”]*)”|(?P<plain>trống|[0-9/]+))"
)
DAYS = {"trước": operator.lt, "đến hết": operator.le, "sau": operator.gt, "từ": operator.ge}
SUMMED = re.compile(r"'!\$([A-Z]+)\$\d+:\$[A-Z]+\$\d+(?:,\"([^\"]*)\")?")
UNIT = "code | name | kind | parent | valid_from | valid_to"
AUDIT = "audit | unit | programme_year | mode | purpose | checklist | version | planned_on | minuted_on"
COUNTING = ("COUNT", "SUMPRODUCT")
Cells = list[list[Any]]


def links(workbook: bytes) -> list[tuple[str, str, str, str, str, str]]:
    """Sheet, cell, formula, value, place and words of every link."""
    found = []
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        names = [
            each.get("name", "") for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{NS}sheet")
        ]
        for number, name in enumerate(names, 1):
            sheet = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            cells = {each.get("r"): each for each in sheet.iter(f"{NS}c")}
            for each in sheet.iter(f"{NS}hyperlink"):
                place, words = each.get("location", ""), each.get("tooltip", "")
                cell = cells[each.get("ref")]
                formula, value = cell.findtext(f"{NS}f", ""), cell.findtext(f"{NS}v", "")
                found.append((name, each.get("ref", ""), formula, value, place, words))
    return found


def meeting(rows: Cells, first: int, last: int, words: str) -> int:
    """How many rows from `first` to `last`, counted from 1, meet the words of a link."""
    conditions = [WORDS.fullmatch(each) for each in words.partition(". Lọc: ")[2].split("; ") if each]
    count = 0
    for row in rows[first - 1 : last]:
        count += all(each is not None and meets(rows, row, first, each) for each in conditions)
    return count


def meets(rows: Cells, row: list[Any], first: int, condition: re.Match[str]) -> bool:
    titles = next(each for each in reversed(rows[: first - 1]) if condition["title"] in each)
    cell = row[titles.index(condition["title"])]
    if condition["sign"] in DAYS:
        day, month, year = map(int, condition["plain"].split("/"))
        return cell != "" and DAYS[condition["sign"]](f"{cell:%Y-%m-%d}", f"{year:04}-{month:02}-{day:02}")
    wanted = "" if condition["plain"] == "trống" else condition["text"]
    return (told(cell) == wanted) is (condition["sign"] == "là")


def added(rows: Cells, first: int, last: int, formula: str) -> list[float]:
    """What a formula adds: the numbers of its column, of the rows from `first` to `last` that meet its conditions."""
    (column, _), *conditions = SUMMED.findall(formula)
    chosen = [
        row[place_of(column)]
        for row in rows[first - 1 : last]
        if all(_meets(row, each, criterion) for each, criterion in conditions)
    ]
    return [number for number in chosen if isinstance(number, float) and number]


def place_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _meets(row: list[Any], column: str, criterion: str) -> bool:
    cell, other = told(row[place_of(column)]), criterion.removeprefix("<>")
    return (cell == other) is (other == criterion)


def wrong(workbook: bytes) -> list[tuple[str, ...]]:
    """The links that lead nowhere, or to other rows than their figure counts or adds."""
    book, found = read(workbook), []
    for name, cell, formula, value, place, words in links(workbook):
        at = PLACE.fullmatch(place)
        assert at is not None, (name, cell, place)
        first, last = int(at["first"]), int(at["last"])
        assert 1 <= first <= last <= len(book[at["sheet"]]), (name, cell, place)
        rows = book[at["sheet"]]
        if formula.startswith("SUMIFS"):
            numbers = added(rows, first, last, formula)
            right = sum(numbers) == float(value) and words.startswith(f"{len(numbers)} dòng")
        else:
            right = not formula.startswith(COUNTING) or meeting(rows, first, last, words) == int(value)
        if not right:
            found.append((name, cell, value, place, words))
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_count_leads_to_as_many_rows(content: ReportContent) -> None:
    workbook = write_xlsx(content)
    found = links(workbook)
    assert {name for name, *_ in found} >= {
        "Tổng hợp",
        "Tiến độ chuyển đổi",
        "Chỉ số CCHC",
        "Nhiệm vụ",
        "Kế hoạch và thực hiện",
        "Kế hoạch năm sau",
        "So sánh với năm trước",
    }
    assert wrong(workbook) == []
    assert sum(formula.startswith(COUNTING) for _, _, formula, *_ in found) > 60


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_units_that_are_gone_are_behind_no_figure_in_todays_units(session: Session, tmp_path: Path) -> None:
    province = sheets()
    province["units"] += table(
        UNIT,
        "112 | Xã Ơn | commune | H01 | 1900-01-01 | 2020-05-01",
        "113 | Xã Phú | commune | H01 | 2020-05-01 |",
    )
    workbook = write_xlsx(_content(session, tmp_path, province))
    assert wrong(workbook) == []
    counted = [row for row in read(workbook)["So sánh với năm trước"] if row[0] == "Tổng cộng"]
    # Rebased: the twelve of both days; per former territory; each day in its own units.
    assert [(row[1], row[4]) for row in counted[::8]] == [(12, 12), (14, 14), (15, 13)]
    units = [
        words for name, _, _, value, _, words in links(workbook) if (name, value) == ("So sánh với năm trước", "12")
    ]
    assert len(units) == 4
    assert all(words.startswith("12 dòng") for words in units)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_raised_without_a_deadline_on_the_cut_off_day_is_led_to(session: Session, tmp_path: Path) -> None:
    province = sheets()
    province["audits"] += table(AUDIT, f"KT-14 | 108 | | on_site | full | dem-tay | 1.0.0 | | {DAY}")
    province["nonconformities"] += table(
        "audit | criterion | grade | due_on | closed_on | outcome",
        "KT-14 | A-01 | major | | |",
        "KT-14 | B-7.2-01 | minor | 2020-12-31 | |",
        "KT-14 | B-8.5-01 | minor | | |",
    )
    workbook = write_xlsx(_content(session, tmp_path, province))
    assert wrong(workbook) == []
    without = [(each[3], each[5]) for each in links(workbook) if each[:2] == ("Điểm không phù hợp", "H7")]
    assert [(value, words.partition(" ở ")[0]) for value, words in without] == [("3", "3 dòng")]


TURN = date(2020, 11, 18)
LISTED = Table(
    "listed",
    (
        Column("name", "Tên", 10),
        Column("day", "Ngày", 10, Kind.DATE),
        Column("word", "Chữ", 10),
        Column("nothing", "", 5),
    ),
    tuple(
        Row((name, day, word))
        for name, day, word in (
            ("below", TURN - timedelta(days=1), "a"),
            ("equal", TURN, "b"),
            ("above", TURN + timedelta(days=1), "c"),
            ("empty", None, None),
        )
    ),
)
HOLDS: list[tuple[Where, str]] = [
    (Where("day", TURN), "equal"),
    (Where("day", TURN, "<>"), "below above empty"),
    (Where("day", TURN, "<"), "below"),
    (Where("day", TURN, "<="), "below equal"),
    (Where("day", TURN, ">"), "above"),
    (Where("day", TURN, ">="), "equal above"),
    (Where("day", None), "empty"),
    (Where("day", None, "<>"), "below equal above"),
    (Where("word", "b"), "equal"),
    (Where("word", "b", "<>"), "below above empty"),
    (Where("word", ""), "empty"),
    (Where("word", "", "<>"), "below equal above"),
]
"""Condition → the rows on which it holds."""
PAGE = Sheet("Trang", "", (LISTED,))
HERE = places([PAGE])["listed"]


@pytest.mark.parametrize(("where", "rows"), HOLDS)
def test_a_condition_leads_to_the_rows_on_which_it_holds(where: Where, rows: str) -> None:
    numbers = [[row.cells[0] for row in LISTED.rows].index(name) + HERE.first + 1 for name in rows.split()]
    link = Links([PAGE], {"listed": HERE}).of(Counted(len(numbers), (where,), "listed"), HERE, 0)
    assert link is not None
    assert link._link.endswith(f"!$A${numbers[0]}:$D${numbers[-1]}")
    assert str(link.tip).startswith(f"{len(numbers)} dòng")


@pytest.mark.office
def test_the_office_counts_the_rows_that_links_lead_to(tmp_path: Path) -> None:
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    formulas = Formulas({"listed": HERE}, 1)
    with Workbook(str(tmp_path / "signs.xlsx")) as book:
        sheet, days = book.add_worksheet(HERE.sheet), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, (name, day, word) in enumerate((row.cells for row in LISTED.rows), HERE.first):
            sheet.write_row(number, 0, (name, None, word))
            if isinstance(day, date):
                sheet.write_datetime(number, 1, day, days)
        for number, (where, _) in enumerate(HOLDS):
            # With a condition that always holds, the formula is the one for empty cells as well.
            for column, every in enumerate(((), (Where("nothing", None),))):
                cell = Counted(-1, (where, *every), "listed")
                sheet.write_formula(number, 5 + column, formulas.formula(cell, HERE, number, 5)[0], None, -1)
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(tmp_path / "signs.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = [row[5:7] for row in cells(tmp_path / "saved" / "signs.xlsx")[HERE.sheet][: len(HOLDS)]]
    assert found == [[len(rows.split())] * 2 for _, rows in HOLDS]


def _content(session: Session, place: Path, told: Sheets) -> ReportContent:
    audit_factories.checklist(session, data=LIST)
    importing.import_workbook(session, folder(place / "so", told), by=log.COMMAND_LINE, now=NOW)
    return report_content(session, None, 2020, DAY)


def test_a_figure_of_nothing_leads_nowhere(content: ReportContent) -> None:
    assert all(float(value) for *_, value, _, _ in links(write_xlsx(content)))
