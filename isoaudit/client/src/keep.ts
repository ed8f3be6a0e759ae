// What was typed into a form with `data-keep` stays in this tab until it has been saved: over a reload, an ended session
// and a new sign-in of the same person. A draft belongs to one account, one address and one form, and comes back only
// into that form as it was rendered when the text was typed: else it would land in another record, or over newer values.
// Nothing is kept after signing out.
import { fromTemplate } from "./dom";

type Values = Record<string, string[]>;
// left: its page was left for another one; cut: the session ended, or the server did not take what was sent
type State = "typed" | "sent" | "left" | "cut";
interface Kept {
  address: string;
  action: string;
  rendered: string;
  values: Values;
  state: State;
}
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PREFIX = "isoaudit.keep.";
const NEVER = new Set(["password", "file", "hidden", "submit", "button"]);
const TOKEN = "csrf_token"; // another one in every page
const ADDING = /\/them$/; // a page that makes a record: its draft may wait for a later visit

export function keep(): void {
  const user = document.body.dataset["user"];
  if (user === undefined) return move(PREFIX, ["typed", "sent"], "cut");
  const mine = `${PREFIX}${user}.`;
  if (document.body.dataset["refused"] !== undefined) move(mine, ["sent"], "cut");
  else arrive(mine);
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement) leave(event.target, mine);
  });
}

/** An ordinary page: what was sent has arrived, or stands in this page for mending. */
function arrive(mine: string): void {
  for (const [name, kept] of entries(mine)) {
    if (kept.state === "sent") sessionStorage.removeItem(name);
    else if (kept.state === "typed" && kept.address !== location.pathname) write(name, { ...kept, state: "left" });
  }
  document.querySelectorAll<HTMLFormElement>("form[data-keep]").forEach((form, index) => {
    tend(form, `${mine}${location.pathname}#${index}#${actionOf(form)}`);
  });
}

function tend(form: HTMLFormElement, name: string): void {
  const rendered = renderedOf(form);
  const before = read(name);
  const save = (): void =>
    write(name, {
      address: location.pathname,
      action: actionOf(form),
      rendered,
      values: valuesOf(form),
      state: "typed",
    });
  if (before && before.rendered === rendered && comesBack(before)) {
    if (JSON.stringify(before.values) !== JSON.stringify(valuesOf(form))) {
      fill(form, before.values);
      announce(form, name);
    }
    save();
  } else sessionStorage.removeItem(name);
  form.addEventListener("input", save);
}

function comesBack(kept: Kept): boolean {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if ((visit?.responseStatus ?? 0) >= 400) return false; // refused: the page shows what was sent
  if (document.querySelector("[aria-invalid=true], [data-focus]")) return false;
  const again = visit?.type === "reload" || visit?.type === "back_forward";
  return again || kept.state === "cut" || ADDING.test(kept.address);
}

/** A form goes out: also one that sends again what an ended session had held back. */
function leave(form: HTMLFormElement, mine: string): void {
  if (form.matches("[data-sign-out]")) {
    entries(PREFIX).forEach(([name]) => sessionStorage.removeItem(name));
    return;
  }
  const action = actionOf(form);
  for (const [name, kept] of entries(mine)) {
    const here = kept.address === location.pathname && form.matches("[data-keep]");
    if (form.method === "post" && kept.action === action && (here || kept.state === "cut")) {
      write(name, { ...kept, state: "sent" });
    }
  }
}

function actionOf(form: HTMLFormElement): string {
  return new URL(form.getAttribute("action") ?? "", location.href).pathname;
}

/** The values as the server rendered them, whatever was typed or filled in since. */
function renderedOf(form: HTMLFormElement): string {
  const all: [string, string | boolean | string[]][] = [];
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement) {
      const chosen = [...field.options].filter((option) => option.defaultSelected);
      all.push([field.name, chosen.map((option) => option.value)]);
    } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      if (field.name === "" || field.name === TOKEN) continue;
      all.push([field.name, field.defaultValue]);
      if (isTick(field)) all.push([field.name, field.defaultChecked]);
    }
  }
  return JSON.stringify(all);
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

function move(prefix: string, from: State[], state: State): void {
  for (const [name, kept] of entries(prefix)) if (from.includes(kept.state)) write(name, { ...kept, state });
}

function entries(prefix: string): [string, Kept][] {
  return Object.keys(sessionStorage)
    .filter((name) => name.startsWith(prefix))
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
