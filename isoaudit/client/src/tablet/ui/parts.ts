// Small pieces that the screens of an open audit share: signs of grades, words of states, fields that keep what is typed.
import { html, noChange, nothing, type ElementPart, type TemplateResult } from "lit-html";
import { Directive, directive, PartType, type PartInfo } from "lit-html/directive.js";
import type { App } from "../app";
import type { Grade, Seen } from "../core/types";
import { icon } from "./icons";

export { newId } from "../core/ids";

export type Tone = "good" | "info" | "warn" | "bad" | "wait" | "mute";
export interface Sign {
  word: string;
  tone: Tone;
  icon: string;
}

export const GRADE_SIGNS: Record<Grade, Sign> = {
  conformity: { word: "Phù hợp", tone: "good", icon: "check" },
  opportunity: { word: "Khuyến nghị", tone: "info", icon: "bulb" },
  minor: { word: "Không phù hợp nhẹ", tone: "warn", icon: "triangle" },
  major: { word: "Không phù hợp nặng", tone: "bad", icon: "cross" },
  not_applicable: { word: "Không áp dụng", tone: "mute", icon: "slash" },
};
const STATES = {
  none: ["", ""],
  typing: ["edit", "đang gõ"],
  waiting: ["tick", "đã lưu trên máy"],
  sent: ["cloud", "đã gửi"],
  conflict: ["triangle", "xung đột"],
  refused: ["cross", "bị từ chối"],
} as const;

/** An icon with words on a coloured ground. */
export function badge(tone: Tone, image: string, words: string): TemplateResult {
  return html`<span class="badge ${tone}">${icon(image)}<span>${words}</span></span>`;
}

export function gradeBadge(grade: Grade | null): TemplateResult {
  if (grade === null) return badge("mute", "ring", "Chưa trả lời");
  const sign = GRADE_SIGNS[grade];
  return badge(sign.tone, sign.icon, sign.word);
}

/** Where what is seen has got to: being typed, on the device, at the server, in conflict, refused. */
export function stateWords(seen: Seen<unknown>): TemplateResult | typeof nothing {
  const [image, words] = STATES[seen.state];
  if (words === "") return nothing;
  return html`<span class="state" data-state=${seen.state}>${icon(image)}${words}</span>`;
}

/** The server's refusal in its own words, when there is one. */
export function refusal(seen: Seen<unknown>): TemplateResult | typeof nothing {
  if (seen.state !== "refused") return nothing;
  return html`<div class="alert bad">${icon("cross")}
    <p>Máy chủ không nhận nội dung này. ${seen.said || "Chưa rõ lý do."} Nội dung vẫn được giữ trên máy.</p>
  </div>`;
}

/** How far something has come, as a bar; the words beside it are the caller's. */
export function bar(done: number, total: number, name: string): TemplateResult {
  return html`<progress value=${done} max=${total || 1} aria-label=${name}></progress>`;
}

type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

class Keeping extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("holds() belongs on an element");
  }

  render(_value: string): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [value]: [string]): typeof noChange {
    const field = part.element as Typed;
    const own = field === document.activeElement && !(field instanceof HTMLSelectElement);
    if (!own && field.value !== value) field.value = value;
    return noChange;
  }
}

/**
 * The value of a field, `<textarea autocomplete="off" ${holds(text)}>`: written into it only while nobody types there, because writing in
 * the middle of a word breaks Vietnamese input methods.
 */
export const holds = directive(Keeping);

/** Show on a tapped button at once that it is pressed or unfolded, as the next drawing does, before that is drawn. */
export function mark(app: App, event: Event, name: "aria-pressed" | "aria-expanded", on: boolean): void {
  const button = event.currentTarget as HTMLElement;
  app.atOnce(() => button.setAttribute(name, String(on)));
}

/** Put a text into a field as if it had been typed. */
export function typeInto(field: HTMLInputElement | HTMLTextAreaElement, text: string, from: number, to: number): void {
  field.value = text;
  field.focus();
  field.setSelectionRange(from, to);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What was typed into the field of an event. */
export function typed(event: Event): string {
  return (event.currentTarget as Typed).value;
}
