// The way into an account on this device: the list of accounts, the PIN, the recovery, and one tab at a time. What lies
// behind it is the Store.
import type { Account, OfficeKey } from "../core/types";
import type { DataKeys } from "./crypto";
import { openAccount, openShared, removeAccount, type AccountDb } from "./db";
import { WeakPin } from "./errors";
import { Keys, pinTrouble, type RecoveryRequest } from "./keys";
import { hold } from "./locks";
import { Store } from "./store";

/** The accounts on this device, by name. */
export async function accounts(): Promise<Account[]> {
  const db = await openShared();
  try {
    return (await db.getAll("accounts")).sort((one, other) => one.name.localeCompare(other.name, "vi"));
  } finally {
    db.close();
  }
}

export class Gate {
  private constructor(
    readonly account: Account,
    private readonly db: AccountDb,
    private readonly keys: Keys,
  ) {}

  /** Stand before an account's data; its name is kept up to date in the list. `rounds`: of the PIN's derivation. */
  static async at(account: Account, rounds?: number): Promise<Gate> {
    const shared = await openShared();
    try {
      await shared.put("accounts", account);
    } finally {
      shared.close();
    }
    const db = await openAccount(account.id);
    return new Gate(account, db, new Keys(db, account.id, rounds));
  }

  state(): Promise<"none" | "pin" | "gone"> {
    return this.keys.state();
  }
  /** Tries left with the PIN. */
  left(): Promise<number> {
    return this.keys.left();
  }

  /** Make the account's data on this device. Raises WeakPin, OpenElsewhere. */
  async create(pin: string, office: OfficeKey): Promise<Store> {
    const why = pinTrouble(pin);
    if (why !== null) throw new WeakPin(why);
    return this.enter(() => this.keys.create(pin, office));
  }

  /** Raises WrongPin, PinGone, OpenElsewhere (before the PIN is tried). */
  unlock(pin: string): Promise<Store> {
    return this.enter(() => this.keys.unlock(pin));
  }

  changePin(pin: string, next: string): Promise<void> {
    return this.keys.changePin(pin, next);
  }
  setOffice(office: OfficeKey): Promise<void> {
    return this.keys.setOffice(office);
  }

  /** What to send to the office when the PIN is forgotten or gone. */
  beginRecovery(): Promise<RecoveryRequest> {
    return this.keys.beginRecovery();
  }
  noteRecovery(id: string): Promise<void> {
    return this.keys.noteRecovery(id);
  }
  recovery(): Promise<{ id: string; begun_at: string } | null> {
    return this.keys.recovery();
  }
  dropRecovery(): Promise<void> {
    return this.keys.dropRecovery();
  }
  /** Open with the key the office gave back, and set a new PIN. Raises WrongKey, WeakPin, OpenElsewhere. */
  finishRecovery(key: string, pin: string): Promise<Store> {
    return this.enter(() => this.keys.finishRecovery(key, pin));
  }

  /** The device's id, told before the PIN too: the recovery names it. "" before the first opening. */
  async device(): Promise<string> {
    const head = (await this.db.get("counters", "ledger")) as { device: string } | undefined;
    return head?.device ?? "";
  }

  /** Leave without entering; not for a gate that a store came from. */
  close(): void {
    this.db.close();
  }

  private async enter(keys: () => Promise<DataKeys>): Promise<Store> {
    const release = await hold(`isoaudit-account-${this.account.id}`);
    try {
      return await Store.open(this.account, this.db, await keys(), release);
    } catch (error) {
      release();
      throw error;
    }
  }
}

/** Remove an account and its database from this device; only once nothing unsent is in it (wipe.ts asks). */
export async function forget(id: number): Promise<void> {
  await removeAccount(id);
  const shared = await openShared();
  try {
    await shared.delete("accounts", id);
  } finally {
    shared.close();
  }
}
