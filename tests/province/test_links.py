"""Every figure of the workbook that counts rows leads to them: the place exists, and the rows there that meet the
link's words are as many as the figure."""

import re
import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest

from isoaudit.export.layout import ReportContent
from isoaudit.export.xlsx import write_xlsx
from tests.export.test_xlsx import read
from tests.province.test_workbook import told

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLACE = re.compile(r"'(?P<sheet>[^']+)'!\$(?P<left>[A-Z]+)\$(?P<first>\d+):\$(?P<right>[A-Z]+)\$(?P<last>\d+)")
WORDS = re.compile(r"(?P<title>.+?) (?P<sign>là|khác|trước|từ) (?:“(?P<text>[^”]*)”|(?P<plain>.+))")
SUMMED = re.compile(r"'!\$([A-Z]+)\$\d+:\$[A-Z]+\$\d+(?:,\"([^\"]*)\")?")
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
    if condition["sign"] in ("trước", "từ"):
        day, month, year = map(int, condition["plain"].split("/"))
        wanted = f"{year:04}-{month:02}-{day:02}"
        return cell != "" and (f"{cell:%Y-%m-%d}" < wanted) is (condition["sign"] == "trước")
    wanted = "" if condition["plain"] == "trống" else condition["text"]
    return (told(cell) == wanted) is (condition["sign"] == "là")


def total(rows: Cells, first: int, last: int, formula: str) -> float:
    """The sum of the column that a formula adds, over the rows from `first` to `last` that meet its conditions."""
    (column, _), *conditions = SUMMED.findall(formula)
    found = 0.0
    for row in rows[first - 1 : last]:
        if all(_meets(row, each, criterion) for each, criterion in conditions):
            number = row[place_of(column)]
            found += number if isinstance(number, float) else 0
    return found


def place_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _meets(row: list[Any], column: str, criterion: str) -> bool:
    cell, other = told(row[place_of(column)]), criterion.removeprefix("<>")
    return (cell == other) is (other == criterion)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_count_leads_to_as_many_rows(content: ReportContent) -> None:
    workbook = write_xlsx(content)
    book, found = read(workbook), links(workbook)
    assert {name for name, *_ in found} >= {
        "Tổng hợp",
        "Tiến độ chuyển đổi",
        "Chỉ số CCHC",
        "Nhiệm vụ",
        "Kế hoạch và thực hiện",
        "Kế hoạch năm sau",
        "So sánh với năm trước",
    }
    wrong = []
    for name, cell, formula, value, place, words in found:
        at = PLACE.fullmatch(place)
        assert at is not None, (name, cell, place)
        first, last = int(at["first"]), int(at["last"])
        assert 1 <= first <= last <= len(book[at["sheet"]]), (name, cell, place)
        if formula.startswith("SUMIFS") and total(book[at["sheet"]], first, last, formula) != float(value):
            wrong.append((name, cell, value, place, words))
        if formula.startswith(COUNTING) and meeting(book[at["sheet"]], first, last, words) != int(value):
            wrong.append((name, cell, value, place, words))
    assert wrong == []
    assert sum(formula.startswith(COUNTING) for _, _, formula, *_ in found) > 60


def test_a_figure_of_nothing_leads_nowhere(content: ReportContent) -> None:
    assert all(float(value) for *_, value, _, _ in links(write_xlsx(content)))
