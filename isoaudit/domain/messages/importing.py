"""Refusals and warnings of importing a province workbook: each names the sheet, the row and the column of the file."""

from collections.abc import Mapping

_AT_VI = "Trang {sheet}, dòng {row}, cột {column}: "
_AT_EN = "Sheet {sheet}, row {row}, column {column}: "
_ROW_VI = "Trang {sheet}, dòng {row}: "
_ROW_EN = "Sheet {sheet}, row {row}: "


def _cell(vi: str, en: str) -> tuple[str, str]:
    """The sentences about one cell."""
    return _AT_VI + vi, _AT_EN + en


def without_place(sentence: str, details: Mapping[str, object]) -> str:
    """A sentence of this area without the sheet, row and column at its beginning, for tables that have them beside."""
    for place in (_AT_VI, _AT_EN, _ROW_VI, _ROW_EN):
        names = {name: details.get(name, "") for name in ("sheet", "row", "column")}
        rest = sentence.removeprefix(place.format(**names))
        if rest != sentence:
            return rest[:1].upper() + rest[1:]
    return sentence


MESSAGES: dict[str, tuple[str, str]] = {
    "importing.column_twice": _cell(
        "tên cột có hai lần. Hãy giữ một cột.",
        "the column is there twice. Keep one.",
    ),
    "importing.no_column": _cell(
        "ô “{value}” nằm ngoài các cột có tên. Hãy đặt tên cột hoặc xóa ô.",
        "the cell “{value}” stands under no named column. Name the column or clear the cell.",
    ),
    "importing.required": _cell("ô này không được để trống.", "this cell must not be empty."),
    "importing.not_text": _cell(
        "“{value}” không phải là chữ. Hãy ghi thành văn bản.",
        "“{value}” is not text. Write it as text.",
    ),
    "importing.too_long": _cell(
        "“{value}” dài quá {limit} ký tự. Hãy rút gọn.",
        "“{value}” is longer than {limit} characters. Shorten it.",
    ),
    "importing.not_whole": _cell(
        "“{value}” phải là số nguyên không âm.",
        "“{value}” must be a whole number, 0 or more.",
    ),
    "importing.too_great": _cell(
        "“{value}” lớn quá, nhiều nhất là {limit}.",
        "“{value}” is too great; {limit_en} is the most.",
    ),
    "importing.out_of_range": _cell(
        "“{value}” phải là số nguyên từ {low} đến {high}.",
        "“{value}” must be a whole number from {low} to {high}.",
    ),
    "importing.not_day": _cell(
        "“{value}” không phải là ngày có thật dạng năm-tháng-ngày (ví dụ 2020-11-18).",
        "“{value}” is not a real date in the form YYYY-MM-DD (for example 2020-11-18).",
    ),
    "importing.not_yes_no": _cell("“{value}” phải là yes hoặc no.", "“{value}” must be yes or no."),
    "importing.not_one_of": _cell(
        "“{value}” phải là một trong: {expected}.",
        "“{value}” must be one of: {expected_en}.",
    ),
    "importing.offered": _cell(
        "“{value}” chưa đúng cách ghi, có thể hiểu là “{read}” ({kind}). Hãy sửa trong tệp, hoặc đồng ý cách hiểu này khi nhập.",
        "“{value}” is not in the expected form and can be read as “{read}” ({kind_en}). Correct the file, or accept this reading when importing.",
    ),
    "importing.offered_here": _cell(
        "“{value}” chưa đúng cách ghi, có thể hiểu là “{read}” ({kind}). Hãy sửa trong tệp, hoặc thêm --accept-corrections để đồng ý.",
        "“{value}” is not in the expected form and can be read as “{read}” ({kind_en}). Correct the file, or add --accept-corrections to accept it.",
    ),
    "importing.number_doubtful": (
        "Trang {sheet}, dòng {row}: số văn bản “{value}” có thể là “{read}”; đã giữ như tệp ghi.",
        "Sheet {sheet}, row {row}: the document number “{value}” may be “{read}”; it is kept as written.",
    ),
    "importing.name_doubtful": (
        "Trang {sheet}, dòng {row}: tên đơn vị “{value}” có thể là “{read}”; đã giữ như tệp ghi.",
        "Sheet {sheet}, row {row}: the name “{value}” of the unit may be “{read}”; it is kept as written.",
    ),
    "importing.short_year": _cell(
        "“{value}”: năm phải ghi đủ bốn chữ số (ví dụ 2020-11-18).",
        "“{value}”: write the year with four digits (for example 2020-11-18).",
    ),
    "importing.file_changed": (
        "{value}: tệp thay đổi trong lúc đang nhập; chưa ghi gì. Hãy nhập lại.",
        "{value}: the file changed while it was being imported; nothing was written. Import it again.",
    ),
    "importing.moved_on": (
        "Dữ liệu trong hệ thống đã thay đổi từ lúc bạn xem kết quả kiểm tra; chưa ghi gì. Hãy xem lại rồi quyết định.",
        "The data have changed since you looked at the result of the check; nothing was written. Look again and decide.",
    ),
    "importing.key_twice": _cell(
        "“{value}” đã có ở dòng {first} của trang này. Hãy giữ một dòng.",
        "“{value}” stands already in row {first} of this sheet. Keep one row.",
    ),
    "importing.differs": _cell(
        "“{key}” đã có trong hệ thống với nội dung khác: đang là “{stands}”, tệp ghi “{value}”. Hãy sửa tệp, hoặc cho phép sửa dòng đã có khi nhập (bản cũ vẫn được lưu).",
        "“{key}” stands already with other content: it is “{stands_en}”, the file says “{value_en}”. Correct the file, or allow what stands to be replaced when importing (the former one is kept).",
    ),
    "importing.voided": (
        "Trang {sheet}, dòng {row}: “{key}” đã bị hủy trong hệ thống (lý do: {reason}). Hãy bỏ dòng này, hoặc cho phép sửa dòng đã có khi nhập để khôi phục.",
        "Sheet {sheet}, row {row}: “{key}” was voided (reason: {reason}). Remove the row, or allow what stands to be replaced when importing, to restore it.",
    ),
    "importing.not_after": _cell(
        "{value} phải sau {other} ({stands}); ngày kết thúc là ngày đầu tiên không còn hiệu lực.",
        "{value} must lie after {other} ({stands}); an end is the first day no longer in force.",
    ),
    "importing.before": _cell(
        "{value} không được trước {other} ({stands}).",
        "{value} must not lie before {other} ({stands}).",
    ),
    "importing.unit_unknown": _cell(
        "không có đơn vị mã “{value}” vào ngày {day}. Mã này từng dùng: {periods}. Hãy kiểm tra mã và ngày.",
        "no unit has the code “{value}” on {day}. The code was used so: {periods_en}. Check the code and the date.",
    ),
    "importing.unit_ambiguous": _cell(
        "mã “{value}” vào ngày {day} là của nhiều đơn vị ở các tỉnh khác nhau: {periods}. Hãy dùng mã riêng cho từng đơn vị.",
        "on {day} the code “{value}” belongs to units of several provinces: {periods}. Give each a code of its own.",
    ),
    "importing.unit_named_twice": _cell(
        "“{value}” là tên của {count} đơn vị vào ngày {day}: {units}. Hãy ghi mã của đơn vị.",
        "“{value}” is the name of {count} units on {day}: {units}. Write the code of the unit.",
    ),
    "importing.unit_named_otherwise": _cell(
        "không có đơn vị tên “{value}” vào ngày {day}. Tên này từng dùng: {periods}. Hãy kiểm tra tên và ngày.",
        "no unit has the name “{value}” on {day}. The name was used so: {periods}. Check the name and the date.",
    ),
    "importing.parent_unknown": _cell(
        "không có đơn vị cấp trên mã “{value}” từ ngày {day} trở đi. Mã này từng dùng: {periods}. Hãy thêm đơn vị cấp trên hoặc để trống.",
        "no unit above has the code “{value}” from {day} on. The code was used so: {periods_en}. Add that unit or leave the cell empty.",
    ),
    "importing.parent_circle": _cell(
        "đơn vị “{value}” lại trực thuộc chính đơn vị này. Hãy sửa cấp trên.",
        "the unit “{value}” lies under this very unit. Correct the unit above.",
    ),
    "importing.overlap": _cell(
        "mã “{value}” đã là của “{other}” vào ngày {day}. Hãy sửa ngày bắt đầu hoặc kết thúc.",
        "on {day} the code “{value}” is that of “{other}”. Correct the first or last day.",
    ),
    "importing.into_itself": _cell(
        "“{value}” không thể {relation} chính nó: trước và sau ngày này vẫn là một dòng của sổ. Hãy sửa mã hoặc tách dòng trong units.",
        "“{value}” cannot be {relation_en} itself: it is one row of the register before and after that day. Correct the code, or part the row in units.",
    ),
    "importing.procedures": _cell("{said}", "{said}"),
    "importing.covered": _cell(
        "{value} TTHC được áp dụng, nhiều hơn tổng số {total}. Hãy kiểm tra hai con số.",
        "{value} TTHC covered, more than the {total} there are. Check both numbers.",
    ),
    "importing.edition_unknown": _cell(
        "không có phiên bản “{value}”. Các phiên bản: {expected}.",
        "there is no edition “{value}”. Editions: {expected_en}.",
    ),
    "importing.conversion_unknown": _cell(
        "không có đợt chuyển đổi “{value}”. Các đợt chuyển đổi: {expected}.",
        "there is no conversion “{value}”. Conversions: {expected_en}.",
    ),
    "importing.step_unknown": _cell(
        "lần chuyển đổi này ({conversion}) không có nội dung “{value}”. Các nội dung: {expected}.",
        "this conversion ({conversion_en}) has no step “{value}”. Steps: {expected_en}.",
    ),
    "importing.declared_typed": _cell(
        "nội dung “{value}” không nhập tay: hệ thống tự tính từ việc công bố. Hãy bỏ dòng này và ghi công bố ở trang declarations.",
        "the step “{value}” cannot be typed in: it follows from the declaration. Remove the row and enter the declaration in the sheet declarations.",
    ),
    "importing.older_edition": _cell(
        "{unit} đang áp dụng {current} vào ngày {day}, không thể công bố phiên bản cũ hơn là {value}. Hãy kiểm tra phiên bản và ngày.",
        "{unit} holds {current} on {day} and cannot declare the older {value}. Check the edition and the date.",
    ),
    "importing.newer_edition": _cell(
        "công bố {value} của {unit} đứng trước công bố {other} ngày {day} đã có trong hệ thống, là phiên bản cũ hơn. Hãy kiểm tra ngày, hoặc hủy công bố kia trước.",
        "declaring {value} for {unit} comes before the declaration of {other} on {day}, which stands and is older. Check the date, or void that declaration first.",
    ),
    "importing.document_unknown": _cell(
        "không có văn bản “{value}” trong trang documents hay trong hệ thống. Hãy thêm văn bản hoặc sửa số.",
        "there is no document “{value}” in the sheet documents or in the register. Add it or correct the number.",
    ),
    "importing.document_ambiguous": _cell(
        "có nhiều văn bản số “{value}”. Hãy ghi kèm ngày: {expected}.",
        "several documents have the number “{value}”. Add the day: {expected}.",
    ),
    "importing.mark_reason": _cell(
        "mức “{mark}” do cơ quan thường trực đặt cần có lý do. Hãy ghi lý do vào cột này.",
        "the mark “{mark_en}” set by the office needs a reason. Write it in this column.",
    ),
    "importing.audit_undated": _cell(
        "cần planned_on hoặc minuted_on để biết mã đơn vị chỉ đơn vị nào. Hãy điền một ngày.",
        "planned_on or minuted_on is needed to know which unit the code means. Fill in one day.",
    ),
    "importing.checklist_unknown": _cell(
        "phiếu kiểm tra “{value}” chưa được ban hành. Đã ban hành: {expected}. Hãy chạy isoaudit checklist publish.",
        "the checklist “{value}” is not published. Published: {expected_en}. Run isoaudit checklist publish.",
    ),
    "importing.audit_unknown": _cell(
        "không có cuộc kiểm tra “{value}” trong trang audits hay trong hệ thống. Hãy thêm hoặc sửa mã cuộc kiểm tra.",
        "there is no audit “{value}” in the sheet audits or in the database. Add it or correct the reference.",
    ),
    "importing.criterion_unknown": _cell(
        "phiếu {expected} không có nội dung “{value}”. Hãy sửa mã nội dung.",
        "checklist {expected} has no criterion “{value}”. Correct the code.",
    ),
    "importing.gate": _cell(
        "nội dung {criterion} luôn áp dụng, không thể ghi “{value}”. Hãy chọn mức khác.",
        "criterion {criterion} always applies and cannot be “{value}”. Choose another grade.",
    ),
    "importing.outcome_open": _cell(
        "có kết quả “{outcome}” nhưng chưa có ngày đóng. Hãy điền ngày hoặc bỏ kết quả.",
        "there is an outcome “{outcome_en}” but no day of closing. Fill in the day or clear the outcome.",
    ),
    "importing.audit_live": _cell(
        "cuộc kiểm tra “{value}” do hệ thống quản lý, không sửa bằng nhập tệp. Hãy sửa trên trang của cuộc kiểm tra.",
        "the audit “{value}” is kept in the application and is not changed by an import. Change it on the audit's page.",
    ),
    "importing.version_pinned": _cell(
        "cuộc kiểm tra “{value}” đã có câu trả lời theo phiên bản phiếu cũ, không đổi phiên bản được. Hãy giữ phiên bản.",
        "the audit “{value}” has answers on its checklist version, which cannot change any more. Keep the version.",
    ),
    "importing.more": (
        "Còn {count} lỗi nữa. Hãy sửa các lỗi trên rồi nhập lại.",
        "{count} more errors. Correct those above and import again.",
    ),
    "importing.continued_by_itself": (
        "Trang {sheet}, dòng {row}: “{value}” vẫn là một dòng của sổ, không cần ghi tiếp tục; dòng này được bỏ qua.",
        "Sheet {sheet}, row {row}: “{value}” is one row of the register anyway; nothing is recorded for this row.",
    ),
    "importing.continued_in_force": (
        "Trang {sheet}, dòng {row}: “{value}” được tiếp tục bởi đơn vị khác nhưng vẫn còn hiệu lực. Hãy kiểm tra valid_to.",
        "Sheet {sheet}, row {row}: “{value}” is continued by another unit but stays in force. Check its valid_to.",
    ),
    "importing.other_kind": (
        "{count} cuộc kiểm tra dùng phiếu {checklist} cho loại đơn vị “{kind}” mà phiếu không dành cho.",
        "{count} audits use checklist {checklist} for units of the kind “{kind_en}”, for which it is not made.",
    ),
    "importing.joined_editions": _cell(
        "nối “{value}” làm cho ngày {day} công bố {other} khi đang áp dụng {current}. Hãy kiểm tra quan hệ hoặc các công bố của hai dòng.",
        "joining “{value}” would declare {other} on {day} while {current} is held. Check the relation, or the declarations of both rows.",
    ),
    "importing.minuted_after_closing": _cell(
        "ngày biên bản {value} muộn hơn ngày đã đóng một điểm không phù hợp ({stands}). Hãy kiểm tra hai ngày.",
        "the minutes of {value} are later than the closing of a nonconformity ({stands}). Check both days.",
    ),
    "importing.facts_outlive": (
        "Trang {sheet}, dòng {row}: “{value}” còn dữ liệu đến ngày {day}, sau ngày kết thúc mới. Hãy kiểm tra lại các dữ liệu đó.",
        "Sheet {sheet}, row {row}: “{value}” has facts up to {day}, after its new last day. Check them.",
    ),
    "importing.programme_unclear": (
        "Trang {sheet}, dòng {row}: năm {value} có {count} kế hoạch kiểm tra; cuộc kiểm tra được nhập mà không gắn kế hoạch.",
        "Sheet {sheet}, row {row}: year {value} has {count} programmes; the audit is imported without one.",
    ),
    "importing.outcome_missing": (
        "Trang {sheet}, dòng {row}: điểm không phù hợp của {value} đã đóng nhưng không ghi kết quả.",
        "Sheet {sheet}, row {row}: a nonconformity of {value} is closed without an outcome.",
    ),
    "importing.register_unknown": (
        "Không có sổ đơn vị “{value}” đi kèm chương trình. Có: {expected}.",
        "No register “{value}” ships with the program. There are: {expected}.",
    ),
}
