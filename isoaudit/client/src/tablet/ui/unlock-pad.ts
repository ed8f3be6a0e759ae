// The pad on which a PIN is given: big keys, and the keyboard where there is one. It holds the digits only while it shows.
import { html, nothing, TemplateResult } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { pinTrouble } from "../store/keys";
import { icon } from "./icons";

const LONGEST = 12;
const WEAK = {
  short: "Mã PIN có ít nhất 6 chữ số.",
  digits: "Mã PIN chỉ gồm chữ số.",
  simple: "Mã PIN này quá dễ đoán. Hãy chọn mã khác.",
};
const SHORTEST = 6;

export interface Asked {
  label: string;
  /** Word on the key that ends it. */
  done: string;
  /** Why the last try was not taken. */
  problem: string;
  busy: boolean;
}

export class Pad {
  private digits = "";
  /** Typed on since the last try: what was wrong with that one is past. */
  private typed = false;
  private readonly given = createRef<HTMLInputElement>();

  constructor(
    private readonly refresh: () => void,
    private readonly finish: (pin: string) => void,
  ) {}

  get empty(): boolean {
    return this.digits === "";
  }

  clear(): void {
    this.put("");
    this.typed = false;
    this.given.value?.focus();
  }

  render(asked: Asked): TemplateResult {
    const { label, done, busy } = asked;
    const problem = this.typed ? "" : asked.problem;
    return html`<form class="pad" novalidate @submit=${(event: Event) => this.send(event, busy)}>
      <label class="label" for="pin">${label}</label>
      <input
        id="pin"
        class="pin"
        type="text"
        inputmode="none"
        autocomplete="off"
        spellcheck="false"
        autofocus
        maxlength=${LONGEST}
        aria-describedby="pin-problem"
        aria-invalid=${problem ? "true" : "false"}
        ?readonly=${busy}
        .value=${this.digits}
        ${ref(this.given)}
        @keydown=${(event: KeyboardEvent) => event.key === "Enter" && this.send(event, busy)}
        @input=${(event: Event) => this.put((event.target as HTMLInputElement).value)}
      />
      <p class="pad-problem" id="pin-problem" role="alert">${problem ? html`${icon("triangle")} ${problem}` : nothing}</p>
      <div class="keys">
        ${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => this.key(digit, busy))}
        <button type="button" class="key" aria-label="Xóa một số" ?disabled=${busy} @click=${() => this.put(this.digits.slice(0, -1))}>
          ${icon("backspace")}
        </button>
        ${this.key("0", busy)}
        <button class="key done" ?disabled=${busy || this.digits.length < SHORTEST}>${busy ? "…" : done}</button>
      </div>
      <p class="unseen" role="status">${busy ? "Đang kiểm tra mã PIN" : ""}</p>
    </form>`;
  }

  private key(digit: string, busy: boolean): TemplateResult {
    return html`<button type="button" class="key" ?disabled=${busy} @click=${() => this.put(this.digits + digit)}>${digit}</button>`;
  }

  private put(digits: string): void {
    this.digits = digits.replace(/\D/g, "").slice(0, LONGEST);
    this.typed = true;
    if (this.given.value) this.given.value.value = this.digits;
    this.refresh();
  }

  private send(event: Event, busy: boolean): void {
    event.preventDefault();
    if (busy || this.digits.length < SHORTEST) return;
    this.finish(this.digits);
  }
}

/** Why a PIN may not be chosen; "" when it may. */
export function weak(pin: string): string {
  const why = pinTrouble(pin);
  return why === null ? "" : WEAK[why];
}
