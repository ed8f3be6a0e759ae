"""What the report assesses: difficulties when the year is over, praise by a rule, proposals by addressee. Its parts add
up, its lists are whole, the places that it names are there."""

from dataclasses import replace
from datetime import date

import pytest

from isoaudit.domain.vocabulary import Grade, Relation
from isoaudit.export.layout import BandName, ReportContent, UnitDetail
from isoaudit.export.narrative import annual_report, body
from isoaudit.export.narrative.direction import cited
from isoaudit.export.narrative.reading import PLACES
from isoaudit.export.paper.blocks import Bullets, Grid, Heading, Para
from isoaudit.export.paper.reading import held, numbering
from isoaudit.export.rows import ChangeRow, DocumentRow, NonconformityRow, ProcedureRow
from isoaudit.export.yearly import LateReport, MissedObjective, ObjectiveRow, OwedReports, PublicationRow, YearRecords
from tests.export.small import content, figures, unit
from tests.export.test_narrative import grid, said


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
        "Có 01 đơn vị chưa ghi nhận đủ các nội dung của năm vào ngày hết hạn 31/12/2020 (Xã 0); nếu không bổ sung thì "
        "sau ngày này tính là chưa thực hiện đúng."
    )
    assert "chưa ghi nhận đủ các nội dung duy trì" in said(over, "difficulties.list").lower()


def test_what_nobody_has_to_do_yet_has_no_share_for_the_index() -> None:
    def kept(report: ReportContent) -> tuple[str, ...]:
        return grid(report, "Tỷ lệ phục vụ chấm điểm")[2][2:]

    june = content({"commune": figures(90, maintained={"not_due": 90})})
    assert "chưa đơn vị nào đến hạn phải hoàn thành" in said(june, "maintain.rate")
    assert kept(june) == ("–", "Chưa đến hạn")
    assert kept(replace(june, rollup={**june.rollup, "as_of": "2020-12-31"})) == ("0/90", "0%")
    some = content({"commune": figures(90, maintained={"not_due": 87, "reported": 3})})
    assert kept(some) == ("3/90", "3,3%")


def test_praise_by_band_needs_a_decision_on_bands() -> None:
    audit = {"audit": "KT-1", "score": 95, "band": "tot", "minor": 0, "major": 0}
    report = content({"commune": figures(1)}, [unit("U0", "Xã 0", audit=audit)], bands=(BandName("tot", "Tốt"),))
    assert "Tốt" not in said(report, "praise.units")
    decided = replace(report, band_decision="Quyết định số 10/QĐ-BCĐ")
    assert said(decided, "praise.units") == "Biểu dương 01 đơn vị đạt mức Tốt (Xã 0)."


RULE = (
    "đạt đủ các điều kiện: đã công bố theo TCVN ISO 9001:2015, không thuộc số cần công bố lại; thực hiện đúng việc "
    "duy trì, cải tiến; không còn tồn tại, hạn chế nào đang mở"
)


def test_units_are_praised_for_all_that_is_known_and_the_rule_is_told() -> None:
    units = [unit(f"U{n}", f"Xã {n}", status="converted", maintained="reported") for n in range(3)]
    report = content({"commune": figures(3)}, [*units[:2], {**units[2], "maintained": "verified"}])
    assert said(report, "praise.units") == (
        f"Biểu dương 03 đơn vị (Xã 0, Xã 1 và Xã 2) {RULE}. Trong số này có 01 đơn vị đã được kiểm chứng qua kiểm tra."
    )
    open_ = NonconformityRow("KT-1", "U0", "Xã 0", "A-1", "Thiếu", Grade.MINOR, date(2020, 5, 5))
    late = OwedReports("năm 2020", "commune", date(2020, 11, 10), 3, 2, 1, 0, 0, (LateReport("Xã 1", 3),))
    less = replace(report, nonconformities=(open_,), years=YearRecords(reports=(late,)))
    assert said(less, "praise.units").startswith("Biểu dương 01 đơn vị (Xã 2) đạt đủ")
    known = replace(report, procedures=(ProcedureRow("U0", date(2020, 11, 1), 9, 9),))
    told = said(known, "praise.units")
    assert told.startswith("Biểu dương 01 đơn vị (Xã 0)")
    assert "100% TTHC" in told
    none = replace(less, procedures=(ProcedureRow("U2", date(2020, 11, 1), 9, 8),))
    assert said(none, "praise.units").startswith("Theo số liệu chưa có đơn vị nào đủ căn cứ để biểu dương (đạt đủ")


def test_many_that_are_praised_are_annexed_and_the_first_to_convert_named() -> None:
    units = [unit(f"U{n:02}", f"Xã {n}", status="converted", maintained="reported") for n in range(12)]
    report = content({"commune": figures(12)}, units)
    details = tuple(UnitDetail(each["code"], declared_on=date(2020, 8, 20 - n)) for n, each in enumerate(units))
    told = said(replace(report, units=details), "praise.units")
    assert told.startswith("Biểu dương 12 đơn vị (danh sách tại Phụ lục II) đạt đủ")
    assert told.endswith("hoàn thành chuyển đổi sớm nhất trong kỳ là Xã 11 (09/8/2020), Xã 10 (10/8/2020), Xã 9 "
                         "(11/8/2020), Xã 8 (12/8/2020) và Xã 7 (13/8/2020).")  # fmt: skip
    (annex,) = [each for each in annual_report(report).annexes if each.title.startswith("Đơn vị được biểu dương")]
    assert len(annex.blocks[0].rows) == 12  # type: ignore[union-attr]


def test_a_block_is_praised_when_all_of_it_is_right() -> None:
    units = [unit(f"U{n}", f"Huyện {n}", block="district", status="newly_applied") for n in range(2)]
    kept = {"verified": 1, "reported": 1, "not_due": 0, "failing": 0}
    right = figures(2, declared=2, baseline=1, baseline_converted=1, maintained=kept)
    assert "Ghi nhận khối UBND cấp huyện (2/2 đơn vị)" in said(content({"district": right}, units), "praise.units")
    for lacking in ({"declared": 1}, {"baseline_converted": 0}, {"maintained": {**kept, "failing": 1}}):
        assert "Ghi nhận" not in said(content({"district": {**right, **lacking}}, units), "praise.units")


def test_lists_that_are_too_long_for_a_sentence_are_annexed_whole() -> None:
    names = [f"Xã {n}" for n in range(12)]
    report = content({"commune": figures(1)}, [unit("U0", "Xã 0", redeclaration_due=True)])
    late = tuple(LateReport(name, 3, sent=False) for name in names)
    years = YearRecords(
        reports=(OwedReports("năm 2020", "commune", date(2020, 11, 10), 12, 0, 0, 12, 0, late),),
        objectives=(ObjectiveRow("commune", 12, 12, 0, 12, 0),),
        missed=tuple(MissedObjective(name, "Đúng hạn", "98%", "97%") for name in names),
        publications=(PublicationRow("1/QĐ-UBND", date(2020, 7, 1), 1, 0, 0, 0, 0, tuple(names)),),
    )
    gone = tuple(ChangeRow(date(2020, 1, 1), Relation.ABSORBED, f"Xã cũ {n}", f"Xã {n}") for n in range(13))
    paper = annual_report(replace(report, years=years, changes=gone))
    lengths = {
        each.title.rsplit(" năm", 1)[0]: sum(len(line.cells) > 1 for line in block.rows)
        for each in paper.annexes
        for block in each.blocks
        if isinstance(block, Grid)
    }
    assert [lengths[title] for title in list(lengths)[-4:]] == [13, 12, 12, 12]
    told = "\n".join(block.text for block in paper.body if isinstance(block, Para))
    assert "trong đó có Xã" not in told
    assert told.count("(danh sách tại Phụ lục") == 5


def test_places_that_are_referred_to_are_where_they_are_said_to_be() -> None:
    blocks = body(content({"commune": figures(1)}, [unit("U0", "Xã 0")]))
    section, found = "", {}
    for label, block in zip(numbering(blocks), blocks, strict=True):
        if isinstance(block, Heading):
            section = label if block.level == 1 else section
            found[block.text] = f"mục {section}{label}".rstrip(".")
    titles = {
        "declared": "Công bố hệ thống quản lý chất lượng",
        "building": "Xây dựng, áp dụng mới",
        "converted": "Chuyển đổi sang TCVN ISO 9001:2015",
        "maintained": "Duy trì, cải tiến",
        "findings": "Tồn tại, hạn chế và việc khắc phục",
    }
    assert {key: found[title] for key, title in titles.items()} == PLACES


def test_parts_of_those_that_have_not_converted_add_up() -> None:
    states = ("converted", "converting", "stopped", "to_redeclare")
    units = [unit(f"U{n}", f"Xã {n}", status=status) for n, status in enumerate(states)]
    report = content({"commune": figures(4, baseline=4, baseline_converted=1)}, units)
    report = replace(report, units=tuple(UnitDetail(each["code"], in_baseline=True) for each in units))
    assert said(report, "converted.rest") == (
        "Số còn lại là 03 đơn vị, gồm: 01 đơn vị đang chuyển đổi (Xã 1); 01 đơn vị đã ngừng áp dụng (mục II.2); 01 đơn "
        "vị tiếp nhận từ đơn vị cũ, chưa công bố lại (mục II.2)."
    )


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Thành lập Ban Chỉ đạo ISO của Sở", " về thành lập Ban Chỉ đạo ISO của Sở"),
        ("V/v hướng dẫn năm 2020", " về hướng dẫn năm 2020"),
        ("Về việc kiện toàn", " về kiện toàn"),
        ("Sở Nội vụ tổ chức tập huấn", " về Sở Nội vụ tổ chức tập huấn"),
        ("TCVN ISO 9001:2015", " về TCVN ISO 9001:2015"),
        ("", ""),
    ],
)
def test_a_document_is_cited_in_one_sentence(subject: str, words: str) -> None:
    row = DocumentRow("9/KH-SKHCN", "Kế hoạch", "Sở KH&CN", date(2020, 2, 3), subject)
    assert cited(row) == f"Kế hoạch số 9/KH-SKHCN ngày 03/02/2020 của Sở KH&CN{words}"


def test_words_that_announce_a_list_are_not_the_last_of_a_page() -> None:
    lead, rest = Para("a", "Các thay đổi cụ thể:"), Para("b", "Hết.")
    blocks = (lead, Bullets("c", ("Một",)), rest, lead, Heading(1, "Sau"))
    assert [held(blocks, place) for place in range(len(blocks))] == [True, False, False, False, False]


def test_communes_share_one_list_so_their_least_and_median_are_told() -> None:
    units = [unit(f"U{n}", f"Xã {n}", tthc={"covered": n, "total": 4}) for n in (1, 3, 4)]
    report = content({"commune": figures(3, tthc={"units": 3, "full": 1, "covered": 8, "total": 12})}, units)
    report = replace(report, procedures=(ProcedureRow("U1", date(2020, 11, 18), 4, 1),))
    assert said(report, "tthc.covered").endswith(
        ": 1/3 UBND cấp xã đã đạt 100% TTHC (33,3%), đơn vị thấp nhất đạt 25,0%, trung vị 75,0%."
    )


def test_of_reports_that_units_owe_the_last_one_due_is_reminded_of() -> None:
    due = OwedReports(
        "6 tháng đầu năm 2020", "commune", date(2020, 6, 15), 3, 2, 0, 1, 0, (LateReport("Xã 0", 15, sent=False),)
    )
    later = OwedReports("năm 2020", "commune", date(2020, 12, 10), 3, 0, 0, 0, 3)
    report = content({"commune": figures(1)}, years=YearRecords(reports=(due, later)))
    told = "01 đơn vị quá hạn chưa gửi báo cáo 06 tháng đầu năm 2020"
    assert said(report, "praise.criticism") == f"Nhắc nhở {told} (Xã 0)."
    assert f"Còn {told}" in said(report, "difficulties.list")


def test_who_is_no_more_is_counted_with_what_stays_open_and_not_reminded() -> None:
    row = NonconformityRow("KT-1", "U0", "Xã 0", "A-1", "Thiếu", Grade.MINOR, date(2020, 5, 5), date(2020, 6, 5))
    ended = replace(row, audit="KT-2", unit_code="", unit_name="Xã Cũ")
    counts = {"opening": 0, "raised": 2, "closed": 0, "closing": 2, "overdue": 2, "without_deadline": 0, "major": 0}
    report = content({"commune": figures(1)}, [unit("U0", "Xã 0")], nonconformities=(row, ended))
    report = replace(report, rollup={**report.rollup, "nonconformities": counts})
    assert said(report, "findings.account").endswith(
        "Toàn bộ 02 tồn tại, hạn chế còn lại đã quá thời hạn khắc phục, ở 02 đơn vị (Xã 0 và Xã Cũ), trong đó 01 đơn "
        "vị đã kết thúc hoạt động."
    )
    assert said(report, "praise.criticism") == "Nhắc nhở 01 đơn vị để quá thời hạn khắc phục tồn tại, hạn chế (Xã 0)."
