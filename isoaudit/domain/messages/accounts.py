"""Refusals of accounts, signing in, uploads and backups."""

MESSAGES: dict[str, tuple[str, str]] = {
    "signin.failed": (
        "Không đăng nhập được: tài khoản hoặc mật khẩu không đúng, hoặc tài khoản đang bị khóa. Nhập sai 5 lần liên tiếp thì tài khoản bị khóa; khi đó hãy nhờ quản trị hệ thống mở khóa.",
        "Sign-in failed: the account or the password is wrong, or the account is locked. Five failures in a row lock an account; then ask an administrator to unlock it.",
    ),
    "signin.second_failed": (
        "Mã xác thực không đúng hoặc đã dùng. Hãy chờ mã mới trên ứng dụng rồi nhập lại; mất điện thoại thì dùng một mã dự phòng. Nhập sai 5 lần thì tài khoản bị khóa.",
        "The code is wrong or already used. Wait for the next code of the app and type it; without the phone use a recovery code. Five failures lock the account.",
    ),
    "signin.required": (
        "Bạn chưa đăng nhập. Hãy đăng nhập rồi thử lại; nội dung đã nhập vẫn còn trên máy này.",
        "You are not signed in. Sign in and try again; what was typed is still on this device.",
    ),
    "signin.idle": (
        "Phiên làm việc đã hết vì lâu không thao tác. Hãy đăng nhập lại; nội dung đã nhập vẫn còn trên máy này.",
        "The session ended after a time without use. Sign in again; what was typed is still on this device.",
    ),
    "signin.duty": (
        "Hãy mở trang tài khoản để đổi mật khẩu hoặc đặt xác thực hai lớp trước khi làm việc khác.",
        "Open your account page to change the password or set up the second factor before anything else.",
    ),
    "password.wrong": (
        "Mật khẩu hiện tại không đúng. Hãy nhập lại.",
        "The present password is wrong. Type it again.",
    ),
    "password.weak": (
        "Mật khẩu mới chưa đạt: {reasons}.",
        "The new password is not strong enough: {reasons}.",
    ),
    "password.same": (
        "Mật khẩu mới trùng mật khẩu hiện tại. Hãy chọn mật khẩu khác.",
        "The new password is the present one. Choose another.",
    ),
    "password.is_name": (
        "Mật khẩu mới chứa tên tài khoản. Hãy chọn mật khẩu khác.",
        "The new password contains the account name. Choose another.",
    ),
    "second.wrong": (
        "Mã không đúng. Hãy kiểm tra giờ trên điện thoại, chờ mã mới rồi nhập lại.",
        "The code is wrong. Check the clock of the phone, wait for the next code and type it.",
    ),
    "second.already": (
        "Tài khoản “{username}” đã bật xác thực hai lớp.",
        "The second factor of account “{username}” is already on.",
    ),
    "second.off": (
        "Tài khoản “{username}” chưa bật xác thực hai lớp. Hãy bật trước.",
        "The second factor of account “{username}” is off. Turn it on first.",
    ),
    "second.required": (
        "Tài khoản quản trị “{username}” phải dùng xác thực hai lớp nên không tắt được.",
        "The administrator account “{username}” needs its second factor; it cannot be turned off.",
    ),
    "second.password_short": (
        "Mật khẩu của tài khoản “{username}” chỉ đủ mạnh khi có xác thực hai lớp. Hãy đổi sang mật khẩu từ 14 ký tự rồi mới tắt.",
        "The password of account “{username}” is only strong enough with a second factor. Change it to one of 14 characters or more first.",
    ),
    "account.username": (
        "Tên tài khoản “{username}” chưa đúng: dùng 2–64 chữ thường không dấu, chữ số, dấu chấm, gạch nối, @; bắt đầu và kết thúc bằng chữ hoặc số.",
        "Account name “{username}” is not right: 2–64 lower-case letters without marks, digits, dots, hyphens, @; beginning and ending with a letter or digit.",
    ),
    "account.name_required": (
        "Tài khoản “{username}”: thiếu họ và tên. Hãy điền họ và tên của người dùng.",
        "Account “{username}”: the full name is missing. Fill it in.",
    ),
    "account.taken": (
        "Tên tài khoản “{username}” đã có. Hãy chọn tên khác.",
        "Account name “{username}” is taken. Choose another.",
    ),
    "account.role": (
        "Vai trò “{role}” không có. Các vai trò: {roles}.",
        "There is no role “{role}”. The roles are: {roles}.",
    ),
    "account.role_required": (
        "Tài khoản “{username}”: chưa chọn vai trò. Hãy chọn ít nhất một vai trò.",
        "Account “{username}”: no role chosen. Choose at least one.",
    ),
    "account.unit_required": (
        "Tài khoản “{username}” có vai trò thư ký ISO của đơn vị: hãy điền mã đơn vị.",
        "Account “{username}” has the role of a unit's ISO secretary: give the unit's code.",
    ),
    "account.unit_unknown": (
        "Không có đơn vị mã “{unit}” vào ngày {day}. Hãy kiểm tra mã và ngày ở trang Đơn vị.",
        "No unit has the code “{unit}” on {day}. Check code and day on the page of units.",
    ),
    "account.too_long": (
        "Tài khoản “{username}”: mục “{field}” dài {value} ký tự, chỉ lưu được {longest}. Hãy rút gọn rồi lưu lại.",
        "Account “{username}”: “{field}” has {value} characters; {longest} can be kept. Shorten it and save again.",
    ),
    "account.unknown": (
        "Không có tài khoản “{username}”. Hãy xem danh sách tài khoản.",
        "There is no account “{username}”. See the list of accounts.",
    ),
    "account.own_right": (
        "Bạn không thể tự bỏ vai trò quản trị của mình (“{username}”). Hãy nhờ một quản trị khác.",
        "You cannot take your own administrator role (“{username}”). Ask another administrator.",
    ),
    "account.own_disable": (
        "Bạn không thể tự ngừng tài khoản của mình (“{username}”). Hãy nhờ một quản trị khác.",
        "You cannot disable your own account (“{username}”). Ask another administrator.",
    ),
    "account.own_reset": (
        "Đây là tài khoản của bạn (“{username}”). Hãy đổi mật khẩu ở trang tài khoản của mình.",
        "This is your own account (“{username}”). Change the password on your own account page.",
    ),
    "account.already_disabled": (
        "Tài khoản “{username}” đã ngừng từ trước.",
        "Account “{username}” is already disabled.",
    ),
    "account.not_disabled": (
        "Tài khoản “{username}” đang mở, không cần mở lại.",
        "Account “{username}” is open; there is nothing to enable.",
    ),
    "account.not_locked": (
        "Tài khoản “{username}” không bị khóa.",
        "Account “{username}” is not locked.",
    ),
    "accounts.empty": (
        "Tệp “{name}” không có dòng nào. Hãy điền danh sách theo mẫu rồi gửi lại.",
        "File “{name}” has no rows. Fill in the template and send it again.",
    ),
    "accounts.columns": (
        "Tệp “{name}”: thiếu cột {missing}; cột không biết: {unknown}. Các cột: {columns}.",
        "File “{name}”: missing columns {missing}; unknown columns: {unknown}. The columns are: {columns}.",
    ),
    "accounts.too_many": (
        "Tệp “{name}” có hơn {most} dòng. Hãy chia thành nhiều tệp.",
        "File “{name}” has more than {most} rows. Split it into several files.",
    ),
    "accounts.file_again": (
        "Không tiếp tục được việc tạo tài khoản từ tệp (quá một giờ, hoặc đã đăng nhập lại); chưa tài khoản nào được tạo. Hãy chọn lại tệp.",
        "Making accounts from the file cannot go on (more than an hour has passed, or you signed in anew); no account was made. Choose the file again.",
    ),
    "accounts.row": (
        "Dòng {row}, cột {column}: {problem}",
        "Row {row}, column {column}: {problem}",
    ),
    "accounts.twice": (
        "Tên tài khoản “{username}” lặp lại trong tệp (dòng {first}). Hãy để mỗi người một tài khoản.",
        "Account name “{username}” occurs twice in the file (row {first}). One account per person.",
    ),
    "upload.empty": (
        "Tệp “{name}” không có nội dung. Hãy chọn tệp khác.",
        "File “{name}” is empty. Choose another.",
    ),
    "upload.kind": (
        "Tệp “{name}” không phải loại được nhận ({kinds}). Hãy chuyển sang một trong các loại này rồi gửi lại.",
        "File “{name}” is not of an accepted kind ({kinds}). Convert it and send it again.",
    ),
    "upload.size": (
        "Tệp “{name}” lớn hơn {most} MB. Hãy chọn tệp nhỏ hơn.",
        "File “{name}” is larger than {most} MB. Choose a smaller one.",
    ),
    "upload.digest": (
        "Tệp “{name}” nhận được không khớp mã kiểm tra (SHA-256). Hãy gửi lại.",
        "File “{name}” does not match its digest (SHA-256). Send it again.",
    ),
    "upload.missing": (
        "Không có tệp {sha256}. Hãy báo quản trị chạy lệnh isoaudit verify.",
        "There is no file {sha256}. Ask the administrator to run isoaudit verify.",
    ),
    "backup.exists": (
        "Đã có tệp “{name}”. Hãy chọn tên khác; bản sao lưu cũ không bị ghi đè.",
        "File “{name}” exists. Choose another name; a backup is never overwritten.",
    ),
    "backup.unreadable": (
        "“{name}” không phải bản sao lưu của isoaudit hoặc đã hỏng ({reason}). Hãy dùng bản sao lưu khác.",
        "“{name}” is no backup of isoaudit or is damaged ({reason}). Use another backup.",
    ),
    "backup.changed": (
        "Bản sao lưu “{name}”: phần “{part}” không khớp mã kiểm tra. Chưa có gì được ghi; hãy dùng bản sao lưu khác.",
        "Backup “{name}”: part “{part}” does not match its digest. Nothing was written; use another backup.",
    ),
    "backup.migration": (
        "Bản sao lưu “{name}” ở phiên bản cơ sở dữ liệu {theirs}, chương trình này ở {ours}. Hãy phục hồi bằng đúng phiên bản chương trình đã sao lưu rồi chạy isoaudit db upgrade.",
        "Backup “{name}” is at database version {theirs}, this program at {ours}. Restore it with the program version that made it, then run isoaudit db upgrade.",
    ),
    "backup.not_empty": (
        "Cơ sở dữ liệu đích đã có dữ liệu (bảng {table}). Hãy đặt ISOAUDIT_INSTANCE (hoặc ISOAUDIT_DATABASE_URL) sang nơi trống, chạy isoaudit db upgrade rồi phục hồi lại.",
        "The target database already holds data (table {table}). Point ISOAUDIT_INSTANCE (or ISOAUDIT_DATABASE_URL) to an empty place, run isoaudit db upgrade and restore again.",
    ),
    "backup.files_there": (
        "Thư mục “{folder}” đã có tệp. Hãy phục hồi vào một thư mục dữ liệu trống.",
        "Folder “{folder}” already holds files. Restore into an empty instance folder.",
    ),
    "backup.target_behind": (
        "Cơ sở dữ liệu đích ở phiên bản {at}, chưa phải mới nhất. Hãy chạy isoaudit db upgrade rồi phục hồi lại.",
        "The target database is at version {at}, not the newest. Run isoaudit db upgrade and restore again.",
    ),
    "verify.log_changed": (
        "Nhật ký hệ thống của {province}: dòng {seq} đã bị sửa.",
        "Audit log of {province}: entry {seq} was changed.",
    ),
    "verify.log_missing": (
        "Nhật ký hệ thống của {province}: thiếu từ dòng {seq}.",
        "Audit log of {province}: entries are missing from {seq} on.",
    ),
    "verify.log_cut": (
        "Nhật ký hệ thống của {province}: bị cắt sau dòng {seq}.",
        "Audit log of {province}: cut off after entry {seq}.",
    ),
    "verify.file_missing": (
        "Tệp “{name}” ({sha256}) không còn trong kho minh chứng. Hãy lấy lại từ bản sao lưu.",
        "File “{name}” ({sha256}) is no longer in the evidence folder. Take it from a backup.",
    ),
    "verify.file_changed": (
        "Tệp “{name}” ({sha256}) đã bị thay đổi. Hãy lấy lại từ bản sao lưu.",
        "File “{name}” ({sha256}) was changed. Take it from a backup.",
    ),
    "verify.checklist": (
        "Phiếu kiểm tra {name}: nội dung không khớp mã kiểm tra khi ban hành.",
        "Checklist {name}: its content does not match the digest of its publication.",
    ),
    "verify.criterion": (
        "Phiếu kiểm tra {name}: nội dung kiểm tra {criterion} không khớp bản ban hành.",
        "Checklist {name}: criterion {criterion} does not match what was published.",
    ),
    "verify.signature": (
        "Biên bản ký tại chỗ của cuộc kiểm tra {record} (lần {number}) không còn khớp với mã đã ký. Hãy khôi phục từ bản sao lưu.",
        "What was signed on the spot in audit {record} (number {number}) is no longer what its digest says. Restore a backup.",
    ),
    "verify.strokes": (
        "Nét chữ ký của cuộc kiểm tra {record} (lần {number}) không còn như khi thiết bị gửi. Hãy khôi phục từ bản sao lưu.",
        "The strokes of the signatures of audit {record} (number {number}) are no longer as they came. Restore a backup.",
    ),
    "verify.signed_differs": (
        "Cuộc kiểm tra {record}: nội dung “{what}” đang giữ khác nội dung đã ký (lần {number}) mà không có lần mở lại hay thông báo kết luận nào. Hãy khôi phục từ bản sao lưu.",
        "Audit {record}: what stands at “{what}” is not what was signed (number {number}), without an amendment or notice. Restore a backup.",
    ),
    "verify.ledger_gap": (
        "Sổ thao tác của thiết bị {device} thiếu số {numbers} (đã xóa cùng dữ liệu minh hoạ): không đối chiếu được mã chuỗi.",
        "The ledger of device {device} has no line {numbers} (removed with example data): its chain cannot be compared.",
    ),
    "verify.ledger_waits": (
        "Thiết bị {device} báo đã làm đến thao tác số {theirs}, máy chủ có đến số {ours}: phần còn lại đang ở thiết bị, chờ đồng bộ.",
        "Device {device} said that it has operations up to {theirs}; the server has {ours}: the rest is on the device.",
    ),
    "verify.chain": (
        "Sổ thao tác của thiết bị {device} không còn khớp với mã chuỗi. Hãy khôi phục từ bản sao lưu.",
        "The ledger of device {device} is no longer what its chain says. Restore a backup.",
    ),
    "verify.report": (
        "Báo cáo đã chốt số {number} ngày {day}: nội dung không khớp mã kiểm tra.",
        "Frozen report {number} of {day}: its content does not match its digest.",
    ),
    "verify.grade_sheet": (
        "Cuộc kiểm tra {record}: dòng đánh giá lưu sẵn để tổng hợp không khớp các câu trả lời. Hãy chạy "
        "`isoaudit db upgrade` để lập lại.",
        "Audit {record}: the grades kept for the roll-up do not match its answers. Run `isoaudit db upgrade`, which "
        "makes them anew.",
    ),
}
