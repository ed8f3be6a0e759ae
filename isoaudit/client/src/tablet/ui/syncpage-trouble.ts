// A trouble between device and server, in words, with what to do about it.
import { html, nothing, type TemplateResult } from "lit-html";
import { Api } from "../sync/api";
import { Failure, inWords, type Trouble } from "../sync/trouble";
import type { Tablet } from "./frame";
import { icon } from "./icons";

/** Where signing in leads back to: the shell says that the tab may be closed. */
export const SIGNED_IN = "da-dang-nhap";
const SIGN_IN = `/dang-nhap?next=${encodeURIComponent(`/tablet/?${SIGNED_IN}`)}`;

export function troubleBox(app: Tablet, trouble: Trouble, again?: () => void): TemplateResult {
  const { what, todo } = inWords(trouble);
  const tone = ["offline", "timeout", "busy", "signin"].includes(trouble.kind) ? "warn" : "bad";
  return html`<div class="alert ${tone}" role="alert">
    ${icon(trouble.kind === "offline" ? "offline" : "triangle")}
    <div>
      <p><strong>${what}</strong> ${todo}</p>
      <div class="buttons">
        ${trouble.kind === "signin" ? signIn() : nothing}
        ${trouble.kind === "other"
          ? html`<button class="button primary" @click=${() => app.attempt(() => signOut(app, again))}>Đăng xuất tài khoản đó</button>`
          : nothing}
        ${again ? html`<button class="button" @click=${again}>${icon("turn")}Thử lại</button>` : nothing}
      </div>
    </div>
  </div>`;
}

/** End the session of somebody else on the server, so that the owner of this data can sign in. */
async function signOut(app: Tablet, again: (() => void) | undefined): Promise<void> {
  try {
    await new Api().signOut();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    app.say(`Chưa đăng xuất được. ${inWords(error.trouble).what}`, "warn");
    return;
  }
  app.say("Đã đăng xuất tài khoản kia. Hãy đăng nhập bằng tài khoản của mình.", "good");
  app.sync();
  again?.();
}

function signIn(): TemplateResult {
  return html`<a class="button primary" href=${SIGN_IN} target="_blank" rel="opener">${icon("person")}Đăng nhập</a>`;
}
