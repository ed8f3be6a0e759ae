// The photos of a criterion: small pictures with captions, looking at one, removing it. Taking more is in photo-taking.ts.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { momentText } from "../core/dates";
import type { PhotoEntry } from "../core/types";
import type { AuditModel } from "../model/audit";
import { icon } from "./icons";
import { holds, typed } from "./parts";
import { take } from "./photo-taking";

const LONGEST_CAPTION = 500;
const MOST_ADDRESSES = 120;
/** Object addresses of photos that were shown, null for those that this device does not have; the oldest are given back. */
const addresses = new Map<string, string | null>();
const loading = new Set<string>();

export function gallery(model: AuditModel, app: App, code: string): TemplateResult {
  const photos = model.answer(code).value?.evidence ?? [];
  return html`<div class="field" role="group" aria-label="Ảnh của nội dung ${code}">
    <span class="label">Ảnh ${photos.length > 0 ? html`<span class="tally">${photos.length}</span>` : nothing}</span>
    ${photos.length > 0 ? html`<ul class="photos">${photos.map((sha, place) => tile(model, app, code, sha, place))}</ul>` : nothing}
    <div class="photo-adds">
      ${source(model, app, code, "camera", "Chụp ảnh")} ${source(model, app, code, "plus", "Chọn ảnh có sẵn")}
    </div>
  </div>`;
}

/** A button that opens the camera or the pictures of the device. What is being typed is kept first: Android may end the page meanwhile. */
function source(model: AuditModel, app: App, code: string, image: "camera" | "plus", words: string): TemplateResult {
  const chosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    app.attempt(() => take(model, app, code, files));
  };
  return html`<label class="button small file">
    ${icon(image)}<span>${words}</span>
    <input class="unseen" type="file" accept="image/*" capture=${image === "camera" ? "environment" : nothing} multiple ?disabled=${model.locked}
      @click=${() => app.attempt(() => model.commit())} @change=${chosen} />
  </label>`;
}

/** Give back what was opened: nobody else is to see it after locking. */
export function forgetPhotos(): void {
  for (const given of addresses.values()) if (given) URL.revokeObjectURL(given);
  addresses.clear();
}

function tile(model: AuditModel, app: App, code: string, sha: string, place: number): TemplateResult {
  const name = `photo/${sha}`;
  const data = entry(model, sha);
  const write = (event: Event): void => app.attempt(() => model.setEntry(name, { ...entry(model, sha), caption: typed(event) }, "typing"));
  return html`<li class="photo">
    <button type="button" class="photo-open" aria-label="Xem ảnh ${place + 1}${data.caption ? `: ${data.caption}` : ""}" @click=${() => app.attempt(() => view(model, app, code, sha))}>
      ${picture(model, app, sha, "", false)}
    </button>
    <input aria-label="Chú thích ảnh ${place + 1}" placeholder="Chú thích" autocomplete="off" maxlength=${LONGEST_CAPTION} ?disabled=${model.locked}
      ${holds(data.caption)} @input=${write} @blur=${() => app.attempt(() => model.commit())} />
  </li>`;
}

/** One photo as large as the window allows, with what is known of it. */
async function view(model: AuditModel, app: App, code: string, first: string): Promise<void> {
  let sha = first;
  await app.show("Ảnh", (close) => {
    const photos = model.answer(code).value?.evidence ?? [];
    const place = photos.indexOf(sha);
    const data = entry(model, sha);
    const facts = [
      data.taken_at ? `Chụp lúc ${momentText(data.taken_at)}` : "",
      data.latitude ? `Vị trí ${data.latitude}, ${data.longitude}` : "",
      data.blurred ? "Đã che một phần" : "",
    ].filter((each) => each !== "");
    const turn = (by: number): void => {
      sha = photos[place + by] ?? sha;
      app.refresh();
    };
    const remove = async (): Promise<void> => {
      await model.removePhoto(code, sha);
      close(null);
      app.say("Đã bỏ ảnh khỏi nội dung này. Bấm “Hoàn tác” để lấy lại.", "info");
    };
    return html`<div class="photo-view">${picture(model, app, sha, data.caption || `Ảnh ${place + 1} của nội dung ${code}`, true)}</div>
      ${data.caption ? html`<p>${data.caption}</p>` : nothing}
      ${facts.length > 0 ? html`<p class="small soft">${facts.join(" · ")}</p>` : nothing}
      <div class="buttons">
        <button type="button" class="button square" aria-label="Ảnh trước" ?disabled=${place <= 0} @click=${() => turn(-1)}>${icon("left")}</button>
        <span class="num">${place + 1}/${photos.length}</span>
        <button type="button" class="button square" aria-label="Ảnh sau" ?disabled=${place >= photos.length - 1} @click=${() => turn(1)}>${icon("right")}</button>
        <span class="grow"></span>
        <button type="button" class="button danger" ?hidden=${model.locked} @click=${() => app.attempt(remove)}>${icon("trash")}Bỏ ảnh</button>
        <button type="button" class="button primary" @click=${() => close(null)}>Đóng</button>
      </div>`;
  });
}

/** The photo, or words where this device does not have it. */
function picture(model: AuditModel, app: App, sha: string, words: string, large: boolean): TemplateResult {
  const kept = large ? sha : `small ${sha}`;
  const found = addresses.get(kept);
  if (found) return html`<img src=${found} alt=${words} decoding="async" />`;
  if (found === null) return html`<span class="photo-away">${icon("cloud")}<span>Ảnh không có trên máy này</span></span>`;
  if (!loading.has(kept)) app.attempt(() => load(app, kept, () => (large ? model.photo(sha) : small(model, sha))));
  return html`<span class="photo-away">Đang mở…</span>`;
}

async function small(model: AuditModel, sha: string): Promise<Blob | null> {
  return (await model.thumbnail(sha)) ?? model.photo(sha);
}

async function load(app: App, kept: string, read: () => Promise<Blob | null>): Promise<void> {
  loading.add(kept);
  try {
    const blob = await read();
    addresses.set(kept, blob && URL.createObjectURL(blob));
    for (const [oldest, given] of addresses) {
      if (addresses.size <= MOST_ADDRESSES) break;
      addresses.delete(oldest);
      if (given) URL.revokeObjectURL(given);
    }
  } catch (error) {
    addresses.set(kept, null);
    throw error;
  } finally {
    loading.delete(kept);
    app.refresh();
  }
}

function entry(model: AuditModel, sha: string): PhotoEntry {
  const data = model.entry(`photo/${sha}`).value ?? {};
  const text = (key: string): string => (typeof data[key] === "string" ? data[key] : "");
  return {
    criterion: text("criterion"),
    caption: text("caption"),
    taken_at: text("taken_at"),
    latitude: text("latitude"),
    longitude: text("longitude"),
    blurred: data["blurred"] === true,
  };
}
