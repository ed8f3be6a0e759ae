// Why nothing more can be written in an audit, in words: signed, or cancelled.
import { html, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { AuditModel } from "../model/audit";
import { icon } from "./icons";

export function cancelled(model: AuditModel): boolean {
  return model.pack.state === "cancelled";
}

/** Above the list of criteria. */
export function lockedAlert(model: AuditModel, app: App): TemplateResult {
  return html`<div class="alert info">${icon("lock")}
    <p>${cancelled(model)
      ? "Cuộc kiểm tra đã hủy: nội dung đã khóa. Những gì đã ghi vẫn được giữ; cần dùng lại thì báo cơ quan thường trực."
      : html`Biên bản đã ký: nội dung đã khóa. Muốn sửa, trưởng đoàn lập bản sửa đổi ở mục <a href=${app.to("ky")}>Ký</a>.`}</p>
  </div>`;
}

/** In place of the screen on which minutes are signed. */
export function cancelledPage(model: AuditModel, app: App): TemplateResult {
  return html`<div class="page">
    <div class="page-head"><h1>Cuộc kiểm tra đã hủy</h1></div>
    ${lockedAlert(model, app)}
  </div>`;
}
