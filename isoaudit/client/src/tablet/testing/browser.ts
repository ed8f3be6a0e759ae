// What node lacks of a browser, for the tests: IndexedDB in memory, and Web Locks where the version of node has none.
import "fake-indexeddb/auto";

type Work = () => Promise<unknown>;
const queues = new Map<string, Promise<unknown>>();

function request(name: string, options: { signal?: AbortSignal }, work: Work): Promise<unknown> {
  const before = queues.get(name) ?? Promise.resolve();
  const { signal } = options;
  return new Promise((resolve, reject) => {
    let given = false;
    signal?.addEventListener("abort", () => {
      if (!given) reject(new DOMException("aborted", "AbortError"));
    });
    const mine = before.then(async () => {
      if (signal?.aborted === true) return;
      given = true;
      await work().then(resolve, reject);
    });
    queues.set(name, mine);
  });
}

if (globalThis.navigator?.locks === undefined) {
  Object.defineProperty(globalThis, "navigator", { value: { locks: { request } }, configurable: true });
}
