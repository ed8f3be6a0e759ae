// The look at a photo before it is saved: a reminder about papers of citizens, and parts made unreadable by dragging over
// them. With the keyboard: Enter puts a part in the middle, arrows move the last one, with Shift they change its size.
import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { App } from "../app";
import { clip, hide, type Area, type Picture } from "../model/photos";
import { icon } from "./icons";

const STEP = 0.03;
const FIRST = 0.2;
/** Shorter drags are taps, in pixels of the picture. */
const SHORTEST = 12;
const DIRECTIONS: Record<string, [x: number, y: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What was drawn lives only as long as the look: the file that waits is as the camera gave it. */
export const LOST = "Phần che (nếu có) đã mất khi tải lại hoặc thoát ra: hãy che lại trước khi lưu.";

/** `again`: it was looked at before and not saved. The parts to hide, none being none; "drop" when the photo is not to be kept; null when it was left without a choice. */
export function edit(app: App, picture: Picture, title: string, again: boolean): Promise<Area[] | "drop" | null> {
  const editor = new Editor(app, picture, again);
  return app.show<Area[] | "drop">(title, (close) => editor.draw(close));
}

class Editor {
  private areas: Area[] = [];
  private drag: Area | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private readonly mounted = ref((element) => this.mount(element));

  constructor(
    private readonly app: App,
    private readonly picture: Picture,
    private readonly again: boolean,
  ) {}

  draw(close: (areas: Area[] | "drop" | null) => void): TemplateResult {
    const { width, height } = this.picture.pixels;
    return html`<div class="alert warn">${icon("triangle")}
        <p>Không chụp giấy tờ tùy thân, thông tin riêng của công dân. Cần che phần nào, kéo ngón tay trên phần đó: phần đã che không khôi phục được.</p>
      </div>
      ${this.again && this.areas.length === 0 ? html`<div class="alert bad photo-again">${icon("triangle")}<p>${LOST}</p></div>` : nothing}
      <canvas class="photo-canvas" width=${width} height=${height} tabindex="0" role="application"
        aria-label="Ảnh vừa chụp. Kéo để che một phần; hoặc bấm Enter để che ở giữa, phím mũi tên để dời, Shift và mũi tên để đổi cỡ."
        ${this.mounted} @pointerdown=${(event: PointerEvent) => this.begin(event)} @pointermove=${(event: PointerEvent) => this.move(event)}
        @pointerup=${(event: PointerEvent) => this.end(event)} @pointercancel=${() => this.stop()} @keydown=${(event: KeyboardEvent) => this.key(event)}></canvas>
      <p class="small soft" role="status">${this.areas.length === 0 ? "Chưa che phần nào." : `Đã che ${this.areas.length} phần.`}</p>
      <div class="buttons">
        <button type="button" class="button" ?disabled=${this.areas.length === 0} @click=${() => this.back()}>${icon("undo")}Bỏ phần che cuối</button>
        <span class="grow"></span>
        <button type="button" class="button" @click=${() => close("drop")}>Không lưu</button>
        <button type="button" class="button primary" @click=${() => close(this.areas)}>${icon("check")}Lưu ảnh</button>
      </div>`;
  }

  private mount(element: Element | undefined): void {
    this.canvas = element instanceof HTMLCanvasElement ? element : null;
    this.paint();
  }

  private paint(): void {
    const target = this.canvas?.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!target) return;
    target.drawImage(this.picture.pixels, 0, 0);
    hide(target, this.areas);
    if (!this.drag) return;
    target.lineWidth = Math.max(3, target.canvas.width / 300);
    for (const [colour, dash] of [["#fff", []], ["#000", [12, 12]]] as const) {
      target.strokeStyle = colour;
      target.setLineDash([...dash]);
      target.strokeRect(this.drag.x, this.drag.y, this.drag.width, this.drag.height);
    }
  }

  private point(event: PointerEvent): { x: number; y: number } {
    const box = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    const { width, height } = this.picture.pixels;
    return { x: ((event.clientX - box.left) / box.width) * width, y: ((event.clientY - box.top) / box.height) * height };
  }

  private begin(event: PointerEvent): void {
    if (!event.isPrimary) return;
    (event.currentTarget as HTMLCanvasElement).setPointerCapture(event.pointerId);
    this.drag = { ...this.point(event), width: 0, height: 0 };
  }

  private move(event: PointerEvent): void {
    if (!this.drag || !event.isPrimary) return;
    const { x, y } = this.point(event);
    this.drag.width = x - this.drag.x;
    this.drag.height = y - this.drag.y;
    this.paint();
  }

  private end(event: PointerEvent): void {
    this.move(event);
    const { drag } = this;
    this.stop();
    if (drag && Math.abs(drag.width) > SHORTEST && Math.abs(drag.height) > SHORTEST) this.put(drag);
  }

  private stop(): void {
    this.drag = null;
    this.paint();
  }

  private put(area: Area): void {
    const { width, height } = this.picture.pixels;
    const inside = clip(area, width, height);
    if (inside) this.areas = [...this.areas, inside];
    this.changed();
  }

  private back(): void {
    this.areas = this.areas.slice(0, -1);
    this.changed();
  }

  private key(event: KeyboardEvent): void {
    const { width, height } = this.picture.pixels;
    if (event.key === "Enter") {
      this.put({ x: (width * (1 - FIRST)) / 2, y: (height * (1 - FIRST)) / 2, width: width * FIRST, height: height * FIRST });
    } else {
      const way = DIRECTIONS[event.key];
      const last = this.areas[this.areas.length - 1];
      if (!way || !last) return;
      const [dx, dy] = [way[0] * width * STEP, way[1] * height * STEP];
      const next = event.shiftKey
        ? { ...last, width: Math.max(SHORTEST, last.width + dx), height: Math.max(SHORTEST, last.height + dy) }
        : { ...last, x: last.x + dx, y: last.y + dy };
      this.areas = [...this.areas.slice(0, -1), clip(next, width, height) ?? last];
      this.changed();
    }
    event.preventDefault();
  }

  private changed(): void {
    this.paint();
    this.app.refresh();
  }
}
