// The screen "Xung đột": what two people wrote differently, side by side. Both values stay in the history; the head of the
// team chooses one or writes a merged one, the others see that it waits for the head.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { momentText } from "../core/dates";
import type { AuditModel } from "../model/audit";
import { clashes, settle, type Clash } from "./conflict-list";
import { write } from "./conflict-merge";
import { differing, labelOf, said } from "./conflict-values";
import { icon } from "./icons";
import { cancelled } from "./locked";
import { badge } from "./parts";
import type { Screen } from "./screens";

export const conflicts: Screen = {
  title: "Xung đột",
  icon: "both",
  badge: (model) => String(clashes(model).length || ""),
  render(model, app) {
    const all = clashes(model);
    const head = model.pack.role === "head";
    const wanted = app.rest[0];
    const order = [...all].sort((one, other) => Number(other.target === wanted) - Number(one.target === wanted));
    return html`<div class="page wide">
      <div class="page-head">
        <h1>Xung đột</h1>
        <p class="page-lead">Cùng một mục mà hai thiết bị ghi khác nhau. Cả hai bản đều được giữ trong lịch sử; ${head ? "trưởng đoàn chọn một bản hoặc ghi bản hợp nhất." : "trưởng đoàn là người xử lý."}</p>
      </div>
      ${all.length === 0 ? html`<div class="empty">${icon("check")}<p>Không có xung đột nào.</p></div>` : order.map((clash) => shown(model, app, clash, head))}
    </div>`;
  },
};

function shown(model: AuditModel, app: App, each: Clash, head: boolean): TemplateResult {
  const keys = differing(each.sides.map(({ value }) => value));
  const open = head && !model.locked;
  return html`<section class="panel clash" aria-labelledby="k-${each.target}">
    <h2 id="k-${each.target}">${each.title}</h2>
    ${each.text ? html`<p>${each.text}</p>` : nothing}
    <div class="sides">${each.sides.map((_, place) => side(model, app, each, place, keys, open))}</div>
    <div class="buttons">
      ${!head
        ? badge("wait", "clock", "Chờ trưởng đoàn xử lý")
        : model.locked
          ? badge("wait", "lock", cancelled(model) ? "Cuộc kiểm tra đã hủy" : "Biên bản đã ký: mở lại để lập bản sửa đổi rồi xử lý")
          : each.sides.every(({ value }) => value !== null)
            ? html`<button type="button" class="button" @click=${() => app.attempt(() => write(model, app, each, keys))}>${icon("edit")}Ghi bản hợp nhất</button>`
            : nothing}
    </div>
  </section>`;
}

function side(model: AuditModel, app: App, each: Clash, place: number, keys: readonly string[], open: boolean): TemplateResult {
  const one = each.sides[place];
  if (!one) return html``;
  const person = (id: number): string => model.pack.team.find((member) => member.user_id === id)?.name ?? "người không còn trong đoàn";
  const who = one.mine ? "Tôi" : one.by ? person(one.by) : "";
  const from = [who, one.at ? momentText(one.at) : "", one.mine ? "máy này" : (one.device ?? "")].filter((words) => words !== "").join(" · ");
  const value = one.value;
  return html`<article class="side" aria-label="Bản ${place + 1}">
    <h3>Bản ${place + 1} ${place === 0 ? html`<span class="soft small">đang dùng</span>` : nothing}</h3>
    <p class="soft small">${from}</p>
    ${value === null
      ? html`<p><b>Đã bỏ mục này.</b></p>`
      : html`<dl>
          ${Object.keys(value).map((key) => {
            const words = said(key, value[key], person);
            const other = keys.includes(key);
            return other || words !== "(trống)"
              ? html`<dt>${labelOf(key)} ${other ? html`<span class="differs">khác nhau</span>` : nothing}</dt>
                  <dd class="prewrap">${words}</dd>`
              : nothing;
          })}
        </dl>`}
    ${open ? html`<button type="button" class="button primary" @click=${() => app.attempt(() => choose(model, app, each, place))}>${icon("check")}Chọn bản ${place + 1}</button>` : nothing}
  </article>`;
}

async function choose(model: AuditModel, app: App, each: Clash, place: number): Promise<void> {
  const value = each.sides[place]?.value ?? null;
  const sure = await app.ask({ title: `Chọn bản ${place + 1}?`, text: `${each.title}: bản ${place + 1} được dùng, các bản khác vẫn giữ trong lịch sử.`, yes: `Chọn bản ${place + 1}` });
  if (sure !== false) await settle(model, app, each, value);
}
