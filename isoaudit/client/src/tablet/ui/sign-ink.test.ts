// Strokes as path data: whole numbers within the box, whatever the size of the screen they were drawn on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INK_HEIGHT, INK_WIDTH, inkOf, tooLittle } from "./sign-ink";

test("one box for every screen; nothing but whole numbers within it", () => {
  const stroke = [{ x: 0, y: 0 }, { x: 50.4, y: 33.3 }, { x: 80, y: 60 }, { x: 300, y: 100 }];
  const ink = inkOf([stroke], 300, 100);
  assert.equal(ink, "M0 0Q101 67 130 93Q160 120 380 160L600 200");
  assert.equal(inkOf([stroke.map(({ x, y }) => ({ x: x * 2, y: y * 2 }))], 600, 200), ink);
  for (const number of ink.match(/\d+/g) ?? []) assert.ok(Number(number) <= Math.max(INK_WIDTH, INK_HEIGHT));
});

test("a dot or a slip of the finger is no signature", () => {
  assert.equal(tooLittle([], 600), true);
  assert.equal(tooLittle([[{ x: 10, y: 10 }]], 600), true);
  assert.equal(tooLittle([[{ x: 10, y: 10 }, { x: 30, y: 12 }]], 600), true);
  assert.equal(tooLittle([[{ x: 10, y: 10 }, { x: 60, y: 50 }, { x: 110, y: 10 }]], 600), false);
});

test("a dot is drawn too, no stroke is nothing", () => {
  assert.equal(inkOf([[{ x: 10, y: 10 }]], 600, 200), "M10 10L11 10");
  assert.equal(inkOf([], 600, 200), "");
});
