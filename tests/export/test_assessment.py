"""What the report assesses: difficulties when the year is over, praise by a rule, proposals by addressee."""

from dataclasses import replace

import pytest

from isoaudit.export.layout import BandName
from isoaudit.export.narrative import body
from isoaudit.export.paper.blocks import Bullets, Heading, Para
from tests.export.small import content, figures, unit
from tests.export.test_narrative import said


@pytest.mark.parametrize(
    ("issuer", "title"),
    [
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Với UBND tỉnh và Ban Chỉ đạo"),
        ("BAN CHỈ ĐẠO ISO", "Với UBND tỉnh"),
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ", "Giao Ban Chỉ đạo, cơ quan thường trực và các đơn vị liên quan"),
    ],
)
def test_nobody_proposes_to_himself(issuer: str, title: str) -> None:
    report = content()
    blocks = body(replace(report, paper=replace(report.paper, issuer=issuer)))
    place = next(n for n, each in enumerate(blocks) if isinstance(each, Bullets) and each.key == "proposals.province")
    assert blocks[place - 1] == Heading(2, title)


def test_on_the_last_day_of_the_year_nothing_has_time_left() -> None:
    units = [unit("U0", "Xã 0", maintained="not_due"), unit("U1", "Xã 1", maintained="verified")]
    november = content({"commune": figures(2, maintained={"verified": 1, "not_due": 1})}, units)
    assert said(november, "maintain.rest").startswith("Có 01 đơn vị chưa đến hạn hoàn thành các nội dung của năm.")
    assert "đúng hạn trong năm" in said(november, "proposals.all")
    over = replace(november, rollup={**november.rollup, "as_of": "2020-12-31"})
    told = "\n".join(block.text for block in body(over) if isinstance(block, Para))
    told += "\n".join(item for block in body(over) if isinstance(block, Bullets) for item in block.items)
    assert not any(words in told.lower() for words in ("chưa đến hạn", "đúng hạn trong năm"))
    assert said(over, "maintain.rest").startswith(
        "Có 01 đơn vị chưa ghi nhận đủ các nội dung của năm vào ngày cuối của thời hạn (31/12/2020), không bổ sung thì "
        "là chưa thực hiện đúng khi hết hạn (Xã 0)."
    )
    assert "chưa ghi nhận đủ các nội dung duy trì" in said(over, "difficulties.list").lower()


def test_praise_by_band_needs_a_decision_on_bands() -> None:
    audit = {"audit": "KT-1", "score": 95, "band": "tot", "minor": 0, "major": 0}
    report = content({"commune": figures(1)}, [unit("U0", "Xã 0", audit=audit)], bands=(BandName("tot", "Tốt"),))
    assert "Tốt" not in said(report, "praise.units")
    decided = replace(report, band_decision="Quyết định số 10/QĐ-BCĐ")
    assert said(decided, "praise.units") == "Biểu dương 01 đơn vị đạt mức Tốt (Xã 0)."
