// Small values of one account that its modules keep between sessions, encrypted like all else: by a name of their own.
import type { Records } from "./records";

export class Settings {
  constructor(private readonly records: Records) {}

  get<T>(name: string): Promise<T | null> {
    return this.records.get<T>("settings", name);
  }

  /** `null` removes it. */
  async put(name: string, value: unknown): Promise<void> {
    await this.records.write([
      value === null ? { kind: "settings", name, remove: true } : { kind: "settings", name, group: "settings", value },
    ]);
  }
}
