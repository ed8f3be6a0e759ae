// Brings operations to the server in order of their numbers, in batches that it takes, until it has decided on all of them.
// What it said is kept in the ledger; a receipt whose chain is not ours stops everything.
import type { Operation, Receipt } from "../core/types";
import { decided, type Ledger } from "../store/ledger";
import type { Api } from "./api";
import { isBatch, isLedger, type Batch } from "./shapes";
import { Failure, trouble } from "./trouble";

const MOST = 25;
const BYTES = 1_000_000;
const PATIENCE = 90_000;
const encoder = new TextEncoder();

/** Send all that the server has not decided on. `planned`: when the audits on this device were planned, by reference. */
export async function sendAll(api: Api, ledger: Ledger, planned: Record<string, string>, told: () => void): Promise<void> {
  let most = MOST;
  for (;;) {
    const batch = cut(ledger.pending(most), most);
    if (batch.length === 0) return;
    const named = new Set(batch.map(({ audit }) => audit));
    const planned_at = Object.fromEntries(Object.entries(planned).filter(([audit]) => named.has(audit)));
    let reply: Batch;
    try {
      reply = await api.json("operations", isBatch, { method: "POST", json: { operations: batch, planned_at }, patience: PATIENCE });
    } catch (failure) {
      if (!(failure instanceof Failure) || failure.trouble.kind !== "large" || batch.length === 1) throw failure;
      most = Math.ceil(batch.length / 2);
      continue;
    }
    const done = await hear(ledger, batch, reply);
    told();
    if (!batch.some((operation) => done.has(operation.op_id))) throw new Failure(trouble("gap"));
  }
}

/**
 * Ask what became of operations up to `through` that the server has and this device heard nothing of: answers that were lost,
 * or the office brought them in from a file. For a device that may not send them again.
 */
export async function askAfter(api: Api, ledger: Ledger, through: number): Promise<void> {
  const first = ledger.unconfirmed.find((row) => row.operation.seq <= through && decided(row) === null);
  if (first === undefined) return;
  const path = `devices/${encodeURIComponent(ledger.device)}/ledger?after=${first.operation.seq - 1}`;
  const outcomes = (await api.json(path, isLedger)).map(({ op_id, digest, outcome }) => (
    { op_id, digest, outcome, first: outcome, revision: 0, audit_revision: 0 }
  ));
  if ((await ledger.hear(outcomes)) > 0) throw new Failure(trouble("chain"));
}

/** Keep the answers and take the receipts. Returns the ids that the server decided on. */
async function hear(ledger: Ledger, batch: readonly Operation[], reply: Batch): Promise<Set<string>> {
  const asked = new Set(batch.map((operation) => operation.op_id));
  const answers = reply.operations.filter((outcome) => asked.has(outcome.op_id));
  if ((await ledger.hear(answers)) > 0) throw new Failure(trouble("chain"));
  await confirm(ledger, reply.receipts);
  return new Set(answers.filter(({ outcome }) => outcome !== "held").map(({ op_id }) => op_id));
}

/** Take the receipts that are for this device. Raises Failure "chain" when one is not what the ledger here says. */
export async function confirm(ledger: Ledger, receipts: readonly Receipt[]): Promise<void> {
  for (const receipt of receipts) {
    if (receipt.device_id !== ledger.device || receipt.through === 0) continue;
    const covers = ledger.unconfirmed.some((row) => row.operation.seq <= receipt.through);
    if (!covers && (await ledger.chainAt(receipt.through)) === null) continue; // purged here long after its receipt
    if (!(await ledger.confirm(receipt))) throw new Failure(trouble("chain"));
  }
}

/** The first operations that fit a request; a signature goes alone, after all before it have been decided. */
function cut(operations: readonly Operation[], most: number): Operation[] {
  const batch: Operation[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const weight = encoder.encode(JSON.stringify(operation)).length;
    if (batch.length > 0 && (batch.length >= most || bytes + weight > BYTES || operation.kind === "sign")) break;
    batch.push(operation);
    bytes += weight;
    if (operation.kind === "sign") break;
  }
  return batch;
}
