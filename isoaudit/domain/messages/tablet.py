"""Refusals of the tablet's uploads and recoveries. Those about operations and audits are in `audits`."""

MESSAGES: dict[str, tuple[str, str]] = {
    "request.shape": (
        "Nội dung gửi lên không đúng dạng ở “{field}” ({value}). Chưa ghi gì; hãy cập nhật ứng dụng rồi đồng bộ lại.",
        "What was sent is malformed at “{field}” ({value}). Nothing was saved; update the app and synchronise again.",
    ),
    "package.unknown": (
        "Máy chủ không có cuộc kiểm tra {record}, hoặc bạn không ở trong đoàn. Bản đã mang theo vẫn giữ nguyên trên thiết bị; hãy mở lại danh sách, hoặc báo cơ quan thường trực nếu máy chủ vừa được phục hồi.",
        "The server has no audit {record}, or you are not in its team. What was taken along stays on the device; open the list again, or tell the standing office if the server was restored.",
    ),
    "evidence.offset": (
        "Tệp {record}: máy chủ đang có {offset} byte, phần gửi lên không nối tiếp. Thiết bị sẽ gửi tiếp từ đó.",
        "File {record}: the server has {offset} bytes and the piece sent does not go on from there. The device continues from that place.",
    ),
    "evidence.missing": (
        "Máy chủ chưa có tệp {record}. Hãy đồng bộ trên thiết bị đang giữ tệp này.",
        "The server has no file {record} yet. Synchronise the device that holds it.",
    ),
    "evidence.headers": (
        "Phần tệp gửi lên thiếu hoặc sai “{field}”. Hãy cập nhật ứng dụng trên thiết bị rồi đồng bộ lại.",
        "The piece sent has no or a wrong “{field}”. Update the app on the device and synchronise again.",
    ),
    "evidence.media_type": (
        "Phần tệp phải gửi với kiểu {expected}. Hãy cập nhật ứng dụng trên thiết bị rồi đồng bộ lại.",
        "A piece of a file is sent as {expected}. Update the app on the device and synchronise again.",
    ),
    "evidence.cut": (
        "Tệp {record} bị đứt giữa chừng khi gửi. Phần đã nhận được giữ lại; thiết bị sẽ gửi tiếp.",
        "File {record} was cut off on its way. What has arrived is kept; the device continues.",
    ),
    "evidence.quota": (
        "Tài khoản đã gửi quá nhiều tệp trong thời gian ngắn. Tệp vẫn còn trên thiết bị; hãy thử lại sau {seconds} giây.",
        "The account has sent too many files lately. They are still on the device; try again in {seconds} seconds.",
    ),
    "device.in_use": (
        "Thiết bị {record} đang được dùng, không bị thu hồi. Hãy tải lại trang.",
        "Device {record} is in use and not revoked. Reload the page.",
    ),
    "device.cleared": (
        "Thiết bị {record} đã xóa hết dữ liệu nên không đưa lại vào dùng được dưới mã này. Hãy thiết lập lại từ đầu trên máy: đăng nhập, đặt mã PIN; máy được ghi là thiết bị mới.",
        "Device {record} has cleared everything away and cannot come back under this name. Set it up anew: sign in and choose a PIN; it is listed as a new device.",
    ),
    "orphans.none": (
        "Không còn nội dung nào của cuộc kiểm tra {record} chờ được đưa vào. Hãy tải lại trang.",
        "Nothing of audit {record} waits to be brought in any more. Reload the page.",
    ),
    "orphans.team": (
        "{person} không ở trong đoàn của cuộc kiểm tra {record}. Hãy thêm vào đoàn trước, rồi đưa nội dung vào.",
        "{person} is not in the team of audit {record}. Add them to the team first, then bring the work in.",
    ),
    "orphans.state": (
        "Cuộc kiểm tra {record} {vi}, không nhận nội dung nữa. Hãy chọn cuộc kiểm tra khác.",
        "Audit {record} is {en} and takes nothing any more. Choose another audit.",
    ),
    "photo.lost_by": (
        "Cuộc kiểm tra {record}: chỉ trưởng đoàn hoặc cơ quan thường trực được ghi là ảnh không còn. Hãy báo họ.",
        "Audit {record}: only the head of the team or the standing office may say that a photo is lost. Tell them.",
    ),
    "photo.not_missing": (
        "Cuộc kiểm tra không còn chờ ảnh {record}: ảnh đã về, hoặc không được nêu. Hãy tải lại trang.",
        "The audit does not wait for photo {record}: it has arrived, or nothing names it. Reload the page.",
    ),
    "photo.lost_reason": (
        "Ảnh {record}: cần nêu vì sao ảnh không còn, không quá {most} ký tự. Hãy điền ô “Lý do” rồi ghi lại.",
        "Photo {record}: say why it is lost, in at most {most} characters. Fill in “Reason” and save again.",
    ),
    "recovery.wrapped": (
        "Khóa dữ liệu gửi lên không mở được bằng khóa khôi phục của máy chủ này. Hãy xuất phần chưa gửi ra tệp và báo cơ quan thường trực.",
        "The data key sent cannot be opened with this server's recovery key. Export what is unsent and tell the standing office.",
    ),
    "recovery.public_key": (
        "Khóa công khai của thiết bị không phải khóa RSA từ 2048 bit. Hãy cập nhật ứng dụng trên thiết bị rồi thử lại.",
        "The device's public key is no RSA key of 2048 bits or more. Update the app on the device and try again.",
    ),
    "recovery.reason": (
        "Cần nêu lý do xin mở khóa. Hãy điền ô “Lý do” rồi gửi lại.",
        "A reason is needed. Fill in “Reason” and send again.",
    ),
    "recovery.why": (
        "Yêu cầu mở khóa {record}: từ chối phải nêu lý do. Hãy điền ô “Lý do” rồi ghi lại.",
        "Recovery {record}: refusing needs a reason. Fill in “Reason” and save again.",
    ),
    "recovery.unknown": (
        "Không có yêu cầu mở khóa {record}. Hãy gửi yêu cầu mới từ thiết bị.",
        "There is no recovery {record}. Ask anew from the device.",
    ),
    "recovery.decided": (
        "Yêu cầu mở khóa {record} đã được giải quyết. Hãy tải lại trang để xem kết quả.",
        "Recovery {record} has been decided already. Reload the page to see how.",
    ),
    "recovery.own": (
        "Yêu cầu mở khóa {record} là của chính bạn. Hãy để người khác ở cơ quan thường trực giải quyết.",
        "Recovery {record} is your own. Let somebody else of the standing office decide.",
    ),
    "unsent.format": (
        "Tệp này không phải tệp “chưa gửi” của ứng dụng kiểm tra. Hãy chọn đúng tệp .json mà thiết bị đã xuất.",
        "This is no file of unsent work of the tablet app. Choose the .json file that the device exported.",
    ),
    "unsent.damaged": (
        "Tệp chưa gửi bị đứt hoặc đã bị sửa nên chưa nhập gì. Hãy xuất lại từ thiết bị và chép nguyên tệp.",
        "The file of unsent work was cut or changed; nothing was taken in. Export it again and copy it whole.",
    ),
    "unsent.proof": (
        "Tệp chưa gửi không phải do thiết bị của “{value}” làm ra, hoặc đã bị sửa: dấu xác thực không khớp nên chưa nhập gì. Hãy xuất lại từ chính thiết bị đó.",
        "The file was not made by the device of “{value}”, or was changed: its proof is wrong and nothing was taken in. Export it again from that very device.",
    ),
    "unsent.unproven": (
        "Tệp chưa gửi không có dấu xác thực, mà thiết bị của “{value}” đã có khóa để ghi dấu này nên chưa nhập gì. Hãy xuất lại từ chính thiết bị đó.",
        "The file has no proof although the device of “{value}” has the key to write one; nothing was taken in. Export it again from that very device.",
    ),
    "unsent.old_size": (
        "Tệp do bản cũ của ứng dụng xuất chỉ nhận đến {most} MB. Hãy mở ứng dụng khi có mạng để cập nhật rồi xuất lại; phần chưa gửi vẫn còn trên thiết bị.",
        "A file of an older version of the app is taken up to {most} MB. Open the app with a network to update it and export again; what is unsent is still on the device.",
    ),
    "unsent.stranger": (
        "Tệp chưa gửi là của tài khoản “{value}” hoặc thiết bị không thuộc hệ thống này nên chưa nhập gì.",
        "The file belongs to account “{value}” or to a device that is not of this installation; nothing was taken in.",
    ),
}
