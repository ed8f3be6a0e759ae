// What this device tells the server about itself and what it still holds, and what the server tells it in return.
import type { Store } from "../store/store";
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
/** Audits to name besides those on the device: taken along in a moment. */
export async function report(api: Api, store: Store, about: About, taking: readonly string[] = []): Promise<Reported> {
  const names = [...new Set([...(await store.audits()), ...taking])];
  const audits = await Promise.all(names.map(async (audit) => ({ audit, ...(await store.unsent(audit)) })));
  return api.json(device(store), isReported, {
    method: "PUT",
    json: { ...about, last_seq: store.ledger.lastSeq, chain: store.ledger.chain, audits },
  });
}

/** Say how many audits and operations a revoked device has removed. */
export async function tellWiped(api: Api, store: Store, { audits, operations }: Wiped): Promise<void> {
  await api.json(`${device(store)}/wiped`, isRecord, { method: "POST", json: { audits, operations } });
}

function device(store: Store): string {
  return `devices/${encodeURIComponent(store.device)}`;
}
