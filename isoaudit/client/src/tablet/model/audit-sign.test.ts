// Signing on the device, amending, and what comes after somebody else has signed.
import "../testing/browser";
import assert from "node:assert/strict";
import { setTimeout as rest } from "node:timers/promises";
import { test } from "node:test";
import { digestOf } from "../core/canonical";
import type { Signature } from "../core/types";
import { newStore, packageOf, Server, sync } from "../testing/fixtures";
import { ALL, opened } from "../testing/opened";
import { AuditLocked, NotHead, NotReady } from "./audit-errors";

function signatures(more: Partial<Signature> = {}): Signature[] {
  const blank = { position: "Trưởng đoàn", path: "M0 0L9 9", refused: false, reason: "" };
  return [
    { side: "team", name: "Trần Thị B", ...blank },
    { side: "unit", name: "Hồ Văn C", ...blank, ...more },
  ];
}

test("signing: only the head, only when nothing is missing; then all is locked until it is amended", async () => {
  const { store, model } = await opened();
  const input = { minuted_on: "2020-11-18", signatures: signatures() };
  await assert.rejects(model.sign(input), (error: unknown) => error instanceof NotReady && error.missing.length === 3);
  await model.setMany(ALL, { grade: "conformity" });
  await model.setEntry("meeting", { place: "UBND xã", copies: 3 }, "now");
  void model.setField("remarks", "Tốt", "typing");
  const silent = { ...input, signatures: signatures({ refused: true }) };
  await assert.rejects(model.sign(silent), (error: unknown) => error instanceof NotReady && error.side === "unit");
  await model.sign({ ...input, signatures: signatures({ refused: true, path: "", reason: "Không đồng ý" }) });
  const [row] = store.ledger.unconfirmed.slice(-1);
  const value = row?.operation.value;
  assert.equal(value?.["digest"], await digestOf(value?.["content"]));
  assert.deepEqual(value?.["content"], model.content("2020-11-18"));
  const content = model.content("2020-11-18");
  assert.deepEqual([content.answers.map((each) => each.criterion), content.fields, Object.keys(content.entries)], [ALL, { remarks: "Tốt" }, ["meeting"]]);
  assert.deepEqual([model.locked, model.signature?.digest, model.signing.state], [true, value?.["digest"], "waiting"]);
  await assert.rejects(model.setAnswer("B-4.1-01", { grade: "minor" }, "now"), AuditLocked);
  await assert.rejects(model.undo(), AuditLocked);
  await model.amend("Sửa một nội dung");
  assert.equal(model.locked, false);
  await model.setAnswer("B-4.1-01", { grade: "opportunity" }, "now");
  await model.sign(input);
  const again = store.ledger.unconfirmed.pop()?.operation.value;
  assert.equal(again?.["amends"], value?.["digest"]);
  assert.notEqual(again?.["digest"], value?.["digest"]);
});

test("a signature that the server refuses unlocks, with its words; a member cannot sign", async () => {
  const { store, model } = await opened();
  await model.setMany(ALL, { grade: "conformity" });
  await model.sign({ minuted_on: "2020-11-18", signatures: signatures() });
  await sync(store, new Server(), ["@signature"]);
  assert.deepEqual([model.locked, model.signing.state, model.signing.said], [false, "refused", "Không nhận."]);
  const member = await newStore();
  await member.packages.put(packageOf({ role: "secretary" }));
  const other = await opened(member);
  await other.model.setMany(ALL, { grade: "conformity" });
  await assert.rejects(other.model.sign({ minuted_on: "2020-11-18", signatures: signatures() }), NotHead);
});

test("a device that hears of the signing later keeps what it typed, as late", async () => {
  const { store, model } = await opened();
  await model.setAnswer("B-4.1-01", { grade: "minor", note: "Thiếu" }, "now");
  const line = { number: 1, digest: "s1", minuted_on: "2020-11-18", signed_at: "", by: 8 };
  await store.packages.put(packageOf({ state: "signed", revision: 3, signature: line }));
  await rest(20);
  assert.deepEqual([model.locked, model.signature?.digest], [true, "s1"]);
  const seen = model.answer("B-4.1-01");
  assert.deepEqual([seen.state, seen.late, seen.contenders.map((each) => each.value?.note)], ["conflict", true, ["Thiếu"]]);
});
