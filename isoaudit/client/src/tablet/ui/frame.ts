// The app: which page or screen shows, who is here, which audit is open, and everything that screens may ask of it (app.ts).
// What it looks like is in frame-view.ts; storage, sync and the service worker live elsewhere.
import type { TemplateResult } from "lit-html";
import type { App, Choices, Person, Question, Tone } from "../app";
import type { AuditModel } from "../model/audit";
import { Dialogs } from "./dialogs";
import { OpenAudit } from "./frame-audit";
import { Drawing } from "./frame-drawing";
import { errorWords } from "./frame-errors";
import { Idle } from "./frame-idle";
import type { Notice, Page, Room } from "./frame-types";
import { draw, failed } from "./frame-view";
import { SCREENS, type Screen } from "./screens";
import { choices, keepChoices, showChoices } from "./settings-choices";

export type { Notice, Page, Room } from "./frame-types";

export class Tablet implements App {
  room: Room | null = null;
  screen: Screen | null = null;
  page: Page | null = null;
  tab = "";
  rest: readonly string[] = [];
  address = "";
  trouble: unknown = null;
  /** What the office's revocation, an update that waits and a full storage have to say above every screen. */
  readonly standing = new Map<string, Notice>();
  readonly choices: Choices = choices();
  private readonly dialogs = new Dialogs(() => this.refresh());
  private open: OpenAudit | null = null;
  /** Where unlocking leads, and whom; null: whoever it is. */
  private wanted: { to: string; by: number | null } = { to: "#/", by: null };
  private steps = 0;
  private readonly idle = new Idle();
  private readonly drawing: Drawing;

  constructor(
    root: HTMLElement,
    private readonly pages: Record<string, Page>,
  ) {
    this.drawing = new Drawing(root, () => this.draw(), (error) => failed(this, error));
  }

  // -- what screens ask -------------------------------------------------------------------------------------------

  get person(): Person | null {
    return this.room?.person ?? null;
  }

  get model(): AuditModel | null {
    return this.open?.model ?? null;
  }

  get saved(): "saved" | "saving" | "failed" {
    return this.model?.saving ?? "saved";
  }

  get online(): boolean {
    return navigator.onLine;
  }

  /** Something goes on that a reload would break off. */
  get busy(): boolean {
    return this.syncing || this.dialogs.any;
  }

  get waiting(): number {
    return this.room?.engine.waiting ?? 0;
  }

  get syncing(): boolean {
    return this.room?.engine.running ?? false;
  }

  go(to: string, ...rest: string[]): void {
    location.hash = to.startsWith("#") ? to : this.to(to, ...rest);
  }

  to(tab: string, ...rest: string[]): string {
    return ["#/cuoc", this.model?.pack.audit ?? "", tab, ...rest].map((part, place) => (place ? encodeURIComponent(part) : part)).join("/");
  }

  say(text: string, tone: Tone = "info", act?: { label: string; run: () => void }): void {
    this.dialogs.say(text, tone, act);
  }

  ask(question: Question): Promise<boolean | string> {
    return this.dialogs.ask(question);
  }

  show<T>(label: string, draw: (close: (value: T | null) => void) => TemplateResult): Promise<T | null> {
    return this.dialogs.show(label, draw);
  }

  refresh(): void {
    this.drawing.ask();
  }

  atOnce(show: () => void): void {
    show();
    this.drawing.hold();
  }

  attempt(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.failed(error));
  }

  sync(): void {
    const { room } = this;
    if (room) this.attempt(() => (room.engine.wiped ? room.engine.run() : room.schedule.run())); // revoked: no schedule
  }

  // -- choices of the device --------------------------------------------------------------------------------------

  choose(chosen: Partial<Choices>): void {
    Object.assign(this.choices, chosen);
    keepChoices(this.choices);
    showChoices(this.choices);
    this.refresh();
  }

  note(key: string, notice: Notice | null): void {
    if (notice) this.standing.set(key, notice);
    else this.standing.delete(key);
    this.refresh();
  }

  // -- coming and going -------------------------------------------------------------------------------------------

  /** Somebody has unlocked their data: go where they wanted to. */
  welcome(room: Room, to?: string): void {
    this.room = room;
    this.touch();
    const wanted = to ?? ([null, room.person.id].includes(this.wanted.by) ? this.wanted.to : "#/");
    this.wanted = { to: "#/", by: null };
    if (location.hash === wanted) this.attempt(() => this.route());
    else location.replace(wanted);
  }

  /** Put everything away; what was typed is kept first. The next unlocking comes back to this place. */
  async lock(): Promise<void> {
    const { room } = this;
    if (!room) return;
    this.dialogs.leaveAll();
    if (!(await this.committed())) return;
    this.dialogs.silence();
    this.wanted = { to: room.engine.wiped === null ? location.hash : "#/", by: room.person.id };
    this.leave();
    await this.closeAudit();
    this.room = null;
    room.schedule.stop();
    room.store.close();
    this.standing.clear();
    this.go(`#/nguoi/${room.person.id}`);
  }

  /** The office revoked this device: what the server has is gone from it; the rest waits to be exported. */
  revoked(): void {
    this.room?.schedule.stop();
    if (location.hash === "#/thu-hoi") this.refresh();
    else this.go("#/thu-hoi");
  }

  touch(): void {
    this.idle.touch();
  }

  lockWhenIdle(): void {
    if (this.room && this.idle.over) this.attempt(() => this.lock());
  }

  /** Turn what is being typed into operations: the window may be gone in a moment. */
  keep(): void {
    const { model } = this;
    if (model) this.attempt(() => model.commit());
  }

  // -- routing ----------------------------------------------------------------------------------------------------

  /** Show what the address names. Later calls win over earlier ones that are still opening something. */
  async route(): Promise<void> {
    const step = ++this.steps;
    const parts = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
    const [first = "", ...rest] = parts;
    const page = this.pages[first];
    this.trouble = null;
    if (!this.room && first !== "nguoi" && !page?.open && !page?.anywhere) {
      this.wanted = { to: location.hash || "#/", by: null };
      location.replace("#/nguoi");
      return;
    }
    if (this.room && page?.open) {
      location.replace("#/");
      return;
    }
    if (this.room?.engine.gone && first !== "thu-hoi") {
      location.replace("#/thu-hoi"); // there is nothing left to show
      return;
    }
    const before = this.screen ?? this.page;
    this.dialogs.leaveAll();
    this.leave();
    try {
      if (first === "cuoc" && rest[0] !== undefined) await this.openScreen(step, rest[0], rest[1], rest.slice(2));
      else await this.openPage(step, page ?? this.pages[""], rest);
    } catch (error) {
      if (step === this.steps) this.failed(error, true);
    }
    if (step !== this.steps) return;
    this.address = location.hash || "#/";
    if (before !== (this.screen ?? this.page)) {
      this.dialogs.hush();
      window.scrollTo(0, 0);
    }
    this.refresh();
    requestAnimationFrame(() => document.querySelector(".app-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  again(): void {
    this.trouble = null;
    this.attempt(() => this.route());
  }

  private leave(): void {
    this.keep();
    if (this.screen && this.model) this.screen.leave?.(this.model, this);
    this.page?.leave?.(this);
    this.screen = this.page = null;
  }

  private async openPage(step: number, page: Page | undefined, rest: readonly string[]): Promise<void> {
    if (!(await this.closeAudit()) || step !== this.steps) return;
    this.page = page ?? null;
    this.rest = rest;
    this.refresh();
    await page?.enter?.(this, rest);
  }

  private async openScreen(step: number, audit: string, tab = Object.keys(SCREENS)[0] ?? "", rest: readonly string[] = []): Promise<void> {
    if (this.model?.pack.audit !== audit) {
      if (!(await this.closeAudit())) return;
      await this.openAudit(audit);
    }
    if (step !== this.steps || !this.model) return;
    this.tab = tab;
    this.rest = rest;
    this.screen = SCREENS[tab] ?? null;
    if (!this.screen) throw new Error(`no screen ${tab}`);
    await this.screen.enter?.(this.model, this);
  }

  private async openAudit(audit: string): Promise<void> {
    if (!this.room) return;
    const told = (notice: Notice | null): void => this.note("storage", notice);
    this.open = await OpenAudit.open(this.room.store, audit, () => this.refresh(), told);
  }

  /** False when what is being typed cannot be written: the audit stays open then, and the address goes back to it. */
  private async committed(): Promise<boolean> {
    try {
      await this.model?.commit();
      return true;
    } catch (error) {
      this.failed(error);
      const here = this.to(this.tab, ...this.rest);
      if (location.hash === here) this.refresh();
      else location.replace(here);
      return false;
    }
  }

  private async closeAudit(): Promise<boolean> {
    if (!(await this.committed())) return false;
    const { open } = this;
    this.open = null;
    this.note("storage", null);
    await open?.close(this.room?.engine.wiped === null);
    return true;
  }

  // -- drawing ----------------------------------------------------------------------------------------------------

  /** Say an error that nobody expected; the screen stays unless it could not be opened at all. */
  failed(error: unknown, instead = false): void {
    console.error(error);
    if (instead) this.trouble = error;
    else this.say(errorWords(error), "bad");
    this.refresh();
  }

  private draw(): TemplateResult {
    document.title = `${this.screen?.title ?? this.page?.title ?? "Kiểm tra ISO"} – Kiểm tra ISO hành chính`;
    return draw(this, this.dialogs.render());
  }
}
