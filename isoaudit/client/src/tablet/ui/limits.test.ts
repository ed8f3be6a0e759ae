import assert from "node:assert/strict";
import { test } from "node:test";
import { tooMuch } from "./limits";

const CASES: [held: number, selected: number, more: number, fits: boolean][] = [
  [0, 0, 10, true],
  [0, 0, 11, false],
  [10, 0, 1, false],
  [10, 1, 1, true],
  [10, 10, 10, true],
  [12, 0, 0, true],
  [12, 1, 1, false],
];

for (const [held, selected, more, fits] of CASES) {
  test(`${more} more beside ${held}, ${selected} of them selected, ${fits ? "fit" : "do not fit"}`, () => {
    assert.equal(tooMuch({ held, selected, most: 10 }, more) === null, fits);
  });
}

test("what does not fit is told with its length and the room that is left", () => {
  assert.match(tooMuch({ held: 9_000, selected: 0, most: 10_000 }, 12_345) ?? "", /12\.345 ký tự.*chỗ cho 1\.000 .*10\.000/);
});
