// The first time of a person on this device: signed in on the server, a PIN chosen, their encrypted database made, the
// browser asked to keep it for good.
import { html, nothing, type TemplateResult } from "lit-html";
import { OpenElsewhere } from "../store/errors";
import { accounts, Gate } from "../store/gate";
import { Api, type Session } from "../sync/api";
import { Failure, inWords, type Trouble } from "../sync/trouble";
import type { Page, Tablet } from "./frame";
import { size } from "./frame-words";
import { icon } from "./icons";
import { troubleBox } from "./syncpage-trouble";
import { NewPin } from "./unlock-newpin";
import { enter } from "./unlock-room";

/** In this tab: nothing is open yet that could be lost. */
const SIGN_IN = `/dang-nhap?next=${encodeURIComponent("/tablet/#/bat-dau")}`;
const api = new Api();
let session: Session | null = null;
/** Signed in, with data on this device already, where somebody further is to begin. */
let taken: Session | null = null;
let found: Trouble | null = null;
let newPin: NewPin | null = null;
let asking = false;
let busy = false;
let others = false;
/** Asked for whether somebody is signed in, and nobody was. */
let unknown = false;
/** "#/bat-dau/them": somebody besides those on the device is to begin. */
let further = false;

export const start: Page = {
  title: "Kiểm tra ISO",
  open: true,

  async enter(app, rest) {
    session = taken = found = null;
    busy = unknown = false;
    further = rest[0] === "them";
    others = (await accounts()).length > 0;
    newPin = new NewPin(() => app.refresh(), (pin) => app.attempt(() => create(app, pin)));
    await look(app);
  },

  leave() {
    newPin = null;
  },

  signedIn(app) {
    if (newPin && !session && !asking && !busy) app.attempt(() => look(app));
  },

  render(app) {
    return html`<div class="gate">
      <h1>Chuẩn bị thiết bị</h1>
      <ol class="steps">
        <li aria-current=${session ? nothing : "step"}>Đăng nhập</li>
        <li aria-current=${session ? "step" : nothing}>Đặt mã PIN</li>
        <li>Mang theo</li>
      </ol>
      ${session ? choose(app, session) : taken ? ask(app, taken) : signing(app)}
      <div class="gate-foot">
        ${others ? html`<a class="button plain" href="#/nguoi">${icon("left")}Người dùng trên thiết bị</a>` : nothing}
        <a class="button plain" href="#/tro-giup">Trợ giúp</a>
      </div>
    </div>`;
  },
};

function signing(app: Tablet): TemplateResult {
  if (asking) return html`<p class="soft" role="status">Đang hỏi máy chủ…</p>`;
  if (found && found.kind !== "signin") return troubleBox(app, found, () => app.attempt(() => look(app)));
  return html`${unknown
      ? html`<div class="alert warn" role="alert">${icon("triangle")}<p>Máy chủ chưa thấy ai đăng nhập trên trình duyệt này. Hãy bấm “Đăng nhập”.</p></div>`
      : nothing}
    <p>Lần đầu dùng trên thiết bị này cần có mạng và đăng nhập bằng tài khoản của mình. Sau đó làm việc không cần mạng.</p>
    <div class="buttons">
      <a class="button primary wide" href=${SIGN_IN}>${icon("person")}Đăng nhập</a>
      <button class="button wide" @click=${() => app.attempt(() => look(app, true))}>${icon("turn")}Tôi đã đăng nhập</button>
    </div>`;
}

/** The one who is signed in begins no more here: somebody else does, after them, or they open what they have. */
function ask(app: Tablet, signed: Session): TemplateResult {
  return html`<p>
      Máy đang đăng nhập bằng tài khoản <strong>${signed.user.name}</strong>, đã có dữ liệu trên thiết bị này. Đăng xuất không xóa gì:
      dữ liệu và phần chưa gửi của ${signed.user.name} vẫn được giữ, khóa bằng mã PIN.
    </p>
    <div class="buttons">
      ${another(app, "primary")}
      <a class="button wide" href="#/nguoi/${signed.user.id}">${icon("lock")}Mở dữ liệu của ${signed.user.name}</a>
    </div>`;
}

function another(app: Tablet, look: string): TemplateResult {
  return html`<button class="button ${look} wide" ?disabled=${busy} @click=${() => app.attempt(() => change(app))}>Đăng xuất, đăng nhập người khác</button>`;
}

/** End the session of whoever is signed in, and lead to signing in. */
async function change(app: Tablet): Promise<void> {
  if (busy) return;
  busy = true;
  app.refresh();
  try {
    await api.signOut();
    location.assign(SIGN_IN);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    app.say(`Chưa đăng xuất được. ${inWords(error.trouble).what}`, "warn");
  } finally {
    busy = false;
    app.refresh();
  }
}

function choose(app: Tablet, signed: Session): TemplateResult {
  return html`<p>
      Xin chào <strong>${signed.user.name}</strong>. Mã PIN khóa dữ liệu của riêng mình trên thiết bị này; dữ liệu được mã hóa và chỉ mở bằng mã đó.
      Quên mã thì cơ quan thường trực giúp mở lại, không mất dữ liệu.
    </p>
    ${newPin?.render(busy) ?? nothing}
    <div class="gate-foot">${another(app, "plain")}</div>`;
}

/** Ask the server who is signed in; again when one comes back from signing in. */
async function look(app: Tablet, said = false): Promise<void> {
  asking = true;
  found = taken = null;
  unknown = false;
  app.refresh();
  try {
    const signed = await api.session();
    const here = (await accounts()).some((account) => account.id === signed.user.id);
    if (!here || !(await made(signed))) session = signed;
    else if (further) taken = signed;
    else location.replace(`#/nguoi/${signed.user.id}`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    found = error.trouble;
    unknown = said && found.kind === "signin";
  } finally {
    asking = false;
    app.refresh();
  }
}

/** Whether the person's data was made here before (and not only begun). */
async function made(signed: Session): Promise<boolean> {
  const gate = await Gate.at(signed.user);
  try {
    return (await gate.state()) !== "none";
  } finally {
    gate.close();
  }
}

async function create(app: Tablet, pin: string): Promise<void> {
  if (!session || busy) return;
  busy = true;
  app.refresh();
  const gate = await Gate.at(session.user);
  try {
    const store = await gate.create(pin, session.recovery);
    await keep(app);
    enter(app, gate, store, "#/mang-theo");
  } catch (error) {
    gate.close();
    if (!(error instanceof OpenElsewhere)) throw error;
    newPin?.again("Ứng dụng đang mở dữ liệu này ở một thẻ khác. Hãy đóng thẻ đó.");
  } finally {
    busy = false;
    app.refresh();
  }
}

/** Ask the browser never to clear what is kept here, and say what it answered. */
async function keep(app: Tablet): Promise<void> {
  const kept = (await navigator.storage?.persist?.()) ?? false;
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const room = `Còn chỗ cho ${size(Math.max(0, quota - usage))}.`;
  if (kept) app.say(`Trình duyệt bảo đảm lưu giữ dữ liệu lâu dài trên thiết bị. ${room}`, "good");
  else app.say(`Nên cài ứng dụng ra màn hình chính để trình duyệt lưu giữ dữ liệu lâu dài. ${room}`);
}
