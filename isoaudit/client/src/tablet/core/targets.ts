// What an operation is about, and the form its value has there: the whole answer, a field's text, an entry's data. The
// counterparts are in isoaudit/domain/{operations,entries}.py.
import type { AnswerValue, EntryData, JsonObject, Kind, Package, Standing, Where } from "./types";

export const FIELDS: readonly string[] = ["remarks", "present", "unit_opinion"];
export const EMPTY_ANSWER: AnswerValue = {
  grade: null,
  note: "",
  reason: "",
  due_on: null,
  request: "",
  evidence: [],
  documents: [],
  dossiers: [],
};

/** How a target is written to: the kind of its operations, its criterion, and what it holds when nothing was typed. */
export interface Slot {
  where: Where;
  kind: Kind;
  criterion: string | null;
  empty: JsonObject;
}

export function slotOf(where: Where): Slot {
  if (!where.startsWith("@")) {
    return { where, kind: "answer", criterion: where, empty: answerValue(EMPTY_ANSWER) };
  }
  const name = where.slice(1);
  if (FIELDS.includes(name)) return { where, kind: "field", criterion: null, empty: fieldValue(name, "") };
  return { where, kind: "entry", criterion: null, empty: entryValue(name, null) };
}

export function answerValue(value: AnswerValue): JsonObject {
  return { ...value };
}
export function fieldValue(name: string, text: string): JsonObject {
  return { field: name, text };
}
export function entryValue(name: string, data: EntryData | null): JsonObject {
  return { entry: name, data };
}

/** The value that ends a conflict at a target: an answer, an entry's data (null removes it), a field's text. */
export function settledValue(where: Where, value: AnswerValue | EntryData | string | null): JsonObject {
  const name = where.slice(1);
  if (!where.startsWith("@")) return answerValue({ ...EMPTY_ANSWER, ...(value as AnswerValue) });
  if (FIELDS.includes(name)) return fieldValue(name, typeof value === "string" ? value : "");
  return entryValue(name, value === null || typeof value === "string" ? null : ({ ...value } as EntryData));
}

/** The whole answer in a value; what an older package or another device left out is empty. */
export function toAnswer(value: JsonObject): AnswerValue {
  return { ...EMPTY_ANSWER, ...value };
}
export function toText(value: JsonObject): string {
  return typeof value["text"] === "string" ? value["text"] : "";
}
export function toData(value: JsonObject): EntryData | null {
  const data = value["data"];
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as EntryData) : null;
}

/** What the package says of a target, with every value in the form in which operations carry it. */
export function standingAt(pack: Package, where: Where): Standing<JsonObject> | null {
  const name = where.slice(1);
  if (!where.startsWith("@")) return formed(pack.answers[where], (value) => (value === null ? null : answerValue(value)));
  if (FIELDS.includes(name)) {
    return formed(pack.fields[name], (text) => (text === null ? null : fieldValue(name, text)));
  }
  return formed(pack.entries[name], (data) => entryValue(name, data));
}

function formed<V>(
  standing: Standing<V> | undefined,
  form: (value: V | null) => JsonObject | null,
): Standing<JsonObject> | null {
  if (standing === undefined) return null;
  const contenders = standing.contenders.map((each) => ({ ...each, value: form(each.value) }));
  return { ...standing, value: standing.revision > 0 ? form(standing.value) : null, contenders };
}
