// The sync as it runs, in a few words and a bar: in the dialog of the header's button and at the top of the sync page.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Engine, Progress } from "../sync/engine";
import type { Room, Tablet } from "./frame";
import { icon } from "./icons";
import { bar } from "./parts";
import { troubleBox } from "./syncpage-trouble";

/** Start a sync and show how it goes. */
export function openSync(app: Tablet): void {
  const { room } = app;
  if (!room) return;
  app.sync();
  app.attempt(() => app.show("Đồng bộ", (close) => sheet(app, room, () => close(null))));
}

function sheet(app: Tablet, room: Room, close: () => void): TemplateResult {
  return html`${state(app, room.engine)}
    <div class="buttons">
      <button class="button primary" @click=${close}>Đóng</button>
      <a class="button" href="#/dong-bo" @click=${close}>Xem chi tiết</a>
    </div>`;
}

/** `again`: offer to try again where it broke off. */
export function state(app: Tablet, engine: Engine, again = true): TemplateResult {
  if (engine.running && engine.progress) return going(engine.progress);
  if (engine.trouble) return html`${troubleBox(app, engine.trouble, again ? () => app.sync() : undefined)} ${waits(engine)}`;
  if (engine.waiting > 0) return html`${waits(engine)}`;
  return html`<div class="alert good" role="status">
    ${icon("check")}
    <p>Máy chủ đã xác nhận mọi thay đổi và ảnh trên thiết bị này.</p>
  </div>`;
}

function waits(engine: Engine): TemplateResult | typeof nothing {
  if (engine.waiting === 0) return nothing;
  return html`<p role="status"><strong class="num">${engine.waiting}</strong> mục chờ gửi, đang được giữ an toàn trên thiết bị.</p>`;
}

function going(progress: Progress): TemplateResult {
  const { step, done, total, part } = progress;
  const words = {
    session: "Đang liên hệ máy chủ…",
    report: "Đang đối chiếu với máy chủ…",
    photos: `Đang gửi ảnh ${Math.min(done + 1, total)}/${total} (${Math.floor(part * 100)}%)`,
    operations: `Đang gửi thay đổi ${done}/${total}`,
    packages: `Đang lấy bản mới ${Math.min(done + 1, total)}/${total}`,
  }[step];
  return html`<div class="going" role="status">
    <p class="progress-words">${words}</p>
    ${total > 0 ? bar(done + part, total, words) : html`<progress aria-label=${words}></progress>`}
  </div>`;
}
