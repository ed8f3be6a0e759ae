"""How wide a text is in Times New Roman and how many lines it takes in a column.

Row heights are written, not left to the program that opens the workbook: LibreOffice leaves rows of such files at
their default height. A little more room than needed does no harm, too little hides words.
"""

import math
import unicodedata
from functools import lru_cache

_WIDTHS = {
    250: " .,",
    278: "ijlt:;/\\|",
    333: "fr-()[]I!'‘’“",
    389: "sJ",
    444: 'acez?"”',
    500: "bdghknopquvxy0123456789–$_*",
    564: "+<=>~^",
    556: "FPS",
    611: "ELTZ",
    667: "BCR",
    722: "wADGHKNOQUVXY",
    778: "m&",
    889: "M",
    944: "W@%",
    1000: "…—",
}
"""Thousandths of the size, by letter without its marks."""
_BY_LETTER = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_ROOM = 525
"""Thousandths of the cells' size, 10 points, that a unit of column width holds."""
LINE = 12.75
"""Height of a row of one line, in points."""
_BOLD = 1.06
_MORE = 11.75
"""What each further line adds."""
_SHORT = 80
"""Up to this length words are laid into lines one by one; above it, an average does."""


class _Letters(dict[str, int]):
    """Character → width; what is not known yet is looked up by its base letter."""

    def __missing__(self, letter: str) -> int:
        base = unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[0]
        width = self[letter] = _BY_LETTER.get(base, 600)
        return width


_letters = _Letters({"ơ": 500, "Ơ": 722, "ư": 500, "Ư": 722, "\u0301": 0})
_width = _letters.__getitem__


def height(count: int) -> float:
    """The height in points of a row with this many lines."""
    return LINE + _MORE * (count - 1)


def text_width(text: str) -> int:
    """The width of a text in thousandths of its size."""
    return sum(map(_width, text))


def text_room(text: str, *, bold: bool = False) -> float:
    """The column width in which the text takes one line, with a little air."""
    return text_width(text) * (_BOLD if bold else 1) / _ROOM + 1


@lru_cache(maxsize=8192)
def lines(text: str, column: float, *, bold: bool = False) -> int:
    """How many lines the text takes in a column of this width."""
    room = column * _ROOM / (_BOLD if bold else 1)
    if "\n" in text:
        return sum([lines(part, column, bold=bold) for part in text.split("\n")])
    whole = sum(map(_width, text))
    if whole <= room:
        return 1
    if len(text) > _SHORT:
        return math.ceil(whole * 1.04 / room)
    count, used = 1, 0.0
    for word in text.split():
        width = text_width(word)
        if used and used + 250 + width > room:
            count, used = count + 1, 0.0
        elif used:
            used += 250
        used += width
        while used > room:  # a word longer than the column is cut
            count, used = count + 1, used - room
    return count
