// Encrypted records: put, get, list, count, several changes in one transaction. A record lies under the keyed digest of its
// kind and name; its group (as a rule the audit) is one too, so that those of one audit are found without opening all.
// What the records mean is the business of the modules that use them.
import { open, opaque, seal, type DataKeys } from "./crypto";
import { write, type AccountDb, type RecordKind, type Sealed, type StoreName, type Writing } from "./db";
import { StorageBroken } from "./errors";

/** One change of a transaction. `bytes` are stored as they are, a `value` as JSON. */
export type Change =
  | { kind: RecordKind; name: string; group: string; value: unknown }
  | { kind: RecordKind; name: string; group: string; bytes: ArrayBuffer }
  | { kind: RecordKind; name: string; remove: true };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Records {
  private readonly keys = new Map<string, string>();

  constructor(
    readonly db: AccountDb,
    private readonly secret: DataKeys,
  ) {}

  async get<T>(kind: RecordKind, name: string): Promise<T | null> {
    const bytes = await this.bytes(kind, name);
    return bytes === null ? null : (JSON.parse(decoder.decode(bytes)) as T);
  }

  async bytes(kind: RecordKind, name: string): Promise<ArrayBuffer | null> {
    const sealed = await this.db.get(kind, await this.key(kind, name));
    return sealed === undefined ? null : open(this.secret.content, sealed, sealed.key);
  }

  /** The values of a kind, or of one group of it, in no order. */
  async list<T>(kind: RecordKind, group?: string): Promise<T[]> {
    const found =
      group === undefined
        ? await this.db.getAll(kind)
        : await this.db.getAllFromIndex(kind, "group", await this.key("group", group));
    return Promise.all(
      found.map(async (sealed) => JSON.parse(decoder.decode(await open(this.secret.content, sealed, sealed.key))) as T),
    );
  }

  async count(kind: RecordKind, group?: string): Promise<number> {
    if (group === undefined) return this.db.count(kind);
    return this.db.countFromIndex(kind, "group", await this.key("group", group));
  }

  /**
   * Make all changes, or none. `also` runs in the same transaction first (counters) and may only ask the database; when it
   * throws, nothing is changed. Raises StorageFull and StorageBroken.
   */
  async write(changes: readonly Change[], also?: (tx: Writing) => Promise<void>): Promise<void> {
    const steps = await Promise.all(
      changes.map(async (change) => ({
        kind: change.kind,
        key: await this.key(change.kind, change.name),
        sealed: "remove" in change ? null : await this.seal(change),
      })),
    );
    const stores: StoreName[] = [...new Set(changes.map((change) => change.kind))];
    if (also !== undefined) stores.push("counters");
    if (stores.length === 0) return;
    await write(this.db, stores, async (tx) => {
      if (also !== undefined) await also(tx);
      const asked: Promise<unknown>[] = [];
      for (const { kind, key, sealed } of steps) {
        const store = tx.objectStore(kind);
        const done = sealed === null ? store.delete(key) : store.put(sealed);
        done.catch(() => undefined); // told by the transaction, also when a later one throws at once
        asked.push(done);
      }
      await Promise.all(asked);
    });
  }

  private async seal(change: Exclude<Change, { remove: true }>): Promise<Sealed> {
    const key = await this.key(change.kind, change.name);
    const plain = "bytes" in change ? change.bytes : encoder.encode(JSON.stringify(change.value));
    return { key, group: await this.key("group", change.group), ...(await seal(this.secret.content, plain, key)) };
  }

  private async key(kind: string, name: string): Promise<string> {
    const full = `${kind}/${name}`;
    const known = this.keys.get(full);
    if (known !== undefined) return known;
    const made = await opaque(this.secret.names, full);
    this.keys.set(full, made);
    return made;
  }
}

/** Read a counter inside a transaction and refuse to go on when it is not what this tab believes it is. */
export async function expectCounter(tx: Writing, name: string, expected: unknown): Promise<void> {
  const found = await tx.objectStore("counters").get(name);
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new StorageBroken(`${name} was changed by another tab`);
}
