"""Units arranged anew, told in the report: each arrangement by all that passed into the unit, and units that ended."""

from datetime import date

import pytest

from isoaudit.domain.vocabulary import Relation
from isoaudit.export.narrative import annex_lists
from isoaudit.export.rows import ChangeRow
from tests.export.reading import said
from tests.export.small import content, figures, unit


def test_mergers_renames_and_units_that_ended() -> None:
    changes = (
        ChangeRow(date(2020, 1, 1), Relation.CONSOLIDATED, "Xã A", "Xã C"),
        ChangeRow(date(2020, 1, 1), Relation.CONSOLIDATED, "Xã B", "Xã C"),
        ChangeRow(date(2020, 3, 5), Relation.CONTINUED, "Xã D", "Thị trấn D"),
        ChangeRow(date(2020, 3, 5), Relation.CONTINUED, "Xã E", "Xã E"),
    )
    ended = [{"code": "A", "name": "Xã A", "ended_on": "2020-01-01", "status": "converted"}]
    report = content({"commune": figures(1)}, [unit("C", "Xã C", status="to_redeclare")], changes=changes, ended=ended)
    assert said(report, "changes.list").splitlines() == [
        "Từ ngày 01/01/2020, Xã C được thành lập trên cơ sở Xã A và Xã B;",
        "Từ ngày 05/3/2020, Xã D đổi thành Thị trấn D.",
    ]
    told = said(report, "changes.ended")
    assert "Trong kỳ có 01 đơn vị kết thúc hoạt động do sắp xếp (Xã A)." in told
    assert "Trong đó có 01 đơn vị công bố áp dụng" in told
    assert "Có 01 đơn vị hình thành sau sắp xếp cần công bố lại (nêu tại mục II.2)." in told


_TO = "Xã An Bình"


@pytest.mark.parametrize(
    ("found", "told", "form"),
    [
        (
            (("Xã An", Relation.CONTINUED), ("Xã Bình", Relation.ABSORBED)),
            "Xã An nhận sáp nhập Xã Bình, đổi thành Xã An Bình",
            "Sáp nhập, đổi tên",
        ),
        (
            (("Xã An", Relation.ABSORBED), ("Xã Bình", Relation.SPLIT)),
            "Xã An và một phần Xã Bình sáp nhập vào Xã An Bình",
            "Sáp nhập, chia tách",
        ),
        (
            (("Xã An", Relation.SPLIT), ("Xã Bình", Relation.CONSOLIDATED), ("Xã Ca", Relation.CONSOLIDATED)),
            "Xã An Bình được thành lập trên cơ sở Xã Bình, Xã Ca và một phần Xã An",
            "Hợp nhất, chia tách",
        ),
        ((("Xã An", Relation.SPLIT),), "Xã An Bình được chia tách từ Xã An", "Chia tách"),
        (
            (("Xã An", Relation.CONTINUED), ("Xã Bình", Relation.SPLIT)),
            "Xã An tiếp nhận một phần Xã Bình, đổi thành Xã An Bình",
            "Chia tách, đổi tên",
        ),
        ((("Xã An", Relation.CONTINUED),), "Xã An đổi thành Xã An Bình", "Đổi tên"),
    ],
)
def test_an_arrangement_is_told_by_all_that_passed_into_the_unit(
    found: tuple[tuple[str, Relation], ...], told: str, form: str
) -> None:
    rows = tuple(ChangeRow(date(2020, 1, 1), relation, name, _TO) for name, relation in found)
    report = content({"commune": figures(1)}, [unit("AB", _TO)], changes=rows)
    assert said(report, "changes.list") == f"Từ ngày 01/01/2020, {told}."
    (line,) = annex_lists.changes(report).rows
    assert line.cells[2:4] == (_TO, form)
