// Everything that no receipt covers, as one file that the office can import (format isoaudit-unsent, version 2; its form is told
// in isoaudit/schemas/unsent.py). Photos go into it as they are, one after the other, so that no more than one of them is in
// memory. The file is readable to whoever has it: the screen that offers it says so. By its proof the server knows that this
// device made it.
import { sha256 } from "../core/canonical";
import { momentStamp } from "../core/dates";
import { mac } from "./crypto";
import type { Store } from "./store";

/** The setting under which the device keeps the key that the server gave it; hexadecimal digits. */
export const KEY = "key";
const encoder = new TextEncoder();
export interface Exported {
  name: string;
  blob: Blob;
  operations: number;
  photos: number;
}

/** Make the file; drafts left by a crash become operations first. `open`: audits whose model has committed its own. */
export async function exportUnsent(store: Store, open: readonly string[] = []): Promise<Exported> {
  await store.commitDrafts(open);
  const operations = store.ledger.unconfirmed.map((row) => row.operation);
  const photos = new Map<string, Blob>();
  for (const line of await store.photos.unsent()) {
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
    name: `isoaudit-chua-gui-${store.account.username}-${momentStamp(now)}.isoaudit`,
    blob: new Blob([`${JSON.stringify(head)}\n`, text, ...photos.values()], { type: "application/octet-stream" }),
    operations: operations.length,
    photos: photos.size,
  };
}
