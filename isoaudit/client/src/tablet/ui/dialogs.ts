// Dialogs and passing messages: the questions of app.ask, the screens' own dialogs of app.show, the words of app.say.
import { html, nothing, type TemplateResult } from "lit-html";
import { ref, createRef } from "lit-html/directives/ref.js";
import type { Question, Tone } from "../app";
import { icon } from "./icons";
import { Shield, shielded } from "./taps";

interface Open {
  label: string;
  draw: () => TemplateResult;
  leave: () => void;
}
interface Said {
  id: number;
  text: string;
  tone: Tone;
  act?: { label: string; run: () => void };
  since: number;
}

const STAYS = 5000;

export class Dialogs {
  private readonly open: Open[] = [];
  private said: Said[] = [];
  private next = 1;

  private readonly shield = new Shield();

  constructor(private readonly refresh: () => void) {
    shielded(this.shield);
  }

  get any(): boolean {
    return this.open.length > 0;
  }

  say(text: string, tone: Tone = "info", act?: Said["act"]): void {
    this.said = this.said.filter((other) => other.text !== text).slice(-2);
    const entry: Said = { id: this.next++, text, tone, since: performance.now(), ...(act ? { act } : {}) };
    this.said.push(entry);
    if (tone === "good" || tone === "info") window.setTimeout(() => this.unsay(entry.id), act ? STAYS * 2 : STAYS);
    this.refresh();
  }

  /** Another page shows: passing messages of the one before go, warnings too once they have stood long enough to be read. */
  hush(): void {
    const now = performance.now();
    this.said = this.said.filter(({ tone, since }) => (tone === "warn" || tone === "bad") && now - since < STAYS);
  }

  /** Somebody's data are put away: nothing that was said of them stays. */
  silence(): void {
    this.said = [];
  }

  show<T>(label: string, draw: (close: (value: T | null) => void) => TemplateResult): Promise<T | null> {
    return new Promise((resolve) => {
      const before = document.activeElement;
      const close = (value: T | null): void => {
        const place = this.open.indexOf(entry);
        if (place < 0) return;
        this.open.splice(place, 1);
        this.shield.close(performance.now());
        this.refresh();
        resolve(value);
        if (before instanceof HTMLElement) window.setTimeout(() => before.isConnected && before.focus(), 0);
      };
      const entry: Open = { label, draw: () => draw(close), leave: () => close(null) };
      this.open.push(entry);
      this.refresh();
    });
  }

  async ask(question: Question): Promise<boolean | string> {
    const given = createRef<HTMLInputElement | HTMLTextAreaElement>();
    const { input } = question;
    const answer = await this.show<true | string>(question.title, (close) => {
      const send = (event: Event): void => {
        event.preventDefault();
        close(input ? (given.value?.value ?? "").trim() || (input.required ? null : "") : true);
      };
      return html`<form @submit=${send}>
        ${question.text ? (typeof question.text === "string" ? html`<p>${question.text}</p>` : question.text) : nothing}
        ${input ? field(input, given) : nothing}
        <div class="buttons">
          <button class="button ${question.danger ? "danger" : "primary"}" ?autofocus=${!input && !question.danger}>
            ${question.yes}
          </button>
          <button type="button" class="button" @click=${() => close(null)}>${question.no ?? "Hủy"}</button>
        </div>
      </form>`;
    });
    return answer ?? false;
  }

  /** Close the dialog on top; false when none is open (the back key asks). */
  leave(): boolean {
    const top = this.open[this.open.length - 1];
    top?.leave();
    return top !== undefined;
  }

  leaveAll(): void {
    while (this.leave());
  }

  render(): TemplateResult {
    return html`${this.open.map(
        (entry, place) => html`<dialog
          class="dialog"
          aria-labelledby="dialog-${place}"
          ${ref((element) => opened(element))}
          @cancel=${(event: Event) => {
            event.preventDefault();
            entry.leave();
          }}
        >
          <h2 id="dialog-${place}">${entry.label}</h2>
          ${entry.draw()}
        </dialog>`,
      )}
      <div role="status" aria-live="polite">
        ${this.said.slice(-1).map(
          (entry) => html`<div class="toast">
            ${icon({ good: "check", info: "info", warn: "triangle", bad: "cross" }[entry.tone])}
            <p>${entry.text}</p>
            ${entry.act
              ? html`<button class="button" @click=${() => this.run(entry)}>${entry.act.label}</button>`
              : nothing}
            <button class="button square" aria-label="Đóng thông báo" @click=${() => this.unsay(entry.id)}>${icon("close")}</button>
          </div>`,
        )}
      </div>`;
  }

  private run(entry: Said): void {
    this.unsay(entry.id);
    entry.act?.run();
  }

  private unsay(id: number): void {
    this.said = this.said.filter((entry) => entry.id !== id);
    this.refresh();
  }
}

function field(input: NonNullable<Question["input"]>, given: ReturnType<typeof createRef<HTMLInputElement | HTMLTextAreaElement>>): TemplateResult {
  return html`<div class="field">
    <label for="asked">${input.label}</label>
    ${input.long
      ? html`<textarea autocomplete="off" id="asked" autofocus ?required=${input.required} maxlength=${input.max ?? 2000} .value=${input.value ?? ""} ${ref(given)}></textarea>`
      : html`<input id="asked" autofocus autocomplete="off" ?required=${input.required} maxlength=${input.max ?? 300} .value=${input.value ?? ""} ${ref(given)} />`}
  </div>`;
}

/** A dialog element that has just been drawn is opened over everything else, once it stands in the document. */
function opened(element: Element | undefined): void {
  if (!(element instanceof HTMLDialogElement)) return;
  queueMicrotask(() => {
    if (element.isConnected && !element.open) element.showModal();
  });
}
