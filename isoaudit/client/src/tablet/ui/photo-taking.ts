// From the camera to the criterion: photos are kept on the device first, then looked at one after the other, then saved or
// dropped. Those that nobody has looked at to the end (a reload, a lock, a flat battery) are offered again above the list.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { PreparedPhoto } from "../core/types";
import type { AuditModel } from "../model/audit";
import { finish, open } from "../model/photos";
import type { WaitingPhoto } from "../store/waiting";
import { errorWords } from "./frame-errors";
import { icon } from "./icons";
import { edit, LOST } from "./photo-editor";

/** A photo to be looked at; `line` is null where the device had no room to keep it meanwhile. */
interface Taken {
  criterion: string;
  name: string;
  line: WaitingPhoto | null;
  file: () => Promise<Blob | null>;
  /** It was left before it was saved. */
  again: boolean;
}

const waiting = new WeakMap<AuditModel, WaitingPhoto[]>();
let looking = false;

/** Photos that have just been taken or chosen for a criterion. */
export async function take(model: AuditModel, app: App, code: string, files: readonly File[]): Promise<void> {
  const lines = await model.waiting.keep(code, files).catch(() => null);
  await look(model, app, files.map((file, place): Taken => {
    return { criterion: code, name: file.name, line: lines?.[place] ?? null, file: async () => file, again: false };
  }));
}

/** Find out which photos of the audit wait; the first time that there are any, an offer of them is brought into view. */
export async function findWaiting(model: AuditModel, app: App): Promise<void> {
  const first = !waiting.has(model);
  const lines = await model.waiting.list();
  waiting.set(model, lines);
  app.refresh();
  // Two frames: the app draws in the first, and the screen goes to its criterion in the second (work-reveal.ts).
  if (first && lines.length > 0) requestAnimationFrame(() => requestAnimationFrame(bringInView));
}

function bringInView(): void {
  const offers = [...document.querySelectorAll(".waiting-photos, .waiting-here")];
  const seen = (offer: Element): boolean => {
    const { top, bottom } = offer.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  };
  if (!offers.some(seen)) offers[0]?.scrollIntoView({ block: "center" });
}

/** How many photos of a criterion wait; none while photos are being looked at. */
export function waitingAt(model: AuditModel, code: string): number {
  return looking ? 0 : (waiting.get(model) ?? []).filter((line) => line.criterion === code).length;
}

/** The offer at a criterion. */
export function waitingHere(model: AuditModel, app: App, code: string): TemplateResult | typeof nothing {
  const many = waitingAt(model, code);
  if (many === 0 || model.locked) return nothing;
  const here = (): Promise<void> => lookAgain(model, app, (waiting.get(model) ?? []).filter((line) => line.criterion === code));
  return html`<div class="alert warn waiting-here">${icon("camera")}
    <div><p><b>${many} ảnh chưa lưu</b> của nội dung này.</p>
      <div class="buttons"><button type="button" class="button small" @click=${() => app.attempt(here)}>Xem và lưu ${many} ảnh</button></div></div>
  </div>`;
}

/** The offer above the list; nothing while photos are being looked at. */
export function waitingPhotos(model: AuditModel, app: App): TemplateResult | typeof nothing {
  const lines = waiting.get(model) ?? [];
  if (lines.length === 0 || looking) return nothing;
  const codes = [...new Set(lines.map((line) => line.criterion))].join(", ");
  const again = (): Promise<void> => lookAgain(model, app, lines);
  const drop = async (): Promise<void> => {
    const sure = await app.ask({ title: "Bỏ ảnh chưa lưu", text: `Bỏ ${lines.length} ảnh đã chụp mà chưa lưu? Không lấy lại được.`, yes: `Bỏ ${lines.length} ảnh`, danger: true });
    if (sure === false) return;
    await model.waiting.drop(lines);
    await findWaiting(model, app);
  };
  return html`<div class="alert warn waiting-photos">${icon("camera")}
    <div>
      <p>Có <b>${lines.length} ảnh đã chụp nhưng chưa lưu</b> (nội dung ${codes}).${model.locked ? " Nội dung đã khóa nên không lưu thêm được." : ` ${LOST}`}</p>
      <div class="buttons">
        ${model.locked ? nothing : html`<button type="button" class="button small" @click=${() => app.attempt(again)}>Xem lại và lưu</button>`}
        <button type="button" class="button small plain" @click=${() => app.attempt(drop)}>Bỏ</button>
      </div>
    </div>
  </div>`;
}

function lookAgain(model: AuditModel, app: App, lines: readonly WaitingPhoto[]): Promise<void> {
  return look(model, app, lines.map((line): Taken => ({ criterion: line.criterion, name: line.name, line, file: () => model.waiting.file(line), again: true })));
}

/** One after the other. Leaving a look without a choice ends it: this photo and the others go on waiting. */
async function look(model: AuditModel, app: App, photos: readonly Taken[]): Promise<void> {
  looking = true;
  try {
    for (const [place, taken] of photos.entries()) {
      if (!(await one(model, app, taken, photos.length > 1 ? `Ảnh ${place + 1}/${photos.length}` : "Xem lại trước khi lưu"))) break;
    }
  } finally {
    looking = false;
    await findWaiting(model, app);
  }
}

/** False when the look was left without a choice. */
async function one(model: AuditModel, app: App, taken: Taken, title: string): Promise<boolean> {
  const { line, criterion } = taken;
  const drop = async (): Promise<boolean> => {
    if (line !== null) await model.waiting.drop([line]);
    return true;
  };
  const file = await taken.file();
  const picture = file && (await open(file).catch(() => null));
  if (picture === null) {
    app.say(`Không đọc được tệp “${taken.name}”: không phải ảnh mà máy này mở được.`, "bad");
    return drop();
  }
  try {
    const hidden = await edit(app, picture, title, taken.again);
    if (hidden === null) return false;
    if (hidden === "drop") return await drop();
    const { photoTime, photoPlace } = app.choices;
    await save(model, app, criterion, await finish(picture, hidden, { time: photoTime, place: photoPlace }), line);
    return true;
  } finally {
    picture.pixels.close();
  }
}

/** A photo is not taken twice: what cannot be written now may be tried again, once there is room. */
async function save(model: AuditModel, app: App, code: string, photo: PreparedPhoto, line: WaitingPhoto | null): Promise<void> {
  for (;;) {
    try {
      await model.addPhoto(code, photo, line);
      return;
    } catch (error) {
      const again = await app.ask({ title: "Chưa lưu được ảnh", text: errorWords(error), yes: "Thử lại", no: line === null ? "Bỏ ảnh này" : "Để sau" });
      if (again === false) throw error;
    }
  }
}
