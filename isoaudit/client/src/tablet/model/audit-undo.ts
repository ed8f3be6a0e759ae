// Values that go again, by new operations. Taking back: the newest step whose targets still hold what it put there is undone
// with the values of before; steps that somebody else has written over since are dropped, never forced. Sending again: what
// the server refused, as it is.
import { same } from "../core/canonical";
import { slotOf } from "../core/targets";
import { SIGNATURE, type Where } from "../core/types";
import type { Change } from "../store/records";
import type { UndoPart, UndoStep } from "../store/undo";
import type { Desk } from "./audit-desk";
import type { Editing } from "./audit-edit";
import { photoMarks } from "./audit-photos";

/** The targets that went back; none when there was nothing to take back. */
export async function takeBack(desk: Desk, editing: Editing): Promise<Where[]> {
  await editing.commit();
  const dropped: UndoStep[] = [];
  let parts: UndoPart[] = [];
  const left = [...desk.steps];
  while (parts.length === 0) {
    const step = left.pop();
    if (step === undefined) break;
    dropped.push(step);
    parts = step.parts.filter((part) => same(desk.committed(part.target), part.after));
  }
  const changes: Change[] = dropped.map((step) => desk.store.undo.dropping(step));
  if (parts.length === 0) {
    await desk.store.records.write(changes);
    desk.steps = left;
    return [];
  }
  const after = new Map(parts.map((part) => [part.target, part.before]));
  changes.push(...(await photoMarks(desk, after)));
  await editing.offer(
    parts.map((part) => {
      const { kind, criterion } = slotOf(part.target);
      const { target, before } = part;
      return { audit: desk.audit, kind, target, criterion, value: before, known: desk.known(target) };
    }),
    changes,
  );
  desk.steps = left;
  desk.changed(parts.map((part) => part.target));
  return parts.map((part) => part.target);
}

/** Offer every value that stands refused anew. How many there were. */
export async function sendAgain(desk: Desk, editing: Editing): Promise<number> {
  const codes = desk.pack.checklist.criteria.map((each) => each.code);
  const refused = [...codes, ...desk.targets()].filter((where) => where !== SIGNATURE && desk.sight(where).state === "refused");
  const offered = refused.map((target) => {
    const { kind, criterion } = slotOf(target);
    return { audit: desk.audit, kind, target, criterion, value: desk.committed(target), known: desk.known(target) };
  });
  if (offered.length > 0) await editing.offer(offered);
  return offered.length;
}
