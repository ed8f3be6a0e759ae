"""Names of files on their way to the browser."""

import pytest
from werkzeug.http import parse_options_header

from isoaudit.http import files


@pytest.mark.parametrize("name", ["bao-cao.csv", "công văn 512-SKHCN-TĐC.docx", 'tên "lạ".csv'])
def test_a_vietnamese_name_arrives_whole_and_fits_a_header(name: str) -> None:
    answer = files.made(b"x", name, "text/csv")
    said = answer.headers["Content-Disposition"]
    assert said.encode("latin-1")
    assert parse_options_header(said)[1]["filename"] == name
