// What is made once somebody's data is open: the sync and its schedule, tied to the app. Taken apart by app.lock().
import type { Gate } from "../store/gate";
import type { Store } from "../store/store";
import { Api } from "../sync/api";
import { Engine } from "../sync/engine";
import type { About } from "../sync/report";
import { Schedule } from "../sync/schedule";
import type { Tablet } from "./frame";
import { followRevoked } from "./frame-revoked";

/** The version of the page that runs, as the shell names it. */
export const VERSION = document.querySelector<HTMLMetaElement>("meta[name=isoaudit-version]")?.content ?? "";

export function enter(app: Tablet, gate: Gate, store: Store, to?: string): void {
  const engine = new Engine(store, new Api(), {
    about: () => about(app),
    office: (key) => gate.setOffice(key),
    commit: async () => {
      await app.model?.commit();
      return app.model?.pack.audit ?? null;
    },
  });
  const schedule = new Schedule(engine, (error) => app.failed(error));
  followRevoked(app, engine, schedule);
  store.packages.addEventListener("change", () => app.refresh());
  app.welcome({ person: { id: store.account.id, name: store.account.name }, store, gate, engine, schedule }, to);
  app.attempt(() => engine.count());
  app.attempt(() => engine.recall());
  schedule.start();
}

/** What the browser says of this device's storage. */
export async function about(app: Tablet): Promise<About> {
  const [persisted, estimate] = await Promise.all([
    navigator.storage?.persisted?.() ?? false,
    navigator.storage?.estimate?.() ?? {},
  ]);
  return {
    name: app.choices.device || named(),
    app: VERSION,
    persisted,
    usage: Math.round((estimate as StorageEstimate).usage ?? 0),
    quota: Math.round((estimate as StorageEstimate).quota ?? 0),
  };
}

/** A name for a device that nobody named: its system. */
function named(): string {
  const system = /Android [\d.]+|Windows|Linux|Mac OS|iPad|iPhone/.exec(navigator.userAgent)?.[0] ?? "";
  return ["Thiết bị", system].filter(Boolean).join(" ");
}
