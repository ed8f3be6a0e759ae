// The audits on this device: the package of each as it last came, and a short line about it for lists, which opens without
// reading the whole. An audit that was put away stays recoverable until it is purged (trash.ts).
import type { AuditState, Package } from "../core/types";
import type { Drafts } from "./drafts";
import { OtherAudit, OtherChecklist } from "./errors";
import type { Ledger } from "./ledger";
import type { Change, Records } from "./records";

export interface Shelved {
  audit: string;
  unit: { code: string; name: string; kind: string; district: string };
  planned_on: string | null;
  /** Empty on a line that an older version of the app wrote. */
  planned_at?: string;
  state: AuditState;
  role: Package["role"];
  core_only: boolean;
  checklist: { id: string; version: string; digest: string };
  revision: number;
  digest: string;
  /** First taken along, last fetched, put away ("" while it is on the device). */
  taken_at: string;
  fetched_at: string;
  removed_at: string;
}

/** Events: "change" with detail {audit} when a package was stored, put away or brought back. */
export class Packages extends EventTarget {
  constructor(
    private readonly records: Records,
    private readonly ledger: Ledger,
    private readonly drafts: Drafts,
  ) {
    super();
  }

  get(audit: string): Promise<Package | null> {
    return this.records.get<Package>("packages", audit);
  }

  line(audit: string): Promise<Shelved | null> {
    return this.records.get<Shelved>("shelf", audit);
  }

  /** Audits on the device, by planned day; with `removed`, those put away instead. */
  async list({ removed = false } = {}): Promise<Shelved[]> {
    const lines = await this.records.list<Shelved>("shelf");
    return lines
      .filter((line) => (line.removed_at !== "") === removed)
      .sort((one, other) => ((one.planned_on ?? "") + one.audit < (other.planned_on ?? "") + other.audit ? -1 : 1));
  }

  /** When the audits on this device were planned, by reference. */
  async planned(): Promise<Record<string, string>> {
    const lines = [...(await this.list({ removed: true })), ...(await this.list())];
    return Object.fromEntries(lines.flatMap(({ audit, planned_at }) => (planned_at === undefined ? [] : [[audit, planned_at]])));
  }

  /**
   * Store a package as it came, in place of the one before. Raises OtherChecklist when work that is not under a receipt was
   * done with another version of the checklist: a draft is never opened in another one. Raises OtherAudit when the server has
   * given the number to another audit (an older backup was restored), until the one here has been put away.
   */
  async put(pack: Package): Promise<void> {
    const before = await this.line(pack.audit);
    if (before?.removed_at === "" && before.planned_at !== undefined && before.planned_at !== pack.planned_at) throw new OtherAudit(pack.audit);
    if (before !== null && before.checklist.digest !== pack.checklist.digest) {
      const drafts = await this.drafts.count(pack.audit);
      if (drafts > 0 || this.ledger.counts(pack.audit).unsent > 0) throw new OtherChecklist(pack.audit);
    }
    const now = new Date().toISOString();
    const { audit, unit, planned_on, planned_at, state, role, core_only, revision, digest, checklist } = pack;
    const { id, version } = checklist;
    const line: Shelved = {
      audit, unit, planned_on, planned_at, state, role, core_only, revision, digest,
      checklist: { id, version, digest: checklist.digest },
      taken_at: before !== null && before.removed_at === "" ? before.taken_at : now,
      fetched_at: now,
      removed_at: "",
    };
    await this.records.write([
      { kind: "packages", name: audit, group: audit, value: pack },
      shelf(line),
    ]);
    this.tell(audit);
  }

  /** Note that the server still has the package we have. */
  async unchanged(audit: string): Promise<void> {
    const line = await this.line(audit);
    if (line !== null) await this.records.write([shelf({ ...line, fetched_at: new Date().toISOString() })]);
  }

  /** Put an audit away, or bring it back (`at` ""). Whether it may be put away is asked in store.ts. */
  async mark(audit: string, at: string): Promise<void> {
    const line = await this.line(audit);
    if (line === null) return;
    await this.records.write([shelf({ ...line, removed_at: at })]);
    this.tell(audit);
  }

  /** The changes that remove an audit's package for good. */
  removal(audit: string): Change[] {
    return [
      { kind: "packages", name: audit, remove: true },
      { kind: "shelf", name: audit, remove: true },
    ];
  }

  tell(audit: string): void {
    this.dispatchEvent(new CustomEvent("change", { detail: { audit } }));
  }
}

function shelf(line: Shelved): Change {
  return { kind: "shelf", name: line.audit, group: line.audit, value: line };
}
