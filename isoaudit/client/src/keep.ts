// What was typed into a form with `data-keep` stays in this tab, by person and form, until it has been saved: over a
// reload, a refusal, an ended session and a new sign-in of the same person. Nothing is kept after signing out.
import { fromTemplate } from "./dom";

type Values = Record<string, string[]>;
interface Kept {
  values: Values;
  sent: boolean;
}
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PREFIX = "isoaudit.keep.";
const NEVER = new Set(["password", "file", "hidden", "submit", "button"]);

export function keep(): void {
  const user = document.body.dataset["user"];
  if (user === undefined || document.body.dataset["refused"] !== undefined) {
    return unsend(); // signed out, or refused: what was sent did not arrive
  }
  const mine = `${PREFIX}${user}.`;
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-keep]")];
  const refused = document.querySelector("[aria-invalid=true], [data-focus]") !== null;
  for (const [name, kept] of entries()) {
    if (kept.sent && name.startsWith(mine) && !refused) sessionStorage.removeItem(name);
  }
  for (const form of forms) tend(form, mine + (form.dataset["keep"] ?? ""), refused);
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => entries().forEach(([name]) => sessionStorage.removeItem(name)));
  }
}

function tend(form: HTMLFormElement, name: string, refused: boolean): void {
  const before = read(name);
  if (before?.sent && refused) write(name, { values: valuesOf(form), sent: false }); // the page shows it again
  const initial = JSON.stringify(valuesOf(form));
  if (before && !before.sent && JSON.stringify(before.values) !== initial) {
    fill(form, before.values);
    announce(form, name);
  }
  form.addEventListener("input", () => write(name, { values: valuesOf(form), sent: false }));
  form.addEventListener("submit", () => {
    if (sessionStorage.getItem(name) !== null) write(name, { values: valuesOf(form), sent: true });
  });
}

function announce(form: HTMLFormElement, name: string): void {
  const note = fromTemplate("t-kept");
  if (!note) return;
  note.setAttribute("role", "status");
  note.querySelector("[data-drop]")?.addEventListener("click", () => {
    sessionStorage.removeItem(name);
    form.reset();
    note.remove();
    form.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
  });
  form.before(note);
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== "" &&
      !NEVER.has(element.type),
  );
}

function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const field of fieldsOf(form)) {
    const list = (values[field.name] ??= []);
    if (field instanceof HTMLSelectElement) list.push(...[...field.selectedOptions].map((option) => option.value));
    else if (!isTick(field) || field.checked) list.push(field.value);
  }
  return values;
}

function fill(form: HTMLFormElement, values: Values): void {
  const left: Values = structuredClone(values);
  for (const field of fieldsOf(form)) {
    const list = left[field.name];
    if (!list) continue;
    if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = list.includes(option.value);
    } else if (isTick(field)) field.checked = list.includes(field.value);
    else field.value = list.shift() ?? field.value;
  }
}

function isTick(field: HTMLInputElement | HTMLTextAreaElement): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function unsend(): void {
  for (const [name, kept] of entries()) if (kept.sent) write(name, { ...kept, sent: false });
}

function entries(): [string, Kept][] {
  return Object.keys(sessionStorage)
    .filter((name) => name.startsWith(PREFIX))
    .flatMap((name) => {
      const kept = read(name);
      return kept ? [[name, kept] as [string, Kept]] : [];
    });
}

function read(name: string): Kept | null {
  const text = sessionStorage.getItem(name);
  return text === null ? null : (JSON.parse(text) as Kept);
}

function write(name: string, kept: Kept): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    sessionStorage.removeItem(name); // no room: better nothing than an old text
  }
}
