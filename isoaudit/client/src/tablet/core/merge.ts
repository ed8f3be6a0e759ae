// What becomes of an operation at one target: the device's counterpart of isoaudit/domain/merge.py, for operations of its
// own that the server has not judged yet, and held to the same table of cases. It foretells; the server decides.
import { same } from "./canonical";
import type { JsonObject, Outcome } from "./types";

export interface Revision {
  number: number;
  value: JsonObject;
  device_id: string;
  op_id: string;
  stands: boolean;
}
/** Where a target is: its latest revision, the one that stands, those in open conflict. */
export interface Target {
  latest: number;
  standing: Revision | null;
  contenders: Revision[];
}
export interface Offer {
  op_id: string;
  device_id: string;
  base_revision: number;
  settles: boolean;
  value: JsonObject;
  /** What stands at its target where nothing was ever typed. */
  empty: JsonObject;
}
/** What is known besides the target. */
export interface Known {
  /** The base of the device's last operation here when that was refused: a revision counted upon it is unfounded. */
  afterRefusal: number | null;
  /** The audit is signed, minuted or concluded: what comes now waits for an amendment. */
  locked: boolean;
}
export interface Verdict {
  reply: "accepted" | "conflict" | "refused";
  revision: number;
  standing: JsonObject | null;
  offered: JsonObject | null;
  record: Revision | null;
  settles: boolean;
  late: boolean;
}

export const NOWHERE: Target = { latest: 0, standing: null, contenders: [] };

/**
 * The verdict on one operation whose value has been taken in. A value typed on the latest revision is accepted, one typed
 * on another revision or while a conflict is open only when it equals the one that stands; else both stay. So does, whoever
 * sends it, what comes after the signing.
 */
export function decide(offer: Offer, target: Target, { afterRefusal, locked }: Known): Verdict {
  const conflict = target.contenders.length > 0;
  const equal = (): boolean => same(offer.value, target.standing === null ? offer.empty : target.standing.value);
  const quiet = { revision: target.latest, offered: null, record: null, settles: false, late: false };
  if (locked && !equal()) return beside(offer, target, true);
  if (locked) return { ...quiet, reply: "accepted", standing: offer.value };
  if (offer.settles && !conflict) return { ...quiet, reply: "refused", standing: null };
  const unfounded = afterRefusal !== null && offer.base_revision === afterRefusal + 1;
  const seen = (offer.base_revision === target.latest && !unfounded) || (target.standing === null && !conflict);
  const settles = offer.settles && seen;
  if (!settles && (!seen || conflict)) {
    return equal() ? { ...quiet, reply: "accepted", standing: offer.value } : beside(offer, target, false);
  }
  const record = recorded(offer, target, true);
  return { ...quiet, reply: "accepted", revision: record.number, standing: offer.value, record, settles };
}

function beside(offer: Offer, target: Target, late: boolean): Verdict {
  const record = recorded(offer, target, false);
  const standing = target.standing === null ? null : target.standing.value;
  const revision = record.number;
  return { reply: "conflict", revision, standing, offered: offer.value, record, settles: false, late };
}

function recorded(offer: Offer, target: Target, stands: boolean): Revision {
  const { value, device_id, op_id } = offer;
  return { number: target.latest + 1, value, device_id, op_id, stands };
}

/** The target once the verdict's revision, if any, is written. */
export function after(target: Target, verdict: Verdict): Target {
  const { record } = verdict;
  if (record === null) return target;
  if (!record.stands) return { ...target, latest: record.number, contenders: [...target.contenders, record] };
  return { latest: record.number, standing: record, contenders: verdict.settles ? [] : target.contenders };
}

/** The target after what the server said of an own operation that it did not know of when it told us the target. */
export function told(offer: Offer, target: Target, outcome: Outcome): Target {
  const said = outcome.outcome === "duplicate" ? outcome.first : outcome.outcome;
  if (said === "refused" || said === "held" || outcome.revision <= target.latest) return target;
  const own = { value: offer.value, device_id: offer.device_id, op_id: offer.op_id };
  if (said === "conflict") {
    const standing = outcome.standing
      ? { number: outcome.revision - 1, value: outcome.standing, device_id: "", op_id: "", stands: true }
      : target.standing;
    const contender = { ...own, number: outcome.revision, stands: false };
    return { latest: outcome.revision, standing, contenders: [...target.contenders, contender] };
  }
  const standing = { ...own, number: outcome.revision, stands: true };
  return { latest: outcome.revision, standing, contenders: offer.settles ? [] : target.contenders };
}
