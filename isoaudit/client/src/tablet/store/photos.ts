// Photos of this device: their bytes and small pictures encrypted, what is known of each, and whether the server has it. A
// photo is known by the SHA-256 of its bytes within its audit. Taking and resizing them is in model/photos.ts, sending in sync/.
import { sha256 } from "../core/canonical";
import type { PreparedPhoto } from "../core/types";
import type { Change, Records } from "./records";

export interface PhotoLine {
  audit: string;
  sha256: string;
  type: string;
  size: number;
  width: number;
  height: number;
  added_at: string;
  /** When the server had it whole, its digest checked; "" before. */
  sent_at: string;
  /** Taken out of every answer; "" while in use. Recoverable until it is purged. */
  removed_at: string;
}

/** Events: "change" with detail {audit, sha256}. */
export class Photos extends EventTarget {
  constructor(private readonly records: Records) {
    super();
  }

  /** What storing a photo changes, for the transaction that names it too; and its digest. */
  async adding(audit: string, photo: PreparedPhoto): Promise<{ sha256: string; changes: Change[] }> {
    const bytes = await photo.blob.arrayBuffer();
    const digest = await sha256(bytes);
    const before = await this.line(audit, digest);
    const line: PhotoLine = {
      audit,
      sha256: digest,
      type: photo.blob.type || "image/jpeg",
      size: bytes.byteLength,
      width: photo.width,
      height: photo.height,
      added_at: before?.added_at ?? new Date().toISOString(),
      sent_at: before?.sent_at ?? "",
      removed_at: "",
    };
    const name = named(audit, digest);
    const changes: Change[] = [put(line), { kind: "bytes", name, group: audit, bytes }];
    if (photo.thumbnail !== null) {
      changes.push({ kind: "thumbnails", name, group: audit, bytes: await photo.thumbnail.arrayBuffer() });
    }
    return { sha256: digest, changes };
  }

  line(audit: string, sha256: string): Promise<PhotoLine | null> {
    return this.records.get<PhotoLine>("photos", named(audit, sha256));
  }

  /** The photo, or null when it is not on this device. */
  async blob(audit: string, sha256: string): Promise<Blob | null> {
    return this.read("bytes", audit, sha256);
  }

  /** Its small picture, or the photo itself when none was made; null when it is not on this device. */
  async thumbnail(audit: string, sha256: string): Promise<Blob | null> {
    return (await this.read("thumbnails", audit, sha256)) ?? this.read("bytes", audit, sha256);
  }

  /** Photos of an audit (or all), oldest first; those taken out of every answer left out unless asked for. */
  async list(audit?: string, { removed = false } = {}): Promise<PhotoLine[]> {
    const lines = await this.records.list<PhotoLine>("photos", audit);
    return lines
      .filter((line) => (line.removed_at !== "") === removed)
      .sort((one, other) => (one.added_at + one.sha256 < other.added_at + other.sha256 ? -1 : 1));
  }

  /** Photos the server does not have whole, oldest first. */
  async unsent(audit?: string): Promise<PhotoLine[]> {
    return (await this.list(audit)).filter((line) => line.sent_at === "");
  }

  /** The server has it whole and has checked its digest. */
  async sent(audit: string, sha256: string): Promise<void> {
    await this.change(audit, sha256, { sent_at: new Date().toISOString() });
  }

  /** The server waits for these files: those that are here are to be sent (again), also when they were taken out here. */
  async wanted(audit: string, files: ReadonlySet<string>): Promise<void> {
    const lines = [...(await this.list(audit)), ...(await this.list(audit, { removed: true }))];
    for (const line of lines.filter((each) => files.has(each.sha256) && each.sent_at + each.removed_at !== "")) {
      await this.change(audit, line.sha256, { sent_at: "", removed_at: "" });
    }
  }

  /** The changes by which no photo counts as sent any more: the server may have lost them. */
  async unsending(): Promise<Change[]> {
    const lines = [...(await this.list()), ...(await this.list(undefined, { removed: true }))];
    return lines.filter((line) => line.sent_at !== "").map((line) => put({ ...line, sent_at: "" }));
  }

  /** The change that marks a photo as taken out of every answer (`at`) or in use ("" ); null when it is not here. */
  async marking(audit: string, sha256: string, at: string): Promise<Change | null> {
    const line = await this.line(audit, sha256);
    return line === null || line.removed_at === at ? null : put({ ...line, removed_at: at });
  }

  /** The changes that remove a photo from this device for good. */
  removal(line: PhotoLine): Change[] {
    const name = named(line.audit, line.sha256);
    return (["photos", "bytes", "thumbnails"] as const).map((kind) => ({ kind, name, remove: true }));
  }

  private async change(audit: string, sha256: string, what: Partial<PhotoLine>): Promise<void> {
    const line = await this.line(audit, sha256);
    if (line === null) return;
    await this.records.write([put({ ...line, ...what })]);
    this.tell(audit, sha256);
  }

  tell(audit: string, sha256: string): void {
    this.dispatchEvent(new CustomEvent("change", { detail: { audit, sha256 } }));
  }

  private async read(kind: "bytes" | "thumbnails", audit: string, sha256: string): Promise<Blob | null> {
    const bytes = await this.records.bytes(kind, named(audit, sha256));
    if (bytes === null) return null;
    const type = kind === "thumbnails" ? "image/jpeg" : (await this.line(audit, sha256))?.type;
    return new Blob([bytes], { type: type ?? "image/jpeg" });
  }
}

function named(audit: string, sha256: string): string {
  return `${audit} ${sha256}`;
}

function put(line: PhotoLine): Change {
  return { kind: "photos", name: named(line.audit, line.sha256), group: line.audit, value: line };
}
