"""The sentences of the report stay right for none, one, few, many and all; every figure in them is the content's."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from isoaudit.domain.vocabulary import DeclarationKind, Grade
from isoaudit.export.layout import ReportContent, UnitDetail
from isoaudit.export.narrative import annual_report, body
from isoaudit.export.paper.blocks import Grid, Heading
from isoaudit.export.rows import DeclarationRow, DocumentRow, NonconformityRow, PlannedRow, ProcedureRow
from tests.export.reading import grid, said
from tests.export.small import NONE, content, figures, unit

KEPT = {"verified": 1, "reported": 1, "not_due": 0, "failing": 0}


def test_a_province_without_anything_says_so_in_every_section() -> None:
    report = content()
    blocks = body(report)
    for here, after in pairwise(blocks):
        assert not (isinstance(here, Heading) and isinstance(after, Heading) and here.level == after.level)
    assert said(report, "who.none") == "Đến ngày 18/11/2020 chưa có đơn vị nào trong danh sách theo dõi."
    assert said(report, "direction.none").startswith("Trong kỳ báo cáo năm 2020 chưa ghi nhận văn bản")
    assert all(said(report, key) for key in ("results.none", "tthc.none", "changes.none"))
    assert annual_report(report).annexes == ()


def declared(done: int, whole: int) -> ReportContent:
    units = [unit(f"U{n}", f"Xã {n}", edition="iso9001-2015" if n < done else None) for n in range(whole)]
    return content({"commune": figures(whole, declared=done)}, units)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (0, "chưa có UBND cấp xã nào công bố (0/3)."),
        (1, "1/3 UBND cấp xã đã công bố (33,3%)."),
        (3, "toàn bộ 03 UBND cấp xã đã công bố (3/3, 100%)."),
    ],
)
def test_declared_systems(done: int, words: str) -> None:
    report = declared(done, 3)
    assert said(report, "declared.rate").endswith(words)
    assert grid(report, "Công bố")[0][3] == f"{done}/3"
    assert said(report, "declared.year") == "Trong kỳ chưa ghi nhận lượt công bố, công bố lại nào."


def test_declarations_of_the_year_are_counted_by_kind() -> None:
    made = [
        DeclarationRow("U0", "iso9001-2015", kind, date(2020, 5, 5))
        for kind in (DeclarationKind.DECLARE, DeclarationKind.REDECLARE, DeclarationKind.REDECLARE)
    ]
    report = replace(declared(3, 3), declarations=(*made, replace(made[0], made_on=date(2019, 5, 5))))
    words = "Trong kỳ có 01 lượt công bố và 02 lượt công bố lại (danh mục tại Phụ lục II)."
    assert said(report, "declared.year") == words


def test_exempt_units_are_told_with_the_reason_and_stand_outside() -> None:
    units = [unit("A", "Ban A", status="exempt", block="agency"), unit("B", "Sở B", block="agency", status="building")]
    report = content({"agency": figures(2, exempt=1, obliged=1, status={"building": 1})}, units)
    report = replace(report, units=(UnitDetail("A", exemption="Không có TTHC."), UnitDetail("B")))
    assert "Có 01 đơn vị không thuộc đối tượng áp dụng, không tính vào các tỷ lệ (Ban A: Không có TTHC)." in said(
        report, "who.units"
    )
    assert said(report, "declared.rate").endswith("chưa có sở, ban, ngành nào công bố (0/1).")
    assert "Có 01 đơn vị đang xây dựng (Sở B)." in said(report, "building.state")


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (0, "Kết quả: chưa có UBND cấp xã nào chuyển đổi (0/2)."),
        (1, "Kết quả: 1/2 UBND cấp xã đã chuyển đổi (50,0%)."),
        (2, "Kết quả: toàn bộ 02 UBND cấp xã đã chuyển đổi (2/2, 100%)."),
    ],
)
def test_conversion(done: int, words: str) -> None:
    units = [unit(f"U{n}", f"Xã {n}", status="converted" if n < done else "not_converted") for n in range(2)]
    report = content({"commune": figures(2, baseline=2, baseline_converted=done)}, units)
    assert words in said(report, "converted.rate")
    rest = {0: "Có 02 đơn vị chưa chuyển đổi (Xã 0 và Xã 1).", 1: "Có 01 đơn vị chưa chuyển đổi (Xã 1).", 2: ""}[done]
    assert said(report, "converted.rest") == (rest or "Không còn đơn vị nào đang áp dụng phiên bản cũ.")


def test_those_of_a_block_that_is_no_more_are_told_beside_the_others() -> None:
    report = replace(content({"commune": figures(2, baseline=2, left_by_merger=1)}), left_blocks={"district": 10})
    gone = "ngoài ra, 10 đơn vị cấp huyện thuộc diện chuyển đổi khi đó đã kết thúc hoạt động"
    assert f"đã giảm 01 đơn vị thuộc diện do sắp xếp, sáp nhập; {gone}" in said(report, "converted.rate")
    none = replace(content({"commune": figures(2)}), left_blocks={"district": 10})
    assert f". N{gone[1:]}" in said(none, "converted.rate")


def test_a_conversion_without_a_day_asks_nothing_of_anybody() -> None:
    report = content({"commune": figures(1)}, [unit("U0", "Xã 0", status="not_converted", edition="iso9001-2008")])
    open_day = replace(report, conversion=replace(report.conversion, baseline=None))
    assert said(open_day, "converted.rate").startswith("Chưa có ngày xác định số đơn vị thuộc diện chuyển đổi")
    assert "chuyển đổi" not in said(open_day, "next.list") + said(open_day, "proposals.province")
    assert "Hoàn thành chuyển đổi sang TCVN ISO 9001:2015 tại 01 đơn vị;" in said(report, "next.list")


def test_keeping_up() -> None:
    units = [unit("U0", "Xã 0", maintained="verified"), unit("U1", "Xã 1", maintained="reported")]
    right = content({"commune": figures(2, maintained=KEPT)}, units)
    assert "toàn bộ 02 UBND cấp xã đã thực hiện đúng (2/2, 100%)." in said(right, "maintain.rate")
    assert said(right, "maintain.rest") == "Không có đơn vị nào chưa thực hiện đúng."
    assert said(right, "praise.none") == "Không có đơn vị nào phải nhắc nhở trong kỳ."
    failing = [*units, unit("U2", "Xã 2", maintained="failing")]
    wrong = content({"commune": figures(3, maintained=KEPT | {"failing": 1})}, failing)
    assert said(wrong, "maintain.rest") == "Có 01 đơn vị chưa thực hiện đúng (Xã 2)."
    assert said(wrong, "praise.criticism").startswith("Nhắc nhở 01 đơn vị chưa thực hiện đúng")
    assert "Còn 01 đơn vị chưa thực hiện đúng việc duy trì, cải tiến (mục II.5)." in said(wrong, "difficulties.list")


def test_ratios_of_the_index_of_reform() -> None:
    agency, commune = figures(4, exempt=1, declared=3), figures(10, declared=4, maintained=KEPT | {"failing": 2})
    report = content({"agency": agency, "commune": commune}, total=figures(14))
    rows = grid(report, "Tỷ lệ phục vụ")
    assert [row[2:] for row in rows] == [("3/3", "100%"), ("4/10", "40,0%"), ("2/4", "50,0%")]
    assert grid(content(), "Tỷ lệ phục vụ")[0][2:] == ("–", "–")


def test_only_documents_that_order_or_guide_are_told_as_such() -> None:
    plan = DocumentRow("41/KH-SKHCN", "Kế hoạch", "Sở KH&CN", date(2020, 2, 3), "Kiểm tra năm 2020", {"programme": 1})
    others = (
        replace(plan, number="137/BC-SKHCN", kind="Báo cáo", subject="Kết quả năm 2020", cited={}),
        replace(plan, number="9/QĐ-UBND", kind="Quyết định", subject="Công bố TTHC", cited={"publication": 1}),
        replace(plan, number="7/QĐ-UBND", kind="Quyết định", subject="Công bố thủ tục hành chính mới", cited={}),
        replace(plan, number="8/QĐ-STC", kind="Quyết định", subject="Quyết toán", cited={"money": 2}),
    )
    report = content(documents=(plan, *others))
    assert said(report, "direction.issued").startswith("Trong kỳ đã ban hành 01 văn bản")
    assert said(report, "direction.documents").count("số") == 1
    assert "chưa ghi nhận văn bản" in said(content(documents=others), "direction.none")


def test_the_annex_has_what_the_text_names_and_nothing_on_which_only_an_earlier_year_rests() -> None:
    day = date(2018, 1, 15)
    named = DocumentRow("127/QĐ-UBND", "Quyết định", "UBND tỉnh", day, "Kế hoạch chuyển đổi")
    spent = DocumentRow("48/QĐ-UBND", "Quyết định", "UBND tỉnh", day, "Giao dự toán", {"money": 33}, past=True)
    plan = DocumentRow("41/KH-SKHCN", "Kế hoạch", "Sở KH&CN", day, "Kiểm tra", {"programme": 1}, past=True)
    still = replace(spent, number="49/QĐ-UBND", past=False)
    visit = PlannedRow("U0", "Xã 0", "Kế hoạch", "Kế hoạch số 41/KH-SKHCN ngày 15/01/2018")
    report = content(documents=(named, spent, plan, still), planned=(visit,))
    assert "127/QĐ-UBND" in said(report, "direction.basis")
    documents = annual_report(report).annexes[-1].blocks[0]
    assert isinstance(documents, Grid)
    assert [line.cells[1] for line in documents.rows] == ["127/QĐ-UBND", "41/KH-SKHCN", "49/QĐ-UBND"]


def test_decisions_by_which_units_declare_stand_with_the_declarations_and_are_counted_with_the_documents() -> None:
    day, edition, kind = date(2020, 8, 7), "iso9001-2015", DeclarationKind.DECLARE
    plan = DocumentRow("41/KH-SKHCN", "Kế hoạch", "Sở KH&CN", date(2020, 2, 3), "Kiểm tra năm 2020", {"programme": 1})
    named = DocumentRow("87/QĐ-UBND", "Quyết định", "UBND xã 0", day, "Công bố hệ thống", {"declaration": 1})
    replaced = replace(named, number="12/QĐ-UBND", issued_on=date(2015, 8, 7))
    report = content(
        {"commune": figures(1, declared=1)},
        [unit("U0", "Xã 0", edition=edition)],
        documents=(replaced, plan, named),
        declarations=(DeclarationRow("U0", edition, kind, day, document="87/QĐ-UBND ngày 07/8/2020"),),
    )
    annexes = {each.title: each.blocks[0] for each in annual_report(report).annexes}
    documents = annexes["Danh mục văn bản năm 2020"]
    assert isinstance(documents, Grid)
    assert [line.cells[1] for line in documents.rows] == ["41/KH-SKHCN"]
    told = "Ngoài ra có 01 văn bản công bố nêu tại Phụ lục II và 01 văn bản của các công bố không còn hiệu lực."
    assert documents.notes == (told,)
    assert "87/QĐ-UBND ngày 07/8/2020" in repr(annexes["Danh mục công bố năm 2020"])
    assert said(report, "direction.issued").startswith("Trong kỳ đã ban hành 01 văn bản")


PLANNED = PlannedRow("U0", "Xã 0", "Kế hoạch", "Kế hoạch số 41/KH-SKHCN ngày 14/9/2020", "Nhóm 1", date(2020, 10, 1))
MADE = replace(PLANNED, minuted_on=date(2020, 10, 1))


@pytest.mark.parametrize(
    ("rows", "plan", "rest"),
    [
        ((), "", ""),
        ((MADE,), "01 cuộc đã hoàn thành (1/1, 100%).", "Các cuộc kiểm tra theo kế hoạch đã được thực hiện đầy đủ."),
        (
            (PLANNED,),
            "chưa có cuộc nào hoàn thành (0/1).",
            "Có 01 cuộc chưa lập biên bản đến ngày chốt số liệu (chưa ghi lý do: Xã 0).",
        ),
        (
            (replace(PLANNED, planned_on=date(2020, 12, 1)),),
            "chưa có cuộc nào hoàn thành (0/1).",
            "Có 01 cuộc chưa đến ngày theo kế hoạch (Xã 0).",
        ),
        (
            tuple(PlannedRow(f"U{n}", f"Xã {n}", "", PLANNED.document, "", date(2020, 12, 1)) for n in range(9)),
            "chưa có cuộc nào hoàn thành (0/9).",
            "Có 09 cuộc chưa đến ngày theo kế hoạch.",
        ),
        (
            (PLANNED, *[replace(PLANNED, reason="mưa lũ")] * 8),
            "chưa có cuộc nào hoàn thành (0/9).",
            "Có 09 cuộc chưa lập biên bản đến ngày chốt số liệu (mưa lũ: 08 cuộc; chưa ghi lý do: 01 cuộc).",
        ),
        (
            (MADE, replace(PLANNED, cancelled=True, reason="Mưa lũ.")),
            "1/2 cuộc đã hoàn thành (50,0%).",
            "Có 01 cuộc không thực hiện (Xã 0: mưa lũ).",
        ),
    ],
)
def test_the_plan_against_what_was_made(rows: tuple[PlannedRow, ...], plan: str, rest: str) -> None:
    report = content(planned=rows)
    if not rows:
        assert "chưa ghi nhận kế hoạch kiểm tra" in said(report, "inspections.plan")
        return
    told = said(report, "inspections.plan")
    assert told.startswith("Thực hiện Kế hoạch số 41/KH-SKHCN ngày 14/9/2020, trong năm 2020 có ")
    assert told.endswith(plan)
    assert said(report, "inspections.not_made") == rest
    assert grid(report, "Thực hiện kế hoạch")[-1][2] == str(len(rows))


def finding(asks: str, clause: str, **known: Any) -> NonconformityRow:
    row = NonconformityRow("KT-1", "U0", "Xã 0", "B-1", "Thiếu.", Grade.MINOR, date(2020, 10, 1))
    return replace(row, asks=asks, clause=clause, **known)


def test_findings_their_most_frequent_questions_and_causes() -> None:
    rows = (
        finding("Hồ sơ đủ không?", "7.5", due_on=date(2020, 11, 1)), finding("Hồ sơ đủ không?", "7.5"),
        finding("Có kế hoạch không?", ""), finding("Cũ?", "8.5", raised_on=date(2019, 1, 1)),
    )  # fmt: skip
    counts = {"opening": 1, "raised": 3, "closed": 0, "closing": 4, "overdue": 1, "without_deadline": 3}
    report = content({"commune": figures(1)}, [unit("U0", "Xã 0")], nonconformities=rows, nonconformities_counts=counts)
    account = said(report, "findings.account")
    assert account.startswith(
        "Số tồn tại, hạn chế từ kỳ trước chuyển sang: 01; phát hiện trong kỳ: 03; đã khắc phục và đóng trong kỳ: "
        "không; còn lại cuối kỳ: 04 (danh sách tại Phụ lục II). Trong số còn lại có 01 tồn tại, hạn chế quá thời hạn"
        " khắc phục, ở 01 đơn vị (Xã 0)."
    )
    all_late = replace(report, rollup={**report.rollup, "nonconformities": {**counts, "closing": 4, "overdue": 4}})
    assert "Toàn bộ 04 tồn tại, hạn chế còn lại đã quá thời hạn" in said(all_late, "findings.account")
    assert said(all_late, "proposals.agencies").count("04 tồn tại") == 1
    assert said(report, "findings.list") == "“Hồ sơ đủ không?”: 02 tồn tại."
    causes = said(report, "causes.list").splitlines()
    assert [line[-13:] for line in causes] == ["(02 tồn tại);", "(01 tồn tại)."]


def test_weakest_clauses_are_those_with_findings() -> None:
    weak = {"clause": "7.5", **NONE, "conformity": 3, "minor": 1, "score": 87.5}
    fine = {"clause": "7.1", **NONE, "conformity": 3, "score": 100}
    report = content(
        {"commune": figures(1, visits=1, audited=1)}, [unit("U0", "Xã 0")], clauses=[fine, weak],
        part_a={**NONE, "conformity": 2, "score": 100},
    )  # fmt: skip
    words = (
        "Các điều khoản có điểm thấp nhất (thang 100): điều 7.5 (Thông tin dạng văn bản) 87,5 điểm, 75,0% thực hiện "
        "đúng, 01 tồn tại."
    )
    assert said(report, "results.weakest") == words
    assert "đã xem xét 09 lượt nội dung" in said(report, "results.answers")


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "Chưa có số liệu về hồ sơ TTHC"),
        ({"received_online": 40, "received_in_person": 13, "resolved": 48, "in_progress": 5, "late": 0},
         "đã tiếp nhận 53 hồ sơ (40 trực tuyến, 13 trực tiếp); đã giải quyết 48 hồ sơ, đang giải quyết 05 hồ sơ. "
         "Không có hồ sơ quá hạn (53/53, 100%)."),
        ({"received_online": 1, "received_in_person": 1, "resolved": 2, "in_progress": 0, "late": 1},
         "đã giải quyết 02 hồ sơ, không còn hồ sơ đang giải quyết. Có 01 hồ sơ quá hạn tại 01 đơn vị; tỷ lệ hồ sơ "
         "không quá hạn là 1/2 (50,0%)."),
    ],
)  # fmt: skip
def test_dossiers(known: dict[str, int], words: str) -> None:
    tthc = {"units": 1, "full": 1, "covered": 54, "total": 54}
    report = content(
        {"agency": figures(1, tthc=tthc)}, [unit("U0", "Sở 0", block="agency")],
        procedures=(ProcedureRow("U0", date(2020, 11, 18), 54, 54, **known),),
    )  # fmt: skip
    assert words in said(report, "tthc.dossiers")
    assert "sở, ban, ngành 54/54 TTHC (100%)" in said(report, "tthc.covered")


def test_documents_are_told_one_by_one_or_left_to_the_annex() -> None:
    own = DocumentRow("08/KH-SKHCN", "Kế hoạch", "Sở Khoa học và Công nghệ", date(2020, 2, 3), "Duy trì năm 2020")
    of_unit = DocumentRow("1/QĐ-UBND", "Quyết định", "UBND xã A", date(2020, 2, 3), "Công bố")
    one = content(documents=(own,))
    assert said(one, "direction.issued").startswith("Trong kỳ đã ban hành 01 văn bản")
    assert said(one, "direction.documents") == (
        "Kế hoạch số 08/KH-SKHCN ngày 03/02/2020 của Sở Khoa học và Công nghệ về duy trì năm 2020."
    )
    many = content(documents=(own, *[of_unit] * 20))
    assert "trong đó có 01 văn bản chủ yếu sau:" in said(many, "direction.issued")
    assert said(many, "direction.documents").count("\n") == 0
    assert len(annual_report(many).annexes[-1].blocks[0].rows) == 21
