// "Biên bản": the minutes as paper will have them, made on the device. A draft until they are signed.
import "../css/minutes.css";
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { minutesOf, type Minutes } from "../model/minutes";
import { icon } from "./icons";
import { download } from "./frame-file";
import { fileName, fileText, footOf, handOver } from "./minutes-file";
import { sheet } from "./minutes-sheet";
import { sheetStyle } from "./minutes-style";
import type { Screen } from "./screens";
import { dayOf, signingOf } from "./sign-state";

const style = new CSSStyleSheet();

export const minutes: Screen = {
  title: "Biên bản",
  icon: "paper",
  enter: (model) => void model.commit(),
  leave: () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== style);
  },
  render: (model, app) => page(model, app),
};

/** The minutes as they stand: what was signed, or the draft. */
export function minutesNow(model: AuditModel): Minutes {
  const signing = signingOf(model);
  return minutesOf(model.pack, model.content(signing?.minuted_on ?? dayOf(model)), signing);
}

function page(model: AuditModel, app: App): TemplateResult {
  const now = minutesNow(model);
  const text = sheetStyle(footOf(now));
  if (style.cssRules.length === 0 || style_of !== text) style.replaceSync((style_of = text));
  if (!document.adoptedStyleSheets.includes(style)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  const missing = now.draft ? model.missing().length : 0;
  return html`<div class="page wide minutes-page">
      <div class="page-head no-print">
        ${now.draft
          ? html`<div class="alert warn">
              ${icon("triangle")}
              <p>
                Dự thảo để trình bày tại họp kết thúc.
                ${missing ? html`Còn ${missing} việc phải làm trước khi ký: <a href=${app.to("ky")}>xem danh sách</a>.` : html`<a href=${app.to("ky")}>Sang phần ký</a>.`}
              </p>
            </div>`
          : html`<div class="alert good">
              ${icon("lock")}
              <p>Biên bản đã ký; nội dung là nội dung có mã dưới chữ ký. In ra để đóng dấu, rồi đưa bản quét lên sau.</p>
            </div>`}
      </div>
      <div class="minutes-desk" tabindex="0" role="region" aria-label="Biên bản trên khổ A4">${sheet(now)}</div>
    </div>
    <div class="dock no-print">
      <button class="button" @click=${() => window.print()}>${icon("print")}In</button>
      <span class="dock-fill"></span>
      <button class="button" @click=${() => download(fileName(now), new Blob([fileText(now)], { type: "text/html" }))}>${icon("download")}Lưu tệp</button>
      ${typeof navigator.canShare === "function"
        ? html`<button class="button primary" @click=${() => app.attempt(() => give(now, app))}>${icon("share")}Gửi tệp</button>`
        : nothing}
    </div>`;
}

let style_of = "";

async function give(now: Minutes, app: App): Promise<void> {
  if (await handOver(now)) app.say(`Đã chuyển tệp ${fileName(now)}; mở bằng trình duyệt của máy tính để in.`, "good");
}
