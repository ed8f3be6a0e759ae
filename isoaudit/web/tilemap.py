"""Tiles as SVG: one small field for each unit, with its name, its state in words, and what is wrong with it.

Nothing rests on colour alone: every fill has a pattern and the state is written, so that a black and white print says
the same. How tiles stand together (lists that wrap) is the page's business; texts keep their size on every screen.
"""

from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 150, 66
_STRIP = 8
LONGEST = 17
"""Letters of a line that a tile is sure to hold."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit as a field: three lines, its fill (a class `f-…` of committee.css) and pattern, whether something is wrong
    with it, where it leads. `about` tells all of it in words."""

    name: str
    state: str
    note: str
    fill: str
    pattern: str
    wanting: bool
    about: str
    href: str | None


def draw(key: str, tile: Tile) -> Markup:
    """The tile; its pattern is one of those defined under `key` (`charts.pattern_defs`)."""
    pale = " on-pale" if tile.fill == "pale" else ""
    middle = WIDTH // 2
    parts = [
        Markup("<title>{}</title>").format(tile.about),
        Markup('<rect class="bar cut f-{}" width="{}" height="{}" rx="4"/>').format(tile.fill, WIDTH, HEIGHT),
        *(
            Markup('<text class="in-bar{}" x="{}" y="{}">{}</text>').format(pale, middle, y, cut(text))
            for y, text in ((18, tile.name), (34, tile.state), (50, f"▲ {tile.note}" if tile.wanting else tile.note))
            if text
        ),
    ]
    if tile.pattern:
        strip = Markup('<rect x="2" y="{}" width="{}" height="{}" fill="url(#{}-{})"/>')
        parts.append(strip.format(HEIGHT - _STRIP - 1, WIDTH - 4, _STRIP, key, tile.pattern))
    drawn = Markup('<svg width="{}" height="{}" aria-hidden="true">{}</svg>').format(
        WIDTH, HEIGHT, Markup("").join(parts)
    )
    said = Markup('{}<span class="unseen">{}</span>').format(drawn, tile.about)
    if tile.href is None:
        return Markup("<span>{}</span>").format(said)
    return Markup('<a href="{}">{}</a>').format(tile.href, said)


def cut(text: str) -> str:
    """The text as long as a line of a tile holds."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
