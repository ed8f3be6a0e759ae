"""Refusals of the register, of the facts about units, of documents and of tasks."""

MESSAGES: dict[str, tuple[str, str]] = {
    "unit.unknown": (
        "Không có đơn vị này trong danh sách. Hãy tìm lại đơn vị ở trang “Đơn vị”.",
        "There is no such unit in the register. Look it up on the page “Units”.",
    ),
    "unit.not_own": (
        "Tài khoản của bạn chỉ xem được trang của đơn vị mình. Hãy mở “Đơn vị của tôi”.",
        "Your account may only see its own unit's page. Open “My unit”.",
    ),
    "comparison.order": (
        "Ngày so sánh phải trước ngày chốt đang xem. Hãy chọn lại năm hoặc ngày so sánh.",
        "The day compared with has to lie before the cut-off day. Choose another year or day.",
    ),
    "fact.why_required": (
        "Cần ghi lý do khi sửa hoặc hủy một dữ liệu đã nhập. Hãy điền ô “Lý do” rồi lưu lại.",
        "A reason is needed to correct or void what was entered. Fill in “Reason” and save again.",
    ),
    "fact.why_long": (
        "Lý do dài {value} ký tự, chỉ lưu được {longest}. Hãy rút gọn ô “Lý do” rồi lưu lại.",
        "The reason has {value} characters; {longest} can be kept. Shorten “Reason” and save again.",
    ),
    "fact.unknown": (
        "Không có dữ liệu này của đơn vị. Hãy tải lại trang của đơn vị rồi chọn lại.",
        "This unit has no such record. Reload the unit's page and choose again.",
    ),
    "fact.voided": (
        "Dữ liệu này đã bị hủy nên không sửa, không hủy thêm được. Hãy khôi phục trước nếu cần dùng lại.",
        "This record was voided and cannot be corrected or voided again. Restore it first if it is needed.",
    ),
    "fact.stands": (
        "Dữ liệu này đang có hiệu lực, không cần khôi phục. Hãy tải lại trang để xem tình trạng hiện tại.",
        "This record stands and need not be restored. Reload the page to see its present state.",
    ),
    "fact.stale": (
        "Có người vừa sửa dữ liệu này sau khi bạn mở trang. Hãy so với giá trị hiện tại ghi bên dưới rồi lưu lại nếu vẫn cần.",
        "Somebody corrected this record after you opened the page. Compare with the present values below and save again if still needed.",
    ),
    "fact.unit_not_in_force": (
        "Ngày {day}: {unit} không có hiệu lực (chỉ trong khoảng {period}). Hãy kiểm tra lại ngày, hoặc nhập ở đơn vị trước hay sau khi sắp xếp.",
        "{day}: {unit} is not in force (only {period}). Check the day, or enter it for the unit before or after the merger.",
    ),
    "fact.in_future": (
        "Ngày {day} chưa đến. Hãy nhập ngày việc này đã diễn ra.",
        "{day} is still to come. Enter the day on which this happened.",
    ),
    "fact.stands_already": (
        "{unit} đã có dữ liệu này với cùng nội dung và ngày. Hãy sửa dữ liệu đã có thay vì nhập thêm.",
        "{unit} has this record already, with the same content and day. Correct that one instead of entering another.",
    ),
    "fact.ends_before_start": (
        "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu. Hãy sửa ngày kết thúc, hoặc để trống nếu chưa biết.",
        "The last day must not come before the first. Correct it, or leave it empty when it is not known.",
    ),
    "declaration.edition_unknown": (
        "Không có phiên bản tiêu chuẩn “{value}”. Các phiên bản: {expected}.",
        "There is no edition “{value}”. Editions: {expected_en}.",
    ),
    "declaration.older": (
        "Đến ngày {day} đơn vị đang công bố {current_vi}, nên không ghi công bố theo {edition_vi} cũ hơn. Hãy kiểm tra lại phiên bản và ngày, hoặc ghi chấm dứt hiệu lực công bố trước.",
        "By {day} the unit's current edition is {current_en}; an older one ({edition_en}) cannot be declared. Check edition and day, or record the withdrawal first.",
    ),
    "declaration.makes_older": (
        "Thay đổi này làm cho công bố {edition_vi} ngày {day} trở thành cũ hơn phiên bản đang công bố ({current_vi}). Hãy sửa hoặc hủy công bố đó trước.",
        "This change would make the declaration of {edition_en} on {day} older than the current edition ({current_en}). Correct or void that one first.",
    ),
    "milestone.conversion_unknown": (
        "Không có lần chuyển đổi “{value}”. Các lần chuyển đổi: {expected}.",
        "There is no conversion “{value}”. Conversions: {expected_en}.",
    ),
    "milestone.step_unknown": (
        "Không có nội dung chuyển đổi “{value}”. Các nội dung: {expected}.",
        "There is no step “{value}”. Steps: {expected_en}.",
    ),
    "milestone.declared": (
        "Bước công bố không nhập ở đây: hệ thống lấy từ công bố của đơn vị. Hãy nhập ở mục “Công bố”.",
        "The step of declaring is not typed in: it follows from the unit's declarations. Enter a declaration.",
    ),
    "activity.year_far": (
        "Việc của năm {year} lại ghi ngày {day}. Hãy kiểm tra lại năm và ngày thực hiện.",
        "The activity is for {year} but dated {day}. Check the year and the day.",
    ),
    "procedures.covered_above_total": (
        "Số TTHC đã có quy trình ({covered}) lớn hơn tổng số TTHC ({total}). Hãy sửa một trong hai số.",
        "The procedures covered ({covered}) exceed their total ({total}). Correct one of the two.",
    ),
    "procedures.parts_above_total": (
        "Các số thành phần cộng lại ({sum}) lớn hơn tổng số TTHC ({total}). Hãy kiểm tra lại từng số.",
        "The parts add up to {sum}, more than the total of {total}. Check each number.",
    ),
    "procedures.kinds_differ": (
        "Không liên thông {alone} + liên thông cùng cấp {same} + liên thông các cấp {between} = {sum}, khác tổng số TTHC {total}. Hãy sửa các số này cho khớp.",
        "Not linked {alone} + linked at the same level {same} + linked between levels {between} = {sum}, not the total of {total}. Make these numbers agree.",
    ),
    "procedures.dossiers_differ": (
        "Mang sang {carried} + nhận {came} = {whole} ≠ giải quyết {resolved} + đang giải quyết {waiting} = {handled}. Hãy sửa các số này cho khớp.",
        "Carried over {carried} + received {came} = {whole} ≠ resolved {resolved} + in progress {waiting} = {handled}. Make these numbers agree.",
    ),
    "procedures.dossiers_lost": (
        "Nhận {came} hồ sơ nhưng giải quyết {resolved} + đang giải quyết {waiting} chỉ là {handled}. Hãy sửa các số này cho khớp.",
        "{came} dossiers received, but resolved {resolved} + in progress {waiting} are only {handled}. Make these numbers agree.",
    ),
    "procedures.handled_above_received": (
        "Số hồ sơ đã và đang giải quyết ({handled}) lớn hơn số tiếp nhận và kỳ trước chuyển sang ({received}). Hãy kiểm tra lại.",
        "Dossiers resolved and in progress ({handled}) exceed those received and carried over ({received}). Check the numbers.",
    ),
    "procedures.late_above_handled": (
        "Số hồ sơ trễ hạn ({late}) lớn hơn số đã và đang giải quyết ({handled}). Hãy kiểm tra lại.",
        "Late dossiers ({late}) exceed those resolved and in progress ({handled}). Check the numbers.",
    ),
    "exemption.reason_missing": (
        "Cần nêu lý do đơn vị không thuộc đối tượng áp dụng. Hãy điền ô “Lý do không áp dụng” rồi lưu lại.",
        "An exemption needs its reason. Fill it in and save again.",
    ),
    "document.not_text": (
        "Tệp “{record}” không phải văn bản thuần UTF-8. Hãy mở tệp, chép chữ sang tệp .txt rồi đọc lại.",
        "File “{record}” is no plain UTF-8 text. Open it, copy its words into a .txt file and read that.",
    ),
    "document.unknown": (
        "Không có văn bản “{value}” trong danh mục. Hãy chọn một văn bản tìm được, hoặc nhập văn bản ở trang “Văn bản” trước.",
        "The register has no document “{value}”. Choose one of those found, or enter it on the page “Documents” first.",
    ),
    "document.several": (
        "Có nhiều văn bản số “{value}”. Hãy ghi thêm ngày, ví dụ: {example}.",
        "Several documents have the number “{value}”. Add the day, for example: {example}.",
    ),
    "document.not_found": (
        "Không có văn bản này trong danh mục. Hãy tìm lại ở trang “Văn bản”.",
        "There is no such document in the register. Look it up on the page “Documents”.",
    ),
    "document.field_missing": (
        "Văn bản cần có số, loại, cơ quan ban hành, ngày và trích yếu. Hãy điền mục còn trống.",
        "A document needs number, kind, issuer, date and subject. Fill in what is empty.",
    ),
    "document.number_form": (
        "“{value}” không phải số, ký hiệu văn bản. Hãy ghi số và ký hiệu, không kèm ngày, ví dụ: 137/BC-SKHCN.",
        "“{value}” is no number of a document. Enter number and sign without the day, for example: 137/BC-SKHCN.",
    ),
    "document.issued_later": (
        "Ngày ban hành {value} ở sau hôm nay. Hãy ghi ngày trên văn bản.",
        "The day of issue, {value}, is after today. Enter the day that the document bears.",
    ),
    "document.stands_already": (
        "Danh mục đã có văn bản {value}. Hãy dùng hoặc sửa văn bản đã có.",
        "The register has {value} already. Use or correct that one.",
    ),
    "document.voided_already": (
        "Văn bản {value} đã có nhưng đang bị hủy. Hãy khôi phục văn bản đó thay vì nhập lại.",
        "{value} was entered before and voided. Restore it instead of entering it again.",
    ),
    "document.cited": (
        "Văn bản {value} đang được {count} dữ liệu viện dẫn nên chưa hủy được. Hãy sửa các dữ liệu đó trước.",
        "{value} is cited by {count} records and cannot be voided. Correct those first.",
    ),
    "document.no_file": (
        "Văn bản này chưa có tệp đính kèm. Hãy đính kèm tệp ở trang của văn bản.",
        "This document has no file. Attach one on its page.",
    ),
    "task.unknown": (
        "Không có nhiệm vụ này. Hãy tải lại trang “Nhiệm vụ năm” rồi chọn lại.",
        "There is no such task. Reload the page “Tasks of the year” and choose again.",
    ),
    "task.text_missing": (
        "Nhiệm vụ cần có nhóm và nội dung. Hãy điền mục còn trống.",
        "A task needs its group and its content. Fill in what is empty.",
    ),
    "task.mark_reason": (
        "Khi tự ấn định mức kết quả cần nêu lý do ở ô “Ghi chú” (lý do được in kèm). Hãy điền rồi lưu lại.",
        "A level set by hand needs its reason in “Note” (it is printed). Fill it in and save again.",
    ),
    "task.stands_already": (
        "Năm {year} đã có nhiệm vụ này trong nhóm “{group}”. Hãy sửa nhiệm vụ đã có.",
        "{year} has this task in the group “{group}” already. Correct that one.",
    ),
    "task.content_without_completion": (
        "Chỉ đánh dấu đủ nội dung khi đã có ngày hoàn thành. Hãy nhập ngày hoàn thành hoặc bỏ dấu.",
        "Content can be complete only once there is a day of completion. Enter that day or remove the mark.",
    ),
    "incoming.kinds": (
        "Hãy chọn một tệp XLSX, một hay nhiều tệp CSV (mỗi trang một tệp), hoặc một tệp zip chứa các tệp CSV; không lẫn nhiều loại.",
        "Choose one XLSX file, one or more CSV files (one a sheet), or one zip of CSV files; not a mixture.",
    ),
    "incoming.name_twice": (
        "Có hai tệp cùng tên “{value}” (kể cả khi chỉ khác chữ hoa, chữ thường, hoặc trùng ở phần đầu của tên quá dài). Mỗi trang chỉ một tệp: hãy đổi tên hoặc bỏ bớt rồi chọn lại.",
        "Two files have the name “{value}” (names that differ only in case, or after a very long beginning, count as one). One file a sheet: rename or leave one out, and choose again.",
    ),
    "incoming.archive": (
        "Không mở được tệp zip, hoặc trong đó không có tệp CSV nào, hoặc có hai tệp trùng tên. Hãy nén lại các tệp CSV, không đặt mật khẩu.",
        "The zip cannot be opened, holds no CSV file, or holds two of one name. Pack the CSV files again, without a password.",
    ),
    "incoming.busy": (
        "Tệp này đang được xử lý. Hãy chờ đến khi xong.",
        "This file is being worked on. Wait until it is done.",
    ),
    "incoming.gone": (
        "Tệp đã xem trước không còn được giữ (quá một ngày hoặc đã nhập xong). Hãy chọn lại tệp.",
        "The file looked at is no longer kept (more than a day old, or imported already). Choose it again.",
    ),
}
