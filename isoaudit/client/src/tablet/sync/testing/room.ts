// A tablet and its server for the tests of the sync: made anew before each test, its data open.
import "../../testing/browser";
import { after, before, beforeEach } from "node:test";
import type { Package, PreparedPhoto } from "../../core/types";
import { Gate } from "../../store/gate";
import type { Store } from "../../store/store";
import { Api } from "../api";
import { Engine } from "../engine";
import { FakeServer } from "./server";

export const AUDIT = "QT-2020-001";
export let server: FakeServer;
let base = "";
export let store: Store;
export let engine: Engine;
let people = 100;
let office = { id: "k1", spki: "" };

/** To be called once by a file of tests. */
export function inRoom(): void {
  before(async () => {
    const pair = await crypto.subtle.generateKey(
      { name: "RSA-OAEP", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }, true, ["encrypt", "decrypt"],
    );
    office = { id: "k1", spki: Buffer.from(await crypto.subtle.exportKey("spki", pair.publicKey)).toString("base64") };
  });

  beforeEach(async () => {
    server?.stop();
    server = new FakeServer();
    server.user = { id: ++people, name: "Nguyễn Thị Kiểm", username: "kiem", since: "2020-01-01T00:00:00+00:00" };
    server.spki = office.spki;
    base = await server.start();
    store?.close();
    const gate = await Gate.at(server.user, 1000);
    store = await gate.create("271828", office);
    engine = engineBy((...asked) => fetch(...asked));
  });
  after(() => {
    server.stop();
    store.close();
  });
}

export function engineBy(send: typeof fetch): Engine {
  return new Engine(store, new Api(send, base), {
    about: async () => ({ name: "Máy tính bảng số 3", app: "1", persisted: true, usage: 1, quota: 2 }),
    commit: async () => null,
    office: async () => undefined,
  });
}

export function answered(code: string, note = "Đã xem sổ theo dõi"): Promise<unknown> {
  const value = { grade: "opportunity", note };
  return store.ledger.append([{ audit: AUDIT, kind: "answer", target: code, criterion: code, value, known: 0 }]);
}

export async function photographed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const photo: PreparedPhoto = { blob: new Blob([bytes], { type: "image/jpeg" }), thumbnail: null, width: 1, height: 1, taken_at: "", latitude: "", longitude: "", blurred: false, caption: "" };
  const { sha256, changes } = await store.photos.adding(AUDIT, photo);
  await store.records.write(changes);
  return sha256;
}

export function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_each, place) => (place * 7919) % 251);
}

export function pack(digest: string): Package {
  const criteria: Package["checklist"]["criteria"] = [];
  const checklist = { id: "c", version: "1.0.0", digest: "a".repeat(64), edition: "e", title: "t", scoring: { conformity: "1", opportunity: "1", minor: "0.5", major: "0" }, bands: [], criteria, clauses: [], places: [] };
  return {
    audit: AUDIT, revision: 1, digest, state: "planned", mode: "on_site", purpose: "full", core_only: false, planned_on: "2020-11-05", planned_at: "2020-11-01T02:00:00+00:00", started_at: null, minuted_on: null,
    group: "", programme: null, me: server.user.id, role: "head", province: { name: "", steering: "", office: "" }, unit: { code: "u", name: "Xã Hướng Lập", kind: "commune", district: "" },
    team: [], checklist, answers: {}, entries: {}, fields: {}, evidence: {}, earlier: [], previous: {}, sentences: {}, signature: null, devices: [], catalogue: { procedures: [] },
  };
}
