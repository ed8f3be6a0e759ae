// Web Locks, which all tabs of this browser share: whether an audit is open. Who sits at whose data is in store/locks.ts.

export interface Held {
  release(): void;
}

/** Wait for a lock and keep it until it is released. */
export function hold(name: string, mode: LockMode): Promise<Held> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { mode }, () => new Promise<void>((release) => resolve({ release })))
      .catch(reject);
  });
}
