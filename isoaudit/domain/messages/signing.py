"""Refusals of the area "signing": entries of an audit, signing on the spot, amending, devices that are waited for."""

MESSAGES: dict[str, tuple[str, str]] = {
    "entry.name": (
        "Không có loại mục “{record}”. Các loại được nhận: {expected}. Hãy cập nhật ứng dụng rồi đồng bộ lại.",
        "There is no entry “{record}”. Types taken: {expected}. Update the app, then synchronise again.",
    ),
    "entry.data": (
        "Mục {record}: “{field}” là “{value}”, không đúng dạng. Hãy cập nhật ứng dụng rồi nhập lại.",
        "Entry {record}: “{field}” is “{value}”, which has the wrong shape. Update the app and enter it again.",
    ),
    "entry.bool": (
        "Mục {record}: “{field}” chỉ nhận có hoặc không, không phải “{value}”. Hãy chọn lại.",
        "Entry {record}: “{field}” takes yes or no, not “{value}”. Choose again.",
    ),
    "entry.whole": (
        "Mục {record}: “{field}” phải là số nguyên không âm, không phải “{value}”. Hãy nhập lại.",
        "Entry {record}: “{field}” takes a whole number, not “{value}”. Enter it again.",
    ),
    "entry.moment": (
        "Mục {record}: “{field}” là “{value}”, không phải một thời điểm. Hãy nhập lại.",
        "Entry {record}: “{field}” is “{value}”, which is no moment. Enter it again.",
    ),
    "entry.time": (
        "Mục {record}: “{field}” là “{value}”, không phải giờ. Hãy nhập dạng 08:30.",
        "Entry {record}: “{field}” is “{value}”, which is no time of day. Enter it as 08:30.",
    ),
    "entry.decimal": (
        "Mục {record}: “{field}” là “{value}”, không phải số. Hãy lấy lại vị trí.",
        "Entry {record}: “{field}” is “{value}”, which is no number. Take the position again.",
    ),
    "entry.choice": (
        "Mục {record}: “{field}” là “{value}”; chỉ nhận: {expected}. Hãy chọn lại.",
        "Entry {record}: “{field}” is “{value}”; one of these is expected: {expected}. Choose again.",
    ),
    "entry.text_missing": (
        "Mục {record}: chưa ghi “{field}”. Hãy ghi rồi lưu lại.",
        "Entry {record}: “{field}” is empty. Fill it in and save again.",
    ),
    "entry.identity_number": (
        "Mục {record}: “{field}” có dãy 9 hoặc 12 chữ số giống số giấy tờ tùy thân. Không ghi thông tin người dân; hãy bỏ dãy số đó.",
        "Entry {record}: “{field}” has 9 or 12 digits that look like an identity number. Citizens' data are not kept; take them out.",
    ),
    "sign.not_head": (
        "Cuộc kiểm tra {record}: chỉ trưởng đoàn được ký kết thúc và mở lại. Hãy báo trưởng đoàn.",
        "Audit {record}: only the head of the team signs it and reopens it. Ask the head.",
    ),
    "sign.state": (
        "Cuộc kiểm tra {record} {vi} nên không ký được. Hãy đồng bộ rồi xem tình trạng hiện tại.",
        "Audit {record} is {en} and cannot be signed. Synchronise and look at its present state.",
    ),
    "sign.shape": (
        "Cuộc kiểm tra {record}: nội dung ký không đúng dạng ở “{field}”. Hãy cập nhật ứng dụng rồi ký lại.",
        "Audit {record}: what was signed is malformed at “{field}”. Update the app and sign again.",
    ),
    "sign.digest": (
        "Cuộc kiểm tra {record}: nội dung không khớp với mã đã ký ({value}). Hãy ký lại.",
        "Audit {record}: the content is not what the digest signed says ({value}). Sign again.",
    ),
    "sign.checklist": (
        "Cuộc kiểm tra {record}: nội dung ký thuộc cuộc kiểm tra hoặc phiên bản phiếu khác. Hãy tải lại cuộc kiểm tra rồi ký lại.",
        "Audit {record}: what was signed belongs to another audit or checklist version. Take the audit again, then sign again.",
    ),
    "sign.amends": (
        "Cuộc kiểm tra {record}: chữ ký này không thay cho lần ký gần nhất ({value}). Hãy đồng bộ, xem lại nội dung rồi ký lại.",
        "Audit {record}: this signature does not replace the last one ({value}). Synchronise, read it again, then sign again.",
    ),
    "sign.incomplete": (
        "Cuộc kiểm tra {record}: nội dung ký còn thiếu {count} việc, việc đầu tiên ở nội dung {first}. Hãy hoàn thành rồi ký lại.",
        "Audit {record}: what was signed lacks {count} things, the first at criterion {first}. Complete them, then sign again.",
    ),
    "sign.side": (
        "Cuộc kiểm tra {record}: {vi} chưa ký, chưa ghi họ tên, hoặc từ chối ký mà chưa nêu lý do. Hãy bổ sung rồi ký lại.",
        "Audit {record}: {en} has not signed, gave no name, or refused without a reason. Add it, then sign again.",
    ),
    "amend.state": (
        "Cuộc kiểm tra {record} {vi} nên không cần mở lại để sửa đổi. Hãy đồng bộ rồi xem tình trạng hiện tại.",
        "Audit {record} is {en}, so there is nothing to reopen. Synchronise and look at its present state.",
    ),
    "amend.reason": (
        "Cuộc kiểm tra {record}: mở lại để sửa đổi cần nêu lý do. Hãy điền ô “Lý do”.",
        "Audit {record}: an amendment needs a reason. Fill in “Reason”.",
    ),
    "audit.devices_outstanding": (
        "Cuộc kiểm tra {record}: còn chờ dữ liệu trên thiết bị: {devices}. Hãy đồng bộ các thiết bị này, hoặc trưởng đoàn cho thôi chờ có nêu lý do, rồi lập biên bản.",
        "Audit {record}: these devices may still hold data: {devices}. Synchronise them, or let the head release them with a reason, then sign the minutes.",
    ),
    "audit.open_conflicts": (
        "Cuộc kiểm tra {record}: còn {count} chỗ có hai nội dung chưa thống nhất ({first}). Hãy để trưởng đoàn chọn (đã ký thì mở lại để sửa đổi) rồi làm tiếp.",
        "Audit {record}: two values wait in {count} places ({first}). The head settles them (after signing: by an amendment), then go on.",
    ),
    "device.revoked": (
        "Thiết bị {record} đã bị cơ quan thường trực thu hồi. Dữ liệu chưa gửi vẫn còn trên máy: hãy xuất ra tệp và nộp cho cơ quan thường trực.",
        "Device {record} was revoked by the office. What was not sent is still on it: export it to a file and hand it to the office.",
    ),
    "device.unknown": (
        "Không có thiết bị {record}. Hãy mở lại danh sách thiết bị.",
        "There is no device {record}. Open the list of devices again.",
    ),
    "device.not_taken": (
        "Thiết bị {device} không mang theo cuộc kiểm tra {record}. Hãy tải lại trang.",
        "Device {device} has not taken audit {record}. Reload the page.",
    ),
    "device.reason": (
        "Thiết bị {record}: cần nêu lý do. Hãy điền ô “Lý do”.",
        "Device {record}: a reason is needed. Fill in “Reason”.",
    ),
}
