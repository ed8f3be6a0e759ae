// The rules that device and server share, held to the cases of tests/cases.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../testing/cases";
import { canonical, cleaned, digestOf, fingerprint, link } from "./canonical";
import { asked, band, counts, missingForMinutes, score, tally, type Given } from "./checklist";
import { dayText, daysBetween, isDay, longDay, plusDays } from "./dates";
import { daysLate } from "./dossiers";
import { newId } from "./ids";
import { after, decide, type Target } from "./merge";
import { slotOf } from "./targets";
import type { Checklist, JsonObject, Kind, Operation } from "./types";

interface Merged {
  target: Target;
  operation: { op_id: string; device_id: string; base_revision: number; kind: Kind; criterion: string | null; value: JsonObject };
  after_refusal: number | null;
  locked: boolean;
  reply: string;
  late: boolean;
  revision: number;
  standing: JsonObject | null;
  offered: JsonObject | null;
  after: Target;
}
type Canonical = { value: unknown; canonical: string; digest: string } | { operation: Operation; digest: string; chain: string };
interface Judged {
  kind: string;
  core: boolean;
  answers: Record<string, Given>;
  asked: string[];
  missing: unknown;
  counts: unknown;
  score: string | null;
  band: string | null;
}

test("canonical JSON, digests, fingerprints and the chain are those of the server", async () => {
  let chain = "";
  const found = cases<{ cases: Canonical[] }>("canonical.json").cases;
  for (const each of found) {
    if ("operation" in each) {
      const print = await fingerprint(each.operation);
      chain = await link(chain, print);
      assert.deepEqual([print, chain], [each.digest, each.chain]);
    } else {
      assert.equal(canonical(each.value), each.canonical);
      assert.equal(await digestOf(each.value), each.digest);
    }
  }
  assert.ok(found.length > 10);
  assert.throws(() => canonical({ a: 0.5 }), TypeError);
  assert.throws(() => canonical({ a: undefined }), TypeError);
});

test("what no database takes is replaced before it is stored, and nothing else", () => {
  assert.deepEqual(cleaned({ a: "x\ud800y\u0000", "e\u0302": ["\udc00", "🏛️"], b: undefined }), { a: "x\ufffdy\ufffd", ê: ["\ufffd", "🏛️"] });
});

test("one operation against one target ends as on the server", () => {
  const found = cases<{ cases: Merged[] }>("merge.json").cases;
  for (const each of found) {
    const { op_id, device_id, base_revision, kind, criterion, value } = each.operation;
    const where = criterion ?? `@${String(value["entry"] ?? value["field"])}`;
    const offer = { op_id, device_id, base_revision, value, settles: kind === "settle", empty: slotOf(where).empty };
    const verdict = decide(offer, each.target, { afterRefusal: each.after_refusal, locked: each.locked });
    const { reply, late, revision, standing, offered } = verdict;
    const expected = { reply: each.reply, late: each.late, revision: each.revision, standing: each.standing, offered: each.offered };
    assert.deepEqual({ reply, late, revision, standing, offered }, expected, JSON.stringify(each));
    assert.deepEqual(after(each.target, verdict), each.after);
  }
  assert.ok(found.length > 50);
});

test("asked, missing, counts, score and band are those of the server", () => {
  const file = cases<{ checklist: Checklist; cases: Judged[] }>("checklist.json");
  const { checklist } = file;
  for (const each of file.cases) {
    const answers = (code: string): Given | null => each.answers[code] ?? null;
    const grades = (code: string) => answers(code)?.grade ?? null;
    const core = each.core;
    assert.deepEqual(asked(checklist, each.kind, grades, core).map(({ code }) => code), each.asked);
    assert.deepEqual(missingForMinutes(checklist, each.kind, answers, { core }), each.missing);
    assert.deepEqual(counts(checklist, each.kind, grades, core), each.counts);
    const found = tally(checklist, each.kind, grades);
    const exact = score(found.weights, checklist.scoring);
    const written = exact && (exact.bottom === 1n ? `${exact.top}` : `${exact.top}/${exact.bottom}`);
    assert.equal(written, each.score);
    assert.equal(band(found, checklist.bands, exact)?.code ?? null, each.band);
  }
});

test("a deadline before the day of the minutes is missing its sense", () => {
  const { checklist } = cases<{ checklist: Checklist }>("checklist.json");
  const given: Given = { grade: "minor", note: "Thiếu", reason: "", due_on: "2020-11-17", conflict: false };
  const found = missingForMinutes(checklist, "commune", (code) => (code === "A-01" ? given : null), { minutedOn: "2020-11-18" });
  assert.deepEqual(found[0], { criterion: "A-01", lack: "early" });
});

test("days late of a dossier are those of the server", () => {
  const found = cases<{ cases: { due: string; returned: string; as_of: string; days: number | null }[] }>("dossiers.json").cases;
  for (const { due, returned, as_of, days } of found) assert.equal(daysLate(due, returned, as_of), days);
  assert.ok(found.length > 10);
});

test("days are counted by the calendar and written the Vietnamese way", () => {
  assert.deepEqual([isDay("2020-02-29"), isDay("2021-02-29"), isDay("2020-2-9")], [true, false, false]);
  assert.deepEqual([plusDays("2020-02-28", 2), plusDays("", 2), daysBetween("2020-12-31", "2021-01-04")], ["2020-03-01", "", 4]);
  assert.deepEqual([dayText("2020-11-18"), dayText(null), longDay("2020-02-05")], ["18/11/2020", "", "ngày 05 tháng 02 năm 2020"]);
});

test("names of entries sort in the order in which they were made", () => {
  const made = Array.from({ length: 50 }, () => newId(1_700_000_000_000));
  assert.deepEqual([...made].sort(), made);
  assert.match(made[0] ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
