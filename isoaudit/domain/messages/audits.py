"""Refusals of the area "audits": what devices send about an audit, its life, its conclusion."""

MESSAGES: dict[str, tuple[str, str]] = {
    "answer.gate_not_applicable": (
        "{criterion}: nội dung này bắt buộc với mọi đơn vị, không chọn “không áp dụng” được. Hãy chọn mức khác.",
        "{criterion}: this criterion holds for every unit and is never not applicable. Choose another grade.",
    ),
    "operation.id_reused": (
        "Thao tác {record}: mã này đã dùng cho một thao tác có nội dung khác. Hãy tải lại trang rồi nhập lại.",
        "Operation {record}: this id was used for another content. Reload the page and enter it again.",
    ),
    "operation.seq_used": (
        "Thao tác {record}: số thứ tự {value} của thiết bị đã dùng. Hãy tải lại trang rồi nhập lại.",
        "Operation {record}: number {value} of this device is taken. Reload the page and enter it again.",
    ),
    "operation.audit_unknown": (
        "Không có cuộc kiểm tra {record}, hoặc bạn không thuộc đoàn. Hãy mở lại danh sách cuộc kiểm tra của bạn.",
        "There is no audit {record}, or you are not in its team. Open the list of your audits again.",
    ),
    "operation.not_team": (
        "Cuộc kiểm tra {record}: chỉ thành viên đoàn được ghi. Hãy liên hệ trưởng đoàn.",
        "Audit {record}: only members of the team may write. Ask the head of the team.",
    ),
    "operation.not_head": (
        "{record}: chỉ trưởng đoàn được xử lý xung đột. Hãy báo trưởng đoàn chọn một trong hai nội dung.",
        "{record}: only the head of the team settles a conflict. Ask the head to choose one of the values.",
    ),
    "operation.no_conflict": (
        "{record}: không còn xung đột nào cần xử lý. Hãy tải lại trang.",
        "{record}: there is no conflict left to settle. Reload the page.",
    ),
    "operation.closed": (
        "Cuộc kiểm tra {record} {vi}, không ghi thêm được. Cần sửa thì trưởng đoàn mở lại, có nêu lý do.",
        "Audit {record} is {en} and takes no more entries. To correct it, the head reopens it with a reason.",
    ),
    "operation.kind": (
        "Thao tác {record}: “{field}” là “{value}”; chỉ nhận: {expected}.",
        "Operation {record}: “{field}” is “{value}”; one of these is expected: {expected}.",
    ),
    "operation.criterion": (
        "Cuộc kiểm tra {record}: phiếu không có nội dung “{value}”. Hãy tải lại phiếu kiểm tra.",
        "Audit {record}: its checklist has no criterion “{value}”. Load the checklist again.",
    ),
    "operation.grade": (
        "{record}: mức đánh giá “{value}” không có. Hãy chọn một trong: {expected}.",
        "{record}: there is no grade “{value}”. Choose one of: {expected}.",
    ),
    "operation.key": (
        "{record}: không có mục “{field}”. Các mục được nhận: {expected}.",
        "{record}: there is no entry “{field}”. Entries taken: {expected}.",
    ),
    "operation.field": (
        "Không có mục chung “{value}”. Hãy chọn một trong: {expected}.",
        "There is no field “{value}”. Choose one of: {expected}.",
    ),
    "operation.text": (
        "{record}: “{field}” phải là chữ, không phải “{value}”.",
        "{record}: “{field}” takes text, not “{value}”.",
    ),
    "operation.too_long": (
        "{record}: “{field}” dài {value} ký tự; tối đa {longest}. Hãy rút gọn hoặc đính kèm tệp.",
        "{record}: “{field}” has {value} characters; at most {longest}. Shorten it or attach a file.",
    ),
    "operation.day": (
        "{record}: “{field}” là “{value}”, không phải một ngày. Hãy nhập ngày có thật, dạng năm-tháng-ngày.",
        "{record}: “{field}” is “{value}”, which is no date. Enter a real day as year-month-day.",
    ),
    "operation.evidence": (
        "{record}: “{field}” phải là danh sách mã SHA-256 của tệp, không phải “{value}”. Hãy gửi lại tệp.",
        "{record}: “{field}” takes the SHA-256 digests of files, not “{value}”. Send the files again.",
    ),
    "audit.step": (
        "Cuộc kiểm tra {record} {state_vi} nên không thể {step_vi}. Hãy tải lại trang để xem tình trạng hiện tại.",
        "Audit {record} is {state_en}, so this step is not possible: {step_en}. Reload the page to see its present state.",
    ),
    "audit.step_by": (
        "Cuộc kiểm tra {record}: chỉ {by_vi} được {step_vi}. Hãy liên hệ người có quyền.",
        "Audit {record}: only these may {step_en} it: {by_en}. Ask one of them.",
    ),
    "audit.reason_missing": (
        "Cuộc kiểm tra {record}: cần nêu lý do để {step_vi}. Hãy điền ô “Lý do” rồi thực hiện lại.",
        "Audit {record}: a reason is needed to {step_en} it. Fill in “Reason” and try again.",
    ),
    "nonconformity.step": (
        "Điểm không phù hợp {record} {state_vi} nên không thể chuyển sang “{to_vi}”. Hãy tải lại trang để xem tình trạng hiện tại.",
        "Nonconformity {record} is {state_en} and cannot become “{to_en}”. Reload the page to see its present state.",
    ),
    "nonconformity.outcome_missing": (
        "Điểm không phù hợp {record}: cần chọn kết quả khi đóng. Hãy điền ô “Kết quả” rồi lưu lại.",
        "Nonconformity {record}: closing needs an outcome. Fill in “Outcome” and save again.",
    ),
}
