// The steps that can be taken back, per audit, newest last: what every target held before and after. Kept with the
// operations they belong to, so that undo works after a reload too. Taking a step back is a new operation (model/).
import type { JsonObject, Kind, Where } from "../core/types";
import type { Change, Records } from "./records";

export interface UndoPart {
  target: Where;
  kind: Kind;
  criterion: string | null;
  before: JsonObject;
  after: JsonObject;
}
export interface UndoStep {
  parts: UndoPart[];
  at: string;
}

const MOST = 60;

export class Undo {
  constructor(private readonly records: Records) {}

  async steps(audit: string): Promise<UndoStep[]> {
    return (await this.records.get<UndoStep[]>("undo", audit)) ?? [];
  }

  /** The change that keeps these steps, for the transaction of the operation that they belong to. */
  keeping(audit: string, steps: readonly UndoStep[]): Change {
    return { kind: "undo", name: audit, group: audit, value: steps.slice(-MOST) };
  }

  removal(audit: string): Change {
    return { kind: "undo", name: audit, remove: true };
  }
}
