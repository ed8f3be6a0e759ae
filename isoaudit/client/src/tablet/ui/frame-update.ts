// The service worker seen from the page: registered once the page stands, a new version told to take over when no tab has
// an audit open, the page loaded anew when it has.
import type { Tablet } from "./frame";
import { AUDIT_LOCK } from "./frame-audit";

const SCRIPT = "/tablet/sw.js";
const ASKS = 60 * 60_000;
const LOOKS = 20_000;
const TAKES_OVER_WITHIN = 10_000;

export function update(app: Tablet): void {
  if (!("serviceWorker" in navigator)) {
    app.note("worker", { tone: "bad", text: "Trình duyệt này không cài được ứng dụng để dùng khi không có mạng. Hãy dùng Chrome bản mới." });
    return;
  }
  const first = navigator.serviceWorker.controller === null;
  let loading = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (first && !loading) {
      loading = true; // the very first version takes this page as it is
      return;
    }
    loading = true;
    app.keep();
    location.reload();
  });
  navigator.serviceWorker
    .register(SCRIPT, { scope: "/tablet/", updateViaCache: "none" })
    .then((registration) => watch(app, registration))
    .catch((error: unknown) => {
      if (first) app.note("worker", { tone: "warn", text: "Chưa cài được ứng dụng vào thiết bị. Cần có mạng trong lần mở đầu tiên; hãy tải lại trang khi có mạng." });
      console.warn(error);
    });
}

function watch(app: Tablet, registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    if (registration.waiting && registration.active) app.attempt(() => takeOver(app, registration));
  };
  const follow = (worker: ServiceWorker | null): void =>
    worker?.addEventListener("statechange", () => worker.state === "installed" && look());
  look();
  follow(registration.installing);
  registration.addEventListener("updatefound", () => follow(registration.installing));
  window.addEventListener("hashchange", look);
  const ask = (): void => void registration.update().catch(() => undefined); // no network: next time
  window.addEventListener("online", ask);
  window.setInterval(ask, ASKS);
  window.setInterval(look, LOOKS);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

/** Let the new version take over, unless an audit is open in any tab: then a notice says that it waits. */
async function takeOver(app: Tablet, registration: ServiceWorkerRegistration): Promise<void> {
  await navigator.locks.request(AUDIT_LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) {
      app.note("update", { tone: "info", text: "Có bản mới của ứng dụng. Bản mới tự thay khi không còn cuộc kiểm tra nào đang mở.", act: { label: "Về danh sách", to: "#/" } });
      return;
    }
    if (app.busy) return; // somebody is typing a PIN or answering a question: at the next change of page
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    registration.waiting?.postMessage("take over");
    await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, TAKES_OVER_WITHIN))]);
  });
}
