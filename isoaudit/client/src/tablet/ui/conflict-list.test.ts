// Which values of a conflict are offered.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contender } from "../core/types";
import { latest } from "./conflict-list";

test("of each device only the last value is a choice", () => {
  const typed = (revision: number, value: string, device_id?: string): Contender<string> => ({ revision, value, ...(device_id ? { device_id } : {}) });
  const all = [typed(2, "Thiếu", "a"), typed(3, "Không có", "b"), typed(4, "Thiếu sổ", "a"), typed(5, "khác"), typed(6, "khác nữa")];
  assert.deepEqual(latest(all).map((each) => each.value), ["Không có", "Thiếu sổ", "khác", "khác nữa"]);
});
