"""Refusals of the area "planning": moving a visit, tasks measured by the data."""

MESSAGES: dict[str, tuple[str, str]] = {
    "plan.move_closed": (
        "Cuộc kiểm tra {record} {vi}, không dời ngày được nữa.",
        "Audit {record} is {en}; its day cannot be moved any more.",
    ),
    "plan.move_reason": (
        "Dời ngày cần lý do, không quá {longest} ký tự. Hãy ghi lý do ngắn gọn.",
        "Moving a visit needs a reason of at most {longest} characters. Give a short one.",
    ),
    "plan.move_same": (
        "Ngày {value} là ngày đang lên kế hoạch. Hãy chọn ngày khác.",
        "{value} is the day planned already. Choose another one.",
    ),
    "plan.move_year": (
        "Ngày {value} nằm ngoài năm {year} của kế hoạch. Hãy chọn ngày trong năm, hoặc hủy và lập ở kế hoạch năm khác.",
        "{value} lies outside {year}, the year of the programme. Choose a day of it, or cancel and plan it in another.",
    ),
    "plan.move_unit": (
        "{record} không hoạt động vào ngày {value}. Hãy chọn ngày khác.",
        "{record} is not in force on {value}. Choose another day.",
    ),
}
