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
_EXAMPLE: dict[str, list[tuple[Value, ...]]] = {
    "units": [
        ("465", "Huyện Hướng Hóa", "district", None, None, date(1900, 1, 1), None, "Ví dụ"),
        ("19432", "Xã Hướng Sơn", "commune", "465", None, date(1900, 1, 1), None, "Ví dụ"),
        ("SNV", "Sở Nội vụ", "agency", None, None, date(1900, 1, 1), None, "Ví dụ"),
    ],
    "documents": [
        ("127/QĐ-UBND", "QĐ", "UBND tỉnh", date(2020, 1, 15), "Kế hoạch chuyển đổi sang TCVN ISO 9001:2015"),
        ("41/KH-SKHCN", "KH", "Sở Khoa học và Công nghệ", date(2020, 9, 14), "Kế hoạch kiểm tra năm 2020"),
    ],
    "obligations": [("19432", date(2020, 1, 15), None, "planned", "127/QĐ-UBND")],
    "declarations": [
        ("SNV", "iso9001-2008", "declare", date(2016, 5, 20), None, 80, 80),
        ("SNV", "iso9001-2015", "declare", date(2020, 10, 5), None, 78, 78),
        ("19432", "iso9001-2008", "declare", date(2017, 11, 2), None, None, None),
    ],
    "milestones": [("19432", "2008-2015", "plan", date(2020, 3, 4), None)],
    "activities": [("SNV", 2020, "internal_audit", date(2020, 8, 12), None)],
    "procedures": [
        ("SNV", date(2020, 11, 16), 78, 78, None, None, None, None, None, 0, 40, 160, 190, 10, 2),
    ],
    "programmes": [(2020, "Kế hoạch kiểm tra năm 2020", "41/KH-SKHCN")],
    "audits": [
        (
            "VD-2020-001",
            "19432",
            2020,
            "on_site",
            "full",
            "tcvn-iso-9001-2015-commune",
            "1.0.0",
            date(2020, 10, 6),
            date(2020, 10, 6),
        )
    ],
    "answers": [
        ("VD-2020-001", "A-01", "conformity", None),
        ("VD-2020-001", "B-7.2-01", "minor", "Hồ sơ công chức tư pháp - hộ tịch thiếu bằng cấp"),
    ],
    "nonconformities": [("VD-2020-001", "B-7.2-01", "minor", date(2020, 12, 6), None, None)],
    "tasks": [
        (
            2020,
            "VI. Hiện đại hóa hành chính",
            "Kiểm tra việc áp dụng ISO",
            date(2020, 12, 1),
            None,
            None,
            None,
            None,
            None,
        )
    ],
}


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
