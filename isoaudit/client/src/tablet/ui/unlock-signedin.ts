// What the tab shows that was opened for signing in again, when that is done: the app itself waits in the other one.
import { html, render } from "lit-html";
import { icon, sprite } from "./icons";

export function showSignedIn(root: HTMLElement): void {
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
