"""Refusals of the area "reports"."""

MESSAGES: dict[str, tuple[str, str]] = {
    "rollup.day_outside_period": (
        "Ngày chốt {day} nằm ngoài kỳ tổng hợp từ {first} đến {last}. Hãy chọn một ngày trong kỳ hoặc đổi năm.",
        "The cut-off day {day} lies outside the period from {first} to {last}. Choose a day inside it or another year.",
    ),
    "rollup.conversion_unknown": (
        "Không có lần chuyển đổi {value}. Hãy chọn một trong: {expected}.",
        "There is no conversion {value}. Choose one of: {expected}.",
    ),
    "rollup.province_unknown": (
        "Không có tỉnh {value} trong dữ liệu. Hãy ghi đúng tên tỉnh, ví dụ: {expected}.",
        "There is no province {value} in the data. Give a name that is there, for example: {expected}.",
    ),
    "report.not_written": (
        "Không ghi được tệp {record} ({value}). Hãy chọn thư mục khác ở --out hoặc kiểm tra quyền ghi.",
        "The file {record} could not be written ({value}). Choose another folder with --out or check that it is writable.",
    ),
    "report.no_fonts": (
        "Chưa có phông chữ để lập văn bản Word và PDF ({record}). Hãy chạy “make client” hoặc cài lại gói isoaudit.",
        "The typeface of Word documents and PDF is missing ({record}). Run “make client” or install isoaudit again.",
    ),
}
