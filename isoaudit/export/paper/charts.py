"""Charts of a paper as SVG, drawn on black and white printers too: bars with their numbers written beside them.

An SVG goes into the PDF as it is and into a Word document as a PNG. What is drawn is told by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import resvg_py

from isoaudit.domain.errors import Invalid
from isoaudit.shipped import FONTS

_FACE = "Tinos"
_DOTS_PER_UNIT = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its parts (numbers, drawn one after the other) and what is written behind them."""

    name: str
    parts: tuple[int, ...]
    label: str


def bars(title: str, legend: Sequence[str], lines: Sequence[Bar], whole: Sequence[int] = ()) -> str:
    """A chart of horizontal bars, whose parts are told apart by shades and named in the legend.

    `whole`: each bar's full length in its own count; without it all share the greatest one.
    """
    row, left, width, top = 30, 150, 430, 34
    height = top + row * len(lines) + 6
    longest = max((sum(each.parts) for each in lines), default=0) or 1
    drawn = []
    for place, each in enumerate(lines):
        y = top + row * place
        full = (whole[place] or 1) if whole else longest
        drawn.append(_text(left - 8, y + 15, each.name, "end"))
        drawn.append(f'<rect x="{left}" y="{y}" width="{width}" height="20" fill="#f1f3f5"/>' if whole else "")
        x = float(left)
        for part, shade in zip(each.parts, _SHADES, strict=False):
            length = width * part / full
            drawn.append(f'<rect x="{x:.2f}" y="{y}" width="{length:.2f}" height="20" fill="{shade}" {_EDGE}/>')
            x += length
        drawn.append(_text((left + width if whole else x) + 8, y + 15, each.label))
    x = 20
    for name, shade in zip(legend, _SHADES, strict=False):
        drawn.append(f'<rect x="{x}" y="6" width="14" height="14" fill="{shade}" {_EDGE}/>')
        drawn.append(_text(x + 20, 18, name))
        x += 34 + 7 * len(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" width="720" height="{height}" role="img" '
        f"aria-label={quoteattr(title)}><title>{escape(title)}</title>"
        f'<rect width="720" height="{height}" fill="#ffffff"/>{"".join(drawn)}</svg>'
    )


_EDGE = 'stroke="#153b5e" stroke-width="0.5"'
_SHADES = ("#2b6cb0", "#a8c5e2", "#ffffff", "#6b7280")


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" font-family="{_FACE}" font-size="15" text-anchor="{anchor}" '
        f'fill="#000000">{escape(words)}</text>'
    )


def png(svg: str) -> bytes:
    """The drawing in dots, with the typeface of the papers; the same drawing gives the same bytes."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=_DOTS_PER_UNIT, skip_system_fonts=True, font_files=[str(file) for file in faces()]
        )
    )


def faces() -> list[Path]:
    """The files of the typeface of printed papers. Raises Invalid while the client is not built."""
    found = sorted(FONTS.glob("Tinos_*.ttf"))
    if not found:
        raise Invalid("report.no_fonts", record=str(FONTS))
    return found
