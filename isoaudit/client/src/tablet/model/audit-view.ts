// What is seen of one target: what the package says stands there, then every own operation that the package does not know
// of, as the server answered it or, unanswered, as it will by the same rules, then what is being typed. Pure: no storage.
import { after, decide, NOWHERE, told, type Offer, type Target } from "../core/merge";
import { slotOf, standingAt } from "../core/targets";
import type { Contender, JsonObject, Operation, Package, Seen, SeenState, Where } from "../core/types";
import { decided, type Row } from "../store/ledger";

export interface Sight {
  /** What stands when all own operations are counted in, without what is being typed. */
  target: Target;
  /** What a person sees as the value before typing: as a rule what stands; after a refusal, what was refused. */
  value: JsonObject | null;
  state: Exclude<SeenState, "typing">;
  contenders: Contender<JsonObject>[];
  late: boolean;
  by: number | null;
  at: string;
  said: string;
}

/** `openFrom`: own operations with a lower number come late, because the audit was signed before; 0 when it is not. */
export function sightOf(pack: Package, where: Where, rows: readonly Row[], openFrom: number): Sight {
  const { me } = pack;
  const standing = standingAt(pack, where);
  let target = standing === null ? NOWHERE : fromPackage(standing);
  let refused: Row | null = null;
  let waiting = false;
  let late = false;
  let own: Operation | null = null;
  for (const row of rows) {
    const outcome = row.outcome;
    const before = target;
    const offer = offerOf(where, row.operation);
    const said = decided(row);
    if (said === "refused") {
      if (outcome !== null && outcome.revision >= (standing?.revision ?? 0)) refused = row;
      continue;
    }
    if (said !== null && outcome !== null) target = told(offer, target, outcome);
    else {
      const afterRefusal = refused === null ? null : refused.operation.base_revision;
      const verdict = decide(offer, target, { afterRefusal, locked: row.operation.seq < openFrom });
      target = after(target, verdict);
      late ||= verdict.late;
    }
    if (said === null) waiting = true;
    refused = null;
    if (target.standing?.op_id === row.operation.op_id) own = row.operation;
    if (target !== before && said === "conflict" && outcome?.late === true) late = true;
  }
  const kept = new Map(rows.map((row) => [row.operation.op_id, row.operation]));
  const given = new Map((standing?.contenders ?? []).map((each) => [each.revision, each]));
  const contenders = target.contenders.map((each): Contender<JsonObject> => {
    const operation = kept.get(each.op_id);
    if (operation === undefined) return given.get(each.number) ?? { revision: each.number, value: each.value };
    const { device_id, at } = operation;
    return { revision: each.number, value: each.value, by: me, device_id, at, mine: true };
  });
  const sight = { target, contenders, late, value: target.standing?.value ?? null, said: "" };
  const by = own === null ? (standing?.by ?? null) : me;
  const at = own === null ? (standing?.at ?? "") : own.at;
  if (contenders.length > 0) return { ...sight, state: "conflict", by, at };
  if (refused !== null) {
    const said = refused.outcome?.why ?? "";
    return { ...sight, state: "refused", value: refused.operation.value, said, by: me, at: refused.operation.at };
  }
  if (waiting) return { ...sight, state: "waiting", by, at };
  return { ...sight, state: target.standing === null ? "none" : "sent", by, at };
}

/** What the screens get: the same for a value in its own form, with what is being typed on top. */
export function seenAs<V>(sight: Sight, typing: JsonObject | null, form: (value: JsonObject) => V | null): Seen<V> {
  const formed = (value: JsonObject | null): V | null => (value === null ? null : form(value));
  const seen: Seen<V> = {
    value: formed(typing ?? sight.value),
    state: typing === null ? sight.state : "typing",
    contenders: sight.contenders.map((each) => ({ ...each, value: formed(each.value) })),
  };
  if (sight.late) seen.late = true;
  if (sight.by !== null) seen.by = sight.by;
  if (sight.at !== "") seen.at = sight.at;
  if (sight.said !== "" && typing === null) seen.said = sight.said;
  return seen;
}

function fromPackage(standing: NonNullable<ReturnType<typeof standingAt>>): Target {
  const none = { device_id: "", op_id: "" };
  return {
    latest: standing.revision,
    standing: standing.value === null ? null : { ...none, number: standing.revision, value: standing.value, stands: true },
    contenders: standing.contenders.map((each) => ({
      ...none,
      number: each.revision,
      value: each.value ?? {},
      stands: false,
    })),
  };
}

function offerOf(where: Where, operation: Operation): Offer {
  const { op_id, device_id, base_revision, value, kind } = operation;
  return { op_id, device_id, base_revision, value, settles: kind === "settle", empty: slotOf(where).empty };
}
