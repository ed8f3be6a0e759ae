// Going to a criterion of the work screen, and telling of those that an answer has called for.
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { listing, stateOf } from "./work-state";

/** Bring a criterion on the screen, whatever is folded, filtered or beyond the short set, and put the focus there. */
export function reveal(model: AuditModel, app: App, code: string): void {
  const state = stateOf(model);
  state.at = code;
  state.stay.add(code);
  if (state.scope === "core" && !listing(model).scope.some((one) => one.code === code)) state.scope = "full";
  const group = listing(model).shown.find((each) => each.criteria.some((one) => one.code === code));
  if (group) state.folds.set(group.key, true);
  app.refresh();
  // Two frames: the app draws in the first.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const card = document.getElementById(`c-${code}`);
      card?.scrollIntoView({ block: "start" });
      card?.focus({ preventScroll: true });
    }),
  );
}

/** Of the criteria that hang on answers to these, those in the list now. */
export function followUps(model: AuditModel, codes: readonly string[]): string[] {
  const { criteria } = model.pack.checklist;
  if (!criteria.some(({ when }) => when !== null && codes.includes(when.criterion))) return [];
  return listing(model).scope.flatMap(({ code, when }) => (when !== null && codes.includes(when.criterion) ? [code] : []));
}

/** Those that were not in the list before. */
export function called(model: AuditModel, codes: readonly string[], before: readonly string[]): string[] {
  return followUps(model, codes).filter((code) => !before.includes(code));
}

/** Say how many questions an answer has added, with the way to the first of them. */
export function tellCalled(model: AuditModel, app: App, more: readonly string[]): void {
  const [first] = more;
  if (first === undefined) return;
  const go = (): void => reveal(model, app, first);
  app.say(`Thêm ${more.length} nội dung cần hỏi.`, "info", { label: "Đến đó", run: go });
}
