"""Refusals of the catalogue of administrative procedures (TTHC) and of publication decisions."""

MESSAGES: dict[str, tuple[str, str]] = {
    "catalogue.unknown": (
        "Không có TTHC này trong danh mục. Hãy tìm lại ở trang “Danh mục TTHC”.",
        "There is no such procedure in the catalogue. Look it up on the page “Catalogue of procedures”.",
    ),
    "catalogue.text_missing": (
        "Mã, tên và lĩnh vực của TTHC không được để trống.",
        "Code, name and field of a procedure must be given.",
    ),
    "catalogue.text_long": (
        "Nội dung dài {value} ký tự, chỉ lưu được {longest}. Hãy rút gọn.",
        "The text has {value} characters; {longest} can be kept. Shorten it.",
    ),
    "catalogue.level_missing": (
        "Hãy chọn cấp giải quyết TTHC.",
        "Choose the level that settles the procedure.",
    ),
    "catalogue.nobody": (
        "Hãy chọn cơ quan giải quyết: một hay nhiều loại đơn vị, hoặc đơn vị cụ thể.",
        "Say who settles the procedure: kinds of units, or single units.",
    ),
    "catalogue.unit_code": (
        "Không có đơn vị mang mã “{value}” vào ngày này. Hãy kiểm tra lại mã ở trang “Đơn vị”.",
        "No unit has the code “{value}” on this day. Check the code on the page “Units”.",
    ),
    "catalogue.day_missing": (
        "Hãy nhập ngày TTHC bắt đầu có hiệu lực.",
        "Enter the day from which the procedure is in force.",
    ),
    "catalogue.overlaps": (
        "TTHC {value} đã có một bản có hiệu lực từ {since}, trùng thời gian với bản này. Hãy sửa bản đã có, hoặc ghi quyết định công bố sửa đổi.",
        "Procedure {value} has a version in force since {since} that overlaps this one. Correct that one, or enter the decision that changes it.",
    ),
    "catalogue.differs": (
        "TTHC {value} đã có trong danh mục từ {since} với nội dung khác. Hãy sửa bản đã có, hoặc ghi quyết định công bố sửa đổi.",
        "Procedure {value} is in the catalogue since {since} with other content. Correct that version, or enter the decision that changes it.",
    ),
    "catalogue.published": (
        "Bản này của TTHC {value} do một quyết định công bố đưa vào hoặc kết thúc, nên không đổi mã, ngày và không hủy riêng được. Hãy hủy cả quyết định công bố nếu nhập sai.",
        "This version of {value} came in or ended by a publication decision; its code and days cannot be changed, nor the version voided alone. Take the whole publication back when it was entered wrongly.",
    ),
    "catalogue.too_long": (
        "Nội dung dán vào dài {value} ký tự, nhận tối đa {longest}. Hãy chia thành nhiều lần.",
        "The text has {value} characters; at most {longest} are taken. Split it.",
    ),
    "catalogue.too_many": (
        "Bảng có {value} dòng, nhận tối đa {most}. Hãy chia thành nhiều lần.",
        "The table has {value} rows; at most {most} are taken. Split it.",
    ),
    "catalogue.no_headings": (
        "Không thấy cột “Mã TTHC”. Dòng đầu của bảng phải là tên các cột.",
        "There is no column “Mã TTHC” (code). The first line must hold the headings.",
    ),
    "catalogue.heading_unknown": (
        "Không có cột “{value}”. Các cột được nhận: {expected}.",
        "There is no column “{value}”. Columns taken: {expected}.",
    ),
    "catalogue.heading_twice": (
        "Cột “{value}” có hai lần. Hãy bỏ bớt một cột.",
        "The column “{value}” is there twice. Remove one.",
    ),
    "catalogue.row_wide": (
        "Dòng {row}: có {cells} ô, nhiều hơn {columns} cột. Hãy kiểm tra dấu phân cách và dấu ngoặc kép.",
        "Row {row}: {cells} cells, more than the {columns} columns. Check separators and quotes.",
    ),
    "catalogue.no_rows": (
        "Bảng chưa có dòng nào dưới dòng tên cột.",
        "The table has no row below its headings.",
    ),
    "catalogue.code_twice": (
        "Dòng {row}: mã {value} đã có ở dòng trên. Mỗi TTHC chỉ ghi một dòng.",
        "Row {row}: the code {value} stands above already. One row for each procedure.",
    ),
    "catalogue.cell": (
        "Dòng {row}, cột {column}: không hiểu “{value}”. Ví dụ, hoặc các giá trị được nhận: {expected}.",
        "Row {row}, column {column}: “{value}” is not understood. Examples or values taken: {expected}.",
    ),
    "catalogue.cell_missing": (
        "Dòng {row}: thiếu “{column}”.",
        "Row {row}: “{column}” is missing.",
    ),
    "catalogue.row": (
        "Dòng {row}: {said}",
        "Row {row}: {said}",
    ),
    "publication.unknown": (
        "Không có quyết định công bố này. Hãy chọn lại ở trang “Quyết định công bố”.",
        "There is no such publication. Choose again on the page “Publication decisions”.",
    ),
    "publication.before_decision": (
        "Ngày {day} trước ngày ban hành quyết định ({issued}). Hãy kiểm tra lại ngày.",
        "{day} is before the decision was issued ({issued}). Check the day.",
    ),
    "publication.stands_already": (
        "Quyết định {value} đã được nhập. Hãy mở quyết định đó, hoặc hủy đi rồi nhập lại nếu nhập sai.",
        "The decision {value} was entered already. Open it, or take it back and enter it anew.",
    ),
    "publication.there_already": (
        "TTHC {value} đã có trong danh mục, không thể là mới ban hành. Hãy ghi là sửa đổi, bổ sung.",
        "Procedure {value} is in the catalogue and cannot be added. Enter it as changed.",
    ),
    "publication.not_there": (
        "TTHC {value} không có hiệu lực ngày {day} nên không sửa đổi hay bãi bỏ được. Hãy kiểm tra lại mã.",
        "Procedure {value} is not in force on {day} and cannot be changed or abolished. Check the code.",
    ),
    "publication.same_day": (
        "TTHC {value} vừa có bản mới từ chính ngày {day}. Hãy sửa bản đó, hoặc chọn ngày hiệu lực khác.",
        "Procedure {value} has a new version from {day} already. Correct that one, or choose another day.",
    ),
    "publication.nothing_changes": (
        "TTHC {value} ghi là sửa đổi nhưng không có nội dung nào khác bản đang có hiệu lực. Hãy ghi nội dung mới.",
        "Procedure {value} is entered as changed, but nothing differs from the version in force. State what is new.",
    ),
    "publication.rested_on": (
        "TTHC {value} đã được một quyết định sau đó sửa đổi hoặc bãi bỏ. Hãy hủy quyết định sau trước.",
        "Procedure {value} was changed or abolished by a later decision. Take that one back first.",
    ),
    "publication.taken_back": (
        "Quyết định công bố này đã bị hủy nên không ghi thêm kết quả được.",
        "This publication was taken back; nothing more can be recorded for it.",
    ),
}
