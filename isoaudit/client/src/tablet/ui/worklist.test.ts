// Which criteria are shown, under which heading, and which comes next.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Criterion, Grade, Package } from "../core/types";
import { EMPTY_ANSWER } from "../core/targets";
import { found, fold, groups, inScope, nextOpen, passes, progress, searchWords, ungraded, type Facts, type Filter } from "./worklist";

function criterion(code: string, more: Partial<Criterion> = {}): Criterion {
  return {
    code, part: code.startsWith("A") ? "A" : "B", clause: "", rule: "", weight: 1, gate: false, core: false, where: "one_stop", method: null,
    applies_to: [], when: null, text: "", guidance: "", evidence: [], legal_basis: [], ...more,
  };
}
const CRITERIA = [
  criterion("A-01", { where: "leader", core: true, text: "Đơn vị có Ban Chỉ đạo ISO không?" }),
  criterion("A-02", { when: { criterion: "A-01", grades: ["minor", "major"] } }),
  criterion("B-10.2-01", { clause: "10.2", where: null }),
  criterion("B-8.5.1-01", { clause: "8.5.1", core: true, text: "Hồ sơ trễ hạn có Phiếu xin lỗi không?", evidence: ["Sổ theo dõi"] }),
  criterion("B-8.5.6-01", { clause: "8.5.6", applies_to: ["ward"] }),
];
const PACK = {
  unit: { kind: "commune" },
  checklist: {
    criteria: CRITERIA,
    places: [{ code: "one_stop", name: "Bộ phận Một cửa" }, { code: "leader", name: "Lãnh đạo đơn vị" }],
    clauses: [{ number: "8.5", title: "Sản xuất và cung cấp dịch vụ" }, { number: "10.2", title: "Sự không phù hợp" }],
  },
} as unknown as Package;
const graded = (grades: Record<string, Grade>) => (code: string): Grade | null => grades[code] ?? null;
const codes = (list: readonly Criterion[]): string[] => list.map((each) => each.code);

test("searching asks for no diacritics, and đ is d", () => {
  assert.equal(fold("Đăng ký HỘ TỊCH"), "dang ky ho tich");
  const words = searchWords(PACK);
  const hits = (search: string): string[] => CRITERIA.filter(({ code }) => found(words.get(code) ?? "", search)).map((each) => each.code);
  assert.deepEqual(hits("xin loi"), ["B-8.5.1-01"]);
  assert.deepEqual(hits("LOI hồ sơ"), ["B-8.5.1-01"], "all words, in any order");
  assert.deepEqual(hits("so theo doi"), ["B-8.5.1-01"], "the evidence counts too");
  assert.deepEqual(hits("chỉ đạo"), ["A-01"]);
  assert.deepEqual(hits("8.5.1"), ["B-8.5.1-01"]);
});

test("a scope asks what fits the unit and whose condition is met; an answer given counts", () => {
  assert.deepEqual(codes(inScope(PACK, "full", graded({}))), ["A-01", "B-10.2-01", "B-8.5.1-01"]);
  assert.deepEqual(codes(inScope(PACK, "full", graded({ "A-01": "minor" }))), ["A-01", "A-02", "B-10.2-01", "B-8.5.1-01"]);
  assert.deepEqual(codes(inScope(PACK, "core", graded({ "B-10.2-01": "major" }))), ["A-01", "B-10.2-01", "B-8.5.1-01"]);
});

test("headings: positions as the package lists them, clauses by number, part A first", () => {
  const all = inScope(PACK, "full", graded({}));
  const names = (order: "place" | "clause"): string[] => groups(PACK, all, order).map((group) => group.name);
  assert.deepEqual(names("place"), ["Bộ phận Một cửa", "Lãnh đạo đơn vị", "Không gắn với vị trí"]);
  assert.deepEqual(names("clause"), ["Phần A. Quy định về áp dụng, công bố", "8.5 Sản xuất và cung cấp dịch vụ", "10.2 Sự không phù hợp"]);
});

test("the next open one is searched after the present one, then from the start", () => {
  const shown = groups(PACK, inScope(PACK, "full", graded({})), "clause");
  assert.equal(nextOpen(shown, graded({}), null), "A-01");
  assert.equal(nextOpen(shown, graded({}), "A-01"), "B-8.5.1-01");
  assert.equal(nextOpen(shown, graded({ "B-10.2-01": "conformity" }), "B-8.5.1-01"), "A-01");
  assert.equal(nextOpen(shown, graded({ "A-01": "conformity", "B-8.5.1-01": "minor", "B-10.2-01": "conformity" }), null), null);
});

test("progress counts grades and nonconformities", () => {
  assert.deepEqual(progress(CRITERIA, graded({ "A-01": "major", "A-02": "conformity" })), { asked: 5, answered: 2, nonconforming: 1 });
});

test("filters hold together", () => {
  const facts: Facts = { value: { ...EMPTY_ANSWER, grade: "minor", evidence: ["a"] }, state: "waiting", contested: false, member: 7 };
  const kept = (...filters: Filter[]): boolean => passes(facts, new Set(filters), 7);
  assert.ok(kept());
  assert.ok(kept("nonconforming", "photo", "changed", "mine"));
  assert.ok(!kept("unanswered"));
  assert.ok(!kept("nonconforming", "conflict"));
  assert.ok(!passes(facts, new Set<Filter>(["mine"]), 8));
  assert.ok(passes({ ...facts, value: null, state: "none" }, new Set<Filter>(["unanswered"]), 7));
});

test("conformity for a group leaves what has a grade and what is in conflict", () => {
  const facts = (code: string): Facts => ({
    value: code === "A-01" ? { ...EMPTY_ANSWER, grade: "major" } : code === "A-02" ? { ...EMPTY_ANSWER, note: "đang ghi" } : null,
    state: "none",
    contested: code === "B-10.2-01",
    member: null,
  });
  assert.deepEqual(ungraded(CRITERIA.slice(0, 4), facts), ["A-02", "B-8.5.1-01"]);
});
