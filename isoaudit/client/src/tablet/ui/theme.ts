// The theme on <html> and the colours that follow it. The dark colours of the site are one media rule of app.css;
// choosing a theme rewrites the medium of that rule, so that they are written down once.

export type Theme = "auto" | "light" | "dark";

const MEDIA: Record<Theme, string> = {
  auto: "screen and (prefers-color-scheme: dark)",
  light: "not all",
  dark: "screen",
};
let dark: CSSMediaRule | null = null;

/** Show the app in this theme. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  dark ??= findDark();
  if (dark) dark.media.mediaText = MEDIA[theme];
}

function findDark(): CSSMediaRule | null {
  for (const sheet of document.styleSheets) {
    if (sheet.href !== null && new URL(sheet.href).origin !== location.origin) continue;
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && rule.media.mediaText === MEDIA.auto) return rule;
    }
  }
  return null;
}
