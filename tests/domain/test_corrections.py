"""What people write is understood where it can mean one thing only, and nowhere else."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain import vocabulary as words
from isoaudit.domain.corrections import (
    read_conversion,
    read_day,
    read_edition,
    read_name,
    read_word,
    read_yes_no,
    seen_only,
)
from isoaudit.shipped import REGISTERS

EDITIONS = ("iso9001-2008", "iso9001-2015")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("18/11/2020", date(2020, 11, 18)),
        ("18-11-2020", date(2020, 11, 18)),
        ("2.3.2020", date(2020, 3, 2)),
        ("02/03/2020", date(2020, 3, 2)),
        ("ngày 18 tháng 11 năm 2020", date(2020, 11, 18)),
        ("2020/11/18", date(2020, 11, 18)),
        ("2020-1-5", date(2020, 1, 5)),
        ("2020-11-18 00:00:00", date(2020, 11, 18)),
        ("18/11/20", None),
        ("11/18/2020", None),
        ("31/02/2020", None),
        ("2020-11-18 08:30", None),
        ("18/2020", None),
        ("hôm qua", None),
    ],
)
def test_days_are_day_before_month_with_a_whole_year(written: str, day: date | None) -> None:
    assert read_day(written) == day


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), parted=st.sampled_from("/-."))
def test_every_day_is_read_back(day: date, parted: str) -> None:
    assert read_day(f"{day.day}{parted}{day.month}{parted}{day.year}") == day


@pytest.mark.parametrize(
    ("written", "kind", "member"),
    [
        ("Xã", words.UnitKind, words.UnitKind.COMMUNE),
        ("xã", words.UnitKind, words.UnitKind.COMMUNE),
        ("COMMUNE", words.UnitKind, words.UnitKind.COMMUNE),
        ("thị xã", words.UnitKind, words.UnitKind.DISTRICT),
        ("thi tran", words.UnitKind, words.UnitKind.TOWNSHIP),
        ("công bố lần đầu", words.DeclarationKind, words.DeclarationKind.DECLARE),
        ("Công bố lại", words.DeclarationKind, words.DeclarationKind.REDECLARE),
        ("Internal audit", words.ActivityKind, words.ActivityKind.INTERNAL_AUDIT),
        ("internal-audit", words.ActivityKind, words.ActivityKind.INTERNAL_AUDIT),
        ("không phù hợp nhẹ", words.Grade, words.Grade.MINOR),
        ("không phù hợp", words.Grade, None),
        ("hoàn thành", words.ResultLevel, words.ResultLevel.DONE),
        ("bộ", words.UnitKind, None),
    ],
)
def test_words_of_closed_lists(written: str, kind: type[words.Word], member: words.Word | None) -> None:
    assert read_word(written, kind) is member


@pytest.mark.parametrize("kind", [words.UnitKind, words.Relation, words.Grade, words.Outcome, words.ResultLevel])
def test_every_label_names_its_own_word(kind: type[words.Word]) -> None:
    for member in kind:
        assert {read_word(each, kind) for each in (member.value, member.vi, member.en)} == {member}


def test_editions_conversions_yes_and_no() -> None:
    for written in ("TCVN ISO 9001:2015", "ISO 9001:2015", "9001:2015", "2015", "ISO9001-2015"):
        assert read_edition(written, EDITIONS) == "iso9001-2015"
    assert read_edition("ISO 9001:2000", EDITIONS) is None
    assert read_edition("ISO 14001:2015", EDITIONS) is None
    assert read_conversion("2008 → 2015", ("2008-2015",)) == "2008-2015"
    assert read_conversion("2000 → 2015", ("2008-2015",)) is None
    assert (read_yes_no("Có"), read_yes_no("không"), read_yes_no("có thể")) == (True, False, None)
    assert seen_only("Xã\u200b A\ufeff") == "Xã A"


@pytest.mark.parametrize(
    ("written", "kind", "read"),
    [
        ("xã Thử Nghiệm", words.UnitKind.COMMUNE, "Xã Thử Nghiệm"),
        ("xã thử nghiệm", words.UnitKind.COMMUNE, "Xã Thử Nghiệm"),
        ("Xã Ví dụ", words.UnitKind.COMMUNE, None),
        ("Thị trấn Nông trường Lệ Ninh", words.UnitKind.TOWNSHIP, None),
        ("thị trấn cửa việt", words.UnitKind.TOWNSHIP, "Thị trấn Cửa Việt"),
        ("thành phố Đông Hà", words.UnitKind.DISTRICT, "Thành phố Đông Hà"),
        ("đặc khu cồn cỏ", words.UnitKind.SPECIAL_ZONE, "Đặc khu Cồn Cỏ"),
        ("huyện đảo cồn cỏ", words.UnitKind.DISTRICT, "Huyện đảo Cồn Cỏ"),
        ("Huyện đảo Cồn Cỏ", words.UnitKind.DISTRICT, None),
        ("UBND xã Cam Tuyền", words.UnitKind.COMMUNE, None),
        ("Ủy ban nhân dân thị trấn Cửa Việt", words.UnitKind.TOWNSHIP, None),
        ("Văn phòng UBND xã Cam Tuyền", words.UnitKind.COMMUNE, None),
        ("đông hà", words.UnitKind.WARD, None),
        ("sở Tài chính", words.UnitKind.AGENCY, "Sở Tài chính"),
        ("Phường 1", words.UnitKind.WARD, None),
        ("Thị trấn NT Lệ Ninh", words.UnitKind.TOWNSHIP, None),
        ("Sở Khoa học và Công nghệ", words.UnitKind.AGENCY, None),
        ("XÃ A VAO", words.UnitKind.COMMUNE, None),
    ],
)
def test_a_name_is_read_with_the_capitals_that_it_lacks(written: str, kind: words.UnitKind, read: str | None) -> None:
    assert read_name(written, kind) == read


def test_names_of_the_shipped_registers_lack_no_capital() -> None:
    for file in REGISTERS.rglob("units.csv"):
        with file.open(encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
        assert [row["name"] for row in rows if read_name(row["name"], words.UnitKind(row["kind"]))] == []
