// The sampled dossiers as the minutes list them; the screen of dossiers numbers them the same way.
import { dayText } from "../core/dates";
import { daysLate } from "../core/dossiers";
import type { EntryData } from "../core/types";

export interface DossierRow {
  id: string;
  /** Place in the list, from 1. */
  number: number;
  code: string;
  procedure: string;
  field: string;
  received: string;
  due: string;
  returned: string;
  /** Whole days after the day promised; 0 when it was not late. */
  late: number;
  /** What was found: slow step, slips, the finding; else what its days say; "–" when nobody wrote anything. */
  found: string;
}

/** The dossiers in the order of the day received, then of their numbers. `asOf` counts for those not yet returned. */
export function dossierRows(entries: Record<string, EntryData>, asOf: string): DossierRow[] {
  return Object.entries(entries)
    .filter(([name]) => name.startsWith("dossier/"))
    .map(([name, data]) => ({ id: name.slice("dossier/".length), data }))
    .sort((one, other) => order(one.data, other.data) || (one.id < other.id ? -1 : 1))
    .map(({ id, data }, at) => ({
      id,
      data,
      number: at + 1,
      code: text(data["number"]),
      procedure: text(data["procedure"]),
      field: text(data["field"]),
      received: day(data["received"]),
      due: day(data["due"]),
      returned: day(data["returned"]),
      late: daysLate(text(data["due"]), text(data["returned"]), asOf) ?? 0,
    }))
    .map(({ data, ...row }) => ({ ...row, found: foundText(data) || plain(row.late, row.returned) }));
}

function plain(late: number, returned: string): string {
  if (late) return returned ? "Trả kết quả quá hạn" : "Quá hạn, chưa trả kết quả";
  return returned ? "–" : "Đang giải quyết";
}

function foundText(data: EntryData): string {
  const parts = [
    text(data["slow_step"]) ? `khâu chậm: ${text(data["slow_step"])}` : "",
    data["supplement"] === true ? "có phiếu yêu cầu bổ sung" : "",
    data["apology"] === true ? "có phiếu xin lỗi và hẹn lại" : "",
    text(data["finding"]),
  ].filter(Boolean);
  const joined = parts.join("; ");
  return joined ? joined.charAt(0).toLocaleUpperCase("vi") + joined.slice(1) : "";
}

function order(one: EntryData, other: EntryData): number {
  const first = text(one["received"]) || "9999";
  const second = text(other["received"]) || "9999";
  if (first !== second) return first < second ? -1 : 1;
  const [code, next] = [text(one["number"]), text(other["number"])];
  return code === next ? 0 : code < next ? -1 : 1;
}

function day(value: unknown): string {
  return text(value) ? dayText(text(value)) : "";
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
