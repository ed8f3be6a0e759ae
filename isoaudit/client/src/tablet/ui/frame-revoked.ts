// A device that the office revoked says so above every page, until the office takes it back into use. What is to be done about
// it is on the page of settings-revoked.ts.
import { html, type TemplateResult } from "lit-html";
import type { Engine } from "../sync/engine";
import type { Schedule } from "../sync/schedule";
import type { Tablet } from "./frame";
import { icon } from "./icons";

const PAGE = "#/thu-hoi";

export function followRevoked(app: Tablet, engine: Engine, schedule: Schedule): void {
  let out = false;
  engine.addEventListener("change", () => {
    if (app.room?.engine !== engine) return; // locked meanwhile
    if (engine.wiped !== null) {
      out = true;
      app.note("revoked", { tone: "bad", text: revokedWords(engine.reason), act: { label: "Việc cần làm", to: PAGE } });
      app.revoked();
    } else if (out) {
      out = false;
      app.note("revoked", null);
      app.say("Cơ quan thường trực đã đưa thiết bị vào dùng lại.", "good");
      schedule.start();
      if (location.hash === PAGE) app.go("#/");
    } else app.refresh();
  });
}

export function revokedWords(reason: string): string {
  return `Cơ quan thường trực đã thu hồi thiết bị này${reason ? `: ${reason.replace(/[.\s]+$/, "")}` : ""}. Không mang theo, không gửi được nữa.`;
}

/** In place of how the sync stands. */
export function revokedBox(reason: string): TemplateResult {
  return html`<div class="alert bad" role="status">${icon("lock")}<p>${revokedWords(reason)} <a href=${PAGE}>Việc cần làm</a></p></div>`;
}
