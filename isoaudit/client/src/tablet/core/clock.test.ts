// A tablet whose clock is wrong: the day is the server's, and it is said.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { clockOf, clockWords, reckonWith, trueToday } from "./clock";

const NOW = Date.parse("2019-01-02T12:00:00");
const minutes = (count: number): string => new Date(NOW + count * 60_000).toISOString();

afterEach(() => reckonWith(null));

test("before the first sync the device's clock is all there is", () => {
  assert.equal(trueToday(NOW), "2019-01-02");
  assert.equal(clockWords(NOW), "");
  assert.equal(clockOf("", NOW), null);
});

test("a clock that is days behind gives the server's day and is named", () => {
  reckonWith(clockOf(minutes(3 * 24 * 60), NOW));
  assert.equal(trueToday(NOW), "2019-01-05");
  assert.match(clockWords(NOW), /chậm khoảng 3 ngày/);
});

test("half an hour is no matter; two hours are, in either direction", () => {
  reckonWith(clockOf(minutes(30), NOW));
  assert.equal(clockWords(NOW), "");
  reckonWith(clockOf(minutes(-120), NOW));
  assert.match(clockWords(NOW), /nhanh khoảng 2 giờ/);
});

test("a clock that was put back since the sync is believed", () => {
  reckonWith(clockOf(minutes(-400 * 24 * 60), NOW));
  const mended = NOW - 400 * 24 * 3_600_000;
  assert.equal(trueToday(mended), "2017-11-28");
  assert.equal(clockWords(mended), "");
});
