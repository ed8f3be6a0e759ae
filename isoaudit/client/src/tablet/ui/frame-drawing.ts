// When the app is drawn: at most once a frame, and after a tap that has shown its effect by itself, only once that frame has
// been seen. What is drawn is in frame-view.ts.
import { render, type TemplateResult } from "lit-html";

export class Drawing {
  private asked = 0;
  /** A tap's own effect is to be seen first. */
  private held = false;
  private wanted = false;
  private readonly seen = new MessageChannel();

  constructor(
    private root: HTMLElement,
    private readonly look: () => TemplateResult,
    private readonly failed: (error: unknown) => TemplateResult,
  ) {
    this.seen.port1.onmessage = () => this.goOn();
  }

  /** Draw in the next frame, or in the one after it while a tap's effect goes first. */
  ask(): void {
    if (this.held) this.wanted = true;
    else this.asked ||= requestAnimationFrame(() => this.draw());
  }

  /** Draw nothing in the next frame: what a tap changes has been set on the page already, and is to be seen without delay. */
  hold(): void {
    if (this.held) return;
    this.held = true;
    if (this.asked !== 0) {
      cancelAnimationFrame(this.asked);
      this.asked = 0;
      this.wanted = true;
    }
    requestAnimationFrame(() => this.seen.port2.postMessage(null)); // comes once that frame has been drawn
  }

  private goOn(): void {
    this.held = false;
    if (this.wanted) this.ask();
    this.wanted = false;
  }

  private draw(): void {
    this.asked = 0;
    try {
      render(this.look(), this.root);
    } catch (error) {
      console.error(error);
      const fresh = this.root.cloneNode() as HTMLElement; // lit-html cannot go on in a half-drawn place
      this.root.replaceWith(fresh);
      this.root = fresh;
      render(this.failed(error), fresh);
    }
  }
}
