"""What is set into a paper as pictures of the place itself: signatures drawn on glass, photos. Charts are in `charts`,
the rest of the grammar is in `blocks`."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

INK = 'viewBox="0 0 600 200"'
"""The field in which a signature on glass was drawn."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One who signs beside others: the title above, the position below it, the path that was drawn on glass (in the
    field `INK`), what stands in its place, the name."""

    title: str
    name: str = ""
    position: str = ""
    path: str = ""
    note: str = ""

    @property
    def svg(self) -> str:
        """The signature as a picture; empty when none was drawn."""
        if not self.path:
            return ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {INK} width="600" height="200"><path d={quoteattr(self.path)} '
            'fill="none" stroke="#000000" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></svg>'
        )


@dataclass(frozen=True, slots=True)
class Signing:
    """Those who sign side by side, as under minutes; never parted from the words above."""

    sides: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with its caption. Without `content` (the file is not there, or of a kind that paper does not take) the
    caption stands alone. `sha256` names it."""

    sha256: str
    caption: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos two by two, each above its caption."""

    pictures: tuple[Photo, ...]
