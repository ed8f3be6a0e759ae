// The screen "Nội dung": every criterion, under positions or clauses, with progress, search and filters. What one criterion
// looks like is in criterion.ts; what the list holds is in worklist.ts.
import "../css/work.css";
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { criterion, warm } from "./criterion";
import { icon } from "./icons";
import { lockedAlert } from "./locked";
import { bar, mark } from "./parts";
import { forgetPhotos } from "./photo-gallery";
import { findWaiting, waitingPhotos } from "./photo-taking";
import type { Screen } from "./screens";
import { controls, filters, orders } from "./work-bar";
import { called, followUps, reveal } from "./work-reveal";
import { listing, opened, stateOf, turn, type Listing } from "./work-state";
import { nextOpen, progress, ungraded, type Group, type Progress } from "./worklist";

const STEPS: Record<string, string> = {
  assign: "giao việc", attendance: "người dự họp", dossier: "hồ sơ mẫu", gps: "vị trí", meeting: "cuộc họp", note: "ghi nhanh", photo: "ảnh",
  unlisted: "mục chưa có trong danh mục", verify: "tồn tại trước", word: "ý kiến của đơn vị",
};

export const work: Screen = {
  title: "Nội dung",
  icon: "list",
  badge: (model) => String(model.counts().none || ""),
  render,
  enter: (model, app) => {
    const wanted = app.rest[0];
    if (wanted) reveal(model, app, wanted);
    app.attempt(() => findWaiting(model, app));
    if (!warmed) afterDrawing(() => warm(model, app, listing(model)));
    warmed = true;
  },
  leave: forgetPhotos,
};

/** Once in the life of the page. */
let warmed = false;

/** When what is to be drawn now has been seen: the app draws in the first frame. */
function afterDrawing(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(() => window.setTimeout(act, 0)));
}

function render(model: AuditModel, app: App): TemplateResult {
  const list = listing(model);
  const all = progress(list.scope, list.grade);
  return html`<div class="page wide work">
      <h1 class="unseen">Nội dung kiểm tra</h1>
      ${controls(app, list, all)}
      <div class="work-columns">
        ${filters(model, app, list)} ${orders(app, list)} ${headings(model, app, list)}
        <div class="work-list">
          ${model.locked ? lockedAlert(model, app) : nothing} ${waitingPhotos(model, app)}
          ${list.shown.length === 0 ? nothingFound(model, app) : repeat(list.shown, (group) => group.key, (group) => section(model, app, list, group))}
        </div>
      </div>
    </div>
    ${dock(model, app, list, all)}`;
}

function section(model: AuditModel, app: App, list: Listing, group: Group): TemplateResult {
  const open = opened(list, group);
  const done = progress(group.criteria, list.grade);
  const unfold = (event: Event): void => {
    list.state.folds.set(group.key, !open);
    mark(app, event, "aria-expanded", !open);
    app.refresh();
  };
  return html`<section class="group" id="g-${group.key}" aria-labelledby="h-${group.key}">
    <h2 class="group-head" id="h-${group.key}">
      <button type="button" aria-expanded=${open} @click=${unfold}>
        <span class="turner">${icon("right")}</span><span class="group-name">${group.name}</span>${tallies(done)}
      </button>
    </h2>
    ${open
      ? html`<div class="group-body">
          ${repeat(group.criteria, (each) => each.code, (each) => criterion(model, app, list, each))} ${conformity(model, app, list, group)}
        </div>`
      : nothing}
  </section>`;
}

function tallies(done: Progress): TemplateResult {
  const all = done.answered === done.asked;
  return html`${done.nonconforming > 0 ? html`<span class="group-bad">${icon("triangle")}${done.nonconforming}<span class="unseen"> không phù hợp,</span></span>` : nothing}
    <span class="group-done" data-all=${all ? "yes" : "no"}>${all ? icon("check") : nothing}${done.answered}/${done.asked}<span class="unseen"> đã trả lời</span></span>`;
}

/** "Phù hợp" for all under a heading that nobody has graded, after a question. */
function conformity(model: AuditModel, app: App, list: Listing, group: Group): TemplateResult | typeof nothing {
  const codes = ungraded(group.criteria, list.facts);
  if (codes.length === 0 || model.locked) return nothing;
  const give = async (): Promise<void> => {
    const sure = await app.ask({
      title: "Phù hợp cả nhóm",
      text: html`<p>Ghi mức “Phù hợp” cho <b>${codes.length} nội dung chưa trả lời</b>${list.narrowed ? " đang hiện" : ""} của nhóm “${group.name}”?</p>
        <p class="soft">Nội dung đã trả lời và nội dung đang xung đột giữ nguyên.</p>`,
      yes: `Ghi phù hợp ${codes.length} nội dung`,
    });
    if (sure === false) return;
    const before = followUps(model, codes);
    await model.setMany(codes, { grade: "conformity" });
    const more = called(model, codes, before).length;
    app.say(`Đã ghi phù hợp ${codes.length} nội dung${more > 0 ? `; thêm ${more} nội dung cần hỏi` : ""}.`, "good", { label: "Hoàn tác", run: () => app.attempt(() => takeBack(model, codes)) });
  };
  return html`<button type="button" class="button group-all" @click=${() => app.attempt(give)}>${icon("check")}Phù hợp cả nhóm (${codes.length} nội dung chưa trả lời)</button>`;
}

/** Whoever has been graded otherwise since keeps that grade. */
function takeBack(model: AuditModel, codes: readonly string[]): Promise<void> {
  return model.setMany(codes.filter((code) => model.answer(code).value?.grade === "conformity"), { grade: null });
}

/** The headings beside the list, in a wide window. */
function headings(model: AuditModel, app: App, list: Listing): TemplateResult {
  const go = (group: Group): void => {
    list.state.folds.set(group.key, true);
    app.refresh();
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`g-${group.key}`)?.scrollIntoView({ block: "start" })));
  };
  return html`<nav class="work-headings" aria-label="Các nhóm nội dung">
    ${list.shown.map((group) => {
      const done = progress(group.criteria, list.grade);
      return html`<button type="button" @click=${() => go(group)}>
        <span class="group-name">${group.name}</span>${tallies(done)} ${bar(done.answered, done.asked, group.name)}
      </button>`;
    })}
  </nav>`;
}

function dock(model: AuditModel, app: App, list: Listing, all: Progress): TemplateResult {
  const next = nextOpen(list.shown, list.grade, list.state.at) ?? nextOpen(list.shown, list.grade, null);
  const undo = async (): Promise<void> => {
    const target = await model.undo();
    if (target === null) app.say("Không còn gì để hoàn tác.");
    else app.say(`Đã hoàn tác: ${step([target])}.`, "good");
  };
  const back = step(model.undoable);
  return html`<div class="dock">
    <button type="button" class="button" ?disabled=${!model.canUndo} @click=${() => app.attempt(undo)}>${icon("undo")}<span>Hoàn tác${back ? html`<span class="undo-what">${back}</span>` : nothing}</span></button>
    <span class="dock-fill"></span>
    ${next !== null
      ? html`<button type="button" class="button primary" @click=${() => reveal(model, app, next)}>${icon("down")}<span>Câu tiếp theo</span></button>`
      : all.answered === all.asked
        ? answeredAll(model, app, list)
        : nothing}
  </div>`;
}

/** Said of the whole list; when only the short set of a full audit is through, what is left is one tap away. */
function answeredAll(model: AuditModel, app: App, list: Listing): TemplateResult {
  const left = list.state.scope === "core" ? model.counts().none : 0;
  if (left === 0) return html`<p class="dock-done">${icon("check")}<span>Đã trả lời hết</span></p>`;
  const whole = (): void => {
    turn(list.state, (each) => (each.scope = "full"));
    app.refresh();
  };
  return html`<button type="button" class="button" @click=${whole}>${icon("down")}<span>Còn ${left} nội dung ngoài phần rút gọn</span></button>`;
}

/** A step of undo in a few words. */
function step(targets: readonly string[]): string {
  const codes = targets.filter((target) => !target.startsWith("@"));
  if (codes.length > 1) return `${codes.length} nội dung`;
  const [code] = codes;
  if (code !== undefined) return `nội dung ${code}`;
  const [type = ""] = (targets[0] ?? "").slice(1).split("/");
  return targets.length === 0 ? "" : (STEPS[type] ?? "mục vừa ghi");
}

function nothingFound(model: AuditModel, app: App): TemplateResult {
  const state = stateOf(model);
  const clear = (): void => {
    state.filters.clear();
    state.search = "";
    state.stay.clear();
    app.refresh();
  };
  return html`<div class="empty">
    ${icon("search")}
    <p>Không có nội dung nào khớp với điều kiện tìm, lọc.</p>
    <button type="button" class="button" @click=${clear}>Xem tất cả</button>
  </div>`;
}
