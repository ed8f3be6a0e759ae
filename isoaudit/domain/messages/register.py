"""Refusals of the register and of the facts about units."""

MESSAGES: dict[str, tuple[str, str]] = {
    "fact.why_required": (
        "Cần ghi lý do khi sửa hoặc hủy một dữ liệu đã nhập. Hãy điền ô “Lý do” rồi lưu lại.",
        "A reason is needed to correct or void what was entered. Fill in “Reason” and save again.",
    ),
}
