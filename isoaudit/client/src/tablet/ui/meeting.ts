// "Họp": the opening and the closing meeting, who was there with which position, and what the minutes say besides the
// findings: basis, remarks, strengths, number of copies.
import "../css/dossiers.css";
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { App } from "../app";
import type { EntryData, Side } from "../core/types";
import type { AuditModel } from "../model/audit";
import { ROLES } from "../model/minutes_parts";
import { suggestedBasis, unitName } from "../model/minutes_words";
import { Entry, field, tick } from "./meeting-fields";
import { icon } from "./icons";
import { holds, newId, stateWords, typed } from "./parts";
import type { Screen } from "./screens";

const MEETING: EntryData = {
  place: "",
  began: "",
  ended: "",
  opening: "",
  closing: "",
  basis: "",
  strengths: "",
  copies: 2,
  read_back: false,
};
const MEETINGS = { both: "Cả hai", opening: "Họp khai mạc", closing: "Họp kết thúc" };
const POSITIONS = ["Chủ tịch UBND", "Phó Chủ tịch UBND", "Bí thư Đảng ủy", "Công chức Văn phòng - Thống kê", "Công chức Tư pháp - Hộ tịch",
  "Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội", "Thư ký ISO", "Giám đốc", "Phó Giám đốc", "Chánh Văn phòng"];
const TEAM_POSITIONS = Object.values(ROLES);

/** Rows for people of whom nothing has been typed yet, by audit and side: nothing is stored before the first letter. */
const blank = new Map<string, string[]>();

export const meeting: Screen = {
  title: "Họp",
  icon: "people",
  render: (model, app) => page(model, app),
};

function page(model: AuditModel, app: App): TemplateResult {
  const entry = new Entry(model, "meeting", MEETING);
  const locked = model.locked;
  return html`<div class="page">
    <div class="page-head">
      <h1>Họp khai mạc, họp kết thúc</h1>
      <p class="page-lead">Những gì ghi ở đây đi vào biên bản. ${stateWords(model.entry("meeting"))}</p>
    </div>
    <section class="panel">
      <h2>Thời gian, địa điểm</h2>
      ${field(entry, "place", { label: "Địa điểm", placeholder: `Trụ sở ${unitName(model.pack.unit)}` }, locked)}
      <div class="field-row">
        ${field(entry, "began", { label: "Bắt đầu lúc", type: "time" }, locked)} ${field(entry, "ended", { label: "Kết thúc lúc", type: "time" }, locked)}
      </div>
    </section>
    ${persons(model, app, "team")} ${persons(model, app, "unit")}
    <section class="panel">
      <h2>Nội dung hai cuộc họp</h2>
      ${field(entry, "basis", { label: "Căn cứ", type: "long", help: "Mỗi dòng một căn cứ: quyết định thành lập đoàn, kế hoạch kiểm tra. Để trống thì biên bản ghi kế hoạch của năm.", placeholder: suggestedBasis(model.pack) }, locked)}
      ${field(entry, "opening", { label: "Họp khai mạc", type: "long", help: "Công bố quyết định, chương trình kiểm tra; đơn vị báo cáo." }, locked)}
      ${field(entry, "closing", { label: "Họp kết thúc", type: "long", help: "Đoàn trình bày kết quả; hai bên trao đổi." }, locked)}
    </section>
    <section class="panel">
      <h2>Nhận xét của đoàn</h2>
      ${remarks(model, locked)}
      ${field(entry, "strengths", { label: "Ưu điểm", type: "long" }, locked)}
    </section>
    <section class="panel">
      <h2>Lập biên bản</h2>
      ${copies(entry, locked)} ${tick(entry, "read_back", "Biên bản đã được đọc lại cho mọi người cùng nghe", locked)}
    </section>
  </div>`;
}

function persons(model: AuditModel, app: App, side: Side): TemplateResult {
  const locked = model.locked;
  const stored = model.entries("attendance").filter((each) => each.seen.value?.["side"] === side).map((each) => each.name);
  const all = [...stored, ...blankRows(model, side).filter((each) => !stored.includes(each))];
  const absent = side === "team" ? model.pack.team.filter((each) => !all.includes(ofMember(each.user_id))) : [];
  return html`<section class="panel">
    <h2>${side === "team" ? "Đoàn kiểm tra" : "Đơn vị được kiểm tra"}</h2>
    ${all.length
      ? html`<ul class="persons">
          ${repeat(all, (each) => each, (each) => person(model, app, each, side))}
        </ul>`
      : html`<p class="soft">
          ${side === "team"
            ? `Chưa ghi ai dự họp; biên bản sẽ ghi cả đoàn theo kế hoạch: ${model.pack.team.map((each) => each.name).join(", ")}.`
            : "Ghi người đại diện đơn vị trước, kèm chức vụ."}
        </p>`}
    ${locked
      ? nothing
      : html`<div class="buttons">
          ${absent.length ? html`<button class="button" @click=${() => app.attempt(() => addTeam(model))}>${icon("people")}${all.length ? "Ghi những người còn lại" : "Ghi cả đoàn"}</button>` : nothing}
          <button class="button" @click=${() => add(model, app, side)}>${icon("plus")}Thêm người dự</button>
        </div>`}
    <datalist id="positions-${side}">${(side === "team" ? TEAM_POSITIONS : POSITIONS).map((each) => html`<option value=${each}></option>`)}</datalist>
  </section>`;
}

function person(model: AuditModel, app: App, name: string, side: Side): TemplateResult {
  const entry = new Entry(model, name, { meeting: "both", name: "", position: "", side });
  const locked = model.locked;
  const meeting = entry.text("meeting");
  const id = name.replace(/\W/g, "-");
  return html`<li class="person">
    ${field(entry, "name", { label: "Họ và tên", max: 200 }, locked)}
    ${field(entry, "position", { label: "Chức vụ", list: `positions-${side}`, max: 200 }, locked)}
    <div class="field">
      <label class="label" for="${id}-meeting">Dự họp</label>
      <select id="${id}-meeting" ?disabled=${locked} @change=${(event: Event) => entry.set("meeting", typed(event))}>
        ${Object.entries(MEETINGS).map(([value, words]) => html`<option value=${value} ?selected=${meeting === value}>${words}</option>`)}
      </select>
    </div>
    ${locked
      ? nothing
      : html`<button class="button danger plain square" aria-label=${`Bỏ ${entry.text("name") || "người này"} khỏi danh sách`} @click=${() => app.attempt(() => remove(model, app, name, side))}>${icon("trash")}</button>`}
  </li>`;
}

/** The same member on two devices is one entry. */
function ofMember(user: number): string {
  return `attendance/00000000-0000-4000-8000-${String(user).padStart(12, "0")}`;
}

async function addTeam(model: AuditModel): Promise<void> {
  for (const each of model.pack.team) {
    if (model.entry(ofMember(each.user_id)).value) continue;
    await model.setEntry(ofMember(each.user_id), { meeting: "both", name: each.name, position: ROLES[each.role] ?? "", side: "team" }, "now");
  }
}

function blankRows(model: AuditModel, side: Side): string[] {
  return blank.get(`${model.pack.audit} ${side}`) ?? [];
}

function add(model: AuditModel, app: App, side: Side): void {
  const name = `attendance/${newId()}`;
  blank.set(`${model.pack.audit} ${side}`, [...blankRows(model, side), name]);
  app.refresh();
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`${name}-name`.replace(/[^\w-]/g, "-"))?.focus()));
}

async function remove(model: AuditModel, app: App, name: string, side: Side): Promise<void> {
  await model.commit();
  const before = model.entry(name).value;
  blank.set(`${model.pack.audit} ${side}`, blankRows(model, side).filter((each) => each !== name));
  app.refresh();
  if (!before) return;
  await model.setEntry(name, null, "now");
  app.say("Đã bỏ khỏi danh sách người dự họp.", "info", {
    label: "Hoàn tác",
    run: () => app.attempt(() => model.setEntry(name, before, "now")),
  });
}

function remarks(model: AuditModel, locked: boolean): TemplateResult {
  const seen = model.field("remarks");
  return html`<div class="field">
    <label class="label" for="field-remarks">Nhận xét chung</label>
    <textarea autocomplete="off" id="field-remarks" rows="3" maxlength="10000" ?disabled=${locked} ${holds(seen.value ?? "")}
      @input=${(event: Event) => void model.setField("remarks", typed(event), "typing")}></textarea>
  </div>`;
}

function copies(entry: Entry, locked: boolean): TemplateResult {
  const change = (event: Event): void => entry.set("copies", Math.min(20, Math.max(1, Math.round(Number(typed(event))) || 2)));
  return html`<div class="field">
    <label class="label" for="meeting-copies">Số bản</label>
    <p class="help" id="meeting-copies-said">Đơn vị giữ 01 bản, số còn lại đoàn giữ.</p>
    <input id="meeting-copies" type="number" autocomplete="off" min="1" max="20" inputmode="numeric" aria-describedby="meeting-copies-said" ?disabled=${locked}
      ${holds(String(entry.data["copies"] ?? 2))} @change=${change} />
  </div>`;
}
