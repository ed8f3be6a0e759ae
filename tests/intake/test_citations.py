"""Documents cited in pasted text: numbers brought into the register's form, guesses marked, each document once."""

from datetime import date

import pytest

from isoaudit.intake.citations import Citation, read_citations

ISSUERS = {"SKHCN", "SKHĐT", "SNV", "STP"}


def _read(text: str) -> list[Citation]:
    return read_citations(text, ISSUERS)


@pytest.mark.parametrize(
    ("text", "number", "kind", "day", "certain"),
    [
        ("Kế hoạch số 41/KH-SKHCN ngày 14/9/2020", "41/KH-SKHCN", "KH", date(2020, 9, 14), True),
        ("*Quyết định số 63/QĐ-SKHCCN ngày 27/02/2020*", "63/QĐ-SKHCN", "QĐ", date(2020, 2, 27), False),
        ("Công văn số 166/SKHCHN-TĐC ngày 29/4/2020", "166/SKHCN-TĐC", "CV", date(2020, 4, 29), False),
        ("Công văn 362/SKH-CN-VP ngày 21/8/2020", "362/SKHCN-VP", "CV", date(2020, 8, 21), False),
        ("<i>Kế hoạch số 02/KH-SKH&amp;CN</i>", "02/KH-SKHCN", "KH", None, False),
        ("Số: 137 /BC-SKHCN", "137/BC-SKHCN", "BC", None, True),
        ("Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018", "61/2018/NĐ-CP", "NĐ", date(2018, 4, 23), True),
        ("Luật số 91/2025/QH15", "91/2025/QH15", "L", None, True),
        ("Quyết định số 36/SKHCN-KHTC ngày 10/2/2020", "36/SKHCN-KHTC", "QĐ", date(2020, 2, 10), False),
        ("Tờ trình số 53/TTr-SKHCN ngày 31/02/2020", "53/TTr-SKHCN", "TTr", None, False),
        ("Báo cáo số 53/BC-SKHHCN 22/5/2020", "53/BC-SKHCN", "BC", date(2020, 5, 22), False),
        ("Báo cáo số 53/BC-SKHCN, 22/5/2020", "53/BC-SKHCN", "BC", date(2020, 5, 22), False),
        ("Báo cáo số 53/BC-SKHCN (ngày 22/5/2020)", "53/BC-SKHCN", "BC", date(2020, 5, 22), True),
        ("127/QĐ-UBND 30/31/2020", "127/QĐ-UBND", "QĐ", None, False),
        ("Kế hoạch số 12/KH-SKHDT", "12/KH-SKHĐT", "KH", None, False),
    ],
)
def test_a_citation_is_read(text: str, number: str, kind: str, day: date | None, certain: bool) -> None:
    (found,) = _read(text)
    assert (found.number, found.kind, found.day, found.certain) == (number, kind, day, certain)


def test_what_was_written_stays_beside_the_reading() -> None:
    (found,) = _read("theo Báo cáo số 53 / BC-SKHHCN ngày 22/5/2020")
    assert found.as_written == "53 / BC-SKHHCN"


def test_each_document_is_told_once_and_two_days_are_two_documents() -> None:
    text = "QĐ 127/QĐ-UBND ngày 15/01/2020; theo 127/QĐ-UBND và 127/QĐ-UBND ngày 20/01/2021"
    assert [each.day for each in _read(text)] == [date(2020, 1, 15), date(2021, 1, 20)]


def test_a_certain_reading_makes_the_document_certain() -> None:
    (found,) = _read("35/KH-SKHCCN ngày 11/11/2019, tức 35/KH-SKHCN ngày 11/11/2019")
    assert found.certain


@pytest.mark.parametrize("text", ["đạt 43/45 đơn vị", "ngày 19/11/2020", "60 km/h, 12/Lớp", "", "và/hoặc 24/7"])
def test_other_strokes_are_no_documents(text: str) -> None:
    assert _read(text) == []
