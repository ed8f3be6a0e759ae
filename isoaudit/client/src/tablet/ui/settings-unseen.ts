// On a revoked device: the photos that were taken and that nobody has looked at. No audit is here any more under which they
// could be saved, so they can be handed to the device's downloads as they were taken, or dropped.
import { html, nothing, type TemplateResult } from "lit-html";
import { momentStamp, momentText } from "../core/dates";
import type { WaitingPhoto } from "../store/waiting";
import type { Room, Tablet } from "./frame";
import { download } from "./frame-file";
import { icon } from "./icons";

/** Between two files of one tap: browsers lose some of those that come faster. */
const PAUSE = 400;
/** More than these are folded: what else is to be done on this page stands below. */
const FEW = 3;

let lines: WaitingPhoto[] = [];
let handed = new Set<string>();

/** How many there are; known once findUnseen has run. */
export function unseen(): number {
  return lines.length;
}

export async function findUnseen({ engine, store }: Room): Promise<void> {
  lines = engine.gone ? [] : await store.waiting.list();
  handed = new Set(lines.flatMap(({ id }) => (handed.has(id) ? [id] : [])));
}

export function unseenPhotos(app: Tablet): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  const all = lines.length > 1;
  return html`<section>
    <h2>${lines.length} ảnh chưa xem</h2>
    <p>Ảnh đã chụp mà chưa xem lại và lưu vào nội dung kiểm tra. Tệp xuất phần chưa gửi không có những ảnh này. Nếu máy được đưa vào dùng lại và mang theo lại cuộc kiểm tra, ảnh được đưa ra để xem lại như thường.</p>
    <div class="alert warn">${icon("triangle")}<p>Tệp lưu ra là ảnh nguyên như lúc chụp, chưa che gì: có thể thấy giấy tờ, thông tin cá nhân, có khi cả vị trí chụp. Chỉ giao cho người có trách nhiệm.</p></div>
    ${lines.length > FEW ? html`<details class="fold"><summary>${icon("right")}Từng ảnh</summary>${rows(app)}</details>` : rows(app)}
    <div class="buttons">
      ${all ? html`<button type="button" class="button" @click=${() => app.attempt(() => save(app, lines))}>${icon("download")}Lưu cả ${lines.length} ảnh ra tệp</button>` : nothing}
      <button type="button" class="button" @click=${() => app.attempt(() => drop(app))}>${icon("trash")}Bỏ ${lines.length} ảnh chưa xem</button>
    </div>
  </section>`;
}

function rows(app: Tablet): TemplateResult {
  return html`<ul class="rows">
    ${lines.map(
      (line) => html`<li class="row-head"><span class="grow">Cuộc ${line.audit}, nội dung ${line.criterion}, chụp ${momentText(line.at)}${handed.has(line.id) ? html`<br /><span class="flag good">${icon("check")}đã lưu ra tệp</span>` : nothing}</span>
        <button type="button" class="button small" @click=${() => app.attempt(() => save(app, [line]))}>${icon("download")}Lưu ra tệp</button></li>`,
    )}
  </ul>`;
}

async function save(app: Tablet, chosen: readonly WaitingPhoto[]): Promise<void> {
  const { room } = app;
  if (!room) return;
  let done = 0;
  for (const line of chosen) {
    const file = await room.store.waiting.file(line);
    if (file === null) continue; // it was saved under its criterion, or dropped, meanwhile
    if (done > 0) await new Promise((resume) => window.setTimeout(resume, PAUSE));
    download(fileName(line), file);
    handed.add(line.id);
    done += 1;
  }
  await findUnseen(room);
  if (done > 0) app.say(`Đã đưa ${done} ảnh vào thư mục tải về của máy. Hãy mở ra xem đã đủ chưa trước khi bỏ.`, "good");
  app.refresh();
}

async function drop(app: Tablet): Promise<void> {
  const { room } = app;
  if (!room) return;
  await findUnseen(room);
  const going = [...lines];
  const lost = going.filter(({ id }) => !handed.has(id)).length;
  const sure = await app.ask({
    title: "Bỏ ảnh chưa xem?",
    text: `Bỏ ${going.length} ảnh đã chụp khỏi máy${lost > 0 ? `, trong đó ${lost} ảnh chưa lưu ra tệp` : ""}? Không lấy lại được.`,
    yes: `Bỏ ${going.length} ảnh`,
    danger: true,
  });
  if (sure === false) return;
  await room.store.waiting.drop(going);
  await findUnseen(room);
  app.refresh();
  await room.engine.run(); // it counts again what is left: with nothing left, the account goes
}

/** Where the photo belongs and when it was taken. */
export function fileName({ audit, criterion, at, id, name }: Omit<WaitingPhoto, "type">): string {
  const ending = /\.[a-z0-9]{2,5}$/i.exec(name)?.[0].toLowerCase() ?? ".jpg";
  const where = [audit, criterion].join("-").replace(/[^\p{L}\p{N}.-]+/gu, "-");
  return `anh-chua-xem-${where}-${momentStamp(new Date(at))}-${id.slice(-4)}${ending}`;
}
