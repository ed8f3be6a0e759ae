// The steps that can be taken back, per audit: what every target held before and after. Kept with the operations they belong
// to, so that undo works after a reload too. Taking a step back is a new operation (model/).
import type { JsonObject, Where } from "../core/types";
import type { Change, Records } from "./records";

export interface UndoPart {
  target: Where;
  before: JsonObject;
  after: JsonObject;
}
export interface UndoStep {
  audit: string;
  /** Counts the steps of an audit; the newest has the highest. */
  number: number;
  parts: UndoPart[];
}

/** Steps kept per audit. */
export const MOST_STEPS = 60;

export class Undo {
  constructor(private readonly records: Records) {}

  /** Oldest first. */
  async steps(audit: string): Promise<UndoStep[]> {
    return (await this.records.list<UndoStep>("undo", audit)).sort((one, other) => one.number - other.number);
  }

  /** The change that keeps a step, for the transaction of the operations that it belongs to. */
  keeping(step: UndoStep): Change {
    return { kind: "undo", name: named(step), group: step.audit, value: step };
  }

  /** The change that drops a step: taken back, or too old. */
  dropping(step: UndoStep): Change {
    return { kind: "undo", name: named(step), remove: true };
  }

  /** The changes that drop all steps of an audit. */
  async removal(audit: string): Promise<Change[]> {
    return (await this.steps(audit)).map((step) => this.dropping(step));
  }
}

function named(step: UndoStep): string {
  return `${step.audit} ${step.number}`;
}
