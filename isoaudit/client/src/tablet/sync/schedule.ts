// When the sync runs: when a network comes back, a moment after a change, every minute while something waits, and longer and
// longer after each failure. One run at a time over all tabs.
import type { Engine } from "./engine";
import type { Trouble } from "./trouble";

export const SYNC_LOCK = "isoaudit-sync";
const AFTER_CHANGE = 3_000;
const WHILE_WAITING = 60_000;
/** While all that waits is what the server does not take. */
const WHILE_ODD = 600_000;
const AFTER_FAILURE = [5, 15, 30, 60, 120, 300];

export interface Timers {
  set(run: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}
const WINDOW: Timers = { set: (run, milliseconds) => setTimeout(run, milliseconds), clear: (timer) => clearTimeout(timer as number) };

export class Schedule {
  private timer: unknown = null;
  private due = Infinity;
  private failures = 0;
  private stopped = false;

  constructor(
    private readonly engine: Engine,
    private readonly failed: (error: unknown) => void,
    private readonly timers: Timers = WINDOW,
    private readonly now: () => number = Date.now,
  ) {}

  /** Run now: asked for, or because something changed that makes another try worthwhile. */
  readonly promptly = (): void => void this.run().catch(this.told);

  /** Begin, also anew after stop(). */
  start(): void {
    this.stopped = false;
    this.engine.store.ledger.addEventListener("change", this.changed);
    this.engine.store.photos.addEventListener("change", this.counted);
    globalThis.addEventListener?.("online", this.promptly);
    this.promptly();
  }

  stop(): void {
    this.stopped = true;
    this.engine.store.ledger.removeEventListener("change", this.changed);
    this.engine.store.photos.removeEventListener("change", this.counted);
    globalThis.removeEventListener?.("online", this.promptly);
    this.timers.clear(this.timer);
  }

  /** Run, unless another tab does. */
  async run(): Promise<Trouble | null> {
    this.timers.clear(this.timer);
    this.due = Infinity;
    if (this.stopped) return null;
    const trouble = await alone(() => this.engine.run());
    this.failures = trouble === null ? 0 : this.failures + 1;
    if (trouble !== null) {
      const rest = AFTER_FAILURE[Math.min(this.failures, AFTER_FAILURE.length) - 1] ?? WHILE_WAITING / 1000;
      this.plan(Math.max(rest, trouble.wait) * 1000);
    } else if (this.engine.waiting > 0) {
      this.plan(this.engine.store.ledger.pending(1).length > 0 ? AFTER_CHANGE : this.engine.odd.length > 0 ? WHILE_ODD : WHILE_WAITING);
    }
    return trouble;
  }

  private readonly changed = (): void => {
    if (this.engine.running) return;
    this.counted();
    if (this.failures === 0) this.plan(AFTER_CHANGE);
  };
  private readonly counted = (): void => void (this.engine.running || this.engine.count().catch(this.told));
  /** What breaks because everything was put away meanwhile is no news. */
  private readonly told = (error: unknown): void => {
    if (!this.stopped) this.failed(error);
  };

  private plan(milliseconds: number): void {
    const due = this.now() + milliseconds;
    if (this.stopped || due >= this.due) return;
    this.timers.clear(this.timer);
    this.due = due;
    this.timer = this.timers.set(this.promptly, milliseconds);
  }
}

async function alone(run: () => Promise<Trouble | null>): Promise<Trouble | null> {
  return navigator.locks.request(SYNC_LOCK, { mode: "exclusive" }, run);
}
