// What is being entered on the screen "Ký", by audit, until it is signed; and what is known of a signing that was made.
import { trueToday } from "../core/clock";
import type { AuditModel } from "../model/audit";
import type { Signing } from "../model/minutes";
import { Pad } from "./sign-pad";

export interface Party {
  name: string;
  position: string;
  refused: boolean;
  reason: string;
  pad: Pad;
}
export interface Form {
  day: string;
  unit: Party;
  team: Party;
  /** Set once signing was tried: from then on what is missing is marked. */
  tried: boolean;
  /** What lay before whoever drew in a box, canonical; as long as nobody has, what lies there now. */
  before: string;
}

/** By account and audit: whoever opens their own data on the same tablet finds nothing of it. */
const forms = new Map<string, Form>();

/** The form of an audit. The unit's representative is the first of the unit who is written down at the meetings. */
export function formOf(model: AuditModel, changed: () => void): Form {
  const found = forms.get(whose(model));
  if (found) return found;
  const people = model.entries("attendance").map((each) => each.seen.value ?? {});
  const first = people.find((each) => each["side"] === "unit" && each["name"]);
  const head = model.pack.team.find((each) => each.role === "head");
  const made = {
    day: "",
    unit: party(String(first?.["name"] ?? ""), String(first?.["position"] ?? ""), changed),
    team: party(head?.name ?? "", "Trưởng đoàn", changed),
    tried: false,
    before: "",
  };
  forms.set(whose(model), made);
  return made;
}

/**
 * Note what lies before the signers. What was drawn before another content is taken away, since nobody has signed this one;
 * true when anything was.
 */
export function lay(form: Form, content: string): boolean {
  const drawn = [form.unit.pad, form.team.pad].filter((pad) => !pad.empty);
  const stale = drawn.length > 0 && form.before !== content;
  form.before = content;
  if (stale) for (const pad of drawn) pad.clear();
  return stale;
}

export function forget(model: AuditModel): void {
  forms.delete(whose(model));
}

function whose(model: AuditModel): string {
  return `${model.me} ${model.pack.audit}`;
}

function party(name: string, position: string, changed: () => void): Party {
  return { name, position, refused: false, reason: "", pad: new Pad(changed) };
}

/** The day the minutes bear unless the head says another: that of the signature, the one chosen, the usual one. */
export function dayOf(model: AuditModel): string {
  return model.signature?.minuted_on || forms.get(whose(model))?.day || usualDay(model.pack.planned_on, trueToday());
}

/** The planned day of an audit that an earlier year planned; otherwise today. */
export function usualDay(planned: string | null, now: string): string {
  return planned !== null && planned.slice(0, 4) < now.slice(0, 4) ? planned : now;
}

/** The signing as the minutes print it; null for a draft. What was minuted in the browser has no digest and no strokes. */
export function signingOf(model: AuditModel): Signing | null {
  const made = model.signature;
  if (made) return { digest: made.digest, minuted_on: made.minuted_on, signatures: made.signatures ?? [], amends: made.amends ?? null };
  return model.locked && model.pack.minuted_on ? { digest: "", minuted_on: model.pack.minuted_on, signatures: [] } : null;
}
