// Every kind of answer that a network may give is told apart, and only a whole answer of our server's is taken for one.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Api, isRecord } from "./api";
import { FakeServer, PORTAL, problem, type Bad } from "./testing/server";
import { Failure, inWords, trouble, type Kind, type Trouble } from "./trouble";

const server = new FakeServer();
let api: Api;

before(async () => {
  const base = await server.start();
  api = new Api((...asked) => fetch(...asked), base);
});
beforeEach(() => {
  server.mischief = () => null;
  server.asked = [];
});
after(() => server.stop());

async function troubleOf(work: () => Promise<unknown>): Promise<Trouble> {
  try {
    await work();
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return error.trouble;
  }
  throw new Error("went through");
}

const whole = JSON.stringify({ operations: [], receipts: [] });
const answers: [name: string, bad: Bad, kind: Kind][] = [
  ["a portal's page", PORTAL, "portal"],
  ["a portal's page as an error", { ...PORTAL, status: 403 }, "portal"],
  ["a portal's redirect", { status: 302, headers: { Location: "http://login.wifi/" } }, "portal"],
  ["a portal that says what it is", { ...PORTAL, status: 511 }, "portal"],
  ["a proxy's 404", { ...PORTAL, status: 404 }, "portal"],
  ["JSON of another shape", { status: 200, headers: { "Content-Type": "application/json" }, body: '"ok"' }, "garbled"],
  ["JSON that ends early", { status: 200, headers: { "Content-Type": "application/json" }, body: whole.slice(0, 12) }, "garbled"],
  ["a body that breaks off", { status: 200, headers: { "Content-Type": "application/json" }, body: whole, cut: 9 }, "garbled"],
  ["a connection closed", { status: 200, drop: true }, "offline"],
  ["401", problem(401, "access.sign_in"), "signin"],
  ["403", problem(403, "access.denied"), "forbidden"],
  ["403 of a revoked device", problem(403, "device.revoked"), "revoked"],
  ["404", problem(404, "page.not_found"), "missing"],
  ["409", problem(409, "conflict"), "conflict"],
  ["413 of a proxy", { ...PORTAL, status: 413 }, "large"],
  ["422", problem(422, "operation.shape"), "refused"],
  ["429", problem(429, "rate.limited", { "Retry-After": "17" }), "busy"],
  ["500", problem(500, "unexpected"), "server"],
  ["502 of a proxy", { ...PORTAL, status: 502 }, "server"],
];
for (const [name, bad, kind] of answers) {
  test(`${name} is ${kind}`, async () => {
    server.mischief = () => bad;
    const found = await troubleOf(() => api.json("packages", isRecord));
    assert.equal(found.kind, kind);
    assert.equal(found.wait, kind === "busy" ? 17 : 0);
    const { what, todo } = inWords(found);
    assert.ok(what.length > 10 && todo.length > 10);
  });
}

test("a server that never answers is given up", async () => {
  const never = new Api((_url, init) => new Promise((_done, refused) => init?.signal?.addEventListener("abort", () => refused(new Error("aborted")))), "/");
  const found = await troubleOf(() => never.json("packages", isRecord, { patience: 20 }));
  assert.equal(found.kind, "timeout");
});

test("a stale token is renewed once, and the request sent again", async () => {
  let stale = 1;
  server.mischief = (what) => (what.startsWith("PUT") && stale-- > 0 ? problem(400, "form.stale") : null);
  await api.json("devices/d", isRecord, { method: "PUT", json: {} });
  assert.deepEqual(server.asked, ["GET session", "PUT devices/d", "GET session", "PUT devices/d"]);
  server.mischief = (what) => (what.startsWith("PUT") ? problem(400, "form.stale") : null);
  const found = await troubleOf(() => api.json("devices/d", isRecord, { method: "PUT", json: {} }));
  assert.equal(found.kind, "refused");
});

test("signing out counts only when nobody is signed in afterwards", async () => {
  let signed = true;
  let works = false;
  const sent: string[] = [];
  const user = { user: { id: 7, name: "Nguyễn Thị Kiểm", username: "kiem", since: "" }, csrf: "token", recovery: { spki: "" } };
  const send: typeof fetch = async (where, asked) => {
    sent.push(`${asked?.method ?? "GET"} ${String(where)}`);
    if (String(where) === "/dang-xuat") {
      assert.equal(new Headers(asked?.headers).get("X-CSRFToken"), "token");
      if (works) signed = false;
      return new Response(null, { status: works ? 302 : 400 });
    }
    return signed ? Response.json(user) : Response.json({ code: "access.signin", title: "" }, { status: 401 });
  };
  const site = new Api(send, "/");
  assert.equal((await troubleOf(() => site.signOut())).kind, "refused");
  works = true;
  await site.signOut();
  assert.equal(await site.signedIn(), null);
  sent.length = 0;
  await site.signOut(); // nobody is: nothing to end
  assert.deepEqual(sent, ["GET /session"]);
});

test("who else is signed in is said by name", () => {
  const { what } = inWords(trouble("other", { said: "(Nguyễn Thị Hoà)" }));
  assert.equal(what, "Trình duyệt đang đăng nhập bằng tài khoản khác (Nguyễn Thị Hoà).");
});
