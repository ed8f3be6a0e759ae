"""What every writer reads off the blocks of a paper: numbers before headings, the last words, what stays together, the
line of place and date. The blocks themselves are in `blocks`.
"""

from collections.abc import Sequence

from isoaudit.domain.documentwords import long_date
from isoaudit.export.paper.blocks import Bullets, Flow, Heading, Letterhead, Para, Prose, Tone
from isoaudit.export.paper.marks import Signing

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
END = "./."
"""What stands after the last words of the body."""


def roman(number: int) -> str:
    """The number as sections and annexes write it: I, II, IV, XII."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written


_LETTERS = "abcdđeghiklmnopqrstuvxy"


def numbering(blocks: Sequence[Flow]) -> list[str]:
    """The number before each block that is a heading ("I.", "2.", "b)"); empty for every other block."""
    counts = [0, 0, 0]
    labels = []
    for block in blocks:
        if not isinstance(block, Heading):
            labels.append("")
            continue
        level = block.level - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        labels.append((f"{roman(counts[0])}.", f"{counts[1]}.", f"{_LETTERS[counts[2] - 1]})")[level])
    return labels


def closing(blocks: Sequence[Flow]) -> tuple[Flow, ...]:
    """The blocks of a body with "./." after the last words, which a paragraph or a list must hold."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        ended: Flow
        if isinstance(block, Para):
            ended = Para(block.key, _ended(block.text))
        elif isinstance(block, Bullets):
            ended = Bullets(block.key, (*block.items[:-1], _ended(block.items[-1])))
        elif isinstance(block, Prose) and block.tone is Tone.BODY:
            ended = Prose(_ended(block.text), block.lead)
        else:
            continue
        return (*blocks[:place], ended, *blocks[place + 1 :])
    return tuple(blocks)


def held(blocks: Sequence[Flow], place: int) -> bool:
    """Whether the block there stays together with what follows: words that announce a list or a table (they end with a
    colon) are not the last of a page, and no signatures stand alone on one."""
    if place + 1 >= len(blocks):
        return False
    here, after = blocks[place], blocks[place + 1]
    announced = isinstance(here, Para | Prose) and here.text.rstrip().endswith(":") and not isinstance(after, Heading)
    return announced or isinstance(after, Signing)


def _ended(text: str) -> str:
    return text if text.endswith(END) else text.rstrip(" .;") + END


def signs(letterhead: Letterhead) -> str:
    """The line of place and date: "Quảng Trị, ngày 05 tháng 3 năm 2020", or with day and month left open."""
    if letterhead.issued_on is None:
        return f"{letterhead.place}, ngày … tháng … năm {letterhead.year}"
    return f"{letterhead.place}, {long_date(letterhead.issued_on)}"
