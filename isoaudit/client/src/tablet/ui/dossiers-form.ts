// One dossier of the sample. Nothing is stored before the first key; days late are worked out, never typed.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { daysLate } from "../core/dossiers";
import { dayText } from "../core/dates";
import type { AuditModel } from "../model/audit";
import { countText } from "../model/minutes_words";
import { referring, sameNumber } from "./dossiers";
import { Entry, field, tick } from "./meeting-fields";
import { icon } from "./icons";
import { dayOf } from "./sign-state";
import { newId, refusal, stateWords, typed } from "./parts";

/** Fields that a commune's one-stop desk mostly has; any other may be typed. */
const FIELDS = [
  "Hộ tịch",
  "Chứng thực",
  "Đất đai",
  "Xây dựng",
  "Bảo trợ xã hội",
  "Người có công",
  "Việc làm",
  "Văn hóa",
  "Giáo dục và đào tạo",
  "Nông nghiệp",
  "Lâm nghiệp",
  "Thủy lợi",
  "Tôn giáo",
  "Thi đua, khen thưởng",
  "Khiếu nại, tố cáo",
  "Tài chính - kế hoạch",
];
const STEPS = ["Tiếp nhận", "Chuyển hồ sơ", "Thẩm định, giải quyết", "Lấy ý kiến phối hợp", "Trình ký", "Đóng dấu, phát hành", "Trả kết quả"];
/** Nine or twelve digits in a row that are not part of a longer number: an identity card's. */
const IDENTITY = /(?<!\d)(?:\d{9}|\d{12})(?!\d)/;

export function dossierForm(model: AuditModel, app: App, id: string, remove: () => Promise<void>): TemplateResult {
  const name = `dossier/${id}`;
  const entry = new Entry(model, name, empty(model));
  const locked = model.locked;
  const seen = model.entry(name);
  const refresh = (): void => app.refresh();
  return html`<div class="page">
      <div class="page-head">
        <p><a class="button plain small" href=${app.to(app.tab)}>${icon("left")}Danh sách hồ sơ</a></p>
        <h1>${seen.value ? entry.text("number") || "Hồ sơ chưa ghi số" : "Thêm hồ sơ"}</h1>
        <p class="page-lead">${stateWords(seen)}</p>
      </div>
      ${refusal(seen)}
      <div class="panel">
        <datalist id="known-fields">${FIELDS.map((each) => html`<option value=${each}></option>`)}</datalist>
        <datalist id="known-procedures">${model.pack.catalogue.procedures.map((each) => html`<option value=${each}></option>`)}</datalist>
        ${field(entry, "number", { label: "Số hồ sơ", need: true, help: "Số trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả; không ghi họ tên người nộp.", guard: identity }, locked, refresh)}
        ${twice(model, app, id)}
        ${field(entry, "procedure", { label: "Thủ tục hành chính", list: "known-procedures", max: 1000, guard: identity }, locked, refresh)}
        ${unlisted(model, app, entry.text("procedure"))}
        ${field(entry, "field", { label: "Lĩnh vực", list: "known-fields" }, locked)}
      </div>
      <div class="panel">
        <h2>Thời hạn giải quyết</h2>
        <datalist id="known-steps">${STEPS.map((each) => html`<option value=${each}></option>`)}</datalist>
        <div class="field-row">
          ${field(entry, "received", { label: "Ngày tiếp nhận", type: "date" }, locked)}
          ${field(entry, "due", { label: "Ngày hẹn trả", type: "date" }, locked)}
          ${field(entry, "returned", { label: "Ngày trả kết quả", help: "Để trống khi chưa trả.", type: "date" }, locked)}
        </div>
        ${lateness(entry, dayOf(model))}
        ${field(entry, "slow_step", { label: "Khâu chậm", list: "known-steps", guard: identity }, locked, refresh)}
      </div>
      <div class="panel">
        <h2>Giấy tờ trong hồ sơ</h2>
        ${tick(entry, "supplement", "Có Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", locked)}
        ${tick(entry, "apology", "Có Phiếu xin lỗi và hẹn lại ngày trả kết quả", locked)}
        ${field(entry, "finding", { label: "Kết quả xem xét", type: "long", help: "Bước nào thiếu, sai quy trình; để trống thì biên bản không ghi nhận xét về hồ sơ này.", guard: identity }, locked, refresh)}
        ${member(model, entry, locked)}
      </div>
      ${references(model, app, id)}
    </div>
    <div class="dock">
      ${locked || !seen.value
        ? nothing
        : html`<button class="button danger plain" @click=${() => app.attempt(remove)}>${icon("trash")}Xóa hồ sơ</button>`}
      <span class="dock-fill"></span>
      ${locked ? nothing : html`<button class="button" @click=${() => another(model, app)}>${icon("plus")}Hồ sơ nữa</button>`}
      <button class="button primary" @click=${() => done(model, app)}>${icon("check")}Xong</button>
    </div>`;
}

function empty(model: AuditModel): Record<string, string | boolean | number> {
  const texts = ["number", "procedure", "field", "received", "due", "returned", "slow_step", "finding"];
  return { ...Object.fromEntries(texts.map((each) => [each, ""])), supplement: false, apology: false, member: model.me };
}

function done(model: AuditModel, app: App): void {
  app.attempt(async () => {
    await model.commit();
    app.go(app.tab);
  });
}

function another(model: AuditModel, app: App): void {
  app.attempt(async () => {
    await model.commit();
    app.go(app.tab, newId());
  });
}

function identity(text: string): string {
  return IDENTITY.test(text) ? "Dãy 9 hoặc 12 chữ số này giống số giấy tờ tùy thân của công dân nên không được lưu; hãy bỏ đi hoặc ghi có dấu ngăn cách." : "";
}

/** The same number on another line is mostly one dossier written down twice; it may also be right, so it is only said. */
function twice(model: AuditModel, app: App, id: string): TemplateResult | typeof nothing {
  const others = sameNumber(model, id);
  if (!others.length) return nothing;
  return html`<div class="alert warn">${icon("triangle")}<p>Số hồ sơ này đã có ở <a href=${app.to(app.tab, others[0] ?? "")}>một hồ sơ khác trong danh sách</a>; kiểm tra xem có ghi trùng không.</p></div>`;
}

function lateness(entry: Entry, asOf: string): TemplateResult | typeof nothing {
  const [received, due, returned] = [entry.text("received"), entry.text("due"), entry.text("returned")];
  const odd =
    returned && received && returned < received
      ? "Ngày trả kết quả đứng trước ngày tiếp nhận."
      : due && received && due < received
        ? "Ngày hẹn trả đứng trước ngày tiếp nhận."
        : "";
  if (odd) return html`<div class="alert warn">${icon("triangle")}<p>${odd}</p></div>`;
  if (!due) return nothing;
  const late = daysLate(due, returned, asOf) ?? 0;
  if (late) return html`<div class="alert bad">${icon("clock")}<p>${returned ? "Trả" : "Chưa trả,"} quá hạn ${countText(late)} ngày, kể cả ngày nghỉ${returned ? "" : ` tính đến ngày ${dayText(asOf)}`}.</p></div>`;
  return html`<div class="alert good">${icon("check")}<p>${returned ? "Trả đúng hạn." : "Chưa đến hạn trả."}</p></div>`;
}

/** A procedure that the catalogue lacks is noted once, for the office to settle. */
function unlisted(model: AuditModel, app: App, procedure: string): TemplateResult | typeof nothing {
  const text = procedure.trim();
  if (!text || model.locked || !model.pack.catalogue.procedures.length || model.pack.catalogue.procedures.includes(text)) return nothing;
  const noted = model.entries("unlisted").some((each) => each.seen.value?.["what"] === "procedure" && each.seen.value["text"] === text);
  if (noted) return html`<p class="help">${icon("flag")} Đã ghi là chưa có trong danh mục; cơ quan thường trực sẽ xử lý.</p>`;
  const note = (): Promise<void> => model.setEntry(`unlisted/${newId()}`, { what: "procedure", text, settled: "" }, "now");
  return html`<p class="dossier-unlisted">
    <span class="help">Tên này chưa có trong danh mục.</span>
    <button class="button small" @click=${() => app.attempt(note)}>${icon("flag")}Ghi là chưa có trong danh mục</button>
  </p>`;
}

function member(model: AuditModel, entry: Entry, locked: boolean): TemplateResult {
  const chosen = entry.data["member"];
  const choose = (event: Event): void => entry.set("member", typed(event) ? Number(typed(event)) : null);
  return html`<div class="field">
    <label class="label" for="dossier-member">Người chọn hồ sơ</label>
    <select id="dossier-member" ?disabled=${locked} @change=${choose}>
      <option value="" ?selected=${chosen === null}>Cả đoàn</option>
      ${model.pack.team.map((each) => html`<option value=${each.user_id} ?selected=${chosen === each.user_id}>${each.name}</option>`)}
    </select>
  </div>`;
}

function references(model: AuditModel, app: App, id: string): TemplateResult | typeof nothing {
  const led = referring(model, id);
  if (!led.length) return nothing;
  return html`<h2>Nội dung kiểm tra dẫn hồ sơ này</h2>
    <ul class="list">
      ${led.map((each) => html`<li><a class="row-link" href=${app.to("noi-dung", each.code)}><strong class="nowrap">${each.code}</strong><span>${each.text}</span></a></li>`)}
    </ul>`;
}
