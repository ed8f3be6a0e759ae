// What this device has made and the server has not yet confirmed, or did not take: one line each, in words, with what to do.
import type { Json, JsonObject, Operation } from "../core/types";
import { dayText, momentText, today } from "../core/dates";
import { decided, type Row } from "../store/ledger";
import type { Store } from "../store/store";
import { GRADE_SIGNS } from "./parts";

export type Fate = "waiting" | "held" | "confirmed" | "conflict" | "refused";
export interface Line {
  seq: number;
  /** Where it was made, "YYYY-MM-DD". */
  day: string;
  time: string;
  audit: string;
  target: string;
  what: string;
  value: string;
  fate: Fate;
  late: boolean;
  said: string;
}

const FIELDS: Record<string, string> = { remarks: "Nhận xét chung", present: "Thành phần làm việc", unit_opinion: "Ý kiến của đơn vị" };
const ENTRIES: Record<string, string> = {
  dossier: "Hồ sơ mẫu", word: "Ý kiến đơn vị về", assign: "Giao nội dung", note: "Ghi nhanh", unlisted: "Chưa có trong danh mục",
  verify: "Kiểm tra lại tồn tại", photo: "Thông tin ảnh", gps: "Vị trí", meeting: "Thông tin buổi làm việc", attendance: "Người dự họp",
};

/** Own operations that still matter: not confirmed, or confirmed and not taken and not replaced since. */
export async function ownLines(store: Store): Promise<Line[]> {
  const confirmed = await store.ledger.confirmed();
  const open = store.ledger.unconfirmed;
  const all = [...confirmed, ...open];
  const last = new Map<string, number>();
  for (const row of all) {
    const place = `${row.operation.audit} ${row.target}`;
    last.set(place, Math.max(last.get(place) ?? 0, row.operation.seq));
  }
  const clashes = await standingClashes(store, confirmed);
  const unsettled = confirmed.filter((row) => {
    const place = `${row.operation.audit} ${row.target}`;
    if (decided(row) === "refused") return last.get(place) === row.operation.seq;
    return decided(row) === "conflict" && clashes.has(place) && last.get(place) === row.operation.seq;
  });
  return [...unsettled, ...open].map(line).sort((one, other) => other.seq - one.seq);
}

/** Confirmed rows as they were sent, newest first. */
export function sentLines(rows: readonly Row[]): Line[] {
  return rows.map(line).sort((one, other) => other.seq - one.seq);
}

/** Targets that the package still shows in conflict. */
async function standingClashes(store: Store, rows: readonly Row[]): Promise<Set<string>> {
  const found = new Set<string>();
  const audits = new Set(rows.filter((row) => decided(row) === "conflict").map((row) => row.operation.audit));
  for (const audit of audits) {
    const pack = await store.packages.get(audit);
    if (pack === null) continue;
    const parts = [["", pack.answers], ["@", pack.entries], ["@", pack.fields]] as const;
    for (const [sign, standing] of parts) {
      for (const [name, { conflict }] of Object.entries(standing)) if (conflict) found.add(`${audit} ${sign}${name}`);
    }
  }
  return found;
}

function line(row: Row): Line {
  const { operation, target, outcome } = row;
  const at = new Date(operation.at);
  return {
    seq: operation.seq,
    day: today(at),
    time: momentText(operation.at).slice(-5),
    audit: operation.audit,
    target,
    what: named(operation, target),
    value: shown(operation),
    fate: fate(row),
    late: outcome?.late ?? false,
    said: outcome?.why ?? "",
  };
}

function fate(row: Row): Fate {
  const decision = decided(row);
  if (decision === "conflict" || decision === "refused") return decision;
  if (decision === "accepted" || row.confirmed_at !== "") return "confirmed";
  return row.outcome?.outcome === "held" ? "held" : "waiting";
}

function named(operation: Operation, target: string): string {
  if (operation.kind === "sign") return "Ký biên bản";
  if (operation.kind === "amend") return "Mở lại để sửa đổi";
  const name = target.startsWith("@") ? target.slice(1) : "";
  const [type = "", about = ""] = name.split("/");
  const what = name === "" ? `Nội dung ${target.replaceAll("-", "\u2011")}` : (FIELDS[name] ?? [ENTRIES[type] ?? type, ["word", "assign", "verify"].includes(type) ? about : ""].filter(Boolean).join(" "));
  return operation.kind === "settle" ? `Xử lý xung đột: ${what}` : what;
}

/** The telling part of a value: its grade, and the first text in it. */
function shown(operation: Operation): string {
  if (operation.kind === "sign") return `Ngày lập biên bản ${dayText(String(operation.value["minuted_on"] ?? ""))}`;
  const value = inner(operation.value);
  if (value === null) return "(đã xóa)";
  const grade = value["grade"];
  const sign = typeof grade === "string" && grade in GRADE_SIGNS ? GRADE_SIGNS[grade as keyof typeof GRADE_SIGNS].word : "";
  const words = ["note", "reason", "text", "finding", "caption", "number", "name", "reading", "closing"].map((key) => value[key]).find((text) => typeof text === "string" && text !== "");
  return [sign, typeof words === "string" ? words.slice(0, 160) : ""].filter(Boolean).join(" – ");
}

function inner(value: JsonObject): JsonObject | null {
  const data: Json | undefined = value["data"];
  if (data === undefined) return value;
  return data !== null && typeof data === "object" && !Array.isArray(data) ? (data as JsonObject) : null;
}
