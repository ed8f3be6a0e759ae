// The screen "Ghi nhanh": write first, file under a criterion later; units and procedures that no list knows, for the office
// to settle; where the team was, on request.
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { App } from "../app";
import { momentText } from "../core/dates";
import { newId } from "../core/ids";
import type { EntryData } from "../core/types";
import type { AuditModel } from "../model/audit";
import { icon } from "./icons";
import { file } from "./notes-file";
import { holds, stateWords, typed } from "./parts";
import type { Screen } from "./screens";

const LONGEST = 10_000;
const GPS_PATIENCE = 30_000;
const GPS_TROUBLE: Record<number, string> = {
  1: "Máy không cho phép lấy vị trí: hãy bật quyền vị trí cho trang này trong cài đặt của trình duyệt.",
  2: "Máy chưa xác định được vị trí: hãy bật định vị rồi thử lại ngoài trời.",
  3: "Quá 30 giây chưa xác định được vị trí: hãy thử lại ngoài trời.",
};
/** Ids under which the next note and the next unlisted thing will be written. */
let nextNote = newId();
let nextUnlisted = { id: newId(), what: "procedure" as "unit" | "procedure" };
let locating = false;

export const notes: Screen = {
  title: "Ghi nhanh",
  icon: "edit",
  badge: (model) => String(unfiled(model) || ""),
  render: (model, app) =>
    html`<div class="page">
      <h1>Ghi nhanh</h1>
      ${writing(model, app)} ${written(model, app)} ${unlisted(model, app)} ${places(model, app)}
    </div>`,
  leave: () => {
    nextNote = newId();
    nextUnlisted = { ...nextUnlisted, id: newId() };
  },
};

/** How many notes stand under no criterion yet. */
export function unfiled(model: AuditModel): number {
  return model.entries("note").filter(({ seen }) => seen.value !== null && text(seen.value, "criterion") === "").length;
}

function writing(model: AuditModel, app: App): TemplateResult | typeof nothing {
  if (model.locked) return nothing;
  const name = `note/${nextNote}`;
  // The name at the moment of typing: the field may already stand for the next note before it is drawn anew.
  const write = (event: Event): void => put(model, app, `note/${nextNote}`, { text: typed(event), criterion: "", at: new Date().toISOString() }, "typing");
  const next = (): void => {
    nextNote = newId();
    empty("new-note");
    app.attempt(() => model.commit());
    app.refresh();
  };
  const started = model.entry(name).value !== null;
  return html`<div class="panel">
    <div class="field">
      <label class="label" for="new-note">Ghi chú mới</label>
      <textarea autocomplete="off" id="new-note" rows="3" maxlength=${LONGEST} placeholder="Ghi ngay điều vừa thấy, xếp vào nội dung kiểm tra sau" ${holds(text(model.entry(name).value, "text"))}
        @input=${write} @blur=${() => left(model, app, `note/${nextNote}`)}></textarea>
    </div>
    <div class="buttons">
      <button type="button" class="button primary" ?disabled=${!started} @click=${next}>${icon("plus")}Ghi chú tiếp theo</button>
      ${stateWords(model.entry(name))}
    </div>
  </div>`;
}

function written(model: AuditModel, app: App): TemplateResult {
  const all = model
    .entries("note")
    .filter(({ id, seen }) => id !== nextNote && seen.value !== null)
    .reverse();
  return html`<section aria-labelledby="notes-head">
    <h2 id="notes-head">Ghi chú đã có</h2>
    ${all.length === 0 ? html`<p class="soft">Chưa có ghi chú nào khác.</p>` : nothing}
    <ul class="list">
      ${repeat(all, ({ id }) => id, ({ name, seen }, place) => {
        const criterion = text(seen.value, "criterion");
        const set = (patch: EntryData, when: "now" | "typing"): void => put(model, app, name, { ...seen.value, ...patch }, when);
        return html`<li class="card">
          <textarea autocomplete="off" class="input" rows="2" maxlength=${LONGEST} aria-label="Ghi chú ${place + 1}" ?disabled=${model.locked} ${holds(text(seen.value, "text"))}
            @input=${(event: Event) => set({ text: typed(event) }, "typing")} @blur=${() => left(model, app, name)}></textarea>
          <div class="card-foot">
            <span>${momentText(text(seen.value, "at"))}</span>
            ${criterion ? html`<a href=${app.to("noi-dung", criterion)}>${icon("check")} Đã xếp vào ${criterion}</a>` : html`<span>Chưa xếp vào nội dung nào</span>`}
            ${stateWords(seen)}
            <span class="note-acts">
              <button type="button" class="button small" ?hidden=${model.locked} @click=${() => app.attempt(() => file(model, app, name))}>${icon("list")}${criterion ? "Xếp lại" : "Xếp vào nội dung"}</button>
              <button type="button" class="button small square plain" ?hidden=${model.locked} aria-label="Bỏ ghi chú ${place + 1}" @click=${() => drop(model, app, name, "Đã bỏ ghi chú.")}>${icon("trash")}</button>
            </span>
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}

function unlisted(model: AuditModel, app: App): TemplateResult {
  const next = `unlisted/${nextUnlisted.id}`;
  const noted = model.entries("unlisted").filter(({ id, seen }) => id !== nextUnlisted.id && seen.value !== null);
  const write = (event: Event): void => put(model, app, `unlisted/${nextUnlisted.id}`, { what: nextUnlisted.what, text: typed(event), settled: "" }, "typing");
  const choose = (what: "unit" | "procedure"): void => {
    nextUnlisted = { ...nextUnlisted, what };
    const now = model.entry(next).value;
    if (now) put(model, app, next, { ...now, what }, "now");
    app.refresh();
  };
  const more = (): void => {
    nextUnlisted = { ...nextUnlisted, id: newId() };
    empty("new-unlisted");
    app.attempt(() => model.commit());
    app.refresh();
  };
  const said = text(model.entry(next).value, "text");
  const known = nextUnlisted.what === "procedure" && model.pack.catalogue.procedures.includes(said.trim());
  return html`<section aria-labelledby="unlisted-head">
    <h2 id="unlisted-head">Chưa có trong danh mục</h2>
    <p class="soft">Đơn vị hoặc thủ tục hành chính gặp tại chỗ mà danh mục chưa có: ghi lại, cơ quan thường trực sẽ xử lý.</p>
    ${model.locked
      ? nothing
      : html`<div class="panel">
          <div class="choices" role="group" aria-label="Loại">
            <button type="button" class="choice-chip" aria-pressed=${nextUnlisted.what === "procedure"} @click=${() => choose("procedure")}>Thủ tục hành chính</button>
            <button type="button" class="choice-chip" aria-pressed=${nextUnlisted.what === "unit"} @click=${() => choose("unit")}>Đơn vị</button>
          </div>
          <div class="field">
            <label class="label" for="new-unlisted">Tên ${nextUnlisted.what === "unit" ? "đơn vị" : "thủ tục hành chính"}</label>
            <input id="new-unlisted" autocomplete="off" maxlength="1000" list=${nextUnlisted.what === "procedure" ? "procedures" : nothing} ${holds(said)}
              @input=${write} @blur=${() => left(model, app, `unlisted/${nextUnlisted.id}`)} />
            <datalist id="procedures">${model.pack.catalogue.procedures.map((each) => html`<option value=${each}></option>`)}</datalist>
          </div>
          ${known ? html`<p class="error">${icon("info")}Thủ tục này đã có trong danh mục.</p>` : nothing}
          <div class="buttons">
            <button type="button" class="button" ?disabled=${said.trim() === ""} @click=${more}>${icon("plus")}Ghi thêm</button>
            ${stateWords(model.entry(next))}
          </div>
        </div>`}
    <ul class="list">
      ${repeat(noted, ({ id }) => id, ({ name, seen }) => html`<li class="card">
        <div class="card-head">
          <p class="card-title grow">${text(seen.value, "text")}</p>
          <button type="button" class="button small square plain" ?hidden=${model.locked} aria-label="Bỏ “${text(seen.value, "text")}”" @click=${() => drop(model, app, name, "Đã bỏ mục ghi.")}>${icon("trash")}</button>
        </div>
        <p class="card-foot"><span>${text(seen.value, "what") === "unit" ? "Đơn vị" : "Thủ tục hành chính"}</span>
          <span>${text(seen.value, "settled") ? `Đã xử lý: ${text(seen.value, "settled")}` : "Chờ cơ quan thường trực xử lý"}</span>${stateWords(seen)}</p>
      </li>`)}
    </ul>
  </section>`;
}

function places(model: AuditModel, app: App): TemplateResult {
  const stamp = (): void => {
    locating = true;
    app.refresh();
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        locating = false;
        const data = {
          latitude: coords.latitude.toFixed(6),
          longitude: coords.longitude.toFixed(6),
          accuracy: coords.accuracy.toFixed(0),
          at: new Date(timestamp).toISOString(),
        };
        put(model, app, `gps/${newId()}`, data, "now");
        app.say("Đã ghi vị trí.", "good");
      },
      (trouble) => {
        locating = false;
        app.say(GPS_TROUBLE[trouble.code] ?? "Chưa lấy được vị trí.", "warn");
        app.refresh();
      },
      { enableHighAccuracy: true, timeout: GPS_PATIENCE },
    );
  };
  return html`<section aria-labelledby="gps-head">
    <h2 id="gps-head">Vị trí làm việc</h2>
    <p class="soft">Chỉ ghi khi bấm nút; không cần mạng.</p>
    <ul class="list">
      ${model.entries("gps").filter(({ seen }) => seen.value !== null).map(({ name, seen }) => html`<li class="card"><p class="card-foot">
        ${icon("pin")}<span class="num">${text(seen.value, "latitude")}, ${text(seen.value, "longitude")}</span><span>sai số ${text(seen.value, "accuracy")} m</span>
        <span>${momentText(text(seen.value, "at"))}</span>${stateWords(seen)}<span class="grow"></span>
        <button type="button" class="button small square plain" ?hidden=${model.locked} aria-label="Bỏ vị trí ghi lúc ${momentText(text(seen.value, "at"))}" @click=${() => drop(model, app, name, "Đã bỏ vị trí.")}>${icon("trash")}</button></p></li>`)}
    </ul>
    <button type="button" class="button" ?disabled=${locating || model.locked} @click=${stamp}>${icon("pin")}${locating ? "Đang xác định vị trí…" : "Ghi vị trí hiện tại"}</button>
  </section>`;
}

function put(model: AuditModel, app: App, name: string, data: EntryData, when: "now" | "typing"): void {
  app.attempt(() => model.setEntry(name, data, when));
}

/** The field stands for something new from now on. */
function empty(id: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  field.value = "";
  field.focus();
}

/** Typing has ended: it is kept, or, when nothing is left of it, removed. */
function left(model: AuditModel, app: App, name: string): void {
  const { value } = model.entry(name);
  app.attempt(() => (value !== null && text(value, "text").trim() === "" ? model.setEntry(name, null, "now") : model.commit()));
}

function drop(model: AuditModel, app: App, name: string, said: string): void {
  const before = model.entry(name).value;
  app.attempt(() => model.setEntry(name, null, "now"));
  app.say(said, "info", { label: "Hoàn tác", run: () => before && put(model, app, name, before, "now") });
}

function text(data: EntryData | null, key: string): string {
  const value = data?.[key];
  return typeof value === "string" ? value : "";
}
