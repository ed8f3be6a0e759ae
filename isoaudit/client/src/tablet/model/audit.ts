// An open audit as the screens know it: read what is there, write what is typed, undo, settle, sign. It only puts together
// the parts: audit-desk (what lies there), audit-view (what is seen), audit-open (what is left to do), audit-edit (writing),
// audit-undo, audit-photos, audit-sign.
import { asked, counts } from "../core/checklist";
import { reckonWith, type Clock } from "../core/clock";
import { newId } from "../core/ids";
import { answerValue, EMPTY_ANSWER, entryValue, fieldValue, settledValue, slotOf, toAnswer, toData, toText } from "../core/targets";
import type {
  AnswerValue, Criterion, EntryData, Grade, JsonObject, Missing, Package, PreparedPhoto, Seen, SignedContent, Where,
} from "../core/types";
import { SIGNATURE } from "../core/types";
import type { LedgerChange } from "../store/ledger";
import type { Store } from "../store/store";
import type { WaitingOf, WaitingPhoto } from "../store/waiting";
import { Desk } from "./audit-desk";
import { Editing, type Saving } from "./audit-edit";
import { AuditLocked, NotHead, NotTaken } from "./audit-errors";
import { conflictsOf, missingOf } from "./audit-open";
import { addPhoto, removePhoto } from "./audit-photos";
import { amendment, contentOf, signature, signingOf, type SignInput, type Signing } from "./audit-sign";
import { sendAgain, takeBack } from "./audit-undo";
import { seenAs } from "./audit-view";

export type When = "now" | "typing";
export interface Line {
  /** "dossier/…", without "@". */
  name: string;
  /** What comes after the slash. */
  id: string;
  seen: Seen<EntryData>;
}

/**
 * Events: "change" with detail {targets: Where[]} when something is to be drawn anew; "saving" with detail
 * {state: Saving, error?} when a writing begins, is over, or failed. A promise of a writing rejects with StorageFull and the
 * like; one that nobody waits for has told it by the event.
 */
export class AuditModel extends EventTarget {
  private readonly editing: Editing;
  private readonly desk: Desk;
  private readonly stops: (() => void)[] = [];

  private constructor(store: Store, ...lain: [Package, ...Parts]) {
    super();
    const [pack, rows, drafts, steps] = lain;
    this.desk = new Desk(store, pack, rows, drafts, steps, (targets) => this.tell("change", { targets }));
    this.editing = new Editing(this.desk, (state, error) => this.tell("saving", { state, error }));
    this.listen(store.ledger, (event) => this.desk.receive((event as CustomEvent<LedgerChange>).detail.rows));
    this.listen(store.packages, (event) => {
      if ((event as CustomEvent<{ audit: string }>).detail.audit === pack.audit) void this.reread();
    });
    this.editing.resume();
  }

  /** Open an audit of this device. Raises NotTaken. */
  static async open(store: Store, audit: string): Promise<AuditModel> {
    const pack = await store.packages.get(audit);
    if (pack === null) throw new NotTaken(audit);
    const parts = await Promise.all([store.ledger.rows(audit), store.drafts.list(audit), store.undo.steps(audit)]);
    reckonWith(await store.settings.get<Clock>("clock"));
    return new AuditModel(store, pack, ...parts);
  }

  get pack(): Package {
    return this.desk.pack;
  }
  get me(): number {
    return this.pack.me;
  }
  /** This device, as packages name it. */
  get device(): string {
    return this.desk.store.device;
  }
  /** Whether this device holds operations of the audit that no receipt of the server covers. */
  get undelivered(): boolean {
    return this.desk.store.ledger.counts(this.pack.audit).unsent > 0;
  }
  get head(): boolean {
    return this.pack.role === "head";
  }
  get saving(): Saving {
    return this.editing.saving;
  }
  /** Whether there is a step to take back. */
  get canUndo(): boolean {
    return !this.locked && (this.desk.steps.length > 0 || this.desk.drafts.size > 0);
  }
  /** The targets that `undo` would take back; none when there is nothing to. */
  get undoable(): Where[] {
    if (!this.canUndo) return [];
    const typing = [...this.desk.drafts.keys()];
    return typing.length > 0 ? typing : (this.desk.steps[this.desk.steps.length - 1]?.parts.map((part) => part.target) ?? []);
  }
  /** No writing any more: signed, minuted, concluded or cancelled. */
  get locked(): boolean {
    return this.signing.locked;
  }
  /** The signature by which it is locked; null before signing and while it is being amended. */
  get signature(): Signing["last"] {
    return this.locked ? this.signing.last : null;
  }
  get signing(): Signing {
    return signingOf(this.pack, this.desk.own(SIGNATURE));
  }

  answer(code: string): Seen<AnswerValue> {
    return this.seen(code, toAnswer);
  }
  entry(name: string): Seen<EntryData> {
    return this.seen(`@${name}`, toData);
  }
  field(name: string): Seen<string> {
    return this.seen(`@${name}`, toText);
  }

  /** Entries of a type, those removed left out, in the order in which they were made. */
  entries(type: string): Line[] {
    const start = `@${type}/`;
    return this.desk
      .targets()
      .filter((where) => where.startsWith(start))
      .sort()
      .map((where) => ({ name: where.slice(1), id: where.slice(start.length), seen: this.entry(where.slice(1)) }))
      .filter(({ seen }) => seen.value !== null || seen.contenders.length > 0);
  }

  /** A name for a new entry of a type that has many. */
  newName(type: string): string {
    return `${type}/${newId()}`;
  }

  asked(): Criterion[] {
    return asked(this.pack.checklist, this.pack.unit.kind, this.grade, this.pack.core_only);
  }

  /** What keeps from signing; with a day, deadlines before it too. */
  missing(minutedOn = ""): Missing[] {
    return missingOf(this.desk, minutedOn);
  }

  counts(): Record<Grade | "none", number> {
    return counts(this.pack.checklist, this.pack.unit.kind, this.grade, this.pack.core_only);
  }

  /** Targets where two values wait for the head of the team. */
  conflicts(): Where[] {
    return conflictsOf(this.desk);
  }

  setAnswer(code: string, patch: Partial<AnswerValue>, when: When): Promise<void> {
    return this.put(code, () => answerValue({ ...toAnswer(this.desk.current(code)), ...patch }), when);
  }
  /** The whole data of an entry; null removes it. */
  setEntry(name: string, data: EntryData | null, when: When): Promise<void> {
    return this.put(`@${name}`, () => entryValue(name, data), when);
  }
  setField(name: string, text: string, when: When): Promise<void> {
    return this.put(`@${name}`, () => fieldValue(name, text), when);
  }

  /** The same change to many answers at once, one step of undo: "phù hợp cả nhóm". All or none. */
  setMany(codes: readonly string[], patch: Partial<AnswerValue>): Promise<void> {
    if (this.locked) return refused(new AuditLocked());
    const values = codes.map((code): [Where, JsonObject] => {
      return [code, answerValue({ ...toAnswer(this.desk.current(code)), ...patch })];
    });
    return this.editing.putAll(new Map(values));
  }

  /** Make operations of what is being typed. */
  commit(): Promise<void> {
    return this.editing.commit();
  }

  /** Take the last step back; the target that went back, null when there was none. */
  async undo(): Promise<Where | null> {
    if (this.locked) throw new AuditLocked();
    return (await takeBack(this.desk, this.editing))[0] ?? null;
  }

  async addPhoto(code: string | null, photo: PreparedPhoto, waited: WaitingPhoto | null = null): Promise<string> {
    if (this.locked) throw new AuditLocked();
    return addPhoto(this.desk, this.editing, code, photo, waited);
  }
  async removePhoto(code: string | null, sha256: string): Promise<void> {
    if (this.locked) throw new AuditLocked();
    await removePhoto(this.desk, this.editing, code, sha256);
  }
  /** The photo, null when it is not on this device. */
  photo(sha256: string): Promise<Blob | null> {
    return this.desk.store.photos.blob(this.pack.audit, sha256);
  }
  thumbnail(sha256: string): Promise<Blob | null> {
    return this.desk.store.photos.thumbnail(this.pack.audit, sha256);
  }
  /** Photos that were taken and not looked at yet. */
  get waiting(): WaitingOf {
    return this.desk.store.waiting.of(this.pack.audit);
  }

  /** End a conflict with this value: an answer, an entry's data or null, a field's text. Only the head of the team. */
  async settle(target: Where, value: AnswerValue | EntryData | string | null): Promise<void> {
    if (this.locked) throw new AuditLocked();
    if (!this.head) throw new NotHead();
    const { criterion } = slotOf(target);
    const known = this.desk.known(target);
    await this.editing.commit([target]);
    await this.editing.offer([
      { audit: this.pack.audit, kind: "settle", target, criterion, value: settledValue(target, value), known },
    ]);
  }

  /**
   * Send what the server refused again, as it is: for when the cause is gone (back in the team; the audit known again after
   * the server was restored). How many values.
   */
  async resend(): Promise<number> {
    await this.editing.commit();
    if (this.locked) throw new AuditLocked();
    return sendAgain(this.desk, this.editing);
  }

  content(minutedOn: string): SignedContent {
    return contentOf(this.desk, minutedOn);
  }

  /** Sign: from here on everything is locked. Raises AuditLocked, NotHead, NotReady. */
  async sign(input: SignInput): Promise<void> {
    await this.editing.commit();
    if (this.locked) throw new AuditLocked();
    await this.editing.offer([await signature(this.desk, input, this.missing(input.minuted_on))]);
  }

  /** Open what was signed again. Raises NotHead. */
  async amend(reason: string): Promise<void> {
    if (this.locked) await this.editing.offer([amendment(this.desk, reason)]);
  }

  /** Take a fresh package; what is being typed and what waits stays. */
  refresh(pack: Package): void {
    this.desk.refresh(pack);
  }

  /** Commit, also what is typed while that goes on, and let go. */
  async close(): Promise<void> {
    do await this.editing.commit();
    while (this.desk.drafts.size > 0);
    this.editing.stop();
    for (const stop of this.stops.splice(0)) stop();
  }

  private readonly grade = (code: string): Grade | null => toAnswer(this.desk.current(code)).grade;

  private seen<V>(where: Where, form: (value: JsonObject) => V | null): Seen<V> {
    return seenAs(this.desk.sight(where), this.desk.typing(where), form);
  }

  private put(where: Where, value: () => JsonObject, when: When): Promise<void> {
    return this.locked ? refused(new AuditLocked()) : this.editing.put(where, value(), when);
  }

  private async reread(): Promise<void> {
    const pack = await this.desk.store.packages.get(this.pack.audit);
    if (pack !== null) this.desk.refresh(pack);
  }

  private listen(target: EventTarget, heard: (event: Event) => void): void {
    target.addEventListener("change", heard);
    this.stops.push(() => target.removeEventListener("change", heard));
  }

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

type Parts = [
  Awaited<ReturnType<Store["ledger"]["rows"]>>,
  Awaited<ReturnType<Store["drafts"]["list"]>>,
  Awaited<ReturnType<Store["undo"]["steps"]>>,
];

/** A refusal that a caller need not wait for. */
function refused(error: Error): Promise<void> {
  const promise = Promise.reject<void>(error);
  promise.catch(() => undefined);
  return promise;
}
