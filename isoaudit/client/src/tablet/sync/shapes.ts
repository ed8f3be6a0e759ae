// What the server's answers look like, and the checks by which an answer is taken for one: enough to tell our server from
// anything else, and never to act on half of what was sent. The domain's shapes are in core/types.ts.
import type { AuditState, Outcome, Package, Receipt, Reply, TeamRole } from "../core/types";
import { isRecord } from "./api";

export interface ListedDevice {
  device: string;
  name: string;
  user: string;
  delivered: boolean;
  released: boolean;
}
/** One line of `GET packages`. */
export interface Listed {
  audit: string;
  unit: { code: string; name: string; kind: string; district: string };
  planned_on: string | null;
  state: AuditState;
  mode: string;
  purpose: string;
  core_only: boolean;
  checklist: { id: string; version: string; digest: string };
  role: TeamRole;
  answered: number;
  asked: number;
  revision: number;
  digest: string;
  devices: ListedDevice[];
}
export interface Batch {
  operations: Outcome[];
  receipts: Receipt[];
}
/** What `PUT devices/{id}` answers. */
export interface Reported {
  state: "active" | "revoked";
  reason: string | null;
  ledger: { last_seq: number; chain: string };
  audits: ReportedAudit[];
  /** This device's own key, when it said that it has none or another. */
  key: string | null;
  server_time: string;
}
export interface ReportedAudit {
  audit: string;
  state: AuditState;
  delivered: boolean;
  released: boolean;
  waiting: { device: string; name: string; user: string }[];
  signature: { digest: string; number: number } | null;
}
export interface Recovery {
  id: string;
  state: "waiting" | "approved" | "refused";
  /** Once approved. */
  key?: string;
  /** The office's reason for refusing. */
  why?: string;
}

const REPLIES: readonly unknown[] = ["accepted", "duplicate", "held", "conflict", "refused"];
const DIGEST = /^[0-9a-f]{64}$/;
const text = (value: unknown): value is string => typeof value === "string";
const digest = (value: unknown): value is string => text(value) && DIGEST.test(value);
const whole = (value: unknown): value is number => Number.isSafeInteger(value);
const listOf = <T>(value: unknown, one: (each: unknown) => each is T): value is T[] => Array.isArray(value) && value.every(one);

export function isListing(value: unknown): value is { packages: Listed[] } {
  return isRecord(value) && listOf(value["packages"], isListed);
}

function isListed(value: unknown): value is Listed {
  return isRecord(value) && text(value["audit"]) && text(value["digest"]) && text(value["state"]) && isRecord(value["unit"]) && Array.isArray(value["devices"]);
}

export function isPackage(value: unknown): value is Package {
  if (!isRecord(value) || !isRecord(value["checklist"]) || !isRecord(value["unit"])) return false;
  return (
    text(value["audit"]) && text(value["digest"]) && whole(value["revision"]) && whole(value["me"]) && text(value["state"]) &&
    digest(value["checklist"]["digest"]) && Array.isArray(value["checklist"]["criteria"]) &&
    ["answers", "entries", "fields", "evidence"].every((key) => isRecord(value[key]))
  );
}

export function isBatch(value: unknown): value is Batch {
  return isRecord(value) && listOf(value["operations"], isOutcome) && listOf(value["receipts"], isReceipt);
}

function isOutcome(value: unknown): value is Outcome {
  return isRecord(value) && text(value["op_id"]) && REPLIES.includes(value["outcome"]) && REPLIES.includes(value["first"]) && whole(value["revision"]) && (value["digest"] === null || text(value["digest"]));
}

function isReceipt(value: unknown): value is Receipt {
  return isRecord(value) && text(value["device_id"]) && whole(value["through"]) && text(value["chain"]);
}

/** `GET devices/{id}/ledger`: what the server has of a device. */
export interface Entered {
  op_id: string;
  digest: string;
  outcome: Reply;
}

export function isLedger(value: unknown): value is Entered[] {
  const entered = (each: unknown): each is Entered =>
    isRecord(each) && text(each["op_id"]) && digest(each["digest"]) && REPLIES.includes(each["outcome"]);
  return listOf(value, entered);
}

export function isReported(value: unknown): value is Reported {
  return isRecord(value) && (value["state"] === "active" || value["state"] === "revoked") && Array.isArray(value["audits"]) && isRecord(value["ledger"]) && whole(value["ledger"]["last_seq"]) && text(value["ledger"]["chain"]) && (value["key"] === null || digest(value["key"]));
}

export function isRecovery(value: unknown): value is Recovery {
  return isRecord(value) && text(value["id"]) && (value["state"] === "waiting" || value["state"] === "approved" || value["state"] === "refused");
}
