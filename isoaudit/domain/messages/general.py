"""Refusals that belong to no area."""

MESSAGES: dict[str, tuple[str, str]] = {
    "page.not_found": (
        "Không có trang này. Hãy quay lại trang trước hoặc về trang chủ.",
        "There is no such page. Go back or return to the home page.",
    ),
    "page.method": (
        "Trang này không nhận cách gửi đó. Hãy mở lại trang rồi thử lại.",
        "This page does not accept that way of sending. Open the page again and retry.",
    ),
    "page.bad_request": (
        "Yêu cầu gửi lên không đọc được. Hãy tải lại trang rồi gửi lại.",
        "The request could not be read. Reload the page and send it again.",
    ),
    "access.denied": (
        "Tài khoản của bạn không có quyền thực hiện việc này. Hãy liên hệ cơ quan thường trực nếu cần được cấp quyền.",
        "Your account may not do this. Ask the standing office if you need the right.",
    ),
    "form.stale": (
        "Biểu mẫu đã hết hiệu lực (để quá lâu hoặc đã đăng nhập lại). Hãy tải lại trang rồi gửi lại.",
        "The form has expired (left too long, or you signed in again). Reload the page and send it again.",
    ),
    "upload.too_large": (
        "Tệp gửi lên quá lớn. Hãy chọn tệp nhỏ hơn rồi gửi lại.",
        "The file sent is too large. Choose a smaller one and send it again.",
    ),
    "rate.limited": (
        "Có quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ {seconds} giây rồi thử lại.",
        "Too many requests in a short time. Wait {seconds} seconds and try again.",
    ),
    "unexpected": (
        "Hệ thống gặp lỗi ngoài dự kiến (mã {request_id}). Dữ liệu chưa bị thay đổi; hãy thử lại hoặc báo mã này cho quản trị.",
        "An unexpected error occurred (code {request_id}). Nothing was changed; try again or give the administrator this code.",
    ),
    "database.busy": (
        "Máy chủ đang ghi nhiều việc cùng lúc nên chưa nhận được yêu cầu này; chưa có gì thay đổi. Hãy gửi lại sau vài giây; khi có người đang nhập tệp lớn thì sau vài phút.",
        "The server is writing much at once and could not take this request; nothing was changed. Send it again in a few seconds; in a few minutes while somebody imports a large file.",
    ),
    "serve.behind": (
        "Cơ sở dữ liệu chưa ở phiên bản của chương trình. Hãy chạy: isoaudit db upgrade",
        "The database is behind its migrations. Run: isoaudit db upgrade",
    ),
    "serve.demo_accounts": (
        "Còn tài khoản minh hoạ ({names}). Hãy chạy: isoaudit demo --remove; hoặc đặt ISOAUDIT_ALLOW_DEMO_ACCOUNTS=yes nếu chỉ để trình diễn.",
        "Demo accounts exist ({names}). Remove them with isoaudit demo --remove, or set ISOAUDIT_ALLOW_DEMO_ACCOUNTS=yes for a demonstration.",
    ),
    "example.none": (
        "Cơ sở dữ liệu không có dữ liệu minh hoạ nào để xóa.",
        "The database holds no example data to remove.",
    ),
    "database.none": (
        "Thư mục {record} chưa có cơ sở dữ liệu. Hãy kiểm tra ISOAUDIT_INSTANCE, hoặc chạy: isoaudit db upgrade.",
        "The folder {record} holds no database. Check ISOAUDIT_INSTANCE, or run: isoaudit db upgrade.",
    ),
    "database.address": (
        "Không hiểu địa chỉ cơ sở dữ liệu ({value}). Hãy sửa ISOAUDIT_DATABASE_URL, ví dụ postgresql+psycopg://….",
        "The database's address cannot be read ({value}). Correct ISOAUDIT_DATABASE_URL, e.g. postgresql+psycopg://….",
    ),
    "database.unusable": (
        "Không dùng được cơ sở dữ liệu: {value}. Hãy kiểm tra ISOAUDIT_DATABASE_URL và máy chủ cơ sở dữ liệu.",
        "The database cannot be used: {value}. Check ISOAUDIT_DATABASE_URL and the database server.",
    ),
    "file.none": (
        "Không có tệp “{value}”. Hãy kiểm tra đường dẫn.",
        "There is no file “{value}”. Check the path.",
    ),
    "file.unusable": (
        "Không đọc hoặc ghi được {record}: {value}. Hãy kiểm tra đường dẫn và quyền.",
        "{record} cannot be read or written: {value}. Check the path and its rights.",
    ),
    "file.failed": (
        "Không đọc hoặc ghi được tệp: {value}. Hãy kiểm tra tệp và ổ đĩa.",
        "A file cannot be read or written: {value}. Check the file and the disk.",
    ),
    "serve.address": (
        "Không mở được {record} ({value}). Có thể một máy chủ khác đang chạy; hãy dừng nó hoặc chọn cổng khác bằng --port.",
        "{record} cannot be opened ({value}). Another server may be running: stop it, or choose another port with --port.",
    ),
}
