"""Heat maps: tables whose cells carry their number and a shade, so that they need no picture beside them.

Pure functions; the table is printed by macros/charts.html, the shades are classes of charts.css.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Shaded:
    """A cell: what is written, the class of its shade ("" for none), where it leads."""

    text: str
    shade: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row: its name, its cells, where its name leads."""

    name: str
    cells: Sequence[Shaded]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Heat:
    """A table whose cells carry a number and a shade, with the key of the shades."""

    title: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[HeatRow]
    key: Sequence[tuple[str, str]]


def heat(
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[tuple[float | None, str]]]],
    steps: Sequence[float],
    *,
    corner: str = "",
    links: Sequence[Sequence[str | None]] = (),
    row_links: Sequence[str | None] = (),
    unit: str = "",
) -> Heat:
    """A heat map: each cell is (value, text); the four `steps` part five shades, low to high. None stays unshaded."""
    if len(steps) != 4 or list(steps) != sorted(steps):
        raise ValueError("a heat map needs four rising steps")
    made = [
        HeatRow(
            name,
            [
                Shaded(text, shade(value, steps), _at(_at(links, line) or (), place))
                for place, (value, text) in enumerate(cells)
            ],
            _at(row_links, line),
        )
        for line, (name, cells) in enumerate(rows)
    ]
    bounds = [f"{step:g}".replace(".", ",") for step in steps]
    between = [f"{low}–<{high}{unit}" for low, high in itertools.pairwise(bounds)]
    names = [f"< {bounds[0]}{unit}", *between, f"≥ {bounds[-1]}{unit}"]
    return Heat(title, corner, columns, made, [(f"h{place}", name) for place, name in enumerate(names)])


def shade(value: float | None, steps: Sequence[float]) -> str:
    """The class of a heat map's cell: "h0" below the first step, "h4" from the last on; "" for no value."""
    return "" if value is None else f"h{sum(value >= step for step in steps)}"


def _at(items: Sequence[Item], place: int) -> Item | None:
    return items[place] if place < len(items) else None
