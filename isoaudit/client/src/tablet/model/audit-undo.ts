// Taking back: the newest step whose targets still hold what it put there is undone by new operations with the values of
// before. Steps that somebody else has written over since are dropped, never forced.
import { same } from "../core/canonical";
import { slotOf } from "../core/targets";
import type { Where } from "../core/types";
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
