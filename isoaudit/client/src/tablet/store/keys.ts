// The keys of one account on this device: made with a PIN, opened by it, taken away from it after ten wrong ones, given
// back through the office. Wraps and failures are plain records of the account's database; the data key itself is never
// stored. What is encrypted with it is in records.ts.
import type { OfficeKey } from "../core/types";
import {
  derive, open, pinKey, random, recoveryPair, ROUNDS, seal, unwrap, wrapFor, type Box, type Bytes, type DataKeys,
} from "./crypto";
import { write, type AccountDb } from "./db";
import { PinGone, WeakPin, WrongKey, WrongPin } from "./errors";

export const TRIES = 10;
interface PinWrap extends Box {
  salt: Bytes;
  rounds: number;
}
interface OfficeWrap {
  id: string;
  wrapped: string;
}
interface Recovery {
  privateKey: CryptoKey;
  spki: string;
  begun_at: string;
  /** What the server calls it; "" until it has been asked. */
  id: string;
}
export interface RecoveryRequest {
  wrapped: string;
  public_key: string;
}
const ABOUT = "isoaudit data key";
const CHECK = "isoaudit check";

/** What is wrong with a PIN, null when it is good. */
export function pinTrouble(pin: string): WeakPin["why"] | null {
  if (!/^\d*$/.test(pin)) return "digits";
  if (pin.length < 6) return "short";
  const steps = new Set([...pin].slice(1).map((digit, place) => Number(digit) - Number(pin[place])));
  const half = pin.slice(0, Math.ceil(pin.length / 2));
  const repeated = [1, 2, 3].some((length) => pin === pin.slice(0, length).repeat(pin.length).slice(0, pin.length));
  return (steps.size === 1 && Math.abs([...steps][0] ?? 0) <= 1) || repeated || new Set(half).size === 1 ? "simple" : null;
}

export class Keys {
  /** `account`: whose data it is; the office gives the key back to nobody else (services/recovery_key.py). */
  constructor(
    private readonly db: AccountDb,
    private readonly account: number,
    private readonly rounds = ROUNDS,
  ) {}

  /** "none": no account was made here; "pin": the PIN opens it; "gone": only the recovery does. */
  async state(): Promise<"none" | "pin" | "gone"> {
    if ((await this.db.get("keys", "check")) === undefined) return "none";
    return (await this.db.get("keys", "pin")) === undefined ? "gone" : "pin";
  }

  /** Tries left with the PIN. */
  async left(): Promise<number> {
    return Math.max(0, TRIES - ((await this.read<number>("failures")) ?? 0));
  }

  /** Make the account's key. Raises WeakPin. */
  async create(pin: string, office: OfficeKey): Promise<DataKeys> {
    const dataKey = random(32);
    const keys = await derive(dataKey);
    const [wrap, wrapped, check] = await Promise.all([
      this.wrap(pin, dataKey),
      wrapFor(office.spki, dataKey, this.label),
      seal(keys.content, random(16), CHECK),
    ]);
    await write(this.db, ["keys"], async (tx) => {
      const store = tx.objectStore("keys");
      await store.add(check, "check");
      await store.put(wrap, "pin");
      await store.put(0, "failures");
      await store.put({ id: office.id, wrapped } satisfies OfficeWrap, "office");
      await store.put(office, "office_key");
    });
    return keys;
  }

  /** Open with the PIN. Raises WrongPin, or PinGone once ten were wrong: each try is on the disk before it is made. */
  async unlock(pin: string): Promise<DataKeys> {
    return derive(await this.dataKey(pin));
  }

  /** Raises WrongPin and PinGone as unlock does, WeakPin for the new one. */
  async changePin(pin: string, next: string): Promise<void> {
    this.refuseWeak(next);
    await this.setPin(await this.dataKey(pin), next);
  }

  /** The office's key as the server tells it now; the data key is wrapped anew at the next opening when it is another. */
  async setOffice(office: OfficeKey): Promise<void> {
    await write(this.db, ["keys"], (tx) => tx.objectStore("keys").put(office, "office_key"));
  }

  /** Ask for help: what to send to the office. A recovery begun before is gone on with. */
  async beginRecovery(): Promise<RecoveryRequest> {
    const office = await this.read<OfficeWrap>("office");
    if (office === undefined) throw new WrongKey();
    const begun = await this.read<Recovery>("recovery");
    if (begun !== undefined) return { wrapped: office.wrapped, public_key: begun.spki };
    const recovery = { ...(await recoveryPair()), begun_at: new Date().toISOString(), id: "" };
    await write(this.db, ["keys"], (tx) => tx.objectStore("keys").put(recovery satisfies Recovery, "recovery"));
    return { wrapped: office.wrapped, public_key: recovery.spki };
  }

  /** Keep the name by which the server knows the recovery that was begun. */
  async noteRecovery(id: string): Promise<void> {
    await write(this.db, ["keys"], async (tx) => {
      const begun = (await tx.objectStore("keys").get("recovery")) as Recovery | undefined;
      if (begun !== undefined) await tx.objectStore("keys").put({ ...begun, id }, "recovery");
    });
  }

  async recovery(): Promise<{ id: string; begun_at: string } | null> {
    const begun = await this.read<Recovery>("recovery");
    return begun === undefined ? null : { id: begun.id, begun_at: begun.begun_at };
  }

  /** Give up the recovery that was begun (the office refused it). */
  async dropRecovery(): Promise<void> {
    await write(this.db, ["keys"], (tx) => tx.objectStore("keys").delete("recovery"));
  }

  /** Open with the key that the office gave back, and set a new PIN. Raises WrongKey, WeakPin. */
  async finishRecovery(key: string, pin: string): Promise<DataKeys> {
    this.refuseWeak(pin);
    const begun = await this.read<Recovery>("recovery");
    const check = await this.read<Box>("check");
    if (begun === undefined || check === undefined) throw new WrongKey();
    let dataKey: Bytes;
    let keys: DataKeys;
    try {
      dataKey = await unwrap(begun.privateKey, key);
      keys = await derive(dataKey);
      await open(keys.content, check, CHECK);
    } catch {
      throw new WrongKey();
    }
    await this.setPin(dataKey, pin);
    return keys;
  }

  private async dataKey(pin: string): Promise<Bytes> {
    const { wrap, failures } = await write(this.db, ["keys"], async (tx) => {
      const store = tx.objectStore("keys");
      const found = (await store.get("pin")) as PinWrap | undefined;
      const before = ((await store.get("failures")) as number | undefined) ?? 0;
      if (found === undefined || before >= TRIES) {
        await store.delete("pin");
        return { wrap: undefined, failures: before };
      }
      await store.put(before + 1, "failures");
      return { wrap: found, failures: before + 1 };
    });
    if (wrap === undefined) throw new PinGone();
    let dataKey: Bytes;
    try {
      dataKey = new Uint8Array(await open(await pinKey(pin, wrap.salt, wrap.rounds), wrap, ABOUT));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "OperationError") throw error;
      if (failures < TRIES) throw new WrongPin(TRIES - failures);
      await write(this.db, ["keys"], (tx) => tx.objectStore("keys").delete("pin"));
      throw new PinGone();
    }
    await write(this.db, ["keys"], (tx) => tx.objectStore("keys").put(0, "failures"));
    await this.rewrap(dataKey);
    return dataKey;
  }

  private get label(): string {
    return `isoaudit ${this.account}`;
  }

  private async rewrap(dataKey: Bytes): Promise<void> {
    const now = await this.read<OfficeKey>("office_key");
    const wrap = await this.read<OfficeWrap>("office");
    if (now === undefined || wrap?.id === now.id) return;
    const wrapped = await wrapFor(now.spki, dataKey, this.label).catch(() => null);
    if (wrapped === null) return; // no key at all: the wrap made before stays good
    await write(this.db, ["keys"], (tx) => tx.objectStore("keys").put({ id: now.id, wrapped }, "office"));
  }

  private async setPin(dataKey: Bytes, pin: string): Promise<void> {
    const wrap = await this.wrap(pin, dataKey);
    await write(this.db, ["keys"], async (tx) => {
      const store = tx.objectStore("keys");
      await store.put(wrap, "pin");
      await store.put(0, "failures");
      await store.delete("recovery");
    });
  }

  private async wrap(pin: string, dataKey: Bytes): Promise<PinWrap> {
    this.refuseWeak(pin);
    const salt = random(16);
    const box = await seal(await pinKey(pin, salt, this.rounds), dataKey, ABOUT);
    return { ...box, salt, rounds: this.rounds };
  }

  private refuseWeak(pin: string): void {
    const why = pinTrouble(pin);
    if (why !== null) throw new WeakPin(why);
  }

  private async read<T>(name: string): Promise<T | undefined> {
    return (await this.db.get("keys", name)) as T | undefined;
  }
}
