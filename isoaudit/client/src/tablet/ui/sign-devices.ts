// The devices that took the audit along: who has delivered, who is still out; the head may release one that will not come.
import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app";
import type { DeviceLine } from "../core/types";
import type { AuditModel } from "../model/audit";
import { Api, isRecord } from "../sync/api";
import { Failure, inWords } from "../sync/trouble";
import { icon } from "./icons";
import { badge } from "./parts";

/** The devices that the minutes wait for, as people call them. */
export function waiting(model: AuditModel): string[] {
  return known(model).filter(isOut).map(called);
}

/** The devices that have not delivered and that nobody waits for any more. */
export function released(model: AuditModel): string[] {
  return known(model).filter((each) => each.released && !each.delivered).map(called);
}

/** The devices as the server last told, save that this one has not delivered what it still holds. */
function known(model: AuditModel): DeviceLine[] {
  return model.pack.devices.map((each) => (each.device === model.device && model.undelivered ? { ...each, delivered: false, released: false } : each));
}

function called(each: DeviceLine): string {
  return each.user ? `${each.name || "thiết bị"} (${each.user})` : each.name || "thiết bị";
}

function isOut(each: DeviceLine): boolean {
  return !each.delivered && !each.released;
}

export function outstanding(model: AuditModel, app: App): TemplateResult | typeof nothing {
  const devices = known(model);
  if (!devices.length) return nothing;
  const head = model.pack.role === "head";
  return html`<section>
    <h2>Thiết bị đã mang cuộc kiểm tra đi</h2>
    <ul class="list">
      ${devices.map(
        (each) => html`<li class="card">
          <div class="card-head"><p class="card-title">${each.name || "Thiết bị chưa đặt tên"}</p>${sign(each, each.device === model.device)}</div>
          <p class="card-foot">${each.user}</p>
          ${head && isOut(each) && each.device !== model.device
            ? html`<div class="buttons"><button class="button small" ?disabled=${!app.online} @click=${() => app.attempt(() => release(model, app, each))}>Không chờ thiết bị này</button></div>
                ${app.online ? nothing : html`<p class="soft small">Cần có mạng để bỏ chờ một thiết bị.</p>`}`
            : nothing}
        </li>`,
      )}
    </ul>
  </section>`;
}

function sign(each: DeviceLine, own: boolean): TemplateResult {
  if (each.delivered) return badge("good", "check", "đã gửi đủ");
  return each.released ? badge("mute", "slash", "không chờ nữa") : badge("wait", "clock", own ? "máy này, chưa giao hết" : "chưa giao");
}

async function release(model: AuditModel, app: App, device: DeviceLine): Promise<void> {
  const reason = await app.ask({
    title: "Không chờ thiết bị này?",
    text: `${device.name || "Thiết bị"}${device.user ? ` của ${device.user}` : ""} chưa giao hết. Những gì đến sau vẫn được giữ, hiện ra và cần bản sửa đổi.`,
    yes: "Không chờ nữa",
    danger: true,
    input: { label: "Lý do", required: true, long: true, max: 1000 },
  });
  if (typeof reason !== "string" || !reason) return;
  try {
    await new Api().json(`audits/${encodeURIComponent(model.pack.audit)}/release`, isRecord, {
      method: "POST",
      json: { device_id: device.device, reason },
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { what, todo } = inWords(error.trouble);
    app.say(`${what} ${todo}`, "warn");
    return;
  }
  app.say("Không chờ thiết bị này nữa.", "good");
  app.sync();
}
