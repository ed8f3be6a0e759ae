// The fields of one criterion: what was found, why it does not apply, by when and what is asked of the unit; then photos,
// papers, dossiers, notes, and who sees to it. Every keystroke goes to the model as it is typed.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { lacks, nonconforming } from "../core/checklist";
import { trueToday } from "../core/clock";
import { dayText, plusDays } from "../core/dates";
import type { AnswerValue, Criterion, Lack } from "../core/types";
import type { AuditModel } from "../model/audit";
import { insert, offers, type Place } from "../model/sentences";
import { documents, dossiers, handing, filedNotes } from "./criterion-links";
import { icon } from "./icons";
import { roomOf, tooMuch } from "./limits";
import { holds, typed, typeInto } from "./parts";
import { gallery } from "./photo-gallery";

const LONGEST = 10_000;
const SOON = [15, 30, 60];
type Text = "note" | "request" | "reason";

/** All fields that the answer calls for. */
export function fields(model: AuditModel, app: App, asked: Criterion, value: AnswerValue): TemplateResult {
  const { grade } = value;
  const missing = new Set(lacks({ ...value, conflict: false }, model.pack.planned_on ?? ""));
  const place: Field = { model, app, asked, value, missing };
  return html`<fieldset ?disabled=${model.locked}>
    <legend class="unseen">Ghi nhận cho nội dung ${asked.code}</legend>
    ${grade === "not_applicable" ? reason(place) : nothing}
    ${area(place, "note", "Bằng chứng, ghi nhận", missing.has("note") ? "cần ghi" : "")}
    ${grade === "opportunity" || nonconforming(grade) || value.request !== "" ? area(place, "request", "Kiến nghị với đơn vị") : nothing}
    ${nonconforming(grade) ? deadline(place) : nothing}
    ${gallery(model, app, asked.code)} ${documents(model, app, asked.code, value)} ${dossiers(model, app, asked.code, value)}
    ${filedNotes(model, asked.code)} ${handing(model, app, asked.code)}
  </fieldset>`;
}

interface Field {
  model: AuditModel;
  app: App;
  asked: Criterion;
  value: AnswerValue;
  missing: ReadonlySet<Lack>;
}

function write(place: Field, patch: Partial<AnswerValue>, when: "now" | "typing"): void {
  place.app.attempt(() => place.model.setAnswer(place.asked.code, patch, when));
}

function area(place: Field, key: Text, label: string, need = ""): TemplateResult {
  const { model, app, asked, value } = place;
  const id = `${key}-${asked.code}`;
  return html`<div class="field ${need ? "wrong" : ""}">
    <label class="label" for=${id}>${label} ${need ? html`<em class="need">${need}</em>` : nothing}</label>
    <textarea autocomplete="off" id=${id} rows="2" maxlength=${LONGEST} ${holds(value[key])}
      @input=${(event: Event) => write(place, { [key]: typed(event) }, "typing")}
      @blur=${() => app.attempt(() => model.commit())}></textarea>
    ${key === "reason" ? nothing : offered(place, key, id)}
  </div>`;
}

/** Ready sentences and last year's text; a tap puts one in where the cursor is. */
function offered(place: Field, key: Place, id: string): TemplateResult | typeof nothing {
  const { model, asked, value } = place;
  const fitting = offers(model.pack, asked.code, key).filter(({ from }) => from === "previous" || value.grade !== "conformity");
  if (fitting.length === 0) return nothing;
  return html`<ul class="offers" aria-label="Câu gợi ý">
    ${fitting.map(
      ({ text, from, on }) => html`<li>
        <button type="button" class="offer" @mousedown=${(event: Event) => event.preventDefault()} @click=${() => put(place.app, id, text)}>
          ${icon(from === "previous" ? "clock" : "plus")}<span>${from === "previous" ? html`<b>Lần trước${on ? ` (${dayText(on)})` : ""}:</b> ` : nothing}${text}</span>
        </button>
      </li>`,
    )}
  </ul>`;
}

function put(app: App, id: string, text: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  const made = insert(field.value, field.selectionStart, field.selectionEnd, text);
  const said = tooMuch({ ...roomOf(field), selected: 0 }, made.text.length - field.value.length);
  if (said === null) typeInto(field, made.text, made.from, made.to);
  else app.say(said, "warn");
}

function reason(place: Field): TemplateResult {
  const { asked, missing } = place;
  const ready = asked.na_reason ?? "";
  return html`${area(place, "reason", "Lý do không áp dụng", missing.has("reason") ? "cần nêu" : "")}
    ${ready
      ? html`<ul class="offers" aria-label="Lý do gợi ý"><li>
          <button type="button" class="offer" @mousedown=${(event: Event) => event.preventDefault()} @click=${() => put(place.app, `reason-${asked.code}`, ready)}>${icon("plus")}<span>${ready}</span></button>
        </li></ul>`
      : nothing}`;
}

function deadline(place: Field): TemplateResult {
  const { model, asked, value, missing } = place;
  const start = model.pack.planned_on ?? trueToday();
  const id = `due-${asked.code}`;
  const need = missing.has("deadline") ? "cần đặt" : missing.has("early") ? `sớm hơn ngày kiểm tra (${dayText(start)}), hãy đặt lại` : "";
  return html`<div class="field ${need ? "wrong" : ""}">
    <label class="label" for=${id}>Thời hạn khắc phục ${need ? html`<em class="need">${need}</em>` : nothing}</label>
    <div class="due">
      <input id=${id} type="date" autocomplete="off" min=${start} ${holds(value.due_on ?? "")}
        @change=${(event: Event) => write(place, { due_on: typed(event) || null }, "now")} />
      <div class="due-soon" role="group" aria-label="Tính từ ngày kiểm tra ${dayText(start)}">
        ${SOON.map((days) => {
          const day = plusDays(start, days);
          return html`<button type="button" class="choice-chip" aria-pressed=${value.due_on === day} aria-label="${days} ngày, đến ${dayText(day)}"
            @click=${() => write(place, { due_on: day }, "now")}>+${days} ngày</button>`;
        })}
      </div>
    </div>
  </div>`;
}
