// By how much the device's clock is wrong: what the server's time said at the last sync, kept under the setting "clock" and
// used for the days that paper bears. A moment that is only recorded stays that of the device's clock.
import { momentText, today } from "./dates";

export interface Clock {
  /** Milliseconds by which the server's clock is ahead of the device's. */
  ahead: number;
  /** The device's moment when that was found, ISO 8601. */
  at: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let known: Clock | null = null;

/** What an answer's `server_time` says of the device's clock, `now` in milliseconds; null for what is no moment. */
export function clockOf(serverTime: string, now: number): Clock | null {
  const there = Date.parse(serverTime);
  return Number.isNaN(there) ? null : { ahead: there - now, at: new Date(now).toISOString() };
}

/** Reckon with this from now on; null when nothing is known. */
export function reckonWith(clock: Clock | null): void {
  known = clock;
}

/** Milliseconds to add to the device's clock. None once it has been put back behind the moment of the sync: somebody mended it. */
function ahead(now: number): number {
  return known === null || now < Date.parse(known.at) ? 0 : known.ahead;
}

/** The day of the server's clock, where the device is; that of the device's clock before the first sync. */
export function trueToday(now = Date.now()): string {
  return today(new Date(now + ahead(now)));
}

/** In words, how the clock is wrong by more than an hour; "" when it is not. */
export function clockWords(now = Date.now()): string {
  const off = ahead(now);
  if (known === null || Math.abs(off) <= HOUR) return "";
  const size = Math.abs(off);
  const much = size < 2 * DAY ? `${Math.round(size / HOUR)} giờ` : `${Math.round(size / DAY)} ngày`;
  const [shown, right] = [now, now + off].map((moment) => momentText(new Date(moment).toISOString()));
  const way = off > 0 ? "chậm" : "nhanh";
  return `Đồng hồ của máy chạy ${way} khoảng ${much} so với máy chủ: máy chỉ ${shown}, đúng ra là ${right}. Hãy chỉnh lại đồng hồ rồi đồng bộ.`;
}
