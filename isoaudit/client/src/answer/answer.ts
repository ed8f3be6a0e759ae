// The answer page: one tap a grade, saved on every change as operations, nothing lost when the connection is.
import { Operation, claim, targetOf } from "./box";
import { progress, sight } from "./overview";
import { Question, planned } from "./question";
import { Outcome, Sender, Trouble } from "./sender";

const REST = 800;

async function start(root: HTMLElement): Promise<void> {
  const audit = root.dataset["audit"] ?? "";
  const questions = [...root.querySelectorAll<HTMLElement>("[data-q], [data-field]")].map((each) => new Question(each));
  const byTarget = new Map(questions.map((each) => [each.target, each]));
  const { own, left } = await claim(document.body.dataset["user"] ?? "");
  let untouched = true;
  let outdated = false;

  const sender = new Sender([...left, own], {
    url: root.dataset["url"] ?? "",
    csrf: root.dataset["csrf"] ?? "",
    told: (operation, outcome) => {
      if (operation.audit === audit) heard(byTarget.get(targetOf(operation)), operation, outcome);
    },
    state: (state, trouble) => {
      const shown = document.getElementById("saved");
      if (shown) shown.dataset["state"] = state;
      explain(trouble);
      if (state === "saved" && outdated && untouched) location.reload();
      if (state === "saved" && own.operations.length === 0) left.splice(0).forEach((box) => box.discardWhenEmpty());
    },
  });

  if (isBehind(audit, questions)) return location.reload();
  for (const operation of [...left, own].flatMap((box) => [...box.operations])) {
    if (operation.audit === audit) byTarget.get(targetOf(operation))?.fill(operation.value);
  }
  const update = progress(root, questions);
  const follow = () => {
    for (const each of questions) each.follow((code) => byTarget.get(code)?.grade);
    update();
  };
  follow();

  function changed(question: Question, rest: number): void {
    untouched = false;
    own.add(audit, question.general ? "field" : "answer", question.target, question.value(), question.revision);
    question.say("");
    follow();
    if (rest > 0) sender.later(rest);
    else void sender.send();
  }

  function heard(question: Question | undefined, operation: Operation, outcome: Outcome): void {
    if (!question) return;
    if (outcome.outcome === "duplicate" && outcome.revision < question.revision) outdated = true;
    question.revision = Math.max(question.revision, outcome.revision);
    remember(audit, question);
    if (outcome.outcome === "refused") question.say(outcome.why ?? "");
    if (outcome.outcome === "conflict" || outcome.first === "conflict") void conflict(question);
  }

  async function conflict(question: Question): Promise<void> {
    const place = question.element.querySelector<HTMLElement>(".q-conflict");
    const url = `${location.pathname.replace(/\/$/, "")}/${encodeURIComponent(question.target)}/xung-dot`;
    const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!place || !response?.ok) return;
    const box = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
    place.replaceChildren(...(box ? [document.adoptNode(box)] : []));
  }

  for (const question of questions) attend(question, changed);
  sight(root, questions);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && sender.waiting) void sender.send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (sender.waiting && !own.safe) event.preventDefault();
  });
  document.documentElement.classList.add("js");
  await sender.send();
}

/** Whether this page was made before something that this tab has been told of: it was asked for while that was saved. */
function isBehind(audit: string, questions: Question[]): boolean {
  const seen = told(audit);
  const behind = questions.some((each) => each.revision < (seen[each.target] ?? 0));
  const again = sessionStorage.getItem("isoaudit.again") === audit;
  sessionStorage.removeItem("isoaudit.again");
  if (!behind || again) {
    sessionStorage.removeItem(`isoaudit.told.${audit}`);
    return false;
  }
  sessionStorage.setItem("isoaudit.again", audit);
  return true;
}

function remember(audit: string, question: Question): void {
  const seen = told(audit);
  seen[question.target] = question.revision;
  try {
    sessionStorage.setItem(`isoaudit.told.${audit}`, JSON.stringify(seen));
  } catch {
    // no room: only the check after a reload is lost
  }
}

function told(audit: string): Record<string, number> {
  return JSON.parse(sessionStorage.getItem(`isoaudit.told.${audit}`) ?? "{}") as Record<string, number>;
}

type Changed = (question: Question, rest: number) => void;

function attend(question: Question, changed: Changed): void {
  const element = question.element;
  const form = element.querySelector("form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button instanceof HTMLButtonElement && button.dataset["offer"] !== undefined) {
      question.set("reason", button.dataset["offer"]);
      question.choose("not_applicable");
    } else if (button instanceof HTMLButtonElement && button.classList.contains("grade")) {
      question.choose(button.value === question.grade ? "" : button.value);
      element.classList.add("stay");
    }
    changed(question, 0);
  });
  form?.addEventListener("input", () => {
    question.check();
    changed(question, REST);
  });
  form?.addEventListener("change", () => changed(question, 1));
  for (const button of element.querySelectorAll<HTMLButtonElement>("[data-days]")) {
    button.addEventListener("click", () => {
      question.set("due_on", later(Number(button.dataset["days"])));
      changed(question, 0);
    });
  }
  const soon = element.querySelector<HTMLElement>(".q-soon");
  if (soon) soon.hidden = false;
  element.addEventListener("keydown", (event) => {
    if (event.target !== element || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = element.querySelectorAll<HTMLButtonElement>("button.grade")[Number(event.key) - 1];
    if (/^[1-5]$/.test(event.key) && button) button.click();
  });
}

/** A day so many days after the day of the audit: the one planned, else today. */
function later(days: number): string {
  const day = planned() ? new Date(`${planned()}T12:00:00`) : new Date();
  day.setDate(day.getDate() + days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function explain(trouble: Trouble): void {
  const place = document.getElementById("trouble");
  if (!place) return;
  const words = typeof trouble === "string" ? document.getElementById(`w-${trouble}`) : null;
  const said = typeof trouble === "string" ? "" : trouble.said;
  const name = words instanceof HTMLTemplateElement ? words.innerHTML : said;
  if (place.dataset["name"] !== name) {
    place.dataset["name"] = name;
    if (words instanceof HTMLTemplateElement) place.replaceChildren(words.content.cloneNode(true));
    else place.textContent = said;
  }
  place.hidden = name === "";
}

const root = document.getElementById("answer");
if (root) void start(root);
