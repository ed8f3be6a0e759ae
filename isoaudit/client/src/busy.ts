// What takes longer than a moment says so: `a[data-file]` and `button[data-file]` lead to a file that the server has yet
// to write; a form that was sent waits for its page. The words stand in the page (`body[data-makes]` and others).
import { download } from "./tablet/ui/frame-file";

const SOON = 400; // milliseconds; what is there sooner needs no word
const LONGEST = 30_000; // a form whose answer is no page (a file) is free again after that

export function busy(): void {
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-file]") : null;
    if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (target.getAttribute("aria-busy") !== "true") void hand(target, said);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    if (!form || event.defaultPrevented || form.method !== "post") return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault(); // it is on its way already
      return;
    }
    const stop = tell(event.submitter, said, words("busy"));
    form.setAttribute("aria-busy", "true");
    const free = (): void => {
      stop();
      form.removeAttribute("aria-busy");
    };
    const timer = setTimeout(free, LONGEST);
    window.addEventListener("pageshow", () => (clearTimeout(timer), free()), { once: true }); // came back to this page
  });
}

/** Have the file written and hand it over; where there is none, go to the page that says why. */
async function hand(target: HTMLElement, said: HTMLElement): Promise<void> {
  const address = addressOf(target);
  const stop = tell(target, said, words("makes"));
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const name = fileName(answer.headers.get("Content-Disposition") ?? "");
    if (!answer.ok || !name) {
      location.assign(address);
      return;
    }
    download(name, await answer.blob());
    said.textContent = `${words("made")} ${name}`;
    document.dispatchEvent(new Event("isoaudit:sent"));
  } catch {
    location.assign(address); // the browser tells what is wrong with the network
  } finally {
    stop();
  }
}

function addressOf(target: HTMLElement): string {
  if (target instanceof HTMLAnchorElement) return target.href;
  const button = target as HTMLButtonElement;
  const sent = new URLSearchParams();
  for (const [name, value] of button.form ? new FormData(button.form) : []) sent.append(name, String(value));
  return `${button.formAction}?${sent}`;
}

/** The name in a `Content-Disposition: attachment`; empty when the answer is no file. */
function fileName(told: string): string {
  if (!told.startsWith("attachment")) return "";
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(told);
  if (extended?.[1]) return decodeURIComponent(extended[1]);
  return /filename="?([^";]+)"?/i.exec(told)?.[1] ?? "";
}

/** Say in the control itself, and to who listens, that it is under way and for how long; undone by what comes back. */
function tell(control: HTMLElement | null, said: HTMLElement, text: string): () => void {
  const place = control?.querySelector("span:not(.unseen)") ?? control;
  if (!control || !place || !text) return () => undefined;
  control.setAttribute("aria-busy", "true");
  const before = [...place.childNodes];
  const began = Date.now();
  let ticking = 0;
  const show = (): void => {
    const seconds = Math.round((Date.now() - began) / 1000);
    place.textContent = seconds > 1 ? `${text} ${seconds} s` : text;
  };
  const first = setTimeout(() => {
    control.style.minWidth = `${control.offsetWidth}px`;
    said.textContent = text;
    show();
    ticking = window.setInterval(show, 1000);
  }, SOON);
  return () => {
    clearTimeout(first);
    clearInterval(ticking);
    place.replaceChildren(...before);
    control.style.minWidth = "";
    control.removeAttribute("aria-busy");
  };
}

function words(name: "busy" | "makes" | "made"): string {
  return document.body.dataset[name] ?? "";
}
