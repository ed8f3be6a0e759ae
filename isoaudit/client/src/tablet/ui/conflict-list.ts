// What is in open conflict in an audit, and settling it. How it looks is in conflict.ts.
import type { App } from "../app";
import type { AnswerValue, Contender, EntryData, Seen, Where } from "../core/types";
import type { AuditModel } from "../model/audit";
import type { Sided } from "./conflict-values";

export interface Clash {
  target: Where;
  title: string;
  text: string;
  /** The standing value first. */
  sides: { value: Sided; by?: number | null; at?: string; device?: string; mine?: boolean }[];
}

const FIELDS: Record<string, string> = { remarks: "Nhận xét chung", present: "Thành phần làm việc của đơn vị", unit_opinion: "Ý kiến của đơn vị" };
const ENTRIES: Record<string, string> = {
  dossier: "Hồ sơ mẫu", word: "Ý kiến của đơn vị về nội dung", assign: "Giao việc nội dung", note: "Ghi nhanh", unlisted: "Chưa có trong danh mục",
  verify: "Tồn tại trước", photo: "Ảnh", gps: "Vị trí", meeting: "Cuộc họp, biên bản", attendance: "Người dự họp",
};

/** Everything in open conflict: criteria in the order of the checklist, then fields and entries. */
export function clashes(model: AuditModel): Clash[] {
  return model.conflicts().map((target) => {
    const name = target.slice(1);
    if (!target.startsWith("@")) return clash(model, target, `Nội dung ${target}`, questionOf(model, target), model.answer(target), answer);
    if (name in FIELDS) return clash(model, target, FIELDS[name] ?? name, "", model.field(name), (text) => ({ text: text ?? "" }));
    const [type = "", id = ""] = name.split("/");
    const code = type === "verify" ? (id.split(":")[1] ?? "") : id;
    const question = questionOf(model, code);
    return clash(model, target, question ? `${ENTRIES[type]} ${code}` : (ENTRIES[type] ?? name), question, model.entry(name), (data) => data);
  });
}

function questionOf(model: AuditModel, code: string): string {
  return model.pack.checklist.criteria.find((each) => each.code === code)?.text ?? "";
}

function answer(value: AnswerValue | null): Sided {
  return value === null ? null : { ...value };
}

/** A value that bears nobody's name came by a file without a proof (services/unsent.py). */
const UNPROVEN = "tệp không xác thực được nguồn";

/** Of each device the last value: what it typed on the way there lies in the history and is no choice. */
export function latest<V>(contenders: readonly Contender<V>[]): Contender<V>[] {
  return contenders.filter(
    (each) => each.device_id === undefined || !contenders.some((other) => other.device_id === each.device_id && other.revision > each.revision),
  );
}

function clash<V extends AnswerValue | EntryData | string>(model: AuditModel, target: Where, title: string, text: string, seen: Seen<V>, side: (value: V | null) => Sided): Clash {
  const device = (id: string | undefined): string => model.pack.devices.find((each) => each.device === id)?.name ?? "";
  return {
    target,
    title,
    text,
    sides: [
      { value: side(seen.value), ...(seen.by === undefined ? {} : { by: seen.by }), ...(seen.at === undefined ? {} : { at: seen.at }) },
      ...latest(seen.contenders).map((each) => ({
        ...each,
        value: side(each.value),
        device: device(each.device_id) || (each.by === null ? UNPROVEN : ""),
        mine: each.mine === true || each.device_id === model.device,
      })),
    ],
  };
}

/** Settle it with this value. */
export async function settle(model: AuditModel, app: App, each: Clash, value: Sided): Promise<void> {
  const field = each.target.slice(1) in FIELDS;
  await model.settle(each.target, field ? String(value?.["text"] ?? "") : (value as AnswerValue | EntryData | null));
  app.say("Đã xử lý xung đột.", "good");
}
