// The ledger of this device: every operation ever made here that is not yet under a receipt, in order of its number, and
// those that are, until they are purged. An operation is appended in one transaction with the counter that numbers it and
// with whatever its maker changes beside it (the draft it replaces); it never changes afterwards. It leaves only under a
// receipt whose chain equals the one computed here. How it is sent is in sync/; what is seen of it in model/.
import { cleaned, fingerprint, link } from "../core/canonical";
import type { JsonObject, Kind, Operation, Outcome, Receipt, Reply, Where } from "../core/types";
import { uuid } from "./crypto";
import { expectCounter, type Change, type Records } from "./records";
import { Turns } from "./turns";

export interface Row {
  operation: Operation;
  target: Where;
  fingerprint: string;
  /** The chain after this operation. */
  chain: string;
  outcome: Outcome | null;
  /** When a receipt covered it; "" before. */
  confirmed_at: string;
}
/** What is to become an operation. `known`: the revision of the target that the person saw, own operations aside. */
export interface Offered {
  audit: string;
  kind: Kind;
  target: Where;
  criterion: string | null;
  value: JsonObject;
  known: number;
}
export interface Counts {
  /** Not under a receipt yet. */
  unsent: number;
  held: number;
  refused: number;
  conflict: number;
}
interface Head {
  device: string;
  seq: number;
  chain: string;
}

/** What was decided the first time; null while nothing was. */
export function decided(row: Row): Exclude<Reply, "held" | "duplicate"> | null {
  const said = row.outcome?.outcome === "duplicate" ? row.outcome.first : row.outcome?.outcome;
  return said === undefined || said === "held" || said === "duplicate" ? null : said;
}

/** Detail of the ledger's event "change", after every append, answer and receipt: the rows as they are now. */
export interface LedgerChange {
  audits: string[];
  rows: Row[];
}
/** Events: "change" (LedgerChange). */
export class Ledger extends EventTarget {
  private readonly turns = new Turns();
  /** The latest revision that an answer to an own operation told, by audit and target: seen by the person too. */
  private readonly told = new Map<string, number>();

  private constructor(
    private readonly records: Records,
    private head: Head,
    private readonly open: Map<number, Row>,
  ) {
    super();
    this.remember([...open.values()]);
  }

  static async load(records: Records): Promise<Ledger> {
    let head = (await records.db.get("counters", "ledger")) as Head | undefined;
    if (head === undefined) {
      const first: Head = { device: uuid(), seq: 0, chain: "" };
      await records.write([], async (tx) => {
        await expectCounter(tx, "ledger", undefined);
        await tx.objectStore("counters").put(first, "ledger");
      });
      head = first;
    }
    const rows = await records.list<Row>("operations");
    rows.sort((one, other) => one.operation.seq - other.operation.seq);
    return new Ledger(records, head, new Map(rows.map((row) => [row.operation.seq, row])));
  }

  get device(): string {
    return this.head.device;
  }
  get lastSeq(): number {
    return this.head.seq;
  }
  get chain(): string {
    return this.head.chain;
  }

  /** Rows no receipt covers yet, in order. */
  get unconfirmed(): Row[] {
    return [...this.open.values()];
  }

  /** Operations to send, lowest number first: those the server has not decided on. */
  pending(most: number): Operation[] {
    return this.unconfirmed.filter((row) => decided(row) === null).slice(0, most).map((row) => row.operation);
  }

  /** All rows of an audit that are still here, confirmed ones too, in order. */
  async rows(audit: string): Promise<Row[]> {
    const confirmed = await this.records.list<Row>("confirmed", audit);
    const own = this.unconfirmed.filter((row) => row.operation.audit === audit);
    const seen = new Set(own.map((row) => row.operation.seq));
    return [...confirmed.filter((row) => !seen.has(row.operation.seq)), ...own].sort(
      (one, other) => one.operation.seq - other.operation.seq,
    );
  }

  counts(audit: string): Counts {
    const own = this.unconfirmed.filter((row) => row.operation.audit === audit);
    return {
      unsent: own.length,
      held: own.filter((row) => row.outcome?.outcome === "held").length,
      refused: own.filter((row) => decided(row) === "refused").length,
      conflict: own.filter((row) => decided(row) === "conflict").length,
    };
  }

  /** Audits with rows that no receipt covers. */
  audits(): string[] {
    return [...new Set(this.unconfirmed.map((row) => row.operation.audit))];
  }

  /** Number the offered operations and write them with the other changes, all or none. */
  append(offered: readonly Offered[], also: readonly Change[] = []): Promise<Row[]> {
    return this.turns.take(async () => {
      let { seq, chain } = this.head;
      const rows: Row[] = [];
      for (const each of offered) {
        seq += 1;
        const operation: Operation = {
          op_id: uuid(),
          device_id: this.head.device,
          seq,
          audit: each.audit,
          base_revision: this.base(each, rows),
          kind: each.kind,
          criterion: each.criterion,
          value: cleaned(each.value) as JsonObject,
          at: new Date().toISOString(),
        };
        const print = await fingerprint(operation);
        chain = await link(chain, print);
        rows.push({ operation, target: each.target, fingerprint: print, chain, outcome: null, confirmed_at: "" });
      }
      const next = { ...this.head, seq, chain };
      await this.records.write([...rows.map((row) => put("operations", row)), ...also], async (tx) => {
        await expectCounter(tx, "ledger", this.head);
        await tx.objectStore("counters").put(next, "ledger");
      });
      this.head = next;
      for (const row of rows) this.open.set(row.operation.seq, row);
      this.tell(rows);
      return rows;
    });
  }

  /** Keep what the server said. An answer about other content than ours is not believed; how many of them is returned. */
  hear(outcomes: readonly Outcome[]): Promise<number> {
    return this.turns.take(async () => {
      const byId = new Map(this.unconfirmed.map((row) => [row.operation.op_id, row]));
      const heard: Row[] = [];
      let strange = 0;
      for (const outcome of outcomes) {
        const row = byId.get(outcome.op_id);
        if (row === undefined || decided(row) !== null) continue;
        const held = outcome.outcome === "held" && outcome.digest === ""; // the server keeps nothing of it
        if (outcome.digest !== row.fingerprint && !held) strange += 1;
        else heard.push({ ...row, outcome });
      }
      await this.records.write(heard.map((row) => put("operations", row)));
      for (const row of heard) this.open.set(row.operation.seq, row);
      this.remember(heard);
      this.tell(heard);
      return strange;
    });
  }

  /**
   * Take a receipt: when its chain equals ours at that number, everything decided up to it is confirmed. Otherwise nothing
   * changes and false is returned.
   */
  confirm(receipt: Receipt): Promise<boolean> {
    return this.turns.take(async () => {
      if (receipt.device_id !== this.head.device || receipt.through > this.head.seq) return false;
      const under = this.unconfirmed.filter((row) => row.operation.seq <= receipt.through && decided(row) !== null);
      if (receipt.through === 0) return receipt.chain === "";
      if ((await this.chainAt(receipt.through)) !== receipt.chain) return false;
      const confirmed_at = new Date().toISOString();
      const rows = under.map((row) => ({ ...row, confirmed_at }));
      await this.records.write(
        rows.flatMap((row) => [
          put("confirmed", row),
          { kind: "operations", name: name(row), remove: true } satisfies Change,
        ]),
      );
      for (const row of rows) this.open.delete(row.operation.seq);
      this.tell(rows);
      return true;
    });
  }

  /**
   * The server has lost what it once decided on above this number (an older backup was restored): all of it is unsent again,
   * for the next sending, the file of the unsent and a wipe alike. `also` are further changes of the same transaction, asked
   * for when there is anything. Returns how many operations it was.
   */
  reopen(through: number, also: () => Promise<readonly Change[]>): Promise<number> {
    return this.turns.take(async () => {
      const known = [...(await this.confirmed()), ...this.unconfirmed.filter((row) => decided(row) !== null)];
      const lost = new Map(
        known.filter((row) => row.operation.seq > through).map((row) => [row.operation.seq, { ...row, outcome: null, confirmed_at: "" }]),
      );
      if (lost.size === 0) return 0;
      await this.records.write([
        ...[...lost.values()].flatMap((row) => [
          put("operations", row),
          { kind: "confirmed", name: name(row), remove: true } satisfies Change,
        ]),
        ...(await also()),
      ]);
      const all = [...new Map([...this.open, ...lost])].sort(([one], [other]) => one - other);
      this.open.clear();
      for (const [seq, row] of all) this.open.set(seq, row);
      this.told.clear(); // revisions that the server does not have any more
      this.remember(this.unconfirmed);
      this.tell([...lost.values()]);
      return lost.size;
    });
  }

  /** Our chain at a number; null when that operation was purged long after its receipt. */
  async chainAt(seq: number): Promise<string | null> {
    if (seq === this.head.seq) return this.head.chain;
    const row = this.open.get(seq) ?? (await this.records.get<Row>("confirmed", String(seq)));
    return row?.chain ?? null;
  }

  /** Confirmed rows of all audits, for what can be recovered. */
  confirmed(): Promise<Row[]> {
    return this.records.list<Row>("confirmed");
  }

  /** Remove confirmed rows for good; the last one stays, because the next receipt may be compared with its chain. */
  async purge(rows: readonly Row[]): Promise<void> {
    const last = Math.max(0, ...(await this.confirmed()).map((row) => row.operation.seq));
    const due = rows.filter((row) => row.confirmed_at !== "" && row.operation.seq < last);
    await this.records.write(due.map((row) => ({ kind: "confirmed", name: name(row), remove: true })));
  }

  private base(offered: Offered, made: readonly Row[]): number {
    const waiting = [...this.open.values(), ...made].filter(
      (row) => row.operation.audit === offered.audit && row.target === offered.target && decided(row) === null,
    );
    const last = waiting.pop();
    if (last !== undefined) return last.operation.base_revision + 1;
    return Math.max(offered.known, this.told.get(place(offered.audit, offered.target)) ?? 0);
  }

  private remember(rows: readonly Row[]): void {
    for (const row of rows) {
      if (row.outcome === null || decided(row) === "refused") continue;
      const where = place(row.operation.audit, row.target);
      this.told.set(where, Math.max(row.outcome.revision, this.told.get(where) ?? 0));
    }
  }

  private tell(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const audits = [...new Set(rows.map((row) => row.operation.audit))];
    this.dispatchEvent(new CustomEvent<LedgerChange>("change", { detail: { audits, rows: [...rows] } }));
  }
}

function place(audit: string, target: Where): string {
  return `${audit} ${target}`;
}

function name(row: Row): string {
  return String(row.operation.seq);
}

function put(kind: "operations" | "confirmed", row: Row): Change {
  return { kind, name: name(row), group: row.operation.audit, value: row };
}
