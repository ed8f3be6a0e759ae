// What may go wrong between the device and the server, named, and said in words. None of these ever removes anything on
// the device; each says what the person can do.

export type Kind =
  | "offline" // no connection, or it broke before an answer
  | "timeout" // no answer in time
  | "portal" // something in between answered: a sign-in page of the network, a proxy
  | "garbled" // our server's answer came incomplete or makes no sense
  | "signin" // 401: signed out on the server
  | "other" // signed in as somebody else than the owner of the data
  | "revoked" // 403: the office revoked this device
  | "forbidden" // 403
  | "missing" // 404
  | "conflict" // 409
  | "large" // 413
  | "refused" // 422 and other 4xx
  | "busy" // 429
  | "server" // 5xx
  | "chain" // the receipt does not match what this device holds
  | "gap" // the server lacks what it once confirmed
  | "full" // no room left on the device
  | "device"; // the device's own storage failed

export interface Trouble {
  kind: Kind;
  /** HTTP status; 0 when none came. */
  status: number;
  /** Stable code of the server's refusal ("device.revoked"), or "". */
  code: string;
  /** The server's own words, or "". */
  said: string;
  /** Seconds the server asks to wait, or 0. */
  wait: number;
  /** Bytes of an upload that the server has, when it says so. */
  offset: number | null;
}

export function trouble(kind: Kind, more: Partial<Trouble> = {}): Trouble {
  return { kind, status: 0, code: "", said: "", wait: 0, offset: null, ...more };
}

export class Failure extends Error {
  constructor(readonly trouble: Trouble) {
    super(`${trouble.kind} ${trouble.status} ${trouble.code}`.trim());
  }
}

const WORDS: Record<Kind, [string, string]> = {
  offline: ["Không có kết nối đến máy chủ.", "Ứng dụng tự đồng bộ khi có mạng trở lại."],
  timeout: ["Máy chủ chưa trả lời kịp, mạng đang rất chậm.", "Ứng dụng tự thử lại; có thể chuyển sang nơi sóng tốt hơn."],
  portal: [
    "Mạng này chưa cho ra ngoài: nhận được một trang khác thay cho máy chủ (thường là trang đăng nhập Wi-Fi).",
    "Mở trình duyệt, đăng nhập mạng Wi-Fi hoặc chuyển sang mạng khác, rồi đồng bộ lại.",
  ],
  garbled: ["Câu trả lời của máy chủ đến không đầy đủ.", "Ứng dụng tự thử lại và không xóa gì trước khi nhận đủ."],
  signin: ["Phiên đăng nhập trên máy chủ đã hết hạn.", "Đăng nhập lại để gửi; trong lúc đó vẫn làm việc bình thường."],
  other: ["Trình duyệt đang đăng nhập bằng tài khoản khác.", "Đăng xuất tài khoản đó và đăng nhập bằng tài khoản của mình."],
  revoked: ["Cơ quan thường trực đã thu hồi thiết bị này.", "Xuất phần chưa gửi ra tệp và giao cho cơ quan thường trực."],
  forbidden: ["Máy chủ không cho phép việc này.", "Liên hệ trưởng đoàn hoặc cơ quan thường trực."],
  missing: ["Máy chủ không có nội dung được hỏi.", "Có thể phần mềm trên máy chủ đang cập nhật; ứng dụng sẽ thử lại."],
  conflict: ["Máy chủ đang có bản khác.", "Ứng dụng lấy lại tình trạng mới nhất rồi gửi tiếp."],
  large: ["Máy chủ từ chối gói dữ liệu vì quá lớn.", "Ứng dụng chia nhỏ rồi gửi lại; nếu vẫn còn, hãy xuất ra tệp."],
  refused: ["Máy chủ không nhận.", "Xem lý do bên dưới; dữ liệu vẫn còn trên thiết bị."],
  busy: ["Máy chủ đang bận.", "Ứng dụng chờ rồi tự gửi lại."],
  server: ["Máy chủ gặp lỗi.", "Ứng dụng tự thử lại; dữ liệu vẫn còn trên thiết bị."],
  chain: [
    "Biên nhận của máy chủ không khớp với nhật ký trên thiết bị.",
    "Không có gì bị xóa. Hãy xuất phần chưa gửi ra tệp và báo cơ quan thường trực.",
  ],
  gap: [
    "Máy chủ thiếu những mục mà trước đây đã xác nhận (có thể vừa khôi phục từ bản sao lưu cũ).",
    "Không có gì bị xóa trên thiết bị. Hãy xuất phần chưa gửi ra tệp và báo cơ quan thường trực.",
  ],
  full: ["Thiết bị hết chỗ lưu.", "Không có gì bị mất. Hãy đồng bộ, bỏ bớt cuộc đã gửi xong hoặc giải phóng bộ nhớ thiết bị, rồi thử lại."],
  device: ["Không đọc hoặc ghi được bộ nhớ của thiết bị.", "Kiểm tra dung lượng còn trống, rồi mở lại ứng dụng."],
};

/** Codes whose words are about pages and forms, not about what a device does, or say again what is said here. */
const GENERAL = /^(page|access|form|signin)\.|^unexpected$|^device\.revoked$/;

/** What happened and what to do, for the screen. */
export function inWords(trouble: Trouble): { what: string; todo: string } {
  const [what, todo] = WORDS[trouble.kind];
  if (trouble.kind === "other" && trouble.said) return { what: what.replace(/\.$/, ` ${trouble.said}.`), todo };
  return { what: trouble.said && !GENERAL.test(trouble.code) ? `${what} ${trouble.said}` : what, todo };
}
