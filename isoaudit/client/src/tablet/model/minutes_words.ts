// The sentences of the minutes, and how they write numbers and lists (RULES §9); days are in core/dates.ts.
import type { EntryData, Package } from "../core/types";
import type { Finding, Mark, Signing, Stance } from "./minutes";
import type { DossierRow } from "./minutes_dossiers";

/** Where something is to be filled in by hand. */
export const BLANK = "……………………………………………………";

/** A count in running text: "không", "05", "10", "1.234". */
export function countText(count: number): string {
  if (count === 0) return "không";
  return count < 10 ? `0${count}` : String(count).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** A count with what is counted: "02 khuyến nghị", "không có khuyến nghị" ("không khuyến nghị" would be advice against). */
export function amountText(count: number, what: string): string {
  return count === 0 ? `không có ${what}` : `${countText(count)} ${what}`;
}

/** "a; b và c". */
export function listText(parts: readonly string[]): string {
  const last = parts[parts.length - 1] ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join("; ")} và ${last}` : last;
}

/** Numbers of a list as paper names them: "01, 02". */
export function numbersText(numbers: readonly number[]): string {
  return numbers.map(countText).join(", ");
}

/** The standard that the checklist is about, as paper names it. */
export function standard(pack: Package): string {
  const year = /^iso9001-(\d{4})$/.exec(pack.checklist.edition)?.[1];
  return year ? `TCVN ISO 9001:${year}` : "TCVN ISO 9001";
}

const COMMITTEES = new Set(["district", "commune", "ward", "township", "special_zone"]);

/** The unit as paper names it: a territory by its people's committee. */
export function unitName(unit: Package["unit"]): string {
  if (!COMMITTEES.has(unit.kind) || unit.name.startsWith("UBND")) return unit.name;
  return `UBND ${unit.name.charAt(0).toLocaleLowerCase("vi")}${unit.name.slice(1)}`;
}

/** The basis as typed, a line each; else what the package knows of. */
export function basisOf(pack: Package, typed: string): string[] {
  const lines = typed.split("\n").map((each) => each.replace(/^[-–\s]+/, "").replace(/[;.\s]+$/, "")).filter(Boolean);
  return lines.length ? lines : [suggestedBasis(pack)].filter(Boolean);
}

/** The basis that the package knows of: the programme of the year with its document. */
export function suggestedBasis(pack: Package): string {
  const plan = pack.programme;
  if (!plan) return "";
  const number = plan.document ? ` số ${plan.document}` : "";
  if (plan.name.startsWith("Kế hoạch")) return `Thực hiện ${plan.name}${number && ` (${number.trim()})`}`;
  return `Thực hiện Kế hoạch${number} về ${plan.name.charAt(0).toLocaleLowerCase("vi")}${plan.name.slice(1)}`;
}

/** A place inside a sentence: "trụ sở UBND xã …". */
export function placeText(place: string): string {
  return place.replace(/^(Trụ sở|Hội trường|Phòng|Nhà|Trung tâm)(?= )/, (word) => word.toLocaleLowerCase("vi"));
}

export function dossierText(rows: readonly DossierRow[]): string {
  if (!rows.length) return "";
  const fields = new Set(rows.map((each) => each.field).filter(Boolean)).size;
  const late = rows.filter((each) => each.late > 0).length;
  const of = fields ? ` thuộc ${countText(fields)} lĩnh vực` : "";
  return `Đoàn kiểm tra chọn xem xét ${countText(rows.length)} hồ sơ${of}; số hồ sơ quá hạn: ${countText(late)}.`;
}

export function asks(pack: Package, shortcomings: number): string {
  if (!shortcomings) return "Đoàn kiểm tra đề nghị đơn vị tiếp tục duy trì, cải tiến Hệ thống quản lý chất lượng theo quy định.";
  return `Đoàn kiểm tra đề nghị ${unitName(pack.unit)} khắc phục các tồn tại, hạn chế nêu tại mục IV trong thời hạn dưới đây và báo cáo kết quả bằng văn bản, kèm bằng chứng, về Cơ quan thường trực ISO.`;
}

export function unitWord(findings: readonly Finding[]): string {
  const numbers = (stance: Stance): number => findings.filter((each) => each.word.stance === stance).length;
  const told = [
    numbers("agreed") ? `nhất trí với ${countText(numbers("agreed"))} nội dung` : "",
    numbers("opinion") ? `có ý kiến đối với ${countText(numbers("opinion"))} nội dung` : "",
    numbers("reserved") ? `bảo lưu ý kiến đối với ${countText(numbers("reserved"))} nội dung` : "",
  ].filter(Boolean);
  if (!told.length) return "";
  const kept = numbers("reserved") ? " Nội dung bảo lưu được Đoàn kiểm tra báo cáo cấp có thẩm quyền xem xét tại thông báo kết luận." : "";
  return `Đối với các nội dung nêu tại mục IV và mục V, đơn vị ${listText(told)}.${kept}`;
}

export function closing(meeting: EntryData, signing: Signing | null, reserved: boolean): string {
  const copies = number(meeting["copies"], 2);
  const refused = signing?.signatures.filter((each) => each.refused) ?? [];
  const read = meeting["read_back"] === true ? "đã được đọc lại cho những người có tên nêu trên cùng nghe" : "đã được những người có tên nêu trên cùng xem";
  const kept = reserved ? ", trừ các nội dung bảo lưu nêu tại mục VII," : "";
  const agreed = refused.length ? `; ${refused.map(refusal).join("; ")}` : `, thống nhất nội dung${kept} và cùng ký tên dưới đây`;
  const share = copies > 1 ? `, có giá trị như nhau; đơn vị được kiểm tra giữ 01 bản, Đoàn kiểm tra giữ ${countText(copies - 1)} bản` : "";
  return `Việc kiểm tra kết thúc ${hour(text(meeting["ended"]))} cùng ngày. Biên bản ${read}${agreed}. Biên bản được lập thành ${countText(copies)} bản${share}./.`;
}

function refusal(mark: Mark): string {
  const who = mark.side === "unit" ? "đại diện đơn vị được kiểm tra" : "Trưởng đoàn";
  return `${who} không ký biên bản, lý do: ${mark.reason.replace(/[.\s]+$/, "")}`;
}

export function amendment(signing: Signing | null): string {
  if (!signing?.amends) return "";
  return `Biên bản này thay thế biên bản đã ký có mã nội dung ${signing.amends.slice(0, 16)}….`;
}

/** "hồi 08 giờ 30 phút"; dots where no hour is known. */
export function hour(time: string): string {
  const [hours, minutes] = time.split(":");
  return hours && minutes ? `hồi ${hours} giờ ${minutes} phút` : "hồi …… giờ …… phút";
}

/** The entries of one type, in the order of their names. */
export function under(entries: Record<string, EntryData>, prefix: string): [string, EntryData][] {
  return Object.entries(entries)
    .filter(([name]) => name.startsWith(prefix))
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

export function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

export function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && value > 0 ? value : otherwise;
}
