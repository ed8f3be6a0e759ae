// Names of entries: UUIDs of version 7, whose order is the order in which they were made on a device.
import { hex } from "./canonical";

let last = 0;
let within = 0;

export function newId(now: number = Date.now()): string {
  within = now > last ? 0 : within + 1;
  last = Math.max(now, last);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(last) << 16n) | 0x7000n | BigInt(within & 0xfff));
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
