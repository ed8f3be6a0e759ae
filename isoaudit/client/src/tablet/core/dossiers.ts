// How late a sampled dossier was: the counterpart of isoaudit/domain/dossiers.py, held to the same cases. Computed wherever
// it is shown, never stored.
import { daysBetween } from "./dates";

/**
 * Days after its due day that a dossier was returned, or, not returned yet, has waited by `asOf`; 0 when it is in time;
 * null when it has no due day, or none to count to.
 */
export function daysLate(due: string, returned: string, asOf: string): number | null {
  const days = daysBetween(due, returned || asOf);
  return days === null ? null : Math.max(0, days);
}
