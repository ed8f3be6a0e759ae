// A server that was restored from an older backup, and a device that the office revoked: what the server does not have stays
// on the device, in every way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint, link } from "../core/canonical";
import { AuditModel } from "../model/audit";
import { accounts, Gate } from "../store/gate";
import { mac } from "../store/crypto";
import { exportUnsent } from "../store/unsent";
import { unsentIn } from "../testing/fixtures";
import { answered, AUDIT, engine, engineBy, inRoom, noise, pack, photographed, server, store } from "./testing/room";

inRoom();

test("what a restored server has lost goes again", async () => {
  await answered("B-4.1-01");
  await answered("B-4.1-02");
  await engine.run();
  const [first] = server.entered;
  assert.ok(first);
  server.entered = [];
  server.chain = "";
  await answered("B-4.1-03");
  assert.equal(await engine.run(), null);
  assert.deepEqual(server.entered.map(({ operation }) => operation.seq), [1, 2, 3]);
  assert.equal(engine.waiting, 0);
});

test("what a restored server has lost is unsent again: in the file, for a wipe, and with its photos", async () => {
  const digest = await photographed(noise(1000));
  await answered("B-4.1-01");
  await answered("B-4.1-02");
  await engine.run();
  assert.equal(engine.waiting, 0);
  await store.ledger.append([{ audit: AUDIT, kind: "answer", target: "B-4.1-03", criterion: "B-4.1-03", value: { grade: "minor" }, known: 0 }]);
  await engine.run();
  const [kept] = server.entered;
  assert.ok(kept);
  server.entered = [kept];
  server.chain = (await store.ledger.chainAt(1)) ?? "";
  server.files.clear();
  server.mischief = (what) => (what === "POST operations" || what.startsWith("HEAD") ? { status: 503 } : null);
  await engine.run();
  assert.deepEqual(store.ledger.unconfirmed.map((row) => row.operation.seq), [2, 3]);
  assert.deepEqual(await store.unsent(AUDIT), { operations: 2, photos: 1, drafts: 0, waiting: 0 });
  const made = await unsentIn(await exportUnsent(store));
  assert.deepEqual([made.operations.map(({ seq }) => seq), made.photos.map(([name]) => name)], [[2, 3], [digest]]);
  assert.equal(made.head["proof"], await mac(server.key, String(made.head["digest"])));
  server.mischief = () => null;
  assert.equal(await engine.run(), null);
  assert.deepEqual([server.entered.map(({ operation }) => operation.seq), engine.waiting], [[1, 2, 3], 0]);
  assert.equal(server.files.get(digest)?.complete, true);
  server.entered = [kept];
  server.chain = (await store.ledger.chainAt(1)) ?? "";
  server.files.clear();
  server.revoked = true;
  assert.equal(await engine.run(), null);
  assert.deepEqual(engine.wiped?.left, { operations: 2, photos: 1, drafts: 0, waiting: 0 });
});

test("an answer that was kept without its receipt goes again when the server has lost it", async () => {
  await answered("B-4.1-01");
  const kept = store.ledger.confirm.bind(store.ledger);
  store.ledger.confirm = () => Promise.reject(new Error("killed")); // between the answer and the receipt
  await assert.rejects(engine.run(), /killed/);
  store.ledger.confirm = kept;
  server.entered = [];
  server.chain = "";
  await answered("B-4.1-02");
  assert.equal(await engine.run(), null);
  assert.deepEqual([server.entered.map(({ operation }) => operation.seq), engine.waiting], [[1, 2], 0]);
});

test("a photo taken out here that a waiting value names goes to the server when it asks for it", async () => {
  const digest = await photographed(noise(1000));
  const out = await store.photos.marking(AUDIT, digest, "2020-11-05T02:00:00Z");
  assert.ok(out);
  await store.records.write([out]);
  await store.packages.put(pack("d1"));
  server.packages.set(AUDIT, { ...pack("d2"), evidence: { [digest]: { size: 0, complete: false } } });
  await engine.run();
  await engine.run();
  assert.equal(server.files.get(digest)?.complete, true);
});

test("a revoked device removes what the server has, keeps the rest, and says so", async () => {
  await store.packages.put(pack("d1"));
  await answered("B-4.1-01");
  server.packages.set(AUDIT, pack("d1"));
  await engine.run();
  await answered("B-4.1-02");
  server.revoked = true;
  assert.equal(await engine.run(), null);
  assert.deepEqual(engine.wiped?.left, { operations: 1, photos: 0, drafts: 0, waiting: 0 });
  assert.deepEqual(server.wiped, [{ audits: 1, operations: 1, left: 1 }]);
  assert.equal(await store.packages.line(AUDIT), null);
  assert.equal(store.ledger.unconfirmed.length, 1);
});

test("a revoked device knows it without a network too, until it is taken back into use", async () => {
  await answered("B-4.1-01");
  server.revoked = true;
  await engine.run();
  const silent = engineBy(() => Promise.reject(new TypeError("offline")));
  await silent.recall();
  assert.deepEqual([silent.wiped?.left.operations, (await silent.run())?.kind], [1, "offline"]);
  assert.equal(silent.wiped?.left.operations, 1);
  server.revoked = false;
  const back = engineBy((...asked) => fetch(...asked));
  await back.recall();
  assert.equal(await back.run(), null);
  assert.deepEqual([back.wiped, server.entered.length], [null, 1]);
  const after = engineBy((...asked) => fetch(...asked));
  await after.recall();
  assert.equal(after.wiped, null);
});

test("a revoked device lets go of what the office brought in from its file", async () => {
  await answered("B-4.1-01");
  await answered("B-4.1-02");
  for (const operation of store.ledger.pending(1)) {
    const digest = await fingerprint(operation);
    server.entered.push({ operation, digest });
    server.chain = await link(server.chain, digest);
  }
  server.revoked = true;
  assert.equal(await engine.run(), null);
  assert.deepEqual([engine.wiped?.operations, engine.wiped?.left.operations], [1, 1]);
  assert.deepEqual(store.ledger.unconfirmed.map((row) => row.operation.criterion), ["B-4.1-02"]);
});

test("a revoked device goes on keeping photos until the office has them all, and is a new one afterwards", async () => {
  const [whole, half] = [noise(1000), noise(2000)];
  const [first, second] = [await photographed(whole), await photographed(half)];
  server.revoked = true;
  server.files.set(first, { bytes: Buffer.from(whole), length: 1000, complete: true });
  server.files.set(second, { bytes: Buffer.from(half.slice(0, 500)), length: 2000, complete: false });
  assert.equal(await engine.run(), null);
  assert.deepEqual([engine.wiped?.left, engine.gone], [{ operations: 0, photos: 1, drafts: 0, waiting: 0 }, false]);
  assert.equal(server.files.get(second)?.bytes.length, 500); // nothing was sent by a device that may not
  assert.equal((await accounts()).some(({ id }) => id === server.user.id), true);

  server.files.set(second, { bytes: Buffer.from(half), length: 2000, complete: true });
  const before = store.device;
  assert.equal(await engine.run(), null);
  assert.equal(engine.gone, true);
  assert.equal((await accounts()).some(({ id }) => id === server.user.id), false);
  const anew = await (await Gate.at(server.user, 1000)).create("271828", { id: "k1", spki: server.spki });
  assert.notEqual(anew.device, before);
  anew.close();
});

test("photos that nobody has looked at outlast a revoked device, and are offered when their audit is taken along again", async () => {
  await store.packages.put(pack("d1"));
  server.packages.set(AUDIT, pack("d1"));
  const [first] = await store.waiting.of(AUDIT).keep("B-4.1-01", [new File(["JFIF một"], "1.jpg"), new File(["hai"], "2.jpg")]);
  assert.ok(first);
  server.revoked = true;
  for (const audits of [1, 0]) { // it says what it holds each time that it comes: the office can take it back into use
    assert.equal(await engine.run(), null);
    assert.deepEqual([engine.wiped?.left, engine.gone], [{ operations: 0, photos: 0, drafts: 0, waiting: 2 }, false]);
    assert.deepEqual(server.wiped.pop(), { audits, operations: 0, left: 2 });
    assert.deepEqual(server.reports.at(-1)?.audits.map(({ audit, drafts }) => [audit, drafts]), [[AUDIT, 2]]);
  }
  assert.equal((await accounts()).some(({ id }) => id === server.user.id), true);

  server.revoked = false;
  assert.equal(await engine.run(), null);
  await engine.fetchPackage(AUDIT, "");
  const model = await AuditModel.open(store, AUDIT);
  assert.deepEqual((await model.waiting.list()).map(({ name }) => name), ["1.jpg", "2.jpg"]);
  assert.equal(await (await model.waiting.file(first))?.text(), "JFIF một");
  await model.close();

  server.revoked = true;
  await store.waiting.drop(await store.waiting.list());
  assert.equal(await engine.run(), null);
  assert.equal(engine.gone, true);
});

test("a photo of another content under its name does not count as brought", async () => {
  const digest = await photographed(noise(1000));
  server.revoked = true;
  server.files.set(digest, { bytes: Buffer.alloc(1000), length: 1000, complete: false });
  assert.equal(await engine.run(), null);
  assert.equal(engine.wiped?.left.photos, 1);
});
