// What is seen of the whole: progress by group, filters, the way to the next unanswered criterion.
import { Question } from "./question";

/** Returns what brings all counts up to date. */
export function progress(root: HTMLElement, questions: Question[]): () => void {
  const bar = root.querySelector<HTMLElement>(".bar-progress");
  const groups = [...root.querySelectorAll<HTMLElement>(".group[id]")].map((group) => ({
    questions: questions.filter((each) => !each.general && group.contains(each.element)),
    places: [group.querySelector(".tally"), root.querySelector(`[data-for="${group.id}"] .g-count`)],
    link: root.querySelector(`[data-for="${group.id}"]`),
  }));
  const partial = new URLSearchParams(location.search).has("loc");
  return () => {
    let answered = 0;
    let asked = 0;
    for (const group of groups) {
      const open = group.questions.filter((each) => each.asked);
      const done = open.filter((each) => each.grade !== "").length;
      answered += done;
      asked += open.length;
      for (const place of group.places) if (place) place.textContent = `${done}/${open.length}`;
      group.link?.classList.toggle("all", done === open.length);
    }
    if (partial || !bar) return;
    const share = `${answered}/${asked}`;
    const rect = bar.querySelector("rect");
    rect?.setAttribute("width", `${asked ? (100 * answered) / asked : 0}%`);
    rect?.setAttribute("class", answered === asked ? "f-green" : "f-blue");
    const text = bar.querySelector("span");
    if (text) text.textContent = share;
    bar.querySelector("svg")?.setAttribute("aria-label", share);
  };
}

/** Filters without loading the page again, and the button to the next unanswered criterion. */
export function sight(root: HTMLElement, questions: Question[]): void {
  const fold = document.getElementById("groups-fold");
  if (fold instanceof HTMLDetailsElement && window.innerWidth < 1100) fold.open = false;
  const chips = [...root.querySelectorAll<HTMLAnchorElement>("a[data-filter]")];
  if (!new URLSearchParams(location.search).has("loc")) {
    for (const chip of chips) {
      chip.addEventListener("click", (event) => {
        event.preventDefault();
        for (const each of questions) each.element.classList.remove("stay");
        document.documentElement.dataset["filter"] = chip.dataset["filter"] ?? "";
        for (const each of chips) each.toggleAttribute("aria-current", each === chip);
        chip.setAttribute("aria-current", "true");
        const none = root.querySelector<HTMLElement>(".empty-filter");
        if (none) none.hidden = questions.some((each) => !each.general && each.element.offsetParent !== null);
        root.querySelector<HTMLElement>(".answer-columns")?.scrollIntoView({ block: "nearest" });
      });
    }
  }
  const next = document.getElementById("next");
  if (!next) return;
  next.hidden = false;
  next.addEventListener("click", () => {
    const open = questions.filter((each) => each.asked && each.grade === "" && each.element.offsetParent !== null);
    const line = (root.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0) + 40;
    const here = document.activeElement?.closest<HTMLElement>(".q");
    const after = open.find((each) =>
      here
        ? (here.compareDocumentPosition(each.element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
        : each.element.getBoundingClientRect().top > line,
    );
    const found = after ?? open[0];
    if (found) {
      found.element.scrollIntoView({ block: "start" });
      found.element.focus({ preventScroll: true });
      return;
    }
    const words = document.getElementById("w-done");
    next.replaceChildren(words instanceof HTMLTemplateElement ? words.content.cloneNode(true) : "✓");
    next.setAttribute("disabled", "");
  });
}
