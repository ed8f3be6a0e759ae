"""Photos for the tests of the tablet: drawn by the browser itself, with the block of data that a camera adds."""

import struct
from base64 import b64decode

from playwright.sync_api import Page

PAINT = """async ({ width, height, seed }) => {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = `hsl(${(seed * 47) % 360} 60% 60%)`;
  pen.fillRect(0, 0, width, height);
  for (let at = 0; at < 400; at++) {
    pen.fillStyle = `hsl(${(at * 29 + seed) % 360} 80% ${30 + (at % 5) * 10}%)`;
    pen.fillRect((at * 7919 + seed * 131) % width, (at * 104729 + seed * 17) % height, width / 12, height / 15);
  }
  pen.fillStyle = '#f00';
  pen.fillRect(0, 0, width / 4, height / 4);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  const reader = new FileReader();
  await new Promise((done) => { reader.onload = done; reader.readAsDataURL(blob); });
  return reader.result.split(',')[1];
}"""


def painted(page: Page, width: int, height: int, seed: int) -> bytes:
    """A JPEG drawn by the browser: red in its upper left corner."""
    return b64decode(page.evaluate(PAINT, {"width": width, "height": height, "seed": seed}))


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG as a camera writes it: how it was held, when and where it was taken."""
    at, offset = b"2020:11:17 09:12:00\0", b"+07:00\0"
    places = struct.pack(">6I", 16, 1, 42, 1, 0, 1), struct.pack(">6I", 106, 1, 44, 1, 0, 1)
    first = 8 + 2 + 3 * 12 + 4
    exif = first + 2 + 2 * 12 + 4
    exif_data = exif
    gps = exif_data + len(at) + len(offset) + 1
    gps_data = gps + 2 + 4 * 12 + 4
    tiff = b"MM\0*" + struct.pack(">I", 8)
    tiff += struct.pack(">H", 3) + _field(0x0112, 3, 1, struct.pack(">HH", orientation, 0))
    tiff += _field(0x8769, 4, 1, struct.pack(">I", first)) + _field(0x8825, 4, 1, struct.pack(">I", gps)) + bytes(4)
    tiff += struct.pack(">H", 2) + _field(0x9003, 2, len(at), struct.pack(">I", exif_data))
    tiff += _field(0x9011, 2, len(offset), struct.pack(">I", exif_data + len(at))) + bytes(4)
    tiff += at + offset + b"\0"
    tiff += struct.pack(">H", 4) + _field(1, 2, 2, b"N\0\0\0") + _field(2, 5, 3, struct.pack(">I", gps_data))
    tiff += _field(3, 2, 2, b"E\0\0\0") + _field(4, 5, 3, struct.pack(">I", gps_data + 24)) + bytes(4)
    block = b"Exif\0\0" + tiff + places[0] + places[1]
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def _field(tag: int, kind: int, count: int, value: bytes) -> bytes:
    return struct.pack(">HHI", tag, kind, count) + value
