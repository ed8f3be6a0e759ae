// The sync as it runs, in a few words and a bar: in the dialog of the header's button and at the top of the sync page.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Engine, Progress } from "../sync/engine";
import type { Room, Tablet } from "./frame";
import { revokedBox } from "./frame-revoked";
import { icon } from "./icons";
import { bar } from "./parts";
import { troubleBox } from "./syncpage-trouble";
import { findUnsettled, unsettledLines, type Unsettled } from "./syncpage-unsettled";

/** Start a sync and show how it goes. */
export function openSync(app: Tablet): void {
  const { room } = app;
  if (!room) return;
  app.sync();
  app.attempt(() => sheet(app, room));
}

async function sheet(app: Tablet, room: Room): Promise<void> {
  const { packages } = room.store;
  let unsettled: Unsettled[] = [];
  const look = async (): Promise<void> => {
    unsettled = await findUnsettled(room.store);
    app.refresh();
  };
  const again = (): void => app.attempt(look);
  packages.addEventListener("change", again);
  again();
  try {
    await app.show("Đồng bộ", (close) => drawn(app, room, unsettled, () => close(null)));
  } finally {
    packages.removeEventListener("change", again);
  }
}

function drawn(app: Tablet, room: Room, unsettled: readonly Unsettled[], close: () => void): TemplateResult {
  return html`${state(app, room.engine)} ${unsettledLines(unsettled, close)}
    <div class="buttons">
      <button class="button primary" @click=${close}>Đóng</button>
      <a class="button" href="#/dong-bo" @click=${close}>Xem chi tiết</a>
    </div>`;
}

/** `again`: offer to try again where it broke off, and say what stands above a page where that is covered by the dialog. */
export function state(app: Tablet, engine: Engine, again = true): TemplateResult {
  if (engine.running && engine.progress) return going(engine.progress);
  if (engine.wiped) return again ? revokedBox(engine.reason) : html`${waits(engine)}`; // above the page there is a notice
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
