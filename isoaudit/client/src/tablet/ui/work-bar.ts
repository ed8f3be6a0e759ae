// Above the list of criteria: how far the audit has come, search, filters, order and scope.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { icon } from "./icons";
import { bar, holds, mark, typed } from "./parts";
import { turn, type Listing } from "./work-state";
import { passes, type Filter, type Order, type Progress, type Scope } from "./worklist";

const FILTERS: [filter: Filter, icon: string, words: string][] = [
  ["unanswered", "ring", "Chưa trả lời"],
  ["nonconforming", "triangle", "Không phù hợp"],
  ["mine", "person", "Giao cho tôi"],
  ["photo", "camera", "Có ảnh"],
  ["changed", "edit", "Thay đổi từ lần đồng bộ trước"],
  ["conflict", "both", "Xung đột"],
];
const OPPOSITE: Partial<Record<Filter, Filter>> = { unanswered: "nonconforming", nonconforming: "unanswered" };
const ORDERS: [order: Order, words: string][] = [
  ["place", "Theo vị trí"],
  ["clause", "Theo điều khoản"],
];
const SCOPES: [scope: Scope, words: string][] = [
  ["full", "Đầy đủ"],
  ["core", "Rút gọn"],
];

/** Stays in view: progress and search. */
export function controls(app: App, list: Listing, all: Progress): TemplateResult {
  const { state } = list;
  const search = (event: Event): void => {
    state.search = typed(event);
    state.folds.clear();
    app.refresh();
  };
  return html`<div class="work-bar">
    <div class="work-search">
      <label class="unseen" for="work-search">Tìm nội dung (không cần gõ dấu)</label>
      ${icon("search")}
      <input id="work-search" class="input" type="search" autocomplete="off" enterkeyhint="search" placeholder="Tìm nội dung" ${holds(state.search)} @input=${search} />
    </div>
    <div class="work-progress">
      <p class="progress-words"><b>${all.answered}</b>/${all.asked}<span class="work-wide"> đã trả lời</span>${all.nonconforming > 0
        ? html`<span class="work-wide">, ${all.nonconforming} không phù hợp</span>`
        : nothing}</p>
      ${bar(all.answered, all.asked, "Đã trả lời")}
    </div>
  </div>`;
}

/** Only what would find something is offered. */
export function filters(model: AuditModel, app: App, list: Listing): TemplateResult {
  const { state } = list;
  const many = (filter: Filter): number => {
    const alone = new Set([filter]);
    return list.scope.filter(({ code }) => passes(list.facts(code), alone, model.me)).length;
  };
  const toggle = (event: Event, filter: Filter): void => {
    turn(state, ({ filters }) => {
      if (filters.delete(filter)) return;
      const other = OPPOSITE[filter];
      if (other) filters.delete(other);
      filters.add(filter);
    });
    mark(app, event, "aria-pressed", state.filters.has(filter));
    app.refresh();
  };
  return html`<div class="chips work-filters" role="group" aria-label="Lọc nội dung">
    ${FILTERS.map(([filter, image, words]) => {
      const [on, count] = [state.filters.has(filter), many(filter)];
      if (!on && count === 0) return nothing;
      return html`<button type="button" class="chip" aria-pressed=${on} @click=${(event: Event) => toggle(event, filter)}>
        ${icon(image)}<span>${words}</span><span class="tally">${count}</span>
      </button>`;
    })}
  </div>`;
}

export function orders(app: App, { state }: Listing): TemplateResult {
  return html`<div class="work-order">
    ${either("Thứ tự", ORDERS, state.order, (order) => turn(state, (each) => (each.order = order)), app)}
    ${either("Phạm vi", SCOPES, state.scope, (scope) => turn(state, (each) => (each.scope = scope)), app)}
  </div>`;
}

function either<Key extends string>(name: string, offered: [Key, string][], now: Key, choose: (key: Key) => void, app: App): TemplateResult {
  return html`<div class="switch" role="group" aria-label=${name}>
    ${offered.map(
      ([key, words]) => html`<button type="button" aria-pressed=${key === now} @click=${() => {
        choose(key);
        app.refresh();
      }}>${words}</button>`,
    )}
  </div>`;
}
