"""The grammar of official papers: what a report, minutes, a letter or a briefing consists of (NĐ 30/2020/NĐ-CP).

Frozen values without a reference to their origin. What is said is decided where the blocks are made (`narrative`);
fonts, sizes, numbers before headings and page numbers are the writers' (`docx`, `pdf`), so that every paper looks
alike. Texts are plain: no markup is read in them.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from isoaudit.export.paper.marks import Photos, Signing

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page, in two columns.

    `number` is the whole number ("137/BC-SKHCN"), or one with "…" in place of what is not known yet. `issued_on`
    None leaves day and month open, for a draft of `year`. Without a `place` there is no line of place and date
    (minutes); `about` stands below the number of a letter, which has no title.
    """

    parent: str
    issuer: str
    number: str
    place: str
    year: int
    issued_on: date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Name of the kind of paper in capitals, and what it is about."""

    kind: str
    summary: str


@dataclass(frozen=True, slots=True)
class To:
    """The bodies that the paper is sent up to ("Kính gửi")."""

    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (I.), 2 (1.) or 3 (a), without its number: `numbering` gives it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph under a stable key ("maintain.rate").

    `generated` is the text made from the data, `edited` what the office wrote in its place; an empty one leaves it.
    """

    key: str
    generated: str
    edited: str = ""

    @property
    def text(self) -> str:
        """What is printed."""
        return self.edited or self.generated


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list: every item on a line of its own after a dash. `key` as in `Para`; edited, it is lines of text."""

    key: str
    generated: tuple[str, ...]
    edited: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """What is printed."""
        lines = (line.strip().removeprefix("- ") for line in self.edited.splitlines())
        return tuple(line for line in lines if line) or self.generated


class Tone(StrEnum):
    """How a paragraph of prose looks."""

    BODY = "body"
    BASIS = "basis"
    CENTRED = "centred"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of a paper that is written once and then edited in Word (minutes, letters). `lead` are its first
    words, in bold ("Điều 1."). A basis is in italics, a centred one in bold, a note small."""

    text: str
    lead: str = ""
    tone: Tone = Tone.BODY

    @property
    def whole(self) -> str:
        """Lead and text."""
        return " ".join(filter(None, (self.lead, self.text)))


class Align(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `width` is its part of the whole width, neighbours of one `group` share a heading."""

    title: str
    width: float
    align: Align = Align.LEFT
    group: str = ""


class Weight(StrEnum):
    """What a row is: a line, a part of the line above, a heading inside the table, or the total."""

    BODY = "body"
    SUB = "sub"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. Of a `GROUP` only the last text that is not empty is printed, over the whole width."""

    cells: tuple[str, ...]
    weight: Weight = Weight.BODY

    @property
    def heading(self) -> str:
        """The text of a group."""
        return next((cell for cell in reversed(self.cells) if cell), "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its texts as printed. The head is repeated on every page, a row is never cut.

    `caption` stands above it, `notes` below. `wide`: smaller letters, for many columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    wide: bool = False

    @property
    def grouped(self) -> bool:
        """Whether the head has two rows."""
        return any(column.group for column in self.columns)

    def filled(self) -> "Grid":
        """The table without the columns in which no line has anything."""
        lines = [line for line in self.rows if line.weight is not Weight.GROUP]
        if not lines:
            return self
        kept = [
            place for place in range(len(self.columns)) if any(line.cells[place : place + 1] > ("",) for line in lines)
        ]
        rows = (
            line
            if line.weight is Weight.GROUP
            else replace(line, cells=tuple(line.cells[place] for place in kept if place < len(line.cells)))
            for line in self.rows
        )
        return replace(self, columns=tuple(self.columns[place] for place in kept), rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with what it shows in words for those who do not see it. `width` is in millimetres."""

    svg: str
    alt: str
    caption: str = ""
    width: float = 150


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the line of authority ("TM. …", "KT. GIÁM ĐỐC"; may be empty), title, name (empty in a draft)."""

    authority: str
    title: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Recipients:
    """ "Nơi nhận": the bodies, and last how the copy in the files is written ("VT, TĐC")."""

    bodies: tuple[str, ...]
    filed: str = "VT"

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as printed."""
        return (*(f"- {body};" for body in self.bodies), f"- Lưu: {self.filed}.")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Flow = Heading | Para | Bullets | Prose | Grid | Picture | Photos | Signing | PageBreak


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own: `title` in capitals, `reference` tells the paper that it belongs to."""

    title: str
    reference: str
    blocks: tuple[Flow, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `dated` goes into the file in place of the clock, so that the same content is the same bytes.

    `mark` is printed small at the foot of every page ("Số liệu minh họa"); `subject` is a line for the file's
    properties. A paper with several signatures has them in its body (`Signing`) and neither `signature` nor
    `recipients`.
    """

    subject: str
    author: str
    dated: date
    head: Letterhead
    title: Title
    body: tuple[Flow, ...]
    signature: Signature | None = None
    recipients: Recipients | None = None
    to: To | None = None
    annexes: tuple[Annex, ...] = ()
    mark: str = ""
