"""Refusals of what is recorded of a unit for a year: quality objectives, reports owed, money."""

MESSAGES: dict[str, tuple[str, str]] = {
    "objective.unknown": (
        "Không có mục tiêu chất lượng này. Hãy chọn lại trong danh sách.",
        "There is no such quality objective. Choose again in the list.",
    ),
    "objective.text_missing": ("Hãy ghi nội dung mục tiêu.", "State the objective."),
    "objective.target_missing": ("Hãy ghi chỉ tiêu, ví dụ “≥ 98%”.", "State the target, for example “≥ 98%”."),
    "objective.no_units": ("Hãy chọn ít nhất một đơn vị.", "Choose at least one unit."),
    "objective.met_without_result": (
        "Chưa có kết quả nên chưa ghi đạt hay không đạt được. Hãy ghi kết quả, hoặc để “chưa có kết quả”.",
        "Without a result it cannot be met or missed. State the result, or leave it open.",
    ),
    "objective.met_missing": (
        "Chỉ tiêu “{target}” và kết quả “{result}” không so bằng số được. Hãy chọn đạt hay không đạt.",
        "The target “{target}” and the result “{result}” cannot be compared as numbers. Say whether it was met.",
    ),
    "objective.is_met": (
        "Kết quả “{result}” đạt chỉ tiêu “{target}” nhưng lại ghi là không đạt. Hãy kiểm tra lại.",
        "The result “{result}” meets the target “{target}”, but it is marked as missed. Check it.",
    ),
    "objective.not_met": (
        "Kết quả “{result}” không đạt chỉ tiêu “{target}” nhưng lại ghi là đạt. Hãy kiểm tra lại.",
        "The result “{result}” misses the target “{target}”, but it is marked as met. Check it.",
    ),
    "objective.unit_differs": (
        "Chỉ tiêu “{target}” và kết quả “{result}” không cùng đơn vị đo. Hãy ghi cùng một đơn vị.",
        "The target “{target}” and the result “{result}” have different units. Use the same one.",
    ),
    "objective.above_hundred": (
        "Kết quả “{result}” lớn hơn 100%. Hãy kiểm tra lại số.",
        "The result “{result}” is above 100%. Check the number.",
    ),
    "objective.day_without_result": (
        "Chưa có kết quả nên chưa có ngày tính kết quả ({day}). Hãy ghi kết quả, hoặc để trống ngày.",
        "There is no result, so it has no day ({day}). State the result, or leave the day empty.",
    ),
    "objective.day_elsewhere": (
        "Ngày tính kết quả {day} không thuộc năm {year} của mục tiêu. Hãy kiểm tra lại.",
        "The day of the result {day} is not in {year}, the year of the objective. Check it.",
    ),
    "objective.stands_already": (
        "{unit} đã có mục tiêu này trong năm {year}. Hãy sửa mục tiêu đã có.",
        "{unit} has this objective for {year} already. Correct that one.",
    ),
    "year.unit_not_in_force": (
        "{unit} không có hiệu lực trong năm {year}. Hãy chọn năm khác, hoặc đơn vị trước hay sau khi sắp xếp.",
        "{unit} is not in force in {year}. Choose another year, or the unit before or after the merger.",
    ),
    "reporting.unknown": (
        "Không có kỳ báo cáo này của đơn vị. Hãy chọn lại trong danh sách.",
        "There is no such report owed. Choose again in the list.",
    ),
    "reporting.no_units": ("Hãy chọn khối hoặc đơn vị phải báo cáo.", "Choose the block or units that owe a report."),
    "reporting.nothing_typed": (
        "Chưa có dòng nào được ghi ngày nhận. Hãy ghi ngày nhận của ít nhất một báo cáo.",
        "No row has a day. State the day on which at least one report came.",
    ),
    "reporting.due_far": (
        "Hạn {day} không phù hợp với báo cáo của năm {year}: phải trong năm đó hoặc năm sau.",
        "The deadline {day} does not fit a report on {year}: it must lie in that year or the next.",
    ),
    "reporting.received_early": (
        "Ngày nhận {day} trước khi kỳ báo cáo của năm {year} bắt đầu. Hãy kiểm tra lại.",
        "The day {day} is before the period of {year} began. Check it.",
    ),
    "reporting.stands_already": (
        "{unit} đã có hạn báo cáo của kỳ này. Hãy sửa hạn đã có.",
        "{unit} has a deadline for this period already. Correct that one.",
    ),
    "reporting.day_form": (
        "{unit}: “{value}” không phải là ngày. Hãy chọn ngày, hoặc gõ theo dạng 2020-11-18.",
        "{unit}: “{value}” is no day. Choose a day, or type it like 2020-11-18.",
    ),
    "reporting.in_row": ("{unit}: {said}", "{unit}: {said}"),
    "reminder.unknown": ("Không có công văn đôn đốc này.", "There is no such reminder."),
    "reminder.nobody": (
        "Hãy chọn ít nhất một đơn vị chưa gửi báo cáo.",
        "Choose at least one unit that has sent no report.",
    ),
    "reminder.due_passed": (
        "Ngày đề nghị gửi ({day}) đã qua. Hãy chọn một ngày từ hôm nay trở đi.",
        "The day asked for ({day}) has passed. Choose a day from today on.",
    ),
    "reminder.sent": (
        "Công văn {value} đã phát hành nên không sửa, không phát hành lại được.",
        "The letter {value} was sent; it cannot be changed or sent again.",
    ),
    "reminder.number_missing": (
        "Hãy ghi số và ngày của công văn khi phát hành.",
        "State number and day of the letter when it is sent.",
    ),
    "reminder.number_form": (
        "“{value}” không giống số công văn. Ví dụ: 166/SKHCN-TĐC.",
        "“{value}” does not look like a letter's number. Example: 166/SKHCN-TĐC.",
    ),
    "reminder.before_due": (
        "Ngày phát hành {day} trước hạn báo cáo ({due}) của đơn vị được đôn đốc. Hãy kiểm tra lại.",
        "The letter is dated {day}, before the report was due ({due}). Check it.",
    ),
    "money.unknown": (
        "Không có dòng kinh phí này. Hãy chọn lại trong danh sách.",
        "There is no such line. Choose again in the list.",
    ),
    "money.unit_unknown": (
        "Không có đơn vị “{value}” trong năm này. Hãy gõ mã hoặc tên rồi chọn trong danh sách.",
        "There is no unit “{value}” in this year. Type code or name and choose from the list.",
    ),
    "money.unit_several": (
        "Có nhiều đơn vị tên “{value}”. Hãy chọn trong danh sách, hoặc gõ mã đơn vị.",
        "Several units are called “{value}”. Choose from the list, or type the code.",
    ),
    "money.owner": (
        "Mỗi dòng kinh phí là của một đơn vị hoặc của một đoàn: hãy điền một trong hai.",
        "A line belongs to a unit or to a team: fill in one of the two.",
    ),
    "money.text_missing": (
        "Hãy ghi nội dung chi và nguồn kinh phí.",
        "State the purpose and the source of funds.",
    ),
    "money.too_large": (
        "Số tiền {value} đồng lớn hơn mức có thể ({most} đồng). Hãy kiểm tra lại số chữ số 0.",
        "{value} đồng is more than can be ({most} đồng). Check the zeros.",
    ),
    "money.estimate_missing": (
        "Hãy ghi dự toán; nếu chi ngoài dự toán thì ghi 0.",
        "State the estimate; 0 for spending outside of it.",
    ),
    "money.nothing": (
        "Dự toán và số đã chi đều bằng 0. Hãy ghi ít nhất một số tiền.",
        "Estimate and spending are both 0. State an amount.",
    ),
    "money.settled_above_spent": (
        "Số đã quyết toán ({settled} đồng) lớn hơn số đã chi ({spent} đồng). Hãy kiểm tra lại hai số.",
        "Settled ({settled} đồng) exceeds spent ({spent} đồng). Check both.",
    ),
    "money.day_and_amount": (
        "Số tiền và ngày của nó phải đi cùng nhau: hãy điền cả hai hoặc để trống cả hai.",
        "An amount and its day go together: fill in both or neither.",
    ),
    "money.day_far": (
        "Ngày {day} cách năm chương trình {year} quá xa. Hãy kiểm tra lại.",
        "{day} is too far from the programme year {year}. Check it.",
    ),
    "money.settled_before_spent": (
        "Ngày quyết toán {day} trước ngày chi {spent}. Hãy kiểm tra lại.",
        "Settled on {day}, before it was spent on {spent}. Check the days.",
    ),
    "money.stands_already": (
        "Năm {year} đã có dòng này: cùng đơn vị (kể cả tên trước hay sau khi đổi) hoặc đoàn, nội dung chi và nguồn. Hãy sửa dòng đã có.",
        "{year} has this line already: same unit (also under an earlier or later name) or team, purpose and source. Correct that one.",
    ),
}
