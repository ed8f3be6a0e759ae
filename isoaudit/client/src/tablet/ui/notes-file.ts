// Filing a quick note under a criterion: find it, then keep the note there or copy its words into the criterion's note too.
import { html, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { gradeBadge, holds, typed } from "./parts";
import { found, inScope, searchWords } from "./worklist";

const MOST_SHOWN = 30;
const LONGEST = 10_000;

/** Ask under which criterion; null when it was left. */
function ask(model: AuditModel, app: App, words: string): Promise<{ code: string; copy: boolean } | null> {
  let search = "";
  let copy = true;
  const folded = searchWords(model.pack);
  const all = inScope(model.pack, "full", (code) => model.answer(code).value?.grade ?? null);
  return app.show<{ code: string; copy: boolean }>("Xếp ghi chú vào nội dung", (close): TemplateResult => {
    const fitting = all.filter(({ code }) => search.trim() === "" || found(folded.get(code) ?? "", search));
    return html`<p class="card-text soft clamp">${words}</p>
      <label class="field"><span class="label">Tìm nội dung (không cần gõ dấu)</span>
        <input type="search" autocomplete="off" ${holds(search)} @input=${(event: Event) => {
          search = typed(event);
          app.refresh();
        }} /></label>
      <label class="tick"><input type="checkbox" .checked=${copy} @change=${(event: Event) => (copy = (event.currentTarget as HTMLInputElement).checked)} />
        <span>Chép cả lời ghi vào phần ghi nhận của nội dung</span></label>
      <ul class="list file-list">
        ${fitting.slice(0, MOST_SHOWN).map(
          ({ code, text }) => html`<li><button type="button" class="row-link" @click=${() => close({ code, copy })}>
            <span class="grow"><b>${code}</b> ${text}</span>${gradeBadge(model.answer(code).value?.grade ?? null)}
          </button></li>`,
        )}
      </ul>
      ${fitting.length > MOST_SHOWN ? html`<p class="soft">Còn ${fitting.length - MOST_SHOWN} nội dung khác: hãy gõ từ cần tìm.</p>` : fitting.length === 0 ? html`<p class="soft">Không có nội dung nào khớp.</p>` : ""}
      <div class="buttons end"><button type="button" class="button" @click=${() => close(null)}>Đóng</button></div>`;
  });
}

/** File the note of this name. */
export async function file(model: AuditModel, app: App, name: string): Promise<void> {
  await model.commit();
  const words = String(model.entry(name).value?.["text"] ?? "");
  const to = await ask(model, app, words);
  const now = model.entry(name).value;
  if (to === null || now === null) return;
  await model.setEntry(name, { ...now, criterion: to.code }, "now");
  if (to.copy && words.trim() !== "") {
    const before = model.answer(to.code).value?.note ?? "";
    const after = before.includes(words) ? before : [before, words].filter((each) => each.trim() !== "").join("\n");
    if (after.length <= LONGEST) await model.setAnswer(to.code, { note: after }, "now");
    else app.say(`Phần ghi nhận của ${to.code} đã dài: chỉ xếp ghi chú, không chép lời.`, "warn");
  }
  app.say(`Đã xếp ghi chú vào nội dung ${to.code}.`, "good");
}
