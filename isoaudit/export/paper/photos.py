"""How large a photo is, read from its own head: what both writers need to set it, and whether it is whole.

JPEG and PNG are what paper takes. Nothing is decoded here.
"""

import struct

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
