// The databases: one per account, and one that lists the accounts of this device. Stores of sealed records hold nothing
// that can be read; `keys` and `counters` hold key material, the device's id and how far it has counted. A new version adds
// a step to `upgrade`, which never removes a store: there may be unsent work in it.
import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import type { Account } from "../core/types";
import { storageError } from "./errors";

/** What is kept: operations no receipt covers yet, those it does, what is being typed, packages, photos and so on. */
export const KINDS = [
  "operations",
  "confirmed",
  "drafts",
  "undo",
  "packages",
  "shelf",
  "photos",
  "bytes",
  "thumbnails",
  "settings",
  "waiting",
] as const;
export type RecordKind = (typeof KINDS)[number];

/** A sealed record: its key and group are keyed digests of names, its data AES-GCM ciphertext. */
export interface Sealed {
  key: string;
  group: string;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}
type SealedStore = { key: string; value: Sealed; indexes: { group: string } };
interface AccountSchema extends DBSchema {
  keys: { key: string; value: unknown };
  counters: { key: string; value: unknown };
  operations: SealedStore;
  confirmed: SealedStore;
  drafts: SealedStore;
  undo: SealedStore;
  packages: SealedStore;
  shelf: SealedStore;
  photos: SealedStore;
  bytes: SealedStore;
  thumbnails: SealedStore;
  settings: SealedStore;
  waiting: SealedStore;
}
interface SharedSchema extends DBSchema {
  accounts: { key: number; value: Account };
}
export type AccountDb = IDBPDatabase<AccountSchema>;
export type SharedDb = IDBPDatabase<SharedSchema>;
export type StoreName = RecordKind | "keys" | "counters";
export type Writing = IDBPTransaction<AccountSchema, StoreName[], "readwrite">;

export function accountName(id: number): string {
  return `isoaudit-${id}`;
}

export function openAccount(id: number): Promise<AccountDb> {
  return openDB<AccountSchema>(accountName(id), 2, {
    upgrade(db, before) {
      if (before < 1) for (const open of ["keys", "counters"] as const) db.createObjectStore(open);
      for (const kind of KINDS) {
        if (!db.objectStoreNames.contains(kind)) db.createObjectStore(kind, { keyPath: "key" }).createIndex("group", "group");
      }
    },
    blocking(_current, _next, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

export function openShared(): Promise<SharedDb> {
  return openDB<SharedSchema>("isoaudit", 1, {
    upgrade(db) {
      db.createObjectStore("accounts", { keyPath: "id" });
    },
    blocking(_current, _next, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

/** Remove an account's database for good; only for one that holds nothing unsent. */
export function removeAccount(id: number): Promise<void> {
  return deleteDB(accountName(id));
}

/**
 * One transaction over these stores that is on the disk when it is over. `steps` may only ask the database: awaiting
 * anything else would end the transaction early. When it throws, nothing of it has happened.
 */
export async function write<T>(db: AccountDb, stores: StoreName[], steps: (tx: Writing) => Promise<T>): Promise<T> {
  try {
    const tx = db.transaction(stores, "readwrite", { durability: "strict" });
    const done = tx.done;
    done.catch(() => undefined); // told below; an abort must not be reported twice
    let result: T;
    try {
      result = await steps(tx);
    } catch (error) {
      abort(tx);
      throw error;
    }
    await done;
    return result;
  } catch (error) {
    throw isStorage(error) ? storageError(error) : error;
  }
}

function abort(tx: Writing): void {
  try {
    tx.abort();
  } catch {
    return; // already over
  }
}

function isStorage(error: unknown): boolean {
  return error instanceof DOMException || (error instanceof Error && error.name === "QuotaExceededError");
}
