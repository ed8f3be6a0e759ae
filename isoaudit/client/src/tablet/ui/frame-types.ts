// What the frame works with: pages outside an audit, notices above every screen, somebody's unlocked data.
import type { TemplateResult } from "lit-html";
import type { Person } from "../app";
import type { Gate } from "../store/gate";
import type { Store } from "../store/store";
import type { Engine } from "../sync/engine";
import type { Schedule } from "../sync/schedule";
import type { Tablet } from "./frame";

/** A page outside an audit. */
export interface Page {
  title: string;
  /** Address that the back arrow leads to; none on the first pages. */
  back?: string;
  /** Shows without anybody's data being unlocked. */
  open?: boolean;
  /** Shows whether data are unlocked or not. */
  anywhere?: boolean;
  enter?(app: Tablet, rest: readonly string[]): void | Promise<void>;
  leave?(app: Tablet): void;
  /** Somebody may have signed in meanwhile in another tab: what was missing for that reason can go on. */
  signedIn?(app: Tablet): void;
  render(app: Tablet): TemplateResult;
}
export interface Notice {
  tone: "info" | "warn" | "bad";
  text: string;
  act?: { label: string; to: string };
}
/** Somebody's unlocked data and what works on them; made by unlock-room.ts, taken apart by Tablet.lock(). */
export interface Room {
  person: Person;
  store: Store;
  gate: Gate;
  engine: Engine;
  schedule: Schedule;
}
