// Signing on the device: the content as it is signed, its digest, who signed or refused; and amending what was signed. What
// the server makes of it is in isoaudit/domain/signing.py.
import { cleaned, digestOf } from "../core/canonical";
import { isDay } from "../core/dates";
import { answerValue, FIELDS, toAnswer, toData, toText } from "../core/targets";
import type {
  AnswerValue, EntryData, JsonObject, Missing, Package, Side, Signature, SignedContent, SignatureLine,
} from "../core/types";
import { SIGNATURE } from "../core/types";
import { decided, type Offered, type Row } from "../store/ledger";
import { NotHead, NotReady } from "./audit-errors";
import type { Desk } from "./audit-desk";

export interface SignInput {
  minuted_on: string;
  signatures: Signature[];
}
/** Where signing is: whether the audit is locked, by which signature, and what the server said of the last try. */
export interface Signing {
  locked: boolean;
  /** The last signature, also while it is being amended. */
  last: SignatureLine | null;
  state: "none" | "waiting" | "sent" | "refused";
  /** The server's words when the last signature or amendment was refused. */
  said: string;
}

export function signingOf(pack: Package, rows: readonly Row[]): Signing {
  const found: Signing = {
    locked: pack.state !== "planned" && pack.state !== "under_way",
    last: pack.signature,
    state: pack.signature === null ? "none" : "sent",
    said: "",
  };
  for (const row of rows) {
    const { operation, outcome } = row;
    const said = decided(row);
    const signed = operation.kind === "sign" ? lineOf(row, (found.last?.number ?? 0) + 1, pack.me) : null;
    if (said === "refused") {
      found.said = outcome?.why ?? "";
      found.state = "refused";
      continue;
    }
    const known = signed !== null && signed.digest === pack.signature?.digest;
    if (known || (outcome !== null && said !== null && outcome.audit_revision <= pack.revision)) {
      found.said = "";
      if (found.state === "refused") found.state = found.last === null ? "none" : "sent";
      continue;
    }
    found.locked = signed !== null;
    if (signed !== null) found.last = signed;
    found.state = said === null ? "waiting" : "sent";
    found.said = "";
  }
  return found;
}

function lineOf(row: Row, number: number, me: number): SignatureLine {
  const { value, at } = row.operation;
  const text = (key: string): string => (typeof value[key] === "string" ? value[key] : "");
  const signatures = (value["signatures"] ?? []) as unknown as Signature[];
  const amends = text("amends") || null;
  return { number, digest: text("digest"), minuted_on: text("minuted_on"), signed_at: at, by: me, signatures, amends };
}

/** What is signed: all answers in the order of the checklist, entries and general texts, as they are seen here. */
export function contentOf(desk: Desk, minutedOn: string): SignedContent {
  const { audit, checklist } = desk.pack;
  const answers: SignedContent["answers"] = [];
  for (const { code } of checklist.criteria) {
    const value = desk.typing(code) ?? desk.sight(code).value;
    if (value !== null) answers.push({ criterion: code, value: clean<AnswerValue>(answerValue(toAnswer(value))) });
  }
  const entries: Record<string, EntryData> = {};
  const fields: Record<string, string> = {};
  for (const where of desk.targets().sort()) {
    const value = desk.typing(where) ?? desk.sight(where).value;
    const name = where.slice(1);
    if (value === null || where === SIGNATURE) continue;
    if (FIELDS.includes(name)) fields[name] = clean<string>(toText(value));
    else {
      const data = toData(value);
      if (data !== null) entries[name] = clean<EntryData>(data);
    }
  }
  const { id, version, digest } = checklist;
  return { audit, checklist: { id, version, digest }, minuted_on: minutedOn, answers, entries, fields };
}

/** The operation that signs. Raises NotHead and NotReady. */
export async function signature(desk: Desk, input: SignInput, missing: readonly Missing[]): Promise<Offered> {
  if (desk.pack.role !== "head") throw new NotHead();
  if (missing.length > 0) throw new NotReady(missing);
  if (!isDay(input.minuted_on)) throw new NotReady([], "day");
  for (const side of ["team", "unit"] satisfies Side[]) {
    const own = input.signatures.filter((each) => each.side === side);
    if (own.length === 0 || own.some((each) => !complete(each))) throw new NotReady([], side);
  }
  const content = contentOf(desk, input.minuted_on);
  const value: JsonObject = {
    content: cleaned(content),
    digest: await digestOf(content),
    minuted_on: input.minuted_on,
    signatures: cleaned(input.signatures),
    amends: signingOf(desk.pack, desk.own(SIGNATURE)).last?.digest ?? null,
  };
  return { audit: desk.audit, kind: "sign", target: SIGNATURE, criterion: null, value, known: desk.told(SIGNATURE) };
}

/** The operation that opens a signed audit again. Raises NotHead. */
export function amendment(desk: Desk, reason: string): Offered {
  if (desk.pack.role !== "head") throw new NotHead();
  const value = { reason: reason.trim() };
  return { audit: desk.audit, kind: "amend", target: SIGNATURE, criterion: null, value, known: desk.told(SIGNATURE) };
}

function complete(each: Signature): boolean {
  return each.name.trim() !== "" && (each.refused ? each.reason.trim() !== "" : each.path !== "");
}

function clean<T>(value: unknown): T {
  return cleaned(value) as T;
}
