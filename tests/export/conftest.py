"""The report that the tests of papers read: a whole province, as a draft of its department."""

from dataclasses import replace

import pytest

from isoaudit.export.layout import ReportContent
from tests.export.samples import year_2020


@pytest.fixture(scope="session")
def content() -> ReportContent:
    made = year_2020()
    paper = replace(made.paper, parent="UBND TỈNH QUẢNG TRỊ", issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ", issuer_code="SKHCN")
    return replace(made, paper=replace(paper, place="Quảng Trị", number="", issued_on=None, signer_title="GIÁM ĐỐC"))
