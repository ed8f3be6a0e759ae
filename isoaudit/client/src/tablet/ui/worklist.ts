// Which criteria the work screen shows, under which headings and in which order: pure, no DOM. How they look is in
// work.ts and criterion.ts.
import { asked, nonconforming, type Grades } from "../core/checklist";
import type { AnswerValue, Criterion, Package } from "../core/types";

export type Order = "place" | "clause";
export type Scope = "full" | "core";
export type Filter = "unanswered" | "nonconforming" | "photo" | "changed" | "mine" | "conflict";

export interface Group {
  key: string;
  name: string;
  criteria: Criterion[];
}
export interface Progress {
  asked: number;
  answered: number;
  nonconforming: number;
}
/** What the list needs to know of one criterion's answer. */
export interface Facts {
  value: AnswerValue | null;
  state: string;
  contested: boolean;
  member: number | null;
}
export interface Wanted {
  order: Order;
  scope: Scope;
  filters: ReadonlySet<Filter>;
  search: string;
  /** Shown though no filter lets them through: they were just worked on. */
  stay: ReadonlySet<string>;
}

const PART_A = "A";

/** Text for searching: no case, no diacritics, đ as d. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
}

/** The criteria asked in this scope, and those answered though unasked: an answer given counts. In the order of the checklist. */
export function inScope(pack: Package, scope: Scope, grade: Grades): Criterion[] {
  const { checklist, unit } = pack;
  const open = new Set(asked(checklist, unit.kind, grade, scope === "core").map((each) => each.code));
  return checklist.criteria.filter((each) => open.has(each.code) || grade(each.code) !== null);
}

/** The words of each criterion, folded once for all searches. */
export function searchWords(pack: Package): Map<string, string> {
  const titles = new Map(pack.checklist.clauses.map((clause) => [clause.number, clause.title]));
  return new Map(
    pack.checklist.criteria.map((each) => [
      each.code,
      fold([each.code, each.text, each.clause, titles.get(each.clause) ?? "", each.guidance, ...each.evidence].join(" ")),
    ]),
  );
}

/** Whether every word looked for stands in the text, both folded. */
export function found(text: string, search: string): boolean {
  return fold(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function passes(facts: Facts, filters: ReadonlySet<Filter>, me: number): boolean {
  const { value } = facts;
  for (const filter of filters) {
    if (filter === "unanswered" && value?.grade) return false;
    if (filter === "nonconforming" && !nonconforming(value?.grade ?? null)) return false;
    if (filter === "photo" && !value?.evidence.length) return false;
    if (filter === "changed" && !["typing", "waiting", "refused"].includes(facts.state)) return false;
    if (filter === "mine" && facts.member !== me) return false;
    if (filter === "conflict" && !facts.contested) return false;
  }
  return true;
}

/** The criteria under the headings of the order: positions as the package lists them, or part A and the clauses. */
export function groups(pack: Package, criteria: readonly Criterion[], order: Order): Group[] {
  const under = new Map<string, Criterion[]>();
  for (const each of criteria) {
    const key = order === "place" ? (each.where ?? "") : clauseKey(each);
    const list = under.get(key);
    if (list) list.push(each);
    else under.set(key, [each]);
  }
  const keys = [...under.keys()].sort(order === "place" ? byPlace(pack) : byClause);
  return keys.map((key) => ({ key: `${order}-${key}`, name: heading(pack, key, order), criteria: under.get(key) ?? [] }));
}

export function progress(criteria: readonly Criterion[], grade: Grades): Progress {
  const done: Progress = { asked: criteria.length, answered: 0, nonconforming: 0 };
  for (const each of criteria) {
    const given = grade(each.code);
    if (given !== null) done.answered += 1;
    if (nonconforming(given)) done.nonconforming += 1;
  }
  return done;
}

/** The next criterion without a grade after `from` in the order shown, beginning anew at the end; null when none is left. */
export function nextOpen(shown: readonly Group[], grade: Grades, from: string | null): string | null {
  const codes = shown.flatMap((group) => group.criteria.map((each) => each.code));
  const start = from === null ? 0 : codes.indexOf(from) + 1;
  const turned = [...codes.slice(start), ...codes.slice(0, start)];
  return turned.find((code) => grade(code) === null && code !== from) ?? null;
}

/** What "phù hợp cả nhóm" would write: only criteria that nobody has graded and that are not in conflict. */
export function ungraded(criteria: readonly Criterion[], facts: (code: string) => Facts): string[] {
  return criteria
    .filter((each) => {
      const known = facts(each.code);
      return !known.value?.grade && !known.contested;
    })
    .map((each) => each.code);
}

function clauseKey(criterion: Criterion): string {
  return criterion.part === PART_A ? PART_A : criterion.clause.split(".").slice(0, 2).join(".");
}

function heading(pack: Package, key: string, order: Order): string {
  if (order === "place") {
    return pack.checklist.places.find((place) => place.code === key)?.name ?? "Không gắn với vị trí";
  }
  if (key === PART_A) return "Phần A. Quy định về áp dụng, công bố";
  return `${key} ${pack.checklist.clauses.find((clause) => clause.number === key)?.title ?? ""}`.trim();
}

function byPlace(pack: Package): (one: string, other: string) => number {
  const places = pack.checklist.places.map((place) => place.code);
  const rank = (key: string): number => (places.includes(key) ? places.indexOf(key) : places.length);
  return (one, other) => rank(one) - rank(other);
}

function byClause(one: string, other: string): number {
  if (one === PART_A || other === PART_A) return one === other ? 0 : one === PART_A ? -1 : 1;
  const [a, b] = [one.split(".").map(Number), other.split(".").map(Number)];
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
