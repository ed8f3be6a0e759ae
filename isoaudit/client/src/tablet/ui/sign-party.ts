// One side that signs: name, position, a box to sign in; the unit may refuse, with a reason.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { Side } from "../core/types";
import { icon } from "./icons";
import { holds, typed } from "./parts";
import type { Form, Party } from "./sign-state";

const TITLES: Record<Side, string> = { unit: "Đại diện đơn vị được kiểm tra", team: "Trưởng đoàn kiểm tra" };

/** What this side still lacks, in words; "" when nothing. */
export function partyLacks(side: Side, form: Form): string {
  const { name, position, refused, reason, pad } = form[side];
  const who = TITLES[side];
  if (refused) return reason.trim() ? (name.trim() ? "" : `${who}: chưa ghi họ tên.`) : `${who}: chưa ghi lý do không ký.`;
  if (!name.trim()) return `${who}: chưa ghi họ tên.`;
  if (!position.trim()) return `${who}: chưa ghi chức vụ.`;
  if (pad.empty) return `${who}: chưa ký.`;
  return pad.slight ? `${who}: nét ký quá ngắn, chưa thành chữ ký; hãy ký lại vào ô.` : "";
}

export function party(side: Side, form: Form, app: App): TemplateResult {
  const one = form[side];
  const lacks = form.tried ? partyLacks(side, form) : "";
  return html`<section class="panel">
    <h2>${TITLES[side]}</h2>
    <div class="field-row">${text(side, one, "name", "Họ và tên", app)} ${text(side, one, "position", "Chức vụ", app)}</div>
    ${one.refused ? reason(side, one, app) : pad(side, one)}
    ${side === "unit" ? refusing(one, app) : nothing}
    ${lacks ? html`<p class="error">${icon("triangle")}${lacks}</p>` : nothing}
  </section>`;
}

function text(side: Side, one: Party, key: "name" | "position", label: string, app: App): TemplateResult {
  const typing = (event: Event): void => {
    one[key] = typed(event);
    app.refresh();
  };
  return html`<div class="field">
    <label class="label" for="sign-${side}-${key}">${label}</label>
    <input id="sign-${side}-${key}" autocomplete="off" maxlength="200" ${holds(one[key])} @input=${typing} />
  </div>`;
}

function pad(side: Side, one: Party): TemplateResult {
  return html`<p class="label">Ký vào ô dưới đây</p>
    ${one.pad.render(`Ô ký của ${TITLES[side].toLocaleLowerCase("vi")}`)}
    <div class="ink-tools">
      <span class="soft small">${one.pad.empty ? "Ký bằng ngón tay hoặc bút." : one.pad.slight ? "Nét ký quá ngắn, hãy ký lại." : `Đã ký: ${one.name}`}</span>
      <button class="button small" ?disabled=${one.pad.empty} @click=${() => one.pad.clear()}>${icon("undo")}Ký lại</button>
    </div>`;
}

function refusing(one: Party, app: App): TemplateResult {
  const change = (event: Event): void => {
    one.refused = (event.currentTarget as HTMLInputElement).checked;
    app.refresh();
  };
  return html`<label class="tick"><input type="checkbox" .checked=${one.refused} @change=${change} /><span>Đại diện đơn vị không ký</span></label>`;
}

function reason(side: Side, one: Party, app: App): TemplateResult {
  const typing = (event: Event): void => {
    one.reason = typed(event);
    app.refresh();
  };
  return html`<div class="field">
    <label class="label" for="sign-${side}-reason">Lý do không ký <em class="need">(bắt buộc)</em></label>
    <textarea autocomplete="off" id="sign-${side}-reason" rows="3" maxlength="2000" ${holds(one.reason)} @input=${typing}></textarea>
  </div>`;
}
