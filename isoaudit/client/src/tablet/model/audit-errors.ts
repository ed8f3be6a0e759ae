// What the model of an audit refuses, by name.
import type { Missing } from "../core/types";

/** The audit is signed, minuted, concluded or cancelled: a change needs an amendment by the head of the team first. */
export class AuditLocked extends Error {
  constructor() {
    super("the audit is locked");
  }
}

/** Only the head of the team may do this. */
export class NotHead extends Error {
  constructor() {
    super("not the head of the team");
  }
}

/** There is no package of this audit on the device. */
export class NotTaken extends Error {
  constructor(readonly audit: string) {
    super(`audit ${audit} is not on this device`);
  }
}

/** Not ready to be signed: what is missing, or which side has neither signed nor refused with a reason. */
export class NotReady extends Error {
  constructor(
    readonly missing: readonly Missing[],
    readonly side: "team" | "unit" | "day" | null = null,
  ) {
    super("not ready to be signed");
  }
}
