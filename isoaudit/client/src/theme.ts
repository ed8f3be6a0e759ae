// The theme without a reload: the same links as without JavaScript, the choice is sent to the server behind them.
const MEDIA: Record<string, string> = {
  auto: "screen and (prefers-color-scheme: dark)",
  dark: "screen",
  light: "not all",
};

export function themes(): void {
  const sheet = document.getElementById("dark");
  if (!(sheet instanceof HTMLLinkElement)) return;
  const links = document.querySelectorAll<HTMLAnchorElement>("[data-theme-choice]");
  for (const link of links) {
    link.addEventListener("click", (event) => {
      const choice = link.dataset["themeChoice"] ?? "auto";
      const media = MEDIA[choice];
      if (media === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      sheet.media = media;
      document.documentElement.dataset["theme"] = choice;
      for (const other of links) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      void fetch(link.href, { method: "HEAD", credentials: "same-origin" }).catch(() => undefined);
    });
  }
}
