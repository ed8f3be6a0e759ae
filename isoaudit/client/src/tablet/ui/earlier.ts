// The screen "Tồn tại trước": what earlier audits found and has not been closed; looked at first. What is written here
// closes nothing by itself: the office or the inspector decides on the page of the nonconformity.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { dayText } from "../core/dates";
import type { Earlier, Verification } from "../core/types";
import type { AuditModel } from "../model/audit";
import { icon } from "./icons";
import { badge, gradeBadge, holds, refusal, stateWords, typed, type Tone } from "./parts";
import type { Screen } from "./screens";
import { repeated } from "./taps";

const RESULTS: [result: Verification["result"], tone: Tone, icon: string, words: string][] = [
  ["done", "good", "check", "Đã khắc phục"],
  ["partly", "warn", "half", "Khắc phục một phần"],
  ["not_done", "bad", "cross", "Chưa khắc phục"],
];
const STATES: Record<string, string> = {
  open: "đơn vị chưa giải trình",
  answered: "đơn vị đã giải trình",
  implemented: "đã báo cáo khắc phục, chờ kiểm chứng",
  closed: "đã đóng",
};

export const earlier: Screen = {
  title: "Tồn tại trước",
  icon: "flag",
  badge: (model) => String(model.pack.earlier.filter((each) => result(model, each) === null).length || ""),
  render: (model, app) => {
    const all = model.pack.earlier;
    const done = all.filter((each) => result(model, each) !== null).length;
    return html`<div class="page">
      <div class="page-head">
        <h1>Tồn tại của lần kiểm tra trước</h1>
        <p class="page-lead">${all.length === 0 ? "" : `Xem lại trước khi vào nội dung mới: đã xem ${done}/${all.length}. Việc đóng tồn tại do người có thẩm quyền quyết định sau, dựa trên kết quả ghi ở đây.`}</p>
      </div>
      ${all.length === 0
        ? html`<div class="empty">${icon("check")}<p>Đơn vị không còn tồn tại nào của các lần kiểm tra trước.</p></div>`
        : html`<ul class="list">${all.map((each) => card(model, app, each))}</ul>`}
    </div>`;
  },
};

function card(model: AuditModel, app: App, each: Earlier): TemplateResult {
  const name = nameOf(each);
  const seen = model.entry(name);
  const given = result(model, each);
  const said = String(seen.value?.["text"] ?? "");
  const write = (patch: Partial<Verification>, when: "now" | "typing"): void => {
    const now = { result: (result(model, each) ?? "not_done") as string, text: String(model.entry(name).value?.["text"] ?? "") };
    app.attempt(() => model.setEntry(name, { ...now, ...patch }, when));
  };
  const choose = (next: Verification["result"]): void => {
    if (repeated(`${name} ${next}`)) return;
    if (given === next && said === "") app.attempt(() => model.setEntry(name, null, "now"));
    else write({ result: next }, "now");
  };
  const id = `verify-${each.audit}-${each.criterion}`;
  return html`<li class="card" aria-labelledby="t-${id}">
    <div class="card-head">
      <h2 class="card-title" id="t-${id}"><span class="crit-code">${each.criterion}</span> ${each.text}</h2>
    </div>
    <p class="card-foot">${gradeBadge(each.grade)}<span>nêu ngày ${dayText(each.raised_on)}</span>
      ${each.due_on ? html`<span>hạn ${dayText(each.due_on)}</span>` : nothing}
      ${each.overdue ? badge("bad", "clock", "Quá hạn") : nothing} <span>${STATES[each.state] ?? each.state}</span></p>
    <p class="card-text">${each.description}</p>
    <div class="grades" data-of="3" role="group" aria-label="Kết quả khắc phục nội dung ${each.criterion}">
      ${RESULTS.map(([value, tone, image, words]) => html`<button type="button" class="grade ${tone}" aria-pressed=${given === value} ?disabled=${model.locked} @click=${() => choose(value)}>
        ${icon(image)}<span>${words}</span></button>`)}
    </div>
    ${given === null
      ? nothing
      : html`<div class="field earlier-said">
          <label class="label" for=${id}>Thấy gì khi xem lại</label>
          <textarea autocomplete="off" id=${id} rows="2" maxlength="10000" ?disabled=${model.locked} ${holds(said)} @input=${(event: Event) => write({ text: typed(event) }, "typing")} @blur=${() => app.attempt(() => model.commit())}></textarea>
        </div>`}
    ${refusal(seen)}
    <p class="card-foot"><a class="button small plain" href=${app.to("noi-dung", each.criterion)}>${icon("right")}Mở nội dung ${each.criterion}</a> ${stateWords(seen)}</p>
  </li>`;
}

function nameOf(each: Earlier): string {
  return `verify/${each.audit}:${each.criterion}`;
}

function result(model: AuditModel, each: Earlier): Verification["result"] | null {
  const value = model.entry(nameOf(each)).value?.["result"];
  return value === "done" || value === "partly" || value === "not_done" ? value : null;
}
