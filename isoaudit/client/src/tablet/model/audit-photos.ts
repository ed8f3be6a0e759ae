// Photos of an open audit: the bytes, the answer that names the photo and the entry that describes it are written in one
// transaction, so that none of them is ever there without the others. Taking and resizing is in photos.ts.
import { answerValue, entryValue, toAnswer, toData } from "../core/targets";
import type { EntryData, JsonObject, PhotoEntry, PreparedPhoto, Where } from "../core/types";
import type { Change } from "../store/records";
import type { WaitingPhoto } from "../store/waiting";
import type { Desk } from "./audit-desk";
import type { Editing } from "./audit-edit";

/** Store a photo under a criterion, or under none yet (null); the one it was made of waits no longer. Its SHA-256 is returned. */
export async function addPhoto(
  desk: Desk, editing: Editing, code: string | null, photo: PreparedPhoto, waited: WaitingPhoto | null,
): Promise<string> {
  const { sha256, changes } = await desk.store.photos.adding(desk.audit, photo);
  if (waited !== null) changes.push(...desk.store.waiting.removal(waited));
  const { taken_at, latitude, longitude, blurred, caption } = photo;
  const entry: PhotoEntry = { criterion: code ?? "", caption, taken_at, latitude, longitude, blurred };
  const name = `photo/${sha256}`;
  const values = new Map<Where, JsonObject>([[`@${name}`, entryValue(name, { ...entry } satisfies EntryData)]]);
  if (code !== null) {
    const answer = toAnswer(desk.current(code));
    values.set(code, answerValue({ ...answer, evidence: [...new Set([...answer.evidence, sha256])] }));
  }
  await attempt(desk, editing, values, changes, sha256);
  desk.store.photos.tell(desk.audit, sha256);
  return sha256;
}

/** Take a photo out of a criterion (null: out of the photos under none); it stays recoverable on the device. */
export async function removePhoto(desk: Desk, editing: Editing, code: string | null, sha256: string): Promise<void> {
  const name = `photo/${sha256}`;
  const values = new Map<Where, JsonObject>();
  if (code !== null) {
    const answer = toAnswer(desk.current(code));
    values.set(code, answerValue({ ...answer, evidence: answer.evidence.filter((each) => each !== sha256) }));
  }
  if (!usedElsewhere(desk, sha256, values)) values.set(`@${name}`, entryValue(name, null));
  await editing.putAll(values, await photoMarks(desk, values));
  desk.store.photos.tell(desk.audit, sha256);
}

/** The changes that mark photos as in use or not, once the targets hold these values. */
export async function photoMarks(desk: Desk, after: ReadonlyMap<Where, JsonObject>): Promise<Change[]> {
  const touched = new Set<string>();
  for (const [where, value] of after) {
    for (const each of [desk.current(where), value]) for (const sha of named(where, each)) touched.add(sha);
  }
  const changes: Change[] = [];
  for (const sha of touched) {
    const used = [...after].some(([where, value]) => named(where, value).includes(sha)) || usedElsewhere(desk, sha, after);
    const change = await desk.store.photos.marking(desk.audit, sha, used ? "" : new Date().toISOString());
    if (change !== null) changes.push(change);
  }
  return changes;
}

/** When the device has no room, the answer does not name what is not there, and keeps what else was being typed. */
async function attempt(
  desk: Desk,
  editing: Editing,
  values: ReadonlyMap<Where, JsonObject>,
  changes: readonly Change[],
  sha256: string,
): Promise<void> {
  const before = new Map([...values.keys()].map((where) => [where, desk.typing(where)]));
  const had = new Set([...values.keys()].filter((where) => named(where, desk.current(where)).includes(sha256)));
  try {
    await editing.putAll(values, changes);
  } catch (error) {
    for (const where of values.keys()) {
      const typed = desk.typing(where);
      if (typed === null || had.has(where)) continue;
      const lain = before.get(where) ?? null;
      editing.takeBack(where, lain === null || where.startsWith("@") ? lain : without(typed, sha256));
    }
    throw error;
  }
}

function without(value: JsonObject, sha256: string): JsonObject {
  const answer = toAnswer(value);
  return answerValue({ ...answer, evidence: answer.evidence.filter((each) => each !== sha256) });
}

function usedElsewhere(desk: Desk, sha256: string, besides: ReadonlyMap<Where, JsonObject>): boolean {
  return desk.pack.checklist.criteria.some(
    ({ code }) => !besides.has(code) && toAnswer(desk.current(code)).evidence.includes(sha256),
  );
}

/** The photos that a value at a target names. */
function named(where: Where, value: JsonObject): readonly string[] {
  if (!where.startsWith("@")) return toAnswer(value).evidence;
  return where.startsWith("@photo/") && toData(value) !== null ? [where.slice("@photo/".length)] : [];
}
