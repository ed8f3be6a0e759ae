// `details[data-confirm]` folds its question out in place; here it opens as a dialog instead.
export function confirmations(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-confirm]")) {
    const summary = details.querySelector("summary");
    const form = details.querySelector("form");
    if (!summary || !form || typeof HTMLDialogElement === "undefined") continue;
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      ask(details, summary, form);
    });
  }
}

function ask(details: HTMLDetailsElement, summary: HTMLElement, form: HTMLFormElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const name = form.querySelector("h2");
  if (name) {
    name.id ||= `ask-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", name.id);
  }
  form.classList.remove("panel");
  const close = form.querySelector<HTMLButtonElement>("[data-close]");
  if (close) {
    close.hidden = false;
    close.onclick = () => dialog.close();
  }
  dialog.append(form);
  dialog.addEventListener("close", () => {
    details.append(form); // what was typed stays for the next time
    dialog.remove();
    summary.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
