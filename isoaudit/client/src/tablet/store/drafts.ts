// What is being typed: one draft per target, written while the person types and removed in the transaction that makes an
// operation of it.
import type { JsonObject, Kind, Where } from "../core/types";
import type { Change, Records } from "./records";

export interface Draft {
  audit: string;
  kind: Kind;
  target: Where;
  criterion: string | null;
  value: JsonObject;
  /** The revision of the target that the person saw when beginning to type. */
  known: number;
  at: string;
}

export class Drafts {
  constructor(private readonly records: Records) {}

  /** Write these drafts, each in place of the one before about the same target. */
  async put(drafts: readonly Draft[]): Promise<void> {
    await this.records.write(
      drafts.map((draft) => ({ kind: "drafts", name: name(draft.audit, draft.target), group: draft.audit, value: draft })),
    );
  }

  /** The change that removes a draft, for the transaction that appends its operation. */
  removal(audit: string, target: Where): Change {
    return { kind: "drafts", name: name(audit, target), remove: true };
  }

  get(audit: string, target: Where): Promise<Draft | null> {
    return this.records.get<Draft>("drafts", name(audit, target));
  }

  list(audit?: string): Promise<Draft[]> {
    return this.records.list<Draft>("drafts", audit);
  }

  count(audit: string): Promise<number> {
    return this.records.count("drafts", audit);
  }
}

function name(audit: string, target: Where): string {
  return `${audit} ${target}`;
}
