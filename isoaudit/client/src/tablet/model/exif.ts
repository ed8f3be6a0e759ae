// When and where a photo was taken, read from the EXIF block of a JPEG. Nothing else is read, and the block itself never
// leaves the device: photos are written anew without it.

export interface Taken {
  /** ISO 8601 with the offset from UTC where the camera gave one; "" when unknown. */
  at: string;
  /** Decimal degrees as text, six places; "" when unknown. */
  latitude: string;
  longitude: string;
}

const NOTHING: Taken = { at: "", latitude: "", longitude: "" };
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const TAG = { exif: 0x8769, gps: 0x8825, at: 0x9003, offset: 0x9011, changed: 0x0132 } as const;
const GPS = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const;
const MARKER = { start: 0xffd8, scan: 0xffda, app1: 0xffe1 } as const;
const EXIF_HEAD = [0x45, 0x78, 0x69, 0x66, 0, 0];
const BIG_ENDIAN = 0x4d4d;
const LITTLE_ENDIAN = 0x4949;

interface Field {
  type: number;
  count: number;
  at: number;
}

/** Time and place of a JPEG; empty texts for anything that is missing, broken or out of range. */
export function taken(bytes: ArrayBuffer): Taken {
  try {
    const block = exifBlock(new DataView(bytes));
    return block ? read(block) : NOTHING;
  } catch (error) {
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}

/** The TIFF structure inside the first EXIF segment. Reading past the end raises RangeError. */
function exifBlock(view: DataView): DataView | null {
  if (view.getUint16(0) !== MARKER.start) return null;
  for (let at = 2; ; ) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (marker === MARKER.scan || (marker & 0xff00) !== 0xff00 || length < 2) return null;
    if (marker === MARKER.app1 && EXIF_HEAD.every((byte, place) => view.getUint8(at + 4 + place) === byte)) {
      const start = view.byteOffset + at + 4 + EXIF_HEAD.length;
      return new DataView(view.buffer, start, Math.min(length - 2 - EXIF_HEAD.length, view.buffer.byteLength - start));
    }
    at += 2 + length;
  }
}

function read(tiff: DataView): Taken {
  const order = tiff.getUint16(0);
  if (order !== BIG_ENDIAN && order !== LITTLE_ENDIAN) return NOTHING;
  const little = order === LITTLE_ENDIAN;
  const first = fields(tiff, tiff.getUint32(4, little), little);
  const exif = inner(tiff, first.get(TAG.exif), little);
  const gps = inner(tiff, first.get(TAG.gps), little);
  const latitude = degrees(tiff, gps, GPS.latitude, GPS.latitudeRef, "S", 90, little);
  const longitude = degrees(tiff, gps, GPS.longitude, GPS.longitudeRef, "W", 180, little);
  const at = moment(text(tiff, exif.get(TAG.at)) || text(tiff, first.get(TAG.changed)), text(tiff, exif.get(TAG.offset)));
  return { at, latitude: latitude && longitude ? latitude : "", longitude: latitude && longitude ? longitude : "" };
}

function inner(tiff: DataView, pointer: Field | undefined, little: boolean): Map<number, Field> {
  return pointer ? fields(tiff, tiff.getUint32(pointer.at, little), little) : new Map<number, Field>();
}

function fields(tiff: DataView, start: number, little: boolean): Map<number, Field> {
  const found = new Map<number, Field>();
  const count = tiff.getUint16(start, little);
  for (let place = 0; place < count; place++) {
    const entry = start + 2 + 12 * place;
    const [type, many] = [tiff.getUint16(entry + 2, little), tiff.getUint32(entry + 4, little)];
    const short = (SIZES[type] ?? 1) * many <= 4;
    found.set(tiff.getUint16(entry, little), { type, count: many, at: short ? entry + 8 : tiff.getUint32(entry + 8, little) });
  }
  return found;
}

function text(tiff: DataView, field: Field | undefined): string {
  if (!field || field.type !== 2 || field.count > 64) return "";
  let said = "";
  for (let place = 0; place < field.count; place++) {
    const code = tiff.getUint8(field.at + place);
    if (code === 0) break;
    said += String.fromCharCode(code);
  }
  return said.trim();
}

/** "2020:10:05 09:12:00" and "+07:00" → "2020-10-05T09:12:00+07:00". */
function moment(when: string, offset: string): string {
  const parts = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(when);
  if (!parts) return "";
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}`;
  if (Number.isNaN(Date.parse(`${iso}Z`))) return "";
  return iso + (/^[+-]\d{2}:\d{2}$/.test(offset) ? offset : "");
}

function degrees(tiff: DataView, gps: Map<number, Field>, tag: number, refTag: number, negative: string, most: number, little: boolean): string {
  const field = gps.get(tag);
  if (!field || field.type !== 5 || field.count !== 3) return "";
  const part = (place: number): number => {
    const at = field.at + 8 * place;
    return tiff.getUint32(at, little) / tiff.getUint32(at + 4, little);
  };
  const value = (part(0) + part(1) / 60 + part(2) / 3600) * (text(tiff, gps.get(refTag)) === negative ? -1 : 1);
  return Number.isFinite(value) && Math.abs(value) <= most ? value.toFixed(6) : "";
}
