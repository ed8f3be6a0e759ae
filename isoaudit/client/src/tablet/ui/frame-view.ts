// What the frame looks like: header with unit, save state, network and sync; tabs; the dialogs over all; and the page that
// stands where a screen could not be drawn. Which screen shows is decided in frame.ts.
import { html, nothing, TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { live } from "lit-html/directives/live.js";
import type { Tablet } from "./frame";
import { errorWords } from "./frame-errors";
import { icon, sprite } from "./icons";
import { SCREENS } from "./screens";
import { openSync } from "./syncpage-sheet";

const FIRST_TABS = 4;
const PAGES: [address: string, title: string, icon: string][] = [
  ["#/", "Kiểm tra", "tick"],
  ["#/mang-theo", "Mang theo", "download"],
  ["#/dong-bo", "Đồng bộ", "turn"],
  ["#/cai-dat", "Cài đặt", "gear"],
];

export function draw(app: Tablet, overlay: TemplateResult): TemplateResult {
  return html`${sprite()}
    <div class="app">
      ${header(app)} ${tabs(app)}
      <main class="app-main" id="main" tabindex="-1">${notices(app)} ${keyed(app.screen ?? app.page, body(app))}</main>
      ${overlay}
    </div>`;
}

function body(app: Tablet): TemplateResult {
  try {
    if (app.trouble) return failed(app, app.trouble);
    if (app.screen && app.model) return app.screen.render(app.model, app);
    if (app.page) return app.page.render(app);
    return html`<div class="page"><p class="soft" role="status">Đang mở…</p></div>`;
  } catch (error) {
    return failed(app, error);
  }
}

function header(app: Tablet): TemplateResult {
  const { model, page, person } = app;
  const back = model ? "#/" : page?.back;
  const name = model ? model.pack.unit.name : page?.open || !page ? "Kiểm tra ISO hành chính" : page.title;
  const where = model ? [app.screen?.title, model.pack.unit.district].filter(Boolean).join(" · ") : person?.name;
  return html`<header class="app-top">
    ${back ? html`<a class="tool" href=${back} aria-label=${model ? "Về danh sách cuộc kiểm tra" : "Quay lại"}>${icon("left")}</a>` : nothing}
    <p class="app-title"><span class="app-name">${name}</span>${where ? html`<span class="app-where">${where}</span>` : nothing}</p>
    <div class="app-tools">${model ? saving(app) : nothing} ${person ? tools(app) : nothing}</div>
  </header>`;
}

/** The sign of saving is true at once: whoever closes the app on its word waits for no drawing. */
export function showSaving(state: Tablet["saved"]): void {
  document.querySelector(".save")?.setAttribute("data-state", state);
}

function saving(app: Tablet): TemplateResult {
  const [shape, words] = {
    saved: ["check", "Đã lưu trên máy"],
    saving: ["edit", "Đang lưu…"],
    failed: ["triangle", "Chưa lưu được"],
  }[app.saved] as [string, string];
  return html`<span class="save" data-state=${live(app.saved)} role="status">${icon(shape)}<span class="word">${words}</span></span>`;
}

function tools(app: Tablet): TemplateResult {
  const { waiting } = app;
  const words = app.syncing ? `Đang đồng bộ, còn ${waiting} mục` : waiting > 0 ? `Đồng bộ, ${waiting} mục chờ gửi` : "Đồng bộ, không còn gì chờ gửi";
  return html`${app.online ? nothing : html`<span class="net" role="status">${icon("offline")}<span class="word">Không có mạng</span></span>`}
    <button class="tool sync" data-running=${app.syncing ? "yes" : "no"} aria-label=${words} @click=${() => openSync(app)}>
      ${icon("turn")}${waiting > 0 ? html`<span class="waiting">${waiting}</span>` : nothing}
    </button>
    <button class="tool" aria-label="Khóa" @click=${() => app.attempt(() => app.lock())}>${icon("lock")}</button>`;
}

function tabs(app: Tablet): TemplateResult | typeof nothing {
  if (app.person === null || app.page?.open) return nothing;
  if (app.model === null) return html`<nav class="app-tabs few" aria-label="Các trang">${PAGES.map(pageTab(app))}</nav>`;
  const shown = Object.entries(SCREENS).filter(([, screen]) => !screen.hidden);
  const current = SCREENS[app.tab]?.under ?? app.tab;
  return html`<nav class="app-tabs" aria-label="Nội dung của cuộc kiểm tra">
    ${shown.map(([tab, screen], place) => {
      const count = screen.badge?.(app.model as NonNullable<Tablet["model"]>) ?? "";
      return html`<a class="tab ${place >= FIRST_TABS ? "later" : ""}" href=${app.to(tab)} aria-current=${tab === current ? "page" : nothing}>
        ${icon(screen.icon)}<span class="tab-word">${screen.title}</span>
        ${count === "" ? nothing : html`<span class="tab-count">${count}</span>`}
      </a>`;
    })}
  </nav>`;
}

const pageTab = (app: Tablet) => ([address, title, shape]: [string, string, string]): TemplateResult =>
  html`<a class="tab" href=${address} aria-current=${app.address === address ? "page" : nothing}>
    ${icon(shape)}<span class="tab-word">${title}</span>
    ${address === "#/dong-bo" && app.waiting > 0 ? html`<span class="tab-count">${app.waiting}</span>` : nothing}
  </a>`;

/**
 * What stands above every screen: the device's own storage in trouble, a revoked device, a new version that waits; but for
 * what leads to the page that shows.
 */
function notices(app: Tablet): TemplateResult | typeof nothing {
  const lines = [...app.standing.values()].filter(({ act }) => act?.to !== app.address);
  if (lines.length === 0) return nothing;
  return html`<div class="notices">
    ${lines.map(
      ({ tone, text, act }) => html`<div class="alert ${tone}">
        ${icon(tone === "info" ? "info" : "triangle")}
        <p>${text}</p>
        ${act ? html`<a class="button small" href=${act.to}>${act.label}</a>` : nothing}
      </div>`,
    )}
  </div>`;
}

/** Shown in place of a screen that could not be drawn or opened. */
export function failed(app: Tablet, error: unknown): TemplateResult {
  return html`<div class="page" role="alert">
    <h1>Không mở được màn hình này</h1>
    <div class="alert warn">
      ${icon("triangle")}
      <p>${errorWords(error)} Nếu vẫn lỗi, tải lại ứng dụng rồi mở khóa bằng mã PIN.</p>
    </div>
    <div class="buttons">
      <button class="button primary" @click=${() => app.again()}>Thử lại</button>
      <a class="button" href="#/">Về danh sách</a>
      <button class="button" @click=${() => location.reload()}>Tải lại ứng dụng</button>
    </div>
    <details class="fold">
      <summary>${icon("right")}Chi tiết để báo lỗi</summary>
      <pre class="prewrap small">${error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error)}</pre>
    </details>
  </div>`;
}
