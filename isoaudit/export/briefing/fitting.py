"""How much room words take on paper, worked out without setting them: lines of a text in a column, height of a table.

Widths are the advances of the typeface of official papers (Times and those drawn to its measure); line heights are
rounded up, so that what fits here fits in every writer.
"""

import unicodedata
from functools import lru_cache

from isoaudit.export.paper import form
from isoaudit.export.paper.blocks import Flow, Grid, Prose

_THOUSANDTHS = {
    **dict.fromkeys("ijlt /\\:;'|", 278),
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("frIs()[]-!", 389),
    **dict.fromkeys("acezJ?", 444),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZwm&", 722),
    **dict.fromkeys("MW@%…—m", 1000),
    **dict.fromkeys("–•", 500),
}
_BOLD = 1.07
_POINT = 25.4 / 72
_INDENT = "\u2007" * 6
"""As wide as the first line of a paragraph stands in, in figure spaces."""
LEADING = 1.17
"""Height of a line in a table by the size of its letters; that of a paragraph is `PARAGRAPH`."""
PARAGRAPH = 1.24
_ROW = 0.75
"""What a row of a table takes besides its lines."""
_CAPTION, _APART = 10.8, 2.8
"""Above a table, from what stands before it: with a caption, and without."""


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that a text takes on one line."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    units = sum(_THOUSANDTHS.get(sign, 500) for sign in bare if not unicodedata.combining(sign))
    return units / 1000 * size * _POINT * (_BOLD if bold else 1)


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column of so many millimetres; at least one."""
    return sum(_lines(each, size, room, bold) for each in text.split("\n"))


def _lines(text: str, size: float, room: float, bold: bool) -> int:
    taken, used, space = 1, 0.0, width(" ", size, bold=bold)
    for word in text.split():
        length = width(word, size, bold=bold)
        if used and used + space + length > room:
            taken, used = taken + 1, 0.0
        while length > room:  # a word longer than the column is broken
            taken, length = taken + 1, length - room
        used += length + (space if used else 0)
    return taken


def cut(text: str, size: float, room: float, most: int) -> str:
    """The text in at most so many lines, ending in "…" where words were left out."""
    bare = " ".join(text.split())
    if lines(bare, size, room) <= most:
        return bare
    words = bare.split(" ")
    while words and lines(" ".join(words) + "…", size, room) > most:
        words.pop()
    if words:
        return " ".join(words).rstrip(" ,;:.") + "…"
    kept = bare
    while kept and lines(kept + "…", size, room) > most:
        kept = kept[: len(kept) * 9 // 10]
    return kept + "…"


def height(block: Flow) -> float:
    """Millimetres that a block takes, with the gaps around it. Raises TypeError for blocks that a briefing has not."""
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Prose):
        text = f"{_INDENT}{block.lead} {block.text}./."
        return paragraph(text, form.BODY) + 2 * form.AFTER * _POINT
    raise TypeError(f"no such block in a briefing: {block!r}")


def paragraph(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres that the lines of a text over the whole width take."""
    return lines(text, size, form.TEXT, bold=bold) * size * PARAGRAPH * _POINT


def _grid(grid: Grid) -> float:
    size = form.TABLE_WIDE if grid.wide else form.TABLE
    rooms = [each - 2.6 for each in form.widths(grid, form.TEXT)]

    def taken(cells: tuple[str, ...], *, bold: bool = False) -> float:
        most = max(lines(cell, size, room, bold=bold) for cell, room in zip(cells, rooms, strict=True))
        return most * size * LEADING * _POINT + _ROW

    head = taken(tuple(column.title for column in grid.columns), bold=True)
    return (_CAPTION if grid.caption else _APART) + head + sum(taken(line.cells) for line in grid.rows)
