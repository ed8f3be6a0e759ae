// The ledger: numbered without gaps, all or nothing, believing only a receipt whose chain is its own.
import "../testing/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import { link } from "../core/canonical";
import { momentStamp } from "../core/dates";
import type { JsonObject, Outcome } from "../core/types";
import { newStore, packageOf, photoOf, reopened, Server, sync } from "../testing/fixtures";
import { mac } from "./crypto";
import { OtherAudit, OtherChecklist, StillUnsent, StorageFull } from "./errors";
import { decided, type Offered } from "./ledger";
import { purge, trash } from "./trash";
import { unsentIn } from "../testing/fixtures";
import { exportUnsent, KEY } from "./unsent";
import { wipe } from "./wipe";

const AUDIT = "2020-KT-001";

function offered(text: string, target = "@remarks", known = 0): Offered {
  return { audit: AUDIT, kind: "field", target, criterion: null, value: { field: target.slice(1), text }, known };
}

test("operations appended at once are numbered without gaps and chained in that order, over restarts too", async () => {
  let store = await newStore();
  const texts = Array.from({ length: 20 }, (_, place) => `${place}`);
  await Promise.all(texts.map((text) => store.ledger.append([offered(text)])));
  store = await reopened(store);
  await store.ledger.append([offered("20"), offered("21", "@present")]);
  const rows = store.ledger.unconfirmed;
  assert.deepEqual(rows.map((row) => row.operation.seq), Array.from({ length: 22 }, (_, place) => place + 1));
  assert.deepEqual(rows.map((row) => row.operation.base_revision), [...Array.from({ length: 21 }, (_, place) => place), 0]);
  let chain = "";
  for (const row of rows) assert.equal(row.chain, (chain = await link(chain, row.fingerprint)));
  assert.equal(store.ledger.chain, chain);
});

test("when there is no room nothing of it is written and the number is not used", async () => {
  const store = await newStore();
  await store.ledger.append([offered("một")]);
  const full = diskFull();
  await assert.rejects(store.ledger.append([offered("hai"), offered("ba")]), StorageFull);
  full();
  const opened = await reopened(store);
  assert.equal(opened.ledger.lastSeq, 1);
  const [row] = await opened.ledger.append([offered("bốn")]);
  assert.equal(row?.operation.seq, 2);
  assert.equal((await opened.records.list("operations")).length, 2);
});

/** Let every second put fail as on a full disk, until the function returned is called. */
function diskFull(): () => void {
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  IDBObjectStore.prototype.put = function (...given: Parameters<IDBObjectStore["put"]>): IDBRequest<IDBValidKey> {
    puts += 1;
    if (puts % 2 === 0) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, given);
  };
  return () => {
    IDBObjectStore.prototype.put = put;
  };
}

test("only a receipt with our chain confirms, and only what was decided on", async () => {
  const store = await newStore();
  const server = new Server();
  await store.ledger.append([offered("một"), offered("hai")]);
  const [first, second] = store.ledger.unconfirmed;
  const { outcomes, receipt } = await server.take(store.ledger.unconfirmed);
  await store.ledger.hear(outcomes.slice(0, 1)); // the second answer was lost
  assert.equal(await store.ledger.confirm({ ...receipt, chain: "0".repeat(64) }), false);
  assert.equal(await store.ledger.confirm({ ...receipt, device_id: "another" }), false);
  assert.equal(await store.ledger.confirm({ ...receipt, through: 3 }), false);
  assert.equal(store.ledger.unconfirmed.length, 2);
  assert.equal(await store.ledger.confirm(receipt), true);
  assert.deepEqual(store.ledger.unconfirmed.map((row) => row.operation), [second?.operation]);
  assert.deepEqual((await store.ledger.confirmed()).map((row) => row.operation), [first?.operation]);
  const again: Outcome = { ...(outcomes[1] as Outcome), outcome: "duplicate" };
  assert.equal(await store.ledger.hear([again]), 0);
  const opened = await reopened(store);
  assert.equal(await opened.ledger.confirm(receipt), true);
  assert.equal(opened.ledger.unconfirmed.length, 0);
  assert.equal((await opened.ledger.rows(AUDIT)).length, 2);
});

test("an answer about other content than ours is not believed; held ones go on waiting", async () => {
  const store = await newStore();
  const server = new Server();
  await store.ledger.append([offered("một")]);
  const { outcomes } = await server.take(store.ledger.unconfirmed);
  const [outcome] = outcomes as [Outcome];
  assert.equal(await store.ledger.hear([{ ...outcome, digest: "f".repeat(64) }]), 1);
  assert.equal(await store.ledger.hear([{ ...outcome, outcome: "held", first: "held", digest: "" }]), 0);
  assert.deepEqual(store.ledger.pending(10).map(({ seq }) => seq), [1]);
  assert.deepEqual(store.ledger.counts(AUDIT), { unsent: 1, held: 1, refused: 0, conflict: 0 });
  await sync(store, new Server(), ["@remarks"]);
  assert.equal((await store.ledger.confirmed()).map(decided)[0], "refused");
});

test("the next operation builds on what the answers told, not on what was refused", async () => {
  const store = await newStore();
  const server = new Server();
  server.other("@remarks", { field: "remarks", text: "khác" });
  await store.ledger.append([offered("một", "@remarks", 1)]);
  await sync(store, server);
  const [second] = await store.ledger.append([offered("hai", "@remarks", 1)]);
  await sync(store, server, ["@remarks"]);
  const [third] = await store.ledger.append([offered("ba", "@remarks", 1)]);
  assert.deepEqual([second?.operation.base_revision, third?.operation.base_revision], [2, 2]);
});

test("confirmed operations stay for 14 days, and longer while the package does not show them", async () => {
  const store = await newStore();
  const server = new Server();
  await store.packages.put(packageOf());
  await store.ledger.append([offered("một"), offered("hai"), offered("ba")]);
  await sync(store, server);
  const [first, soon, later] = [0, 13, 15].map((days) => new Date(Date.now() + days * 86_400_000)) as [Date, Date, Date];
  assert.equal(await purge(store, first), 0);
  assert.equal(await purge(store, later), 0); // the package is older than they are
  await store.packages.put(server.pack());
  assert.equal(await purge(store, soon), 0);
  assert.equal((await trash(store)).operations.length, 3);
  await purge(store, later);
  assert.deepEqual((await trash(store)).operations.map((row) => row.operation.seq), [3]); // its chain is still needed
});

test("an audit is put away only when nothing of it is unsent, and can be brought back until it is purged", async () => {
  const store = await newStore();
  await store.packages.put(packageOf());
  await store.ledger.append([offered("một")]);
  await assert.rejects(store.putAway(AUDIT), StillUnsent);
  await assert.rejects(store.packages.put(packageOf({ planned_at: "2021-01-01T00:00:00+00:00" })), OtherAudit);
  await assert.rejects(store.packages.put(packageOf({ checklist: { ...packageOf().checklist, digest: "c2" } })), OtherChecklist);
  await sync(store, new Server());
  await store.putAway(AUDIT);
  assert.deepEqual([(await store.packages.list()).length, (await trash(store)).audits.length], [0, 1]);
  await store.bringBack(AUDIT);
  assert.equal((await store.packages.list()).length, 1);
  await store.putAway(AUDIT);
  await purge(store, new Date(Date.now() + 400 * 86_400_000)); // found for the first time, whatever this device's clock says
  assert.notEqual(await store.packages.get(AUDIT), null);
  await purge(store, new Date(Date.now() + 415 * 86_400_000));
  assert.equal(await store.packages.get(AUDIT), null);
});

test("the file of the unsent holds operations, photos and drafts left by a crash, under its digest", async () => {
  let store = await newStore();
  await store.packages.put(packageOf());
  const { sha256, changes } = await store.photos.adding(AUDIT, photoOf("ảnh"));
  await store.ledger.append([offered("một")], changes);
  const draft = { audit: AUDIT, kind: "field", target: "@present", criterion: null, value: { field: "present", text: "Ông A" }, known: 0, at: "" } as const;
  await store.drafts.put([draft]);
  store = await reopened(store);
  assert.equal((await unsentIn(await exportUnsent(store))).head["proof"], "");
  await store.settings.put(KEY, "0b".repeat(20));
  const made = await exportUnsent(store);
  const { head, about, operations, photos } = await unsentIn(made);
  assert.equal(head["proof"], await mac("0b".repeat(20), String(head["digest"])));
  assert.equal(await mac("0b".repeat(20), "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"); // RFC 4231
  assert.deepEqual(operations.map((each) => (each.value as JsonObject)["text"]), ["một", "Ông A"]);
  assert.deepEqual(photos, [[sha256, "ảnh"]]);
  assert.equal((await store.unsent(AUDIT)).drafts, 0);
  assert.ok(made.name.endsWith(`-${momentStamp(new Date(String(about["made_at"])))}.isoaudit`));
  assert.equal(momentStamp(new Date(2026, 2, 5, 14, 7)), "20260305-1407"); // the device's clock, not Greenwich's
});

test("a revoked device removes what the server has confirmed and nothing else", async () => {
  const store = await newStore();
  await store.packages.put(packageOf());
  const sent = await store.photos.adding(AUDIT, photoOf("đã gửi"));
  const kept = await store.photos.adding(AUDIT, photoOf("chưa gửi"));
  await store.records.write([...sent.changes, ...kept.changes]);
  await store.photos.sent(AUDIT, sent.sha256);
  await store.ledger.append([offered("đã nhận")]);
  await sync(store, new Server());
  await store.ledger.append([offered("chưa gửi")]);
  const done = await wipe(store);
  assert.deepEqual([done.audits, done.operations, done.left], [1, 1, { operations: 1, photos: 1, drafts: 0, waiting: 0 }]);
  const opened = await reopened(store);
  assert.deepEqual(opened.ledger.unconfirmed.map((row) => row.operation.value["text"]), ["chưa gửi"]);
  assert.equal(await opened.photos.blob(AUDIT, sent.sha256), null);
  assert.equal(await (await opened.photos.blob(AUDIT, kept.sha256))?.text(), "chưa gửi");
  assert.equal(await opened.packages.get(AUDIT), null);
});
