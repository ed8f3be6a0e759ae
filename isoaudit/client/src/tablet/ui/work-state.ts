// What the work screen keeps between two drawings, for each audit: order, filters, what is unfolded, where one is. Nothing of
// it belongs to the audit; it is gone when the page closes.
import type { Criterion, Grade } from "../core/types";
import type { AuditModel } from "../model/audit";
import { groups, inScope, passes, searchWords, found, type Facts, type Filter, type Group, type Order, type Scope } from "./worklist";

export interface WorkState {
  order: Order;
  scope: Scope;
  filters: Set<Filter>;
  search: string;
  stay: Set<string>;
  /** Headings opened or closed by hand; the others follow `opened`. */
  folds: Map<string, boolean>;
  /** Criteria whose fields show. */
  writing: Set<string>;
  /** Criteria whose guidance shows. */
  looking: Set<string>;
  /** The criterion worked on last. */
  at: string | null;
}

/** The list as it is to be drawn, worked out once for each drawing. */
export interface Listing {
  state: WorkState;
  facts: (code: string) => Facts;
  grade: (code: string) => Grade | null;
  /** All criteria of the scope, whatever is searched. */
  scope: Criterion[];
  shown: Group[];
  /** Something is searched or filtered. */
  narrowed: boolean;
}

const KEPT = new Map<string, WorkState>();
const WORDS = new WeakMap<AuditModel["pack"]["checklist"], Map<string, string>>();

export function stateOf(model: AuditModel): WorkState {
  const { audit, core_only } = model.pack;
  let state = KEPT.get(audit);
  if (!state) {
    state = {
      order: "place",
      scope: core_only ? "core" : "full",
      filters: new Set(),
      search: "",
      stay: new Set(),
      folds: new Map(),
      writing: new Set(),
      looking: new Set(),
      at: null,
    };
    KEPT.set(audit, state);
  }
  return state;
}

export function listing(model: AuditModel): Listing {
  const state = stateOf(model);
  const known = new Map<string, Facts>();
  const facts = (code: string): Facts => {
    let one = known.get(code);
    if (!one) known.set(code, (one = factsOf(model, code)));
    return one;
  };
  const grade = (code: string): Grade | null => facts(code).value?.grade ?? null;
  const scope = inScope(model.pack, state.scope, grade);
  const words = state.search.trim() === "" ? null : wordsOf(model);
  const through = scope.filter(
    ({ code }) =>
      (state.stay.has(code) || passes(facts(code), state.filters, model.me)) && (words === null || found(words.get(code) ?? "", state.search)),
  );
  return { state, facts, grade, scope, shown: groups(model.pack, through, state.order), narrowed: state.filters.size > 0 || words !== null };
}

/** Whether the criteria under a heading show: as chosen by hand, else all of a narrowed list, else the first with something open. */
export function opened(list: Listing, group: Group): boolean {
  const first = list.shown.find((each) => each.criteria.some(({ code }) => list.grade(code) === null)) ?? list.shown[0];
  return list.state.folds.get(group.key) ?? (list.narrowed || group === first);
}

/** Filters or order change: what was kept in view by hand follows them again. */
export function turn(state: WorkState, change: (state: WorkState) => void): void {
  state.stay.clear();
  state.folds.clear();
  change(state);
}

function factsOf(model: AuditModel, code: string): Facts {
  const seen = model.answer(code);
  const handed = model.entry(`assign/${code}`).value?.["user_id"];
  return {
    value: seen.value,
    state: seen.state,
    contested: seen.contenders.length > 0,
    member: typeof handed === "number" ? handed : null,
  };
}

function wordsOf(model: AuditModel): Map<string, string> {
  const { checklist } = model.pack;
  let words = WORDS.get(checklist);
  if (!words) WORDS.set(checklist, (words = searchWords(model.pack)));
  return words;
}
