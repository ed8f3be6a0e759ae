// Photos that were taken and not yet looked at: their files as the camera gave them, enciphered like everything, until they
// are saved under their criterion (store/photos.ts) or dropped. Whatever ends the app meanwhile, they are offered again.
import { newId } from "../core/ids";
import type { Change, Records } from "./records";

export interface WaitingPhoto {
  id: string;
  audit: string;
  criterion: string;
  /** The file's name and type, for those who look at it. */
  name: string;
  type: string;
  at: string;
}

/** Those of one audit. */
export interface WaitingOf {
  keep(criterion: string, files: readonly File[]): Promise<WaitingPhoto[]>;
  list(): Promise<WaitingPhoto[]>;
  file(line: WaitingPhoto): Promise<Blob | null>;
  drop(lines: readonly WaitingPhoto[]): Promise<void>;
}

export class Waiting {
  constructor(private readonly records: Records) {}

  of(audit: string): WaitingOf {
    return {
      keep: (criterion, files) => this.put(audit, criterion, files),
      list: () => this.list(audit),
      file: (line) => this.file(line),
      drop: (lines) => this.drop(lines),
    };
  }

  /** Keep these files, all or none, in their order. Raises StorageFull. */
  private async put(audit: string, criterion: string, files: readonly File[]): Promise<WaitingPhoto[]> {
    const now = Date.now();
    const lines = files.map((file, place): WaitingPhoto => {
      return { id: newId(), audit, criterion, name: file.name, type: file.type, at: new Date(now + place).toISOString() };
    });
    const contents = await Promise.all(files.map((file) => file.arrayBuffer()));
    await this.records.write(
      lines.flatMap((line, place): Change[] => [
        { kind: "waiting", name: line.id, group: audit, value: line },
        { kind: "bytes", name: bytesName(line), group: audit, bytes: contents[place] as ArrayBuffer },
      ]),
    );
    return lines;
  }

  /** Those of an audit (or all), oldest first. */
  async list(audit?: string): Promise<WaitingPhoto[]> {
    const lines = await this.records.list<WaitingPhoto>("waiting", audit);
    return lines.sort((one, other) => (one.at + one.id < other.at + other.id ? -1 : 1));
  }

  count(audit: string): Promise<number> {
    return this.records.count("waiting", audit);
  }

  /** Its file; null when it is gone. */
  async file(line: WaitingPhoto): Promise<Blob | null> {
    const bytes = await this.records.bytes("bytes", bytesName(line));
    return bytes === null ? null : new Blob([bytes], { type: line.type });
  }

  drop(lines: readonly WaitingPhoto[]): Promise<void> {
    return this.records.write(lines.flatMap((line) => this.removal(line)));
  }

  /** The changes by which it waits no longer. */
  removal(line: WaitingPhoto): Change[] {
    return [
      { kind: "waiting", name: line.id, remove: true },
      { kind: "bytes", name: bytesName(line), remove: true },
    ];
  }
}

function bytesName(line: WaitingPhoto): string {
  return `waiting ${line.id}`;
}
