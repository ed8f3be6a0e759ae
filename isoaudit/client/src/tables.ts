// Tables that are wholly on the page: sorted by a press on their heads, narrowed while one types.
import { fold } from "./dom";

export function tables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sort]")) sortable(table);
  for (const box of document.querySelectorAll<HTMLElement>("[data-narrow]")) narrowed(box);
}

function sortable(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead tr:last-child > th")];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes, arrows("both"));
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) {
        other.removeAttribute("aria-sort");
        other.querySelector("use")?.setAttribute("href", "#i-both");
      }
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      button.querySelector("use")?.setAttribute("href", down ? "#i-down" : "#i-up");
      sort(table, column, down ? -1 : 1);
    });
  });
}

function arrows(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const vietnamese = new Intl.Collator("vi", { numeric: true });

function sort(table: HTMLTableElement, column: number, sense: number): void {
  const body = table.tBodies[0];
  if (!body) return;
  const rows = [...body.rows].map((row) => [row, value(row.cells[column])] as const);
  rows.sort(([, one], [, other]) => sense * compare(one, other));
  body.append(...rows.map(([row]) => row));
}

/** What a cell sorts by: data-value, or a figure in the writing of the page's language, or its text. */
function value(cell: HTMLTableCellElement | undefined): number | string {
  const text = (cell?.dataset["value"] ?? cell?.textContent ?? "").trim();
  const [thousands, point] = document.documentElement.lang === "en" ? [",", "."] : [".", ","];
  if (/^-?\d[\d.,]*%?$/.test(text)) return Number(text.replaceAll(thousands, "").replace(point, ".").replace("%", ""));
  return text;
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return vietnamese.compare(String(one), String(other));
}

function narrowed(box: HTMLElement): void {
  const table = document.getElementById(box.dataset["narrow"] ?? "");
  const input = box.querySelector("input");
  if (!(table instanceof HTMLTableElement) || !input) return;
  const said = box.querySelector<HTMLElement>("[data-found]");
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const texts = rows.map((row) => fold(row.textContent ?? ""));
  box.hidden = false;
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    rows.forEach((row, index) => {
      const fits = words.every((word) => texts[index]?.includes(word));
      row.hidden = !fits;
      if (fits) found += 1;
    });
    if (said) said.textContent = `${said.dataset["found"] ?? ""} ${found}`;
  });
}
