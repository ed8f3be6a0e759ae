// What every page gets in the browser, beyond what it does without: each part is a module of its own.
import { busy } from "./busy";
import { confirmations } from "./confirm";
import { dates } from "./dates";
import { idle } from "./idle";
import { keep } from "./keep";
import { menus } from "./menu";
import { tables } from "./tables";
import { themes } from "./theme";

themes();
menus();
confirmations();
busy();
tables();
keep();
dates();
idle();
const unfinished = document.querySelector<HTMLFormElement>("form[data-go-on]");
if (unfinished) setTimeout(() => unfinished.requestSubmit(), 300); // the page is seen before it goes on
const tab = document.querySelector<HTMLElement>(".tabs [aria-current]"); // on a phone the row of tabs is wider than it
tab?.closest("ul")?.scrollTo(tab.offsetLeft - 48, 0);
for (const box of document.querySelectorAll<HTMLElement>("[data-focus]")) box.focus();
