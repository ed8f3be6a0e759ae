"""Refusals of the area "committee": decisions, their follow-up, the briefing of a meeting."""

MESSAGES: dict[str, tuple[str, str]] = {
    "decision.unknown": (
        "Không có quyết định này. Hãy tải lại danh sách quyết định rồi chọn lại.",
        "There is no such decision. Reload the list of decisions and choose again.",
    ),
    "decision.empty": (
        "Mục này không để trống được. Hãy điền rồi ghi lại.",
        "This cannot be left empty. Fill it in and save again.",
    ),
    "decision.unit_unknown": (
        "Không có đơn vị “{value}” vào ngày {day}. Hãy ghi mã hoặc đúng tên đơn vị, hoặc chọn khối.",
        "There is no unit “{value}” on {day}. Give its code or its exact name, or choose a block.",
    ),
    "decision.unit_several": (
        "Ngày {day} có {count} đơn vị tên “{value}”. Hãy ghi mã đơn vị, ví dụ {example}.",
        "{count} units were called “{value}” on {day}. Give the unit's code, for example {example}.",
    ),
    "decision.two_subjects": (
        "Quyết định chỉ về một đơn vị hoặc một khối. Hãy bỏ trống một trong hai ô.",
        "A decision is about one unit or one block. Leave one of the two empty.",
    ),
    "decision.due_before": (
        "Thời hạn {due} ở trước ngày quyết định {day}. Hãy sửa lại ngày.",
        "The deadline {due} lies before the day of the decision, {day}. Correct the day.",
    ),
    "decision.steps_before": (
        "Đã có bước theo dõi ngày {value}, trước ngày quyết định {day}. Hãy chọn ngày quyết định sớm hơn.",
        "It was followed up on {value}, before the day of the decision, {day}. Choose an earlier day for it.",
    ),
    "decision.step_before": (
        "Ngày {value} ở trước ngày {day} của quyết định hoặc của bước trước. Hãy nhập ngày từ {day} trở đi.",
        "{value} lies before {day}, the day of the decision or of the step before. Enter {day} or a later day.",
    ),
    "decision.ended": (
        "Quyết định này đã kết thúc ngày {day}. Muốn ghi thêm, hãy mở lại trước.",
        "This decision ended on {day}. Take it up again before you add to it.",
    ),
    "decision.not_ended": (
        "Quyết định này chưa kết thúc nên không cần mở lại. Hãy chọn việc khác.",
        "This decision has not ended and cannot be taken up again. Choose something else.",
    ),
    "decision.new_due": (
        "Gia hạn cần thời hạn mới từ {day} trở đi. Hãy nhập thời hạn mới.",
        "An extension needs a new deadline of {day} or later. Enter the new deadline.",
    ),
    "decision.committee_only": (
        "Chỉ Ban Chỉ đạo gia hạn, cho thôi hoặc mở lại quyết định. Hãy ghi tiến độ và đề nghị trong đó.",
        "Only the committee extends, drops or reopens a decision. Report progress and say there what is asked for.",
    ),
}
