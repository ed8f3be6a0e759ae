// Writing to an open audit: every keystroke becomes a draft on the disk (at once, then at most every 150 ms), a draft becomes
// an operation after a rest, on leaving, or at once for a tap. What is seen changes before anything is written; what could
// not be written stays in memory, is told, and is tried again with the next change.
import { cleaned, same } from "../core/canonical";
import { slotOf } from "../core/targets";
import type { JsonObject, Where } from "../core/types";
import type { Offered } from "../store/ledger";
import type { Change } from "../store/records";
import { Turns } from "../store/turns";
import { MOST_STEPS, type UndoPart, type UndoStep } from "../store/undo";
import type { Desk } from "./audit-desk";

/** Milliseconds between two writings of drafts, and of rest until a draft becomes an operation. */
const GAP = 150;
const REST = 1_200;

export type Saving = "saved" | "saving" | "failed";
/** A commit that is to come; who waits for it. */
interface Coming {
  timer: ReturnType<typeof setTimeout>;
  waiting: Deferred[];
}
interface Together {
  /** All in one step of undo. */
  together?: boolean;
  /** Further changes of the same transaction. */
  also?: readonly Change[];
}

export class Editing {
  private readonly turns = new Turns();
  private readonly coming = new Map<Where, Coming>();
  private readonly dirty = new Set<Where>();
  private next = deferred();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing = 0;
  private last = -GAP;
  private failed = false;

  constructor(
    private readonly desk: Desk,
    private readonly told: (state: Saving, error?: unknown) => void,
  ) {}

  get saving(): Saving {
    if (this.failed) return "failed";
    const tapped = [...this.coming.values()].some(({ waiting }) => waiting.length > 0);
    return this.dirty.size > 0 || this.writing > 0 || tapped ? "saving" : "saved";
  }

  /** What is there from now on; "typing" keeps it as a draft first. Resolves when it is on the disk. */
  put(where: Where, value: JsonObject, when: "now" | "typing"): Promise<void> {
    this.lay(where, value);
    this.desk.changed([where]);
    return when === "now" ? this.soon(where) : this.touch(where);
  }

  /** Several at once, as one step of undo, all or none, with further changes of the same transaction. */
  putAll(values: ReadonlyMap<Where, JsonObject>, also: readonly Change[] = []): Promise<void> {
    for (const [where, value] of values) this.lay(where, value);
    this.desk.changed([...values.keys()]);
    return this.commit([...values.keys()], { together: true, also });
  }

  /** Make operations of drafts: of these targets, or of all. */
  commit(targets: readonly Where[] = [...this.desk.drafts.keys()], how: Together = {}): Promise<void> {
    const waiting = targets.flatMap((where) => this.cancel(where));
    const written = this.write(() => this.append(targets, how));
    for (const each of waiting) written.then(each.resolve, each.reject);
    return written;
  }

  /** Write operations that are no drafts (settling, signing, taking back), after everything before them. */
  offer(offered: readonly Offered[], also: readonly Change[] = []): Promise<void> {
    return this.write(async () => {
      await this.desk.store.ledger.append(offered, also);
    });
  }

  /** Drop a draft that was not written as an operation, and put back what was there before (null: nothing was typed). */
  takeBack(where: Where, before: JsonObject | null): void {
    if (before === null) this.desk.drafts.delete(where);
    else this.lay(where, before);
    this.desk.changed([where]);
  }

  /** After a crash: what was being typed then becomes operations soon. */
  resume(): void {
    for (const where of this.desk.drafts.keys()) this.rest(where);
  }

  /** Stop timers, when everything has been committed. */
  stop(): void {
    for (const where of [...this.coming.keys()]) for (const each of this.cancel(where)) each.resolve();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.dirty.clear();
    this.next.resolve();
  }

  private lay(where: Where, value: JsonObject): void {
    const live = this.desk.drafts.get(where);
    const at = new Date().toISOString();
    if (live !== undefined) {
      live.draft = { ...live.draft, value, at };
      live.version += 1;
      return;
    }
    const { kind, criterion } = slotOf(where);
    const { audit } = this.desk;
    const known = this.desk.known(where);
    this.desk.drafts.set(where, { draft: { audit, kind, target: where, criterion, value, known, at }, version: 1 });
  }

  private touch(where: Where): Promise<void> {
    this.dirty.add(where);
    this.rest(where);
    const written = this.next.promise;
    this.told(this.saving);
    this.schedule();
    return written;
  }

  /** Commit as soon as the tap that asks for it is over: enciphering takes milliseconds in which nothing could be drawn. */
  private soon(where: Where): Promise<void> {
    const written = deferred();
    this.later(where, 0, [...this.cancel(where), written]);
    this.told(this.saving);
    return written.promise;
  }

  private rest(where: Where): void {
    const waiting = this.cancel(where);
    this.later(where, waiting.length > 0 ? 0 : REST, waiting);
  }

  private later(where: Where, wait: number, waiting: Deferred[]): void {
    const timer = setTimeout(() => void this.commit([where]).catch(() => undefined), wait); // told by write()
    this.coming.set(where, { timer, waiting });
  }

  /** Who waited for the commit that does not come now. */
  private cancel(where: Where): Deferred[] {
    const coming = this.coming.get(where);
    if (coming === undefined) return [];
    clearTimeout(coming.timer);
    this.coming.delete(where);
    return coming.waiting;
  }

  private schedule(): void {
    if (this.timer !== null || this.writing > 0) return;
    const wait = this.last + GAP - performance.now();
    if (wait <= 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    this.timer = null;
    this.last = performance.now();
    const targets = [...this.dirty];
    const { resolve, reject } = this.next;
    this.dirty.clear();
    this.next = deferred();
    this.write(async () => {
      const live = targets.flatMap((where) => this.desk.drafts.get(where)?.draft ?? []);
      await this.desk.store.drafts.put(live);
    }).then(resolve, (error: unknown) => {
      for (const where of targets) this.dirty.add(where);
      reject(error);
    });
  }

  private async append(targets: readonly Where[], how: Together): Promise<void> {
    const { desk } = this;
    const { drafts, ledger, undo } = desk.store;
    const offered: Offered[] = [];
    const changes: Change[] = [...(how.also ?? [])];
    const parts: UndoPart[] = [];
    const taken = new Map<Where, number>();
    for (const where of targets) {
      const live = desk.drafts.get(where);
      if (live === undefined) continue;
      const { audit, kind, criterion, known } = live.draft;
      const value = cleaned(live.draft.value) as JsonObject;
      const before = desk.committed(where);
      taken.set(where, live.version);
      changes.push(drafts.removal(audit, where));
      if (same(before, value) && desk.sight(where).state !== "refused") continue;
      offered.push({ audit, kind, target: where, criterion, value, known: Math.max(known, desk.told(where)) });
      parts.push({ target: where, before, after: value });
    }
    const steps = this.steps(how.together ? [parts] : parts.map((part) => [part]));
    const kept = [...desk.steps, ...steps];
    const dropped = kept.splice(0, Math.max(0, kept.length - MOST_STEPS));
    changes.push(...steps.map((step) => undo.keeping(step)), ...dropped.map((step) => undo.dropping(step)));
    if (offered.length > 0) await ledger.append(offered, changes);
    else await desk.store.records.write(changes);
    desk.steps = kept;
    for (const [where, version] of taken) {
      const live = desk.drafts.get(where);
      if (live === undefined) continue;
      if (live.version === version) desk.drafts.delete(where);
      else this.touch(where).catch(() => undefined); // typed on meanwhile: told by write()
    }
    desk.changed([...taken.keys()]);
  }

  private steps(groups: readonly UndoPart[][]): UndoStep[] {
    const last = this.desk.steps[this.desk.steps.length - 1]?.number ?? 0;
    const full = groups.filter((parts) => parts.length > 0);
    return full.map((parts, place) => ({ audit: this.desk.audit, number: last + 1 + place, parts }));
  }

  /** One writing after another; how it went is told. */
  private write(work: () => Promise<void>): Promise<void> {
    this.writing += 1;
    this.told(this.saving);
    const done = this.turns.take(work).then(
      () => this.over(null),
      (error: unknown) => {
        this.over(error);
        throw error;
      },
    );
    done.catch(() => undefined); // a caller that does not wait has been told
    return done;
  }

  private over(error: unknown): void {
    this.writing -= 1;
    this.failed = error !== null;
    this.told(this.saving, error ?? undefined);
    if (error === null && this.dirty.size > 0) this.schedule();
  }
}

interface Deferred {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => undefined); // nobody may be waiting
  return { promise, resolve, reject };
}
