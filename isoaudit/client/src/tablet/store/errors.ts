// What the device's storage may refuse, by name. After any of these nothing has been written by halves.

/** The browser gives no more room; what was to be written is not there. */
export class StorageFull extends Error {
  constructor() {
    super("storage full");
  }
}

/** Writing or reading failed for another reason: the database was closed, removed, or the disk failed. */
export class StorageBroken extends Error {
  constructor(readonly reason: unknown) {
    super(`storage broken: ${String(reason)}`);
  }
}

/** A PIN that does not open; `left` tries remain before only the office can help. */
export class WrongPin extends Error {
  constructor(readonly left: number) {
    super(`wrong PIN, ${left} left`);
  }
}

/** Ten wrong PINs: the PIN opens nothing any more, only the recovery by the office does. */
export class PinGone extends Error {
  constructor() {
    super("the PIN was removed after too many wrong ones");
  }
}

/** Another tab of this browser works with the same account. */
export class OpenElsewhere extends Error {
  constructor() {
    super("open in another tab");
  }
}

/** A PIN that is not good enough: too short, other than digits, or guessed at once. */
export class WeakPin extends Error {
  constructor(readonly why: "short" | "digits" | "simple") {
    super(`weak PIN: ${why}`);
  }
}

/** What came as the recovered key opens nothing here. */
export class WrongKey extends Error {
  constructor() {
    super("this key does not open the data");
  }
}

/** The audit still has work that no receipt covers: it stays on the device. */
export class StillUnsent extends Error {
  constructor(readonly audit: string) {
    super(`unsent work in audit ${audit}`);
  }
}

/** A fresh package names another checklist than the one the work on this device was done with. */
export class OtherChecklist extends Error {
  constructor(readonly audit: string) {
    super(`another checklist for audit ${audit}`);
  }
}

/** A fresh package is another audit's: the server gave the number of the one on this device again. */
export class OtherAudit extends Error {
  constructor(readonly audit: string) {
    super(`another audit under ${audit}`);
  }
}

export function storageError(error: unknown): Error {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (error instanceof StorageFull || error instanceof StorageBroken) return error;
  return name === "QuotaExceededError" ? new StorageFull() : new StorageBroken(error);
}
