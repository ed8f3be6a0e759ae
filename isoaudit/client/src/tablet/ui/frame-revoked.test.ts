import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine } from "../sync/engine";
import type { Schedule } from "../sync/schedule";
import type { Tablet } from "./frame";
import { followRevoked } from "./frame-revoked";

test("a revoked device says so until it is taken back into use, and then goes on by itself", () => {
  const seen: string[] = [];
  const engine = Object.assign(new EventTarget(), { wiped: null as object | null, reason: "mất máy." });
  const app = {
    room: { engine },
    note: (_key: string, notice: { text: string } | null) => seen.push(notice?.text ?? "no notice"),
    revoked: () => seen.push("page"),
    say: () => undefined,
    go: (to: string) => seen.push(to),
    refresh: () => seen.push("drawn"),
  };
  Object.defineProperty(globalThis, "location", { value: { hash: "#/thu-hoi" }, configurable: true });
  followRevoked(app as unknown as Tablet, engine as unknown as Engine, { start: () => seen.push("begun") } as unknown as Schedule);
  const told = (wiped: object | null): string[] => {
    engine.wiped = wiped;
    engine.dispatchEvent(new Event("change"));
    return seen.splice(0);
  };
  assert.deepEqual(told(null), ["drawn"]);
  assert.deepEqual(told({}), ["Cơ quan thường trực đã thu hồi thiết bị này: mất máy. Không mang theo, không gửi được nữa.", "page"]);
  assert.deepEqual(told(null), ["no notice", "begun", "#/"]);
  assert.deepEqual(told(null), ["drawn"]);
  Object.assign(app, { room: null });
  assert.deepEqual(told({}), []); // locked meanwhile: it is told again at the next opening
});
