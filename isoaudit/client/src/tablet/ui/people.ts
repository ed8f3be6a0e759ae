// The people whose data lies on this device, and the way to the data of one: the PIN. A PIN that is forgotten or gone leads
// to people-recovery.ts, somebody new to unlock-start.ts.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Account } from "../core/types";
import { OpenElsewhere, PinGone, WrongPin } from "../store/errors";
import { accounts, Gate } from "../store/gate";
import type { Page, Tablet } from "./frame";
import { icon } from "./icons";
import { recovery } from "./people-recovery";
import { Pad } from "./unlock-pad";
import { enter } from "./unlock-room";

let known: Account[] = [];
let gate: Gate | null = null;
let pad: Pad | null = null;
let state: "pin" | "gone" = "pin";
let problem = "";
let busy = false;

export const people: Page = {
  title: "Kiểm tra ISO",
  open: true,

  async enter(app, rest) {
    known = await accounts();
    const [asked, further] = rest;
    if (asked === undefined) {
      if (known.length === 0) location.replace("#/bat-dau");
      else if (known.length === 1) location.replace(`#/nguoi/${known[0]?.id}`);
      return;
    }
    const account = known.find((each) => String(each.id) === asked);
    if (!account) {
      location.replace("#/nguoi");
      return;
    }
    problem = "";
    busy = false;
    const at = await Gate.at(account);
    const found = await at.state();
    if (app.rest !== rest || found === "none") {
      at.close(); // somewhere else by now, or never made
      if (app.rest === rest) location.replace("#/bat-dau");
      return;
    }
    gate = at;
    state = found;
    pad = new Pad(() => app.refresh(), (pin) => app.attempt(() => unlock(app, pin)));
    if (further === "khoi-phuc") await recovery.enter(app, gate, () => (gate = null));
    if (state === "pin") await tries();
  },

  leave() {
    recovery.leave();
    gate?.close();
    gate = pad = null;
  },

  signedIn(app) {
    recovery.signedIn(app);
  },

  render(app) {
    if (!gate || !pad) return app.rest[0] === undefined && known.length > 0 ? choose() : html`<p class="soft" role="status">Đang mở…</p>`;
    if (app.rest[1] === "khoi-phuc") return recovery.render(app, gate.account);
    return state === "gone" ? gone(gate.account) : ask(gate.account, pad);
  },
};

function choose(): TemplateResult {
  return html`<div class="gate">
    <h1>Ai đang dùng thiết bị?</h1>
    <p class="soft">Dữ liệu của mỗi người được mã hóa riêng và mở bằng mã PIN của người đó.</p>
    <ul class="list">
      ${known.map(
        (account) => html`<li>
          <a class="row-link" href="#/nguoi/${account.id}">
            ${icon("person")}<span class="grow"><strong>${account.name}</strong><br /><span class="soft small">${account.username}</span></span>${icon("right")}
          </a>
        </li>`,
      )}
    </ul>
    <div class="buttons"><a class="button wide" href="#/bat-dau/them">${icon("plus")}Thêm người dùng</a></div>
    ${helpFoot()}
  </div>`;
}

function ask(account: Account, pad: Pad): TemplateResult {
  return html`<div class="gate">
    <h1>${account.name}</h1>
    ${pad.render({ label: "Mã PIN", done: "Mở", problem, busy })}
    <div class="gate-foot">
      <a class="button plain" href="#/nguoi/${account.id}/khoi-phuc">Quên mã PIN</a>
      ${known.length > 1 ? html`<a class="button plain" href="#/nguoi">Người khác</a>` : html`<a class="button plain" href="#/bat-dau/them">Thêm người dùng</a>`}
      <a class="button plain" href="#/tro-giup">Trợ giúp</a>
    </div>
  </div>`;
}

function gone(account: Account): TemplateResult {
  return html`<div class="gate">
    <h1>${account.name}</h1>
    <div class="alert warn">
      ${icon("lock")}
      <p>Mã PIN đã bị khóa sau 10 lần nhập sai. Dữ liệu vẫn còn nguyên trên thiết bị. Cơ quan thường trực mở khóa sau khi xác minh người yêu cầu.</p>
    </div>
    <div class="buttons">
      <a class="button primary wide" href="#/nguoi/${account.id}/khoi-phuc">Yêu cầu mở khóa</a>
      ${known.length > 1 ? html`<a class="button wide" href="#/nguoi">Người khác</a>` : html`<a class="button wide" href="#/bat-dau/them">Thêm người dùng</a>`}
    </div>
    ${helpFoot()}
  </div>`;
}

function helpFoot(): TemplateResult {
  return html`<div class="gate-foot"><a class="button plain" href="#/tro-giup">Trợ giúp</a></div>`;
}

async function unlock(app: Tablet, pin: string): Promise<void> {
  const at = gate;
  if (!at || busy) return;
  busy = true;
  problem = "";
  app.refresh();
  try {
    const store = await at.unlock(pin);
    gate = null; // its database is the store's now
    enter(app, at, store);
  } catch (error) {
    if (error instanceof WrongPin) problem = left(error.left);
    else if (error instanceof PinGone) state = "gone";
    else if (error instanceof OpenElsewhere) problem = "Ứng dụng đang mở dữ liệu này ở một thẻ khác. Hãy đóng thẻ đó rồi thử lại.";
    else throw error;
    pad?.clear();
  } finally {
    busy = false;
    app.refresh();
  }
}

async function tries(): Promise<void> {
  const number = (await gate?.left()) ?? 10;
  if (number < 10) problem = left(number);
}

function left(number: number): string {
  return number <= 5 ? `Mã PIN không đúng. Còn ${number} lần thử trước khi bị khóa.` : `Mã PIN không đúng. Còn ${number} lần thử.`;
}
