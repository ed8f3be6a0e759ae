// Texts that can be put in with one tap: ready sentences of the package and what was written last year. Pure.
import type { Package } from "../core/types";

export type Place = "note" | "request";
export interface Offer {
  text: string;
  /** Where it comes from, for the heading over it. */
  from: "ready" | "previous";
  /** Day of the minutes of last year's text (ISO); "" for a ready sentence. */
  on: string;
}

/** What fits this place of this criterion: last year's text first, then the ready sentences. */
export function offers(pack: Package, code: string, place: Place): Offer[] {
  const previous = pack.previous[code];
  const before = (place === "note" ? previous?.note : previous?.request)?.trim() ?? "";
  const ready = pack.sentences[code]?.[place === "note" ? "findings" : "requests"] ?? [];
  return [
    ...(before ? [{ text: before, from: "previous" as const, on: previous?.minuted_on ?? "" }] : []),
    ...ready.map((text) => ({ text, from: "ready" as const, on: "" })),
  ];
}

/**
 * Put a text in where the selection is (a text without selection gets it at its end), as a sentence of its own.
 * Gives the new text and where the caret belongs: at the first gap to fill ("…"), else behind what came in.
 */
export function insert(text: string, start: number, end: number, more: string): { text: string; from: number; to: number } {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const lead = before === "" || /\s$/.test(before) ? "" : " ";
  const tail = after === "" || /^[\s.,;]/.test(after) ? "" : " ";
  const at = before.length + lead.length;
  const gap = more.indexOf("…");
  const from = gap < 0 ? at + more.length : at + gap;
  return { text: before + lead + more + tail + after, from, to: gap < 0 ? from : from + 1 };
}
