// The cases that the server's tests are held to as well (tests/cases of the project).
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function cases<T>(name: string): T {
  const folder = process.env["ISOAUDIT_CASES"];
  if (folder === undefined) throw new Error("ISOAUDIT_CASES is not set: run the tests with npm test");
  return JSON.parse(readFileSync(join(folder, name), "utf-8")) as T;
}
