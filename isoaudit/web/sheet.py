"""An official paper on screen: its blocks in the order and with the numbers that the writers of DOCX and PDF give them.

How each looks is in `templates/macros/paper.html`. Paper is Vietnamese in every language of the screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Flask

from isoaudit.export.paper.blocks import MOTTO, NATION, Bullets, Flow, Grid, Heading, Paper, Para, Picture, Prose
from isoaudit.export.paper.marks import Photos, Signing
from isoaudit.export.paper.reading import closing, numbering, roman, signs

_NAMES = {
    Heading: "heading",
    Para: "para",
    Prose: "prose",
    Bullets: "bullets",
    Grid: "grid",
    Photos: "photos",
    Picture: "picture",
    Signing: "signing",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what it is called in the template, and its number when it is a heading."""

    name: str
    label: str
    block: Flow


def init_app(app: Flask) -> None:
    """Let templates show papers."""
    app.jinja_env.globals |= {
        "paper_body": body,
        "paper_blocks": shown,
        "paper_signs": signs,
        "paper_annex_number": annex_number,
        "PAPER_NATION": NATION,
        "PAPER_MOTTO": MOTTO,
    }


def body(paper: Paper) -> list[Shown]:
    """The body with its sign at the end."""
    return shown(closing(paper.body))


def shown(blocks: Sequence[Flow]) -> list[Shown]:
    """Blocks with their numbers; breaks of pages have no place on a screen."""
    return list(_shown(blocks))


def annex_number(paper: Paper, place: int) -> str:
    """The number of an annex, counted from 1; none when it is the only one."""
    return roman(place) if len(paper.annexes) > 1 else ""


def _shown(blocks: Sequence[Flow]) -> Iterator[Shown]:
    for label, block in zip(numbering(blocks), blocks, strict=True):
        name = _NAMES.get(type(block))
        if name is not None:
            yield Shown(name, label, block)
