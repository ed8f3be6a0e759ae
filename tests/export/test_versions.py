"""Which parts of two files differ is told by their names; a writer's version names what its bytes depend on."""

from dataclasses import replace
from datetime import date

import pytest

from isoaudit.domain import report_period
from isoaudit.export.files import KINDS, file_name
from isoaudit.export.versions import differing_parts, writer_version
from isoaudit.export.xlsx import write_xlsx
from tests.export.samples import year_2020


def test_equal_files_differ_in_nothing() -> None:
    assert differing_parts(b"%PDF same", b"%PDF same") == []


def test_parts_of_a_package_are_named() -> None:
    content = year_2020()
    other = replace(content, paper=replace(content.paper, issuer="SỞ KHÁC"))
    parts = differing_parts(write_xlsx(content), write_xlsx(other))
    assert "docProps/core.xml" in parts
    assert "[Content_Types].xml" not in parts


def test_of_other_files_the_first_place_is_told() -> None:
    before = b"%PDF\n1 0 obj\nA\nendobj\n2 0 obj\nB\nendobj"
    assert differing_parts(before, before.replace(b"B", b"C")) == ["obj 2 (byte 30)"]
    assert differing_parts(before, before + b"x") == [f"{len(before)}…"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_names_the_program_and_its_libraries(kind: str) -> None:
    told = writer_version(kind)
    assert told.startswith("isoaudit ")
    assert {"xlsx": "xlsxwriter ", "docx": "python-docx ", "pdf": "typst "}[kind] in told
    assert len(told) <= 300


def test_files_of_a_period_have_names_of_their_own() -> None:
    assert file_name(2020, "pdf") == "bao-cao-iso-2020.pdf"
    assert file_name(2020, "pdf", report_period.years(2015, 2020)) == "bao-cao-iso-2015-2020.pdf"
    assert file_name(2020, "pdf", report_period.half(2020, 1)) == "bao-cao-iso-20200101-20200630.pdf"
    assert file_name(2020, "pdf", report_period.Period(date(2020, 1, 1), date(2020, 12, 31))) == "bao-cao-iso-2020.pdf"
