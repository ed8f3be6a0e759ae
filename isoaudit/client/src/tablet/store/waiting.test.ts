import "../testing/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import { newStore, packageOf, photoOf, reopened } from "../testing/fixtures";
import { AuditModel } from "../model/audit";

const AUDIT = "2020-KT-001";

test("photos that nobody looked at to the end are there after a crash, until they are saved or dropped", async () => {
  let store = await newStore();
  await store.packages.put(packageOf());
  let model = await AuditModel.open(store, AUDIT);
  await model.waiting.keep("B-4.1-01", [new File(["JFIF một"], "1.jpg", { type: "image/jpeg" }), new File(["hai"], "2.jpg")]);
  assert.equal((await store.unsent(AUDIT)).waiting, 2);
  assert.equal(await store.settled(AUDIT), false);

  store = await reopened(store);
  model = await AuditModel.open(store, AUDIT);
  const [first, second] = await model.waiting.list();
  assert.ok(first && second);
  assert.deepEqual([first.criterion, first.name, first.type, second.name], ["B-4.1-01", "1.jpg", "image/jpeg", "2.jpg"]);
  assert.equal(await (await model.waiting.file(first))?.text(), "JFIF một");

  await model.addPhoto("B-4.1-01", photoOf("đã che"), first);
  await model.waiting.drop([second]);
  assert.deepEqual(await model.waiting.list(), []);
  assert.equal(await model.waiting.file(first), null);
  assert.equal(model.answer("B-4.1-01").value?.evidence.length, 1);
});
