"""Refusals of the area "reports"."""

MESSAGES: dict[str, tuple[str, str]] = {
    "rollup.day_outside_period": (
        "Ngày chốt {day} nằm ngoài kỳ tổng hợp từ {first} đến {last}. Hãy chọn một ngày trong kỳ hoặc đổi năm.",
        "The cut-off day {day} lies outside the period from {first} to {last}. Choose a day inside it or another year.",
    ),
    "rollup.conversion_unknown": (
        "Không có lần chuyển đổi {value}. Hãy chọn một trong: {expected}.",
        "There is no conversion {value}. Choose one of: {expected_en}.",
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
    "report.unknown": (
        "Không có báo cáo {value}. Hãy mở lại danh sách báo cáo.",
        "There is no report {value}. Open the list of reports again.",
    ),
    "report.frozen_unknown": (
        "Không có báo cáo đã chốt mang mã {value}. Hãy chạy: isoaudit report --list để xem các mã.",
        "There is no frozen report {value}. Run isoaudit report --list to see the IDs.",
    ),
    "report.draft": (
        "Báo cáo {record} còn là dự thảo. Hãy duyệt dự thảo trên trang Báo cáo rồi làm lại.",
        "The report {record} is a draft still. Approve it on the page Reports, then try again.",
    ),
    "report.approved": (
        "Báo cáo {record} đã được duyệt. Muốn sửa thì rút lại việc duyệt trước.",
        "The report {record} has been approved. Take the approval back before editing it.",
    ),
    "report.issued": (
        "Báo cáo {record} đã phát hành nên không thay đổi nữa. Hãy lập báo cáo đính chính.",
        "The report {record} has been issued and never changes. Make a correction instead.",
    ),
    "report.replaced": (
        "Báo cáo {record} đã được thay thế. Hãy mở báo cáo thay thế nó.",
        "The report {record} has been replaced. Open the report that replaces it.",
    ),
    "report.dropped": (
        "Dự thảo {record} đã bỏ. Hãy lập dự thảo mới.",
        "The draft {record} was dropped. Make a new one.",
    ),
    "report.period": (
        "Kỳ báo cáo từ {first} đến {last} không đúng: ngày cuối phải sau ngày đầu.",
        "The period from {first} to {last} is wrong: its last day has to follow its first.",
    ),
    "report.corrected_already": (
        "Đã có một dự thảo đính chính báo cáo {record}. Hãy mở dự thảo đó, hoặc bỏ nó trước khi lập bản khác.",
        "There is a draft already that corrects the report {record}. Open it, or drop it first.",
    ),
    "report.moved_on": (
        "Số liệu hoặc câu chữ của báo cáo {record} vừa thay đổi so với trang bạn đang xem. Hãy đọc lại rồi duyệt.",
        "Figures or words of the report {record} have changed since you opened the page. Read it again, then approve.",
    ),
    "report.changed_since": (
        "Số liệu hoặc câu chữ của báo cáo {record} đã thay đổi sau khi duyệt. Hãy rút lại việc duyệt, đọc lại rồi duyệt lại.",
        "Figures or words of the report {record} changed after its approval. Take the approval back, read and approve again.",
    ),
    "report.several_approved": (
        "Năm {year} có nhiều báo cáo đã duyệt (tính đến ngày {days}). Hãy ghi thêm --as-of để chọn một.",
        "Several reports of {year} are approved (as of {days}). Choose one with --as-of.",
    ),
    "report.number_taken": (
        "Số {value} đã dùng cho một báo cáo khác trong năm {year}. Hãy kiểm tra lại số văn bản.",
        "The number {value} belongs to another report of {year}. Check the number.",
    ),
    "report.stamp": (
        "Số văn bản và người ký không được để trống, và không dài quá {most} ký tự.",
        "Number and signer must not be empty, nor longer than {most} characters.",
    ),
    "report.content_changed": (
        "Nội dung đã lưu của Báo cáo số {record} không còn khớp mã băm. Hãy chạy isoaudit verify và phục hồi từ bản sao lưu.",
        "The stored content of report {record} no longer matches its digest. Run isoaudit verify and restore a backup.",
    ),
    "report.rewritten_otherwise": (
        "Ghi lại {record} bằng đúng bộ ghi cũ nhưng ra tệp khác ở: {parts}. Hãy báo quản trị; tệp đã lưu vẫn nguyên.",
        "Written anew by the same writers, {record} differs in: {parts}. Tell the administrator; the stored file is intact.",
    ),
    "report.paragraph_unknown": (
        "Báo cáo hiện không có đoạn {value}. Hãy tải lại trang dự thảo.",
        "The report has no paragraph {value} now. Reload the draft.",
    ),
    "report.text_long": (
        "Một đoạn không dài quá {most} ký tự. Hãy rút gọn.",
        "A paragraph has at most {most} characters. Shorten it.",
    ),
    "report.text_moved": (
        "Người khác vừa sửa đoạn này. Nội dung bạn gõ vẫn ở dưới; hãy xem bản mới rồi ghi lại.",
        "Somebody else has just edited this paragraph. What you typed is kept below; look at the new one, then save again.",
    ),
    "report.number_open": (
        "Số văn bản còn để trống ở dấu “…”. Hãy ghi số thật, ví dụ 137/BC-SKHCN.",
        "The number still holds “…”. Give the real one, e.g. 137/BC-SKHCN.",
    ),
    "report.number_completed": (
        "Chỉ mới ghi số, chưa ghi ký hiệu; số văn bản được ghi đủ là {value}. Hãy kiểm tra lại.",
        "Only the running number was given; with its sign the number is {value}. Check it.",
    ),
    "report.number_odd": (
        "“{value}” không có dạng số/ký hiệu như 137/BC-SKHCN. Hãy kiểm tra lại.",
        "“{value}” is not number and sign, such as 137/BC-SKHCN. Check it.",
    ),
    "report.issued_before_period": (
        "Ngày ban hành {day} ở trước kỳ báo cáo, bắt đầu từ {first}. Hãy ghi đúng ngày ban hành.",
        "The day of issue, {day}, lies before the period, which begins on {first}. Give the right day.",
    ),
    "report.issued_before_day": (
        "Ngày ban hành {day} ở trước ngày chốt số liệu {as_of}. Hãy kiểm tra lại.",
        "The day of issue, {day}, lies before the cut-off day {as_of}. Check it.",
    ),
    "report.issued_in_future": (
        "Ngày ban hành {day} ở sau hôm nay, {today}. Hãy kiểm tra lại.",
        "The day of issue, {day}, is later than today, {today}. Check it.",
    ),
    "report.look_again": (
        "Chưa phát hành. Hãy xem các mục được nhắc dưới đây; nếu đúng thì bấm phát hành lần nữa.",
        "Not issued yet. Look at the lines that are marked below; if they are right, issue once more.",
    ),
    "report.issue_again": (
        "Việc phát hành để dở quá lâu hoặc trang không còn đúng. Chưa có gì được chốt; hãy phát hành lại từ đầu.",
        "Issuing was left too long, or the page is not genuine. Nothing was frozen; begin again.",
    ),
    "issuer.unknown": (
        "Không có cơ quan ban hành {value}. Hãy chọn một trong: {expected}.",
        "There is no issuer {value}. Choose one of: {expected}.",
    ),
    "issuer.empty": (
        "Mẫu của {record} không được để trống mục này. Hãy điền.",
        "The profile of {record} needs this line. Fill it in.",
    ),
    "issuer.moved": (
        "Người khác vừa sửa mẫu của {record}. Hãy tải lại trang rồi sửa.",
        "Somebody else has just changed the profile of {record}. Reload the page, then edit.",
    ),
}
