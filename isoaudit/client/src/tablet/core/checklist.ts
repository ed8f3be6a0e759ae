// The questions that a checklist and the answers to it settle by themselves: what is asked, what the minutes still lack,
// how many of each grade, score and band. The counterpart of isoaudit/domain/{checklist,audit_life,audit}.py, held to the
// same cases. Fractions are exact: whole numbers over whole numbers.
import type { AnswerValue, Band, Checklist, Criterion, Grade, Lack, Missing } from "./types";
import { GRADES } from "./types";

export type Grades = (code: string) => Grade | null;
export interface Given extends Pick<AnswerValue, "grade" | "note" | "reason" | "due_on"> {
  conflict: boolean;
}
export interface Fraction {
  top: bigint;
  bottom: bigint;
}
export interface Tally {
  counts: Record<Grade, number>;
  weights: Record<Grade, number>;
  gateFailures: number;
  unansweredWeight: number;
  unansweredVital: number;
}

const VITAL = 3;
const ENOUGH_PERCENT = 90;

export function nonconforming(grade: Grade | null): boolean {
  return grade === "minor" || grade === "major";
}

/** The criteria to be answered by a unit of this kind, in the order of the checklist; with `core`, of the short set. */
export function asked(checklist: Checklist, kind: string, grades: Grades, core = false): Criterion[] {
  return checklist.criteria.filter((each) => {
    if (each.applies_to.length > 0 && !each.applies_to.includes(kind)) return false;
    if (core && !each.core) return false;
    if (each.when === null) return true;
    const given = grades(each.when.criterion);
    return given !== null && each.when.grades.includes(given);
  });
}

/** What a grade that was given still requires. `minutedOn`: no deadline may lie before that day. */
export function lacks(given: Given, minutedOn = ""): Lack[] {
  const found: Lack[] = [];
  if (given.conflict) found.push("conflict");
  if (nonconforming(given.grade)) {
    if (given.note.trim() === "") found.push("note");
    if (given.due_on === null || given.due_on === "") found.push("deadline");
    else if (minutedOn !== "" && given.due_on < minutedOn) found.push("early");
  }
  if (given.grade === "not_applicable" && given.reason.trim() === "") found.push("reason");
  return found;
}

/** What has to be done before the minutes, in the order of the checklist. */
export function missingForMinutes(
  checklist: Checklist,
  kind: string,
  answers: (code: string) => Given | null,
  { core = false, minutedOn = "" } = {},
): Missing[] {
  const open = new Set(asked(checklist, kind, (code) => answers(code)?.grade ?? null, core).map((each) => each.code));
  return checklist.criteria.flatMap(({ code }) => {
    const given = answers(code) ?? { grade: null, note: "", reason: "", due_on: null, conflict: false };
    const found: Lack[] = given.grade === null && open.has(code) ? ["answer"] : [];
    return [...found, ...lacks(given, minutedOn)].map((lack) => ({ criterion: code, lack }));
  });
}

/** How many of each grade, over every answer given, and how many asked criteria have none. */
export function counts(
  checklist: Checklist,
  kind: string,
  grades: Grades,
  core = false,
): Record<Grade | "none", number> {
  const found = { ...zero(), none: 0 };
  for (const each of checklist.criteria) {
    const grade = grades(each.code);
    if (grade !== null) found[grade] += 1;
  }
  found.none = asked(checklist, kind, grades, core).filter((each) => grades(each.code) === null).length;
  return found;
}

/** The tally of one audit's answers; what the short set leaves out counts as unanswered. */
export function tally(checklist: Checklist, kind: string, grades: Grades): Tally {
  const found: Tally = { counts: zero(), weights: zero(), gateFailures: 0, unansweredWeight: 0, unansweredVital: 0 };
  for (const each of checklist.criteria) {
    const grade = grades(each.code);
    if (grade === null) continue;
    found.counts[grade] += 1;
    found.weights[grade] += each.weight;
    if (each.gate && nonconforming(grade)) found.gateFailures += 1;
  }
  for (const each of asked(checklist, kind, grades)) {
    if (grades(each.code) !== null) continue;
    found.unansweredWeight += each.weight;
    if (each.weight === VITAL) found.unansweredVital += 1;
  }
  return found;
}

/** 100 × Σ w·v / Σ w over what was answered and applies, in lowest terms; null when nothing does. */
export function score(weights: Record<Grade, number>, scoring: Checklist["scoring"]): Fraction | null {
  let reached: Fraction = { top: 0n, bottom: 1n };
  let total = 0n;
  for (const grade of GRADES) {
    if (grade === "not_applicable") continue;
    const weight = BigInt(weights[grade]);
    const value = fraction(scoring[grade]);
    reached = lowest(reached.top * value.bottom + weight * value.top * reached.bottom, reached.bottom * value.bottom);
    total += weight;
  }
  return total === 0n ? null : lowest(100n * reached.top, reached.bottom * total);
}

/** The band for this exact score; null where there is not enough to go by ("chưa đủ căn cứ"). */
export function band(found: Tally, bands: readonly Band[], exact: Fraction | null): Band | null {
  if (exact === null || found.unansweredVital > 0) return null;
  const applicable = GRADES.reduce((sum, each) => (each === "not_applicable" ? sum : sum + found.weights[each]), 0);
  if (100 * applicable < ENOUGH_PERCENT * (applicable + found.unansweredWeight)) return null;
  return bands.find((each) => earns(each, found, exact)) ?? null;
}

function earns(line: Band, found: Tally, exact: Fraction): boolean {
  const least = fraction(line.min_score);
  return (
    (line.max_major === null || found.counts.major <= line.max_major) &&
    (line.max_minor === null || found.counts.minor <= line.max_minor) &&
    !(line.gates_hold && found.gateFailures > 0) &&
    exact.top * least.bottom >= least.top * exact.bottom
  );
}

/** An exact number from "90", "0.5" or "1/3". */
export function fraction(text: string): Fraction {
  const [over = "", under = "1"] = text.split("/");
  const [whole = "", decimals = ""] = over.split(".");
  return lowest(BigInt(whole + decimals), BigInt(under) * 10n ** BigInt(decimals.length));
}

function lowest(top: bigint, bottom: bigint): Fraction {
  let [one, other] = [top < 0n ? -top : top, bottom];
  while (other !== 0n) [one, other] = [other, one % other];
  return one === 0n ? { top: 0n, bottom: 1n } : { top: top / one, bottom: bottom / one };
}

function zero(): Record<Grade, number> {
  return { conformity: 0, opportunity: 0, minor: 0, major: 0, not_applicable: 0 };
}
