// How many dossiers a commune's sample asks for, and what a sample still lacks, in words. Which dossiers were drawn is in
// minutes_dossiers.ts.
import { countText } from "./minutes_words";

const COMMUNES = new Set(["commune", "ward", "township", "special_zone"]);
const FEWEST = 5;
export const MOST = 10;
const FIELDS = 3;

/** Whether units of this kind are asked for a sample of this size. */
export function sampled(kind: string): boolean {
  return COMMUNES.has(kind);
}

/** "" when nothing is lacking, or when nothing is asked of this kind of unit. */
export function sampleLacks(kind: string, dossiers: number, fields: number): string {
  if (!sampled(kind)) return "";
  const lacks = [
    dossiers < FEWEST ? `cần thêm ít nhất ${countText(FEWEST - dossiers)} hồ sơ` : "",
    fields < FIELDS ? `cần có ít nhất ${countText(FIELDS)} lĩnh vực` : "",
  ].filter(Boolean);
  return lacks.length ? `Mỗi xã lấy 05–10 hồ sơ từ ít nhất 03 lĩnh vực: ${lacks.join(", ")}.` : "";
}
