// Numbers as they are read: sizes, counts, how long ago. Days and moments are in core/dates.ts.
const NUMBER = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });
const UNITS = ["byte", "KB", "MB", "GB", "TB"];

/** "2,4 MB". */
export function size(bytes: number): string {
  let place = 0;
  let left = bytes;
  while (left >= 1000 && place < UNITS.length - 1) {
    left /= 1000;
    place += 1;
  }
  return `${NUMBER.format(left)} ${UNITS[place]}`;
}

export function count(number: number): string {
  return NUMBER.format(number);
}

/** "vừa xong", "12 phút trước", "3 giờ trước", "2 ngày trước"; a moment of a clock that ran ahead counts as now. */
export function ago(at: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000);
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return "vừa xong";
  if (minutes < 60) return `${minutes} phút trước`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} giờ trước` : `${Math.floor(minutes / (24 * 60))} ngày trước`;
}
