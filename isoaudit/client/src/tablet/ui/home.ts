// The audits on this device: how far each is, what of it waits to be sent, since when it is here; and those put away, which
// can be brought back for 14 days.
import { html, nothing, type TemplateResult } from "lit-html";
import { dayText, momentText, plusDays } from "../core/dates";
import type { Shelved } from "../store/packages";
import type { Unsent } from "../store/store";
import { KEPT_DAYS } from "../store/trash";
import type { Page, Room, Tablet } from "./frame";
import { ago } from "./frame-words";
import { roleWord, stateBadge, unsentWords } from "./home-words";
import { icon } from "./icons";
import { bar } from "./parts";
import { ownLines } from "./syncpage-rows";
import { openSync } from "./syncpage-sheet";
import { unsettledIn, unsettledWords, type Unsettled } from "./syncpage-unsettled";

/** How far an audit is, as it was when it was last open here (or taken along). */
export interface Far {
  answered: number;
  asked: number;
}
interface Line {
  shelved: Shelved;
  unsent: Unsent;
  unsettled: Unsettled | null;
  refused: number;
  far: Far | null;
}

let lines: Line[] | null = null;
let removed: Shelved[] = [];
let stop: () => void = () => undefined;

export const home: Page = {
  title: "Cuộc kiểm tra",

  async enter(app) {
    const { room } = app;
    if (!room) return;
    lines = null;
    const again = (): void => app.attempt(() => read(app, room));
    for (const source of [room.store.packages, room.store.ledger, room.store.photos]) source.addEventListener("change", again);
    stop = () => {
      for (const source of [room.store.packages, room.store.ledger, room.store.photos]) source.removeEventListener("change", again);
    };
    await read(app, room);
  },

  leave() {
    stop();
  },

  render(app) {
    return html`<div class="page">
      <div class="page-head">
        <h1>Cuộc kiểm tra trên thiết bị</h1>
        <p class="page-lead">Làm việc được cả khi không có mạng. Mọi thay đổi được lưu trên máy và tự gửi khi có mạng.</p>
      </div>
      ${lines === null ? html`<p class="soft" role="status">Đang mở…</p>` : lines.length === 0 ? none(app) : list(app, lines)}
      ${removed.length > 0 ? putAway(app) : nothing}
    </div>`;
  },
};

async function read(app: Tablet, room: Room): Promise<void> {
  const { store } = room;
  const [shelved, own] = await Promise.all([store.packages.list(), ownLines(store)]);
  const refused = (audit: string): number => own.filter((line) => line.audit === audit && line.fate === "refused").length;
  lines = await Promise.all(
    shelved.map(async (line) => ({
      shelved: line,
      unsent: await store.unsent(line.audit),
      unsettled: await left(store, line.audit),
      refused: refused(line.audit),
      far: await store.settings.get<Far>(`far/${line.audit}`),
    })),
  );
  removed = await store.packages.list({ removed: true });
  app.refresh();
}

async function left(store: Room["store"], audit: string): Promise<Unsettled | null> {
  const pack = await store.packages.get(audit);
  return pack && unsettledIn(pack);
}

function none(app: Tablet): TemplateResult {
  if (app.room?.engine.wiped) return html`<div class="empty">${icon("lock")}<p>Thiết bị đã bị thu hồi: không còn cuộc kiểm tra nào trên máy.</p></div>`;
  return html`<div class="empty">
    ${icon("download")}
    <h2>Chưa mang theo cuộc kiểm tra nào</h2>
    <p>Trước khi đi, khi còn mạng, hãy tải về thiết bị những cuộc sẽ kiểm tra.</p>
    <div class="buttons centre"><a class="button primary" href="#/mang-theo">${icon("download")}Mang theo cuộc kiểm tra</a></div>
  </div>`;
}

function list(app: Tablet, found: Line[]): TemplateResult {
  return html`<ul class="list">
    ${found.map((line) => html`<li class="card">${card(app, line)}</li>`)}
  </ul>`;
}

function card(app: Tablet, { shelved, unsent, unsettled, refused, far }: Line): TemplateResult {
  const waits = unsentWords(unsent);
  const open = `#/cuoc/${encodeURIComponent(shelved.audit)}`;
  return html`<div class="card-head">
      <h2 class="card-title"><a class="cover" href=${open}>${shelved.unit.name}</a></h2>
      ${stateBadge(shelved.state)}
    </div>
    <p class="soft">${[shelved.unit.district, shelved.planned_on ? `ngày ${dayText(shelved.planned_on)}` : "", roleWord(shelved.role), shelved.core_only ? "bộ rút gọn" : ""].filter(Boolean).join(" · ")}</p>
    ${far
      ? html`<p class="progress-words">Đã trả lời ${far.answered}/${far.asked} nội dung</p>${bar(far.answered, far.asked, `Đã trả lời, ${shelved.unit.name}`)}`
      : nothing}
    ${unsettled ? html`<p class="flag bad">${icon("triangle")}${unsettledWords(unsettled)}</p>` : nothing}
    ${refused > 0 ? html`<p class="flag bad">${icon("cross")}${refused} thay đổi bị máy chủ từ chối, xem trang Đồng bộ</p>` : nothing}
    <p class="card-foot">
      ${waits ? html`<span class="flag wait">${icon("upload")}Chờ gửi: ${waits}</span>` : html`<span class="flag good">${icon("cloud")}Máy chủ đã xác nhận đủ</span>`}
      <span>Mang theo từ ${momentText(shelved.taken_at)}; cập nhật ${ago(shelved.fetched_at)}</span>
    </p>
    <div class="buttons end">
      <button class="button small plain above" @click=${() => app.attempt(() => remove(app, shelved, waits))}>${icon("trash")}Bỏ khỏi thiết bị</button>
      <a class="button primary above" href=${open}>Mở${icon("right")}</a>
    </div>`;
}

async function remove(app: Tablet, line: Shelved, waits: string): Promise<void> {
  const { room } = app;
  if (!room) return;
  if (waits) {
    app.say(`Chưa bỏ được: ${line.unit.name} còn ${waits} chưa được máy chủ xác nhận. Hãy đồng bộ trước.`, "warn", { label: "Đồng bộ", run: () => openSync(app) });
    return;
  }
  const sure = await app.ask({
    title: "Bỏ khỏi thiết bị?",
    text: `Máy chủ đã có đủ dữ liệu của ${line.unit.name}. Trong ${KEPT_DAYS} ngày vẫn lấy lại được trên thiết bị này mà không cần mạng.`,
    yes: "Bỏ khỏi thiết bị",
    danger: true,
  });
  if (sure === false) return;
  await room.store.putAway(line.audit);
  app.say(`Đã bỏ ${line.unit.name} khỏi thiết bị.`, "info", { label: "Lấy lại", run: () => app.attempt(() => room.store.bringBack(line.audit)) });
}

function putAway(app: Tablet): TemplateResult {
  return html`<details class="fold">
    <summary>${icon("right")}Đã bỏ khỏi thiết bị (${removed.length})</summary>
    <ul class="list">
      ${removed.map(
        (line) => html`<li class="card">
          <div class="card-head"><h2 class="card-title">${line.unit.name}</h2></div>
          <p class="soft">Bỏ ngày ${dayText(line.removed_at.slice(0, 10))}; lấy lại được đến ngày ${dayText(plusDays(line.removed_at.slice(0, 10), KEPT_DAYS))}</p>
          <div class="buttons end">
            <button class="button small" @click=${() => app.attempt(async () => app.room?.store.bringBack(line.audit))}>${icon("undo")}Lấy lại</button>
          </div>
        </li>`,
      )}
    </ul>
  </details>`;
}
