// "Ý kiến đơn vị": what the unit says of each finding and of the whole. The screen is turned to the unit, so it speaks as the
// minutes do. A reservation keeps the finding contested until the notice of conclusion decides.
import "../css/dossiers.css";
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { App } from "../app";
import { dayText } from "../core/dates";
import type { Criterion, UnitWord } from "../core/types";
import type { AuditModel } from "../model/audit";
import { countText } from "../model/minutes_words";
import { icon } from "./icons";
import { badge, holds, refusal, stateWords, typed } from "./parts";
import type { Screen } from "./screens";
import { repeated } from "./taps";

type Stance = UnitWord["stance"];
const STANCES: Record<Stance, { words: string; icon: string }> = {
  agreed: { words: "Nhất trí", icon: "check" },
  opinion: { words: "Có ý kiến", icon: "speech" },
  reserved: { words: "Bảo lưu ý kiến", icon: "flag" },
};

export const opinion: Screen = {
  title: "Ý kiến đơn vị",
  icon: "speech",
  badge: (model) => String(findings(model).filter((each) => wordOf(model, each.code) === null).length || ""),
  render: (model, app) => page(model, app),
};

/** Stances chosen whose text is still to come: without it the server takes none. */
const chosen = new Map<string, Stance>();

/** What the unit can have a word on, in the order of the minutes: shortcomings, then suggestions. */
export function findings(model: AuditModel): Criterion[] {
  const grade = (each: Criterion): string => model.answer(each.code).value?.grade ?? "";
  const criteria = model.pack.checklist.criteria;
  return [...criteria.filter((each) => grade(each) === "minor" || grade(each) === "major"), ...criteria.filter((each) => grade(each) === "opportunity")];
}

export function wordOf(model: AuditModel, code: string): UnitWord | null {
  return model.entry(`word/${code}`).value as UnitWord | null;
}

/** Whether a stance that needs a text was chosen, and the text is still to come. */
export function wordless(model: AuditModel, code: string): boolean {
  const word = wordOf(model, code);
  return chosen.has(key(model, code)) || (word !== null && word.stance !== "agreed" && !word.text.trim());
}

/** The findings on which the unit has not been asked. */
export function unasked(model: AuditModel): Criterion[] {
  return findings(model).filter((each) => wordOf(model, each.code) === null && !wordless(model, each.code));
}

function page(model: AuditModel, app: App): TemplateResult {
  const all = findings(model);
  const silent = unasked(model);
  const general = model.field("unit_opinion");
  return html`<div class="page">
    <div class="page-head">
      <h1>Ý kiến của đơn vị được kiểm tra</h1>
      <p class="page-lead">${all.length ? summary(model, all) : "Không có tồn tại, hạn chế hay khuyến nghị nào."}</p>
    </div>
    ${!model.locked && silent.length > 1
      ? html`<p><button class="button" @click=${() => app.attempt(() => agreeAll(model, app, silent))}>${icon("check")}Nhất trí ${countText(silent.length)} nội dung chưa có ý kiến</button></p>`
      : nothing}
    <ul class="list">
      ${repeat(all, (each) => each.code, (each) => card(model, app, each))}
    </ul>
    <section class="panel">
      <div class="field">
        <label class="label" for="field-unit_opinion">Ý kiến chung của đơn vị</label>
        <textarea autocomplete="off" id="field-unit_opinion" rows="4" maxlength="10000" ?disabled=${model.locked} ${holds(general.value ?? "")}
          @input=${(event: Event) => void model.setField("unit_opinion", typed(event), "typing")}></textarea>
      </div>
      ${stateWords(general)}
    </section>
  </div>`;
}

function summary(model: AuditModel, all: readonly Criterion[]): string {
  const number = (stance: Stance): number => all.filter((each) => (chosen.get(key(model, each.code)) ?? wordOf(model, each.code)?.stance) === stance).length;
  const silent = all.length - number("agreed") - number("opinion") - number("reserved");
  return `${countText(all.length)} nội dung. Nhất trí: ${number("agreed")}; có ý kiến: ${number("opinion")}; bảo lưu: ${number("reserved")}; chưa hỏi: ${silent}.`;
}

function card(model: AuditModel, app: App, criterion: Criterion): TemplateResult {
  const answer = model.answer(criterion.code).value;
  const seen = model.entry(`word/${criterion.code}`);
  const word = wordOf(model, criterion.code);
  const suggestion = answer?.grade === "opportunity";
  const stance = chosen.get(key(model, criterion.code)) ?? word?.stance;
  return html`<li class="card finding-word" id="word-${criterion.code}">
    <div class="card-head">
      ${suggestion ? badge("info", "bulb", "Khuyến nghị") : badge("warn", "triangle", "Tồn tại, hạn chế")}
      <a class="code-link nowrap" href=${app.to("noi-dung", criterion.code)}>${criterion.code}</a>
    </div>
    <h2 class="card-title prewrap">${answer?.note || criterion.text}</h2>
    ${answer?.note ? html`<p class="card-text soft">Nội dung kiểm tra: ${criterion.text}</p>` : nothing}
    ${answer?.request ? html`<p class="card-text"><strong>Yêu cầu:</strong> ${answer.request}</p>` : nothing}
    ${answer?.due_on ? html`<p class="card-text"><strong>Thời hạn:</strong> ${dayText(answer.due_on)}</p>` : nothing}
    <div class="choices" role="group" aria-label=${`Ý kiến của đơn vị về nội dung ${criterion.code}`}>
      ${(Object.keys(STANCES) as Stance[]).map(
        (each) => html`<button class="choice-chip" aria-pressed=${stance === each ? "true" : "false"} ?disabled=${model.locked}
          @click=${() => app.attempt(() => choose(model, app, criterion.code, each))}>${icon(STANCES[each].icon)}${STANCES[each].words}</button>`,
      )}
    </div>
    ${stance && stance !== "agreed" ? said(model, criterion.code, stance, word?.text ?? "") : nothing}
    ${stance === "reserved" ? html`<p>${badge("wait", "flag", "còn bảo lưu, chờ thông báo kết luận")}</p>` : nothing}
    ${refusal(seen)} ${stateWords(seen)}
  </li>`;
}

function said(model: AuditModel, code: string, stance: Stance, text: string): TemplateResult {
  const missing = text.trim() === "";
  const typing = (event: Event): void => {
    const now = typed(event);
    if (now.trim() === "") return void chosen.set(key(model, code), stance);
    chosen.delete(key(model, code));
    void model.setEntry(`word/${code}`, { stance, text: now }, "typing");
  };
  return html`<div class="field ${missing ? "wrong" : ""}">
    <label class="label" for="word-text-${code}">${stance === "reserved" ? "Nội dung bảo lưu, lý do" : "Ý kiến"} <em class="need">(bắt buộc)</em></label>
    <textarea autocomplete="off" id="word-text-${code}" rows="2" maxlength="10000" ?disabled=${model.locked} ${holds(text)} @input=${typing}></textarea>
  </div>`;
}

/** Pressing the stance again takes it back. One that needs a text is stored with its first letter. */
async function choose(model: AuditModel, app: App, code: string, stance: Stance): Promise<void> {
  if (repeated(`word ${key(model, code)} ${stance}`)) return;
  await model.commit();
  const word = wordOf(model, code);
  const name = `word/${code}`;
  const again = (chosen.get(key(model, code)) ?? word?.stance) === stance;
  chosen.delete(key(model, code));
  if (again) {
    if (word) await model.setEntry(name, null, "now");
  } else if (stance === "agreed" || word?.text) {
    await model.setEntry(name, { stance, text: stance === "agreed" ? "" : (word?.text ?? "") }, "now");
  } else {
    chosen.set(key(model, code), stance);
  }
  app.refresh();
  if (!again && stance !== "agreed") requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`word-text-${code}`)?.focus()));
}

function key(model: AuditModel, code: string): string {
  return `${model.pack.audit} ${code}`;
}

async function agreeAll(model: AuditModel, app: App, silent: readonly Criterion[]): Promise<void> {
  const sure = await app.ask({
    title: "Đơn vị nhất trí?",
    text: `Ghi đơn vị nhất trí với ${countText(silent.length)} nội dung chưa có ý kiến. Những nội dung đã có ý kiến giữ nguyên.`,
    yes: "Ghi nhất trí",
  });
  if (!sure) return;
  for (const each of silent) await model.setEntry(`word/${each.code}`, { stance: "agreed", text: "" }, "now");
}
