"""The office's own words in a report: written beside each generated paragraph, in revisions, and taken back again.

Only a draft takes them. Which paragraphs there are is told by `isoaudit.export.narrative`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Report, ReportText
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.report_life import ReportState, expect
from isoaudit.domain.textdiff import Piece, pieces
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import body
from isoaudit.export.paper.blocks import Bullets, Heading, Para
from isoaudit.export.paper.reading import numbering
from isoaudit.services import log
from isoaudit.services.report_names import name_of

LONGEST = 10_000
"""Characters of one paragraph."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the paragraphs below it; `level` 1 to 3."""

    level: int
    title: str
    paragraphs: tuple["Paragraph", ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as the editor shows it. `revision` 0: never edited. `was` is the sentence that the office replaced,
    when the generated one has changed since: its figures may be old. `listed`: one line each is an item."""

    key: str
    generated: str
    edited: str
    revision: int
    was: str
    listed: bool

    @property
    def text(self) -> str:
        """What is printed."""
        return self.edited or self.generated

    @property
    def marked(self) -> list[Piece]:
        """The office's words against the generated ones."""
        return pieces(self.generated, self.edited)

    @property
    def moved(self) -> list[Piece]:
        """The generated sentence against what it was when the office replaced it; nothing when it is the same."""
        return pieces(self.was, self.generated) if self.was else []


def standing(session: Session, report: Report) -> dict[str, ReportText]:
    """The latest revision of every paragraph that was ever edited, by key."""
    rows = session.scalars(
        select(ReportText).where(ReportText.report_id == report.id).order_by(ReportText.key, ReportText.revision)
    )
    return {row.key: row for row in rows}


def edited(texts: Mapping[str, ReportText]) -> dict[str, str]:
    """Key → what the office wrote; without those that went back to the generated sentence."""
    return {key: row.text for key, row in texts.items() if row.text}


def sections(content: ReportContent, texts: Mapping[str, ReportText]) -> list[Section]:
    """The report for the editor, in its order. A text whose paragraph the report has no longer is not shown."""
    blocks = body(content)
    found: list[Section] = []
    level, title, waiting = 1, "", list[Paragraph]()
    for label, block in zip(numbering(blocks), blocks, strict=True):
        if isinstance(block, Heading):
            if title or waiting:
                found.append(Section(level, title, tuple(waiting)))
            level, title, waiting = block.level, f"{label} {block.text}", []
        elif isinstance(block, Para | Bullets):
            waiting.append(_paragraph(block, texts.get(block.key)))
    return [*found, Section(level, title, tuple(waiting))]


def paragraphs(content: ReportContent, texts: Mapping[str, ReportText]) -> Iterator[Paragraph]:
    """All paragraphs in order."""
    for section in sections(content, texts):
        yield from section.paragraphs


def unplaced(content: ReportContent, texts: Mapping[str, ReportText]) -> list[str]:
    """What the office wrote for paragraphs that the report has no longer, since its figures are others now."""
    keys = {each.key for each in paragraphs(content, texts)}
    return [row.text for key, row in texts.items() if row.text and key not in keys]


def paragraph(content: ReportContent, texts: Mapping[str, ReportText], key: str) -> Paragraph:
    """The paragraph under this key. Raises NotFound."""
    for each in paragraphs(content, texts):
        if each.key == key:
            return each
    raise NotFound("report.paragraph_unknown", value=key)


def write(
    session: Session, report: Report, about: Paragraph, text: str, *, seen: int, by: log.Actor, now: datetime
) -> bool:
    """Keep the office's words for a paragraph; an empty text, or the generated one, goes back to what is generated.

    False when nothing changes. `seen` is the revision that the person edited: Conflict when there is a newer one.
    """
    expect(report.state, ReportState.DRAFT, name=name_of(report))
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines() if line.strip())
    if len(words) > LONGEST:
        raise Invalid("report.text_long", field="text", most=LONGEST)
    if words == about.generated:
        words = ""
    if words == about.edited and (not words or not about.was):
        return False
    if seen != about.revision:
        raise Conflict("report.text_moved", field="text")
    row = ReportText(
        report_id=report.id,
        key=about.key,
        revision=about.revision + 1,
        generated=about.generated,
        text=words,
        at=now,
        by=by.user_id,
        example=report.example,
    )
    session.add(row)
    log.append(
        session, report.province_id, "report.text", about.key, by=by, now=now, report=report.id, revision=row.revision
    )
    return True


def carry(session: Session, old: Report, new: Report, *, by: log.Actor, now: datetime) -> None:
    """A correction begins with the office's words of the report that it corrects."""
    for key, row in standing(session, old).items():
        if row.text:
            session.add(
                ReportText(
                    report_id=new.id,
                    key=key,
                    revision=1,
                    generated=row.generated,
                    text=row.text,
                    at=now,
                    by=by.user_id,
                    example=new.example,
                )
            )
    session.flush()


def _paragraph(block: Para | Bullets, row: ReportText | None) -> Paragraph:
    listed = isinstance(block, Bullets)
    generated = "\n".join(block.generated) if isinstance(block, Bullets) else block.generated
    text = "" if row is None else row.text
    moved = row is not None and text and row.generated != generated
    return Paragraph(
        key=block.key,
        generated=generated,
        edited=text,
        revision=0 if row is None else row.revision,
        was=row.generated if row is not None and moved else "",
        listed=listed,
    )
