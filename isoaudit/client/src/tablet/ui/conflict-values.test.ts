// Two values beside each other: where they differ, and what a merged one starts from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_ANSWER } from "../core/targets";
import { choices, differing, merged, said } from "./conflict-values";

const ONE = { ...EMPTY_ANSWER, grade: "minor", note: "Thiếu sổ.", evidence: ["a", "b"], due_on: "2020-11-20" };
const OTHER = { ...EMPTY_ANSWER, grade: "major", note: "Không có sổ.", evidence: ["b", "c"], due_on: "2020-11-20" };
const person = (id: number): string => `Người ${id}`;

test("only keys that differ are named; a removed side differs in all", () => {
  assert.deepEqual(differing([ONE, OTHER]), ["grade", "note", "evidence"]);
  assert.deepEqual(differing([{ user_id: 3 }, null]), ["user_id"]);
});

test("a merged value starts from the standing one, whole; what others have is offered, and all of it together", () => {
  assert.deepEqual(merged([ONE, OTHER]), ONE);
  assert.deepEqual(choices("evidence", [ONE, OTHER]), [["a", "b"], ["b", "c"], ["a", "b", "c"]]);
  assert.deepEqual(choices("note", [ONE, OTHER]), ["Thiếu sổ.", "Không có sổ.", "Thiếu sổ.\nKhông có sổ."]);
  assert.deepEqual(choices("grade", [ONE, OTHER]), ["minor", "major"]);
});

test("values are said in words", () => {
  assert.equal(said("grade", "major", person), "Không phù hợp nặng");
  assert.equal(said("grade", null, person), "chưa trả lời");
  assert.equal(said("due_on", "2020-11-20", person), "20/11/2020");
  assert.equal(said("user_id", 3, person), "Người 3");
  assert.equal(said("evidence", ["a", "b"], person), "2 ảnh");
  assert.equal(said("blurred", true, person), "có");
});
