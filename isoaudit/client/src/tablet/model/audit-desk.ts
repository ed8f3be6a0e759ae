// What lies on the desk while an audit is open: its package, the device's own operations in it, what is being typed, the
// steps that can be taken back. Everything the screens read comes from here, computed once per change. Writing is in
// audit-edit.ts.
import { slotOf, standingAt } from "../core/targets";
import { SIGNATURE, type JsonObject, type Package, type Where } from "../core/types";
import type { Draft } from "../store/drafts";
import { decided, type Row } from "../store/ledger";
import type { Store } from "../store/store";
import type { UndoStep } from "../store/undo";
import { sightOf, type Sight } from "./audit-view";

/** A draft in memory; `version` rises with every keystroke. */
export interface Live {
  draft: Draft;
  version: number;
}

export class Desk {
  readonly drafts = new Map<Where, Live>();
  private readonly rows = new Map<Where, Row[]>();
  private readonly sights = new Map<Where, Sight>();

  constructor(
    readonly store: Store,
    public pack: Package,
    rows: readonly Row[],
    drafts: readonly Draft[],
    public steps: UndoStep[],
    private readonly tell: (targets: Where[]) => void,
  ) {
    for (const row of rows) this.keep(row);
    for (const draft of drafts) this.drafts.set(draft.target, { draft, version: 0 });
  }

  get audit(): string {
    return this.pack.audit;
  }

  /** Own operations about a target, in order. */
  own(where: Where): readonly Row[] {
    return this.rows.get(where) ?? [];
  }

  sight(where: Where): Sight {
    const known = this.sights.get(where);
    if (known !== undefined) return known;
    const made = sightOf(this.pack, where, this.own(where), this.openFrom());
    this.sights.set(where, made);
    return made;
  }

  /** What is being typed there, null when nothing is. */
  typing(where: Where): JsonObject | null {
    return this.drafts.get(where)?.draft.value ?? null;
  }

  /** What is there without what is being typed. */
  committed(where: Where): JsonObject {
    return this.sight(where).value ?? slotOf(where).empty;
  }

  current(where: Where): JsonObject {
    return this.typing(where) ?? this.committed(where);
  }

  /** The revision that a person at this device has seen: the package's, or a later one that an answer told. */
  known(where: Where): number {
    return Math.max(standingAt(this.pack, where)?.revision ?? 0, this.told(where));
  }

  /** The latest revision that an answer to an own operation told. */
  told(where: Where): number {
    const rows = this.own(where).filter((row) => decided(row) !== "refused");
    return Math.max(0, ...rows.map((row) => row.outcome?.revision ?? 0));
  }

  /** All targets that anything is known of, criteria aside. */
  targets(): Where[] {
    const { fields, entries } = this.pack;
    const named = [...Object.keys(fields), ...Object.keys(entries)].map((name) => `@${name}`);
    return [...new Set([...named, ...this.rows.keys(), ...this.drafts.keys()])].filter((each) => each.startsWith("@"));
  }

  /** Take rows as the ledger has them now. */
  receive(rows: readonly Row[]): void {
    const touched = new Set<Where>();
    for (const row of rows) {
      if (row.operation.audit !== this.audit) continue;
      this.keep(row);
      touched.add(row.target);
    }
    if (touched.has(SIGNATURE)) this.sights.clear();
    this.changed([...touched]);
  }

  /** Take a fresh package; what was typed and what waits stays. One for another checklist is left alone. */
  refresh(pack: Package): void {
    if (pack.audit !== this.audit || pack.checklist.digest !== this.pack.checklist.digest) return;
    this.pack = pack;
    this.sights.clear();
    this.tell([...pack.checklist.criteria.map((each) => each.code), ...this.targets()]);
  }

  changed(targets: Where[]): void {
    for (const where of targets) this.sights.delete(where);
    if (targets.length > 0) this.tell(targets);
  }

  /** Own operations with a lower number come after the signing; 0 when the audit was not signed. */
  private openFrom(): number {
    if (this.pack.state === "planned" || this.pack.state === "under_way") return 0;
    const amended = this.own(SIGNATURE).filter((row) => row.operation.kind === "amend" && decided(row) === null);
    return amended.pop()?.operation.seq ?? Infinity;
  }

  private keep(row: Row): void {
    const rows = (this.rows.get(row.target) ?? []).filter((each) => each.operation.seq !== row.operation.seq);
    rows.push(row);
    rows.sort((one, other) => one.operation.seq - other.operation.seq);
    this.rows.set(row.target, rows);
  }
}
