// The sync against a server that misbehaves in each way: nothing leaves the device before a receipt that matches, and in the
// end everything is there once.
import "../testing/browser";
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { fingerprint, link } from "../core/canonical";
import type { Package, PreparedPhoto } from "../core/types";
import { StorageFull } from "../store/errors";
import { Gate } from "../store/gate";
import type { Store } from "../store/store";
import { exportUnsent, type UnsentFile } from "../store/unsent";
import { Api } from "./api";
import { Engine } from "./engine";
import { FakeServer, PORTAL, problem, type Bad } from "./testing/server";
import type { Kind } from "./trouble";

const AUDIT = "QT-2020-001";
let server: FakeServer;
let base = "";
let store: Store;
let engine: Engine;
let people = 100;
let office = { id: "k1", spki: "" };

before(async () => {
  const pair = await crypto.subtle.generateKey(
    { name: "RSA-OAEP", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }, true, ["encrypt", "decrypt"],
  );
  office = { id: "k1", spki: Buffer.from(await crypto.subtle.exportKey("spki", pair.publicKey)).toString("base64") };
});

beforeEach(async () => {
  server?.stop();
  server = new FakeServer();
  server.user = { id: ++people, name: "Nguyễn Thị Kiểm", username: "kiem" };
  server.spki = office.spki;
  base = await server.start();
  store?.close();
  const gate = await Gate.at(server.user, 1000);
  store = await gate.create("271828", office);
  engine = engineBy((...asked) => fetch(...asked));
});
after(() => {
  server.stop();
  store.close();
});

function engineBy(send: typeof fetch): Engine {
  return new Engine(store, new Api(send, base), {
    about: async () => ({ name: "Máy tính bảng số 3", app: "1", persisted: true, usage: 1, quota: 2 }),
    commit: async () => null,
    office: async () => undefined,
  });
}

function answered(code: string, note = "Đã xem sổ theo dõi"): Promise<unknown> {
  const value = { grade: "opportunity", note };
  return store.ledger.append([{ audit: AUDIT, kind: "answer", target: code, criterion: code, value, known: 0 }]);
}

async function photographed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const photo: PreparedPhoto = { blob: new Blob([bytes], { type: "image/jpeg" }), thumbnail: null, width: 1, height: 1, taken_at: "", latitude: "", longitude: "", blurred: false, caption: "" };
  const { sha256, changes } = await store.photos.adding(AUDIT, photo);
  await store.records.write(changes);
  return sha256;
}

function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_each, place) => (place * 7919) % 251);
}

function pack(digest: string): Package {
  const criteria: Package["checklist"]["criteria"] = [];
  const checklist = { id: "c", version: "1.0.0", digest: "a".repeat(64), edition: "e", title: "t", scoring: { conformity: "1", opportunity: "1", minor: "0.5", major: "0" }, bands: [], criteria, clauses: [], places: [] };
  return {
    audit: AUDIT, revision: 1, digest, state: "planned", mode: "on_site", purpose: "full", core_only: false, planned_on: "2020-11-05", started_at: null, minuted_on: null,
    group: "", programme: null, me: server.user.id, role: "head", province: { name: "", steering: "", office: "" }, unit: { code: "u", name: "Xã Hướng Lập", kind: "commune", district: "" },
    team: [], checklist, answers: {}, entries: {}, fields: {}, evidence: {}, earlier: [], previous: {}, sentences: {}, signature: null, devices: [], catalogue: { procedures: [] },
  };
}

test("operations, photos and packages go over; what is under a receipt is no longer unsent", async () => {
  const bytes = noise(700_000);
  const digest = await photographed(bytes);
  await answered("B-4.1-01");
  await answered("B-4.1-02");
  await store.packages.put(pack("d1"));
  server.packages.set(AUDIT, { ...pack("d2"), revision: 5 });
  assert.equal(await engine.run(), null);
  assert.deepEqual(server.entered.map(({ operation }) => operation.criterion), ["B-4.1-01", "B-4.1-02"]);
  assert.ok(server.files.get(digest)?.complete);
  assert.equal(server.asked.filter((what) => what.startsWith("PATCH")).length, 2);
  assert.equal((await store.packages.line(AUDIT))?.revision, 5);
  assert.equal(store.ledger.chain, server.chain);
  assert.ok(await store.settled(AUDIT));
  assert.equal(engine.waiting, 0);
});

const everywhere: [name: string, bad: Bad, kind: Kind][] = [
  ["a portal", PORTAL, "portal"],
  ["an ended session", problem(401, "access.sign_in"), "signin"],
  ["a refusal", problem(403, "access.denied"), "forbidden"],
  ["404", problem(404, "page.not_found"), "missing"],
  ["409", problem(409, "conflict"), "conflict"],
  ["a failing server", problem(500, "unexpected"), "server"],
  ["too many requests", problem(429, "rate.limited", { "Retry-After": "9" }), "busy"],
  ["half an answer", { status: 200, headers: { "Content-Type": "application/json" }, body: '{"operations": [{"op_id"' }, "garbled"],
  ["a connection that breaks after the server has taken all", { status: 200, after: true, drop: true }, "offline"],
];
for (const [name, bad, kind] of everywhere) {
  test(`${name} removes nothing, and the next run brings all of it once`, async () => {
    await answered("B-4.1-01");
    await answered("B-4.1-02");
    server.mischief = (what) => (what === "POST operations" ? bad : null);
    const found = await engine.run();
    assert.equal(found?.kind, kind);
    assert.equal(store.ledger.unconfirmed.length, 2);
    assert.equal(engine.waiting, 2);
    server.mischief = () => null;
    assert.equal(await engine.run(), null);
    assert.equal(server.entered.length, 2);
    assert.equal(engine.waiting, 0);
  });
}

test("a batch that is too large is halved until it fits", async () => {
  for (let number = 1; number <= 23; number += 1) await answered(`B-${number}`);
  const sizes: number[] = [];
  server.mischief = (what, body) => {
    if (what !== "POST operations") return null;
    const { length } = (JSON.parse(body) as { operations: unknown[] }).operations;
    sizes.push(length);
    return length > 6 ? { ...PORTAL, status: 413 } : null;
  };
  assert.equal(await engine.run(), null);
  assert.deepEqual(sizes.slice(0, 3), [23, 12, 6]);
  assert.equal(server.entered.length, 23);
});

test("an operation that never fits stays, and is said", async () => {
  await answered("B-4.1-01");
  server.mischief = (what) => (what === "POST operations" ? { ...PORTAL, status: 413 } : null);
  assert.equal((await engine.run())?.kind, "large");
  assert.equal(engine.waiting, 1);
});

test("a signature goes alone, after everything before it was decided on", async () => {
  await answered("B-4.1-01");
  await store.ledger.append([{ audit: AUDIT, kind: "sign", target: "@signature", criterion: null, value: { digest: "x" }, known: 0 }]);
  const batches: string[][] = [];
  server.mischief = (what, body) => {
    if (what === "POST operations") batches.push((JSON.parse(body) as { operations: { kind: string }[] }).operations.map(({ kind }) => kind));
    return null;
  };
  await engine.run();
  assert.deepEqual(batches, [["answer"], ["sign"]]);
});

test("a receipt with another chain confirms nothing and stops the sync", async () => {
  await answered("B-4.1-01");
  server.judge = () => {
    server.chain = "f".repeat(64);
    return {};
  };
  assert.equal((await engine.run())?.kind, "chain");
  assert.equal(store.ledger.unconfirmed.length, 1);
});

test("an upload that broke off goes on from what the server has", async () => {
  const bytes = noise(900_000);
  const digest = await photographed(bytes);
  let pieces = 0;
  server.mischief = (what) => (what.startsWith("PATCH") && ++pieces === 2 ? { status: 200, drop: true } : null);
  assert.equal((await engine.run())?.kind, "offline");
  assert.equal(server.files.get(digest)?.bytes.length, 512 * 1024);
  server.mischief = () => null;
  assert.equal(await engine.run(), null);
  assert.ok(server.files.get(digest)?.bytes.equals(Buffer.from(bytes)));
});

test("a photo whose bytes have all come is not sent before its digest was found right", async () => {
  const bytes = noise(1000);
  const digest = await photographed(bytes);
  server.files.set(digest, { bytes: Buffer.from(bytes), length: bytes.length, complete: false });
  assert.equal(await engine.run(), null);
  assert.ok(server.files.get(digest)?.complete);
  assert.equal(engine.waiting, 0);
});

test("a photo the server never takes does not keep the answers back", async () => {
  const digest = await photographed(noise(1000));
  await answered("B-4.1-01");
  server.mischief = (what) => (what.startsWith("PATCH") ? problem(422, "upload.kind") : null);
  assert.equal(await engine.run(), null);
  assert.equal(server.entered.length, 1);
  assert.deepEqual(engine.odd.map(({ photo, trouble }) => [photo, trouble.kind]), [[digest, "refused"]]);
  assert.equal(engine.waiting, 1);
});

test("a photo that does not come through keeps no answer back", async () => {
  await photographed(noise(1000));
  await answered("B-4.1-01");
  server.mischief = (what) => (what.startsWith("PATCH") ? { status: 200, drop: true } : null);
  assert.equal((await engine.run())?.kind, "offline");
  assert.deepEqual([server.entered.length, engine.waiting], [1, 1]);
});

test("a portal that answers HEAD with its page is not taken for a photo that is there", async () => {
  await photographed(noise(1000));
  server.mischief = (what) => (what.includes("evidence/") ? PORTAL : null);
  assert.equal((await engine.run())?.kind, "portal");
  assert.equal((await store.photos.unsent()).length, 1);
});

test("nobody else's session is used to send this person's work", async () => {
  await answered("B-4.1-01");
  server.user = { id: 999, name: "Người khác", username: "khac" };
  assert.equal((await engine.run())?.kind, "other");
  assert.equal(server.entered.length, 0);
});

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
  assert.deepEqual(await store.unsent(AUDIT), { operations: 2, photos: 1, drafts: 0 });
  const made = JSON.parse(await (await exportUnsent(store)).blob.text()) as UnsentFile;
  assert.deepEqual([made.operations.map(({ seq }) => seq), made.photos.map((each) => each.sha256)], [[2, 3], [digest]]);
  server.mischief = () => null;
  assert.equal(await engine.run(), null);
  assert.deepEqual([server.entered.map(({ operation }) => operation.seq), engine.waiting], [[1, 2, 3], 0]);
  assert.equal(server.files.get(digest)?.complete, true);
  server.entered = [kept];
  server.chain = (await store.ledger.chainAt(1)) ?? "";
  server.revoked = true;
  assert.equal(await engine.run(), null);
  assert.deepEqual(engine.wiped?.left, { operations: 2, photos: 1, drafts: 0 });
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

test("a device that has no room for what is being typed still brings what it has written", async () => {
  await answered("B-4.1-01");
  const full = new Engine(store, engine.api, {
    about: async () => ({ name: "", app: "1", persisted: true, usage: 1, quota: 1 }),
    commit: () => Promise.reject(new StorageFull()),
    office: async () => undefined,
  });
  assert.equal((await full.run())?.kind, "full");
  assert.deepEqual([server.entered.length, full.waiting], [1, 0]);
});

test("a draft that was typed on meanwhile is left to the audit that has been opened", async () => {
  const drafts = ["@remarks", "@present"].map((target) => (
    { audit: AUDIT, kind: "field", target, criterion: null, value: { field: target.slice(1), text: "cũ" }, known: 0, at: "1" } as const
  ));
  await store.drafts.put(drafts);
  const get = store.drafts.get.bind(store.drafts);
  store.drafts.get = async (audit, target) => {
    const [last] = drafts.filter((draft) => draft.target === target);
    if (target === "@present" && last) await store.drafts.put([{ ...last, value: { ...last.value, text: "mới" }, at: "2" }]);
    return get(audit, target);
  };
  assert.equal(await store.commitDrafts(), 1);
  assert.deepEqual(store.ledger.unconfirmed.map((row) => row.target), ["@remarks"]);
  assert.deepEqual((await store.drafts.list()).map((draft) => draft.value["text"]), ["mới"]);
});

test("a refused operation is confirmed as refused and told with the server's words", async () => {
  await answered("B-4.1-01");
  server.judge = () => ({ outcome: "refused", first: "refused", code: "answer.gate", why: "Nội dung này không được để “không áp dụng”." });
  assert.equal(await engine.run(), null);
  const [row] = await store.ledger.rows(AUDIT);
  assert.equal(row?.outcome?.why, "Nội dung này không được để “không áp dụng”.");
});

test("a revoked device removes what the server has, keeps the rest, and says so", async () => {
  await store.packages.put(pack("d1"));
  await answered("B-4.1-01");
  server.packages.set(AUDIT, pack("d1"));
  await engine.run();
  await answered("B-4.1-02");
  server.revoked = true;
  assert.equal(await engine.run(), null);
  assert.deepEqual(engine.wiped?.left, { operations: 1, photos: 0, drafts: 0 });
  assert.deepEqual(server.wiped, [{ audits: 1, operations: 1 }]);
  assert.equal(await store.packages.line(AUDIT), null);
  assert.equal(store.ledger.unconfirmed.length, 1);
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

test("an audit put away while its package is on the way stays away", async () => {
  await store.packages.put(pack("d1"));
  server.packages.set(AUDIT, { ...pack("d2"), revision: 5 });
  const send: typeof fetch = async (...asked) => {
    const answer = await fetch(...asked);
    if (String(asked[0]).endsWith(`packages/${AUDIT}`)) await store.putAway(AUDIT);
    return answer;
  };
  assert.equal(await engineBy(send).run(), null);
  assert.deepEqual(await store.packages.list(), []);
  assert.equal((await store.packages.list({ removed: true })).length, 1);
});

test("two calls at once are one run", async () => {
  await answered("B-4.1-01");
  await Promise.all([engine.run(), engine.run()]);
  assert.equal(server.asked.filter((what) => what === "POST operations").length, 1);
});
