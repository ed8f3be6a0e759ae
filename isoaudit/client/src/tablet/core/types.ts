// The shapes that the tablet's modules share: what a package of an audit holds, what an operation carries, what is seen of
// a target. Only types: the words, the rules and the storage live elsewhere. Days are "YYYY-MM-DD", moments ISO 8601 in
// UTC, digests 64 hexadecimal digits; no number is ever a fraction, so that canonical JSON is the same here and there.
export type * from "./entries";

export type Grade = "conformity" | "opportunity" | "minor" | "major" | "not_applicable";
export const GRADES: readonly Grade[] = ["conformity", "opportunity", "minor", "major", "not_applicable"];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The whole answer to a criterion; `grade` null = none yet. */
export interface AnswerValue {
  grade: Grade | null;
  note: string;
  reason: string;
  due_on: string | null;
  request: string;
  /** SHA-256 of the photos and files. */
  evidence: string[];
  /** Numbers or titles of papers seen. */
  documents: string[];
  /** Ids (the part after "dossier/") of dossiers of the sample. */
  dossiers: string[];
}

/** Data of an entry; its shape depends on the type before the slash of its name. */
export type EntryData = { readonly [key: string]: Json };

export type Side = "team" | "unit";
export interface Signature {
  side: Side;
  name: string;
  position: string;
  /** SVG path data; "" when refused. */
  path: string;
  refused: boolean;
  reason: string;
}
export interface SignedContent {
  audit: string;
  checklist: { id: string; version: string; digest: string };
  minuted_on: string;
  answers: { criterion: string; value: AnswerValue }[];
  entries: Record<string, EntryData>;
  fields: Record<string, string>;
}

export type Kind = "answer" | "field" | "settle" | "entry" | "sign" | "amend";
/** A criterion's code, "@" and the name of a field, "@" and the name of an entry, or "@signature". */
export type Where = string;
export const SIGNATURE: Where = "@signature";

/** One change made on this device (CONTRACT §5). Once it has its number it never changes. */
export interface Operation {
  op_id: string;
  device_id: string;
  seq: number;
  audit: string;
  base_revision: number;
  kind: Kind;
  criterion: string | null;
  value: JsonObject;
  at: string;
}
export type Reply = "accepted" | "duplicate" | "held" | "conflict" | "refused";
/** What the server said of an operation. */
export interface Outcome {
  op_id: string;
  outcome: Reply;
  /** The outcome of the first time; differs from `outcome` only for a duplicate. */
  first: Reply;
  revision: number;
  audit_revision: number;
  /** The fingerprint of what the server has under this id. */
  digest: string;
  standing?: JsonObject | null;
  offered?: JsonObject | null;
  late?: boolean;
  code?: string;
  why?: string;
}
export interface Receipt {
  device_id: string;
  through: number;
  chain: string;
}

export type AuditState = "planned" | "under_way" | "signed" | "minuted" | "concluded" | "cancelled";
export type TeamRole = "head" | "member" | "secretary";
export interface When {
  criterion: string;
  grades: Grade[];
}
export interface Criterion {
  code: string;
  part: "A" | "B";
  clause: string;
  rule: string;
  weight: number;
  gate: boolean;
  core: boolean;
  where: string | null;
  method: string | null;
  applies_to: string[];
  when: When | null;
  text: string;
  guidance: string;
  evidence: string[];
  legal_basis: string[];
  na_reason?: string;
}
export interface Band {
  code: string;
  name: string;
  /** Decimal or "a/b", exact. */
  min_score: string;
  max_major: number | null;
  max_minor: number | null;
  gates_hold: boolean;
}
export interface Checklist {
  id: string;
  version: string;
  digest: string;
  edition: string;
  title: string;
  /** Value of each grade, "1", "0.5" or "1/3". */
  scoring: Record<Exclude<Grade, "not_applicable">, string>;
  bands: Band[];
  criteria: Criterion[];
  clauses: { number: string; title: string }[];
  places: { code: string; name: string }[];
}

/** What stands at the server for one target, and the values in open conflict with it. */
export interface Standing<V> {
  revision: number;
  conflict: boolean;
  value: V | null;
  by: number | null;
  at: string;
  contenders: Contender<V>[];
}
export interface Contender<V> {
  revision: number;
  value: V | null;
  by?: number | null;
  device_id?: string;
  at?: string;
  /** Typed on this device. */
  mine?: boolean;
}
export interface DeviceLine {
  device: string;
  name: string;
  user: string;
  delivered: boolean;
  released: boolean;
}
export interface Earlier {
  audit: string;
  criterion: string;
  text: string;
  grade: Grade;
  description: string;
  raised_on: string;
  due_on: string | null;
  state: string;
  overdue: boolean;
}
export interface Previous {
  grade: Grade | null;
  note: string;
  request: string;
  minuted_on: string;
}
export interface SignatureLine {
  number: number;
  digest: string;
  minuted_on: string;
  signed_at: string;
  by: number | null;
  /** The strokes, and the digest of the signature that this one replaces. */
  signatures?: Signature[];
  amends?: string | null;
}
export interface Member {
  user_id: number;
  name: string;
  role: TeamRole;
  contents: string;
}

/** Everything needed to work on one audit without a network. */
export interface Package {
  audit: string;
  revision: number;
  digest: string;
  state: AuditState;
  mode: string;
  purpose: string;
  core_only: boolean;
  planned_on: string | null;
  /** When the audit was planned: tells it from another one to which a restored server gave the same number. */
  planned_at: string;
  started_at: string | null;
  minuted_on: string | null;
  group: string;
  programme: { year: number; name: string; document: string | null } | null;
  me: number;
  role: TeamRole;
  province: { name: string; steering: string; office: string };
  unit: { code: string; name: string; kind: string; district: string };
  team: Member[];
  checklist: Checklist;
  answers: Record<string, Standing<AnswerValue>>;
  entries: Record<string, Standing<EntryData>>;
  fields: Record<string, Standing<string>>;
  /** `lost`: why the file will not come any more, as the head or the office said. */
  evidence: Record<string, { size: number; complete: boolean; lost?: string | null }>;
  earlier: Earlier[];
  previous: Record<string, Previous>;
  sentences: Record<string, { findings: string[]; requests: string[] }>;
  signature: SignatureLine | null;
  devices: DeviceLine[];
  catalogue: { procedures: string[] };
}

/** Where the value seen comes from: being typed, only on this device, at the server too; or what became of it there. */
export type SeenState = "none" | "typing" | "waiting" | "sent" | "conflict" | "refused";
export interface Seen<V> {
  value: V | null;
  state: SeenState;
  /** The other values while two wait for the head of the team; `value` is the one that stands. */
  contenders: Contender<V>[];
  /** Came to the server after the minutes were signed: kept there, needs an amendment. */
  late?: boolean;
  by?: number;
  at?: string;
  /** The server's words on a refusal. */
  said?: string;
}

export type Lack =
  | "answer"
  | "note"
  | "deadline"
  | "reason"
  | "conflict"
  /** Its deadline lies before the day of the minutes. */
  | "early"
  /** The server refused what was typed last. */
  | "refused";
export interface Missing {
  /** The criterion's code; "@…" for a field or an entry. */
  criterion: Where;
  lack: Lack;
}

/** A photo made ready by model/photos.ts: resized, upright, without the camera's data. */
export interface PreparedPhoto {
  blob: Blob;
  thumbnail: Blob | null;
  width: number;
  height: number;
  taken_at: string;
  latitude: string;
  longitude: string;
  blurred: boolean;
  caption: string;
}

export interface Account {
  id: number;
  name: string;
  username: string;
}
/** The office's public key under which every data key is wrapped too. */
export interface OfficeKey {
  id: string;
  /** base64 of the SubjectPublicKeyInfo, RSA-OAEP with SHA-256. */
  spki: string;
}
