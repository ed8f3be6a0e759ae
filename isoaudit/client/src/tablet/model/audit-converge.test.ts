// Several devices on one audit, with batches cut and repeated, replies lost, the app killed and the server restored from an
// older backup: in the end all show the same, and no value that was ever typed is missing from the server's history. Random,
// from fixed seeds.
import "../testing/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import { toAnswer } from "../core/targets";
import type { Grade } from "../core/types";
import { GRADES } from "../core/types";
import type { Store } from "../store/store";
import { newStore, packageOf, reopened, Server, sync } from "../testing/fixtures";
import { AuditModel } from "./audit";

const AUDIT = "2020-KT-001";
const CODES = ["B-4.1-01", "B-7.2-01", "B-8.5-01"];
const SEEDS = [1, 2, 3, 4];
const STEPS = 60;
/** Steps at which the server is backed up, and at which it loses what came since. */
const BACKUP = 20;
const RESTORED = 45;

class Device {
  private constructor(
    public store: Store,
    public model: AuditModel,
  ) {}

  static async make(role: "head" | "member"): Promise<Device> {
    const store = await newStore();
    await store.packages.put(packageOf({ role }));
    return new Device(store, await AuditModel.open(store, AUDIT));
  }

  /** Killed and started again: nothing was committed or closed. */
  async restart(): Promise<void> {
    this.store = await reopened(this.store);
    this.model = await AuditModel.open(this.store, AUDIT);
  }

  async refresh(server: Server): Promise<void> {
    const pack = server.pack({ role: this.model.pack.role });
    await this.store.packages.put(pack);
    this.model.refresh(pack);
  }
}

function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

for (const seed of SEEDS) {
  test(`three devices converge and lose nothing (seed ${seed})`, async () => {
    const roll = dice(seed);
    const server = new Server();
    const devices = [await Device.make("head"), await Device.make("member"), await Device.make("member")];
    const typed: string[] = [];
    let restore = (): void => undefined;
    for (let step = 0; step < STEPS; step += 1) {
      if (step === BACKUP) restore = server.backup();
      if (step === RESTORED) restore();
      const device = devices[roll(devices.length)] as Device;
      const code = CODES[roll(CODES.length)] as string;
      const does = roll(8);
      if (does < 4) {
        const note = `${seed}/${step}`;
        typed.push(note);
        const grade = GRADES[roll(GRADES.length)] as Grade;
        await device.model.setAnswer(code, { grade, note }, does === 0 ? "typing" : "now");
        if (does === 0) await device.model.commit();
      } else if (does === 4) {
        await device.restart();
      } else if (does === 5) {
        await device.refresh(server);
      } else if (does === 6) {
        const rows = device.store.ledger.unconfirmed.slice(0, 1 + roll(3));
        await server.take(rows); // the reply is lost
      } else {
        await sync(device.store, server);
      }
    }
    for (const device of devices) assert.equal(await sync(device.store, server), true);
    const [head] = devices as [Device];
    await head.refresh(server);
    for (const code of head.model.conflicts()) {
      const { value, contenders } = head.model.answer(code);
      await head.model.settle(code, contenders[0]?.value ?? value);
    }
    assert.equal(await sync(head.store, server), true);
    for (const device of devices) {
      await device.refresh(server);
      await device.restart();
      assert.deepEqual(device.store.ledger.unconfirmed, []);
      for (const code of CODES) {
        const standing = server.targets.get(code)?.standing?.value;
        const seen = device.model.answer(code);
        assert.deepEqual(seen.value, standing === undefined ? null : toAnswer(standing), code);
        assert.equal(seen.state, standing === undefined ? "none" : "sent");
      }
    }
    const kept = new Set(server.history.map((operation) => operation.value["note"]));
    assert.deepEqual(typed.filter((note) => !kept.has(note)), []);
    assert.equal(new Set(server.history.map((operation) => operation.op_id)).size, server.history.length);
    for (const device of devices) await device.model.close();
  });
}
