// Taking audits along: what the server has for this person, and fetching the chosen ones onto the device.
import { html, nothing, type TemplateResult } from "lit-html";
import { dayText, momentText } from "../core/dates";
import { OtherChecklist, StorageFull } from "../store/errors";
import type { Shelved } from "../store/packages";
import { report } from "../sync/report";
import { isListing, type Listed } from "../sync/shapes";
import { Failure, trouble, type Trouble } from "../sync/trouble";
import type { Page, Room, Tablet } from "./frame";
import type { Far } from "./home";
import { mannerWords, roleWord, stateBadge } from "./home-words";
import { icon } from "./icons";
import { bar } from "./parts";
import { troubleBox } from "./syncpage-trouble";
import { about } from "./unlock-room";

let listed: Listed[] | null = null;
let here = new Map<string, Shelved>();
let chosen = new Set<string>();
let found: Trouble | null = null;
let asking = false;
let fetching: { done: number; total: number; name: string } | null = null;

export const take: Page = {
  title: "Mang theo",
  async enter(app) {
    listed = null;
    chosen = new Set();
    if (!app.room?.engine.wiped) await look(app);
  },
  signedIn(app) {
    if (!asking && (found?.kind === "signin" || found?.kind === "other")) app.attempt(() => look(app));
  },
  render(app) {
    return html`<div class="page">
        <div class="page-head">
          <h1>Mang theo cuộc kiểm tra</h1>
          <p class="page-lead">Chọn những cuộc sẽ kiểm tra để tải đủ phiếu, kết quả đã có và tồn tại cần kiểm tra lại về thiết bị.</p>
        </div>
        ${app.room?.engine.wiped ? html`<p>Thiết bị đã bị thu hồi: không mang theo được cuộc kiểm tra nào.</p>` : nothing}
        ${found ? troubleBox(app, found, () => app.attempt(() => look(app))) : nothing} ${asking ? html`<p class="soft" role="status">Đang hỏi máy chủ…</p>` : nothing}
        ${listed === null ? nothing : listed.length === 0 ? none() : list(app, listed)}
      </div>
      ${listed !== null && listed.length > 0 ? dock(app) : nothing}`;
  },
};

function none(): TemplateResult {
  return html`<div class="empty">${icon("calendar")}
    <h2>Không có cuộc kiểm tra nào</h2>
    <p>Ở đây hiện các cuộc mà mình có tên trong đoàn: đang lên kế hoạch, đang kiểm tra hoặc mới lập biên bản.</p></div>`;
}

function list(app: Tablet, packages: Listed[]): TemplateResult {
  return html`<ul class="list">
    ${packages.map((each) => {
      const line = here.get(each.audit);
      return html`<li class="card">
        <label class="pick">
          <input type="checkbox" ?disabled=${fetching !== null} .checked=${chosen.has(each.audit)} @change=${() => choose(app, each.audit)} />
          <span class="picked">
            <span class="card-head"><span class="card-title">${each.unit.name}</span>${stateBadge(each.state)}</span>
            <span class="soft">${[each.unit.district, each.planned_on ? `ngày ${dayText(each.planned_on)}` : "", mannerWords(each.purpose, each.mode, each.core_only), roleWord(each.role)].filter(Boolean).join(" · ")}</span>
            <span class="card-foot">Đã trả lời ${each.answered}/${each.asked}${each.devices.length > 0 ? ` · ${each.devices.length} thiết bị đang mang theo` : ""}</span>
            ${line
              ? html`<span class="flag good">${icon("check")}Có trên thiết bị từ ${momentText(line.taken_at)}${line.digest === each.digest ? "" : "; máy chủ có bản mới hơn"}</span>`
              : nothing}
          </span>
        </label>
      </li>`;
    })}
  </ul>`;
}

function dock(app: Tablet): TemplateResult {
  if (fetching) {
    return html`<div class="dock"><div class="grow" role="status">
      <p class="progress-words">Đang tải ${fetching.done + 1}/${fetching.total}: ${fetching.name}</p>${bar(fetching.done, fetching.total, "Đang tải về thiết bị")}
    </div></div>`;
  }
  const words = chosen.size === 0 ? "Chọn cuộc để mang theo" : `Mang theo ${chosen.size} cuộc`;
  return html`<div class="dock"><span class="dock-fill"></span>
    <button class="button primary" ?disabled=${chosen.size === 0} @click=${() => app.attempt(() => bring(app))}>${icon("download")}${words}</button></div>`;
}

function choose(app: Tablet, audit: string): void {
  if (!chosen.delete(audit)) chosen.add(audit);
  app.refresh();
}

async function look(app: Tablet): Promise<void> {
  const { room } = app;
  if (!room) return;
  asking = true;
  app.refresh();
  await trying(app, async () => {
    await owner(room);
    listed = (await room.engine.api.json(`packages?device=${room.store.device}`, isListing)).packages;
  });
  here = new Map((await room.store.packages.list()).map((line) => [line.audit, line]));
  asking = false;
  app.refresh();
}

/**
 * Tell the server that this device takes the chosen audits along, then fetch them one by one: whoever loses the network
 * between the two has told too much, never too little, and the next sync says what is really here.
 */
async function bring(app: Tablet): Promise<void> {
  const { room } = app;
  const wanted = (listed ?? []).filter((each) => chosen.has(each.audit));
  if (!room || fetching) return;
  const brought: string[] = [];
  try {
    await trying(app, async () => {
      await owner(room);
      const names = wanted.map((each) => each.audit);
      room.engine.reported = await report(room.engine.api, room.store, await about(app), names);
      if (room.engine.reported.state === "revoked") throw new Failure(trouble("revoked"));
      for (const each of wanted) {
        fetching = { done: brought.length, total: wanted.length, name: each.unit.name };
        app.refresh();
        await room.engine.fetchPackage(each.audit, "");
        if (!(await room.store.settings.get<Far>(`far/${each.audit}`))) {
          await room.store.settings.put(`far/${each.audit}`, { answered: each.answered, asked: each.asked } satisfies Far);
        }
        brought.push(each.audit);
        chosen.delete(each.audit);
      }
    });
  } finally {
    fetching = null;
  }
  here = new Map((await room.store.packages.list()).map((line) => [line.audit, line]));
  if (brought.length > 0) app.say(`Đã mang theo ${brought.length} cuộc kiểm tra. Có thể làm việc không cần mạng.`, "good", { label: "Mở danh sách", run: () => app.go("#/") });
  app.refresh();
}

/** The session on the server has to be that of the person whose data is open. */
async function owner(room: Room): Promise<void> {
  const session = await room.engine.api.session();
  if (session.user.id !== room.person.id) throw new Failure(trouble("other", { said: `(${session.user.name})` }));
}

async function trying(app: Tablet, work: () => Promise<void>): Promise<void> {
  found = null;
  try {
    await work();
  } catch (error) {
    if (error instanceof Failure) found = error.trouble;
    else if (error instanceof StorageFull) found = trouble("full");
    else if (error instanceof OtherChecklist) found = trouble("conflict", { said: "Phiếu kiểm tra trên máy chủ đã đổi; bản trên thiết bị giữ nguyên cho đến khi gửi xong." });
    else throw error;
    app.refresh();
  }
}
