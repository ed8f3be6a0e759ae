// `npm test`: bundles src/tablet/**/*.test.ts (or those whose path has one of the words given) into a folder of its own
// and runs them with node's test runner. ISOAUDIT_CASES names the folder of the cases shared with the server's tests.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const sources = readdirSync(join(here, "src/tablet"), { recursive: true })
  .filter((name) => name.endsWith(".test.ts") && (words.length === 0 || words.some((word) => name.includes(word))))
  .map((name) => join(here, "src/tablet", name));
if (sources.length === 0) {
  console.error("no tests");
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "isoaudit-client-"));
let status = 1;
try {
  await build({
    stdin: { contents: sources.map((name) => `import ${JSON.stringify(name)};`).join("\n"), resolveDir: here },
    outfile: join(folder, "built.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
  });
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", join(folder, "built.mjs")], {
    stdio: "inherit",
    env: { ...process.env, ISOAUDIT_CASES: resolve(here, "../../tests/cases") },
  });
  status = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
