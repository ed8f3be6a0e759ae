// What the screens may ask of the app. The app itself is made in main.ts; this file holds only its shape, so that a
// screen depends on words and not on the machinery.
import type { TemplateResult } from "lit-html";
import type { AuditModel } from "./model/audit";
import type { Theme } from "./ui/theme";

export type Tone = "good" | "info" | "warn" | "bad";

/** A question in a dialog. With `input`, the answer is the text typed (trimmed); without it, true. */
export interface Question {
  title: string;
  text?: string | TemplateResult;
  yes: string;
  no?: string;
  danger?: boolean;
  input?: { label: string; value?: string; required?: boolean; long?: boolean; max?: number };
}

export interface Person {
  id: number;
  name: string;
}

/** Chosen on this device, by whoever uses it, beside the database of the person. */
export interface Choices {
  theme: Theme;
  size: "normal" | "large" | "larger";
  /** Keep the moment a photo was taken. */
  photoTime: boolean;
  /** Keep the place a photo was taken. */
  photoPlace: boolean;
  /** What the office reads as this device's name. */
  device: string;
}

export interface App {
  /** Who has unlocked their data; null on the lock screen. */
  readonly person: Person | null;
  /** The audit that is open; null outside "#/cuoc/…". */
  readonly model: AuditModel | null;
  readonly choices: Choices;
  /** What the browser thinks; only a request knows. */
  readonly online: boolean;
  /** Tab of the open audit, and what follows it in the address: "#/cuoc/12/noi-dung/B-7.2-01" → "noi-dung", ["B-7.2-01"]. */
  readonly tab: string;
  readonly rest: readonly string[];

  /** Go to an address of the app ("#/dong-bo"), or within the open audit: app.go("noi-dung", "B-7.2-01"). */
  go(to: string, ...rest: string[]): void;
  /** The address of a tab of the open audit, for links: html`<a href=${app.to("ky")}>`. */
  to(tab: string, ...rest: string[]): string;
  /** A short message (the newest shows); "bad" and "warn" stay until they are closed. With `act`, a button beside it. */
  say(text: string, tone?: Tone, act?: { label: string; run: () => void }): void;
  /** Ask and wait: false when refused, else true or the text that was typed. */
  ask(question: Question): Promise<boolean | string>;
  /**
   * A dialog of a screen's own: `draw` is rendered anew at each app.refresh(); `close(value)` ends it. Resolves to null when
   * it is left by Esc or the back key.
   */
  show<T>(label: string, draw: (close: (value: T | null) => void) => TemplateResult): Promise<T | null>;
  /** Render again in the next frame; a "change" of the model does it by itself. */
  refresh(): void;
  /**
   * Set on the page what a tap changes, so that it is seen in the next frame, and draw everything else after that. `show` may
   * set only what the next drawing sets too.
   */
  atOnce(show: () => void): void;
  /** Run something that may fail: its error is said in words and recorded, never thrown further. */
  attempt(work: () => Promise<unknown>): void;
  /** Start a sync now. */
  sync(): void;
}
