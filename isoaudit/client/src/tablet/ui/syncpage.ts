// The sync page: how it stands, what waits and what was not taken, by day and audit, receipts, and what the device holds.
import { html, nothing, type TemplateResult } from "lit-html";
import { dayText, momentText, today } from "../core/dates";
import { AuditModel } from "../model/audit";
import type { Shelved } from "../store/packages";
import type { PhotoLine } from "../store/photos";
import type { Received } from "../sync/engine";
import { inWords } from "../sync/trouble";
import type { Page, Room, Tablet } from "./frame";
import { ago, size } from "./frame-words";
import { icon } from "./icons";
import { badge, bar, type Tone } from "./parts";
import { Holdings } from "./syncpage-holds";
import { ownLines, type Fate, type Line } from "./syncpage-rows";
import { state } from "./syncpage-sheet";
import { findUnsettled, unsettledLines, type Unsettled } from "./syncpage-unsettled";

const FATES: Record<Fate, [Tone, string, string]> = {
  waiting: ["wait", "clock", "chờ gửi"],
  held: ["wait", "clock", "chờ mục trước đến máy chủ"],
  confirmed: ["good", "check", "đã nhận"],
  conflict: ["bad", "triangle", "xung đột"],
  refused: ["bad", "cross", "bị từ chối"],
};
/** Lines of one day and audit that are shown before "Xem thêm". */
const FEW = 20;

let lines: Line[] = [];
let photos: PhotoLine[] = [];
let names = new Map<string, string>();
let states = new Map<string, string>();
let receipts: Received[] = [];
let synced = "";
let unsettled: Unsettled[] = [];
let holdings: Holdings | null = null;
let whole = new Set<string>();
let stop: () => void = () => undefined;
let more: (id: string) => void = () => undefined;

export const syncPage: Page = {
  title: "Đồng bộ",

  async enter(app) {
    const { room } = app;
    if (!room) return;
    whole = new Set();
    more = (id) => {
      whole.add(id);
      app.refresh();
    };
    holdings = new Holdings(app, room);
    let reading = false;
    const again = (): void => {
      if (reading) return;
      reading = true;
      window.setTimeout(() => {
        reading = false;
        app.attempt(() => read(app, room));
      }, 200);
    };
    const sources = [room.store.packages, room.store.ledger, room.store.photos, room.engine];
    for (const source of sources) source.addEventListener("change", again);
    stop = () => {
      for (const source of sources) source.removeEventListener("change", again);
    };
    await read(app, room);
  },

  leave() {
    stop();
    holdings = null;
  },

  render(app) {
    const { room } = app;
    if (!room) return html``;
    const trouble = lines.filter(({ fate }) => fate === "refused" || fate === "conflict");
    const waits = lines.filter(({ fate }) => fate === "waiting" || fate === "held" || fate === "confirmed");
    return html`<div class="page">
      <div class="page-head">
        <h1>Đồng bộ</h1>
        <p class="page-lead">${synced ? `Lần đồng bộ trọn vẹn gần nhất: ${momentText(synced)} (${ago(synced)}).` : "Chưa đồng bộ lần nào trên thiết bị này."}</p>
      </div>
      <div class="panel">
        ${state(app, room.engine, false)} ${unsettledLines(unsettled)}
        <div class="buttons">
          <button class="button primary" ?disabled=${room.engine.running} @click=${() => app.sync()}>${icon("turn")}Đồng bộ ngay</button>
        </div>
      </div>
      ${odd(room)} ${trouble.length > 0 ? section("Cần xử lý", trouble, todo, (group) => anew(app, room, group)) : nothing}
      ${photos.length > 0 ? sending(room) : nothing} ${waits.length > 0 ? section("Chờ máy chủ xác nhận", waits, () => nothing, () => nothing) : nothing}
      ${receipts.length > 0 ? receiptList() : nothing} ${holdings?.render() ?? nothing}
    </div>`;
  },
};

async function read(app: Tablet, room: Room): Promise<void> {
  const { store } = room;
  const shelved: Shelved[] = [...(await store.packages.list({ removed: true })), ...(await store.packages.list())];
  names = new Map(shelved.map((line) => [line.audit, line.unit.name]));
  states = new Map(shelved.map((line) => [line.audit, line.state]));
  lines = await ownLines(store);
  photos = await store.photos.unsent();
  receipts = (await store.settings.get<Received[]>("receipts")) ?? [];
  unsettled = await findUnsettled(store);
  synced = (await store.settings.get<string>("synced_at")) ?? "";
  await holdings?.read();
  app.refresh();
}

/** Lines by day, newest first, and within a day by audit. */
function section(
  title: string,
  all: Line[],
  after: (line: Line) => TemplateResult | typeof nothing,
  below: (group: readonly Line[]) => TemplateResult | typeof nothing,
): TemplateResult {
  const groups = new Map<string, Line[]>();
  for (const line of all) {
    const key = `${line.day} ${line.audit}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return html`<section>
    <h2>${title} <span class="tally">${all.length}</span></h2>
    ${[...groups].map(([key, group]) => {
      const first = group[0];
      if (!first) return nothing;
      const id = `${title} ${key}`;
      const shown = whole.has(id) ? group : group.slice(0, FEW);
      return html`<div class="panel">
        <h3>${names.get(first.audit) ?? first.audit} <span class="soft small">· ${first.day === today() ? "hôm nay" : dayText(first.day)}</span></h3>
        <ul class="rows">
          ${shown.map(
            (line) => html`<li>
              <div class="row-head"><span class="grow"><strong>${line.what}</strong> <span class="soft small num">${line.time}</span></span>${fateBadge(line)}</div>
              ${line.value ? html`<p class="row-value">${line.value}</p>` : nothing} ${after(line)}
            </li>`,
          )}
        </ul>
        ${shown.length < group.length
          ? html`<button class="button small" @click=${() => more(id)}>Xem thêm ${group.length - shown.length} mục</button>`
          : nothing}
        ${below(group)}
      </div>`;
    })}
  </section>`;
}

function fateBadge(line: Line): TemplateResult {
  const [tone, image, words] = FATES[line.fate];
  return badge(tone, image, line.late ? `${words}, đến sau khi ký` : words);
}

/** What the person can do about a line that was not taken. */
function todo(line: Line): TemplateResult {
  const audit = `#/cuoc/${encodeURIComponent(line.audit)}`;
  const about = line.target.startsWith("@") ? audit : `${audit}/noi-dung/${encodeURIComponent(line.target)}`;
  if (line.fate === "refused") {
    const open = ["planned", "under_way"].includes(states.get(line.audit) ?? "planned");
    return html`<p class="row-todo">${line.said || "Máy chủ không nói rõ lý do."} Nội dung vẫn còn trên thiết bị${open ? ": mở ra, sửa lại rồi lưu; bản sửa sẽ được gửi thay." : "."}</p>
      <a class="button small" href=${about}>${open ? "Mở để sửa" : "Mở để xem"}</a>`;
  }
  return html`<p class="row-todo">${line.late ? "Đến máy chủ sau khi biên bản đã ký: được giữ lại và cần bản sửa đổi." : "Thiết bị khác đã ghi giá trị khác. Cả hai được giữ; trưởng đoàn chọn giá trị đúng."}</p>
    <a class="button small" href="${audit}/xung-dot">Xem hai giá trị</a>`;
}

/** Many refused for one cause (out of the team for a while, a restored server) are sent again at once when it is gone. */
function anew(app: Tablet, room: Room, group: readonly Line[]): TemplateResult | typeof nothing {
  const audit = group[0]?.audit;
  if (audit === undefined || group.filter(({ fate }) => fate === "refused").length < 2) return nothing;
  return html`<p class="row-todo">Khi nguyên nhân bị từ chối không còn (ví dụ đã được đưa lại vào đoàn), gửi lại tất cả mục bị từ chối của cuộc này mà không phải nhập lại.</p>
    <button class="button small" @click=${() => app.attempt(() => resend(app, room, audit))}>${icon("turn")}Gửi lại tất cả</button>`;
}

async function resend(app: Tablet, room: Room, audit: string): Promise<void> {
  const model = await AuditModel.open(room.store, audit);
  try {
    app.say(`Đang gửi lại ${await model.resend()} mục.`);
  } finally {
    await model.close();
  }
  app.sync();
}

function odd(room: Room): TemplateResult | typeof nothing {
  if (room.engine.odd.length === 0) return nothing;
  return html`<section>
    <h2>Chưa trao đổi được</h2>
    ${room.engine.odd.map(({ audit, photo, trouble }) => {
      const { what, todo } = inWords(trouble);
      return html`<div class="alert warn">${icon("triangle")}
        <p><strong>${names.get(audit) ?? audit}${photo ? `, ảnh ${photo.slice(0, 8)}` : ""}:</strong> ${what} ${todo}</p></div>`;
    })}
  </section>`;
}

function sending(room: Room): TemplateResult {
  const bytes = photos.reduce((sum, { size }) => sum + size, 0);
  const { progress } = room.engine;
  return html`<section>
    <h2>Ảnh chờ gửi <span class="tally">${photos.length}</span></h2>
    <div class="panel">
      <p>Tổng dung lượng ${size(bytes)}. Ảnh gửi dở được gửi tiếp từ chỗ dừng.</p>
      ${progress?.step === "photos" ? bar(progress.done + progress.part, progress.total, "Ảnh đã gửi") : nothing}
    </div>
  </section>`;
}

function receiptList(): TemplateResult {
  return html`<details class="fold">
    <summary>${icon("right")}Biên nhận của máy chủ (${receipts.length})</summary>
    <div class="table-box">
      <table>
        <thead><tr><th scope="col">Lúc</th><th scope="col">Thay đổi</th><th scope="col">Ảnh</th><th scope="col">Đến số</th><th scope="col">Mã chuỗi</th></tr></thead>
        <tbody>
          ${receipts.map(
            (each) => html`<tr><td class="nowrap">${momentText(each.at)}</td><td class="num">${each.operations}</td><td class="num">${each.photos}</td><td class="num">${each.through}</td><td class="num">${each.chain.slice(0, 12)}</td></tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
