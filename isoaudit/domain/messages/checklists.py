"""Refusals of the area "checklists": checklist files, clause trees and conversions.

`record` is the criterion, band or table of the file, `field` its key, `value` what stands there.
"""

MESSAGES: dict[str, tuple[str, str]] = {
    "checklist.not_table": (
        "{record}: chỗ này phải là một bảng các khóa của TOML, không phải “{value}”.",
        "{record}: a TOML table of keys belongs here, not “{value}”.",
    ),
    "checklist.not_tables": (
        "{record}: “{field}” phải viết thành các bảng [[{field}]], không phải “{value}”.",
        "{record}: write “{field}” as tables [[{field}]], not “{value}”.",
    ),
    "checklist.key_unknown": (
        "{record}: không có khóa “{field}” (giá trị “{value}”). Các khóa được dùng: {expected}.",
        "{record}: there is no key “{field}” (value “{value}”). Keys in use: {expected}.",
    ),
    "checklist.text_missing": (
        "{record}: thiếu “{field}”. Hãy bổ sung khóa này vào tệp.",
        "{record}: “{field}” is missing. Add it to the file.",
    ),
    "checklist.not_text": (
        "{record}: “{field}” phải là chữ đặt trong ngoặc kép và không để trống, không phải “{value}”.",
        "{record}: “{field}” takes text in quotes, not empty; it is “{value}”.",
    ),
    "checklist.not_words": (
        "{record}: “{field}” phải viết riêng từng ngôn ngữ, {field}.vi và {field}.en, không phải “{value}”.",
        "{record}: write “{field}” by language, {field}.vi and {field}.en, not “{value}”.",
    ),
    "checklist.not_list": (
        "{record}: “{field}” phải là danh sách các chuỗi chữ trong ngoặc vuông, không phải “{value}”.",
        "{record}: “{field}” takes a list of texts in square brackets, not “{value}”.",
    ),
    "checklist.not_integer": (
        "{record}: “{field}” là “{value}”; phải là số nguyên từ {low} đến {high}.",
        "{record}: “{field}” is “{value}”; a whole number from {low} to {high} is expected.",
    ),
    "checklist.not_number": (
        "{record}: “{field}” là “{value}”; phải là số từ 0 đến {high}.",
        "{record}: “{field}” is “{value}”; a number from 0 to {high} is expected.",
    ),
    "checklist.not_flag": (
        "{record}: “{field}” là “{value}”; chỉ nhận true hoặc false.",
        "{record}: “{field}” is “{value}”; only true or false is expected.",
    ),
    "checklist.not_day": (
        "{record}: “{field}” là “{value}”; phải là ngày dạng năm-tháng-ngày, không đặt trong ngoặc kép.",
        "{record}: “{field}” is “{value}”; a date year-month-day without quotes is expected.",
    ),
    "checklist.not_one_of": (
        "{record}: “{field}” là “{value}”; chỉ nhận một trong các giá trị: {expected}.",
        "{record}: “{field}” is “{value}”; one of these is expected: {expected}.",
    ),
    "checklist.repeated": (
        "{record}: “{field}” ghi trùng giá trị ({value}). Hãy giữ lại mỗi giá trị một lần.",
        "{record}: “{field}” repeats a value ({value}). Keep each once.",
    ),
    "checklist.form": (
        "{record}: “{field}” là “{value}”, không đúng cách viết (mã: chữ không dấu, số, dấu gạch; phiên "
        "bản: 1.0.0; "
        "điều khoản: 7.2).",
        "{record}: “{field}” is “{value}”, which is not in its form (codes: plain letters, digits, hyphens; "
        "version: 1.0.0; clause: 7.2).",
    ),
    "checklist.code_twice": (
        "{record}: mã “{value}” đã dùng ở trên. Mỗi “{field}” phải là duy nhất trong tệp.",
        "{record}: “{value}” was used above. Each “{field}” must be unique in the file.",
    ),
    "checklist.no_criteria": (
        "{record}: tệp không có nội dung kiểm tra nào. Hãy thêm ít nhất một bảng [[criterion]].",
        "{record}: the file has no criterion. Add at least one [[criterion]] table.",
    ),
    "checklist.part_a": (
        "{record}: nội dung phần A phải có “rule” và không có “clause”.",
        "{record}: a criterion of part A needs “rule” and takes no “clause”.",
    ),
    "checklist.part_b": (
        "{record}: nội dung phần B phải có “clause” và không có “rule”.",
        "{record}: a criterion of part B needs “clause” and takes no “rule”.",
    ),
    "checklist.clause_levels": (
        "{record}: điều khoản “{value}” phải có từ hai cấp trở lên, ví dụ 7.2.",
        "{record}: clause “{value}” needs two levels or more, for example 7.2.",
    ),
    "checklist.clause_unknown": (
        "{record}: “{field}” nêu điều khoản {value} nhưng phiên bản {edition} không có điều khoản này.",
        "{record}: “{field}” names clause {value}, which edition {edition} does not have.",
    ),
    "checklist.clause_order": (
        "{record}: điều khoản {value} đứng sai thứ tự. Hãy xếp các điều khoản từ nhỏ đến lớn.",
        "{record}: clause {value} is out of order. List the clauses in ascending order.",
    ),
    "checklist.gate_na": (
        "{record}: nội dung có gate = true không bao giờ “không áp dụng”; hãy bỏ “{field}” (“{value}”).",
        "{record}: a criterion with gate = true is never not applicable; remove “{field}” (“{value}”).",
    ),
    "checklist.gate_when": (
        "{record}: nội dung có gate = true phải luôn được hỏi; hãy bỏ điều kiện “{field}” theo {value}.",
        "{record}: a criterion with gate = true is always asked; remove the condition “{field}” on {value}.",
    ),
    "checklist.kinds_outside": (
        "{record}: “{field}” có {value} nằm ngoài các loại đơn vị mà phiếu áp dụng.",
        "{record}: “{field}” holds {value}, outside the kinds of unit that the file applies to.",
    ),
    "checklist.when_unknown": (
        "{record}: điều kiện “{field}” nhắc đến nội dung {value} không có trong phiếu.",
        "{record}: the condition “{field}” names criterion {value}, which the file does not have.",
    ),
    "checklist.when_circle": (
        "{record}: các điều kiện “{field}” chờ nhau thành vòng: {value}. Hãy bỏ một điều kiện.",
        "{record}: the conditions “{field}” wait for each other in a circle: {value}. Remove one.",
    ),
    "checklist.band_none": (
        "{record}: mã xếp loại “{value}” dành cho trường hợp chưa đủ căn cứ; hãy đặt mã khác.",
        "{record}: the band code “{value}” is kept for “not enough to rank”; choose another.",
    ),
    "checklist.bands_order": (
        "{record}: “{field}” là {value}, cao hơn mức của “{above}” đứng trên. Hãy xếp loại tốt nhất lên đầu.",
        "{record}: “{field}” is {value}, above that of “{above}” before it. List the best band first.",
    ),
    "checklist.last_band": (
        "{record}: mức xếp loại cuối cùng phải nhận mọi điểm còn lại: “{field}” = 0 và không kèm điều kiện nào.",
        "{record}: the last band must take every score that is left: “{field}” = 0 and no other condition.",
    ),
    "checklist.commune_kinds": (
        "{record}: phiếu dùng cho cấp xã phải áp dụng cho mọi loại đơn vị cấp xã; “{field}” còn thiếu {value}.",
        "{record}: a commune checklist applies to every kind of the commune block; “{field}” lacks {value}.",
    ),
    "checklist.not_question": (
        "{record}: “{field}” phải là một câu hỏi, kết thúc bằng dấu “?”: “{value}”.",
        "{record}: “{field}” must be one question ending in “?”: “{value}”.",
    ),
    "checklist.no_declared_step": (
        "{record}: thiếu bước có mã “declared” trong [[{field}]]; bước này là công bố theo phiên bản mới.",
        "{record}: the step with code “declared” is missing from [[{field}]]; it stands for the declaration.",
    ),
    "checklist.relation_to": (
        '{record}: “{field}” là “{value}”; để trống khi và chỉ khi kind = "removed".',
        '{record}: “{field}” is “{value}”; it is empty if, and only if, kind = "removed".',
    ),
    "checklist.other_id": (
        "{record}: hai tệp không cùng một phiếu kiểm tra (“{value}”), nên không so sánh được. Hãy chọn hai "
        "phiên bản "
        "của cùng một phiếu.",
        "{record}: the two files are not of one checklist (“{value}”) and cannot be compared. Choose two "
        "versions of "
        "the same one.",
    ),
    "checklist.step_too_small": (
        "{record}: {changes}. Thay đổi này đòi phiên bản {needed} trở lên sau {before}, nhưng tệp ghi “{value}”.",
        "{record}: {changes}. After {before} this asks for version {needed} or later, but the file says “{value}”.",
    ),
    "checklist.published_changed": (
        "{record}: tệp đã ban hành nay có nội dung khác ({value}… thay cho {expected}…). Hãy khôi phục tệp "
        "cũ và đưa "
        "thay đổi vào một phiên bản mới.",
        "{record}: a published file now has other content ({value}… in place of {expected}…). Restore it "
        "and put the "
        "change into a new version.",
    ),
    "checklist.published_missing": (
        "{record}: tệp đã ban hành không còn. Hãy khôi phục tệp; phiên bản đã ban hành không được xóa.",
        "{record}: a published file is gone. Restore it; a published version is never removed.",
    ),
    "checklist.published_form": (
        "published.toml: dòng “{record}” phải là 64 chữ số thập lục phân của SHA-256, không phải “{value}”.",
        "published.toml: the line “{record}” takes the 64 hexadecimal digits of a SHA-256, not “{value}”.",
    ),
    "checklist.file_place": (
        "{record}: tệp ghi “{value}” nhưng nằm ở chỗ của “{expected}”. Hãy sửa {field} hoặc đổi tên tệp.",
        "{record}: the file says “{value}” but lies in the place of “{expected}”. Correct {field} or rename the file.",
    ),
    "checklist.no_file": (
        "{record}: không có tệp này. Hãy kiểm tra lại đường dẫn.",
        "{record}: there is no such file. Check the path.",
    ),
    "checklist.not_toml": (
        "{record}: không đọc được tệp TOML ({value}). Hãy sửa chỗ đó rồi chạy lại.",
        "{record}: the TOML file cannot be read ({value}). Correct that place and run again.",
    ),
    "checklist.edition_unknown": (
        "{record}: phiên bản tiêu chuẩn “{value}” không có trong checklists/standards.",
        "{record}: the edition “{value}” does not stand in checklists/standards.",
    ),
    "checklist.not_recorded": (
        "{record}: nội dung tệp chưa ghi nhận trong published.toml. Hãy chạy: isoaudit checklist publish --record.",
        "{record}: its content does not stand in published.toml. Run: isoaudit checklist publish --record.",
    ),
    "checklist.other_content": (
        "{record}: phiên bản này đã ban hành với nội dung khác. Hãy đưa thay đổi vào một phiên bản mới.",
        "{record}: this version was published with other content. Put the change into a new version.",
    ),
    "checklist.unknown": (
        "Không có phiếu kiểm tra {record} trong cơ sở dữ liệu. Hãy ban hành phiếu trước.",
        "The database holds no checklist {record}. Publish it first.",
    ),
    "checklist.unknown_shipped": (
        "{record}: không có phiếu kiểm tra này. Các phiếu hiện có: {expected}.",
        "{record}: there is no such checklist. Known ones: {expected}.",
    ),
}
