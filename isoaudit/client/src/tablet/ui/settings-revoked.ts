// Shown once the office has revoked this device: what went, what is left, how to hand the rest over, and how the device is
// used again when all of it has reached the server.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Engine } from "../sync/engine";
import type { Page, Tablet } from "./frame";
import { icon } from "./icons";
import { findUnseen, unseen, unseenPhotos } from "./settings-unseen";
import { handOver } from "./syncpage-export";
import { troubleBox } from "./syncpage-trouble";

export const revoked: Page = {
  title: "Thiết bị đã bị thu hồi",
  async enter({ room }) {
    if (room) await findUnseen(room);
  },
  signedIn(app) {
    const engine = app.room?.engine;
    if (engine && ["signin", "other"].includes(engine.trouble?.kind ?? "")) app.attempt(() => engine.run());
  },
  render(app) {
    const engine = app.room?.engine;
    if (!engine?.wiped) return html`<div class="page"><p>Thiết bị này không bị thu hồi.</p><a class="button" href="#/">Về danh sách</a></div>`;
    const { reason } = engine;
    return html`<div class="page">
      <h1>Thiết bị đã bị thu hồi</h1>
      <div class="alert bad">${icon("lock")}<div>
        <p>Cơ quan thường trực đã thu hồi thiết bị này${reason ? html`: ${reason}` : ""}.</p>
        <p>Những gì máy chủ đã xác nhận đã được xóa khỏi thiết bị. Ngoài ra không có gì bị xóa.</p>
      </div></div>
      ${engine.gone ? gone(app) : remaining(app, engine)}
    </div>`;
  },
};

function gone(app: Tablet): TemplateResult {
  return html`<div class="alert good" role="status">${icon("check")}
      <p>Máy chủ đã có đủ. Dữ liệu của ${app.person?.name} đã được xóa hết khỏi máy; không còn gì chưa gửi.</p></div>
    <p>Nếu được dùng lại máy này: thiết lập lại từ đầu (đăng nhập, đặt mã PIN, mang theo cuộc kiểm tra). Máy được ghi là một thiết bị mới, cơ quan thường trực không phải làm gì thêm.</p>
    <div class="buttons"><button class="button primary" @click=${() => app.attempt(() => app.lock())}>Thiết lập lại từ đầu</button></div>`;
}

function remaining(app: Tablet, engine: Engine): TemplateResult {
  const { operations, photos, drafts } = engine.wiped?.left ?? { operations: 0, photos: 0, drafts: 0 };
  const unsent = operations + photos + drafts > 0;
  const there = engine.reported?.ledger.last_seq;
  const sizes: [number, string][] = [[operations + drafts, "thay đổi"], [photos, "ảnh"], [unseen(), "ảnh chưa xem"]];
  const kept = sizes.filter(([size]) => size > 0).map(([size, what], place) => html`${place > 0 ? ", " : ""}<strong>${size} ${what}</strong>`);
  return html`<p>${kept.length > 0 ? html`Của ${app.person?.name}, chưa đến máy chủ và đang được giữ nguyên trên máy: ${kept}.` : nothing}
      ${there === undefined ? nothing : html`Máy chủ đã có <span class="num">${there}</span> trên <span class="num">${engine.store.ledger.lastSeq}</span> thay đổi làm trên máy này.`}</p>
    ${unseenPhotos(app)}
    <section>
      <h2>Việc cần làm</h2>
      <ol>
        ${unsent
          ? html`<li>Xuất phần chưa gửi ra tệp. Tệp không mã hóa: ai có tệp đều đọc được.</li>
              <li>Giao tệp cho cơ quan thường trực để nhập ở trang “Thiết bị kiểm tra”.</li>`
          : nothing}
        ${unseen() > 0 ? html`<li>Lưu các ảnh chưa xem ra tệp nếu còn cần, rồi bỏ khỏi máy.</li>` : nothing}
        <li>${unsent ? "Sau khi được báo đã nhập, bấm" : "Bấm"} “Xóa dữ liệu của tài khoản này khỏi máy”: ứng dụng hỏi máy chủ và chỉ xóa khi máy chủ đã có đủ. Sau đó có thể thiết lập lại máy để dùng tiếp.</li>
      </ol>
      <p>Nếu cơ quan thường trực đưa máy vào dùng lại: mở ứng dụng khi có mạng, phần chưa gửi được gửi đi như thường.</p>
      ${engine.running ? html`<p class="soft" role="status">Đang hỏi máy chủ…</p>` : engine.trouble ? troubleBox(app, engine.trouble, () => app.attempt(() => engine.run())) : nothing}
      <div class="buttons">
        ${unsent ? html`<button class="button primary" @click=${() => app.attempt(async () => app.room && handOver(app, app.room))}>${icon("download")}Xuất phần chưa gửi ra tệp</button>` : nothing}
        <button class="button" ?disabled=${engine.running} @click=${() => app.attempt(() => remove(app, engine))}>${icon("turn")}Xóa dữ liệu của tài khoản này khỏi máy</button>
        <button class="button" @click=${() => app.attempt(() => app.lock())}>Khóa</button>
      </div>
    </section>`;
}

/** Ask the server what it has by now; what it has goes, and with nothing left the account's data as a whole. */
async function remove(app: Tablet, engine: Engine): Promise<void> {
  const sure = await app.ask({
    title: "Xóa dữ liệu khỏi máy?",
    text: `Ứng dụng hỏi máy chủ trước. Chỉ khi máy chủ đã có mọi thay đổi và ảnh, và không còn ảnh chưa xem, thì dữ liệu của ${app.person?.name} mới bị xóa khỏi máy; nếu còn thiếu thì phần thiếu được giữ nguyên.`,
    yes: "Hỏi máy chủ rồi xóa",
    danger: true,
  });
  if (sure === false || (await engine.run()) !== null || engine.wiped === null || engine.gone) return;
  const { operations, photos, drafts, waiting } = engine.wiped.left;
  const missing = operations + photos + drafts > 0 ? `máy chủ còn thiếu ${operations + drafts} thay đổi và ${photos} ảnh. Hãy giao tệp đã xuất cho cơ quan thường trực.` : "";
  const unlooked = waiting > 0 ? `còn ${waiting} ảnh chưa xem. Hãy lưu ra tệp nếu cần rồi bỏ khỏi máy.` : "";
  app.say(`Chưa xóa: ${[missing, unlooked].filter(Boolean).join(" Ngoài ra ")}`, missing ? "warn" : "info");
}
