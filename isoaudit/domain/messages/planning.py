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
    "task.measure_block": (
        "Số liệu này tính chung toàn tỉnh, không theo khối. Hãy bỏ chọn khối.",
        "This figure is of the whole province and of no block. Leave the block empty.",
    ),
    "task.measure_share": (
        "Chỉ tiêu {value}% không đúng. Hãy nhập số từ 1 đến 100, hoặc để trống nếu phải đạt 100%.",
        "An aim of {value}% cannot be. Enter a number from 1 to 100, or leave it empty for 100%.",
    ),
    "task.not_measured": (
        "Nhiệm vụ này chưa gắn với số liệu nào. Hãy sửa nhiệm vụ và chọn số liệu trước.",
        "No figure belongs to this task yet. Correct the task and choose one first.",
    ),
    "task.override_reason": (
        "Nội dung ghi khác với số liệu ({value}). Hãy nêu lý do.",
        "What is entered differs from the data ({value}). Give the reason.",
    ),
}
