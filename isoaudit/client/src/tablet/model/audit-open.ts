// What is left to do in an audit before it can be signed: what the minutes lack, and the conflicts.
import { missingForMinutes, type Given } from "../core/checklist";
import { EMPTY_ANSWER, toAnswer } from "../core/targets";
import { SIGNATURE, type Missing, type Where } from "../core/types";
import type { Desk } from "./audit-desk";
import { seenAs } from "./audit-view";

/** What keeps from signing; with a day, deadlines before it too. */
export function missingOf(desk: Desk, minutedOn: string): Missing[] {
  const { checklist, unit, core_only: core } = desk.pack;
  const found = missingForMinutes(checklist, unit.kind, (code) => given(desk, code), { core, minutedOn });
  for (const where of all(desk)) {
    const { state } = desk.sight(where);
    if (state === "refused" && desk.typing(where) === null && where !== SIGNATURE) {
      found.push({ criterion: where, lack: "refused" });
    }
    if (state === "conflict" && where.startsWith("@")) found.push({ criterion: where, lack: "conflict" });
  }
  return found;
}

/** Targets where two values wait for the head of the team. */
export function conflictsOf(desk: Desk): Where[] {
  return all(desk).filter((where) => desk.sight(where).state === "conflict");
}

function all(desk: Desk): Where[] {
  return [...desk.pack.checklist.criteria.map((each) => each.code), ...desk.targets()];
}

function given(desk: Desk, code: string): Given {
  const { value, state } = seenAs(desk.sight(code), desk.typing(code), toAnswer);
  return { ...(value ?? EMPTY_ANSWER), conflict: state === "conflict" || desk.sight(code).state === "conflict" };
}
