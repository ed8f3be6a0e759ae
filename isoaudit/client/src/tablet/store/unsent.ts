// Everything that no receipt covers, as one file that the office can import (format isoaudit-unsent, version 1). The file is
// readable to whoever has it: the screen that offers it says so.
import { digestOf } from "../core/canonical";
import { momentStamp } from "../core/dates";
import type { Account, Operation } from "../core/types";
import { toBase64 } from "./crypto";
import type { Store } from "./store";

export interface UnsentFile {
  format: "isoaudit-unsent";
  version: 1;
  device_id: string;
  user: Account;
  made_at: string;
  operations: Operation[];
  photos: { sha256: string; base64: string }[];
  digest: string;
}
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
  const photos: UnsentFile["photos"] = [];
  const seen = new Set<string>();
  for (const line of await store.photos.unsent()) {
    const bytes = seen.has(line.sha256) ? null : await store.records.bytes("bytes", `${line.audit} ${line.sha256}`);
    seen.add(line.sha256);
    if (bytes !== null) photos.push({ sha256: line.sha256, base64: toBase64(new Uint8Array(bytes)) });
  }
  const now = new Date();
  const made_at = now.toISOString();
  const content: Omit<UnsentFile, "digest"> = {
    format: "isoaudit-unsent",
    version: 1,
    device_id: store.device,
    user: store.account,
    made_at,
    operations,
    photos,
  };
  const file: UnsentFile = { ...content, digest: await digestOf(content) };
  return {
    name: `isoaudit-chua-gui-${store.account.username}-${momentStamp(now)}.json`,
    blob: new Blob([JSON.stringify(file)], { type: "application/json" }),
    operations: operations.length,
    photos: photos.length,
  };
}
