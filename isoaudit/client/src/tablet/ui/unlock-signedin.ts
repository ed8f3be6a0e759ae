// What the tab shows that was opened for signing in again, when that is done: the app itself waits in the other one, and is
// told.
import { html, render } from "lit-html";
import { icon, sprite } from "./icons";

const CHANNEL = "isoaudit-signed-in";

/** Called when another tab of this browser has been signed in. */
export function whenSignedIn(run: () => void): void {
  new BroadcastChannel(CHANNEL).addEventListener("message", run);
}

export function showSignedIn(root: HTMLElement): void {
  new BroadcastChannel(CHANNEL).postMessage("");
  const page = html`${sprite()}
    <div class="app">
      <main class="app-main gate">
        <h1>Đã đăng nhập</h1>
        <div class="alert good" role="status">${icon("check")}<p>Hãy đóng thẻ này và quay lại thẻ đang mở ứng dụng; việc đồng bộ tự tiếp tục.</p></div>
        <div class="buttons">
          <button class="button primary wide" @click=${() => window.close()}>Đóng thẻ này</button>
          <a class="button wide" href="/tablet/">Mở ứng dụng ở đây</a>
        </div>
      </main>
    </div>`;
  render(page, root);
}
