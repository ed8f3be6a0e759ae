"""Charts as SVG made on the server: stacked bars. Pure functions, values in, pictures out.

Positions are percentages of the width, so a picture follows its column while its text keeps its size. Colours are
classes of committee.css (dark screens and paper have their own); every fill has a pattern and every number is written,
so colour is never the only sign. The caption, legend and table beside a picture are in macros/charts.html; shades of
cells are in `isoaudit.web.heatmap`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup, escape

Item = TypeVar("Item")

ROW = 62
BAR_TOP = 24
BAR = 30
ROOM = 3.2
"""A part of a bar carries its number when it is at least this many percent wide for each digit, plus one."""

_PATTERNS = {
    "rise": '<path d="M-2 2 2-2M0 8 8 0M6 10l4-4" stroke-width="2"/>',
    "fall": '<path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke-width="2"/>',
    "dots": '<circle cx="4" cy="4" r="1.4"/>',
    "cross": '<path d="M0 4h8M4 0v8" stroke-width="1.4"/>',
    "bars": '<path d="M2 0v8M6 0v8" stroke-width="1.6"/>',
}


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of part: its name, its fill (a class `f-…` of committee.css) and its pattern ("" for none)."""

    name: str
    fill: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, one count per series, where each part leads, and what is written at its end."""

    name: str
    values: Sequence[int]
    links: Sequence[str | None] = ()
    end: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table beside a chart: what is written and where it leads."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of such a table."""

    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what stands beside it; `key` makes its element ids unique on a page."""

    key: str
    title: str
    description: str
    svg: Markup
    legend: Sequence[tuple[Markup, str]]
    head: Sequence[str]
    rows: Sequence[TableRow]


def stacked(
    key: str, title: str, series: Sequence[Series], bars: Sequence[Bar], *, description: str = "", corner: str = ""
) -> Chart:
    """Horizontal bars, each as wide as the picture and divided by the shares of its counts.

    A part without a count is not drawn; an empty bar shows its track. `corner` heads the names in the table.
    """
    drawn = Markup("").join(_stacked_bar(key, series, bar, index) for index, bar in enumerate(bars))
    told = "; ".join(f"{bar.name}: {_parts(series, bar)}" for bar in bars)
    linked = any(any(bar.links) for bar in bars)
    svg = _picture(key, title, told, len(bars) * ROW, pattern_defs(key, series) + drawn, group=linked)
    rows = [
        TableRow(
            bar.name,
            [Cell(_figure(value), _at(bar.links, place)) for place, value in enumerate(bar.values)],
        )
        for bar in bars
    ]
    return Chart(key, title, description, svg, legend(key, series), [corner, *(one.name for one in series)], rows)


def _stacked_bar(key: str, series: Sequence[Series], bar: Bar, index: int) -> Markup:
    y, total = index * ROW, sum(bar.values)
    end = bar.end or _figure(total)
    parts = [
        _text(0, y + 16, bar.name, "row-name"),
        _text(100, y + 16, end, "row-sum end"),
        _rect(0, y + BAR_TOP, 100, "track"),
    ]
    x = 0.0
    for place, (one, value) in enumerate(zip(series, bar.values, strict=True)):
        if not value:
            continue
        width = 100 * value / total
        inside = _rect(x, y + BAR_TOP, width, f"bar cut f-{one.fill}")
        if one.pattern:
            inside += _rect(x, y + BAR_TOP, width, "cut", f"url(#{key}-{one.pattern})")
        if width >= ROOM * len(_figure(value)) + 1:
            pale = " on-pale" if one.fill == "pale" else ""
            inside += _text(x + width / 2, y + BAR_TOP + 20, _figure(value), f"in-bar{pale}")
        inside = Markup("<title>{}, {}: {}</title>").format(bar.name, one.name, _figure(value)) + inside
        link = _at(bar.links, place)
        parts.append(Markup('<a href="{}">{}</a>').format(link, inside) if link else Markup("<g>{}</g>").format(inside))
        x += width
    return Markup("").join(parts)


def _picture(key: str, title: str, told: str, height: int, body: Markup, *, group: bool = False) -> Markup:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="{}" '
        'aria-labelledby="{}-title" aria-describedby="{}-desc"><title id="{}-title">{}</title>'
        '<desc id="{}-desc">{}</desc>{}</svg>'
    ).format(height, "group" if group else "img", key, key, key, title, key, told, body)


def pattern_defs(key: str, series: Sequence[Series]) -> Markup:
    """The patterns that the series use, as definitions under ids that begin with `key`."""
    used = sorted({one.pattern for one in series if one.pattern})
    return Markup("<defs>{}</defs>").format(
        Markup("").join(
            Markup(
                '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse"><g class="pattern {}">'
            ).format(key, name, name)
            + Markup(_PATTERNS[name])  # noqa: S704 (a constant of this file)
            + Markup("</g></pattern>")
            for name in used
        )
    )


def legend(key: str, series: Sequence[Series]) -> list[tuple[Markup, str]]:
    """A swatch and the name of each series."""
    made = []
    for one in series:
        swatch = Markup('<rect class="f-{}" width="26" height="16" rx="2"/>').format(one.fill)
        if one.pattern:
            swatch += Markup('<rect width="26" height="16" fill="url(#{}-{})"/>').format(key, one.pattern)
        made.append((Markup('<svg aria-hidden="true">{}</svg>').format(swatch), one.name))
    return made


def _parts(series: Sequence[Series], bar: Bar) -> str:
    said = [f"{one.name} {_figure(value)}" for one, value in zip(series, bar.values, strict=True) if value]
    return ", ".join(said) or "–"


def _rect(x: float, y: float, width: float, css: str, fill: str = "") -> Markup:
    painted = Markup(' fill="{}"').format(fill) if fill else ""
    return Markup('<rect class="{}" x="{:.3f}%" y="{}" width="{:.3f}%" height="{}"{}/>').format(
        css, x, y, width, BAR, painted
    )


def _text(x: float, y: float, text: str, css: str) -> Markup:
    return Markup('<text class="{}" x="{:.3f}%" y="{}" aria-hidden="true">{}</text>').format(css, x, y, escape(text))


def _figure(value: float) -> str:
    """A number with a decimal comma only where it has decimals."""
    return f"{value:g}".replace(".", ",") if value % 1 else str(int(value))


def _at(items: Sequence[Item | None], place: int) -> Item | None:
    return items[place] if place < len(items) else None
