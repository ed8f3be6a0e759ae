// Entries as forms edit them: one field changed, the rest as it stands.
import { html, nothing, type TemplateResult } from "lit-html";
import { dayText } from "../core/dates";
import type { EntryData, Json } from "../core/types";
import type { AuditModel } from "../model/audit";
import { holds, typed } from "./parts";

/** One entry being edited: `empty` tells what it is before anything was typed. */
export class Entry {
  constructor(
    private readonly model: AuditModel,
    readonly name: string,
    private readonly empty: EntryData,
  ) {}

  get data(): EntryData {
    return { ...this.empty, ...this.model.entry(this.name).value };
  }

  text(key: string): string {
    const value = this.data[key];
    return typeof value === "string" ? value : "";
  }

  set(key: string, value: Json, when: "now" | "typing" = "now"): void {
    void this.model.setEntry(this.name, { ...this.data, [key]: value }, when);
  }
}

/** What was typed and must not be stored, by entry and key; it stays on the screen with its error. */
const held = new Map<string, string>();
const VIETNAMESE = navigator.language.toLowerCase().startsWith("vi");

export interface FieldLook {
  label: string;
  help?: string;
  type?: "text" | "date" | "time" | "long";
  /** Id of a datalist. */
  list?: string;
  placeholder?: string;
  need?: boolean;
  /** What is wrong with a text, "" for nothing; a wrong one is not stored. */
  guard?: (text: string) => string;
  max?: number;
}

/** A field of an entry: typing is kept as a draft at once, leaving it makes it an operation. `refresh` draws anew. */
export function field(entry: Entry, key: string, look: FieldLook, locked: boolean, refresh = (): void => undefined): TemplateResult {
  const id = `${entry.name}-${key}`.replace(/[^\w-]/g, "-");
  const place = `${entry.name} ${key}`;
  const day = look.type === "date" || look.type === "time";
  const value = held.get(place) ?? entry.text(key);
  const error = look.guard?.(value) ?? "";
  const take = (event: Event): void => {
    const text = typed(event);
    held.delete(place);
    if (look.guard?.(text)) {
      held.set(place, text);
      refresh();
    } else entry.set(key, text, day ? "now" : "typing");
  };
  const said = look.help || error ? `${id}-said` : nothing;
  return html`<div class="field ${error ? "wrong" : ""}">
    <label class="label" for=${id}>${look.label}${look.need ? html` <em class="need">(bắt buộc)</em>` : nothing}</label>
    ${said === nothing
      ? nothing
      : html`<div id=${said}>${look.help ? html`<p class="help">${look.help}</p>` : nothing}${error ? html`<p class="error">${error}</p>` : nothing}</div>`}
    ${look.type === "long"
      ? html`<textarea autocomplete="off" id=${id} rows="3" maxlength=${look.max ?? 10000} aria-describedby=${said} placeholder=${look.placeholder ?? ""} ?disabled=${locked}
          ${holds(value)} @input=${take}></textarea>`
      : html`<input id=${id} type=${look.type ?? "text"} maxlength=${day ? nothing : (look.max ?? 500)} list=${look.list ?? nothing} autocomplete="off"
          aria-describedby=${said} placeholder=${look.placeholder ?? ""} ?disabled=${locked} ${holds(value)} @input=${day ? nothing : take} @change=${day ? take : nothing} />`}
    ${look.type === "date" && value && !VIETNAMESE ? html`<p class="help">${dayText(value)}</p>` : nothing}
  </div>`;
}

/** Yes or no. */
export function tick(entry: Entry, key: string, words: string, locked: boolean): TemplateResult {
  return html`<label class="tick">
    <input type="checkbox" .checked=${entry.data[key] === true} ?disabled=${locked}
      @change=${(event: Event) => entry.set(key, (event.currentTarget as HTMLInputElement).checked)} />
    <span>${words}</span>
  </label>`;
}
