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

/** Find out which photos of the audit wait. */
export async function findWaiting(model: AuditModel, app: App): Promise<void> {
  waiting.set(model, await model.waiting.list());
  app.refresh();
}

/** The offer above the list; nothing while photos are being looked at. */
export function waitingPhotos(model: AuditModel, app: App): TemplateResult | typeof nothing {
  const lines = waiting.get(model) ?? [];
  if (lines.length === 0 || looking) return nothing;
  const codes = [...new Set(lines.map((line) => line.criterion))].join(", ");
  const again = (): Promise<void> =>
    look(model, app, lines.map((line): Taken => ({ criterion: line.criterion, name: line.name, line, file: () => model.waiting.file(line), again: true })));
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
