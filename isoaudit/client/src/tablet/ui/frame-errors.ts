// Errors that a person may meet, in words; all others are unexpected and told as such.
import { AuditLocked, NotHead, NotReady, NotTaken } from "../model/audit-errors";
import { OpenElsewhere, StillUnsent, StorageBroken, StorageFull } from "../store/errors";

const WORDS: [kind: new (...given: never[]) => Error, words: string][] = [
  [AuditLocked, "Nội dung đã khóa: biên bản đã ký hoặc cuộc kiểm tra đã hủy. Muốn sửa biên bản đã ký, trưởng đoàn lập bản sửa đổi ở mục Ký."],
  [NotHead, "Việc này dành cho trưởng đoàn."],
  [NotReady, "Chưa ký được: còn nội dung thiếu. Xem danh sách ở màn hình Ký."],
  [NotTaken, "Cuộc kiểm tra này không có trên thiết bị. Hãy mang theo khi có mạng."],
  [StorageFull, "Thiết bị hết chỗ lưu, nội dung vừa rồi chưa được ghi. Hãy đồng bộ, bỏ bớt cuộc đã gửi xong hoặc giải phóng bộ nhớ."],
  [StorageBroken, "Không đọc hoặc ghi được bộ nhớ của thiết bị. Hãy tải lại ứng dụng; những gì đã lưu vẫn còn."],
  [StillUnsent, "Còn nội dung chưa được máy chủ xác nhận. Hãy đồng bộ trước."],
  [OpenElsewhere, "Ứng dụng đang mở dữ liệu này ở một thẻ khác. Hãy đóng thẻ đó."],
];

export function errorWords(error: unknown): string {
  const known = WORDS.find(([kind]) => error instanceof kind);
  return known?.[1] ?? "Có lỗi ngoài dự kiến. Những gì đã lưu vẫn còn trên thiết bị; hãy thử lại.";
}
