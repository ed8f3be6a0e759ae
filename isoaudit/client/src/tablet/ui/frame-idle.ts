// How long nobody has touched the app: after a quarter of an hour it is locked.

const IDLE = 15 * 60_000;

export class Idle {
  private touched = { wall: Date.now(), run: performance.now() };

  touch(): void {
    this.touched = { wall: Date.now(), run: performance.now() };
  }

  /** A clock that was set back does not keep it open. */
  get over(): boolean {
    return Math.max(Date.now() - this.touched.wall, performance.now() - this.touched.run) >= IDLE;
  }
}
