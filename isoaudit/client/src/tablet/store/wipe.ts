// What a device does that the office revoked: it removes what the server has confirmed, and nothing else.
import { forget } from "./gate";
import type { Change } from "./records";
import { pieces, type Store, type Unsent } from "./store";

export interface Wiped {
  audits: number;
  operations: number;
  /** What stays, because no receipt covers it: to be exported to a file, or, where nobody has looked at it, saved or dropped. */
  left: Unsent;
}

/**
 * Remove packages, confirmed operations and photos the server has. With nothing left, the account goes too. Photos that nobody
 * has looked at are left like the rest: they are offered again once their audit has been taken along again.
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
  const left = await unconfirmed(store);
  if (pieces(left) === 0) {
    store.close();
    await forget(store.account.id);
  }
  return { audits: lines.length, operations: confirmed.length, left };
}

/** What no receipt covers, over all audits. */
export async function unconfirmed(store: Store): Promise<Unsent> {
  return {
    operations: store.ledger.unconfirmed.length,
    photos: (await store.photos.unsent()).length,
    drafts: await store.records.count("drafts"),
    waiting: await store.records.count("waiting"),
  };
}
