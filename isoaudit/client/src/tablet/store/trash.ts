// What was put away on this device and can still be brought back: audits, photos taken out of every answer, operations that
// a receipt covers. After 14 days they go for good, unless the audit has something that no receipt covers. The days are the
// server's: this device's clock may be wrong, or be put right, by any number of days.
import { decided, type Row } from "./ledger";
import type { Shelved } from "./packages";
import type { PhotoLine } from "./photos";
import type { Change } from "./records";
import type { Store } from "./store";

export const KEPT_DAYS = 14;
/** The setting that says when the server's clock first found each thing put away. */
const SEEN = "trash";
export interface Trash {
  audits: Shelved[];
  photos: PhotoLine[];
  /** Confirmed operations, in order: the values that were sent from here. */
  operations: Row[];
}

/** Everything that can still be looked at or brought back. */
export async function trash(store: Store): Promise<Trash> {
  const [audits, photos, operations] = await Promise.all([
    store.packages.list({ removed: true }),
    store.photos.list(undefined, { removed: true }),
    store.ledger.confirmed(),
  ]);
  operations.sort((one, other) => one.operation.seq - other.operation.seq);
  return { audits, photos, operations };
}

/**
 * Remove for good what was there already, put away, 14 days before `now`, a moment that the server told: what is found here
 * for the first time is noted with it. Returns how many records went.
 */
export async function purge(store: Store, now: Date): Promise<number> {
  const stamp = now.toISOString();
  const limit = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  const before = (await store.settings.get<Record<string, string>>(SEEN)) ?? {};
  const seen: Record<string, string> = {};
  const old = (name: string): boolean => (seen[name] = before[name] ?? stamp) < limit;
  const found = await trash(store);
  const shelved = new Map((await store.packages.list()).map((line) => [line.audit, line]));
  const settled = new Map<string, boolean>();
  for (const audit of [...found.audits, ...found.photos].map((each) => each.audit)) {
    if (!settled.has(audit)) settled.set(audit, await store.settled(audit));
  }
  const changes: Change[] = [];
  for (const { audit, removed_at } of found.audits) {
    if (!old(`audit ${audit} ${removed_at}`) || settled.get(audit) !== true) continue;
    const photos = [...(await store.photos.list(audit)), ...(await store.photos.list(audit, { removed: true }))];
    changes.push(...store.packages.removal(audit), ...(await store.undo.removal(audit)));
    changes.push(...photos.flatMap((line) => store.photos.removal(line)));
  }
  for (const line of found.photos) {
    const due = old(`photo ${line.audit} ${line.sha256} ${line.removed_at}`);
    if (due && settled.get(line.audit) === true) changes.push(...store.photos.removal(line));
  }
  await store.records.write(changes);
  const due = found.operations.filter((row) => old(`operation ${row.operation.seq} ${row.confirmed_at}`) && !needed(row, shelved));
  await store.ledger.purge(due);
  await store.settings.put(SEEN, seen);
  return changes.length + due.length;
}

/** Whether the package on this device does not show the operation's effect: not yet, or never, as it was refused. */
function needed(row: Row, shelved: ReadonlyMap<string, Shelved>): boolean {
  const line = shelved.get(row.operation.audit);
  if (line === undefined) return false;
  const newest = row.outcome?.audit_revision ?? 0;
  return decided(row) === "refused" || line.fetched_at < row.confirmed_at || line.revision < newest;
}
