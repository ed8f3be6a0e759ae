"""The lists whose rows are compared between two contents of a report: by what a row is found again, and what its cells
are called in Vietnamese and English. How they are compared is in `list_differences`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from isoaudit.domain.vocabulary import Block
from isoaudit.export.difference_rows import Pair
from isoaudit.export.layout import ReportContent


@dataclass(frozen=True, slots=True)
class ListedRows:
    """A list of the content: `name` of its field, where it is printed, what of a row tells it from the others, and what
    its other cells are called. Cells named "" are shown without a name. What a content frozen earlier could not have is
    left out before (`frozen.known_to`). `joined`: rows that change alike share a line under what their keys begin with;
    `twin` names the group of rows that another list has word for word."""

    name: str
    where: Pair
    key: Callable[[Any, Mapping[str, str]], tuple[Any, ...]]
    cells: Mapping[str, Pair] = field(default_factory=dict)
    rows: Callable[[ReportContent], Iterable[Any]] | None = None
    joined: bool = False
    twin: Pair | None = None

    def of(self, content: ReportContent) -> Iterable[Any]:
        """Its rows."""
        return getattr(content, self.name) if self.rows is None else self.rows(content)


def _unit(row: Any, names: Mapping[str, str]) -> str:
    return names.get(row.unit_code) or getattr(row, "unit_name", "") or str(row.unit_code)


def _compared(side: str) -> Callable[[ReportContent], Iterable[Any]]:
    return lambda content: () if content.compared is None else getattr(content.compared, side)


_DAY = ("ngày", "on")
_TWIN = ("So với kỳ trước, theo đơn vị nay và theo đơn vị cũ", "Against the period before, by units of both")
_DOCUMENT = ("văn bản", "document")
_MINUTED = ("biên bản ngày", "minuted on")
_SCOPE = {"covered": ("TTHC áp dụng", "procedures covered"), "total": ("TTHC", "procedures")}

LISTS = (
    ListedRows(
        "declarations",
        ("Công bố", "Declarations"),
        lambda row, names: (_unit(row, names), (row.kind, names.get(row.edition, row.edition)), row.made_on),
        {"standing": ("đang có hiệu lực", "in effect"), "document": _DOCUMENT, **_SCOPE},
    ),
    ListedRows(
        "planned",
        ("Cuộc kiểm tra theo kế hoạch", "Audits planned"),
        lambda row, names: (_unit(row, names), row.programme),
        {
            "document": _DOCUMENT,
            "group": ("nhóm", "group"),
            "planned_on": ("dự kiến ngày", "planned for"),
            "minuted_on": _MINUTED,
            "cancelled": ("hủy", "cancelled"),
            "reason": ("lý do", "reason"),
        },
    ),
    ListedRows(
        "elsewhere",
        ("Kiểm tra do cơ quan khác thực hiện", "Inspections by others"),
        lambda row, names: (row.audit, row.unit_name),
        {
            "body": ("cơ quan kiểm tra", "inspected by"),
            "minuted_on": _MINUTED,
            "counted": ("tính vào kỳ", "counted in the period"),
            "full": ("toàn diện tại trụ sở", "full, on site"),
            "document": _DOCUMENT,
        },
    ),
    ListedRows(
        "nonconformities",
        ("Tồn tại, hạn chế", "Nonconformities"),
        lambda row, names: (_unit(row, names), row.audit, (row.criterion, row.asks)),
        {
            "about": ("nội dung", "about"),
            "grade": ("mức", "grade"),
            "raised_on": ("phát sinh", "raised"),
            "due_on": ("thời hạn", "due"),
            "closed_on": ("đóng", "closed"),
            "outcome": ("kết quả", "outcome"),
            "contested": ("có ý kiến khác", "contested"),
            "clause": ("điều khoản", "clause"),
        },
        joined=True,
    ),
    ListedRows(
        "tasks",
        ("Nhiệm vụ năm", "Tasks of the year"),
        lambda row, _names: (row.group, row.task),
        {
            "level": ("mức", "level"),
            "due_on": ("thời hạn", "due"),
            "completed_on": ("hoàn thành", "completed"),
            "result": ("kết quả", "result"),
            "note": ("ghi chú", "note"),
        },
    ),
    ListedRows(
        "documents",
        ("Văn bản", "Documents"),
        lambda row, _names: (row.number, row.issued_on),
        {
            "kind": ("loại", "kind"),
            "issuer": ("cơ quan ban hành", "issued by"),
            "subject": ("trích yếu", "subject"),
            "cited": ("làm căn cứ cho", "cited by"),
        },
    ),
    ListedRows(
        "changes",
        ("Sắp xếp đơn vị", "Units arranged"),
        lambda row, _names: (row.predecessor, row.successor, row.on),
        {"relation": ("", "")},
    ),
    ListedRows(
        "procedures",
        ("TTHC, hồ sơ của đơn vị", "Procedures of units"),
        lambda row, names: (names.get(row.code, row.code),),
        {
            "as_of": _DAY,
            **_SCOPE,
            "not_linked": ("không liên thông", "not linked"),
            "linked_same_level": ("liên thông cùng cấp", "linked on one level"),
            "linked_between_levels": ("liên thông giữa các cấp", "linked between levels"),
            "online_full": ("trực tuyến toàn trình", "fully online"),
            "online_partial": ("trực tuyến một phần", "partly online"),
            "carried_over": ("hồ sơ kỳ trước", "carried over"),
            "received_online": ("nhận trực tuyến", "received online"),
            "received_in_person": ("nhận trực tiếp", "received in person"),
            "resolved": ("đã giải quyết", "resolved"),
            "in_progress": ("đang giải quyết", "in progress"),
            "late": ("quá hạn", "late"),
        },
    ),
    ListedRows(
        "compared",
        ("So với kỳ trước", "Against the period before"),
        lambda _row, _names: ("nguồn số liệu kỳ trước",),
        {"then": ("đến hết ngày", "as of"), "source": ("theo báo cáo", "from report")},
        lambda content: () if content.compared is None else (content.compared,),
    ),
    ListedRows(
        "compared",
        ("So với kỳ trước", "Against the period before"),
        lambda row, _names: (row.block, row.name),
        {
            "names_before": ("đơn vị kỳ trước", "units before"),
            "statuses_before": ("tình trạng kỳ trước", "status before"),
            "status": ("", ""),
            "before": ("kỳ trước", "before"),
            "rebased": ("kỳ trước, quy đổi", "before, rebased"),
            "now": ("", ""),
            "split": ("chia tách", "split"),
            "elsewhere": ("tính ở nơi khác", "counted elsewhere"),
        },
        _compared("lines"),
        joined=True,
        twin=_TWIN,
    ),
    ListedRows(
        "compared",
        ("So với kỳ trước, theo đơn vị cũ", "Against the period before, by former units"),
        lambda row, _names: (row.block, row.name),
        {
            "status": ("tình trạng kỳ trước", "status before"),
            "names_now": ("đơn vị nay", "units now"),
            "statuses_now": ("", ""),
            "before": ("kỳ trước", "before"),
            "now": ("", ""),
        },
        _compared("former"),
        joined=True,
        twin=_TWIN,
    ),
    ListedRows(
        "next_plan",
        ("Đề xuất kiểm tra năm sau", "Proposed for next year"),
        lambda row, names: (row.block, _unit(row, names)),
        {
            "reasons": ("", ""),
            "last_audit": ("kiểm tra gần nhất", "last audit"),
            "overdue": ("tồn tại quá hạn", "overdue nonconformities"),
        },
        joined=True,
    ),
    ListedRows(
        "years",
        ("Chế độ báo cáo", "Reports owed"),
        lambda row, _names: (row.period, Block(row.block)),
        {"due_on": ("thời hạn", "due"), "late": ("đơn vị trễ hạn", "units late")},
        lambda content: content.years.reports,
    ),
    ListedRows(
        "years",
        ("Mục tiêu không đạt", "Objectives missed"),
        lambda row, _names: (row.unit, row.objective),
        {"target": ("chỉ tiêu", "target"), "result": ("kết quả", "result")},
        lambda content: content.years.missed,
    ),
    ListedRows(
        "years",
        ("Quyết định công bố TTHC", "Publications of procedures"),
        lambda row, _names: (row.document,),
        {
            "effective_on": ("hiệu lực từ", "effective on"),
            "redeclare": ("đơn vị phải rà soát phạm vi công bố", "units to review the declared scope"),
        },
        lambda content: content.years.publications,
    ),
)

PAPER = {
    "parent": ("Cơ quan chủ quản", "Parent body"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "issuer_short": ("Tên trong câu văn", "Name in sentences"),
    "issuer_code": ("Ký hiệu", "Sign"),
    "place": ("Địa danh", "Place"),
    "committee": ("Ban Chỉ đạo", "Committee"),
    "to": ("Kính gửi", "To"),
    "recipients": ("Nơi nhận", "Recipients"),
    "filed": ("Lưu", "Filed"),
    "about": ("Trích yếu", "Subject"),
    "basis": ("Căn cứ", "Basis"),
}
SIGNING = {
    "authority_line": ("Thể thức ký", "Authority"),
    "signer_title": ("Chức vụ người ký", "Title of who signs"),
}

OWN = {
    "rollup": {"digest", "as_of"},
    "compared": {"now"},
    "paper": {"number", "issued_on", "signer", "replaces", "authority_line", "signer_title"},
}
"""What differs between any two reports, or has lines of its own."""

REST = {
    "rollup": ("Số liệu tổng hợp", "Figures"),
    "years": ("Số liệu của năm", "Records of the year"),
    "activities": ("Hoạt động hằng năm", "Yearly activities"),
    "paper": ("Thể thức văn bản", "Form of the paper"),
    "edited": ("Lời văn do cơ quan soạn", "Wording by the office"),
    "left_blocks": ("Giảm ở khối không còn đơn vị", "Left in blocks without units"),
    "conversion": ("Lần chuyển đổi được xét", "Conversion"),
    "units": ("Danh sách đơn vị", "List of units"),
    "editions": ("Tên phiên bản tiêu chuẩn", "Names of editions"),
    "bands": ("Mức xếp loại", "Bands"),
    "band_decision": ("Quyết định về xếp loại", "Decision on bands"),
    "clause_titles": ("Tên điều khoản", "Titles of clauses"),
    "conditions": ("Điều kiện duy trì, cải tiến", "Conditions of keeping up"),
    "checklists": ("Phiếu kiểm tra đã dùng", "Checklists used"),
    "nonconformities": ("Tồn tại, hạn chế", "Nonconformities"),
    "tasks": ("Nhiệm vụ năm", "Tasks of the year"),
    "procedures": ("TTHC, hồ sơ của đơn vị", "Procedures of units"),
    "documents": ("Văn bản", "Documents"),
    "decimals": ("Số chữ số thập phân", "Decimal places"),
    "example": ("Số liệu ví dụ", "Made-up facts"),
    "previous": ("Số liệu kỳ trước", "Figures of the period before"),
    "planned": ("Cuộc kiểm tra theo kế hoạch", "Audits planned"),
    "declarations": ("Công bố", "Declarations"),
    "changes": ("Sắp xếp đơn vị", "Units arranged"),
    "period_last": ("Kỳ báo cáo", "Period"),
    "compared": ("So với kỳ trước", "Against the period before"),
    "next_plan": ("Đề xuất kiểm tra năm sau", "Proposed for next year"),
    "elsewhere": ("Kiểm tra do cơ quan khác thực hiện", "Inspections by others"),
}
"""Every part of a content but the list of what differs, with its name for when nothing more can be told of it."""
