// One run of the sync, from who is signed in to the fresh packages; in every order of failures nothing is removed here. When
// it runs is decided in schedule.ts.
import { clockOf, reckonWith } from "../core/clock";
import { OtherAudit, OtherChecklist, StorageBroken, StorageFull } from "../store/errors";
import { pieces, type Store } from "../store/store";
import { purge } from "../store/trash";
import { unconfirmed, wipe, type Wiped } from "../store/wipe";
import type { Api, Session } from "./api";
import { arrived, upload } from "./evidence";
import { askAfter, confirm, sendAll } from "./operations";
import { report, tellWiped, type About } from "./report";
import { isPackage, type Reported } from "./shapes";
import { Failure, trouble, type Trouble } from "./trouble";

export type Step = "session" | "report" | "photos" | "operations" | "packages";
export interface Progress {
  step: Step;
  /** Of the step: photos, operations, packages. */
  done: number;
  total: number;
  /** Share of the photo on its way, 0 to 1. */
  part: number;
}
/** What the app knows and the engine does not. */
export interface Surroundings {
  about(): Promise<About>;
  /** Make operations of what is being typed in the audit that is open; its name, or null. */
  commit(): Promise<string | null>;
  /** The server's public key for recoveries. */
  office(key: { id: string; spki: string }): Promise<void>;
}
/** A receipt as the sync page shows it. */
export interface Received {
  at: string;
  through: number;
  chain: string;
  operations: number;
  photos: number;
}
/** Something that could not be brought, while the rest went on. */
export interface Odd {
  audit: string;
  /** SHA-256 of a photo, or "" for the package. */
  photo: string;
  trouble: Trouble;
}

const RECEIPTS = 100;
/** The setting that says why this device was revoked, while it is. */
const REVOKED = "revoked";
/** Troubles of one photo or one package; any other ends the run. */
const ITS_OWN = new Set(["refused", "large", "missing", "forbidden", "conflict"]);

/** Events: "change" whenever anything that can be shown has changed. */
export class Engine extends EventTarget {
  running = false;
  progress: Progress | null = null;
  /** Why the last run broke off; null after one that came to its end. */
  trouble: Trouble | null = null;
  odd: Odd[] = [];
  reported: Reported | null = null;
  /** What went when the office had revoked this device; null while it has not. */
  wiped: Wiped | null = null;
  /** Why it was revoked, in the office's words. */
  reason = "";
  /** Operations and photos that no receipt covers. */
  waiting = 0;
  private turn: Promise<Trouble | null> | null = null;

  constructor(
    readonly store: Store,
    readonly api: Api,
    private readonly around: Surroundings,
  ) {
    super();
  }

  /** Nothing was left: the account's data are off this device, and so is its id. */
  get gone(): boolean {
    const left = this.wiped?.left;
    return left !== undefined && pieces(left) === 0;
  }

  /** Bring everything and fetch what is new. A call while one runs waits for that one. */
  run(): Promise<Trouble | null> {
    this.turn ??= this.guarded().finally(() => {
      this.turn = null;
    });
    return this.turn;
  }

  /** What an earlier opening of the app was told of this device, before the server has been asked again. */
  async recall(): Promise<void> {
    const reason = await this.store.settings.get<string>(REVOKED);
    if (reason === null) return;
    const left = await unconfirmed(this.store);
    if (this.reported !== null) return;
    this.reason = reason;
    this.wiped = { audits: 0, operations: 0, left };
    this.tell();
  }

  /** Count again what waits. */
  async count(): Promise<number> {
    this.waiting = this.store.ledger.unconfirmed.length + (await this.store.photos.unsent()).length;
    this.tell();
    return this.waiting;
  }

  private async guarded(): Promise<Trouble | null> {
    this.running = true;
    this.trouble = null;
    this.tell();
    try {
      await this.work();
    } catch (error) {
      this.trouble = told(error);
    } finally {
      this.running = false;
      this.progress = null;
      this.tell();
    }
    if (this.wiped === null) await this.count();
    return this.trouble;
  }

  private async work(): Promise<void> {
    const { store, api } = this;
    this.at("session");
    const full = await this.keepTyped();
    const session = await api.session();
    if (!(await this.owner(session.user))) throw new Failure(trouble("other", { said: `(${session.user.name})` }));
    await this.around.office(session.recovery);
    const clock = clockOf(session.server_time, Date.now());
    if (clock !== null) await store.settings.put("clock", clock);
    reckonWith(clock);
    this.at("report");
    this.reported = await report(api, store, await this.around.about());
    const { last_seq, chain } = this.reported.ledger;
    const receipt = { device_id: store.device, through: last_seq, chain };
    await confirm(store.ledger, [receipt]);
    await store.ledger.reopen(last_seq, () => store.photos.unsending());
    if (this.reported.state === "revoked") {
      await askAfter(api, store.ledger, last_seq);
      await confirm(store.ledger, [receipt]);
      await this.askForPhotos();
      this.reason = this.reported.reason ?? "";
      this.wiped = await wipe(store);
      if (!this.gone) await store.settings.put(REVOKED, this.reason);
      await tellWiped(api, store, this.wiped);
      return;
    }
    this.wiped = null; // taken back into use
    if ((await store.settings.get(REVOKED)) !== null) await store.settings.put(REVOKED, null);
    const before = store.ledger.unconfirmed.length;
    this.odd = [];
    await this.bringOperations(); // first: they are small, and photos may have to wait for a better network
    const photos = await this.bringPhotos();
    await this.fetchPackages();
    this.at("report");
    this.reported = await report(api, store, await this.around.about());
    if (photos > 0 || store.ledger.unconfirmed.length < before) await this.fetchPackages(); // what was signed may be minuted now
    await this.keepReceipt(before - store.ledger.unconfirmed.length, photos);
    await purge(store, new Date(session.server_time));
    if (full !== null) throw full;
  }

  /** Whether these data are that account's: a restored server may have given its id to somebody else. */
  private async owner(user: Session["user"]): Promise<boolean> {
    const { account, settings } = this.store;
    const since = await settings.get<string>("since");
    if (user.id !== account.id || (since !== null && since !== user.since && user.username !== account.username)) return false;
    if (since !== user.since) await settings.put("since", user.since);
    return true;
  }

  /** Make operations of what is being typed. A device that has no room for them still brings what it has written. */
  private async keepTyped(): Promise<StorageFull | null> {
    try {
      const open = await this.around.commit();
      await this.store.commitDrafts(open === null ? [] : [open]);
      return null;
    } catch (error) {
      if (error instanceof StorageFull) return error;
      throw error;
    }
  }

  private async bringPhotos(): Promise<number> {
    const { store, api } = this;
    const waiting = await store.photos.unsent();
    let brought = 0;
    for (const [place, line] of waiting.entries()) {
      this.at("photos", place, waiting.length);
      const blob = await store.photos.blob(line.audit, line.sha256);
      if (blob === null) continue;
      const sent = (bytes: number): void => this.at("photos", place, waiting.length, line.size > 0 ? bytes / line.size : 1);
      await this.apart(line.audit, line.sha256, async () => {
        await upload(api, line.sha256, blob, sent);
        await store.photos.sent(line.audit, line.sha256);
        brought += 1;
      });
    }
    return brought;
  }

  /** Photos that reached the server another way need not be kept for the file any more; the others are. */
  private async askForPhotos(): Promise<void> {
    const { store, api } = this;
    try {
      for (const line of await store.photos.unsent()) {
        const blob = await store.photos.blob(line.audit, line.sha256);
        if (blob !== null && (await arrived(api, line.sha256, blob))) await store.photos.sent(line.audit, line.sha256);
      }
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure; // no answer is no news: the rest of the wipe goes on
    }
  }

  private async bringOperations(): Promise<void> {
    const { store, api } = this;
    const total = store.ledger.unconfirmed.length;
    const told = (): void => this.at("operations", total - store.ledger.unconfirmed.length, total);
    told();
    await sendAll(api, store.ledger, await store.packages.planned(), told);
  }

  private async fetchPackages(): Promise<void> {
    const lines = await this.store.packages.list();
    for (const [place, line] of lines.entries()) {
      this.at("packages", place, lines.length);
      const stays = async (): Promise<boolean> => (await this.store.packages.line(line.audit))?.removed_at === "";
      await this.apart(line.audit, "", () => this.fetchPackage(line.audit, line.digest, stays));
    }
  }

  /**
   * Fetch a package when the server has another than `digest`, and store it (the open audit hears of it) if it is still
   * wanted when it has come: one that was put away meanwhile stays away.
   */
  async fetchPackage(audit: string, digest: string, wanted = async (): Promise<boolean> => true): Promise<void> {
    const { store, api } = this;
    const pack = await api.jsonUnless(`packages/${encodeURIComponent(audit)}?device=${store.device}`, isPackage, digest);
    if (!(await wanted())) return;
    if (pack === null) {
      await store.packages.unchanged(audit);
      return;
    }
    if (pack.audit !== audit || pack.me !== store.account.id) throw new Failure(trouble("garbled"));
    await store.packages.put(pack);
    const absent = Object.entries(pack.evidence).filter(([, file]) => !file.complete);
    await store.photos.wanted(audit, new Set(absent.map(([sha256]) => sha256)));
  }

  /** Work on one photo or package: a trouble of its own is noted and the others go on. */
  private async apart(audit: string, photo: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const found = told(error);
      const other = error instanceof OtherChecklist || error instanceof OtherAudit;
      if (!other && !ITS_OWN.has(found.kind)) throw error;
      this.odd.push({ audit, photo, trouble: found });
    }
  }

  private async keepReceipt(operations: number, photos: number): Promise<void> {
    const { store } = this;
    const done = (await store.settings.get<Received[]>("receipts")) ?? [];
    const { last_seq: through, chain } = this.reported?.ledger ?? { last_seq: 0, chain: "" };
    const at = new Date().toISOString();
    await store.settings.put("synced_at", at);
    if (operations <= 0 && photos === 0) return;
    await store.settings.put("receipts", [{ at, through, chain, operations, photos } satisfies Received, ...done].slice(0, RECEIPTS));
  }

  private at(step: Step, done = 0, total = 0, part = 0): void {
    this.progress = { step, done, total, part };
    this.tell();
  }

  private tell(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** The trouble that an error is; one that nobody expected is thrown on. */
function told(error: unknown): Trouble {
  if (error instanceof Failure) return error.trouble;
  if (error instanceof StorageFull) return trouble("full");
  if (error instanceof StorageBroken) return trouble("device");
  if (error instanceof OtherChecklist) return trouble("conflict", { code: "checklist.other", said: "Phiếu kiểm tra trên máy chủ đã đổi; bản trên thiết bị giữ nguyên." });
  if (error instanceof OtherAudit) return trouble("conflict", { code: "audit.other", said: "Số này trên máy chủ nay là của cuộc kiểm tra khác (máy chủ được phục hồi từ bản sao lưu cũ). Bản trên thiết bị giữ nguyên; báo cơ quan thường trực." });
  throw error;
}
