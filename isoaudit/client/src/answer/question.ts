// One criterion, or one general text, on the page: what it shows, what it holds, what it lacks.
import { Value } from "./box";

const NONCONFORMING = new Set(["minor", "major"]);

/** The day planned for the audit as the fields write days, "" when none: no deadline lies before it. */
export function planned(): string {
  return document.getElementById("answer")?.dataset["day"] ?? "";
}

export class Question {
  readonly target: string;
  readonly general: boolean;

  constructor(readonly element: HTMLElement) {
    const field = element.dataset["field"];
    this.general = field !== undefined;
    this.target = field !== undefined ? `@${field}` : (element.dataset["q"] ?? "");
  }

  get grade(): string {
    return this.element.dataset["grade"] ?? "";
  }

  get asked(): boolean {
    return !this.general && (this.element.dataset["unasked"] === undefined || this.grade !== "");
  }

  get revision(): number {
    return Number(this.element.dataset["revision"] ?? 0);
  }

  set revision(number: number) {
    this.element.dataset["revision"] = String(number);
    const base = this.element.querySelector<HTMLInputElement>("input[name=base]");
    if (base) base.value = String(number);
  }

  value(): Value {
    if (this.general) return { field: this.target.slice(1), text: this.text("text") };
    return {
      grade: this.grade || null,
      note: this.text("note"),
      reason: this.text("reason"),
      due_on: this.text("due_on") || null,
      request: this.text("request"),
      ...carried(JSON.parse(this.element.dataset["kept"] ?? "{}") as Value),
    };
  }

  fill(value: Value): void {
    for (const name of this.general ? ["text"] : ["note", "reason", "due_on", "request"]) {
      const field = this.field(name);
      if (field) field.value = typeof value[name] === "string" ? value[name] : "";
    }
    if (this.general) return;
    this.element.dataset["kept"] = JSON.stringify(carried(value));
    this.choose(typeof value["grade"] === "string" ? value["grade"] : "");
  }

  choose(grade: string): void {
    this.element.dataset["grade"] = grade;
    for (const button of this.element.querySelectorAll<HTMLButtonElement>("button.grade")) {
      button.setAttribute("aria-pressed", String(button.value === grade && grade !== ""));
    }
    this.check();
  }

  /** Say what the grade still needs, and open the place to write it. */
  check(): void {
    if (this.general) return;
    const lacks: string[] = [];
    if (NONCONFORMING.has(this.grade)) {
      if (this.text("note").trim() === "") lacks.push("note");
      if (this.text("due_on") === "") lacks.push("deadline");
      else if (this.text("due_on") < planned()) lacks.push("early");
    }
    if (this.grade === "not_applicable" && this.text("reason").trim() === "") lacks.push("reason");
    this.element.dataset["lacks"] = lacks.join(" ");
    const write = this.element.querySelector<HTMLDetailsElement>("details.q-write");
    if (write && (lacks.length > 0 || this.grade === "opportunity")) write.open = true;
  }

  set(name: string, value: string): void {
    const field = this.field(name);
    if (field) field.value = value;
    this.check();
  }

  say(text: string): void {
    const place = this.element.querySelector<HTMLElement>(".q-said");
    if (!place) return;
    place.textContent = text;
    place.hidden = text === "";
  }

  /** Mark whether its condition on another answer is met; left as it is when that answer is not on the page. */
  follow(gradeOf: (code: string) => string | undefined): void {
    const [code, grades] = (this.element.dataset["when"] ?? "").split(":");
    const given = code ? gradeOf(code) : undefined;
    if (!grades || given === undefined) return;
    const met = grades.split(",").includes(given);
    if (met) delete this.element.dataset["unasked"];
    else this.element.dataset["unasked"] = "";
  }

  private text(name: string): string {
    return this.field(name)?.value ?? "";
  }

  private field(name: string): HTMLInputElement | HTMLTextAreaElement | null {
    return this.element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`input[name=${name}], textarea[name=${name}]`);
  }
}

/** What the page carries through without showing it: photos, papers seen, dossiers. */
function carried(value: Value): Value {
  return Object.fromEntries(["evidence", "documents", "dossiers"].map((name) => [name, value[name] ?? []]));
}
