"""How large a photo is, read from its own head: what both writers need to set it, and whether it is whole.

JPEG and PNG are what paper takes; WebP is made into PNG. A head may lie: thirty bytes can claim a picture of many
gigabytes, and the decoders believe it. So nothing is decoded whose head claims more than `LONGEST` or `MOST` dots.
"""

import struct
from base64 import b64encode

import resvg_py

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG that tell its size."""
_BARE = frozenset({0x00, 0x01}) | frozenset(range(0xD0, 0xDA))
"""Markers without a length, which have no place before the size."""

LONGEST, MOST = 8192, 40_000_000
"""The most dots of a side, and of a whole photo, that are decoded; tablets keep no photo that is near to it."""
_RENDERED = 2560
"""The dots that the longer side of a photo made from WebP has at most: more than its field on paper can show."""
_PROBE = 16


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in dots; None for what is no whole JPEG or PNG, or claims to be larger than any photo."""
    try:
        if content.startswith(_JPEG):
            return _bounded(_jpeg(content)) if b"\xff\xd9" in content[-64:] else None
        if content.startswith(_PNG) and content[12:16] == b"IHDR" and b"IEND" in content[-16:]:
            return _bounded(struct.unpack(">II", content[16:24]))
    except (struct.error, IndexError):
        return None
    return None


def printable(content: bytes) -> bytes:
    """The photo as paper takes it; empty when it is none, is not whole, cannot be decoded or claims too many dots."""
    dots = size(content)
    if dots is not None:
        kind = "png" if content.startswith(_PNG) else "jpeg"
        return content if _drawn(content, kind, (_PROBE, _PROBE)) else b""
    dots = _bounded(_webp(content))
    if dots is None:
        return b""
    scale = min(1.0, _RENDERED / max(dots))
    return _drawn(content, "webp", (max(1, round(dots[0] * scale)), max(1, round(dots[1] * scale))))


def suffix(content: bytes) -> str:
    """The ending of the name of such a file."""
    return ".png" if content.startswith(_PNG) else ".jpg"


def fitted(dots: tuple[int, int], width: float, height: float) -> tuple[float, float]:
    """The lengths at which a photo of so many dots fills a field without leaving it."""
    scale = min(width / dots[0], height / dots[1])
    return dots[0] * scale, dots[1] * scale


def _bounded(dots: tuple[int, int] | None) -> tuple[int, int] | None:
    """The same, when a decoder may be let at it."""
    if dots is None or not min(dots) or max(dots) > LONGEST or dots[0] * dots[1] > MOST:
        return None
    return dots


def _drawn(content: bytes, kind: str, dots: tuple[int, int]) -> bytes:
    """A PNG of the photo at so many dots; empty when nothing of it can be drawn. The renderer leaves out without a word
    what it cannot decode, so the result is held against an empty one."""
    data = b64encode(content).decode("ascii")
    width, height = dots
    image = (
        f'<image width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/{kind};base64,{data}"/>'
    )
    with_it, without = (
        bytes(
            resvg_py.svg_to_bytes(
                svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{each}</svg>',
                skip_system_fonts=True,
            )
        )
        for each in (image, "")
    )
    return with_it if with_it != without else b""


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
            return width, height
        if marker in _BARE:
            return None
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    """Width and height of a still WebP that is as long as its head says, and whose picture is as large as that."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    if len(content) < int.from_bytes(content[4:8], "little") + 8:
        return None
    if content[12:16] != b"VP8X":
        return _webp_picture(content, 12)
    canvas = 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    at = 30
    while at + 8 < len(content):
        if content[at : at + 4] in (b"VP8 ", b"VP8L"):
            return canvas if _webp_picture(content, at) == canvas else None
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return None


def _webp_picture(content: bytes, at: int) -> tuple[int, int] | None:
    """Width and height of the picture in the chunk that begins there."""
    kind, body = content[at : at + 4], content[at + 8 : at + 18]
    if kind == b"VP8L" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(body) == 10:
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    return None
