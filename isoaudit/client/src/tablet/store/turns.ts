// One after another: work that must not overlap with other work of the same thing.

export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Run `work` when all taken before it are over, whether they succeeded or not. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** When everything taken so far is over. */
  async over(): Promise<void> {
    await this.last;
  }
}
