// One tab at a time for one account: a Web Lock, held until it is released or the tab is gone.
import { OpenElsewhere } from "./errors";

/** How long a tab that is being closed or reloaded may still hold it, in milliseconds. */
const PATIENCE = 2_000;

/** Take the lock; the function returned gives it back. Raises OpenElsewhere when another tab keeps it. */
export function hold(name: string): Promise<() => void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  return new Promise((taken, refused) => {
    navigator.locks
      .request(name, { signal: patience.signal }, () => {
        clearTimeout(timer);
        return new Promise<void>((release) => taken(() => release()));
      })
      .catch((error: unknown) => {
        clearTimeout(timer);
        refused(error instanceof Error && error.name === "AbortError" ? new OpenElsewhere() : error);
      });
  });
}
