// The head writes a merged value: one field for each key in which the values differ. It starts from the standing value, whole; what
// another side has is put in by a tap.
import { html, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { Json, JsonObject } from "../core/types";
import type { AuditModel } from "../model/audit";
import { settle, type Clash } from "./conflict-list";
import { choices, isLong, labelOf, merged, said } from "./conflict-values";
import { holds, typed } from "./parts";

/** Ask for the merged value and settle with it. */
export async function write(model: AuditModel, app: App, clash: Clash, keys: readonly string[]): Promise<void> {
  const values = clash.sides.map(({ value }) => value);
  const made: Record<string, Json> = { ...merged(values) };
  const person = (id: number): string => model.pack.team.find((member) => member.user_id === id)?.name ?? "";
  const field = (key: string): TemplateResult => {
    const now = made[key];
    const id = `merge-${key}`;
    const long = isLong(key);
    const offered = choices(key, values);
    const sides = values.map((value) => JSON.stringify(value?.[key] ?? null));
    const whose = (value: Json): string => {
      const place = sides.indexOf(JSON.stringify(value));
      return place < 0 ? "Tất cả các bản" : `Bản ${place + 1}`;
    };
    const chips = html`<div class="choices" role="group" aria-label=${long ? `${labelOf(key)}: lấy của` : labelOf(key)}>
      ${offered.map((value) => html`<button type="button" class="choice-chip" aria-pressed=${JSON.stringify(value) === JSON.stringify(now)} @click=${() => {
        made[key] = value;
        app.refresh();
      }}>${long ? whose(value) : Array.isArray(value) ? `${whose(value)}: ${said(key, value, person)}` : said(key, value, person)}</button>`)}
    </div>`;
    if (!long) return html`<div class="field"><span class="label">${labelOf(key)}</span>${chips}</div>`;
    return html`<div class="field"><label class="label" for=${id}>${labelOf(key)}</label>
      <textarea autocomplete="off" id=${id} rows="4" maxlength="10000" ${holds(String(now ?? ""))} @input=${(event: Event) => {
        made[key] = typed(event);
        app.refresh();
      }}></textarea>${chips}</div>`;
  };
  const chosen = await app.show<JsonObject>(`Bản hợp nhất: ${clash.title}`, (close) => html`<p class="soft">Bắt đầu từ bản 1 (đang dùng); chạm để lấy phần của bản khác.</p>
    ${keys.map(field)}
    <div class="buttons">
      <button type="button" class="button primary" @click=${() => close(made)}>Ghi bản hợp nhất</button>
      <button type="button" class="button" @click=${() => close(null)}>Hủy</button>
    </div>`);
  if (chosen !== null) await settle(model, app, clash, chosen);
}
