// An office, an account, a package and a server that answers as domain/merge does: for the tests of store/ and model/.
import assert from "node:assert/strict";
import { fingerprint, link, sha256 } from "../core/canonical";
import { after, decide, NOWHERE, type Target } from "../core/merge";
import { slotOf } from "../core/targets";
import type { Account, Criterion, JsonObject, OfficeKey, Operation, Outcome, Package, PreparedPhoto, Receipt, Where } from "../core/types";
import { fromBase64, toBase64 } from "../store/crypto";
import { Gate } from "../store/gate";
import type { Row } from "../store/ledger";
import type { Store } from "../store/store";

/** Rounds of the PIN's derivation in tests that are not about it. */
const FEW = 1_000;
export const PIN = "482915";
let accounts = 0;

export function newAccount(): Account {
  accounts += 1;
  return { id: accounts, name: `Nguyễn Văn ${accounts}`, username: `nv${accounts}` };
}

export class Office {
  private constructor(
    readonly key: OfficeKey,
    private readonly privateKey: CryptoKey,
  ) {}

  static async make(id = "k1"): Promise<Office> {
    const rsa = { name: "RSA-OAEP", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
    const pair = await crypto.subtle.generateKey(rsa, true, ["encrypt", "decrypt"]);
    const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
    return new Office({ id, spki: toBase64(new Uint8Array(spki)) }, pair.privateKey);
  }

  /** What the office does when it approves what an account asked: take the data key out, give it to the recovery's key. */
  async approve(request: { wrapped: string; public_key: string }, asker: number): Promise<string> {
    const rsa = { name: "RSA-OAEP", hash: "SHA-256" };
    const label = new TextEncoder().encode(`isoaudit ${asker}`);
    const dataKey = await crypto.subtle.decrypt({ ...rsa, label }, this.privateKey, fromBase64(request.wrapped));
    const device = await crypto.subtle.importKey("spki", fromBase64(request.public_key), rsa, false, ["encrypt"]);
    return toBase64(new Uint8Array(await crypto.subtle.encrypt(rsa, device, dataKey)));
  }
}

export const office = await Office.make();

export function gateOf(account: Account): Promise<Gate> {
  return Gate.at(account, FEW);
}

export async function newStore(account = newAccount()): Promise<Store> {
  return (await gateOf(account)).create(PIN, office.key);
}

/** The same account after the app was killed: only what is on the disk is there. */
export async function reopened(store: Store): Promise<Store> {
  store.close();
  return (await gateOf(store.account)).unlock(PIN);
}

function criterion(code: string, more: Partial<Criterion> = {}): Criterion {
  return {
    code, part: "B", clause: code.slice(2, 5), rule: "", weight: 1, gate: false, core: true, where: "one_stop",
    method: "record", applies_to: [], when: null, text: code, guidance: "", evidence: [], legal_basis: [], ...more,
  };
}

export function packageOf(more: Partial<Package> = {}): Package {
  return {
    audit: "2020-KT-001", revision: 0, digest: "d0", state: "under_way", mode: "on_site", purpose: "full", core_only: false,
    planned_on: "2020-11-18", planned_at: "2020-11-10T02:00:00+00:00", started_at: null, minuted_on: null, group: "Nhóm 1", programme: null, me: 7, role: "head",
    province: { name: "Quảng Trị", steering: "Ban Chỉ đạo ISO", office: "Sở Khoa học và Công nghệ" },
    unit: { code: "X01", name: "UBND xã Húc", kind: "commune", district: "Hướng Hóa" },
    team: [{ user_id: 7, name: "Trần Thị B", role: "head", contents: "" }],
    checklist: {
      id: "thu", version: "1.0.0", digest: "c1", edition: "iso9001-2015", title: "Phiếu thử",
      scoring: { conformity: "1", opportunity: "1", minor: "1/2", major: "0" }, bands: [], clauses: [], places: [],
      criteria: [criterion("B-4.1-01"), criterion("B-7.2-01"), criterion("B-8.5-01")],
    },
    answers: {}, entries: {}, fields: {}, evidence: {}, earlier: [], previous: {}, sentences: {}, signature: null,
    devices: [], catalogue: { procedures: [] }, ...more,
  };
}

export function photoOf(text: string): PreparedPhoto {
  const blob = new Blob([text], { type: "image/jpeg" });
  const thumbnail = new Blob([`small ${text}`], { type: "image/jpeg" });
  return { blob, thumbnail, width: 4, height: 3, taken_at: "", latitude: "", longitude: "", blurred: false, caption: "" };
}

/** The server's side of one audit, for answers of every kind that a device can get. */
export class Server {
  readonly targets = new Map<Where, Target>();
  /** Every operation that was ever entered. */
  readonly history: Operation[] = [];
  revision = 0;
  private readonly outcomes = new Map<string, Outcome>();
  private readonly heads = new Map<string, { through: number; chain: string }>();

  /** Take operations of a device in order; `refuse` names targets whose operations are refused. */
  async take(rows: readonly Row[], refuse: readonly Where[] = []): Promise<{ outcomes: Outcome[]; receipt: Receipt }> {
    const device_id = rows[0]?.operation.device_id ?? "";
    const outcomes: Outcome[] = [];
    for (const { operation, target: where } of rows) {
      const { through, chain } = this.heads.get(device_id) ?? { through: 0, chain: "" };
      const before = this.outcomes.get(operation.op_id);
      if (before !== undefined) {
        outcomes.push({ ...before, outcome: "duplicate", first: before.outcome });
      } else if (operation.seq !== through + 1) {
        const held = { outcome: "held", first: "held", revision: 0, audit_revision: 0, digest: "" } as const;
        outcomes.push({ op_id: operation.op_id, ...held });
      } else {
        const outcome = await this.judge(operation, where, refuse.includes(where));
        this.outcomes.set(operation.op_id, outcome);
        this.history.push(operation);
        this.heads.set(device_id, { through: operation.seq, chain: await link(chain, outcome.digest) });
        outcomes.push(outcome);
      }
    }
    return { outcomes, receipt: { device_id, ...(this.heads.get(device_id) ?? { through: 0, chain: "" }) } };
  }

  /** Up to which number it has a device's operations. */
  through(device_id: string): number {
    return this.heads.get(device_id)?.through ?? 0;
  }

  /** A backup: the function returned makes the server what it is now. */
  backup(): () => void {
    const { revision } = this;
    const history = [...this.history];
    const maps = [this.targets, this.outcomes, this.heads].map((each) => [each as Map<string, unknown>, new Map<string, unknown>(each)] as const);
    return () => {
      this.revision = revision;
      this.history.splice(0, Infinity, ...history);
      for (const [map, then] of maps) {
        map.clear();
        for (const [key, value] of then) map.set(key, value);
      }
    };
  }

  /** Somebody else's value for a target, typed on the latest revision. */
  other(where: Where, value: Operation["value"]): void {
    const before = this.targets.get(where) ?? NOWHERE;
    const offer = { op_id: "x", device_id: "other", base_revision: before.latest, settles: false, value, empty: {} };
    this.targets.set(where, after(before, decide(offer, before, { afterRefusal: null, locked: false })));
    this.revision += 1;
  }

  private async judge(operation: Operation, where: Where, refuse: boolean): Promise<Outcome> {
    const before = this.targets.get(where) ?? NOWHERE;
    const settles = operation.kind === "settle";
    const offer = { ...operation, settles, empty: slotOf(where).empty };
    const digest = await fingerprint(operation);
    const known = { op_id: operation.op_id, digest, audit_revision: (this.revision += 1) };
    if (refuse) {
      return { ...known, outcome: "refused", first: "refused", revision: before.latest, code: "x", why: "Không nhận." };
    }
    const { reply, revision, standing, offered, ...verdict } = decide(offer, before, { afterRefusal: null, locked: false });
    this.targets.set(where, after(before, { reply, revision, standing, offered, ...verdict }));
    return { ...known, outcome: reply, first: reply, revision, standing, offered };
  }

  /** The package as the server would give it now: answers only. */
  pack(more: Partial<Package> = {}): Package {
    const pack = packageOf({ revision: this.revision, digest: `d${this.revision}`, ...more });
    for (const [where, target] of this.targets) {
      if (where.startsWith("@")) continue;
      pack.answers[where] = {
        revision: target.latest,
        conflict: target.contenders.length > 0,
        value: (target.standing?.value ?? null) as never,
        by: 8,
        at: "2020-11-18T03:00:00.000Z",
        contenders: target.contenders.map((each) => ({ revision: each.number, value: each.value as never, by: 8 })),
      };
    }
    return pack;
  }
}

/** Bring all that waits, as the sync does. */
export async function sync(store: Store, server: Server, refuse: readonly Where[] = []): Promise<boolean> {
  await store.ledger.reopen(server.through(store.device), async () => []);
  const pending = new Set(store.ledger.pending(500).map((operation) => operation.op_id));
  const rows = store.ledger.unconfirmed.filter((row) => pending.has(row.operation.op_id));
  if (rows.length === 0) return true;
  const { outcomes, receipt } = await server.take(rows, refuse);
  await store.ledger.hear(outcomes);
  return store.ledger.confirm(receipt);
}

/** A file of unsent work, read as the server reads it. */
export async function unsentIn(made: { blob: Blob }): Promise<{ head: JsonObject; about: JsonObject; operations: Operation[]; photos: [string, string][] }> {
  const bytes = new Uint8Array(await made.blob.arrayBuffer());
  const start = bytes.indexOf(10) + 1;
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const head = JSON.parse(text(0, start)) as JsonObject;
  let place = start + Number(head["text"]);
  assert.equal(head["digest"], await sha256(bytes.subarray(start, place)));
  const lines = text(start, place).trimEnd().split("\n").map((line) => JSON.parse(line) as JsonObject);
  const about = lines.shift() as JsonObject;
  const operations = lines.splice(0, Number(about["operations"])) as unknown as Operation[];
  const photos = lines.map((line): [string, string] => {
    place += Number(line["size"]);
    return [String(line["sha256"]), text(place - Number(line["size"]), place)];
  });
  assert.deepEqual([photos.length, place], [about["photos"], bytes.length]);
  return { head, about, operations, photos };
}
