// Days as "YYYY-MM-DD" and moments as ISO 8601: counting with them and showing them the Vietnamese way. No day here depends
// on the time zone, except `today`, which asks the device's clock.

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS = 86_400_000;

/** Days since 1970-01-01; null for what is no day of the calendar. */
export function dayNumber(day: string): number | null {
  const parts = DAY.exec(day);
  if (!parts) return null;
  const moment = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== day ? null : moment / MILLISECONDS;
}

export function isDay(day: string): boolean {
  return dayNumber(day) !== null;
}

/** The day so many days after another; "" when that is no day. */
export function plusDays(day: string, days: number): string {
  const number = dayNumber(day);
  return number === null ? "" : new Date((number + days) * MILLISECONDS).toISOString().slice(0, 10);
}

/** How many days `later` lies after `earlier` (negative before); null when one of them is no day. */
export function daysBetween(earlier: string, later: string): number | null {
  const from = dayNumber(earlier);
  const to = dayNumber(later);
  return from === null || to === null ? null : to - from;
}

/** The day of the device's clock, where the device is. */
export function today(now: Date = new Date()): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part, place) => String(part).padStart(place === 0 ? 4 : 2, "0"))
    .join("-");
}

/** "2026-03-05" → "05/3/2026", months 1 and 2 with a zero as officials write them; anything else as it is. */
export function dayText(day: string | null): string {
  const parts = DAY.exec(day ?? "");
  return parts ? `${parts[3]}/${monthText(parts[2])}/${parts[1]}` : (day ?? "");
}

/** "2026-03-05" → "ngày 05 tháng 3 năm 2026", as minutes write it. */
export function longDay(day: string): string {
  const parts = DAY.exec(day);
  if (!parts) return day;
  return `ngày ${parts[3]} tháng ${monthText(parts[2])} năm ${parts[1]}`;
}

function monthText(month = ""): string {
  return Number(month) < 3 ? month : String(Number(month));
}

/** A moment as day and time of where the device is: "05/3/2026 14:07"; "" for none. */
export function momentText(moment: string): string {
  const date = new Date(moment);
  if (moment === "" || Number.isNaN(date.getTime())) return "";
  const time = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  return `${dayText(today(date))} ${time}`;
}

/** "20260305-1407": a moment in the name of a file, by the clock of where the device is. */
export function momentStamp(now: Date): string {
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join("");
  return `${today(now).replaceAll("-", "")}-${time}`;
}
