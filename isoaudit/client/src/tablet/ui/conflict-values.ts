// Two or more values of one target beside each other: which keys differ, what each says in words, and what a merged value
// starts from. Pure; conflict.ts draws it.
import { dayText, momentText } from "../core/dates";
import type { Json, JsonObject } from "../core/types";
import { GRADE_SIGNS } from "./parts";

/** A value as the screen compares it: a field's text stands under the key "text", a removed entry is null. */
export type Sided = JsonObject | null;

const LABELS: Record<string, string> = {
  grade: "Mức", note: "Bằng chứng, ghi nhận", reason: "Lý do không áp dụng", due_on: "Thời hạn khắc phục", request: "Kiến nghị với đơn vị",
  evidence: "Ảnh", documents: "Văn bản, tài liệu đã xem", dossiers: "Hồ sơ mẫu", text: "Nội dung", number: "Số hồ sơ", procedure: "Thủ tục hành chính",
  field: "Lĩnh vực", received: "Ngày tiếp nhận", due: "Ngày hẹn trả", returned: "Ngày trả kết quả", slow_step: "Khâu chậm", supplement: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
  apology: "Phiếu xin lỗi và hẹn lại ngày trả kết quả", finding: "Kết quả xem xét", member: "Thành viên", stance: "Ý kiến của đơn vị", user_id: "Giao cho", criterion: "Nội dung kiểm tra",
  at: "Lúc", what: "Loại", settled: "Kết quả xử lý", result: "Kết quả khắc phục", caption: "Chú thích", taken_at: "Chụp lúc", latitude: "Vĩ độ",
  longitude: "Kinh độ", accuracy: "Sai số (m)", blurred: "Đã che", place: "Địa điểm", began: "Bắt đầu", ended: "Kết thúc", opening: "Họp mở đầu",
  closing: "Họp kết thúc", basis: "Căn cứ", strengths: "Ưu điểm", copies: "Số bản", read_back: "Đã đọc lại", meeting: "Cuộc họp", name: "Họ và tên",
  position: "Chức vụ", side: "Bên",
};
const WORDS: Record<string, Record<string, string>> = {
  grade: Object.fromEntries(Object.entries(GRADE_SIGNS).map(([grade, sign]) => [grade, sign.word])),
  stance: { agreed: "nhất trí", opinion: "có ý kiến", reserved: "bảo lưu" },
  result: { done: "đã khắc phục", partly: "khắc phục một phần", not_done: "chưa khắc phục" },
  what: { unit: "đơn vị", procedure: "thủ tục hành chính" },
  meeting: { opening: "họp mở đầu", closing: "họp kết thúc", both: "cả hai cuộc họp" },
  side: { team: "đoàn kiểm tra", unit: "đơn vị" },
};
const DAYS = new Set(["due_on", "received", "due", "returned"]);
const PEOPLE = new Set(["user_id", "member"]);
const LONG = new Set(["note", "reason", "request", "text", "finding", "opening", "closing", "basis", "strengths", "caption", "slow_step"]);
const NOTHING = "(trống)";

export function labelOf(key: string): string {
  return LABELS[key] ?? key;
}
export function isLong(key: string): boolean {
  return LONG.has(key);
}

/** The keys in which the values differ, in the order they stand; those of an entry that one side removed are all of them. */
export function differing(values: readonly Sided[]): string[] {
  const keys = [...new Set(values.flatMap((value) => Object.keys(value ?? {})))];
  return keys.filter((key) => new Set(values.map((value) => JSON.stringify(value?.[key] ?? null))).size > 1);
}

/** What stands under a key, in words. `person` names a member of the team. */
export function said(key: string, value: Json | undefined, person: (id: number) => string): string {
  if (value === null || value === undefined || value === "") return key === "grade" ? "chưa trả lời" : NOTHING;
  if (typeof value === "boolean") return value ? "có" : "không";
  if (PEOPLE.has(key) && typeof value === "number") return person(value);
  if (key === "evidence" && Array.isArray(value)) return value.length > 0 ? `${value.length} ảnh` : NOTHING;
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join("; ") : NOTHING;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (DAYS.has(key)) return dayText(text);
  if (key === "at" || key === "taken_at") return momentText(text) || text;
  return WORDS[key]?.[text] ?? text;
}

/** What a merged value starts from: the whole of the standing one, since a grade of one with the words of another says what nobody found. */
export function merged(values: readonly Sided[]): JsonObject {
  return { ...values.find((value) => value !== null) };
}

/** What can stand under a key that differs: what each side has, then, for lists and long texts, what all have together. */
export function choices(key: string, values: readonly Sided[]): Json[] {
  const each = values.map((value) => value?.[key] ?? null);
  const all: Json[] = each.some(Array.isArray)
    ? [[...new Set(each.flatMap((list) => (Array.isArray(list) ? (list as Json[]) : [])))]]
    : isLong(key)
      ? [[...new Set(each.map((text) => String(text ?? "").trim()))].filter((text) => text !== "").join("\n")]
      : [];
  return [...new Map([...each, ...all].map((value) => [JSON.stringify(value), value])).values()];
}
