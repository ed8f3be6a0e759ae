"""The province workbook as people meet it: its sheets and columns in words, and an example that imports as it is.

The columns themselves are in `schemas.workbook`; writing the file is the business of `isoaudit.export.xlsx.workbook`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from isoaudit.export.xlsx.workbook import Column, Page
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbookcells import Cell, Day, OneOf, Whole, YesNo
from isoaudit.schemas.workbooktable import columns_of
from isoaudit.services import library

Value = str | int | date | None

_HELP = {
    "unit": "Mã đơn vị còn hiệu lực vào ngày của dòng.",
    "parent": "Mã đơn vị cấp trên.",
    "province": "Bỏ trống: tỉnh của nơi cài đặt.",
    "document": "Số, ký hiệu có trong trang documents hoặc trong danh mục; trùng số thì thêm “ngày dd/mm/yyyy”.",
    "valid_to": "Ngày đầu tiên không còn hiệu lực.",
    "to": "Ngày đầu tiên không còn hiệu lực.",
    "audit": "Mã cuộc kiểm tra, do người lập đặt, không trùng trong tỉnh.",
    "criterion": "Mã nội dung kiểm tra của phiếu, ví dụ B-7.2-01.",
    "checklist": "Tên phiếu, xem lệnh isoaudit checklist list.",
    "minuted_on": "Ngày lập biên bản; bỏ trống khi chưa kết thúc.",
    "tthc_covered": "Số TTHC thuộc phạm vi công bố.",
    "tthc_total": "Tổng số TTHC của đơn vị khi công bố.",
    "mark": "Chỉ ghi khi cơ quan thường trực xếp khác cách tính; lý do ở cột note.",
}
_OF = "Ví dụ"
_DECISION, _PLAN = "01/QĐ-VIDU", "02/KH-VIDU"
_COMMUNE, _AGENCY, _AUDIT = "VD-XA", "VD-SO", "VD-2016-001"
_EXAMPLE: dict[str, list[tuple[Value, ...]]] = {
    "units": [
        ("VD-HUYEN", "Huyện Ví dụ", "district", None, _OF, date(2010, 1, 1), None, _OF),
        (_COMMUNE, "Xã Ví dụ", "commune", "VD-HUYEN", _OF, date(2010, 1, 1), None, _OF),
        (_AGENCY, "Sở Ví dụ", "agency", None, _OF, date(2010, 1, 1), None, _OF),
    ],
    "documents": [
        (_DECISION, "QĐ", "UBND tỉnh Ví dụ", date(2016, 1, 15), "Ví dụ: kế hoạch chuyển đổi sang TCVN ISO 9001:2015"),
        (_PLAN, "KH", "Sở Ví dụ", date(2016, 9, 14), "Ví dụ: kế hoạch kiểm tra năm 2016"),
    ],
    "obligations": [(_COMMUNE, date(2016, 1, 15), None, "planned", _DECISION)],
    "declarations": [
        (_AGENCY, "iso9001-2008", "declare", date(2013, 5, 20), None, 80, 80),
        (_AGENCY, "iso9001-2015", "declare", date(2016, 10, 5), None, 78, 78),
        (_COMMUNE, "iso9001-2008", "declare", date(2014, 11, 3), None, None, None),
    ],
    "milestones": [(_COMMUNE, "2008-2015", "plan", date(2016, 3, 4), None)],
    "activities": [(_AGENCY, 2016, "internal_audit", date(2016, 8, 12), None)],
    "procedures": [
        (_AGENCY, date(2016, 11, 16), 78, 78, None, None, None, None, None, 0, 40, 160, 190, 10, 2),
    ],
    "programmes": [(2016, "Kế hoạch kiểm tra (ví dụ)", _PLAN)],
    "audits": [
        (
            _AUDIT,
            _COMMUNE,
            2016,
            "on_site",
            "full",
            "tcvn-iso-9001-2015-commune",
            "1.0.0",
            date(2016, 10, 6),
            date(2016, 10, 6),
        )
    ],
    "answers": [
        (_AUDIT, "A-01", "conformity", None),
        (_AUDIT, "B-7.2-01", "minor", "Hồ sơ công chức tư pháp - hộ tịch thiếu bằng cấp"),
    ],
    "nonconformities": [(_AUDIT, "B-7.2-01", "minor", date(2016, 12, 6), date(2016, 11, 25), "verified")],
    "tasks": [
        (
            2016,
            "Ví dụ",
            "Kiểm tra việc áp dụng ISO (ví dụ)",
            date(2016, 12, 1),
            date(2016, 11, 25),
            "yes",
            "Đã kiểm tra 01 đơn vị",
            None,
            None,
        )
    ],
}
"""Units of a province that does not exist, documents of bodies that do not, a year before the program was in use: what
is imported of it touches no row of the register and no figure of the installation's province but a task of 2016."""


def empty() -> list[Page]:
    """Every sheet without rows."""
    return [Page(name, columns(name)) for name in SHEETS]


def example() -> list[Page]:
    """The sheets with a few rows that belong together; they import into an instance with the shipped checklists."""
    return [Page(name, columns(name), rows) for name, rows in _EXAMPLE.items()]


def page(name: str, rows: Iterable[Sequence[Value]]) -> Page:
    """A sheet with rows in the order of the contract's columns."""
    return Page(name, columns(name), rows)


def columns(sheet: str) -> tuple[Column, ...]:
    """The columns of a sheet, with what each holds."""
    return tuple(
        Column(name, cell.required, *_kind(name, cell), _HELP.get(name, ""))
        for name, (_attribute, cell) in columns_of(SHEETS[sheet]).items()
    )


def _kind(name: str, cell: Cell) -> tuple[str, tuple[str, ...]]:
    if isinstance(cell, OneOf):
        return "words", tuple(cell.members)
    if isinstance(cell, YesNo):
        return "words", ("yes", "no")
    if name == "edition":
        return "words", tuple(library.standards())
    if name == "conversion":
        return "words", tuple(library.conversions())
    return {Whole: "whole", Day: "day"}.get(type(cell), "text"), ()
