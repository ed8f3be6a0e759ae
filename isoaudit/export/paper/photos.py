"""How large a photo is, read from its own head: what both writers need to set it, and whether it is whole.

JPEG and PNG are what paper takes; WebP is made into PNG.
"""

import struct
from base64 import b64encode

import resvg_py

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG that tell its size."""


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in dots; None for what is no whole JPEG or PNG."""
    try:
        if content.startswith(_JPEG):
            return _jpeg(content) if b"\xff\xd9" in content[-64:] else None
        if content.startswith(_PNG) and b"IEND" in content[-16:]:
            width, height = struct.unpack(">II", content[16:24])
            return (width, height) if width and height else None
    except (struct.error, IndexError):
        return None
    return None


def printable(content: bytes) -> bytes:
    """The photo as paper takes it; empty when it is none, or not whole."""
    if size(content) is not None:
        return content
    dots = _webp(content)
    if dots is None:
        return b""
    width, height = dots
    data = b64encode(content).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/webp;base64,{data}"/></svg>'
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))


def suffix(content: bytes) -> str:
    """The ending of the name of such a file."""
    return ".png" if content.startswith(_PNG) else ".jpg"


def fitted(dots: tuple[int, int], width: float, height: float) -> tuple[float, float]:
    """The lengths at which a photo of so many dots fills a field without leaving it."""
    scale = min(width / dots[0], height / dots[1])
    return dots[0] * scale, dots[1] * scale


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    """Width and height of a WebP that is as long as its head says."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    if len(content) < int.from_bytes(content[4:8], "little") + 8:
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
