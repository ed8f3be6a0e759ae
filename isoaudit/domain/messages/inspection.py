"""Refusals of the area "inspection": templates and steps of papers, working programmes, contested findings, inspections
made by others."""

MESSAGES: dict[str, tuple[str, str]] = {
    "paper.template": (
        "Mẫu giấy tờ {record}: mục “{field}” là “{value}”, không đúng dạng (được nhận: {expected}). Hãy sửa tệp mẫu rồi mở lại.",
        "Template {record}: “{field}” is “{value}”, which has the wrong shape (taken: {expected}). Mend the file and open it again.",
    ),
    "paper.template_field": (
        "Mẫu giấy tờ {record}: không có trường “{value}”. Các trường dùng được ở chỗ này: {expected}. Hãy sửa tệp mẫu rồi mở lại.",
        "Template {record}: there is no field “{value}”. Fields that may stand there: {expected}. Mend the file and open it again.",
    ),
    "paper.steps": (
        "Tệp các bước {record}: bước thứ {value} không đúng ({what}). Hãy sửa tệp rồi mở lại.",
        "File of steps {record}: step {value} is wrong ({what}). Mend the file and open it again.",
    ),
    "paper.no_template": (
        "Không có mẫu cho “{record}”: giấy tờ này do đơn vị lập, hoặc lấy ở chỗ khác của phần mềm. Hãy chọn bước khác.",
        "There is no template for “{record}”: the unit writes this paper, or it is found elsewhere. Choose another step.",
    ),
    "paper.no_findings": (
        "Không lập “{record}”: biên bản cuộc kiểm tra này không nêu nội dung nào phải bổ sung, khắc phục. Hãy chọn bước khác của hồ sơ.",
        "“{record}” is not written: the minutes of this audit name nothing to add or mend. Choose another step of the file.",
    ),
    "paper.no_audits": (
        "“{record}”: chưa có cuộc kiểm tra nào để ghi vào. Hãy chọn nhóm khác, hoặc lập cuộc kiểm tra trước.",
        "“{record}”: there is no audit for it. Choose another group, or plan audits first.",
    ),
    "paper.not_shared": (
        "“{record}” lập riêng cho từng cuộc kiểm tra. Hãy mở cuộc kiểm tra để tải mẫu.",
        "“{record}” is made for each audit alone. Open the audit to get it.",
    ),
    "paper.shared_beyond": (
        "“{record}” là giấy tờ chung, có cả trong hồ sơ của đoàn khác. Hãy đề nghị Cơ quan thường trực sửa.",
        "“{record}” is shared with the files of other teams. Ask the standing office to correct it.",
    ),
    "programme.sessions_closed": (
        "Cuộc kiểm tra {record} {vi}, không sửa chương trình làm việc được. Bản đã lưu vẫn xem và in được.",
        "Audit {record} is {en}; its working programme is not changed any more. It can still be read and printed.",
    ),
    "programme.sessions_many": (
        "Chương trình của cuộc kiểm tra {record} có {value} dòng; tối đa {most}. Hãy gộp bớt.",
        "The programme of audit {record} has {value} lines; at most {most}. Join some.",
    ),
    "programme.session_time": (
        "Dòng {line}: “{value}” không phải giờ. Hãy nhập dạng 08:30.",
        "Line {line}: “{value}” is no time of day. Enter it as 08:30.",
    ),
    "programme.session_order": (
        "Dòng {line}: giờ kết thúc {ended} không sau giờ bắt đầu {began}. Hãy sửa lại.",
        "Line {line}: it ends at {ended}, not after it begins at {began}. Correct it.",
    ),
    "programme.session_empty": (
        "Dòng {line}: chưa chọn vị trí và chưa ghi nội dung. Hãy chọn vị trí, ghi nội dung, hoặc bỏ dòng này.",
        "Line {line}: it has neither a position nor contents. Choose or write one, or take the line out.",
    ),
    "programme.session_long": (
        "Dòng {line}: nội dung dài quá {most} ký tự. Hãy rút gọn.",
        "Line {line}: its text is longer than {most} characters. Shorten it.",
    ),
    "programme.session_member": (
        "Dòng {line}: có người không thuộc đoàn. Hãy tải lại trang rồi chọn lại người phụ trách.",
        "Line {line}: somebody is not in the team. Reload the page and choose again.",
    ),
    "contested.view": (
        "{record}: chưa ghi ý kiến của đoàn. Hãy điền rồi lưu lại.",
        "{record}: the team's view is missing. Fill it in and save again.",
    ),
    "contested.grade": (
        "{record}: chưa chọn kết luận. Hãy chọn giữ nguyên hoặc mức mới.",
        "{record}: no decision is chosen. Choose to keep the grade, or a new one.",
    ),
    "contested.state": (
        "Cuộc kiểm tra {record} {vi}: nội dung bảo lưu chỉ xem xét sau khi lập biên bản và trước khi thông báo kết luận.",
        "Audit {record} is {en}: contested findings are looked at after the minutes and before the notice of conclusion.",
    ),
    "contested.undecided": (
        "Còn {count} nội dung đơn vị bảo lưu ý kiến chưa có kết luận (trước hết: {first}). Hãy chọn kết luận và nêu lý do cho từng nội dung.",
        "{count} contested findings have no decision yet (first: {first}). Choose a decision and give the reason for each.",
    ),
    "source.body": (
        "Chưa ghi cơ quan đã kiểm tra. Hãy điền rồi lưu lại.",
        "The body that inspected is missing. Fill it in and save again.",
    ),
    "source.day": (
        "Ngày lập biên bản “{value}” chưa đúng: phải có và không sau hôm nay. Hãy sửa lại.",
        "The day of the minutes “{value}” is not right: it has to be given and not in the future. Correct it.",
    ),
    "source.unit": (
        "Ngày {value} không có đơn vị này trong danh sách. Hãy chọn đơn vị hoạt động vào ngày đó.",
        "This unit is not in the register on {value}. Choose one that was in force on that day.",
    ),
    "source.document": (
        "Chưa ghi văn bản làm nguồn. Hãy ghi số của biên bản, báo cáo hoặc thông báo đã nhập trong danh mục văn bản.",
        "The document that tells of it is missing. Give the number of minutes, a report or a notice in the register.",
    ),
    "source.finding": (
        "Nội dung {record}: {vi}. Hãy bổ sung rồi lưu lại.",
        "Criterion {record}: {en}. Complete it and save again.",
    ),
    "source.twice": (
        "Nội dung {record} được ghi hai lần. Hãy giữ một dòng.",
        "Criterion {record} is told twice. Keep one row.",
    ),
    "source.kept": (
        "Cuộc kiểm tra {record} không phải do cơ quan khác thực hiện nên không có nguồn để sửa.",
        "Audit {record} was not made by another body; it has no source to correct.",
    ),
}
