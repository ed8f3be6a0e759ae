// The pixel work of photos, all on the device: upright and small enough, parts made unreadable, written anew as JPEG, so
// that nothing of the camera's block of data (time, place, device) goes along. Time and place are handed over apart,
// and only where the inspector allows it.
import type { PreparedPhoto } from "../core/types";
import { taken, type Taken } from "./exif";

/** Longest side of a photo and of its small picture, in pixels. */
export const LONGEST = 1600;
export const SMALL = 320;
const QUALITY = 0.82;
/** A blurred part is at most so many blocks long: digits and faces cannot be worked out again from them. */
const BLOCKS = 8;
const SMALLEST_BLOCK = 24;

/** A part of a picture, in its pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** A picture on the way in: upright, resized, not saved anywhere yet. */
export interface Picture {
  pixels: ImageBitmap;
  taken: Taken;
}
export interface Allowed {
  time: boolean;
  place: boolean;
}

/** Width and height with the longest side at most `longest`, never larger than they were. */
export function fit(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Read a photo of any size. Rejects with the browser's error when it is no picture that the browser knows. */
export async function open(file: Blob): Promise<Picture> {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const canvas = drawn(whole, fit(whole.width, whole.height, LONGEST));
    return { pixels: canvas.transferToImageBitmap(), taken: taken(await file.arrayBuffer()) };
  } finally {
    whole.close();
  }
}

/** The picture with these parts made unreadable, ready to be kept. */
export async function finish(picture: Picture, blurred: readonly Area[], allowed: Allowed): Promise<PreparedPhoto> {
  const { width, height } = picture.pixels;
  const canvas = drawn(picture.pixels, { width, height });
  hide(context(canvas), blurred);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  const small = drawn(canvas, fit(width, height, SMALL));
  const known = picture.taken;
  return {
    blob,
    thumbnail: await small.convertToBlob({ type: "image/jpeg", quality: QUALITY }),
    width,
    height,
    taken_at: allowed.time && known.at ? new Date(known.at).toISOString() : "",
    latitude: allowed.place ? known.latitude : "",
    longitude: allowed.place ? known.longitude : "",
    blurred: blurred.length > 0,
    caption: "",
  };
}

/** Make parts of what is drawn unreadable, there and then. */
export function hide(target: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, areas: readonly Area[]): void {
  for (const area of areas) {
    const inside = clip(area, target.canvas.width, target.canvas.height);
    if (!inside) continue;
    const part = target.getImageData(inside.x, inside.y, inside.width, inside.height);
    pixelate(part.data, inside.width, inside.height);
    target.putImageData(part, inside.x, inside.y);
  }
}

/** The part that lies on the picture, in whole pixels; null when nothing does. Width and height may be negative (dragged backwards). */
export function clip(area: Area, width: number, height: number): Area | null {
  const x = Math.max(0, Math.floor(Math.min(area.x, area.x + area.width)));
  const y = Math.max(0, Math.floor(Math.min(area.y, area.y + area.height)));
  const right = Math.min(width, Math.ceil(Math.max(area.x, area.x + area.width)));
  const bottom = Math.min(height, Math.ceil(Math.max(area.y, area.y + area.height)));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

/** Replace RGBA pixels by the means of large blocks: what stood in a block cannot be had back. */
export function pixelate(data: Uint8ClampedArray, width: number, height: number): void {
  const block = Math.max(SMALLEST_BLOCK, Math.ceil(Math.max(width, height) / BLOCKS));
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      even(data, width, left, top, Math.min(left + block, width), Math.min(top + block, height));
    }
  }
}

function even(data: Uint8ClampedArray, width: number, left: number, top: number, right: number, bottom: number): void {
  const sum: [number, number, number] = [0, 0, 0];
  const each = (act: (at: number) => void): void => {
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) act(4 * (y * width + x));
  };
  each((at) => {
    sum[0] += data[at] ?? 0;
    sum[1] += data[at + 1] ?? 0;
    sum[2] += data[at + 2] ?? 0;
  });
  const many = (right - left) * (bottom - top);
  each((at) => {
    data[at] = sum[0] / many;
    data[at + 1] = sum[1] / many;
    data[at + 2] = sum[2] / many;
    data[at + 3] = 255;
  });
}

function drawn(source: ImageBitmap | OffscreenCanvas, size: { width: number; height: number }): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const target = context(canvas);
  target.imageSmoothingQuality = "high";
  target.drawImage(source, 0, 0, size.width, size.height);
  return canvas;
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const found = canvas.getContext("2d", { alpha: false });
  if (!found) throw new Error("no 2d canvas");
  return found;
}
