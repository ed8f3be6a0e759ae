// Handing unsent work over as a file, or, where that would be more than the office's page takes at once, as several: each is
// made when it is asked for, because one alone may be a gigabyte.
import { html, nothing } from "lit-html";
import { exportUnsent, LARGEST, unsentParts, type Exported, type Part } from "../store/unsent";
import type { Room, Tablet } from "./frame";
import { download } from "./frame-file";
import { size } from "./frame-words";
import { icon } from "./icons";

/** `open`: audits whose model has committed its own. */
export async function handOver(app: Tablet, { store }: Room, open: readonly string[] = []): Promise<void> {
  await store.commitDrafts(open);
  const parts = await unsentParts(store);
  const make = async (part: Part): Promise<Exported> => {
    const made = await exportUnsent(store, open, part);
    download(made.name, made.blob);
    return made;
  };
  const [whole] = parts;
  if (whole && parts.length === 1) {
    const made = await make(whole);
    app.say(`Đã xuất ${made.operations} thay đổi và ${made.photos} ảnh (${size(made.blob.size)}) ra tệp ${made.name}. Dữ liệu trên thiết bị vẫn giữ nguyên.`, "good");
  } else if (whole) await several(app, parts, make);
  else app.say("Không còn gì chưa gửi để xuất.", "info");
}

function several(app: Tablet, parts: readonly Part[], make: (part: Part) => Promise<Exported>): Promise<unknown> {
  const saved = new Set<number>();
  let busy = false;
  const save = async (part: Part): Promise<void> => {
    busy = true;
    app.refresh();
    try {
      await make(part);
      saved.add(part.number);
    } finally {
      busy = false;
      app.refresh();
    }
  };
  return app.show(`Xuất ra ${parts.length} tệp`, (close) => html`
    <p>${partsWords(parts)} Lưu từng tệp (máy cần trống chừng ấy bộ nhớ), giao đủ cả ${parts.length} tệp; nhập theo thứ tự nào cũng được.</p>
    <ul class="rows">
      ${parts.map((part) => html`<li class="row-head">
        <span class="grow">Tệp ${part.number}/${parts.length}: ${part.photos.length} ảnh, ${size(part.bytes)}${saved.has(part.number) ? html` <span class="flag good">${icon("check")}đã lưu</span>` : nothing}</span>
        <button type="button" class="button" ?disabled=${busy} @click=${() => app.attempt(() => save(part))}>${icon("download")}Lưu tệp ${part.number}</button>
      </li>`)}
    </ul>
    <div class="buttons"><button type="button" class="button primary" @click=${() => close(null)}>Đóng</button></div>`);
}

/** How much the file or the files will be; "" for a file of words alone. */
export function partsWords(parts: readonly Part[]): string {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes === 0) return "";
  const much = `Ảnh chưa gửi nặng ${size(bytes)}.`;
  return parts.length > 1 ? `${much} Cơ quan thường trực nhập được mỗi tệp nhiều nhất khoảng ${size(LARGEST)}, nên chia thành ${parts.length} tệp.` : much;
}
