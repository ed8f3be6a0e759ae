// What came with a sync and waits for a person: values that differ, and work that came after the signing. A line for each
// audit that has any, with the way to where it is settled. Settling is in conflict.ts.
import { html, type TemplateResult } from "lit-html";
import type { Package } from "../core/types";
import type { Store } from "../store/store";
import { icon } from "./icons";

export interface Unsettled {
  audit: string;
  name: string;
  open: number;
  /** The minutes are signed: none may be open at the signing, so all of them came after it. */
  late: boolean;
}
const SIGNED: readonly string[] = ["signed", "minuted", "concluded"];

/** What a package leaves to be settled; null for nothing, and for a cancelled audit, in which nothing is settled any more. */
export function unsettledIn({ audit, unit, state, answers, entries, fields }: Package): Unsettled | null {
  const open = [answers, entries, fields].flatMap((part) => Object.values(part)).filter(({ conflict }) => conflict).length;
  return open === 0 || state === "cancelled" ? null : { audit, name: unit.name, open, late: SIGNED.includes(state) };
}

/** What the audits on this device leave to be settled, as the server last told. */
export async function findUnsettled(store: Store): Promise<Unsettled[]> {
  const found: Unsettled[] = [];
  for (const { audit } of await store.packages.list()) {
    const pack = await store.packages.get(audit);
    const left = pack && unsettledIn(pack);
    if (left) found.push(left);
  }
  return found;
}

export function unsettledWords({ open, late }: Unsettled): string {
  return late ? `${open} nội dung đến sau chữ ký, chưa vào biên bản` : `${open} nội dung xung đột, trưởng đoàn cần xử lý`;
}

/** `leave` is called when one of the links is followed. */
export function unsettledLines(found: readonly Unsettled[], leave?: () => void): TemplateResult[] {
  return found.map(
    (each) => html`<div class="alert ${each.late ? "warn" : "bad"}">${icon("triangle")}
      <p><strong>${each.name}:</strong> ${unsettledWords(each)}. <a href="#/cuoc/${encodeURIComponent(each.audit)}/xung-dot" @click=${leave}>Xem ở Xung đột</a></p></div>`,
  );
}
