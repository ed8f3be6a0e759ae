// Where the app begins: the look, the pages, the window's events, the service worker. Nothing else happens here.
import "./css/base.css";
import "./css/frame.css";
import "./css/work.css";
import "./css/dossiers.css";
import "./css/minutes.css";
import "./css/sign.css";
import { choices, showChoices } from "./ui/settings-choices";
import { Tablet } from "./ui/frame";
import { help } from "./ui/help";
import { home } from "./ui/home";
import { watchLimits } from "./ui/limits";
import { people } from "./ui/people";
import { settings } from "./ui/settings";
import { revoked } from "./ui/settings-revoked";
import { showSignedIn, whenSignedIn } from "./ui/unlock-signedin";
import { start } from "./ui/unlock-start";
import { syncPage } from "./ui/syncpage";
import { SIGNED_IN } from "./ui/syncpage-trouble";
import { take } from "./ui/take";
import { update } from "./ui/frame-update";

const LOOKS = 15_000;

const root = document.getElementById("app");
if (!root) throw new Error("the shell has no #app");
showChoices(choices());
if (location.search === `?${SIGNED_IN}`) showSignedIn(root);
else begin(root);

function begin(root: HTMLElement): void {
  const app = new Tablet(root, {
    "": home,
    "bat-dau": start,
    nguoi: people,
    "mang-theo": take,
    "dong-bo": syncPage,
    "cai-dat": settings,
    "thu-hoi": revoked,
    "tro-giup": help,
  });

  const back = (): void => {
    app.page?.signedIn?.(app);
    if (["signin", "other"].includes(app.room?.engine.trouble?.kind ?? "")) app.sync();
  };
  const route = (): void => app.attempt(() => app.route());
  window.addEventListener("hashchange", route);
  for (const touch of ["pointerdown", "keydown", "input"]) {
    window.addEventListener(touch, () => app.touch(), { passive: true, capture: true });
  }
  watchLimits((text) => app.say(text, "warn"));
  window.setInterval(() => app.lockWhenIdle(), LOOKS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") app.keep();
    else {
      app.lockWhenIdle();
      back();
    }
  });
  whenSignedIn(back);
  for (const going of ["pagehide", "beforeunload"]) window.addEventListener(going, () => app.keep());
  for (const changed of ["online", "offline"]) window.addEventListener(changed, () => app.refresh());
  window.addEventListener("error", (event) => event.error && app.failed(event.error)); // without: the browser's own notes
  window.addEventListener("unhandledrejection", (event) => app.failed(event.reason));
  route();
  update(app);
}
