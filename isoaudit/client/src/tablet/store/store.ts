// The opened database of one account: everything a person has on this device, as long as it is not locked. Made by gate.ts
// once the PIN is right; closed when the app locks.
import type { Account } from "../core/types";
import type { DataKeys } from "./crypto";
import type { AccountDb } from "./db";
import { Drafts } from "./drafts";
import { StillUnsent } from "./errors";
import { Ledger } from "./ledger";
import { Packages } from "./packages";
import { Photos } from "./photos";
import { Records } from "./records";
import { Settings } from "./settings";
import { Undo } from "./undo";
import { Waiting } from "./waiting";

/** What of an audit no receipt covers yet. */
export interface Unsent {
  operations: number;
  photos: number;
  drafts: number;
  /** Photos that were taken and not looked at yet. */
  waiting: number;
}

/** How many things that is. */
export function pieces({ operations, photos, drafts, waiting }: Unsent): number {
  return operations + photos + drafts + waiting;
}

export class Store {
  readonly drafts: Drafts;
  readonly photos: Photos;
  readonly undo: Undo;
  readonly settings: Settings;
  readonly packages: Packages;
  readonly waiting: Waiting;
  private closed = false;

  private constructor(
    readonly account: Account,
    readonly records: Records,
    readonly ledger: Ledger,
    private readonly release: () => void,
  ) {
    this.drafts = new Drafts(records);
    this.photos = new Photos(records);
    this.undo = new Undo(records);
    this.settings = new Settings(records);
    this.waiting = new Waiting(records);
    this.packages = new Packages(records, ledger, this.drafts);
  }

  /** `release` gives back what keeps other tabs away from this account. */
  static async open(account: Account, db: AccountDb, keys: DataKeys, release: () => void): Promise<Store> {
    const records = new Records(db, keys);
    return new Store(account, records, await Ledger.load(records), release);
  }

  /** The device's id: one for each account on it. */
  get device(): string {
    return this.ledger.device;
  }

  async unsent(audit: string): Promise<Unsent> {
    const [photos, drafts, waiting] = await Promise.all([this.photos.unsent(audit), this.drafts.count(audit), this.waiting.count(audit)]);
    return { operations: this.ledger.counts(audit).unsent, photos: photos.length, drafts, waiting };
  }

  /** Whether everything of an audit is under a receipt. */
  async settled(audit: string): Promise<boolean> {
    return pieces(await this.unsent(audit)) === 0;
  }

  /** Audits that this device holds something of: on the shelf, or unsent. */
  async audits(): Promise<string[]> {
    const [lines, photos, drafts, waiting] = await Promise.all([
      this.packages.list(),
      this.photos.unsent(),
      this.drafts.list(),
      this.waiting.list(),
    ]);
    const names = [...lines, ...photos, ...drafts, ...waiting].map((each) => each.audit);
    return [...new Set([...names, ...this.ledger.audits()])].sort();
  }

  /** Take an audit off this device; it can be brought back for 14 days. Raises StillUnsent. */
  async putAway(audit: string): Promise<void> {
    if (!(await this.settled(audit))) throw new StillUnsent(audit);
    await this.packages.mark(audit, new Date().toISOString());
  }

  async bringBack(audit: string): Promise<void> {
    await this.packages.mark(audit, "");
  }

  /**
   * Make operations of drafts that a crash left behind, so that they can be sent. Audits that are open are left to their
   * model: name them in `except`.
   */
  async commitDrafts(except: readonly string[] = []): Promise<number> {
    const drafts = (await this.drafts.list()).filter((draft) => !except.includes(draft.audit));
    let made = 0;
    for (const draft of drafts) {
      const { audit, target, kind, criterion, value } = draft;
      if ((await this.drafts.get(audit, target))?.at !== draft.at) continue; // opened meanwhile: its model has typed on
      const told = (await this.ledger.rows(audit))
        .filter((row) => row.target === target && row.outcome?.outcome !== "refused")
        .map((row) => row.outcome?.revision ?? 0);
      const known = Math.max(draft.known, ...told);
      await this.ledger.append([{ audit, kind, target, criterion, value, known }], [this.drafts.removal(audit, target)]);
      made += 1;
    }
    return made;
  }

  /** Close it: nothing can be read any more without the PIN. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.records.db.close();
    this.release();
  }
}
