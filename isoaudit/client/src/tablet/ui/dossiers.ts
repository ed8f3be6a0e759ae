// "Hồ sơ mẫu": the dossiers that the team drew, how late each was and which criteria refer to it. One dossier is edited on
// a page of its own, whose address survives a reload.
import "../css/dossiers.css";
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { App } from "../app";
import type { Criterion, EntryData } from "../core/types";
import type { AuditModel } from "../model/audit";
import { dossierRows, type DossierRow } from "../model/minutes_dossiers";
import { countText } from "../model/minutes_words";
import { MOST, sampled, sampleLacks } from "../model/sample";
import { dossierForm } from "./dossiers-form";
import { icon } from "./icons";
import { badge, newId } from "./parts";
import type { Screen } from "./screens";
import { dayOf } from "./sign-state";

export const dossiers: Screen = {
  title: "Hồ sơ mẫu",
  icon: "table",
  badge: (model) => String(model.entries("dossier").length || ""),
  render: (model, app) => {
    const id = app.rest[0];
    return id ? dossierForm(model, app, id, () => remove(model, app, id)) : list(model, app);
  },
};

/** The sample as the minutes will list it, on the day the audit is (or was) minuted. */
export function sample(model: AuditModel): DossierRow[] {
  const entries = model.entries("dossier").map((each) => [each.name, each.seen.value ?? {}] as const);
  return dossierRows(Object.fromEntries(entries) as Record<string, EntryData>, dayOf(model));
}

/** The criteria whose answers refer to a dossier. */
export function referring(model: AuditModel, id: string): Criterion[] {
  return model.pack.checklist.criteria.filter((each) => model.answer(each.code).value?.dossiers.includes(id));
}

/** The other dossiers with the same number, letter case and blanks aside. */
export function sameNumber(model: AuditModel, id: string): string[] {
  const numbers = new Map(model.entries("dossier").map((each) => [each.id, bare(each.seen.value?.["number"])]));
  const own = numbers.get(id) ?? "";
  return own === "" ? [] : [...numbers].filter(([other, number]) => other !== id && number === own).map(([other]) => other);
}

function bare(number: unknown): string {
  return String(number ?? "").replace(/\s+/g, "").toLocaleLowerCase("vi");
}

function list(model: AuditModel, app: App): TemplateResult {
  const rows = sample(model);
  return html`<div class="page wide">
      <div class="page-head">
        <h1>Hồ sơ mẫu</h1>
        <p class="page-lead">${howMany(model, rows)}</p>
      </div>
      <div class="alert info">
        ${icon("info")}
        <p>Chỉ ghi số hồ sơ. Không ghi họ tên, số căn cước, địa chỉ hay số điện thoại của công dân; không chụp giấy tờ tùy thân.</p>
      </div>
      ${rows.length ? table(model, app, rows) : empty(model)}
    </div>
    ${model.locked
      ? nothing
      : html`<div class="dock">
          <button class="button primary" @click=${() => app.go(app.tab, newId())}>${icon("plus")}Thêm hồ sơ</button>
        </div>`}`;
}

/** How many there are, from how many fields, and what a commune's sample still lacks. */
function howMany(model: AuditModel, rows: readonly DossierRow[]): string {
  const fields = fieldsOf(rows);
  const has = rows.length ? `Đã chọn ${countText(rows.length)} hồ sơ thuộc ${countText(fields)} lĩnh vực.` : "Chưa chọn hồ sơ nào.";
  const { kind } = model.pack.unit;
  if (!sampled(kind)) return has;
  const lacks = sampleLacks(kind, rows.length, fields);
  const more = rows.length > MOST ? " Nhiều hơn 10 hồ sơ: vẫn ghi được, nhưng mẫu thường chỉ cần đến 10." : "";
  return lacks ? `${has} ${lacks}` : `${has} Đủ mẫu theo yêu cầu.${more}`;
}

function fieldsOf(rows: readonly DossierRow[]): number {
  return new Set(rows.map((each) => each.field).filter(Boolean)).size;
}

/** What the sample lacks before signing, in words; "" when nothing. */
export function tooFew(model: AuditModel): string {
  const rows = sample(model);
  return sampleLacks(model.pack.unit.kind, rows.length, fieldsOf(rows));
}

function empty(model: AuditModel): TemplateResult {
  return html`<div class="empty">
    ${icon("table")}
    <p><strong>Chưa có hồ sơ mẫu</strong></p>
    <p class="soft">
      ${model.locked
        ? "Biên bản đã ký không có hồ sơ mẫu."
        : "Đoàn tự chọn hồ sơ từ sổ theo dõi của Bộ phận Một cửa, không để đơn vị chọn thay; ưu tiên hồ sơ quá hạn và hồ sơ phải bổ sung."}
    </p>
  </div>`;
}

function table(model: AuditModel, app: App, rows: readonly DossierRow[]): TemplateResult {
  return html`<div class="dossier-box">
    <table class="dossiers">
      <caption class="unseen">Danh sách hồ sơ mẫu</caption>
      <thead>
        <tr>
          <th scope="col">TT</th>
          <th scope="col">Hồ sơ, thủ tục hành chính</th>
          <th scope="col">Lĩnh vực</th>
          <th scope="col">Tiếp nhận</th>
          <th scope="col">Hẹn trả</th>
          <th scope="col">Trả kết quả</th>
          <th scope="col">Thời hạn</th>
          <th scope="col">Kết quả xem xét</th>
          <th scope="col">Nội dung liên quan</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(rows, (each) => each.id, (each) => row(model, app, each))}
      </tbody>
    </table>
  </div>`;
}

function row(model: AuditModel, app: App, each: DossierRow): TemplateResult {
  const cell = (label: string, value: unknown, kind = ""): TemplateResult => html`<td class=${kind} data-label=${label}>${value || html`<span class="soft">–</span>`}</td>`;
  const led = referring(model, each.id);
  const links = led.map((one, at) => html`${at ? ", " : ""}<a class="nowrap" href=${app.to("noi-dung", one.code)}>${one.code}</a>`);
  return html`<tr>
    <td class="dossier-number num">${each.number}</td>
    <th scope="row">
      <a class="dossier-link" href=${app.to(app.tab, each.id)}>${each.code || "Chưa ghi số hồ sơ"}</a>
      <span class="dossier-name">${each.procedure}</span>
      ${sameNumber(model, each.id).length ? badge("warn", "triangle", "trùng số hồ sơ") : nothing}
    </th>
    ${cell("Lĩnh vực", each.field)} ${cell("Tiếp nhận", each.received, "num")} ${cell("Hẹn trả", each.due, "num")}
    ${cell("Trả kết quả", each.returned || "chưa trả", "num")} ${cell("Thời hạn", lateness(each))}
    ${cell("Kết quả xem xét", each.found, "prewrap")}
    ${cell("Nội dung liên quan", led.length ? links : "")}
  </tr>`;
}

function lateness(each: DossierRow): TemplateResult | string {
  if (!each.due) return "";
  if (each.late) return badge("bad", "clock", `quá hạn ${countText(each.late)} ngày, kể cả ngày nghỉ`);
  return each.returned ? badge("good", "check", "đúng hạn") : badge("mute", "clock", "chưa đến hạn");
}

async function remove(model: AuditModel, app: App, id: string): Promise<void> {
  const name = `dossier/${id}`;
  const before = model.entry(name).value;
  const led = referring(model, id);
  if (led.length) {
    const sure = await app.ask({
      title: "Xóa hồ sơ đang được dẫn?",
      text: `Có ${countText(led.length)} nội dung kiểm tra đang dẫn hồ sơ này: ${led.map((each) => each.code).join(", ")}.`,
      yes: "Xóa hồ sơ",
      danger: true,
    });
    if (!sure) return;
  }
  await model.commit();
  if (before) await model.setEntry(name, null, "now");
  app.go(app.tab);
  const back = { label: "Hoàn tác", run: () => app.attempt(() => model.setEntry(name, before, "now")) };
  app.say("Đã xóa hồ sơ khỏi danh sách.", "info", before ? back : undefined);
}
