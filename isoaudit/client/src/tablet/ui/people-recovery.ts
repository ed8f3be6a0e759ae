// Getting back in without the PIN: the person signs in, asks the office, waits until it has checked who asks, and sets a new
// PIN. The office never sees the data or the PIN.
import { html, nothing, type TemplateResult } from "lit-html";
import { momentText } from "../core/dates";
import type { Account } from "../core/types";
import { OpenElsewhere, WrongKey } from "../store/errors";
import type { Gate } from "../store/gate";
import { Api } from "../sync/api";
import { isRecovery, type Recovery } from "../sync/shapes";
import { Failure, trouble, type Trouble } from "../sync/trouble";
import type { Tablet } from "./frame";
import { icon } from "./icons";
import { troubleBox } from "./syncpage-trouble";
import { NewPin } from "./unlock-newpin";
import { enter } from "./unlock-room";

const ASKS = 15_000;
type Where = "ask" | "waiting" | "approved" | "refused";

class RecoveryPage {
  private gate: Gate | null = null;
  private where: Where = "ask";
  private begun = "";
  private id = "";
  private key = "";
  private why = "";
  private found: Trouble | null = null;
  private busy = false;
  private timer = 0;
  private newPin: NewPin | null = null;
  private taken: () => void = () => undefined;
  private readonly api = new Api();

  /** `taken` is called once the gate's database has become an open store's. */
  async enter(app: Tablet, gate: Gate, taken: () => void): Promise<void> {
    this.leave();
    this.gate = gate;
    this.taken = taken;
    this.found = null;
    this.newPin = new NewPin(() => app.refresh(), (pin) => app.attempt(() => this.finish(app, pin)));
    const begun = await gate.recovery();
    this.id = begun?.id ?? "";
    this.begun = begun?.begun_at ?? "";
    this.where = this.id === "" ? "ask" : "waiting";
    if (this.where === "waiting") this.look(app);
    this.timer = window.setInterval(() => this.where === "waiting" && document.visibilityState === "visible" && this.look(app), ASKS);
  }

  leave(): void {
    window.clearInterval(this.timer);
    this.gate = this.newPin = null;
    this.key = "";
  }

  render(app: Tablet, account: Account): TemplateResult {
    return html`<div class="gate">
      <h1>${account.name}</h1>
      ${this.found ? troubleBox(app, this.found, () => this.retry(app)) : nothing}
      ${{ ask: () => this.ask(app), waiting: () => this.wait(app), approved: () => this.approved(), refused: () => this.refused(app) }[this.where]()}
      <div class="gate-foot"><a class="button plain" href="#/nguoi/${account.id}">${icon("left")}Nhập mã PIN</a><a class="button plain" href="#/tro-giup">Trợ giúp</a></div>
    </div>`;
  }

  private ask(app: Tablet): TemplateResult {
    return html`<form @submit=${(event: Event) => {
        event.preventDefault();
        const reason = String(new FormData(event.target as HTMLFormElement).get("reason") ?? "").trim();
        app.attempt(() => this.send(app, reason));
      }}>
      <p>Không mất dữ liệu khi quên mã PIN. Gửi yêu cầu cho cơ quan thường trực; sau khi xác minh đúng người, cơ quan thường trực chấp thuận và tại đây đặt mã PIN mới. Cần có mạng và đăng nhập bằng tài khoản của chính mình.</p>
      <label class="field"><span class="label">Lý do</span>
        <textarea autocomplete="off" name="reason" required maxlength="500" rows="2" placeholder="Ví dụ: quên mã PIN sau kỳ nghỉ"></textarea></label>
      <button class="button primary wide" ?disabled=${this.busy}>${icon("upload")}Gửi yêu cầu</button>
    </form>`;
  }

  private wait(app: Tablet): TemplateResult {
    return html`<div class="alert info" role="status">
        ${icon("clock")}
        <div>
          <p><strong>Đang chờ cơ quan thường trực chấp thuận.</strong></p>
          <p>Đã gửi yêu cầu lúc ${momentText(this.begun)}. Hãy gọi cho cơ quan thường trực để được xác minh; sau khi được chấp thuận, đặt mã PIN mới ngay tại đây.</p>
        </div>
      </div>
      <div class="buttons">
        <button class="button primary wide" ?disabled=${this.busy} @click=${() => this.look(app)}>${icon("turn")}Kiểm tra lại</button>
        <button class="button plain wide" @click=${() => app.attempt(() => this.anew(app))}>Gửi yêu cầu khác</button>
      </div>`;
  }

  private approved(): TemplateResult {
    return html`<div class="alert good" role="status">${icon("check")}<p>Đã được chấp thuận. Hãy đặt mã PIN mới.</p></div>
      ${this.newPin?.render(this.busy) ?? nothing}`;
  }

  private refused(app: Tablet): TemplateResult {
    return html`<div class="alert bad" role="alert">${icon("cross")}<p>Cơ quan thường trực không chấp thuận yêu cầu${this.why ? `: ${this.why}` : ""}. Dữ liệu vẫn còn trên thiết bị; hãy liên hệ trực tiếp với cơ quan thường trực.</p></div>
      <button class="button wide" @click=${() => app.attempt(() => this.anew(app))}>Gửi yêu cầu khác</button>`;
  }

  private async send(app: Tablet, reason: string): Promise<void> {
    const { gate } = this;
    if (!gate) return;
    await this.trying(app, async () => {
      const session = await this.api.session();
      if (session.user.id !== gate.account.id) throw new Failure(trouble("other", { said: `(${session.user.name})` }));
      const request = { ...(await gate.beginRecovery()), device_id: await gate.device(), reason };
      const answer = await this.api.json("recoveries", isRecovery, { method: "POST", json: request });
      await gate.noteRecovery(answer.id);
      this.begun = (await gate.recovery())?.begun_at ?? "";
      this.take(answer);
    });
  }

  /** Signed in meanwhile: what was missing is there. */
  signedIn(app: Tablet): void {
    if (this.gate && (this.found?.kind === "signin" || this.found?.kind === "other")) this.retry(app);
  }

  /** What was not sent is sent by its own button. */
  private retry(app: Tablet): void {
    this.found = null;
    if (this.where === "waiting") this.look(app);
    else app.refresh();
  }

  private look(app: Tablet): void {
    app.attempt(() =>
      this.trying(app, async () => this.take(await this.api.json(`recoveries/${encodeURIComponent(this.id)}`, isRecovery))),
    );
  }

  private take(answer: Recovery): void {
    this.id = answer.id;
    this.where = answer.state === "approved" && !answer.key ? "waiting" : answer.state;
    this.key = answer.key ?? "";
    this.why = answer.why ?? "";
  }

  private async anew(app: Tablet): Promise<void> {
    await this.gate?.dropRecovery();
    this.where = "ask";
    this.id = "";
    this.found = null;
    app.refresh();
  }

  private async finish(app: Tablet, pin: string): Promise<void> {
    const { gate } = this;
    if (!gate) return;
    this.busy = true;
    app.refresh();
    try {
      const store = await gate.finishRecovery(this.key, pin);
      this.taken();
      enter(app, gate, store);
    } catch (error) {
      if (error instanceof WrongKey) this.newPin?.again("Khóa nhận được không mở được dữ liệu này. Hãy gửi yêu cầu khác.");
      else if (error instanceof OpenElsewhere) this.newPin?.again("Ứng dụng đang mở dữ liệu này ở một thẻ khác. Hãy đóng thẻ đó.");
      else throw error;
    } finally {
      this.busy = false;
      app.refresh();
    }
  }

  private async trying(app: Tablet, work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.found = null;
    app.refresh();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.found = error.trouble;
    } finally {
      this.busy = false;
      app.refresh();
    }
  }
}

export const recovery = new RecoveryPage();
