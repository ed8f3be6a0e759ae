// Taps that were meant once: the second one of a double tap on the same thing, and one that falls through a dialog which the
// first has closed. A tap elsewhere is always taken.

/** Milliseconds within which a second tap on the same thing belongs to the first one. */
const DOUBLE = 600;
/** Milliseconds after a dialog has closed, and how far from the tap that closed it (CSS pixels), that a tap belongs to that one. */
const AFTER = 400;
const NEAR = 24;

let last: { what: string; at: number } | null = null;

/** Whether this tap is the second one of a double tap on the same thing. `now` in milliseconds. */
export function repeated(what: string, now = performance.now()): boolean {
  const again = last?.what === what && now - last.at < DOUBLE;
  last = { what, at: now };
  return again;
}

export interface Spot {
  x: number;
  y: number;
}

/** Where a dialog was closed by a tap, and whether a later tap is a part of that one. */
export class Shield {
  private touched: (Spot & { at: number }) | null = null;
  private closed: (Spot & { until: number }) | null = null;

  /** A finger or the mouse went down here; true when it belongs to the tap that closed a dialog. */
  down(spot: Spot, now: number): boolean {
    this.touched = { ...spot, at: now };
    if (!this.covers(spot, now)) {
      this.closed = null; // a tap elsewhere begins something new
      return false;
    }
    this.closed = { ...spot, until: now + AFTER }; // the click of this tap is still to come
    return true;
  }

  covers({ x, y }: Spot, now: number): boolean {
    const { closed } = this;
    return closed !== null && now < closed.until && Math.hypot(x - closed.x, y - closed.y) < NEAR;
  }

  /** A key was pressed: what closes now is closed by it. */
  key(): void {
    this.touched = null;
  }

  /** A dialog closed; by a tap when the last one is not long past. */
  close(now: number): void {
    if (this.touched !== null && now - this.touched.at < DOUBLE) this.closed = { x: this.touched.x, y: this.touched.y, until: now + AFTER };
  }
}

/** Keep such taps from what lies behind. One in a next dialog is taken: photos are looked at one after the other, buttons in one place. */
export function shielded(shield: Shield): void {
  const stop = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest("dialog") !== null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("pointerdown", (event) => shield.down({ x: event.clientX, y: event.clientY }, performance.now()) && stop(event), true);
  window.addEventListener("keydown", () => shield.key(), true);
  for (const name of ["mousedown", "click"] as const) {
    window.addEventListener(name, (event) => event.detail > 0 && shield.covers({ x: event.clientX, y: event.clientY }, performance.now()) && stop(event), true);
  }
}
