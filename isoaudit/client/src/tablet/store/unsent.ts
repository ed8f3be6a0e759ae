// Everything that no receipt covers, as one file that the office can import (format isoaudit-unsent, version 2; its form is told
// in isoaudit/schemas/unsent.py). Photos go into it as they are, one after the other, so that no more than one of them is in
// memory. The file is readable to whoever has it: the screen that offers it says so. By its proof the server knows that this
// device made it.
import { sha256 } from "../core/canonical";
import { momentStamp } from "../core/dates";
import { mac } from "./crypto";
import type { PhotoLine } from "./photos";
import type { Store } from "./store";

/** The setting under which the device keeps the key that the server gave it; hexadecimal digits. */
export const KEY = "key";
/** Photos of one file, in bytes: the office's page takes 1 000 MB (web/office/devices.py), the words beside them included. */
export const LARGEST = 950_000_000;
const encoder = new TextEncoder();
export interface Exported {
  name: string;
  blob: Blob;
  operations: number;
  photos: number;
}

/** What goes into one file; the operations go into the first. */
export interface Part {
  number: number;
  of: number;
  photos: readonly PhotoLine[];
  /** Of the photos. */
  bytes: number;
}

/** The files that it takes to hand everything over; none when nothing is unsent. */
export async function unsentParts(store: Store, most = LARGEST): Promise<Part[]> {
  const lines = new Map((await store.photos.unsent()).map((line) => [line.sha256, line]));
  if (lines.size + store.ledger.unconfirmed.length === 0) return [];
  const parts: PhotoLine[][] = [[]];
  let bytes = 0;
  for (const line of lines.values()) {
    if (bytes > 0 && bytes + line.size > most) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1]?.push(line);
    bytes += line.size;
  }
  return parts.map((photos, place) => ({ number: place + 1, of: parts.length, photos, bytes: photos.reduce((sum, { size }) => sum + size, 0) }));
}

/**
 * Make a file: of everything, or one part of it. Drafts left by a crash become operations first. `open`: audits whose model
 * has committed its own.
 */
export async function exportUnsent(store: Store, open: readonly string[] = [], part: Part | null = null): Promise<Exported> {
  await store.commitDrafts(open);
  const operations = part !== null && part.number > 1 ? [] : store.ledger.unconfirmed.map((row) => row.operation);
  const photos = new Map<string, Blob>();
  for (const line of part?.photos ?? (await store.photos.unsent())) {
    const blob = photos.has(line.sha256) ? null : await store.photos.blob(line.audit, line.sha256);
    if (blob !== null) photos.set(line.sha256, blob);
  }
  const now = new Date();
  const about = { device_id: store.device, user: store.account, made_at: now.toISOString(), operations: operations.length, photos: photos.size };
  const listed = [...photos].map(([digest, { size }]) => ({ sha256: digest, size }));
  const text = encoder.encode([about, ...operations, ...listed].map((each) => `${JSON.stringify(each)}\n`).join(""));
  const digest = await sha256(text);
  const key = await store.settings.get<string>(KEY);
  const proof = key === null ? "" : await mac(key, digest);
  const head = { format: "isoaudit-unsent", version: 2, text: text.length, digest, proof };
  return {
    name: `isoaudit-chua-gui-${store.account.username}-${momentStamp(now)}${part !== null && part.of > 1 ? `-${part.number}-tren-${part.of}` : ""}.isoaudit`,
    blob: new Blob([`${JSON.stringify(head)}\n`, text, ...photos.values()], { type: "application/octet-stream" }),
    operations: operations.length,
    photos: photos.size,
  };
}
