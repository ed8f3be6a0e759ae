"""Lines over years as SVG made on the server. Positions across are percentages of the width, so a picture follows its
column while its text keeps its size; the numbers stand in a table below, which the page shows.

Lines are told apart by the shape of their points as well as by colour, and the last value of each is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

HEIGHT, TOP, BOTTOM = 230, 16, 30
LEFT, RIGHT = 9.0, 88.0
"""Where the first and the last year stand, in percent of the width; numbers are written on both sides."""
APART = 16
"""Values at the right edge stand at least so far apart."""
_SHAPES = (
    '<circle r="5.5"/>',
    '<path d="M-5.5-5.5h11v11h-11z"/>',
    '<path d="M0-7 7 6H-7z"/>',
    '<path d="M0-7 7 0 0 7-7 0z"/>',
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its name, its fill (a class `f-…` of committee.css), one value a year (None leaves a gap), and how each
    is written."""

    name: str
    fill: str
    values: Sequence[float | None]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class LineChart:
    """A picture with its legend; `key` makes its element ids unique on a page."""

    key: str
    title: str
    svg: Markup
    legend: Sequence[tuple[Markup, str]]


def lines(key: str, title: str, names: Sequence[str], drawn: Sequence[Line], top: float, mark: str = "%") -> LineChart:
    """The lines over the years named, between 0 and `top`; `mark` is written behind the numbers of the scale."""

    def x(place: int) -> float:
        return LEFT if len(names) < 2 else LEFT + (RIGHT - LEFT) * place / (len(names) - 1)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / (top or 1)

    parts = [_scale(top, y, mark), *(_name(x(place), name, place, len(names)) for place, name in enumerate(names))]
    for place, line in enumerate(drawn):
        parts.append(_segments(line, x, y))
        shape = Markup(_SHAPES[place % len(_SHAPES)])  # noqa: S704 (a constant of this file)
        for year, value in enumerate(line.values):
            if value is not None:
                told = f"{line.name}, {names[year]}: {line.texts[year]}"
                point = Markup('<g class="bar cut f-{}"><title>{}</title>{}</g>').format(line.fill, told, shape)
                at = Markup('<svg x="{:.2f}%" y="{:.1f}" overflow="visible">{}</svg>')
                parts.append(at.format(x(year), y(value), point))
    parts += _ends(drawn, x(len(names) - 1), y)
    told = "; ".join(f"{line.name}: {', '.join(line.texts)}" for line in drawn)
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="img" aria-labelledby="{}-title" '
        'aria-describedby="{}-desc"><title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>'
    ).format(HEIGHT, key, key, key, title, key, told, Markup("").join(parts))
    legend = [
        (
            Markup(
                '<svg aria-hidden="true"><svg x="13" y="8" overflow="visible"><g class="f-{}">{}</g></svg></svg>'
            ).format(
                line.fill,
                Markup(_SHAPES[place % len(_SHAPES)]),  # noqa: S704 (a constant of this file)
            ),
            line.name,
        )
        for place, line in enumerate(drawn)
    ]
    return LineChart(key, title, svg, legend)


def _scale(top: float, y: Callable[[float], float], mark: str) -> Markup:
    made = Markup("")
    for value in (0.0, top / 2, top):
        made += Markup(
            '<line x1="{}%" x2="{}%" y1="{:.1f}" y2="{:.1f}" stroke="currentColor" stroke-opacity=".2"/>'
        ).format(LEFT, RIGHT, y(value), y(value))
        made += _text(f"{LEFT - 1.2}%", y(value) + 5, f"{value:g}{mark}".replace(".", ","), "end row-sum")
    return made


def _name(x: float, name: str, place: int, number: int) -> Markup:
    """The name of a year; of many, every second one and the last."""
    if number > 6 and (number - 1 - place) % 2:
        return Markup("")
    return _text(f"{x:.2f}%", HEIGHT - 8, name, "middle")


def _segments(line: Line, x: Callable[[int], float], y: Callable[[float], float]) -> Markup:
    made = Markup("")
    for place, (value, after) in enumerate(zip(line.values, line.values[1:], strict=False)):
        if value is not None and after is not None:
            made += Markup(
                '<line x1="{:.2f}%" y1="{:.1f}" x2="{:.2f}%" y2="{:.1f}" stroke="var(--{})" stroke-width="2.5"/>'
            ).format(x(place), y(value), x(place + 1), y(after), line.fill)
    return made


def _ends(drawn: Sequence[Line], x: float, y: Callable[[float], float]) -> list[Markup]:
    """The last values beside their points, moved apart where they would cover one another."""
    last = [(y(line.values[-1]), line.texts[-1]) for line in drawn if line.values and line.values[-1] is not None]
    made, free = [], float(HEIGHT)
    for height, text in sorted(last, reverse=True):
        free = min(height + 5, free - APART)
        made.append(_text(f"{x + 1.8:.2f}%", free, text, "row-name"))
    return made


def _text(x: str, y: float, text: str, css: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{:.1f}" aria-hidden="true">{}</text>').format(css, x, y, text)
