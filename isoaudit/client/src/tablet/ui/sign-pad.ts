// A box to sign in with finger or pen. The strokes stay in memory until the minutes are signed; turning the tablet keeps
// them.
import SignaturePad, { type PointGroup } from "signature_pad";
import { html, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { inkOf, tooLittle } from "./sign-ink";

export class Pad {
  private pad: SignaturePad | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private strokes: PointGroup[] = [];
  private width = 0;
  private height = 0;
  private readonly watch = new ResizeObserver(() => this.fit());
  private readonly attach = (element: Element | undefined): void => this.on(element);

  constructor(private readonly changed: () => void) {}

  get empty(): boolean {
    return this.strokes.length === 0;
  }

  /** Something is drawn that nobody would take for a signature. */
  get slight(): boolean {
    return !this.empty && tooLittle(this.strokes.map((each) => each.points), this.width);
  }

  /** The strokes as SVG path data. */
  get ink(): string {
    return this.empty ? "" : inkOf(this.strokes.map((each) => each.points), this.width, this.height);
  }

  clear(): void {
    this.pad?.clear();
    this.strokes = [];
    this.changed();
  }

  render(label: string): TemplateResult {
    return html`<div class="ink-pad">
      <canvas class="ink-canvas" role="img" aria-label=${this.empty ? `${label}: chưa ký` : `${label}: đã ký`} ${ref(this.attach)}></canvas>
    </div>`;
  }

  private on(element: Element | undefined): void {
    if (element === this.canvas) return;
    this.pad?.off();
    this.watch.disconnect();
    this.pad = null;
    this.canvas = element instanceof HTMLCanvasElement ? element : null;
    if (!this.canvas) return;
    this.pad = new SignaturePad(this.canvas, { minWidth: 1, maxWidth: 2.8, penColor: "#10307a" });
    this.pad.addEventListener("endStroke", () => {
      this.strokes = this.pad?.toData() ?? [];
      this.changed();
    });
    this.watch.observe(this.canvas);
  }

  /** As many dots as the screen has; what was drawn in another size is drawn again in this one. */
  private fit(): void {
    const { canvas, pad } = this;
    if (!canvas || !pad || canvas.offsetWidth === 0) return;
    const grown = this.width ? canvas.offsetWidth / this.width : 1;
    if (this.width === canvas.offsetWidth && canvas.width > 0 && pad.toData() === this.strokes) return;
    const dots = Math.max(window.devicePixelRatio || 1, 1);
    [this.width, this.height] = [canvas.offsetWidth, canvas.offsetHeight];
    canvas.width = this.width * dots;
    canvas.height = this.height * dots;
    canvas.getContext("2d")?.scale(dots, dots);
    for (const each of this.strokes) for (const point of each.points) [point.x, point.y] = [point.x * grown, point.y * grown];
    pad.clear();
    pad.fromData(this.strokes);
    this.strokes = pad.toData();
  }
}
