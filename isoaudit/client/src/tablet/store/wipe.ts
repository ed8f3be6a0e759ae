// What a device does that the office revoked: it removes what the server has confirmed, and nothing else.
import { forget } from "./gate";
import type { Change } from "./records";
import type { Store } from "./store";

export interface Wiped {
  audits: number;
  operations: number;
  /** What stays, because no receipt covers it: to be exported to a file. */
  left: { operations: number; photos: number; drafts: number };
}

/**
 * Remove packages, confirmed operations and photos the server has. With nothing left, the account goes too, and with it the
 * photos that nobody has looked at and saved: no audit is here any more to which they could be added.
 */
export async function wipe(store: Store): Promise<Wiped> {
  const lines = [...(await store.packages.list()), ...(await store.packages.list({ removed: true }))];
  const confirmed = await store.ledger.confirmed();
  const photos = [...(await store.photos.list()), ...(await store.photos.list(undefined, { removed: true }))];
  const steps = await Promise.all(lines.map(({ audit }) => store.undo.removal(audit)));
  const changes: Change[] = [
    ...lines.flatMap(({ audit }) => store.packages.removal(audit)),
    ...steps.flat(),
    ...photos.filter((line) => line.sent_at !== "").flatMap((line) => store.photos.removal(line)),
    ...confirmed.map((row): Change => ({ kind: "confirmed", name: String(row.operation.seq), remove: true })),
  ];
  await store.records.write(changes);
  for (const { audit } of lines) store.packages.tell(audit);
  const left = {
    operations: store.ledger.unconfirmed.length,
    photos: photos.filter((line) => line.sent_at === "" && line.removed_at === "").length,
    drafts: await store.records.count("drafts"),
  };
  if (left.operations + left.photos + left.drafts === 0) {
    store.close();
    await forget(store.account.id);
  }
  return { audits: lines.length, operations: confirmed.length, left };
}

