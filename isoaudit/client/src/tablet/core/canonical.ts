// Canonical JSON and SHA-256: the counterpart of isoaudit/domain/digest.py, held to the same cases. Also the cleaning of
// typed text before anything is stored or sent. Encryption and storage live in store/.
import type { Json, JsonObject, Operation } from "./types";

const encoder = new TextEncoder();
/** Halves of a pair of surrogates standing alone, and NUL: no database takes them. */
const UNSTORABLE = /[\uD800-\uDFFF\0]/gu;

/** Keys sorted by code point, no spaces, texts in NFC. Throws for undefined, fractions and whatever JSON does not know. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value.normalize("NFC"));
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError(`no canonical form for ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`no canonical form for ${typeof value}`);
  const entries = new Map(Object.entries(value).map(([key, each]) => [key.normalize("NFC"), each as unknown]));
  const keys = [...entries.keys()].sort(byCodePoint);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(entries.get(key))}`).join(",")}}`;
}

/** The order of Python's strings; JavaScript's own compares UTF-16 units. */
export function byCodePoint(one: string, other: string): number {
  const ones = [...one];
  const others = [...other];
  const shared = Math.min(ones.length, others.length);
  for (let place = 0; place < shared; place += 1) {
    const difference = (ones[place]?.codePointAt(0) ?? 0) - (others[place]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return ones.length - others.length;
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}

/** SHA-256 of the canonical JSON. */
export function digestOf(value: unknown): Promise<string> {
  return sha256(encoder.encode(canonical(value)));
}

/** The digest by which the server knows an operation again (domain.operations.Operation.fingerprint). */
export function fingerprint(operation: Operation): Promise<string> {
  const { op_id, device_id, seq, audit, base_revision, kind, value, criterion, at } = operation;
  return digestOf({ op_id, device_id, seq, audit, base_revision, kind, value, criterion, at });
}

/** The next link of a device's chain over the fingerprints of its operations; the first one hangs on "". */
export function link(chain: string, print: string): Promise<string> {
  return sha256(encoder.encode(chain + print));
}

export async function sha256(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A text as it is stored: NFC, what no database takes replaced by U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(UNSTORABLE, "\uFFFD").normalize("NFC");
}

/** The same for every text of a value, keys too; keys whose value is undefined are left out. */
export function cleaned(value: unknown): Json {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === "object" && value !== null) {
    const kept = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(kept.map(([key, each]) => [cleanText(key), cleaned(each)])) as JsonObject;
  }
  return value as Json;
}
