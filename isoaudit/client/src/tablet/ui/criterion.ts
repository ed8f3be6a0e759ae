// One criterion on the work screen: question, grades, what is still lacking, and on demand its fields (criterion-fields.ts)
// and what to look for. A tap on a grade shows at once: the model holds it before it is on the disk.
import { html, nothing, render, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import type { App } from "../app";
import { lacks } from "../core/checklist";
import { EMPTY_ANSWER } from "../core/targets";
import { GRADES, type Criterion, type Grade, type Lack } from "../core/types";
import type { AuditModel } from "../model/audit";
import { fields } from "./criterion-fields";
import { icon } from "./icons";
import { badge, GRADE_SIGNS, mark, refusal, stateWords } from "./parts";
import { waitingAt, waitingHere } from "./photo-taking";
import { repeated } from "./taps";
import { called, followUps, tellCalled } from "./work-reveal";
import { stateOf, type Listing } from "./work-state";
import type { Facts } from "./worklist";

const METHODS: Record<string, string> = {
  trace: "lần theo hồ sơ thật",
  record: "xem hồ sơ, tài liệu",
  observe: "quan sát",
  ask: "hỏi, phỏng vấn",
};
const LACKING: Partial<Record<Lack, string>> = {
  note: "ghi nhận bằng chứng",
  deadline: "thời hạn khắc phục",
  early: "thời hạn không sớm hơn ngày kiểm tra",
  reason: "lý do không áp dụng",
};
const STANCES: Record<string, [tone: "good" | "info" | "wait", icon: string, words: string]> = {
  agreed: ["good", "check", "Đơn vị nhất trí"],
  opinion: ["info", "speech", "Đơn vị có ý kiến"],
  reserved: ["wait", "flag", "Đơn vị bảo lưu"],
};
const VITAL = 3;

/** A criterion, drawn anew only when something it shows has changed. */
export function criterion(model: AuditModel, app: App, list: Listing, asked: Criterion): TemplateResult {
  const { code } = asked;
  const facts = list.facts(code);
  const { state } = list;
  const stance = String(model.entry(`word/${code}`).value?.["stance"] ?? "");
  const value = facts.value ?? EMPTY_ANSWER;
  // With its fields open, anything may have changed: an object of its own equals no other.
  const shown = [
    state.writing.has(code) ? {} : null, facts.state, facts.contested, facts.member, stance, state.looking.has(code), state.order, model.locked,
    hadEarlier(model, code), waitingAt(model, code),
    value.grade, value.note, value.reason, value.due_on, value.evidence.length, value.documents.length, value.dossiers.length,
  ];
  return html`${guard(shown, () => drawn(model, app, list, asked, facts))}`;
}

/** Give a grade; the one it has is taken back, unless the tap is the second one of a double tap. */
export function choose(model: AuditModel, app: App, code: string, grade: Grade): void {
  if (repeated(`${model.pack.audit} ${code} ${grade}`)) return;
  const state = stateOf(model);
  const next = model.answer(code).value?.grade === grade ? null : grade;
  state.at = code;
  state.stay.add(code);
  if (next !== null && next !== "conformity") state.writing.add(code);
  const before = followUps(model, [code]);
  app.attempt(() => model.setAnswer(code, { grade: next }, "now"));
  app.atOnce(() => press(code, model.answer(code).value?.grade ?? null, state.writing.has(code)));
  tellCalled(model, app, called(model, [code], before));
  app.refresh();
  if (next === null) {
    const back = (): void => app.attempt(() => model.setAnswer(code, { grade }, "now"));
    app.say(`Đã bỏ mức “${GRADE_SIGNS[grade].word}” của nội dung ${code}.`, "info", { label: "Hoàn tác", run: back });
  }
}

/** Draw a criterion with its fields out of sight: the browser has made them ready when the first tap calls for them. */
export function warm(model: AuditModel, app: App, list: Listing): void {
  const asked = list.scope.find(({ code }) => (list.facts(code).value ?? EMPTY_ANSWER).evidence.length === 0);
  if (!asked) return;
  const shown = { ...list, state: { ...list.state, writing: new Set([asked.code]) } };
  const nowhere = document.createElement("div");
  for (const grade of GRADES) {
    render(drawn(model, app, shown, asked, { ...list.facts(asked.code), value: { ...EMPTY_ANSWER, grade } }), nowhere);
  }
}

/** The grade that a criterion has, on its buttons, and whether its fields are open: the whole of it is drawn a frame later. */
function press(code: string, grade: Grade | null, writing: boolean): void {
  const card = document.getElementById(`c-${code}`);
  card?.setAttribute("data-grade", grade ?? "");
  for (const button of card?.querySelectorAll<HTMLElement>(".grade") ?? []) {
    button.setAttribute("aria-pressed", String(button.dataset["grade"] === grade));
  }
  card?.querySelector(".crit-acts [aria-controls^=w]")?.setAttribute("aria-expanded", String(writing));
}

function drawn(model: AuditModel, app: App, list: Listing, asked: Criterion, facts: Facts): TemplateResult {
  const { code, text } = asked;
  const { state } = list;
  const value = facts.value ?? EMPTY_ANSWER;
  const [writing, looking] = [state.writing.has(code), state.looking.has(code)];
  const missing = lacks({ ...value, conflict: false }, model.pack.planned_on ?? "").flatMap((lack) => LACKING[lack] ?? []);
  const fold = (event: Event, set: Set<string>): void => {
    if (!set.delete(code)) set.add(code);
    state.at = code;
    mark(app, event, "aria-expanded", set.has(code));
    app.refresh();
  };
  return html`<article class="crit" id="c-${code}" data-grade=${value.grade ?? ""} tabindex="-1" aria-labelledby="t-${code}">
    <h3 id="t-${code}"><span class="crit-code">${code}</span> ${text}</h3>
    ${about(model, app, asked, list, facts)}
    <div class="grades" role="group" aria-label="Mức đánh giá của nội dung ${code}" data-of=${asked.gate ? 4 : 5}>
      ${GRADES.filter((grade) => !(asked.gate && grade === "not_applicable")).map((grade) => {
        const sign = GRADE_SIGNS[grade];
        return html`<button type="button" class="grade ${sign.tone}" data-grade=${grade} aria-pressed=${value.grade === grade} ?disabled=${model.locked} @click=${() => choose(model, app, code, grade)}>
          ${icon(sign.icon)}<span>${sign.word}</span>
        </button>`;
      })}
    </div>
    ${facts.contested ? conflict(model, app, code) : nothing} ${refusal(model.answer(code))} ${waitingHere(model, app, code)}
    ${missing.length > 0 ? html`<p class="crit-lacks">${icon("triangle")}<span>Còn thiếu: ${missing.join(", ")}</span></p>` : nothing}
    ${!writing && value.note !== "" ? html`<p class="crit-note">${value.note}</p>` : nothing}
    <div class="crit-acts">
      <button type="button" class="button plain small" aria-expanded=${writing} aria-controls="w-${code}" @click=${(event: Event) => fold(event, state.writing)}>
        ${icon("edit")}<span>Ghi nhận${attached(value.evidence.length, value.documents.length, value.dossiers.length)}</span>
      </button>
      <button type="button" class="button plain small" aria-expanded=${looking} aria-controls="l-${code}" @click=${(event: Event) => fold(event, state.looking)}>
        ${icon("book")}<span>Cần xem gì</span>
      </button>
      ${stateWords(model.answer(code))}
    </div>
    <div id="l-${code}" class="crit-look" ?hidden=${!looking}>${looking ? look(asked) : nothing}</div>
    <div id="w-${code}" class="crit-write" ?hidden=${!writing}>${writing ? fields(model, app, asked, value) : nothing}</div>
  </article>`;
}

function about(model: AuditModel, app: App, asked: Criterion, list: Listing, facts: Facts): TemplateResult {
  const { places } = model.pack.checklist;
  const place = list.state.order === "clause" ? places.find((each) => each.code === asked.where)?.name : undefined;
  const words = [
    asked.clause ? `điều ${asked.clause}` : "",
    place ?? "",
    METHODS[asked.method ?? ""] ?? "",
    asked.weight === VITAL ? "trọng yếu" : "",
    asked.gate ? "điều kiện xếp loại" : "",
  ].filter((each) => each !== "");
  const stance = STANCES[String(model.entry(`word/${asked.code}`).value?.["stance"] ?? "")];
  const member = model.pack.team.find((each) => each.user_id === facts.member);
  return html`<p class="crit-about">
    <span>${words.join(" · ")}</span>
    ${member ? badge("info", "person", facts.member === model.me ? "Giao cho tôi" : `Giao cho ${member.name}`) : nothing}
    ${stance ? badge(...stance) : nothing}
    ${hadEarlier(model, asked.code) ? html`<a class="crit-earlier" href=${app.to("ton-tai")}>${badge("warn", "clock", "có tồn tại lần trước")}</a>` : nothing}
  </p>`;
}

/** Whether an earlier audit left a nonconformity at this criterion that is still to be looked at. */
function hadEarlier(model: AuditModel, code: string): boolean {
  return model.pack.earlier.some((each) => each.criterion === code);
}

function conflict(model: AuditModel, app: App, code: string): TemplateResult {
  return html`<div class="alert bad">${icon("triangle")}
    <p>Hai người ghi khác nhau; cả hai bản đều được giữ.${model.head ? "" : " Chờ trưởng đoàn xử lý."} <a href=${app.to("xung-dot", code)}>${model.head ? "Xem và xử lý" : "Xem cả hai bản"}</a></p>
  </div>`;
}

function attached(photos: number, documents: number, dossiers: number): string {
  const parts = [photos ? `${photos} ảnh` : "", documents ? `${documents} tài liệu` : "", dossiers ? `${dossiers} hồ sơ` : ""];
  const said = parts.filter((each) => each !== "").join(", ");
  return said ? ` (${said})` : "";
}

/** What to look for; folded away until it is asked for. */
function look(asked: Criterion): TemplateResult {
  return html`${asked.evidence.length > 0
      ? html`<h4>Bằng chứng cần xem</h4>
          <ul>${asked.evidence.map((each) => html`<li>${each}</li>`)}</ul>`
      : nothing}
    ${asked.guidance ? html`<h4>Cách xếp mức</h4><p>${asked.guidance}</p>` : nothing}
    ${asked.legal_basis.length > 0 ? html`<h4>Căn cứ</h4><p>${asked.legal_basis.join("; ")}</p>` : nothing}`;
}
