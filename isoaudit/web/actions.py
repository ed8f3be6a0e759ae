"""How the codes of the audit log's actions read on screen; a code without words is shown as it is."""

_ACTIONS: dict[str, tuple[str, str]] = {
    "sign_in": ("Đăng nhập", "Signed in"),
    "sign_in.failed": ("Sai mật khẩu", "Wrong password"),
    "sign_in.second_failed": ("Sai mã xác thực", "Wrong second factor"),
    "sign_in.unknown": ("Đăng nhập bằng tên không có", "Sign-in with an unknown name"),
    "sign_in.closed": ("Đăng nhập vào tài khoản đã khóa hoặc ngừng", "Sign-in to a closed account"),
    "sign_in.limited": ("Chặn do sai quá nhiều lần", "Stopped after too many failures"),
    "sign_out": ("Đăng xuất", "Signed out"),
    "rate.limited": ("Chặn do gửi quá nhiều", "Stopped after too many requests"),
    "refused": ("Bị từ chối", "Refused"),
    "account.add": ("Thêm tài khoản", "Account added"),
    "account.edit": ("Sửa tài khoản", "Account edited"),
    "account.assign": ("Đổi vai trò, đơn vị", "Roles or units changed"),
    "account.disable": ("Ngừng tài khoản", "Account disabled"),
    "account.enable": ("Mở lại tài khoản", "Account enabled"),
    "account.lock": ("Khóa tài khoản sau 5 lần sai", "Account locked after five failures"),
    "account.unlock": ("Mở khóa tài khoản", "Account unlocked"),
    "account.password": ("Đổi mật khẩu", "Password changed"),
    "account.reset": ("Cấp lại mật khẩu", "Password reset"),
    "account.second_factor_on": ("Bật xác thực hai lớp", "Second factor on"),
    "account.second_factor_off": ("Tắt xác thực hai lớp", "Second factor off"),
    "account.recovery_codes": ("Tạo mã dự phòng mới", "New recovery codes"),
    "evidence.add": ("Thêm tệp minh chứng", "File added"),
    "backup.make": ("Sao lưu", "Backup made"),
    "backup.restore": ("Phục hồi", "Backup restored"),
    "settings.write": ("Đổi thiết lập", "Settings changed"),
    "checklist.publish": ("Ban hành phiếu kiểm tra", "Checklist published"),
    "audit.answer": ("Trả lời nội dung kiểm tra", "Criterion answered"),
    "audit.start": ("Bắt đầu kiểm tra", "Audit started"),
    "audit.minute": ("Lập biên bản kiểm tra", "Audit minuted"),
    "audit.sign": ("Ký biên bản tại chỗ", "Minutes signed on the spot"),
    "audit.conclude": ("Thông báo kết luận kiểm tra", "Audit concluded"),
    "audit.reopen": ("Mở lại cuộc kiểm tra", "Audit reopened"),
    "audit.cancel": ("Hủy cuộc kiểm tra", "Audit cancelled"),
    "audit.photo_lost": ("Ghi ảnh không còn", "Photo said to be lost"),
    "audit.unlisted": ("Xử lý mục chưa có trong danh mục", "Unlisted thing settled"),
    "audit.plan": ("Lập cuộc kiểm tra", "Audits planned"),
    "audit.team": ("Đổi đoàn kiểm tra", "Team changed"),
    "programme.add": ("Thêm kế hoạch năm", "Programme added"),
    "programme.correct": ("Sửa kế hoạch năm", "Programme corrected"),
    "nonconformity.extended": ("Gia hạn khắc phục", "Deadline extended"),
    "nonconformity.contested": ("Ghi bảo lưu của đơn vị", "Nonconformity contested"),
    "nonconformity.answered": ("Ghi giải trình của đơn vị", "Nonconformity answered"),
    "nonconformity.implemented": ("Ghi báo cáo khắc phục", "Corrective action reported"),
    "nonconformity.returned": ("Trả lại báo cáo khắc phục", "Corrective action returned"),
    "nonconformity.closed": ("Đóng điểm không phù hợp", "Nonconformity closed"),
    "document.add": ("Vào sổ văn bản", "Document added"),
    "document.attach": ("Đính kèm tệp văn bản", "Document file attached"),
    "document.correct": ("Sửa văn bản", "Document corrected"),
    "document.restore": ("Khôi phục văn bản", "Document restored"),
    "document.void": ("Bỏ văn bản", "Document voided"),
    "task.add": ("Thêm nhiệm vụ", "Task added"),
    "task.correct": ("Sửa nhiệm vụ", "Task corrected"),
    "task.restore": ("Khôi phục nhiệm vụ", "Task restored"),
    "task.void": ("Bỏ nhiệm vụ", "Task voided"),
    "example.remove": ("Xóa dữ liệu minh hoạ", "Example data removed"),
    "operation.refused": ("Từ chối thao tác từ máy", "Operation refused"),
    "device.take": ("Mang cuộc kiểm tra theo thiết bị", "Audit taken along"),
    "device.release": ("Thôi chờ thiết bị", "Device released"),
    "device.revoke": ("Thu hồi thiết bị", "Device revoked"),
    "device.use_again": ("Đưa thiết bị vào dùng lại", "Device taken back into use"),
    "device.orphans": ("Đưa nội dung đã giữ vào cuộc kiểm tra", "Kept work brought into an audit"),
    "device.wiped": ("Thiết bị đã xóa dữ liệu", "Device wiped"),
    "recovery.ask": ("Xin mở lại dữ liệu trên thiết bị", "Recovery of a device asked for"),
    "recovery.approved": ("Cho mở lại dữ liệu trên thiết bị", "Recovery of a device approved"),
    "recovery.refused": ("Không cho mở lại dữ liệu trên thiết bị", "Recovery of a device refused"),
    "device.unsent": ("Nhập tệp dữ liệu chưa gửi", "File of unsent data imported"),
}

_NOUNS: dict[str, tuple[str, str]] = {
    "declaration": ("công bố", "declaration"),
    "milestone": ("nội dung đã thực hiện", "milestone"),
    "activity": ("việc hằng năm", "yearly activity"),
    "procedures": ("số liệu TTHC", "procedures"),
    "obligation": ("diện áp dụng", "obligation"),
    "exemption": ("thời gian không áp dụng", "exemption"),
    "document": ("văn bản", "document"),
    "task": ("nhiệm vụ", "task"),
}
_VERBS: dict[str, tuple[str, str]] = {
    "add": ("Nhập", "entered"),
    "correct": ("Sửa", "corrected"),
    "void": ("Hủy", "voided"),
    "restore": ("Khôi phục", "restored"),
    "attach": ("Đính kèm tệp", "given a file"),
}
_ACTIONS |= {
    f"{noun}.{verb}": (f"{done_vi} {vi}", f"{en[:1].upper()}{en[1:]} {done_en}")
    for noun, (vi, en) in _NOUNS.items()
    for verb, (done_vi, done_en) in _VERBS.items()
}
_ACTIONS["import"] = ("Nhập dữ liệu từ tệp", "Data imported")


def action_label(code: str, language: str) -> str:
    """What an action is called in "vi" or "en"."""
    vi, en = _ACTIONS.get(code, (code, code))
    return en if language == "en" else vi
