"""What axe, a finger and a narrow window find on a screen of the tablet: held both ways, by day and by night, and on a
phone with the largest text."""

from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.browser.test_accessibility import AXE, COLOURS, EVERYTHING, OVERFLOW, RUN_AXE, TOO_LOW, WITHOUT_COLOURS

LANDSCAPE = ViewportSize(width=1280, height=800)
PORTRAIT = ViewportSize(width=800, height=1280)
PHONE = ViewportSize(width=390, height=844)
Look = tuple[ViewportSize, str, str, dict[str, Any]]
LOOKS: tuple[Look, ...] = (
    (LANDSCAPE, "light", "normal", EVERYTHING),
    (LANDSCAPE, "dark", "normal", COLOURS),
    (PORTRAIT, "dark", "normal", EVERYTHING),
    (PORTRAIT, "light", "normal", COLOURS),
    (PHONE, "light", "larger", WITHOUT_COLOURS),
)
ONCE = LOOKS[:1]
"""For what is made of parts that are looked at in every way elsewhere."""
# What lies under a bar that stays in place can be scrolled out from under it, and criteria that are far away are laid
# out when they come near; axe looks at one moment only.
READY = """() => {
  if (document.documentElement.dataset.looked) return true;
  const sheet = document.styleSheets[0];
  const bars = ".app-top, .app-tabs, .dock, .work-bar, .group-head, .work-headings, .dialog > .buttons";
  sheet.insertRule(`${bars} { position: static !important; }`, sheet.cssRules.length);
  sheet.insertRule(".crit { content-visibility: visible !important; }", sheet.cssRules.length);
  document.documentElement.dataset.looked = "yes";
  return "axe" in window;
}"""
SIZE = "(size) => { document.documentElement.dataset.size = size; }"


def problems(page: Page, name: str, looks: tuple[Look, ...] = LOOKS) -> list[str]:
    """Everything that is wrong with the screen that shows."""
    if not page.evaluate(READY):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = []
    for shape, theme, size, rules in looks:
        page.set_viewport_size(shape)
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.evaluate(SIZE, size)
        here = f"{name} {shape['width']} {theme}"
        found += [f"{here}: {each}" for each in page.evaluate(RUN_AXE, rules)]
        if rules is COLOURS:
            continue
        found += [f"{here}: too low: {each}" for each in page.evaluate(TOO_LOW)]
        if (wider := page.evaluate(OVERFLOW)) > 0:
            found.append(f"{here}: {wider} px too wide")
    page.set_viewport_size(LANDSCAPE)
    page.emulate_media(color_scheme="light")
    page.evaluate(SIZE, "normal")
    return found
