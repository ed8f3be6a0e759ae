// What the minutes say of a filled audit: every finding and every request, in order and in the words of minutes.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnswerValue, Criterion, EntryData, Package, SignedContent } from "../core/types";
import { minutesOf, type Signing } from "./minutes";

const DOSSIER = "0b0c1111-1111-4111-8111-111111111111";
const LATE = "0b0c2222-1111-4111-8111-111111111111";
const PHOTO = "ab".repeat(32);

function criterion(code: string, more: Partial<Criterion> = {}): Criterion {
  const part = code.startsWith("A") ? "A" : "B";
  const base = { code, part, clause: part === "A" ? "" : "7.2", rule: "", weight: 1, gate: false, core: true, where: "one_stop" } as const;
  return { ...base, method: null, applies_to: [], when: null, text: `Câu hỏi ${code}?`, guidance: "", evidence: [], legal_basis: [], ...more };
}

function answer(grade: AnswerValue["grade"], more: Partial<AnswerValue> = {}): AnswerValue {
  return { grade, note: "", reason: "", due_on: null, request: "", evidence: [], documents: [], dossiers: [], ...more };
}

const ANSWERS: Record<string, AnswerValue> = {
  "A-01": answer("conformity", { evidence: [PHOTO] }),
  "A-02": answer("major", { note: "Không có phiếu kiểm soát", due_on: "2020-12-05", request: "Lập phiếu", dossiers: [LATE], documents: ["KH 12/KH-UBND"], evidence: ["cd".repeat(32)] }),
  "B-7.2-01": answer("opportunity", { note: "Nên lưu theo năm" }),
  "B-7.2-02": answer("not_applicable", { reason: "Không có" }),
  "B-8.5-01": answer("minor", { note: "Sổ để trống", due_on: "2021-01-31" }),
};
const ENTRIES: Record<string, EntryData> = {
  meeting: { place: "Trụ sở UBND xã A", began: "08:00", ended: "16:30", opening: "", closing: "", basis: "", strengths: "Có cố gắng", copies: 3, read_back: true },
  "attendance/2": { meeting: "closing", name: "Trần Thị B", position: "Thư ký ISO", side: "unit" },
  "attendance/1": { meeting: "both", name: "Hồ Văn C", position: "Chủ tịch UBND xã", side: "unit" },
  [`dossier/${LATE}`]: { number: "H-02", procedure: "Chứng thực", field: "Chứng thực", received: "2020-10-05", due: "2020-10-06", returned: "", slow_step: "Trình ký", supplement: true, apology: false, finding: "", member: 1 },
  [`dossier/${DOSSIER}`]: { number: "H-01", procedure: "Khai sinh", field: "Hộ tịch", received: "2020-09-02", due: "2020-09-03", returned: "2020-09-03", slow_step: "", supplement: false, apology: false, finding: "", member: 1 },
  "word/A-02": { stance: "reserved", text: "Đã lập từ tháng 11" },
  "word/B-8.5-01": { stance: "agreed", text: "" },
  [`photo/${PHOTO}`]: { criterion: "A-01", caption: "Bảng niêm yết", taken_at: "", latitude: "", longitude: "", blurred: false },
  "verify/2019-KT-004:A-01": { result: "partly", text: "chưa niêm yết" },
};
const PACK = {
  audit: "2020-KT-016",
  mode: "on_site",
  programme: { year: 2020, name: "Kế hoạch kiểm tra năm 2020", document: "41/KH-SKHCN ngày 14/9/2020" },
  province: { name: "Quảng Trị", steering: "Ban Chỉ đạo ISO tỉnh", office: "Sở Khoa học và Công nghệ" },
  unit: { code: "19429", name: "UBND xã A", kind: "commune", district: "" },
  team: [
    { user_id: 1, name: "Nguyễn Văn D", role: "head", contents: "" },
    { user_id: 2, name: "Lê Thị E", role: "secretary", contents: "" },
  ],
  earlier: [{ audit: "2019-KT-004", criterion: "A-01", text: "", grade: "minor", description: "Chưa niêm yết", raised_on: "", due_on: null, state: "open", overdue: false }],
  checklist: {
    id: "thu",
    version: "1.0.0",
    digest: "d",
    edition: "iso9001-2015",
    title: "Phiếu thử",
    criteria: [criterion("A-01"), criterion("A-02"), criterion("B-7.2-01"), criterion("B-7.2-02"), criterion("B-8.5-01", { clause: "8.5.1", where: null })],
    clauses: [{ number: "7", title: "Hỗ trợ" }, { number: "8", title: "Thực hiện" }],
    places: [{ code: "one_stop", name: "Bộ phận Một cửa" }],
  },
} as unknown as Package;

function content(more: Partial<SignedContent> = {}): SignedContent {
  return {
    audit: "2020-KT-016",
    checklist: { id: "thu", version: "1.0.0", digest: "d" },
    minuted_on: "2020-11-05",
    answers: Object.entries(ANSWERS).map(([code, value]) => ({ criterion: code, value })),
    entries: ENTRIES,
    fields: { remarks: "Duy trì đúng", present: "", unit_opinion: "Đề nghị tập huấn" },
    ...more,
  };
}

const SIGNING: Signing = {
  digest: "3f".repeat(32),
  minuted_on: "2020-11-05",
  signatures: [
    { side: "unit", name: "Hồ Văn C", position: "Chủ tịch UBND xã", path: "M1 1L2 2", refused: false, reason: "" },
    { side: "team", name: "Nguyễn Văn D", position: "Trưởng đoàn", path: "M3 3L4 4", refused: false, reason: "" },
  ],
};

test("every finding, in the order of the checklist, with its proofs and its deadline", () => {
  const made = minutesOf(PACK, content());
  assert.deepEqual(
    made.shortcomings.map((each) => [each.number, each.code, each.note, each.due, each.dossiers, each.photos, each.documents]),
    [
      [1, "A-02", "Không có phiếu kiểm soát", "05/12/2020", [2], [2], ["KH 12/KH-UBND"]],
      [2, "B-8.5-01", "Sổ để trống", "31/01/2021", [], [], []],
    ],
  );
  assert.deepEqual(made.suggestions.map((each) => [each.number, each.code, each.note]), [[1, "B-7.2-01", "Nên lưu theo năm"]]);
  assert.equal(made.shortcomings[0]?.place, "quy định về áp dụng, công bố; vị trí: Bộ phận Một cửa");
  assert.equal(made.shortcomings[1]?.place, "điều 8.5.1 TCVN ISO 9001:2015");
  assert.equal(made.shortcomings[0]?.request, "Lập phiếu");
});

test("counts in the words of minutes, by part and chapter, adding up; never a grade, a score or a band", () => {
  const made = minutesOf(PACK, content());
  assert.match(made.seen, /đã kiểm tra: 05; thực hiện đúng: 01; khuyến nghị: 01; tồn tại, hạn chế cần khắc phục: 02; không thuộc phạm vi: 01\.$/);
  assert.deepEqual(made.results.map((each) => [each.name, each.seen]), [["Phần A. Quy định về áp dụng, công bố", 2], ["Điều 7. Hỗ trợ", 2], ["Điều 8. Thực hiện", 1]]);
  assert.equal(made.results.reduce((sum, each) => sum + each.shortcoming, 0), made.total.shortcoming);
  assert.doesNotMatch(JSON.stringify(made), /nặng|nhẹ|không phù hợp|xếp loại|điểm số/i);
});

test("when, where, who, on what basis", () => {
  const made = minutesOf(PACK, content());
  assert.match(made.opening, /hồi 08 giờ 00 phút, ngày 05 tháng 11 năm 2020, tại trụ sở UBND xã A,/);
  assert.deepEqual(made.basis, ["Thực hiện Kế hoạch kiểm tra năm 2020 ban hành kèm theo văn bản số 41/KH-SKHCN ngày 14/9/2020"]);
  assert.deepEqual(made.unit.map((each) => each.name + each.meeting), ["Hồ Văn C", "Trần Thị Bdự họp kết thúc"]);
  assert.deepEqual(made.team.map((each) => `${each.name}, ${each.position}`), ["Nguyễn Văn D, Trưởng đoàn", "Lê Thị E, Thư ký đoàn"]);
  assert.equal(made.issuer, "SỞ KHOA HỌC VÀ CÔNG NGHỆ");
});

test("a typed basis stands instead of the programme, one line each", () => {
  const entries = { ...ENTRIES, meeting: { ...ENTRIES["meeting"], basis: "- Căn cứ Quyết định số 1;\nThực hiện Kế hoạch số 2.\n" } };
  assert.deepEqual(minutesOf(PACK, content({ entries })).basis, ["Căn cứ Quyết định số 1", "Thực hiện Kế hoạch số 2"]);
});

test("the sampled dossiers by day received, days late as of the day of the minutes", () => {
  const made = minutesOf(PACK, content());
  assert.deepEqual(made.dossiers.map((each) => [each.number, each.code, each.late, each.found]), [
    [1, "H-01", 0, "Đúng quy trình, đúng hạn"],
    [2, "H-02", 30, "Khâu chậm: Trình ký; có phiếu yêu cầu bổ sung"],
  ]);
  assert.equal(made.dossierText, "Đoàn kiểm tra chọn xem xét 02 hồ sơ thuộc 02 lĩnh vực; số hồ sơ quá hạn: 01.");
});

test("the unit's word, with what it reserves; earlier findings with what became of them", () => {
  const made = minutesOf(PACK, content());
  assert.match(made.unitWord, /đơn vị nhất trí với 01 nội dung và bảo lưu ý kiến đối với 01 nội dung\. Nội dung bảo lưu .* thông báo kết luận\.$/);
  assert.deepEqual(made.shortcomings[0]?.word, { stance: "reserved", said: "Đã lập từ tháng 11" });
  assert.deepEqual(made.verified, [{ text: "Chưa niêm yết", result: "đã khắc phục một phần: chưa niêm yết" }]);
});

test("a draft says so; what was signed carries its digest, its strokes and the minutes it replaces", () => {
  assert.equal(minutesOf(PACK, content()).draft, true);
  const made = minutesOf(PACK, content(), { ...SIGNING, amends: "9a".repeat(32) });
  assert.equal(made.draft, false);
  assert.equal(made.digest, SIGNING.digest);
  assert.equal(made.sides.unit.path, "M1 1L2 2");
  assert.match(made.amendment, /thay thế biên bản đã ký có mã nội dung 9a9a9a9a9a9a9a9a…\.$/);
  assert.match(made.closing, /đã được đọc lại .* thống nhất nội dung, trừ các nội dung bảo lưu nêu tại mục VII, và cùng ký tên dưới đây\. Biên bản được lập thành 03 bản, .* giữ 01 bản, Đoàn kiểm tra giữ 02 bản\.\/\.$/);
});

test("a refusal to sign is told with its reason, and nobody is said to agree", () => {
  const refused = { ...SIGNING.signatures[0]!, path: "", refused: true, reason: "Chờ xin ý kiến." };
  const made = minutesOf(PACK, content(), { ...SIGNING, signatures: [refused, SIGNING.signatures[1]!] });
  assert.match(made.closing, /đại diện đơn vị được kiểm tra không ký biên bản, lý do: Chờ xin ý kiến\. /);
  assert.doesNotMatch(made.closing, /thống nhất nội dung/);
  assert.equal(made.sides.unit.refused, "Không ký. Lý do: Chờ xin ý kiến.");
});
