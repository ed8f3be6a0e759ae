// Settings: the look and the photos per device, the PIN of the person, signing out, the device's name, what the browser keeps.
import { html, type TemplateResult } from "lit-html";
import type { Choices } from "../app";
import { PinGone, WrongPin } from "../store/errors";
import { Failure, inWords } from "../sync/trouble";
import type { Page, Tablet } from "./frame";
import { icon } from "./icons";
import { NewPin } from "./unlock-newpin";
import { Pad } from "./unlock-pad";
import { VERSION } from "./unlock-room";

const THEMES: [Choices["theme"], string][] = [["auto", "Theo hệ thống"], ["light", "Sáng"], ["dark", "Tối"]];
const SIZES: [Choices["size"], string][] = [["normal", "Vừa"], ["large", "Lớn"], ["larger", "Rất lớn"]];

let persisted = false;
let leaving = false;

export const settings: Page = {
  title: "Cài đặt",
  async enter(app) {
    persisted = (await navigator.storage?.persisted?.()) ?? false;
    app.refresh();
  },
  render(app) {
    const { choices } = app;
    return html`<div class="page">
      <h1>Cài đặt</h1>
      <div class="buttons"><a class="button" href="#/tro-giup">${icon("info")}Trợ giúp</a></div>
      <div class="panel">
        ${choice(app, "Giao diện", "theme", THEMES)} ${choice(app, "Cỡ chữ", "size", SIZES)}
      </div>
      <div class="panel">
        <h2>Ảnh chụp</h2>
        ${tick(app, "photoTime", "Giữ thời điểm chụp")} ${tick(app, "photoPlace", "Giữ vị trí chụp")}
        <p class="help">Không chọn thì thông tin đó bị bỏ khỏi ảnh trước khi lưu. Không chụp giấy tờ tùy thân của công dân.</p>
      </div>
      <div class="panel">
        <h2>Thiết bị</h2>
        <label class="field"><span class="label">Tên thiết bị</span>
          <span class="help">Cơ quan thường trực nhận ra thiết bị bằng tên này, ví dụ “Máy tính bảng số 3”.</span>
          <input maxlength="100" autocomplete="off" .value=${choices.device} @change=${(event: Event) => app.choose({ device: (event.target as HTMLInputElement).value.trim() })} /></label>
        <p>${persisted ? "Trình duyệt bảo đảm lưu giữ dữ liệu lâu dài trên thiết bị." : "Trình duyệt chưa bảo đảm lưu giữ dữ liệu khi thiết bị hết chỗ."}</p>
        ${persisted ? "" : html`<button class="button" @click=${() => app.attempt(() => persist(app))}>Yêu cầu lưu giữ lâu dài</button>`}
      </div>
      <div class="panel">
        <h2>${app.person?.name}</h2>
        <p>Khóa, đóng ứng dụng hoặc đăng xuất không làm mất nội dung chưa gửi. Ứng dụng tự khóa sau 15 phút không thao tác.</p>
        <div class="buttons">
          <button class="button" @click=${() => app.attempt(() => changePin(app))}>${icon("edit")}Đổi mã PIN</button>
          <button class="button" @click=${() => app.attempt(() => app.lock())}>${icon("lock")}Khóa ngay</button>
          <button class="button" ?disabled=${leaving} @click=${() => app.attempt(() => signOut(app))}>${icon("person")}Đăng xuất</button>
        </div>
      </div>
      <p class="soft small">Bản ứng dụng ${VERSION || "–"}</p>
    </div>`;
  },
};

function choice<Key extends "theme" | "size">(app: Tablet, label: string, key: Key, options: [Choices[Key], string][]): TemplateResult {
  return html`<fieldset class="field">
    <legend class="label">${label}</legend>
    <div class="choices">
      ${options.map(
        ([value, word]) =>
          html`<button class="choice-chip" aria-pressed=${app.choices[key] === value ? "true" : "false"} @click=${() => app.choose({ [key]: value })}>${word}</button>`,
      )}
    </div>
  </fieldset>`;
}

function tick(app: Tablet, key: "photoTime" | "photoPlace", words: string): TemplateResult {
  return html`<label class="tick"><input type="checkbox" .checked=${app.choices[key]} @change=${(event: Event) => app.choose({ [key]: (event.target as HTMLInputElement).checked })} />${words}</label>`;
}

async function persist(app: Tablet): Promise<void> {
  persisted = await navigator.storage.persist();
  app.say(persisted ? "Trình duyệt bảo đảm lưu giữ dữ liệu lâu dài trên thiết bị." : "Trình duyệt chưa đồng ý. Hãy cài ứng dụng ra màn hình chính rồi thử lại.", persisted ? "good" : "warn");
}

/** End the session on the server and lock: whoever comes next signs in. Nothing on the device goes. */
async function signOut(app: Tablet): Promise<void> {
  const { room } = app;
  if (!room || leaving) return;
  const waits = room.engine.waiting > 0 ? ` ${room.engine.waiting} mục chưa gửi được gửi sau khi đăng nhập lại.` : "";
  const sure = await app.ask({
    title: "Đăng xuất khỏi máy chủ?",
    text: `Phiên đăng nhập của trình duyệt này trên máy chủ kết thúc và ứng dụng khóa lại. Dữ liệu của ${room.person.name} vẫn ở trên thiết bị, khóa bằng mã PIN; không có gì bị xóa.${waits}`,
    yes: "Đăng xuất",
  });
  if (sure === false) return;
  leaving = true;
  app.refresh();
  try {
    await room.engine.api.signOut();
    await app.lock();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    app.say(`Chưa đăng xuất được. ${inWords(error.trouble).what} Có thể bấm “Khóa ngay” và đăng xuất sau.`, "warn");
  } finally {
    leaving = false;
    app.refresh();
  }
}

/** The old PIN once, the new one twice. */
async function changePin(app: Tablet): Promise<void> {
  const { room } = app;
  if (!room) return;
  let old = "";
  let problem = "";
  let busy = false;
  let done: (value: boolean) => void = () => undefined;
  const change = async (pin: string): Promise<void> => {
    busy = true;
    app.refresh();
    try {
      await room.gate.changePin(old, pin);
      done(true);
    } catch (error) {
      if (error instanceof WrongPin) problem = `Mã PIN đang dùng không đúng. Còn ${error.left} lần thử.`;
      else if (error instanceof PinGone) problem = "Mã PIN đã bị khóa sau 10 lần nhập sai.";
      else throw error;
      old = "";
      given.clear();
      chosen.again("");
    } finally {
      busy = false;
      app.refresh();
    }
  };
  const given = new Pad(() => app.refresh(), (pin) => {
    old = pin;
    app.refresh();
  });
  const chosen = new NewPin(() => app.refresh(), (pin) => app.attempt(() => change(pin)));
  const changed = await app.show<boolean>("Đổi mã PIN", (close) => {
    done = close;
    return html`${old === "" ? given.render({ label: "Mã PIN đang dùng", done: "Tiếp", problem, busy }) : chosen.render(busy)}
      <div class="buttons"><button class="button" @click=${() => close(null)}>Hủy</button></div>`;
  });
  if (changed) app.say("Đã đổi mã PIN.", "good");
}
