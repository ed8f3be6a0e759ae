// What this device holds, the export of everything unsent, and what of the last 14 days can still be recovered.
import { html, nothing, type TemplateResult } from "lit-html";
import { dayText, momentText } from "../core/dates";
import type { Unsent } from "../store/store";
import { KEPT_DAYS, trash, type Trash } from "../store/trash";
import { unsentParts, type Part } from "../store/unsent";
import type { About } from "../sync/report";
import type { Room, Tablet } from "./frame";
import { size } from "./frame-words";
import { unsentWords } from "./home-words";
import { icon } from "./icons";
import { download } from "./frame-file";
import { handOver, partsWords } from "./syncpage-export";
import { sentLines } from "./syncpage-rows";
import { about } from "./unlock-room";

export class Holdings {
  private audits: { audit: string; name: string; unsent: Unsent }[] = [];
  private kept: Trash = { audits: [], photos: [], operations: [] };
  private device: About | null = null;
  private parts: Part[] = [];

  constructor(
    private readonly app: Tablet,
    private readonly room: Room,
  ) {}

  async read(): Promise<void> {
    const { store } = this.room;
    const names = new Map((await store.packages.list()).map((line) => [line.audit, line.unit.name]));
    const audits = await store.audits();
    this.audits = await Promise.all(
      audits.map(async (audit) => ({ audit, name: names.get(audit) ?? audit, unsent: await store.unsent(audit) })),
    );
    this.kept = await trash(store);
    this.device = await about(this.app);
    this.parts = await unsentParts(store);
  }

  render(): TemplateResult {
    return html`<section>
        <h2>Thiết bị này đang giữ</h2>
        <div class="panel">${this.facts()}</div>
      </section>
      <section>
        <h2>Xuất phần chưa gửi</h2>
        <div class="panel">
          <p>Khi không thể đồng bộ (thiết bị bị thu hồi, mạng không dùng được, hỏng hóc), xuất mọi thay đổi và ảnh chưa gửi ra một tệp rồi giao cho cơ quan thường trực nhập vào. Tệp không mã hóa: ai có tệp đều đọc được. ${partsWords(this.parts)}</p>
          <div class="buttons"><button class="button" @click=${() => this.app.attempt(() => this.export())}>${icon("download")}Xuất ra tệp</button></div>
        </div>
      </section>
      ${this.recoverable()}`;
  }

  private facts(): TemplateResult {
    const { device } = this;
    return html`<dl class="facts">
      <dt>Người dùng</dt><dd>${this.room.store.account.name} (${this.room.store.account.username})</dd>
      ${this.audits.map(({ name, unsent }) => html`<dt>${name}</dt><dd>${unsentWords(unsent) || "đã gửi đủ"}</dd>`)}
      ${device
        ? html`<dt>Thiết bị</dt><dd>${device.name} <span class="soft small num">${this.room.store.device.slice(0, 8)}</span></dd>
            <dt>Bộ nhớ</dt><dd>${device.quota > 0 ? `đã dùng ${size(device.usage)} trên ${size(device.quota)} được cấp` : "trình duyệt không cho biết"}; ${device.persisted ? "được lưu giữ lâu dài" : "chưa được bảo đảm lưu giữ lâu dài (trình duyệt có thể xóa khi thiết bị hết chỗ)"}</dd>`
        : nothing}
      <dt>Nhật ký</dt><dd><span class="num">${this.room.store.ledger.lastSeq}</span> thay đổi, mã chuỗi <span class="num">${this.room.store.ledger.chain.slice(0, 12) || "–"}</span></dd>
    </dl>`;
  }

  private recoverable(): TemplateResult {
    const { photos, operations } = this.kept;
    if (photos.length + operations.length === 0) return html``;
    const lines = sentLines(operations);
    return html`<section>
      <h2>Lấy lại trong ${KEPT_DAYS} ngày</h2>
      <div class="panel">
        <p>Những gì máy chủ đã xác nhận và những ảnh đã bỏ vẫn được giữ trên thiết bị ${KEPT_DAYS} ngày.</p>
        ${photos.length > 0
          ? html`<details class="fold">
              <summary>${icon("right")}Ảnh đã bỏ khỏi câu trả lời (${photos.length})</summary>
              <ul class="rows">
                ${photos.map(
                  (line) => html`<li class="row-head"><span class="grow">Bỏ lúc ${momentText(line.removed_at)}, ${size(line.size)}</span>
                    <button class="button small" @click=${() => this.app.attempt(() => this.save(line.audit, line.sha256))}>${icon("download")}Lấy lại</button></li>`,
                )}
              </ul>
            </details>`
          : nothing}
        ${lines.length > 0
          ? html`<details class="fold">
              <summary>${icon("right")}Thay đổi đã được xác nhận (${lines.length})</summary>
              <ul class="rows">
                ${lines.slice(0, 200).map(
                  (line) => html`<li><strong>${line.what}</strong> <span class="soft small num">${line.time} ngày ${dayText(line.day)}</span>
                    ${line.value ? html`<p class="row-value">${line.value}</p>` : nothing}</li>`,
                )}
              </ul>
            </details>`
          : nothing}
      </div>
    </section>`;
  }

  private async export(): Promise<void> {
    const open = this.app.model?.pack.audit;
    await this.app.model?.commit();
    await handOver(this.app, this.room, open === undefined ? [] : [open]);
  }

  private async save(audit: string, sha256: string): Promise<void> {
    const blob = await this.room.store.photos.blob(audit, sha256);
    if (blob === null) this.app.say("Ảnh không còn trên thiết bị.", "warn");
    else download(`anh-${sha256.slice(0, 8)}.${blob.type === "image/png" ? "png" : "jpg"}`, blob);
  }
}
