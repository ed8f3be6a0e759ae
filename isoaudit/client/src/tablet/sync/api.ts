// Requests to the server's tablet API. Whatever comes back is either a value of the shape that was asked for, or a
// Failure with a named trouble: a page of a Wi-Fi portal, half an answer or a proxy's error is never taken for an answer.
import { Failure, trouble, Trouble } from "./trouble";

export interface Session {
  /** `since`: when the account was made. */
  user: { id: number; name: string; username: string; since: string };
  csrf: string;
  server_time: string;
  app: string;
  recovery: { id: string; spki: string };
}
type Shape<T> = (value: unknown) => value is T;
interface Asked {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH";
  json?: unknown;
  bytes?: Blob;
  headers?: Record<string, string>;
  /** Milliseconds until it counts as lost, with the reading of the answer. */
  patience?: number;
}
/** An answer whose status and kind have been found right; the body has not been read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: () => Promise<string>;
}

const PATIENCE = 30_000;
const QUIET = new Set([204, 304]);

export class Api {
  private csrf = "";

  constructor(
    private readonly send: typeof fetch = (...asked) => fetch(...asked),
    private readonly base = "/tablet/api/v1/",
  ) {}

  /** Who is signed in on the server. Raises Failure "signin" when nobody is. */
  async session(): Promise<Session> {
    const session = await this.json("session", isSession);
    this.csrf = session.csrf;
    return session;
  }

  /** End the session on the server, so that somebody else can sign in. What lies on the device is not touched. */
  async signOut(): Promise<void> {
    if ((await this.signedIn()) === null) return;
    const asked: RequestInit = { method: "POST", redirect: "manual", headers: { "X-CSRFToken": this.csrf } };
    await this.send("/dang-xuat", asked).catch(() => {
      throw new Failure(trouble("offline"));
    });
    this.csrf = "";
    if ((await this.signedIn()) !== null) throw new Failure(trouble("refused")); // whatever was answered: it did not work
  }

  /** As session(); null when nobody is signed in. */
  async signedIn(): Promise<Session | null> {
    try {
      return await this.session();
    } catch (failure) {
      if (failure instanceof Failure && failure.trouble.kind === "signin") return null;
      throw failure;
    }
  }

  /** Ask for JSON of a shape. */
  async json<T>(path: string, shape: Shape<T>, asked: Asked = {}): Promise<T> {
    const answer = await this.request(path, asked);
    return read(await answer.text(), answer.status, shape);
  }

  /** As json(); null when the server says that `digest` is still what it has. */
  async jsonUnless<T>(path: string, shape: Shape<T>, digest: string): Promise<T | null> {
    const headers: Record<string, string> = digest === "" ? {} : { "If-None-Match": `"${digest}"` };
    const answer = await this.request(path, { headers, patience: 90_000 });
    return answer.status === 304 ? null : read(await answer.text(), answer.status, shape);
  }

  /** One request; a stale form token is renewed and the request sent again, once. */
  async request(path: string, asked: Asked = {}): Promise<Answer> {
    const changes = asked.method !== undefined && asked.method !== "GET" && asked.method !== "HEAD";
    if (changes && this.csrf === "") await this.session();
    try {
      return await this.once(path, asked, changes);
    } catch (failure) {
      if (!changes || !(failure instanceof Failure) || failure.trouble.code !== "form.stale") throw failure;
      await this.session();
      return this.once(path, asked, changes);
    }
  }

  private async once(path: string, asked: Asked, changes: boolean): Promise<Answer> {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), asked.patience ?? PATIENCE);
    const late = (error: unknown): Failure =>
      error instanceof Failure ? error : new Failure(trouble(giveUp.signal.aborted ? "timeout" : "offline"));
    let response: Response;
    try {
      response = await this.send(this.base + path, {
        method: asked.method ?? "GET",
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        signal: giveUp.signal,
        headers: {
          Accept: "application/json, application/problem+json",
          ...(changes ? { "X-CSRFToken": this.csrf } : {}),
          ...(asked.json === undefined ? {} : { "Content-Type": "application/json" }),
          ...asked.headers,
        },
        ...(asked.json === undefined ? {} : { body: JSON.stringify(asked.json) }),
        ...(asked.bytes === undefined ? {} : { body: asked.bytes }),
      });
    } catch (error) {
      clearTimeout(timer);
      throw late(error);
    }
    const text = async (): Promise<string> => {
      try {
        return await response.text();
      } catch (error) {
        throw giveUp.signal.aborted ? late(error) : new Failure(trouble("garbled", { status: response.status }));
      } finally {
        clearTimeout(timer);
      }
    };
    const found = await classify(response, asked.method === "HEAD", text);
    if (found) {
      clearTimeout(timer);
      throw new Failure(found);
    }
    if (asked.method === "HEAD" || QUIET.has(response.status)) clearTimeout(timer);
    return { status: response.status, headers: response.headers, text };
  }
}

/** What is wrong with an answer; null when it can be read as one of our server's. */
async function classify(response: Response, head: boolean, text: () => Promise<string>): Promise<Trouble | null> {
  const { status, headers } = response;
  const type = headers.get("Content-Type") ?? "";
  const ours = /^application\/(problem\+)?json\b/i.test(type);
  if (response.type === "opaqueredirect" || response.redirected || (status >= 300 && status < 400 && status !== 304)) {
    return trouble("portal", { status });
  }
  const html = /^text\/html\b/i.test(type) && !headers.has("Upload-Offset");
  if (status < 400) {
    if (QUIET.has(status) || ours || (head && !html)) return null;
    return trouble("portal", { status });
  }
  const more = { status, wait: seconds(headers.get("Retry-After")), offset: whole(headers.get("Upload-Offset")) };
  if (status === 413) return trouble("large", more);
  if (status === 429) return trouble("busy", more);
  if (status === 511) return trouble("portal", more);
  if (status >= 500) return trouble("server", more);
  if (head && !html) return trouble(named(status, ""), more);
  if (!ours) return trouble("portal", more);
  const problem = said(await text());
  return trouble(named(status, problem.code), { ...more, ...problem });
}

function named(status: number, code: string): Trouble["kind"] {
  if (status === 401) return "signin";
  if (status === 403) return code === "device.revoked" ? "revoked" : "forbidden";
  if (status === 404) return "missing";
  if (status === 409) return "conflict";
  return "refused";
}

function said(text: string): { code: string; said: string } {
  try {
    const problem = JSON.parse(text) as { code?: unknown; title?: unknown; detail?: unknown } | null;
    const words = [problem?.title, problem?.detail].find((part) => typeof part === "string" && part !== "");
    return { code: typeof problem?.code === "string" ? problem.code : "", said: String(words ?? "") };
  } catch {
    return { code: "", said: "" };
  }
}

function read<T>(text: string, status: number, shape: Shape<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Failure(trouble("garbled", { status }));
  }
  if (!shape(value)) throw new Failure(trouble("garbled", { status }));
  return value;
}

function seconds(header: string | null): number {
  if (header === null) return 0;
  const asked = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(asked) ? Math.min(Math.max(0, Math.ceil(asked)), 3600) : 0;
}

/** A header that counts bytes; null when it is missing or is no count. */
export function whole(header: string | null): number | null {
  return header !== null && /^\d{1,12}$/.test(header) ? Number(header) : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSession(value: unknown): value is Session {
  if (!isRecord(value) || !isRecord(value["user"]) || !isRecord(value["recovery"])) return false;
  const { user, recovery } = value;
  return (
    typeof user["id"] === "number" && typeof user["name"] === "string" && typeof user["username"] === "string" && typeof user["since"] === "string" &&
    typeof value["csrf"] === "string" && value["csrf"] !== "" && typeof recovery["spki"] === "string"
  );
}
