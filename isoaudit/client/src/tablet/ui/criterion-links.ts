// What a criterion refers to: papers seen, dossiers of the sample, quick notes filed under it, and who sees to it.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { momentText } from "../core/dates";
import type { AnswerValue } from "../core/types";
import type { AuditModel } from "../model/audit";
import { icon } from "./icons";
import { holds, typed } from "./parts";

const LONGEST_TITLE = 500;
/** The papers of the criterion in whose lines somebody types, an emptied line included. */
let typing: { model: AuditModel; code: string; rows: string[] } | null = null;

/** One line for each paper and an empty one for the next. */
export function documents(model: AuditModel, app: App, code: string, value: AnswerValue): TemplateResult {
  const mine = typing?.model === model && typing.code === code;
  if (mine && !document.activeElement?.closest(`[data-documents="${code}"]`)) typing = null;
  const rows = (mine ? typing?.rows : null) ?? value.documents;
  const keep = (list: string[], when: "now" | "typing"): void =>
    app.attempt(() => model.setAnswer(code, { documents: list.map((each) => each.trim()).filter((each) => each !== "") }, when));
  const write = (place: number, text: string): void => {
    const list = [...rows];
    list[place] = text;
    typing = { model, code, rows: list };
    keep(list, "typing");
    app.refresh();
  };
  const leave = (event: FocusEvent): void => {
    const inside = event.currentTarget as HTMLElement;
    if (inside.contains(event.relatedTarget as Node | null)) return;
    typing = null;
    app.attempt(() => model.commit());
    app.refresh();
  };
  const remove = (place: number): void => {
    typing = null;
    keep(rows.filter((_, other) => other !== place), "now");
  };
  return html`<div class="field" role="group" aria-label="Văn bản, tài liệu đã xem" data-documents=${code} @focusout=${leave}>
    <span class="label">Văn bản, tài liệu đã xem</span>
    ${[...rows, ""].map(
      (row, place) => html`<div class="doc-row">
        <input autocomplete="off" maxlength=${LONGEST_TITLE} aria-label="Tài liệu ${place + 1}" placeholder=${place === rows.length ? "Số, ký hiệu hoặc tên tài liệu" : ""}
          ${holds(row)} @input=${(event: Event) => write(place, typed(event))} />
        <button type="button" class="button square plain" aria-label="Bỏ tài liệu ${place + 1}" ?hidden=${place === rows.length} @click=${() => remove(place)}>${icon("trash")}</button>
      </div>`,
    )}
  </div>`;
}

/** The dossiers of the sample; a tap ties one to the criterion or unties it. */
export function dossiers(model: AuditModel, app: App, code: string, value: AnswerValue): TemplateResult {
  const sample = model.entries("dossier").filter(({ seen }) => seen.value !== null);
  const tie = (id: string): void => {
    const tied = value.dossiers.includes(id) ? value.dossiers.filter((each) => each !== id) : [...value.dossiers, id];
    app.attempt(() => model.setAnswer(code, { dossiers: tied }, "now"));
  };
  return html`<div class="field" role="group" aria-label="Hồ sơ mẫu liên quan">
    <span class="label">Hồ sơ mẫu liên quan</span>
    ${sample.length === 0
      ? html`<p class="help">Chưa có hồ sơ mẫu. <a href=${app.to("ho-so")}>Thêm ở mục Hồ sơ mẫu</a></p>`
      : html`<div class="ties">
          ${sample.map(({ id, seen }) => {
            const tied = value.dossiers.includes(id);
            return html`<button type="button" class="choice-chip" aria-pressed=${tied} @click=${() => tie(id)}>
              ${icon(tied ? "check" : "plus")}<span><b>${String(seen.value?.["number"] ?? "") || "(chưa có số)"}</b> ${String(seen.value?.["procedure"] ?? "")}</span>
            </button>`;
          })}
        </div>`}
  </div>`;
}

/** Quick notes that were filed under this criterion. */
export function filedNotes(model: AuditModel, code: string): TemplateResult | typeof nothing {
  const filed = model.entries("note").filter(({ seen }) => seen.value?.["criterion"] === code);
  if (filed.length === 0) return nothing;
  return html`<div class="field">
    <span class="label">Ghi nhanh đã xếp vào nội dung này</span>
    <ul class="filed">
      ${filed.map(({ seen }) => html`<li><span class="prewrap">${String(seen.value?.["text"] ?? "")}</span> <span class="small soft nowrap">${momentText(String(seen.value?.["at"] ?? ""))}</span></li>`)}
    </ul>
  </div>`;
}

/** Hand the criterion to a member of the team. */
export function handing(model: AuditModel, app: App, code: string): TemplateResult {
  const name = `assign/${code}`;
  const handed = String(model.entry(name).value?.["user_id"] ?? "");
  const hand = (event: Event): void => {
    const to = Number(typed(event));
    app.attempt(() => model.setEntry(name, to > 0 ? { user_id: to } : null, "now"));
  };
  return html`<div class="field">
    <label class="label" for="hand-${code}">Giao cho</label>
    <select id="hand-${code}" @change=${hand} ${holds(handed)}>
      <option value="">Chưa giao</option>
      ${model.pack.team.map((each) => html`<option value=${each.user_id} ?selected=${handed === String(each.user_id)}>${each.name}</option>`)}
    </select>
  </div>`;
}
