// What was typed and has not been received yet, kept in localStorage: one box for each device. A device is this browser
// in one tab: two tabs never count on with the same numbers, because a box is used only under its lock. A box left
// behind by a closed tab is emptied by the next one.

export type Value = Record<string, unknown>;
export interface Operation {
  op_id: string;
  device_id: string;
  seq: number;
  audit: string;
  base_revision: number;
  kind: string;
  criterion: string | null;
  value: Value;
  at: string;
}
interface Kept extends Operation {
  tried: boolean;
}
interface Content {
  seq: number;
  ops: Kept[];
}

const PREFIX = "isoaudit.operations.";

export class Box {
  private content: Content;
  /** False when the browser has no room: what is typed lives only as long as the page. */
  safe = true;

  constructor(
    private readonly user: string,
    public device: string,
  ) {
    this.content = read(this.key) ?? { seq: 0, ops: [] };
  }

  get operations(): readonly Operation[] {
    return this.content.ops;
  }

  /** Put in one more; a last one about the same thing that was never sent takes the new value instead. */
  add(audit: string, kind: string, target: string, value: Value, known: number): void {
    const mine = this.content.ops.filter((each) => each.audit === audit && targetOf(each) === target);
    const last = mine[mine.length - 1];
    const at = new Date().toISOString();
    if (last && !last.tried && last.kind === kind) {
      last.value = value;
      last.at = at;
    } else {
      this.content.seq += 1;
      this.content.ops.push({
        op_id: uuid(),
        device_id: this.device,
        seq: this.content.seq,
        audit,
        base_revision: last ? last.base_revision + 1 : known,
        kind,
        criterion: target.startsWith("@") ? null : target,
        value,
        at,
        tried: false,
      });
    }
    this.save();
  }

  /** The next ones to send; from now on their values stay as they are. */
  take(most: number): Operation[] {
    const taken = this.content.ops.slice(0, most);
    for (const each of taken) each.tried = true;
    this.save();
    return taken.map(({ tried: _tried, ...operation }) => operation);
  }

  drop(opIds: ReadonlySet<string>): void {
    const now = read(this.key);
    if (now && now.seq > this.content.seq) this.content.seq = now.seq;
    this.content.ops = this.content.ops.filter((each) => !opIds.has(each.op_id));
    this.save();
  }

  /** Start anew as another device, when the server does not know what this one counted on. */
  renew(): void {
    localStorage.removeItem(this.key);
    this.device = uuid();
    this.content.ops.forEach((each, place) => {
      each.device_id = this.device;
      each.seq = place + 1;
      each.tried = false;
    });
    this.content.seq = this.content.ops.length;
    void hold(this.key);
    this.save();
  }

  discardWhenEmpty(): void {
    if (this.content.ops.length === 0) localStorage.removeItem(this.key);
  }

  private get key(): string {
    return `${PREFIX}${this.user}.${this.device}`;
  }

  private save(): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.content));
      this.safe = true;
    } catch {
      this.safe = false;
    }
  }
}

/** The box of this tab, and those that closed tabs of the same person left with something in them. */
export async function claim(user: string): Promise<{ own: Box; left: Box[] }> {
  let own: Box | null = null;
  const left: Box[] = [];
  for (const key of keys(user)) {
    const device = key.slice(`${PREFIX}${user}.`.length);
    const held = await hold(key);
    if (held === "no") continue;
    if (held === "yes" && own === null) own = new Box(user, device);
    else left.push(new Box(user, device));
  }
  if (own === null) {
    own = new Box(user, uuid());
    await hold(`${PREFIX}${user}.${own.device}`);
  }
  return { own, left: left.filter((each) => each.operations.length > 0) };
}

export function targetOf(operation: Operation): string {
  return operation.criterion ?? `@${String(operation.value["field"] ?? "")}`;
}

/** Take a lock for as long as the page lives. Without locks (no HTTPS) a box is only emptied, never counted on with:
    sending the same operation twice changes nothing. */
function hold(name: string): Promise<"yes" | "no" | "unknown"> {
  if (!("locks" in navigator)) return Promise.resolve("unknown");
  return new Promise((tell) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      tell(lock ? "yes" : "no");
      return lock ? new Promise<void>(() => undefined) : undefined;
    });
  });
}

function keys(user: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${user}.`));
  } catch {
    return [];
  }
}

function read(key: string): Content | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Content);
  } catch {
    return null;
  }
}

/** A random UUID; crypto.randomUUID needs HTTPS. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
