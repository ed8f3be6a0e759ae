// What keeps the minutes from being signed, in words, each a tap away from where it is mended.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { dayText } from "../core/dates";
import type { Criterion, Lack } from "../core/types";
import type { AuditModel } from "../model/audit";
import { tooFew } from "./dossiers";
import { icon } from "./icons";
import { countText } from "../model/minutes_words";
import { unfiled } from "./notes";
import { findings, unasked, wordless, wordOf } from "./opinion";

export interface Lacking {
  /** Where it is mended: tab and what follows. */
  to: readonly [string, ...string[]];
  name: string;
  words: string;
  unanswered: boolean;
}

const WORDS: Record<Lack, string> = {
  answer: "chưa trả lời",
  note: "chưa ghi bằng chứng",
  deadline: "chưa đặt thời hạn khắc phục",
  reason: "chưa nêu lý do không áp dụng",
  conflict: "còn hai nội dung chưa thống nhất, trưởng đoàn cần chọn",
  early: "thời hạn khắc phục đứng trước ngày lập biên bản",
  refused: "máy chủ không nhận nội dung gõ sau cùng",
};
const ENTRIES: Record<string, [tab: string, name: string]> = {
  dossier: ["ho-so", "Hồ sơ mẫu"],
  word: ["y-kien", "Ý kiến của đơn vị"],
  meeting: ["hop", "Nội dung họp"],
  attendance: ["hop", "Thành phần dự họp"],
  remarks: ["hop", "Nhận xét chung"],
  present: ["hop", "Thành phần dự họp"],
  unit_opinion: ["y-kien", "Ý kiến chung của đơn vị"],
};
const SHOWN = 12;

export function lacking(model: AuditModel, day: string): Lacking[] {
  const known = new Map(model.pack.checklist.criteria.map((each) => [each.code, each]));
  const found = model.missing(day).map(({ criterion, lack }) => line(criterion, known.get(criterion), lack));
  for (const each of findings(model)) {
    const word = wordOf(model, each.code);
    if (word && word.stance !== "agreed" && !word.text.trim()) {
      found.push({ to: ["y-kien"], name: `${each.code}. ${each.text}`, words: "ý kiến của đơn vị chưa ghi nội dung", unanswered: false });
    }
  }
  return found;
}

function line(target: string, criterion: Criterion | undefined, lack: Lack): Lacking {
  if (criterion) return { to: ["noi-dung", criterion.code], name: `${criterion.code}. ${criterion.text}`, words: WORDS[lack], unanswered: lack === "answer" };
  const [tab, name] = ENTRIES[/^@?(\w*)/.exec(target)?.[1] ?? ""] ?? ["noi-dung", target];
  return { to: [tab], name, words: WORDS[lack], unanswered: false };
}

/** The list; many unanswered criteria fold into one line. */
export function lackList(missing: readonly Lacking[], app: App): TemplateResult | typeof nothing {
  if (!missing.length) return nothing;
  const unanswered = missing.filter((each) => each.unanswered);
  const others = missing.filter((each) => !each.unanswered);
  const row = (each: Lacking): TemplateResult => html`<li>
    <a class="row-link" href=${app.to(...each.to)}><span class="grow">${each.name}<br /><strong class="lack">${each.words}</strong></span>${icon("right")}</a>
  </li>`;
  return html`<section>
    <h2>Còn thiếu</h2>
    ${others.length ? html`<ul class="list">${others.map(row)}</ul>` : nothing}
    ${unanswered.length > SHOWN
      ? html`<details class="fold"><summary>${icon("right")}${unanswered.length} nội dung chưa trả lời</summary><ul class="list">${unanswered.map(row)}</ul></details>`
      : html`<ul class="list">${unanswered.map(row)}</ul>`}
  </section>`;
}

/** What does not keep from signing and is mostly a slip; each in words, with the tab where it is mended. */
export function warnings(model: AuditModel, day: string): { to: string; words: string }[] {
  const codes = (list: readonly Criterion[]): string => list.map((each) => each.code).join(", ");
  const all = findings(model);
  const blank = all.filter(({ code }) => {
    const value = model.answer(code).value;
    return value?.grade === "opportunity" && !value.note.trim() && !value.request.trim();
  });
  const pending = all.filter((each) => wordless(model, each.code));
  const silent = unasked(model);
  const meeting = model.entry("meeting").value ?? {};
  const [began, ended] = [String(meeting["began"] ?? ""), String(meeting["ended"] ?? "")];
  const planned = model.pack.planned_on ?? "";
  const notes = unfiled(model);
  const few = tooFew(model);
  return [
    { to: "noi-dung", words: blank.length ? `${countText(blank.length)} khuyến nghị chưa ghi nội dung: ${codes(blank)}.` : "" },
    { to: "y-kien", words: pending.length ? `Đơn vị có ý kiến hoặc bảo lưu nhưng chưa ghi nội dung: ${codes(pending)}.` : "" },
    { to: "y-kien", words: silent.length ? `Chưa hỏi ý kiến đơn vị về ${countText(silent.length)} nội dung: ${codes(silent)}.` : "" },
    { to: "ghi-nhanh", words: notes ? `${countText(notes)} ghi chú nhanh chưa xếp vào nội dung nào.` : "" },
    { to: "ho-so", words: few ? `Hồ sơ mẫu còn ít. ${few}` : "" },
    { to: "hop", words: began && ended && ended < began ? `Giờ kết thúc (${ended}) đứng trước giờ bắt đầu (${began}).` : "" },
    { to: "ky", words: day && planned && day < planned ? `Ngày lập biên bản (${dayText(day)}) đứng trước ngày kiểm tra theo kế hoạch (${dayText(planned)}).` : "" },
  ].filter(({ words }) => words !== "");
}

export function warned(model: AuditModel, app: App, day: string): TemplateResult | typeof nothing {
  const all = warnings(model, day);
  if (!all.length) return nothing;
  return html`<div class="alert warn" id="sign-warnings">
    ${icon("triangle")}
    <div>
      <p><strong>Cần xem lại trước khi ký</strong> (vẫn ký được):</p>
      <ul>${all.map(({ to, words }) => html`<li>${words} ${to === "ky" ? nothing : html`<a href=${app.to(to)}>Ghi bổ sung</a>`}</li>`)}</ul>
    </div>
  </div>`;
}

/** What the paper will leave blank: nothing that keeps from signing, but better filled in before. */
export function blanks(model: AuditModel, app: App): TemplateResult | typeof nothing {
  const meeting = model.entry("meeting").value ?? {};
  const there = model.entries("attendance").some((each) => each.seen.value?.["side"] === "unit" && each.seen.value["name"]);
  const left = [
    meeting["began"] ? "" : "giờ bắt đầu",
    meeting["ended"] ? "" : "giờ kết thúc",
    there || model.field("present").value ? "" : "người dự họp của đơn vị",
    meeting["read_back"] === true ? "" : "việc đọc lại biên bản",
  ].filter(Boolean);
  if (!left.length) return nothing;
  return html`<div class="alert info">${icon("info")}<p>Biên bản chưa ghi: ${left.join(", ")}. <a href=${app.to("hop")}>Ghi bổ sung</a></p></div>`;
}
