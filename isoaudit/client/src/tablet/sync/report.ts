// What this device tells the server about itself and what it still holds, and what the server tells it in return.
import { sha256 } from "../core/canonical";
import { pieces, type Store } from "../store/store";
import { KEY } from "../store/unsent";
import type { Wiped } from "../store/wipe";
import { isRecord, type Api } from "./api";
import { isReported, type Reported } from "./shapes";

/** What is said of the device itself; asked anew for each report. */
export interface About {
  name: string;
  app: string;
  persisted: boolean;
  usage: number;
  quota: number;
}
/** Say it; the device's key is kept when the server gives it. `taking`: audits to name besides those on the device. */
export async function report(api: Api, store: Store, about: About, taking: readonly string[] = []): Promise<Reported> {
  const names = [...new Set([...(await store.audits()), ...taking])];
  const planned = await store.packages.planned();
  const audits = await Promise.all(
    names.map(async (audit) => {
      const { waiting, ...unsent } = await store.unsent(audit);
      return { audit, ...unsent, drafts: unsent.drafts + waiting, planned_at: planned[audit] ?? null };
    }),
  );
  const key = await store.settings.get<string>(KEY);
  const key_mark = key === null ? "" : await sha256(new TextEncoder().encode(key));
  const told = await api.json(device(store), isReported, {
    method: "PUT",
    json: { ...about, last_seq: store.ledger.lastSeq, chain: store.ledger.chain, audits, key_mark },
  });
  if (told.key !== null) await store.settings.put(KEY, told.key);
  return told;
}

/** Say how many audits and operations a revoked device has removed, and how many things are left on it. */
export async function tellWiped(api: Api, store: Store, { audits, operations, left }: Wiped): Promise<void> {
  const json = { audits, operations, left: pieces(left) };
  await api.json(`${device(store)}/wiped`, isRecord, { method: "POST", json });
}

function device(store: Store): string {
  return `devices/${encodeURIComponent(store.device)}`;
}
