// What is chosen per device and not per person: theme, text size, what photos keep, the device's name. Nothing in it is
// worth hiding, so it lies beside the encrypted databases, in localStorage, and is there before the first drawing.
import type { Choices } from "../app";
import { showTheme } from "./theme";

const PLACE = "isoaudit-tablet";
const FIRST: Choices = { theme: "auto", size: "normal", photoTime: false, photoPlace: false, device: "" };
const ALLOWED: { [Key in keyof Choices]: (value: unknown) => value is Choices[Key] } = {
  theme: (value): value is Choices["theme"] => value === "auto" || value === "light" || value === "dark",
  size: (value): value is Choices["size"] => value === "normal" || value === "large" || value === "larger",
  photoTime: (value): value is boolean => typeof value === "boolean",
  photoPlace: (value): value is boolean => typeof value === "boolean",
  device: (value): value is string => typeof value === "string" && value.length <= 100,
};

export function choices(): Choices {
  const found: Choices = { ...FIRST };
  const kept = read();
  for (const key of Object.keys(FIRST) as (keyof Choices)[]) {
    if (ALLOWED[key](kept[key])) Object.assign(found, { [key]: kept[key] });
  }
  return found;
}

export function keepChoices(chosen: Choices): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(chosen));
  } catch {
    return; // a full or forbidden localStorage: the choice holds until the page closes
  }
}

export function showChoices(chosen: Choices): void {
  showTheme(chosen.theme);
  document.documentElement.dataset["size"] = chosen.size;
}

function read(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
