// A stand-in for the server, for the tests of the sync: real HTTP on a real socket, the ledger's rules kept, and any request
// answered wrongly on demand. What the real server does is tested with the real one (tests/browser).
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fingerprint, link, sha256 } from "../../core/canonical";
import type { Operation, Outcome, Package } from "../../core/types";

/** The part of a device's report that tests ask for. */
export interface Report {
  key_mark: string;
  audits: { audit: string; drafts: number; planned_at: string | null }[];
}

export interface Bad {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Announce the whole body and break off after so many bytes. */
  cut?: number;
  /** Do what was asked first, and then give this answer. */
  after?: boolean;
  /** Say nothing at all: close the connection. */
  drop?: boolean;
}
export const PORTAL: Bad = { status: 200, headers: { "Content-Type": "text/html" }, body: "<!doctype html><title>Wi-Fi miễn phí</title>" };

export function problem(status: number, code: string, headers: Record<string, string> = {}): Bad {
  return { status, headers: { "Content-Type": "application/problem+json", ...headers }, body: JSON.stringify({ status, code, title: code, detail: code }) };
}

export class FakeServer {
  user = { id: 7, name: "Nguyễn Thị Kiểm", username: "kiem", since: "2020-01-01T00:00:00+00:00" };
  /** The key of the device, given until the device says that it has it. */
  readonly key = "4b".repeat(32);
  spki = "";
  revoked = false;
  packages = new Map<string, Package>();
  entered: { operation: Operation; digest: string }[] = [];
  chain = "";
  files = new Map<string, { bytes: Buffer; length: number; complete: boolean }>();
  reports: Report[] = [];
  /** What the last batch said of when the audits were planned. */
  planned: Record<string, string> = {};
  wiped: unknown[] = [];
  /** Every request as "POST operations". */
  asked: string[] = [];
  /** Looked at before each request: what to answer instead. */
  mischief: (what: string, body: string) => Bad | null = () => null;
  /** What becomes of an operation that is entered. */
  judge: (operation: Operation) => Partial<Outcome> = () => ({});
  private server: Server | null = null;

  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.take(request, response));
    await new Promise<void>((ready) => this.server?.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const what = `${request.method} ${(request.url ?? "").slice(1)}`;
    this.asked.push(what);
    const bad = this.mischief(what, body.toString("utf-8"));
    const good = bad !== null && bad.after !== true ? null : await this.answer(what, body, request);
    const told = bad ?? good ?? { status: 500 };
    if (told.drop) {
      request.socket.destroy();
      return;
    }
    const text = Buffer.from(told.body ?? "");
    response.writeHead(told.status, { "Content-Length": String(text.length), ...told.headers });
    if (told.cut === undefined) response.end(request.method === "HEAD" ? undefined : text);
    else response.write(text.subarray(0, told.cut), () => request.socket.destroy());
  }

  private async answer(what: string, body: Buffer, request: IncomingMessage): Promise<Bad> {
    const [method = "", path = ""] = what.split(" ");
    const [noun = "", id = ""] = path.split("?")[0]?.split("/") ?? [];
    if (noun === "session") {
      return json({ user: this.user, csrf: "token", server_time: new Date().toISOString(), app: "1", recovery: { id: "k1", spki: this.spki } });
    }
    if (method !== "GET" && method !== "HEAD" && request.headers["x-csrftoken"] !== "token") return problem(400, "form.stale");
    if (noun === "devices" && path.endsWith("/wiped")) {
      this.wiped.push(JSON.parse(body.toString()));
      return json({});
    }
    if (noun === "devices" && method === "GET") {
      const after = Number(path.split("after=")[1]);
      return json(this.entered.slice(after).map(({ operation: { seq, op_id }, digest }) => ({ seq, op_id, digest, outcome: "accepted" })));
    }
    if (noun === "devices") {
      const said = JSON.parse(body.toString()) as Report;
      this.reports.push(said);
      const key = said.key_mark === (await sha256(Buffer.from(this.key))) ? null : this.key;
      const ledger = { last_seq: this.entered.length, chain: this.chain };
      return json({ state: this.revoked ? "revoked" : "active", reason: null, ledger, audits: [], key, server_time: "" });
    }
    if (noun === "evidence") return this.piece(method, id, body, request);
    if (this.revoked) return problem(403, "device.revoked");
    if (noun === "operations") {
      const posted = JSON.parse(body.toString()) as { operations: Operation[]; planned_at: Record<string, string> };
      this.planned = posted.planned_at;
      return this.enter(posted.operations);
    }
    const pack = this.packages.get(id);
    if (noun !== "packages" || pack === undefined) return problem(404, "page.not_found");
    return request.headers["if-none-match"] === `"${pack.digest}"` ? { status: 304 } : json(pack);
  }

  private async enter(operations: Operation[]): Promise<Bad> {
    const outcomes: Outcome[] = [];
    for (const operation of [...operations].sort((one, other) => one.seq - other.seq)) {
      const digest = await fingerprint(operation);
      const base: Outcome = { op_id: operation.op_id, outcome: "accepted", first: "accepted", revision: operation.base_revision + 1, audit_revision: 1, digest };
      if (operation.seq <= this.entered.length) {
        outcomes.push({ ...base, outcome: "duplicate", ...(this.entered[operation.seq - 1]?.digest === digest ? {} : { outcome: "refused" }) });
      } else if (operation.seq > this.entered.length + 1) outcomes.push({ ...base, outcome: "held", first: "held" });
      else {
        this.entered.push({ operation, digest });
        this.chain = await link(this.chain, digest);
        outcomes.push({ ...base, ...this.judge(operation) });
      }
    }
    const device_id = operations[0]?.device_id ?? "";
    return json({ operations: outcomes, receipts: [{ device_id, through: this.entered.length, chain: this.chain }] });
  }

  private async piece(method: string, digest: string, body: Buffer, request: IncomingMessage): Promise<Bad> {
    const file = this.files.get(digest);
    if (method === "HEAD") return file ? told(file) : problem(404, "evidence.missing");
    const length = Number(request.headers["upload-length"]);
    const now = file ?? { bytes: Buffer.alloc(0), length, complete: false };
    if (Number(request.headers["upload-offset"]) !== now.bytes.length) {
      return problem(409, "evidence.offset", { "Upload-Offset": String(now.bytes.length) });
    }
    now.bytes = Buffer.concat([now.bytes, body]);
    this.files.set(digest, now);
    if (now.bytes.length < now.length) return told(now);
    if ((await sha256(new Uint8Array(now.bytes))) === digest) {
      now.complete = true;
      return told(now);
    }
    this.files.delete(digest);
    return problem(422, "upload.digest");
  }
}

function told(file: { bytes: Buffer; length: number }): Bad {
  return { status: 204, headers: { "Upload-Offset": String(file.bytes.length), "Upload-Length": String(file.length) } };
}

function json(value: unknown): Bad {
  return { status: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}
