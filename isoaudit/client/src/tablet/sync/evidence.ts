// Brings one photo to the server, going on where the last attempt broke off. The server checks the digest at the end.
import { Api, whole } from "./api";
import { Failure, trouble } from "./trouble";

const SMALLEST = 512 * 1024;
const LARGEST = 1024 * 1024;
/** A piece that took less than this makes the next one larger. */
const SWIFT = 4_000;
const PATIENCE = 120_000;
/** Refusals after which the same bytes may go better: cut off on the way, or mixed with another draft. */
const AGAIN = new Set(["evidence.cut", "upload.digest"]);
/** The server says that it does not have the file as it is here. */
const OTHERWISE = new Set(["conflict", "refused", "missing"]);

/**
 * Resolves when the server has the whole file. `sent` is told how many bytes are there. Even when all of them are, one piece
 * goes (an empty one then): its answer alone says that the digest was found right.
 */
export async function upload(api: Api, sha256: string, photo: Blob, sent: (bytes: number) => void): Promise<void> {
  const path = `evidence/${sha256}`;
  let offset = await there(api, path, photo.size);
  let piece = SMALLEST;
  let anew = 0;
  let done = false;
  while (!done) {
    sent(offset);
    const began = Date.now();
    try {
      offset = await bring(api, path, photo, offset, piece);
      done = offset === photo.size;
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      const { kind, offset: has } = failure.trouble;
      if (++anew > 3) throw failure;
      if (kind === "conflict" && has !== null && has <= photo.size) offset = has;
      else if (kind === "large" && piece > SMALLEST / 4) piece = Math.floor(piece / 2);
      else if (AGAIN.has(failure.trouble.code)) offset = await there(api, path, photo.size);
      else throw failure;
      continue;
    }
    if (Date.now() - began < SWIFT) piece = Math.min(piece * 2, LARGEST);
  }
  sent(photo.size);
}

/**
 * Whether the server has the whole file, its digest found right; nothing of the photo is sent. For a device that may not
 * send any more: somebody else has brought it, or the office took it from a file.
 */
export async function arrived(api: Api, sha256: string, photo: Blob): Promise<boolean> {
  const path = `evidence/${sha256}`;
  if (photo.size === 0 || (await there(api, path, photo.size)) < photo.size) return false;
  try {
    return (await bring(api, path, photo, photo.size, 0)) === photo.size; // empty: its answer says that the digest is right
  } catch (failure) {
    if (failure instanceof Failure && OTHERWISE.has(failure.trouble.kind)) return false;
    throw failure;
  }
}

/** How many bytes the server has; 0 when it knows nothing of the file. */
async function there(api: Api, path: string, size: number): Promise<number> {
  try {
    const answer = await api.request(path, { method: "HEAD" });
    return counted(answer.headers, size);
  } catch (failure) {
    if (failure instanceof Failure && failure.trouble.kind === "missing") return 0;
    throw failure;
  }
}

async function bring(api: Api, path: string, photo: Blob, offset: number, piece: number): Promise<number> {
  const answer = await api.request(path, {
    method: "PATCH",
    bytes: photo.slice(offset, offset + piece),
    patience: PATIENCE,
    headers: {
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offset),
      "Upload-Length": String(photo.size),
    },
  });
  const now = counted(answer.headers, photo.size);
  if (now <= offset && offset < photo.size) throw new Failure(trouble("garbled", { status: answer.status }));
  return now;
}

/** The header by which an answer shows that it is our server's. */
function counted(headers: Headers, size: number): number {
  const offset = whole(headers.get("Upload-Offset"));
  if (offset === null || offset > size) throw new Failure(trouble("portal"));
  return offset;
}
