"""This period against the one before: whose figures they are is said, and only like is compared with like."""

from dataclasses import replace
from datetime import date

from isoaudit.domain.comparison import Basis
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine, FormerLine, Source
from isoaudit.export.sections import report as workbook
from tests.export.small import content, figures
from tests.export.test_narrative import grid, said


def test_the_year_before_is_compared_and_what_is_not_known_of_it_is_not() -> None:
    before = content({"commune": figures(141, declared=68)}).rollup | {"year": 2019, "as_of": "2019-12-31"}
    report = content({"commune": figures(125, declared=73, visits=45, audited=45)}, previous=before)
    told = said(report, "before.compared")
    assert said(report, "before.source").startswith(
        "Số liệu năm 2019 tính lại đến hết ngày 31/12/2019; số liệu năm 2020 đến hết ngày 18/11/"
    )
    assert "Tổng số cơ quan, đơn vị giảm 16 so với năm 2019 (từ 141 thành 125)." in told
    assert "Số UBND cấp xã đã công bố tăng 05 đơn vị so với năm 2019 (từ 68 thành 73)." in told
    assert "Năm 2019 chưa có số liệu kiểm tra để so sánh." in told
    assert [row[1] for row in grid(report, "So sánh")] == ["Cấp xã: số đơn vị", "Cấp xã: đã công bố"]
    none = replace(report, rollup=report.rollup | {"total": figures(125)})
    assert "Năm 2019 và năm 2020 chưa có cuộc kiểm tra nào được lập biên bản." in said(none, "before.compared")
    audited = before | {"total": figures(141, visits=5, audited=5)}
    known = replace(report, previous=audited)
    # Eleven months are not compared with twelve.
    assert (
        "Năm 2019, đến hết ngày 31/12/2019, có 05 lượt kiểm tra; năm 2020, đến hết ngày 18/11/2020, có 45 lượt"
        in said(known, "before.compared")
    )
    assert ("4", "Lượt kiểm tra", "5", "45") in grid(known, "So sánh")
    same_day = replace(report, previous=audited | {"as_of": "2019-11-18"})
    assert "Số lượt kiểm tra tăng 40 lượt so với năm 2019." in said(same_day, "before.compared")


def test_after_mergers_only_figures_of_the_same_units_are_compared() -> None:
    before = content({"commune": figures(3, declared=2)}).rollup | {"year": 2019, "as_of": "2019-11-18"}
    line = ComparedLine(
        *(Block.COMMUNE, "C", "Xã C", ("Xã A", "Xã B"), (Status.CONVERTED, Status.NOT_STARTED), Status.CONVERTED),
        *(ComparedFigures(units=2, considered=2, declared=1), ComparedFigures(units=1, considered=1, declared=1)),
        rebased=ComparedFigures(units=1, considered=1),
    )
    nothing = ComparedFigures()
    other = replace(
        line,
        code="D",
        names_before=("Xã D",),
        statuses_before=line.statuses_before[:1],
        before=line.now,
        rebased=line.now,
    )
    made = Compared(
        *(Basis.TODAY, date(2019, 11, 18), date(2020, 11, 18)),
        merged=True,
        lines=(line, other),
        source=Source("137/BC-SKHCN", date(2019, 11, 19)),
    )
    report = content({"commune": figures(2, declared=2)}, previous=before, compared=made)
    told = said(report, "before.compared")
    source = said(report, "before.source")
    assert "theo Báo cáo số 137/BC-SKHCN ngày 19/11/2019, số liệu đến hết ngày 18/11/2019" in source
    assert "quy đổi về đơn vị hiện nay" in source
    assert "Số UBND cấp xã đã công bố tăng 01 đơn vị so với năm 2019 quy đổi (từ 1/2 thành 2/2)." in told
    assert [row[1:] for row in grid(report, "So sánh")] == [
        ("Cấp xã: số đơn vị", "3", "2", "2"),
        ("Cấp xã: đã công bố", "2/3 (66,7%)", "1/2 (50,0%)", "2/2 (100%)"),
    ]
    # A unit of today that has no land of then is told apart, and not compared.
    new = replace(line, code="E", names_before=(), statuses_before=(), before=nothing, rebased=nothing)
    wider = replace(report, compared=replace(made, lines=(line, other, new)))
    assert "Số UBND cấp xã đã công bố tăng 01 đơn vị so với năm 2019 quy đổi (từ 1/2 thành 2/2)." in said(
        wider, "before.compared"
    )
    apart = "không tính 01 đơn vị hiện nay không có đơn vị tiền thân cùng khối trong tỉnh khi đó"
    assert apart in said(wider, "before.source")
    assert apart not in source
    assert "Tổng số cơ quan, đơn vị giảm 01 so với năm 2019 (từ 03 thành 02)." not in told
    assert "theo các đơn vị của mỗi kỳ" in told
    more = replace(wider, rollup=content({"commune": figures(3, declared=3)}).rollup)
    assert [row[1:] for row in grid(more, "So sánh")] == [
        ("Cấp xã: số đơn vị", "3", "–", "3"),
        ("Cấp xã: đã công bố", "2/3 (66,7%)", "–", "3/3 (100%)"),
        ("Cấp xã: đã công bố, không tính 01 đơn vị không có tiền thân cùng khối", "–", "1/2 (50,0%)", "2/2 (100%)"),
    ]
    assert "trong đó 01 đơn vị không có đơn vị tiền thân cùng khối trong tỉnh khi đó" in said(more, "before.compared")
    table = next(each for each in workbook(wider) if each.name == "So sánh với năm trước").tables[0]
    assert apart in table.notes[0].lower()
    assert [getattr(cell, "value", cell) for cell in table.rows[1].cells] == ["Cấp xã", 2, None, None, 2]
    # What was frozen before the earlier year was counted in today's units claims no rise.
    old = replace(made, lines=tuple(replace(each, rebased=None) for each in made.lines), source=None)
    as_frozen = replace(report, compared=old)
    assert "số liệu mỗi kỳ tính theo các đơn vị khi đó" in said(as_frozen, "before.source")
    told = said(as_frozen, "before.compared")
    assert "Số UBND cấp xã đã công bố năm 2019 là 2/3, năm 2020 là 2/2." in told


def test_it_is_said_that_of_a_narrower_circle_more_may_have_declared_than_of_all() -> None:
    """On the land of a unit that had to declare and did, and of one that did not have to and did not."""
    line = ComparedLine(
        *(Block.COMMUNE, "C", "Xã C", ("Xã A", "Xã B"), (Status.CONVERTED, Status.NOT_STARTED), Status.CONVERTED),
        ComparedFigures(units=2, considered=2, declared=1, obliged=1, declared_obliged=1),
        ComparedFigures(units=1, considered=1, declared=1, obliged=1, declared_obliged=1),
        rebased=ComparedFigures(units=1, considered=1, obliged=1, declared_obliged=1),
    )
    former = FormerLine(
        *(Block.COMMUNE, "A", "Xã A", Status.CONVERTED, ("Xã C",), (Status.CONVERTED,)),
        *(ComparedFigures(units=1, considered=1, declared=1), line.now),
    )
    days = date(2019, 11, 18), date(2020, 11, 18)
    made = Compared(Basis.TODAY, *days, merged=True, lines=(line,), former=(former,))
    sheets = {each.name: each for each in workbook(content({"commune": figures(1)}, compared=made))}
    rebased, territories, own = sheets["So sánh với năm trước"].tables
    rule = next(row for row in sheets["Cách tính số liệu"].tables[0].rows if "quy đổi" in str(row.cells))
    for told in (rebased.notes[0], str(rule.cells)):
        assert "mọi đơn vị cũ thuộc diện của chỉ tiêu đó đều đạt" in told
        assert "diện hẹp hơn (bắt buộc, chuyển đổi, duy trì) có thể lớn hơn số đã công bố" in told
    assert "mọi đơn vị đó thuộc diện của chỉ tiêu đều đạt" in territories.notes[0]
    assert "diện" not in own.notes[0]
