// Ready sentences: which are offered, and how one comes into a text at the cursor.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Package } from "../core/types";
import { insert, offers } from "./sentences";

const PACK = {
  previous: { "A-01": { grade: "minor", note: " Chưa kiện toàn. ", request: "", minuted_on: "2019-10-15" } },
  sentences: { "A-01": { findings: ["Chưa có quyết định số …."], requests: ["Ban hành quyết định."] } },
} as unknown as Package;

test("last year's text comes first, where there was one", () => {
  assert.deepEqual(offers(PACK, "A-01", "note").map((each) => [each.from, each.text, each.on]), [
    ["previous", "Chưa kiện toàn.", "2019-10-15"],
    ["ready", "Chưa có quyết định số ….", ""],
  ]);
  assert.deepEqual(offers(PACK, "A-01", "request").map((each) => each.from), ["ready"]);
  assert.deepEqual(offers(PACK, "B-4.1-01", "note"), []);
});

test("a sentence comes in at the cursor, spaced, and the first gap is chosen", () => {
  const into = (text: string, start: number, end: number, more: string): [string, string] => {
    const made = insert(text, start, end, more);
    return [made.text, made.text.slice(made.from, made.to)];
  };
  assert.deepEqual(into("", 0, 0, "Thiếu … hồ sơ."), ["Thiếu … hồ sơ.", "…"]);
  assert.deepEqual(into("Đã xem.", 7, 7, "Thiếu."), ["Đã xem. Thiếu.", ""]);
  assert.deepEqual(into("Đã xem sổ.", 7, 9, "hồ sơ"), ["Đã xem hồ sơ.", ""]);
  assert.deepEqual(into("Một hai", 4, 4, "rưỡi"), ["Một rưỡi hai", ""]);
});
