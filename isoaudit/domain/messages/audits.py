"""Refusals of the area "audits": what devices send about an audit, its life, its conclusion."""

FIELDS = {
    "grade": ("Mức đánh giá", "Grade"),
    "note": ("Bằng chứng, ghi nhận", "Evidence, notes"),
    "request": ("Kiến nghị với đơn vị", "Request to the unit"),
    "reason": ("Lý do", "Reason"),
    "due_on": ("Thời hạn khắc phục", "Deadline"),
    "text": ("Nội dung", "Text"),
    "cause": ("Nguyên nhân", "Cause"),
    "correction": ("Biện pháp khắc phục ngay", "Correction"),
    "corrective_action": ("Biện pháp để không lặp lại", "Corrective action"),
    "evidence": ("Minh chứng", "Evidence"),
}
"""What pages call the fields that these sentences name."""

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
        "Máy chủ không có cuộc kiểm tra {record} này (có thể vì được phục hồi từ bản sao lưu cũ). Nội dung đã được giữ ở máy chủ: hãy báo cơ quan thường trực lập lại cuộc kiểm tra rồi đưa nội dung vào ở trang “Thiết bị”.",
        "The server has no such audit {record} (maybe an older backup was restored). What was typed is kept at the server: ask the standing office to plan the audit again and to bring it in on the page “Devices”.",
    ),
    "operation.unproven": (
        "Cuộc kiểm tra {record}: tệp không xác thực được nguồn nên không nhận chữ ký hay việc mở lại. Trưởng đoàn phải ký lại trên thiết bị có mạng.",
        "Audit {record}: the file's source is not proven, so it can neither sign nor reopen. The head of the team signs again on a device with a network.",
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
        "Cuộc kiểm tra {record} {vi}, không ghi thêm được. Nội dung đã gửi vẫn được giữ trong sổ thao tác; hãy báo cơ quan thường trực.",
        "Audit {record} is {en} and takes no more entries. What was sent stays in the ledger; tell the office.",
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
    "operation.list": (
        "{record}: “{field}” phải là một danh sách, không phải “{value}”. Hãy cập nhật ứng dụng rồi đồng bộ lại.",
        "{record}: “{field}” takes a list, not “{value}”. Update the app, then synchronise again.",
    ),
    "operation.too_many": (
        "{record}: “{field}” có {value} mục; tối đa {most}. Hãy bỏ bớt.",
        "{record}: “{field}” has {value} items; at most {most}. Take some out.",
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
    "operation.shape": (
        "Gói thao tác không đúng dạng ở “{field}” ({value}). Chưa ghi gì; hãy tải lại trang rồi gửi lại.",
        "The batch of operations is malformed at “{field}” ({value}). Nothing was saved; reload the page and send again.",
    ),
    "operation.device_of_other": (
        "Thiết bị {record} đã gắn với tài khoản khác. Hãy tải lại trang để dùng mã thiết bị mới.",
        "Device {record} belongs to another account. Reload the page to get a new device id.",
    ),
    "audit.unknown": (
        "Không có cuộc kiểm tra {record}. Hãy mở lại danh sách các cuộc kiểm tra.",
        "There is no audit {record}. Open the list of audits again.",
    ),
    "audit.incomplete": (
        "Cuộc kiểm tra {record} còn {count} việc chưa xong, việc đầu tiên ở nội dung {first}. Hãy hoàn thành rồi lập biên bản.",
        "Audit {record} still lacks {count} things, the first at criterion {first}. Complete them, then sign the minutes.",
    ),
    "audit.minuted_on": (
        "Cuộc kiểm tra {record}: ngày lập biên bản “{value}” không hợp lệ. Hãy chọn ngày từ {first} đến {last}.",
        "Audit {record}: “{value}” cannot be the day of the minutes. Choose a day from {first} to {last}.",
    ),
    "audit.due_before_minutes": (
        "Nội dung {record}: thời hạn khắc phục {value} trước ngày lập biên bản {minuted_on}. Hãy đặt thời hạn muộn hơn.",
        "Criterion {record}: the deadline {value} is before the day of the minutes, {minuted_on}. Set a later one.",
    ),
    "audit.notice_document": (
        "Cuộc kiểm tra {record}: cần chọn văn bản thông báo kết luận. Hãy nhập văn bản vào danh mục rồi chọn.",
        "Audit {record}: choose the document of the notice. Enter it in the register of documents first.",
    ),
    "audit.concluded_on": (
        "Cuộc kiểm tra {record}: ngày thông báo kết luận phải từ ngày lập biên bản đến hôm nay. Hãy sửa ngày.",
        "Audit {record}: the day of the notice lies between the minutes and today. Correct the day.",
    ),
    "audit.change_reason": (
        "Nội dung {record}: đổi mức đánh giá phải nêu lý do. Hãy điền ô “Lý do”.",
        "Criterion {record}: changing a grade needs a reason. Fill in “Reason”.",
    ),
    "audit.change_twice": (
        "Nội dung {record}: thông báo kết luận ghi hai lần. Hãy giữ một dòng.",
        "Criterion {record}: the notice decides it twice. Keep one row.",
    ),
    "audit.change_lacks": (
        "Nội dung {record}: mức đánh giá mới {vi}. Hãy bổ sung rồi ghi lại.",
        "Criterion {record}: the new grade has {en}. Add it and save again.",
    ),
    "plan.no_units": (
        "Chưa chọn đơn vị nào. Hãy đánh dấu ít nhất một đơn vị.",
        "No unit is chosen. Tick at least one.",
    ),
    "plan.no_day": (
        "Chưa có ngày kiểm tra. Hãy điền ô “Ngày kiểm tra”.",
        "There is no day. Fill in “Day of the audit”.",
    ),
    "plan.day": (
        "{record}: “{value}” không phải một ngày. Hãy chọn ngày kiểm tra, hoặc gõ theo dạng 2020-11-18.",
        "{record}: “{value}” is no date. Choose the day of the audit, or type it as 2020-11-18.",
    ),
    "plan.unit_unknown": (
        "Không có đơn vị {record} trong tỉnh. Hãy tải lại trang rồi chọn lại.",
        "There is no unit {record} in the province. Reload the page and choose again.",
    ),
    "plan.unit_not_in_force": (
        "Không hoạt động vào ngày {value}: {record}. Hãy bỏ chọn hoặc đổi ngày.",
        "Not in being on {value}: {record}. Leave out or change the day.",
    ),
    "plan.other_year": (
        "Ngày {value} không thuộc năm {year} của kế hoạch: {record}. Hãy chọn ngày trong năm {year}, hoặc chọn kế hoạch khác.",
        "{value} is not in {year}, the year of the programme: {record}. Choose a day in {year}, or another programme.",
    ),
    "plan.repeated": (
        "{record} đã có cuộc kiểm tra toàn diện tại trụ sở {value} trong kế hoạch này (tất cả {count} trường hợp). Hãy xem danh sách rồi xác nhận hoặc bỏ chọn.",
        "{record} has the full on-site audit {value} in this programme already ({count} cases in all). Read the list, then confirm or leave out.",
    ),
    "plan.checklist_unfit": (
        "Phiếu “{value}” không dành cho: {record}. Hãy chọn phiếu khác hoặc lập riêng.",
        "The checklist “{value}” is not made for: {record}. Choose another, or plan apart.",
    ),
    "plan.team": (
        "Đoàn kiểm tra {vi}. Hãy sửa danh sách đoàn.",
        "The team {en}. Correct the list of the team.",
    ),
    "plan.not_inspector": (
        "Tài khoản {record} không có quyền kiểm tra hoặc đã ngừng. Hãy chọn người khác.",
        "Account {record} may not inspect, or is disabled. Choose somebody else.",
    ),
    "plan.partial": (
        "Có {count} điều cần cân nhắc về tính khách quan, trước hết là {person} với {record}. Hãy xem danh sách rồi xác nhận hoặc đổi đoàn.",
        "There are {count} doubts about impartiality, the first about {person} and {record}. Read the list, then confirm or change the team.",
    ),
    "plan.team_closed": (
        "Cuộc kiểm tra {record} {vi}, không đổi đoàn được nữa.",
        "Audit {record} is {en}; its team cannot change any more.",
    ),
    "programme.unknown": (
        "Không có kế hoạch kiểm tra {record}. Hãy mở lại danh sách kế hoạch.",
        "There is no programme {record}. Open the list of programmes again.",
    ),
    "programme.name": (
        "Kế hoạch cần có tên. Hãy điền ô “Tên kế hoạch”.",
        "The programme needs a name. Fill in “Name”.",
    ),
    "programme.year": (
        "Năm “{value}” không hợp lệ. Hãy nhập năm từ 2000 đến 2100.",
        "“{value}” is no year to plan for. Enter one from 2000 to 2100.",
    ),
    "programme.document": (
        "Không có văn bản đã chọn. Hãy nhập văn bản vào danh mục rồi chọn lại.",
        "The document chosen does not exist. Enter it in the register first.",
    ),
    "programme.taken": (
        "Năm {record} đã có kế hoạch “{value}”. Hãy đặt tên khác.",
        "There is a programme “{value}” in {record} already. Choose another name.",
    ),
    "nonconformity.unknown": (
        "Không có điểm không phù hợp {record}. Hãy mở lại danh sách.",
        "There is no nonconformity {record}. Open the list again.",
    ),
    "nonconformity.not_standing": (
        "Điểm không phù hợp {record} hiện không còn hiệu lực: cuộc kiểm tra đang mở lại hoặc mức đánh giá đã đổi.",
        "Nonconformity {record} does not stand: its audit is reopened, or its grade was changed.",
    ),
    "nonconformity.closed": (
        "Điểm không phù hợp {record} đã đóng, không sửa được nữa. Hãy tải lại trang.",
        "Nonconformity {record} is closed and cannot change. Reload the page.",
    ),
    "nonconformity.decided": (
        "Điểm không phù hợp {record} đã có thông báo kết luận, không bảo lưu được nữa.",
        "Nonconformity {record} was decided by the notice of conclusion and can no longer be contested.",
    ),
    "nonconformity.due_on": (
        "Điểm không phù hợp {record}: thời hạn mới phải muộn hơn thời hạn cũ và không trước ngày quyết định gia hạn. Hãy sửa ô “Thời hạn mới”.",
        "Nonconformity {record}: the new deadline is later than the old one and not before the day of the decision. Correct “New deadline”.",
    ),
    "nonconformity.text_missing": (
        "Điểm không phù hợp {record}: còn ô chưa điền ({field}). Hãy điền đủ rồi ghi lại.",
        "Nonconformity {record}: an entry is empty ({field}). Fill it in and save again.",
    ),
    "nonconformity.day": (
        "Điểm không phù hợp {record}: ngày phải từ {first} đến hôm nay. Hãy sửa ngày.",
        "Nonconformity {record}: the day lies between {first} and today. Correct the day.",
    ),
    "nonconformity.document": (
        "Điểm không phù hợp {record}: kết quả này cần văn bản. Hãy chọn văn bản trong danh mục.",
        "Nonconformity {record}: this outcome needs a document. Choose it from the register.",
    ),
    "paper.empty": (
        "Giấy tờ của cuộc kiểm tra {record} chưa có tệp và chưa có số. Hãy chọn tệp hoặc ghi số, ký hiệu.",
        "The paper of audit {record} has neither a file nor a number. Choose a file or write its number.",
    ),
    "paper.to_come": (
        "Ngày ký {value} chưa đến. Hãy ghi đúng ngày ký của giấy tờ.",
        "The day {value} is still to come. Write the day on which the paper was signed.",
    ),
    "paper.unknown": (
        "Cuộc kiểm tra {record} không có giấy tờ này. Hãy mở lại trang cuộc kiểm tra.",
        "Audit {record} has no such paper. Open the audit's page again.",
    ),
    "paper.no_file": (
        "Giấy tờ này của cuộc kiểm tra {record} chỉ có số, không có tệp.",
        "This paper of audit {record} has a number only, no file.",
    ),
    "entry.unknown": (
        "Cuộc kiểm tra {record} không có mục {value}. Hãy tải lại trang.",
        "Audit {record} has no entry {value}. Reload the page.",
    ),
    "entry.settled": (
        "Kết quả xử lý của cuộc kiểm tra {record} phải có nội dung và không quá {most} ký tự.",
        "Say what became of it, in at most {most} characters (audit {record}).",
    ),
}
