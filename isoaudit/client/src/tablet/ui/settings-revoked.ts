// Shown once the office has revoked this device: what went, what is left, and how to hand the rest over.
import { html, nothing, type TemplateResult } from "lit-html";
import { exportUnsent } from "../store/unsent";
import type { Page, Tablet } from "./frame";
import { icon } from "./icons";
import { download } from "./frame-file";

export const revoked: Page = {
  title: "Thiết bị đã bị thu hồi",
  render(app) {
    const wiped = app.room?.engine.wiped;
    if (!wiped) return html`<div class="page"><p>Thiết bị này không bị thu hồi.</p><a class="button" href="#/">Về danh sách</a></div>`;
    const { operations, photos, drafts } = wiped.left;
    const left = operations + photos + drafts;
    return html`<div class="page">
      <h1>Thiết bị đã bị thu hồi</h1>
      <div class="alert bad">${icon("lock")}<div>
        <p>Cơ quan thường trực đã thu hồi thiết bị này${app.room?.engine.reported?.reason ? html`: ${app.room.engine.reported.reason}` : ""}.</p>
        <p>Những gì máy chủ đã xác nhận đã được xóa khỏi thiết bị. Ngoài ra không có gì bị xóa.</p>
      </div></div>
      ${left > 0 ? remaining(app, operations + drafts, photos) : html`<p>Không còn dữ liệu nào của mình trên thiết bị.</p>`}
      <div class="buttons">
        ${left > 0 ? html`<button class="button primary" @click=${() => app.attempt(() => hand(app))}>${icon("download")}Xuất phần chưa gửi ra tệp</button>` : nothing}
        <button class="button" @click=${() => app.attempt(() => app.lock())}>Đóng</button>
      </div>
    </div>`;
  },
};

function remaining(app: Tablet, operations: number, photos: number): TemplateResult {
  return html`<p>Còn <strong>${operations} thay đổi</strong> và <strong>${photos} ảnh</strong> của ${app.person?.name} chưa đến máy chủ, đang được giữ nguyên.
    Hãy xuất ra tệp và giao cho cơ quan thường trực để nhập vào. Tệp không mã hóa: ai có tệp đều đọc được.</p>`;
}

async function hand(app: Tablet): Promise<void> {
  const { room } = app;
  if (!room) return;
  const made = await exportUnsent(room.store);
  download(made.name, made.blob);
  app.say(`Đã xuất ${made.operations} thay đổi và ${made.photos} ảnh ra tệp ${made.name}.`, "good");
}
