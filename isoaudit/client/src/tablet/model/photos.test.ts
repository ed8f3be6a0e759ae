// The pure parts of photo work: sizes, areas, blurring that cannot be undone, and reading time and place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { taken } from "./exif";
import { clip, fit, pixelate } from "./photos";

test("a photo fits into the longest side and never grows", () => {
  assert.deepEqual(fit(4000, 3000, 1600), { width: 1600, height: 1200 });
  assert.deepEqual(fit(3000, 4000, 1600), { width: 1200, height: 1600 });
  assert.deepEqual(fit(800, 600, 1600), { width: 800, height: 600 });
  assert.deepEqual(fit(10_000, 1, 1600), { width: 1600, height: 1 });
});

test("an area dragged backwards or over the edge is what lies on the picture", () => {
  assert.deepEqual(clip({ x: 50, y: 40, width: -70, height: -10 }, 100, 100), { x: 0, y: 30, width: 50, height: 10 });
  assert.equal(clip({ x: 120, y: 0, width: 10, height: 10 }, 100, 100), null);
});

test("blurring leaves at most eight means along a side, and nothing see-through", () => {
  const [width, height] = [400, 100];
  const data = new Uint8ClampedArray(width * height * 4).map((_, at) => (at * 7919) % 251);
  pixelate(data, width, height);
  const row = Array.from({ length: width }, (_, x) => data.slice(4 * x, 4 * x + 4).join());
  assert.ok(new Set(row).size <= 8);
  assert.ok(row.every((pixel) => pixel.endsWith(",255")));
});

test("time with its offset, and place south and west of zero", () => {
  for (const little of [true, false]) {
    const photo = jpeg(little, { at: "2020:10:05 09:12:00", offset: "+07:00", place: { latitude: [16, 42, 36], south: true, longitude: [106, 30, 0], west: true } });
    assert.deepEqual(taken(photo), { at: "2020-10-05T09:12:00+07:00", latitude: "-16.710000", longitude: "-106.500000" });
  }
});

test("what is missing or nonsense is empty", () => {
  assert.deepEqual(taken(jpeg(true, { at: "2020:10:05 09:12:00" })), { at: "2020-10-05T09:12:00", latitude: "", longitude: "" });
  assert.equal(taken(jpeg(true, { at: "0000:00:00 00:00:00" })).at, "");
  assert.equal(taken(jpeg(true, { place: { latitude: [91, 0, 0], south: false, longitude: [1, 0, 0], west: false } })).latitude, "");
  assert.deepEqual(taken(new Uint8Array([0x89, 0x50, 0x4e, 0x47]).buffer), { at: "", latitude: "", longitude: "" });
});

test("a block of data cut off anywhere is read as far as it goes, without an error", () => {
  const whole = jpeg(true, { at: "2020:10:05 09:12:00", offset: "+07:00", place: { latitude: [16, 0, 0], south: false, longitude: [107, 0, 0], west: false } });
  for (let length = 0; length < whole.byteLength; length++) assert.equal(typeof taken(whole.slice(0, length)).at, "string");
});

interface Data {
  at?: string;
  offset?: string;
  place?: { latitude: number[]; south: boolean; longitude: number[]; west: boolean };
}

/** The smallest JPEG with an EXIF block that holds these. */
function jpeg(little: boolean, data: Data): ArrayBuffer {
  const tiff = new DataView(new ArrayBuffer(512));
  let end = 200;
  const put = (bytes: number[]): number => {
    bytes.forEach((byte, place) => tiff.setUint8(end + place, byte));
    end += bytes.length;
    return end - bytes.length;
  };
  const words = (text: string): number[] => [...`${text}\0`].map((letter) => letter.charCodeAt(0));
  const ratios = (parts: number[]): number[] => {
    const view = new DataView(new ArrayBuffer(24));
    parts.forEach((part, place) => {
      view.setUint32(8 * place, part * 10, little);
      view.setUint32(8 * place + 4, 10, little);
    });
    return [...new Uint8Array(view.buffer)];
  };
  const block = (start: number, fields: [tag: number, type: number, count: number, value: number | number[]][]): void => {
    tiff.setUint16(start, fields.length, little);
    fields.forEach(([tag, type, count, value], place) => {
      const at = start + 2 + 12 * place;
      tiff.setUint16(at, tag, little);
      tiff.setUint16(at + 2, type, little);
      tiff.setUint32(at + 4, count, little);
      if (typeof value === "number") tiff.setUint32(at + 8, value, little);
      else if (value.length <= 4) value.forEach((byte, more) => tiff.setUint8(at + 8 + more, byte));
      else tiff.setUint32(at + 8, put(value), little);
    });
  };
  tiff.setUint16(0, little ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  block(8, [[0x8769, 4, 1, 60], ...(data.place ? ([[0x8825, 4, 1, 120]] as [number, number, number, number][]) : [])]);
  block(60, [
    ...(data.at ? ([[0x9003, 2, 20, words(data.at)]] as [number, number, number, number[]][]) : []),
    ...(data.offset ? ([[0x9011, 2, 7, words(data.offset)]] as [number, number, number, number[]][]) : []),
  ]);
  if (data.place) {
    const { latitude, south, longitude, west } = data.place;
    block(120, [[1, 2, 2, words(south ? "S" : "N")], [2, 5, 3, ratios(latitude)], [3, 2, 2, words(west ? "W" : "E")], [4, 5, 3, ratios(longitude)]]);
  }
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer.slice(0, end))];
  const app1 = [0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 0xff, ...exif];
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, ...app1, 0xff, 0xda]).buffer;
}
