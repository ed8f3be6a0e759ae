// "Ký": what is still missing, what was found, the day, the two signatures; afterwards the lock, the devices that are still out,
// and amendments. Only the head of the team signs.
import "../css/sign.css";
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import { canonical } from "../core/canonical";
import { clockWords, trueToday } from "../core/clock";
import { dayText, longDay } from "../core/dates";
import { GRADES, type Signature } from "../core/types";
import type { AuditModel } from "../model/audit";
import { amountText, countText } from "../model/minutes_words";
import { icon } from "./icons";
import { cancelled, cancelledPage } from "./locked";
import { gradeBadge, typed } from "./parts";
import { findWaiting, waitingPhotos } from "./photo-taking";
import type { Screen } from "./screens";
import { outstanding, released, waiting } from "./sign-devices";
import { lateWords } from "./sign-late";
import { blanks, lacking, lackList, warned, warnings } from "./sign-missing";
import { party, partyLacks } from "./sign-party";
import { dayOf, forget, formOf, lay, type Form } from "./sign-state";

let stop: () => void = () => undefined;

export const sign: Screen = {
  title: "Ký",
  icon: "pen",
  badge: (model) => (model.locked ? "" : String(lacking(model, dayOf(model)).filter((each) => !each.unanswered).length || "")),
  async enter(model, app) {
    stop();
    await model.commit();
    const look = (): void => looked(model, app);
    model.addEventListener("change", look);
    stop = () => model.removeEventListener("change", look);
    look();
    app.attempt(() => findWaiting(model, app));
  },
  leave: () => stop(),
  render: (model, app) => (cancelled(model) ? cancelledPage(model, app) : model.locked ? signed(model, app) : open(model, app)),
};

/** Whoever drew in a box signed what lay there then: another content, typed here or come from the server, is signed anew. */
function looked(model: AuditModel, app: App): void {
  if (model.locked) return;
  const form = formOf(model, () => app.refresh());
  if (lay(form, canonical(model.content("")))) app.say("Nội dung biên bản đã thay đổi sau khi ký vào ô. Hãy cho xem lại rồi ký lại.", "warn");
}

function open(model: AuditModel, app: App): TemplateResult {
  const form = formOf(model, () => app.refresh());
  const missing = lacking(model, dayOf(model));
  const head = model.pack.team.find((each) => each.role === "head")?.name ?? "";
  return html`<div class="page">
      <div class="page-head">
        <h1>Ký biên bản</h1>
        <p class="page-lead">
          ${missing.length ? `Còn ${countText(missing.length)} việc phải làm trước khi ký.` : "Đã đủ nội dung để ký."}
          <a href=${app.to("bien-ban")}>Xem biên bản</a>
        </p>
      </div>
      ${refused(model)} ${amending(model)} ${waitingPhotos(model, app)} ${lackList(missing, app)} ${warned(model, app, dayOf(model))} ${blanks(model, app)} ${summary(model, app)}
      ${model.head
        ? html`${day(model, form, app)} ${missing.length ? nothing : html`${party("unit", form, app)} ${party("team", form, app)}`}`
        : html`<div class="alert info">${icon("info")}<p>Chỉ trưởng đoàn${head ? ` (${head})` : ""} ký biên bản. Phần việc của thành viên tự chuyển đi khi đồng bộ.</p></div>`}
    </div>
    ${model.head
      ? html`<div class="dock">
          ${missing.length ? html`<span class="soft small grow">Làm xong các việc còn thiếu thì ô ký hiện ra.</span>` : nothing}
          <button class="button primary" aria-disabled=${missing.length ? "true" : "false"} @click=${() => app.attempt(() => conclude(model, form, app))}>
            ${icon("pen")}Ký và khóa biên bản
          </button>
        </div>`
      : nothing}`;
}

function summary(model: AuditModel, app: App): TemplateResult {
  const counts = model.counts();
  return html`<section class="panel">
    <h2>Kết quả sẽ ký</h2>
    <ul class="grade-counts">
      ${GRADES.map((grade) => html`<li>${gradeBadge(grade)}<strong class="num">${counts[grade]}</strong></li>`)}
      ${counts.none ? html`<li>${gradeBadge(null)}<strong class="num">${counts.none}</strong></li>` : nothing}
    </ul>
    <p class="soft small">Trên biên bản, mức nặng và nhẹ cùng ghi là "tồn tại, hạn chế cần khắc phục". <a href=${app.to("y-kien")}>Ý kiến của đơn vị</a></p>
  </section>`;
}

function day(model: AuditModel, form: Form, app: App): TemplateResult {
  const chosen = dayOf(model);
  const wrong = dayProblem(model, chosen);
  const now = trueToday();
  const off = clockWords();
  return html`<section class="panel">
    <h2>Ngày lập biên bản</h2>
    <div class="field ${wrong ? "wrong" : ""}">
      <label class="label" for="sign-day">Ngày ghi trên biên bản</label>
      <p class="help" id="sign-day-said">Trưởng đoàn xác nhận; đồng hồ của máy chỉ để tham khảo.</p>
      <input id="sign-day" type="date" autocomplete="off" aria-describedby="sign-day-said" .value=${chosen}
        @change=${(event: Event) => {
          form.day = typed(event);
          app.refresh();
        }} />
      ${wrong ? html`<p class="error">${wrong}</p>` : html`<p class="sign-day">${longDay(chosen)}</p>`}
      ${chosen > now ? html`<p class="error">Ngày này sau ngày hôm nay (${dayText(now)}): chỉ đúng khi đồng hồ chạy sai.</p>` : nothing}
      ${off ? html`<div class="alert warn">${icon("clock")}<p>${off} Ngày điền sẵn đã tính theo giờ máy chủ.</p></div>` : nothing}
    </div>
  </section>`;
}

function dayProblem(model: AuditModel, chosen: string): string {
  const began = model.pack.started_at?.slice(0, 10) ?? "";
  if (!chosen) return "Chưa chọn ngày.";
  return began && model.pack.planned_on && chosen < began && chosen < model.pack.planned_on ? "Ngày lập biên bản đứng trước ngày bắt đầu kiểm tra." : "";
}

async function conclude(model: AuditModel, form: Form, app: App): Promise<void> {
  await model.commit();
  const chosen = dayOf(model);
  form.tried = true;
  app.refresh();
  const missing = lacking(model, chosen);
  const wrong = dayProblem(model, chosen) || partyLacks("unit", form) || partyLacks("team", form);
  if (missing.length || wrong) {
    app.say(missing.length ? `Chưa ký được: còn ${countText(missing.length)} việc phải làm.` : wrong, "warn");
    return;
  }
  const counts = model.counts();
  const doubts = warnings(model, chosen);
  const unit = form.unit.refused ? `Đại diện đơn vị không ký, lý do: ${form.unit.reason.replace(/[.\s]+$/, "").trim()}` : `Đại diện đơn vị: ${form.unit.name.trim()}, ${form.unit.position.trim()}`;
  const sure = await app.ask({
    title: "Ký và khóa biên bản?",
    text: html`<p>Biên bản lập ${longDay(chosen)}, ${amountText(counts.minor + counts.major, "tồn tại, hạn chế")} và ${amountText(counts.opportunity, "khuyến nghị")}. ${unit}.</p>
      ${doubts.length ? html`<div class="alert warn">${icon("triangle")}<div><p>Còn điều cần xem lại:</p><ul>${doubts.map(({ words }) => html`<li>${words}</li>`)}</ul></div></div>` : nothing}
      <p>Sau khi ký, câu trả lời được khóa; muốn sửa phải lập bản sửa đổi và ký lại.</p>`,
    yes: "Ký biên bản",
  });
  if (!sure) return;
  await model.sign({ minuted_on: chosen, signatures: [signature("unit", form), signature("team", form)] });
  forget(model);
  app.say("Đã ký và khóa biên bản.", "good", { label: "Xem biên bản", run: () => app.go("bien-ban") });
  if (app.online) app.sync();
}

function signature(side: "team" | "unit", form: Form): Signature {
  const { name, position, refused, reason, pad } = form[side];
  return { side, name: name.trim(), position: position.trim(), path: refused ? "" : pad.ink, refused, reason: refused ? reason.trim() : "" };
}

function signed(model: AuditModel, app: App): TemplateResult {
  const made = model.signature;
  const out = waiting(model);
  const gone = released(model);
  const late = lateWords(model.conflicts().length);
  const final = model.signing.state !== "waiting" && (model.pack.state === "minuted" || model.pack.state === "concluded");
  return html`<div class="page">
      <div class="page-head">
        <h1>${final ? "Biên bản đã lập" : "Biên bản đã ký"}</h1>
        <p class="page-lead">
          ${final
            ? late && !gone.length
              ? "Kết quả theo bản đã ký được tính vào tổng hợp; nội dung đến sau chữ ký thì chưa."
              : `${gone.length ? `Trưởng đoàn không chờ ${countText(gone.length)} thiết bị nữa: ${gone.join(", ")}` : "Mọi thiết bị đã gửi đủ"}; kết quả được tính vào tổng hợp.`
            : out.length
              ? `Đã ký, chờ ${countText(out.length)} thiết bị: ${out.join(", ")}.`
              : "Đã ký, chờ gửi lên máy chủ."}
        </p>
      </div>
      ${refused(model)}
      ${late ? html`<div class="alert warn" id="sign-late">${icon("triangle")}<p>${late}</p><a class="button small" href=${app.to("xung-dot")}>Xem ở Xung đột</a></div>` : nothing}
      <div class="alert good">${icon("lock")}<p>Câu trả lời đã khóa. Thay đổi chỉ qua bản sửa đổi có lý do và chữ ký mới.</p></div>
      ${made
        ? html`<dl class="facts">
            <dt>Ngày lập biên bản</dt>
            <dd>${dayText(made.minuted_on)}</dd>
            <dt>Mã nội dung đã ký</dt>
            <dd class="sign-digest">${made.digest}</dd>
          </dl>`
        : nothing}
      ${outstanding(model, app)}
      <div class="buttons">
        <a class="button primary" href=${app.to("bien-ban")}>${icon("paper")}Xem, in biên bản</a>
        ${model.head ? html`<button class="button" @click=${() => app.attempt(() => amend(model, app))}>${icon("edit")}Lập bản sửa đổi</button>` : nothing}
      </div>
    </div>`;
}

/** A reason is asked for; from then on answers are open again and a new signature is needed. */
async function amend(model: AuditModel, app: App): Promise<void> {
  const reason = await app.ask({
    title: "Lập bản sửa đổi?",
    text: "Biên bản đã ký vẫn được lưu nguyên. Câu trả lời mở lại để sửa; cuộc kiểm tra chưa được tính vào tổng hợp cho đến khi hai bên ký bản mới.",
    yes: "Mở để sửa đổi",
    input: { label: "Lý do sửa đổi", required: true, long: true, max: 2000 },
  });
  if (typeof reason !== "string" || !reason) return;
  await model.amend(reason);
  app.say("Đã mở để sửa đổi; cần ký lại sau khi sửa.", "info");
}

function amending(model: AuditModel): TemplateResult | typeof nothing {
  const { last } = model.signing;
  if (!last) return nothing;
  return html`<div class="alert warn">
    ${icon("edit")}
    <p>Đang lập bản sửa đổi, thay biên bản ngày ${dayText(last.minuted_on)} (mã ${last.digest.slice(0, 16)}…). Cần hai bên ký lại.</p>
  </div>`;
}

/** The server's words when it did not take the last signature or amendment. */
function refused(model: AuditModel): TemplateResult | typeof nothing {
  const { state, said } = model.signing;
  if (state !== "refused") return nothing;
  return html`<div class="alert bad">${icon("cross")}<p>Máy chủ không nhận lần ký sau cùng. ${said || "Chưa rõ lý do."} Nội dung vẫn còn trên thiết bị.</p></div>`;
}
