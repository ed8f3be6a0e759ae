// What the minutes say of a filled audit: every finding and every request, in order and in the words of minutes.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { EntryData, Package, SignedContent } from "../core/types";
import { cases } from "../testing/cases";
import { minutesOf, type Minutes, type Signing } from "./minutes";
import { amountText } from "./minutes_words";

interface Case {
  name: string;
  pack: Package;
  content: SignedContent;
  signing: Signing | null;
  minutes: Minutes;
}
const CASES = cases<{ cases: Case[] }>("minutes.json").cases;
const FULL = CASES[0] as Case;

for (const each of CASES) {
  test(`the same as the server's paper: ${each.name}`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(minutesOf(each.pack, each.content, each.signing))), each.minutes);
  });
}

function made(entries: Record<string, EntryData> = {}): Minutes {
  return minutesOf(FULL.pack, { ...FULL.content, entries: { ...FULL.content.entries, ...entries } }, FULL.signing);
}

test("every finding, in the order of the checklist, with its proofs and its deadline", () => {
  const { shortcomings, suggestions } = made();
  assert.deepEqual(
    shortcomings.map((each) => [each.number, each.code, each.due, each.dossiers, each.photos]),
    [
      [1, "A-02", "05/12/2020", [2], [1, 2]],
      [2, "B-8.5-01", "28/02/2021", [], []],
    ],
  );
  assert.deepEqual(suggestions.map((each) => [each.number, each.code]), [[1, "B-7.2-01"]]);
  assert.equal(shortcomings[0]?.place, "quy định về áp dụng, công bố; vị trí: Bộ phận Một cửa");
  assert.equal(shortcomings[1]?.place, "điều 8.5.1 TCVN ISO 9001:2015");
});

test("counts in the words of minutes, adding up; never a grade, a score or a band", () => {
  const { seen, results, total } = made();
  assert.match(seen, /thuộc phạm vi đã kiểm tra: 04 \(thực hiện đúng: 01; khuyến nghị: 01; tồn tại, hạn chế cần khắc phục: 02\); không thuộc phạm vi: 01\.$/);
  assert.equal(results.reduce((sum, each) => sum + each.shortcoming, 0), total.shortcoming);
  assert.doesNotMatch(JSON.stringify(made()), /nặng|nhẹ|không phù hợp|xếp loại|điểm số/i);
});

test("when and where; the basis as typed, else the programme of the year", () => {
  assert.match(made().opening, /hồi 08 giờ 00 phút, ngày 05 tháng 11 năm 2020, tại trụ sở UBND xã A,/);
  assert.deepEqual(made().basis, ["Căn cứ Quyết định số 1", "Thực hiện Kế hoạch số 2"]);
  assert.deepEqual(made({ meeting: {} }).basis, ["Thực hiện Kế hoạch kiểm tra năm 2020 (số 41/KH-SKHCN)"]);
});

test("days late as of the day of the minutes", () => {
  const { dossiers } = made();
  assert.deepEqual(dossiers.map((each) => [each.number, each.code, each.late]), [[1, "H-01", 0], [2, "H-02", 30]]);
});

test("nobody is said to agree who refused", () => {
  const { closing } = minutesOf(FULL.pack, FULL.content, CASES.find((each) => each.name === "refused")?.signing ?? null);
  assert.match(closing, /đại diện đơn vị được kiểm tra không ký biên bản, lý do: Chờ xin ý kiến\. /);
  assert.doesNotMatch(closing, /thống nhất nội dung/);
});

test("nothing of a kind is said so that it is no advice against it", () => {
  assert.deepEqual([0, 1, 12].map((count) => amountText(count, "khuyến nghị")), ["không có khuyến nghị", "01 khuyến nghị", "12 khuyến nghị"]);
});
