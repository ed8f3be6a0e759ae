// PIN, ten wrong ones, recovery through the office, one tab at a time, and nothing readable at rest.
import "../testing/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import { AuditModel } from "../model/audit";
import { gateOf, newAccount, newStore, Office, office, packageOf, photoOf, PIN, reopened } from "../testing/fixtures";
import { ROUNDS } from "./crypto";
import { KINDS, openAccount } from "./db";
import { OpenElsewhere, PinGone, WeakPin, WrongKey, WrongPin } from "./errors";
import { accounts } from "./gate";
import { Keys, pinTrouble } from "./keys";

test("a PIN has six digits that are not guessed at once", () => {
  const troubles = ["12345", "12a456", "000000", "123456", "654321", "121212", "123123", "482915", "90817263"].map(pinTrouble);
  assert.deepEqual(troubles, ["short", "digits", "simple", "simple", "simple", "simple", "simple", null, null]);
  assert.equal(ROUNDS, 600_000);
});

test("the PIN opens what it made, another does not; a changed one takes its place", async () => {
  const account = newAccount();
  const store = await newStore(account);
  await store.settings.put("x", "giá trị");
  store.close();
  const gate = await gateOf(account);
  await assert.rejects(gate.unlock("111222"), (error: unknown) => error instanceof WrongPin && error.left === 9);
  await assert.rejects(gate.changePin(PIN, "111111"), WeakPin);
  await gate.changePin(PIN, "739164");
  assert.equal(await gate.left(), 10);
  await assert.rejects(gate.unlock(PIN), WrongPin);
  assert.equal(await (await gate.unlock("739164")).settings.get("x"), "giá trị");
  assert.ok((await accounts()).some(({ id, name }) => id === account.id && name === account.name));
});

test("ten wrong PINs, counted over restarts, take the PIN away; the office gives the data back under a new one", async () => {
  const account = newAccount();
  const store = await newStore(account);
  await store.settings.put("x", "còn nguyên");
  const device = store.device;
  store.close();
  for (let left = 9; left > 0; left -= 1) {
    const gate = await gateOf(account);
    await assert.rejects(gate.unlock("111222"), (error: unknown) => error instanceof WrongPin && error.left === left);
    gate.close();
  }
  const gate = await gateOf(account);
  await assert.rejects(gate.unlock("111222"), PinGone);
  await assert.rejects(gate.unlock(PIN), PinGone);
  assert.equal(await gate.state(), "gone");
  const request = await gate.beginRecovery();
  await gate.noteRecovery("r1");
  gate.close();
  const later = await gateOf(account);
  assert.deepEqual(await later.beginRecovery(), request);
  assert.equal((await later.recovery())?.id, "r1");
  assert.equal(await later.device(), device);
  const stranger = await Office.make();
  await assert.rejects(office.approve(request, account.id + 1)); // somebody else asked with what lies on this device
  await assert.rejects(later.finishRecovery(await other(stranger, request.public_key), "739164"), WrongKey);
  const opened = await later.finishRecovery(await office.approve(request, account.id), "739164");
  assert.equal(await opened.settings.get("x"), "còn nguyên");
  assert.equal(await later.recovery(), null);
  opened.close();
  assert.equal(await (await (await gateOf(account)).unlock("739164")).settings.get("x"), "còn nguyên");
});

async function other(from: Office, public_key: string): Promise<string> {
  const db = await openAccount(999_001);
  const keys = new Keys(db, 999_001, 1_000);
  await keys.create(PIN, from.key);
  const { wrapped } = await keys.beginRecovery();
  db.close();
  return from.approve({ wrapped, public_key }, 999_001);
}

test("a try that a crash cut off has been counted", async () => {
  const account = newAccount();
  const store = await newStore(account);
  await store.records.db.put("keys", 9, "failures");
  store.close();
  await assert.rejects((await gateOf(account)).unlock("111222"), PinGone);
});

test("when the office has a new key, the data key is wrapped for it at the next opening", async () => {
  const account = newAccount();
  const store = await newStore(account);
  await store.settings.put("x", 1);
  store.close();
  const next = await Office.make("k2");
  const gate = await gateOf(account);
  await gate.setOffice(next.key);
  (await gate.unlock(PIN)).close();
  const again = await gateOf(account);
  const opened = await again.finishRecovery(await next.approve(await again.beginRecovery(), account.id), "739164");
  assert.equal(await opened.settings.get("x"), 1);
});

test("a second tab of the same account is told so, and its PIN is not tried", async () => {
  const account = newAccount();
  const store = await newStore(account);
  const second = await gateOf(account);
  await assert.rejects(second.unlock("111222"), OpenElsewhere);
  assert.equal(await second.left(), 10);
  store.close();
  (await second.unlock(PIN)).close();
});

test("nothing typed, no name and no photo can be read in what is stored", async () => {
  const secret = "Sổ tiếp nhận ghi thiếu";
  const store = await newStore();
  await store.packages.put(packageOf());
  const model = await AuditModel.open(store, "2020-KT-001");
  await model.setAnswer("B-4.1-01", { grade: "minor", note: secret }, "now");
  await model.addPhoto("B-7.2-01", photoOf(`JFIF ${secret}`));
  await model.setField("remarks", secret, "typing");
  assert.equal(await store.records.count("drafts"), 1);
  let seen = "";
  for (const kind of [...KINDS, "keys", "counters"] as const) {
    for (const each of (await store.records.db.getAll(kind)) as unknown[]) seen += await readable(each);
    for (const key of await store.records.db.getAllKeys(kind)) seen += String(key);
  }
  assert.ok(seen.includes(store.device)); // counters can be read
  for (const word of [secret, "JFIF", "2020-KT-001", "B-4.1-01", "remarks", "Húc"]) assert.ok(!seen.includes(word), word);
  assert.equal((await AuditModel.open(await reopened(store), "2020-KT-001")).answer("B-4.1-01").value?.note, secret);
});

/** Everything in a record that could be read as text. */
async function readable(record: unknown): Promise<string> {
  if (record instanceof ArrayBuffer || ArrayBuffer.isView(record)) {
    return Buffer.from(record instanceof ArrayBuffer ? new Uint8Array(record) : (record as Uint8Array)).toString("utf-8");
  }
  if (record instanceof CryptoKey || typeof record !== "object" || record === null) return String(record);
  return (await Promise.all(Object.entries(record).map(async ([key, value]) => key + (await readable(value))))).join(" ");
}
