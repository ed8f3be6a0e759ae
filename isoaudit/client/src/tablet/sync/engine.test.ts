// The sync against a server that misbehaves in each way: nothing leaves the device before a receipt that matches, and in the
// end everything is there once. What a server lost, and a device that was revoked, are in engine-lost.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { StorageFull } from "../store/errors";
import { Engine } from "./engine";
import { answered, AUDIT, engine, engineBy, inRoom, noise, pack, photographed, server, store } from "./testing/room";
import { PORTAL, problem, type Bad } from "./testing/server";
import type { Kind } from "./trouble";

inRoom();

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
  const mine = server.user;
  server.user = { ...mine, id: 999, name: "Người khác", username: "khac" };
  assert.equal((await engine.run())?.kind, "other");
  assert.equal(server.entered.length, 0);
  server.user = mine;
  assert.equal(await engine.run(), null);
  await answered("B-4.1-02");
  server.user = { ...mine, name: "Người mới", username: "moi", since: "2021-01-01T00:00:00+00:00" }; // a restored server gave the id again
  assert.equal((await engine.run())?.kind, "other");
  assert.equal(server.entered.length, 1);
  server.user = { ...mine, since: "2021-01-01T00:00:00+00:00" }; // the same person's account, made again
  assert.equal(await engine.run(), null);
  assert.equal(server.entered.length, 2);
});

test("an audit that is another one under the same number stays away, and the device's work is told to be of its own", async () => {
  server.packages.set(AUDIT, pack("d1"));
  await store.packages.put(pack("d0"));
  await answered("B-4.1-01");
  server.packages.set(AUDIT, { ...pack("d2"), planned_at: "2021-01-01T00:00:00+00:00" });
  assert.equal(await engine.run(), null);
  assert.deepEqual(engine.odd.map(({ trouble }) => trouble.code), ["audit.other", "audit.other"].slice(0, engine.odd.length));
  assert.ok(engine.odd.length > 0);
  assert.equal((await store.packages.get(AUDIT))?.digest, "d0");
  assert.equal(server.reports[0]?.audits[0]?.planned_at, "2020-11-01T02:00:00+00:00");
  assert.deepEqual(server.planned, { [AUDIT]: "2020-11-01T02:00:00+00:00" });
});

test("a revoked device that is taken back into use goes on", async () => {
  await answered("B-4.1-01");
  server.revoked = true;
  assert.equal(await engine.run(), null);
  assert.equal(engine.wiped?.left.operations, 1);
  server.revoked = false;
  assert.equal(await engine.run(), null);
  assert.deepEqual([engine.wiped, engine.waiting, server.entered.length], [null, 0, 1]);
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

test("an audit put away while its package is on the way stays away", async () => {
  await store.packages.put(pack("d1"));
  server.packages.set(AUDIT, { ...pack("d2"), revision: 5 });
  const send: typeof fetch = async (...asked) => {
    const answer = await fetch(...asked);
    if (String(asked[0]).includes(`packages/${AUDIT}?`)) await store.putAway(AUDIT);
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
