"""Refusals about a file as such: a workbook that cannot be read, its sheets and columns, a file that is not written."""

MESSAGES: dict[str, tuple[str, str]] = {
    "importing.no_file": (
        "Không có tệp hay thư mục “{value}”. Hãy kiểm tra đường dẫn.",
        "There is no file or folder “{value}”. Check the path.",
    ),
    "importing.not_workbook": (
        "{value}: không đọc được như một tệp XLSX. Hãy lưu lại thành .xlsx không đặt mật khẩu, hoặc nhập các tệp CSV (mỗi trang một tệp).",
        "{value}: cannot be read as an XLSX file. Save it as .xlsx without a password, or import CSV files (one for each sheet).",
    ),
    "importing.too_large": (
        "{value}: lớn quá mức cho phép ({limit}). Hãy chia thành nhiều tệp nhỏ hơn.",
        "{value}: larger than allowed ({limit}). Split it into smaller files.",
    ),
    "importing.too_many_rows": (
        "{value}: một trang ({sheet}) có hơn {limit} dòng, quá nhiều cho tệp XLSX. Hãy dùng thư mục CSV: lưu mỗi trang thành một tệp CSV (UTF-8) mang tên trang, rồi nhập cả thư mục.",
        "{value}: a sheet ({sheet}) has more than {limit} rows, too many for an XLSX file. Use a folder of CSV files: save each sheet as a CSV file (UTF-8) of its name and import the folder.",
    ),
    "importing.too_wide": (
        "{value}: {sheet} có ô nằm quá xa (hơn {limit} ô). Hãy xóa các dòng, cột thừa rồi lưu lại; nếu không có gì thừa thì dùng thư mục CSV.",
        "{value}: {sheet} has a cell too far out (more than {limit} cells). Delete the unused rows and columns and save again; if none is unused, use a folder of CSV files.",
    ),
    "importing.error_cell": (
        "{value}: ô {column} của {sheet} chứa lỗi công thức. Hãy sửa công thức hoặc ghi thẳng giá trị.",
        "{value}: cell {column} of {sheet} holds a formula error. Correct the formula or type the value.",
    ),
    "importing.not_utf8": (
        "{value}: không phải văn bản UTF-8. Hãy lưu lại tệp CSV với mã UTF-8.",
        "{value}: not UTF-8 text. Save the CSV file as UTF-8.",
    ),
    "importing.not_csv": (
        "{value}: dòng {row} không đúng dạng CSV (dấu ngoặc kép không khép kín, hoặc ô quá dài). Hãy sửa dòng này.",
        "{value}: row {row} is not proper CSV (quotes left open, or a cell too long). Correct this row.",
    ),
    "importing.no_sheets": (
        "{value}: không có trang nào của sổ tỉnh (units, documents, …). Hãy kiểm tra tên trang hoặc tên tệp CSV.",
        "{value}: holds no sheet of the province workbook (units, documents, …). Check the names of sheets or CSV files.",
    ),
    "importing.sheet_unknown": (
        "Không có trang nào tên “{sheet}”. Các trang được nhận: {expected}.",
        "There is no sheet called “{sheet}”. Sheets taken: {expected}.",
    ),
    "importing.sheet_twice": (
        "Trang “{sheet}” có hai lần (tên chỉ khác chữ hoa, dấu cách). Hãy gộp lại.",
        "Sheet “{sheet}” is there twice (names differ only in case or blanks). Join them.",
    ),
    "importing.column_unknown": (
        "Trang {sheet}: không có cột “{column}”. Các cột được nhận: {expected}.",
        "Sheet {sheet}: there is no column “{column}”. Columns taken: {expected}.",
    ),
    "importing.column_missing": (
        "Trang {sheet}: thiếu cột bắt buộc “{column}”. Hãy thêm cột này.",
        "Sheet {sheet}: the required column “{column}” is missing. Add it.",
    ),
    "export.no_results": (
        "Cuộc kiểm tra “{record}” đã hủy hoặc chưa có câu trả lời nào, nên chưa có kết quả để xuất. Hãy kiểm tra lại mã.",
        "The audit “{record}” was cancelled or has no answer yet, so there are no results to export. Check the reference.",
    ),
    "export.exists": (
        "“{record}” đã có. Hãy chọn tên khác để không ghi đè.",
        "“{record}” exists already. Choose another name, so that nothing is overwritten.",
    ),
}
