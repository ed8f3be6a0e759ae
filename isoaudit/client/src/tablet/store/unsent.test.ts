import "../testing/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import { newStore, photoOf, unsentIn } from "../testing/fixtures";
import { exportUnsent, unsentParts } from "./unsent";

const AUDIT = "2020-KT-001";

test("more than the office takes at once goes into several files: the words into the first, each photo into one", async () => {
  const store = await newStore();
  assert.deepEqual(await unsentParts(store), []);
  await store.ledger.append([{ audit: AUDIT, kind: "field", target: "@remarks", criterion: null, value: { field: "remarks", text: "một" }, known: 0 }]);
  const bare = (await unsentParts(store)).map(({ number, of, bytes }) => [number, of, bytes]);
  assert.deepEqual(bare, [[1, 1, 0]]);
  const texts = ["ảnh1", "ảnh2", "ảnh3", "ảnh4", "ảnh5"];
  for (const text of texts) await store.records.write((await store.photos.adding(AUDIT, photoOf(text))).changes);
  await store.records.write((await store.photos.adding("2020-KT-002", photoOf("ảnh1"))).changes);
  assert.equal((await unsentParts(store, 2)).length, 5); // one alone may be larger than a file is meant to be
  const parts = await unsentParts(store, 15);
  assert.deepEqual(parts.map(({ bytes }) => bytes), [12, 12, 6]);
  const files = await Promise.all(parts.map(async (part) => [await exportUnsent(store, [], part), part] as const));
  const read = await Promise.all(files.map(([made]) => unsentIn(made)));
  assert.deepEqual(read.map(({ operations }) => operations.length), [1, 0, 0]);
  assert.deepEqual(read.flatMap(({ photos }) => photos.map(([, text]) => text)).sort(), texts);
  for (const [made, { number }] of files) assert.ok(made.name.endsWith(`-${number}-tren-3.isoaudit`));
});
