// An open audit through its model: typing, crash, undo, photos, several people, over a server that answers by the same
// merge. Signing is in audit-sign.test.ts.
import "../testing/browser";
import assert from "node:assert/strict";
import { setTimeout as rest } from "node:timers/promises";
import { test } from "node:test";
import { answerValue, EMPTY_ANSWER } from "../core/targets";
import type { AnswerValue, Grade, Where } from "../core/types";
import { decided } from "../store/ledger";
import { StorageFull } from "../store/errors";
import type { Store } from "../store/store";
import { newStore, packageOf, photoOf, reopened, Server, sync } from "../testing/fixtures";
import { ALL, AUDIT, opened } from "../testing/opened";
import { AuditModel } from "./audit";
import { NotHead, NotTaken } from "./audit-errors";

function grades(model: AuditModel): (Grade | null)[] {
  return ALL.map((code) => model.answer(code).value?.grade ?? null);
}
function kinds(store: Store): string[] {
  return store.ledger.unconfirmed.map(({ operation }) => operation.kind);
}
function answer(patch: Partial<AnswerValue>): AnswerValue {
  return { ...EMPTY_ANSWER, ...patch };
}

test("a tap shows at once, before anything is written, and is an operation when it is", async () => {
  const { store, model } = await opened();
  const heard: Where[][] = [];
  model.addEventListener("change", (event) => heard.push((event as CustomEvent<{ targets: Where[] }>).detail.targets));
  const done = model.setAnswer("B-4.1-01", { grade: "conformity" }, "now");
  assert.equal(model.answer("B-4.1-01").value?.grade, "conformity");
  assert.deepEqual(heard[0], ["B-4.1-01"]);
  assert.equal(model.saving, "saving");
  await done;
  assert.deepEqual([model.answer("B-4.1-01").state, model.saving], ["waiting", "saved"]);
  const [row] = store.ledger.unconfirmed;
  assert.deepEqual([row?.operation.kind, row?.operation.value], ["answer", answerValue(answer({ grade: "conformity" }))]);
  await assert.rejects(AuditModel.open(store, "2020-KT-999"), NotTaken);
});

test("what was typed survives a crash at any moment, and becomes one operation", async () => {
  const first = await opened();
  await first.model.setAnswer("B-4.1-01", { grade: "minor" }, "now");
  for (const note of ["T", "Th", "Thi", "Thiếu sổ"]) void first.model.setAnswer("B-4.1-01", { note }, "typing");
  await rest(250);
  const store = await reopened(first.store); // killed: nothing was committed or closed
  const { model } = await opened(store);
  assert.deepEqual([model.answer("B-4.1-01").value?.note, model.answer("B-4.1-01").state], ["Thiếu sổ", "typing"]);
  await rest(1_400);
  assert.deepEqual([model.answer("B-4.1-01").state, await store.drafts.count(AUDIT)], ["waiting", 0]);
  const last = store.ledger.unconfirmed.pop()?.operation;
  assert.deepEqual([last?.value["grade"], last?.value["note"]], ["minor", "Thiếu sổ"]);
});

test("a crash between any two steps of the storage loses nothing that was written before", async () => {
  const put = IDBObjectStore.prototype.put;
  for (let failing = 1; failing < 8; failing += 1) {
    const { store, model } = await opened();
    await model.setAnswer("B-4.1-01", { note: "đã ghi" }, "typing");
    let puts = 0;
    IDBObjectStore.prototype.put = function (...given: Parameters<IDBObjectStore["put"]>): IDBRequest<IDBValidKey> {
      puts += 1;
      if (puts >= failing) throw new DOMException("killed", "AbortError");
      return put.apply(this, given);
    };
    await model.commit().catch(() => undefined);
    await model.setAnswer("B-4.1-01", { grade: "conformity" }, "now").catch(() => undefined);
    IDBObjectStore.prototype.put = put;
    const again = await opened(await reopened(store));
    assert.equal(again.model.answer("B-4.1-01").value?.note, "đã ghi", `put ${failing}`);
    const { ledger } = again.store;
    assert.deepEqual(ledger.unconfirmed.map((row) => row.operation.seq), Array.from({ length: ledger.lastSeq }, (_, place) => place + 1));
    await again.model.close();
  }
});

test("typing on while the operation is being written is not lost", async () => {
  const { store, model } = await opened();
  await model.setField("remarks", "Đơn vị", "typing");
  const written = model.commit();
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve(); // the writing has begun
  await model.setField("remarks", "Đơn vị đã", "typing");
  await written;
  assert.equal(model.field("remarks").value, "Đơn vị đã");
  const again = await opened(await reopened(store));
  assert.equal(again.model.field("remarks").value, "Đơn vị đã");
  await again.model.close();
  const rows = again.store.ledger.unconfirmed.map(({ operation }) => [operation.value["text"], operation.base_revision]);
  assert.deepEqual(rows, [["Đơn vị", 0], ["Đơn vị đã", 1]]);
});

test("no room: the value stays in sight, the failure is told, and the next try brings all", async () => {
  const { store, model } = await opened();
  const states: unknown[] = [];
  model.addEventListener("saving", (event) => states.push((event as CustomEvent<{ error?: unknown }>).detail.error));
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
  await assert.rejects(model.setAnswer("B-4.1-01", { grade: "major", note: "Thiếu" }, "now"), StorageFull);
  await assert.rejects(model.addPhoto("B-4.1-01", photoOf("ảnh")), StorageFull);
  IDBObjectStore.prototype.put = put;
  assert.ok(states.some((error) => error instanceof StorageFull));
  assert.equal(model.saving, "failed");
  assert.deepEqual([model.answer("B-4.1-01").value?.note, model.answer("B-4.1-01").value?.evidence], ["Thiếu", []]);
  await model.commit();
  assert.deepEqual([kinds(store), model.saving, model.entries("photo").length], [["answer"], "saved", 0]);
});

test("the same value again is no operation", async () => {
  const { store, model } = await opened();
  await model.setAnswer("B-4.1-01", { grade: "conformity" }, "now");
  await model.setAnswer("B-4.1-01", { grade: "conformity" }, "now");
  await model.setAnswer("B-4.1-01", { note: "x" }, "typing");
  await model.setAnswer("B-4.1-01", { note: "" }, "typing");
  await model.commit();
  assert.equal(store.ledger.unconfirmed.length, 1);
});

test("a whole group is one step, which undo takes back as one, after a reload too", async () => {
  const first = await opened();
  await first.model.setAnswer("B-7.2-01", { grade: "minor", note: "Thiếu" }, "now");
  await first.model.setMany(["B-4.1-01", "B-8.5-01"], { grade: "conformity" });
  const { store, model } = await opened(await reopened(first.store));
  assert.deepEqual(grades(model), ["conformity", "minor", "conformity"]);
  assert.equal(await model.undo(), "B-4.1-01");
  assert.deepEqual(grades(model), [null, "minor", null]);
  assert.equal(await model.undo(), "B-7.2-01");
  assert.deepEqual([grades(model), await model.undo(), model.canUndo], [[null, null, null], null, false]);
  assert.equal(store.ledger.lastSeq, 6);
});

test("undo takes back an entry, and never what somebody else has written over since", async () => {
  const { store, model } = await opened();
  const server = new Server();
  const name = model.newName("note");
  await model.setAnswer("B-4.1-01", { grade: "conformity" }, "now");
  await model.setEntry(name, { text: "Xem lại", criterion: "", at: "" }, "now");
  assert.deepEqual(model.entries("note").map((each) => [each.name, each.seen.value?.["text"]]), [[name, "Xem lại"]]);
  await sync(store, server);
  server.other("B-4.1-01", answerValue(answer({ grade: "opportunity" })));
  await store.packages.put(server.pack({ entries: { [name]: { revision: 1, conflict: false, value: { text: "Xem lại", criterion: "", at: "" }, by: 7, at: "", contenders: [] } } }));
  await rest(20);
  assert.equal(model.answer("B-4.1-01").value?.grade, "opportunity");
  assert.equal(await model.undo(), `@${name}`);
  assert.equal(model.entries("note").length, 0);
  assert.equal(await model.undo(), null);
  assert.equal(model.answer("B-4.1-01").value?.grade, "opportunity");
});

test("a photo, its answer and its entry are there together; out of every answer it can come back by undo", async () => {
  const { store, model } = await opened();
  void model.setAnswer("B-4.1-01", { note: "Bảng niêm yết" }, "typing");
  const sha = await model.addPhoto("B-4.1-01", photoOf("ảnh"));
  assert.deepEqual(kinds(store).sort(), ["answer", "entry"]);
  assert.deepEqual([model.answer("B-4.1-01").value?.evidence, model.answer("B-4.1-01").value?.note], [[sha], "Bảng niêm yết"]);
  assert.equal(await (await model.photo(sha))?.text(), "ảnh");
  assert.equal(await (await model.thumbnail(sha))?.text(), "small ảnh");
  await model.setAnswer("B-7.2-01", { evidence: [sha] }, "now");
  await model.removePhoto("B-4.1-01", sha);
  assert.equal((await store.photos.unsent(AUDIT)).length, 1); // B-7.2-01 names it
  await model.removePhoto("B-7.2-01", sha);
  assert.deepEqual([(await store.photos.unsent(AUDIT)).length, model.entries("photo").length], [0, 0]);
  await model.undo();
  assert.deepEqual([(await store.photos.unsent(AUDIT)).length, model.entries("photo").length], [1, 1]);
  assert.deepEqual(model.answer("B-7.2-01").value?.evidence, [sha]);
});

test("a fresh package leaves what waits and what is being typed", async () => {
  const { store, model } = await opened();
  const server = new Server();
  await model.setAnswer("B-4.1-01", { grade: "conformity" }, "now");
  await sync(store, server);
  assert.equal(model.answer("B-4.1-01").state, "sent");
  await model.setAnswer("B-4.1-01", { note: "chờ gửi" }, "now");
  await model.setAnswer("B-7.2-01", { note: "đang gõ" }, "typing");
  server.other("B-8.5-01", answerValue(answer({ grade: "major" })));
  await store.packages.put(server.pack());
  await rest(20);
  assert.deepEqual([model.answer("B-4.1-01").value?.note, model.answer("B-4.1-01").state], ["chờ gửi", "waiting"]);
  assert.deepEqual([model.answer("B-7.2-01").value?.note, model.answer("B-7.2-01").state], ["đang gõ", "typing"]);
  assert.deepEqual([model.answer("B-8.5-01").value?.grade, model.answer("B-8.5-01").by], ["major", 8]);
  await model.commit();
  await sync(store, server);
  await store.packages.put(server.pack());
  await rest(20);
  assert.deepEqual(ALL.map((code) => model.answer(code).state), ["sent", "sent", "sent"]);
  assert.equal(store.ledger.confirmed.length, 0);
});

test("two values of one criterion: both are shown, the head settles, and it is over", async () => {
  const { store, model } = await opened();
  const server = new Server();
  server.other("B-4.1-01", answerValue(answer({ grade: "conformity" })));
  await model.setAnswer("B-4.1-01", { grade: "minor", note: "Thiếu" }, "now");
  await sync(store, server);
  const seen = model.answer("B-4.1-01");
  assert.deepEqual([seen.state, seen.value?.grade, seen.contenders.map((each) => [each.value?.grade, each.mine])], ["conflict", "conformity", [["minor", true]]]);
  assert.deepEqual(model.conflicts(), ["B-4.1-01"]);
  assert.deepEqual(model.missing()[0], { criterion: "B-4.1-01", lack: "conflict" });
  await store.packages.put(server.pack());
  await rest(20);
  assert.equal(model.answer("B-4.1-01").contenders.length, 1);
  await model.settle("B-4.1-01", answer({ grade: "minor", note: "Thiếu" }));
  assert.deepEqual([model.answer("B-4.1-01").state, model.answer("B-4.1-01").contenders], ["waiting", []]);
  await sync(store, server);
  assert.deepEqual([model.answer("B-4.1-01").state, model.answer("B-4.1-01").value?.grade], ["sent", "minor"]);
  assert.equal(server.targets.get("B-4.1-01")?.contenders.length, 0);
  const member = await newStore();
  await member.packages.put(packageOf({ role: "member" }));
  await assert.rejects((await opened(member)).model.settle("B-4.1-01", answer({})), NotHead);
});

test("somebody else's value is seen as a conflict as soon as the package tells it, before our operation is sent", async () => {
  const { store, model } = await opened();
  const server = new Server();
  await model.setAnswer("B-4.1-01", { grade: "minor", note: "Thiếu" }, "now");
  server.other("B-4.1-01", answerValue(answer({ grade: "conformity" })));
  await store.packages.put(server.pack());
  await rest(20);
  assert.deepEqual([model.answer("B-4.1-01").state, model.answer("B-4.1-01").value?.grade], ["conflict", "conformity"]);
});

test("a refused value stays in sight with the server's words until it is mended, after a reload too", async () => {
  const first = await opened();
  const server = new Server();
  await first.model.setAnswer("B-4.1-01", { grade: "not_applicable", reason: "Không có" }, "now");
  await sync(first.store, server, ["B-4.1-01"]);
  const { store, model } = await opened(await reopened(first.store));
  const seen = model.answer("B-4.1-01");
  assert.deepEqual([seen.state, seen.said, seen.value?.grade], ["refused", "Không nhận.", "not_applicable"]);
  assert.ok(model.missing().some(({ lack }) => lack === "refused"));
  await model.setAnswer("B-4.1-01", { grade: "conformity" }, "now");
  await sync(store, server);
  assert.deepEqual([model.answer("B-4.1-01").state, model.answer("B-4.1-01").value?.grade], ["sent", "conformity"]);
  assert.deepEqual((await store.ledger.rows(AUDIT)).map(decided), ["refused", "accepted"]);
});

test("what was refused for a cause that is gone is sent again as it is, all at once", async () => {
  const { store, model } = await opened();
  const server = new Server();
  await model.setAnswer("B-4.1-01", { grade: "conformity", note: "một" }, "now");
  await model.setAnswer("B-7.2-01", { grade: "minor", note: "cũ" }, "now");
  await model.setAnswer("B-7.2-01", { grade: "minor", note: "hai" }, "now");
  await sync(store, server, ["B-4.1-01", "B-7.2-01"]); // out of the team
  assert.equal(await model.resend(), 2);
  await sync(store, server);
  assert.deepEqual([model.answer("B-4.1-01"), model.answer("B-7.2-01")].map(({ state, value }) => [state, value?.note]), [["sent", "một"], ["sent", "hai"]]);
  assert.equal(await model.resend(), 0);
});

test("what is asked follows the answers, what is counted follows what is seen", async () => {
  const pack = packageOf();
  const [first, second] = pack.checklist.criteria;
  if (second !== undefined) second.when = { criterion: first?.code ?? "", grades: ["conformity"] };
  const store = await newStore();
  await store.packages.put(pack);
  const { model } = await opened(store);
  assert.deepEqual(model.asked().map(({ code }) => code), ["B-4.1-01", "B-8.5-01"]);
  void model.setAnswer("B-4.1-01", { grade: "conformity" }, "typing");
  assert.deepEqual(model.asked().map(({ code }) => code), ALL);
  assert.deepEqual([model.counts().conformity, model.counts().none], [1, 2]);
  await model.close();
});
