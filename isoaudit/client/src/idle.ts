// Warns a minute before the session ends by resting, and goes on when asked. The server decides; this only tells.
import { fromTemplate } from "./dom";

const WARN_SECONDS = 60;

export function idle(): void {
  const limit = Number(document.body.dataset["idle"] ?? 0);
  const dialog = fromTemplate("t-idle");
  if (!(limit > WARN_SECONDS) || !(dialog instanceof HTMLDialogElement)) return;
  document.body.append(dialog);
  let timer = 0;
  const rest = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => dialog.showModal(), (limit - WARN_SECONDS) * 1000);
  };
  dialog.addEventListener("close", () => {
    void fetch(location.href, { method: "HEAD", credentials: "same-origin" }).catch(() => undefined);
    rest();
  });
  dialog.querySelector("[data-stay]")?.addEventListener("click", () => dialog.close());
  // other scripts that talk to the server (saving an answer) say so, because that counts as work
  document.addEventListener("isoaudit:sent", () => {
    if (dialog.open) dialog.close();
    else rest();
  });
  rest();
}
