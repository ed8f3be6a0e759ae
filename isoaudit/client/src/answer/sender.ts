// Sends what the boxes hold, in order, again and again until it is received. Nothing leaves a box before the server has
// said what became of it.
import { Box, Operation } from "./box";

export interface Outcome {
  op_id: string;
  outcome: "accepted" | "duplicate" | "held" | "conflict" | "refused";
  first: string;
  revision: number;
  why?: string;
}
export type Trouble = "" | "offline" | "signin" | "reload" | "full" | { said: string };
interface Page {
  url: string;
  csrf: string;
  told: (operation: Operation, outcome: Outcome) => void;
  state: (state: "saved" | "saving" | "failed", trouble: Trouble) => void;
}

const MOST = 200;
const WAITS = [2, 5, 10, 30];

export class Sender {
  private busy = false;
  private again = false;
  private failures = 0;
  private timer = 0;
  private fresh = false;
  private renewals = 0;

  constructor(
    private readonly boxes: Box[],
    private readonly page: Page,
  ) {
    window.addEventListener("online", () => void this.send());
  }

  get waiting(): boolean {
    return this.boxes.some((box) => box.operations.length > 0);
  }

  /** Send after a moment of rest, while somebody is typing. */
  later(milliseconds: number): void {
    this.show("saving");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), milliseconds);
  }

  async send(): Promise<void> {
    window.clearTimeout(this.timer);
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      for (const box of this.boxes) {
        while (box.operations.length > 0) {
          this.show("saving");
          if (!(await this.batch(box))) return;
        }
      }
      this.failures = this.renewals = 0;
      this.show("saved");
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        void this.send();
      }
    }
  }

  private async batch(box: Box): Promise<boolean> {
    const operations = box.take(MOST);
    let response: Response;
    try {
      response = await fetch(this.page.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.page.csrf },
        body: JSON.stringify({ operations }),
        keepalive: document.visibilityState === "hidden",
      });
    } catch {
      return this.fail("offline");
    }
    if (!response.ok) return this.refused(response, box);
    const reply = (await response.json()) as { operations: Outcome[] };
    const done = new Set<string>();
    reply.operations.forEach((outcome, place) => {
      const operation = operations[place];
      if (!operation || outcome.outcome === "held") return;
      done.add(operation.op_id);
      this.page.told(operation, outcome);
    });
    box.drop(done);
    this.fresh = false;
    return done.size > 0 || this.renew(box); // a lower number is missing over there
  }

  private async refused(response: Response, box: Box): Promise<boolean> {
    const problem = (await response.json().catch(() => ({}))) as { code?: string; title?: string };
    if (response.status === 401) return this.fail("signin", 60);
    if (problem.code === "form.stale") return (await this.refresh()) ? true : this.fail("reload", 60);
    if (problem.code === "operation.device_of_other" || problem.code === "operation.seq_used") {
      return this.renew(box);
    }
    if (response.status >= 500 || response.status === 429) return this.fail("offline");
    return this.fail({ said: problem.title ?? `HTTP ${response.status}` }, 60);
  }

  /** Count anew as another device; when even that is not taken, wait. */
  private renew(box: Box): boolean {
    this.renewals += 1;
    if (this.renewals > 3) return this.fail("reload", 60);
    box.renew();
    return true;
  }

  /** After a new sign-in the page's token is old: fetch the page's new one, once. */
  private async refresh(): Promise<boolean> {
    if (this.fresh) return false;
    this.fresh = true;
    const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    const text = response?.ok ? await response.text() : "";
    const token = new DOMParser().parseFromString(text, "text/html").getElementById("answer")?.dataset["csrf"];
    if (!token) return false;
    this.page.csrf = token;
    return true;
  }

  private fail(trouble: Trouble, seconds = 0): boolean {
    const wait = seconds || (WAITS[Math.min(this.failures, WAITS.length - 1)] ?? 30);
    this.failures += 1;
    this.page.state("failed", trouble);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), wait * 1000);
    return false;
  }

  private show(state: "saved" | "saving"): void {
    const full = this.waiting && this.boxes.some((box) => !box.safe);
    if (this.failures === 0 || state === "saved") this.page.state(full ? "failed" : state, full ? "full" : "");
  }
}
