// When the sync runs: after a change, again and again while something waits, ever more slowly while it fails.
import "../testing/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine } from "./engine";
import { Schedule } from "./schedule";
import { trouble, type Trouble } from "./trouble";

function scene() {
  const found: (Trouble | null)[] = [];
  const planned: number[] = [];
  const ledger = Object.assign(new EventTarget(), { pending: () => [] });
  const engine = { running: false, waiting: 0, runs: 0, odd: [], store: { ledger, photos: new EventTarget() }, count: async () => 0, run: async () => (engine.runs++, found.shift() ?? null) };
  const schedule = new Schedule(engine as unknown as Engine, (error) => assert.fail(String(error)), {
    set: (_run, milliseconds) => planned.push(milliseconds),
    clear: () => undefined,
  });
  return { schedule, engine, found, planned, changed: () => ledger.dispatchEvent(new Event("change")) };
}

test("a change is brought after a short rest, and nothing runs while nothing waits", async () => {
  const { schedule, planned, changed, engine } = scene();
  schedule.start();
  await schedule.run();
  assert.deepEqual(planned, []);
  changed();
  assert.deepEqual(planned, [3000]);
  schedule.stop();
  const { runs } = engine;
  await schedule.run();
  assert.equal(engine.runs, runs);
});

test("what waits is tried every minute; failures rest longer each time, and as long as the server asks", async () => {
  const { schedule, planned, engine, found } = scene();
  engine.waiting = 3;
  await schedule.run();
  assert.deepEqual(planned, [60_000]);
  found.push(trouble("offline"), trouble("server"), trouble("busy", { wait: 240 }), null);
  for (let time = 0; time < 4; time += 1) await schedule.run();
  assert.deepEqual(planned.slice(1), [5_000, 15_000, 240_000, 60_000]);
});
