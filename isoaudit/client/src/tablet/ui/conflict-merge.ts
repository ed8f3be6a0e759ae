// The head writes a merged value: one field for each key in which the values differ, filled with what both hold.
import { html, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { Json, JsonObject } from "../core/types";
import type { AuditModel } from "../model/audit";
import { settle, type Clash } from "./conflict-list";
import { isLong, labelOf, merged, said } from "./conflict-values";
import { holds, typed } from "./parts";

/** Ask for the merged value and settle with it. */
export async function write(model: AuditModel, app: App, clash: Clash, keys: readonly string[]): Promise<void> {
  const values = clash.sides.map(({ value }) => value);
  const made: Record<string, Json> = { ...merged(values) };
  const person = (id: number): string => model.pack.team.find((member) => member.user_id === id)?.name ?? "";
  const field = (key: string): TemplateResult => {
    const now = made[key];
    const id = `merge-${key}`;
    if (isLong(key)) {
      return html`<div class="field"><label class="label" for=${id}>${labelOf(key)}</label>
        <textarea autocomplete="off" id=${id} rows="4" maxlength="10000" ${holds(String(now ?? ""))} @input=${(event: Event) => (made[key] = typed(event))}></textarea></div>`;
    }
    if (Array.isArray(now)) {
      return html`<p><b>${labelOf(key)}:</b> ${said(key, now as Json, person)} <span class="soft">(giữ của tất cả các bản)</span></p>`;
    }
    const distinct = [...new Map(values.map((value) => [JSON.stringify(value?.[key] ?? null), value?.[key] ?? null])).values()];
    return html`<div class="field" role="group" aria-label=${labelOf(key)}><span class="label">${labelOf(key)}</span>
      <div class="choices">
        ${distinct.map((value) => html`<button type="button" class="choice-chip" aria-pressed=${JSON.stringify(value) === JSON.stringify(now)} @click=${() => {
          made[key] = value;
          app.refresh();
        }}>${said(key, value, person)}</button>`)}
      </div></div>`;
  };
  const chosen = await app.show<JsonObject>(`Bản hợp nhất: ${clash.title}`, (close) => html`${keys.map(field)}
    <div class="buttons">
      <button type="button" class="button primary" @click=${() => close(made)}>Ghi bản hợp nhất</button>
      <button type="button" class="button" @click=${() => close(null)}>Hủy</button>
    </div>`);
  if (chosen !== null) await settle(model, app, clash, chosen);
}
