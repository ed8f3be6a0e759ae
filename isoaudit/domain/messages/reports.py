"""Refusals of the area "reports"."""

MESSAGES: dict[str, tuple[str, str]] = {
    "rollup.day_outside_period": (
        "Ngày chốt {day} nằm ngoài kỳ tổng hợp từ {first} đến {last}. Hãy chọn một ngày trong kỳ hoặc đổi năm.",
        "The cut-off day {day} lies outside the period from {first} to {last}. Choose a day inside it or another year.",
    ),
}
