// The screens of an open audit: one line each. A screen lives in its own file (ui/<name>.ts) and is pure drawing: all it
// shows comes from the model, all it changes goes through the model. The tabs stand at the bottom of a narrow window, at the
// left of a wide one.
//
//   export const criteria: Screen = {
//     title: "Nội dung",
//     icon: "list",
//     badge: (model) => String(model.missing().length || ""),
//     render: (model, app) => html`…`,
//   };
//
// The frame draws the header (unit, save state, network, sync), the tabs, and <main>; render gives what stands inside
// <main>: as a rule html`<div class="page">…` and a `.dock`, with its one h1 in it (class "unseen" where space is dear).
// `app.rest` holds what follows the tab in the address. What a screen keeps between two renderings (a search, what is
// unfolded) is in variables of its module. `enter` is called when it comes on the screen, `leave` when another takes its
// place (the frame calls model.commit() then).
import type { TemplateResult } from "lit-html";
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { conflicts } from "./conflict";
import { dossiers } from "./dossiers";
import { earlier } from "./earlier";
import { meeting } from "./meeting";
import { minutes } from "./minutes";
import { notes } from "./notes";
import { opinion } from "./opinion";
import { sign } from "./sign";
import { work } from "./work";

export interface Screen {
  title: string;
  /** A name of ui/icons.ts. */
  icon: string;
  /** Short text beside the title in the tabs ("12"); "" shows none. */
  badge?(model: AuditModel): string;
  render(model: AuditModel, app: App): TemplateResult;
  enter?(model: AuditModel, app: App): void | Promise<void>;
  leave?(model: AuditModel, app: App): void;
  /** Not in the tabs: reached from another screen. */
  hidden?: boolean;
  /** For a hidden screen: the tab that is marked while it shows. */
  under?: string;
}

/** Tab in the address → screen, in the order of the tabs. */
export const SCREENS: Record<string, Screen> = {
  "noi-dung": work,
  "ton-tai": earlier,
  "ho-so": dossiers,
  "ghi-nhanh": notes,
  "y-kien": opinion,
  "xung-dot": conflicts,
  hop: meeting,
  "bien-ban": minutes,
  ky: sign,
};
