"""A paper as a Word document, block by block."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from isoaudit.export.docx import markup, package, pictures, styles
from isoaudit.export.docx.markup import Look
from isoaudit.export.paper import form
from isoaudit.export.paper.blocks import (
    MOTTO,
    NATION,
    Annex,
    Bullets,
    Flow,
    Grid,
    Heading,
    Letterhead,
    PageBreak,
    Paper,
    Para,
    Picture,
    Prose,
    Recipients,
    Signature,
    Tone,
)
from isoaudit.export.paper.charts import png
from isoaudit.export.paper.marks import Photos, Signing
from isoaudit.export.paper.reading import closing, held, numbering, roman, signs


def write_docx(paper: Paper) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes."""
    document = docx.Document()
    styles.set_styles(document)
    styles.first_section(document, paper.mark)
    sheets = _Sheets(document)
    sheets.put(_head(paper.head))
    sheets.put(_title(paper))
    sheets.flow(closing(paper.body), form.TEXT, kept=True)
    if paper.signature is not None and paper.recipients is not None:
        sheets.put(_ending(paper.signature, paper.recipients))
    for place, annex in enumerate(paper.annexes, 1):
        styles.next_section(document, landscape=annex.landscape)
        whole = form.TEXT_LANDSCAPE if annex.landscape else form.TEXT
        sheets.put(_annex(annex, roman(place) if len(paper.annexes) > 1 else "", whole))
        sheets.flow(annex.blocks, whole)
    package.set_properties(document, paper)
    return package.to_bytes(document, sheets.tables)


class _Sheets:
    """The document as it is filled from the front, with its tables kept aside until the package is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tables: list[str] = []

    def put(self, content: str) -> None:
        """Add paragraphs and small tables."""
        ending: Any = self.document.element.body[-1]
        for element in markup.elements(content):
            ending.addprevious(element)

    def flow(self, blocks: Sequence[Flow], whole: float, *, kept: bool = False) -> None:
        """Add blocks in order; `kept` holds the last words together with what follows: no signature stands alone."""
        waiting: list[str] = []
        for place, (label, block) in enumerate(zip(numbering(blocks), blocks, strict=True)):
            if isinstance(block, Picture):
                self.put("".join(waiting))
                waiting.clear()
                self._picture(block, whole)
            else:
                keep = held(blocks, place) or (kept and block is blocks[-1])
                waiting.append(self._block(block, label, whole, keep=keep))
        self.put("".join(waiting))

    def _block(self, block: Flow, label: str, whole: float, *, keep: bool) -> str:
        if isinstance(block, Heading):
            text = block.text.upper() if block.level == 1 else block.text
            return markup.paragraph(f"{label} {text}", f"Heading{block.level}")
        if isinstance(block, Para):
            return _paragraphs([line for line in block.text.splitlines() if line.strip()], "BodyText", keep=keep)
        if isinstance(block, Bullets):
            return _paragraphs([f"- {item}" for item in block.items], "Item", keep=keep)
        if isinstance(block, Prose):
            return _prose(block, keep=keep)
        if isinstance(block, Signing):
            return pictures.signing(self.document, block)
        if isinstance(block, Photos):
            return pictures.photos(self.document, block)
        if isinstance(block, Grid):
            above = markup.paragraph(block.caption, "Caption") if block.caption else ""
            below = "".join(markup.paragraph(note, "Note") for note in block.notes)
            self.tables.append(markup.table(block, whole))
            place = package.placeholder(len(self.tables) - 1)
            return above + place + (below or markup.paragraph("", "Rule", after=form.AFTER))
        if isinstance(block, PageBreak):
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        raise TypeError(f"no such block: {block!r}")

    def _picture(self, picture: Picture, whole: float) -> None:
        paragraph = self.document.add_paragraph(style="Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = bool(picture.caption)
        width = Mm(min(picture.width, whole))
        drawn: Any = paragraph.add_run().add_picture(BytesIO(png(picture.svg)), width=width)
        drawn._inline.docPr.set("descr", picture.alt)
        if picture.caption:
            self.put(markup.paragraph(picture.caption, "Caption"))


def _paragraphs(lines: Sequence[str], style: str, *, keep: bool) -> str:
    last = len(lines) - 1
    return "".join(markup.paragraph(line, style, keep=keep and place == last) for place, line in enumerate(lines))


def _prose(block: Prose, *, keep: bool) -> str:
    lines = [line for line in block.text.splitlines() if line.strip()] or [""]
    if block.tone is Tone.CENTRED:
        return "".join(_centred(line, form.BODY, bold=True, after=form.AFTER) for line in lines)
    if block.tone is Tone.NOTE:
        return "".join(markup.paragraph(line, "Note") for line in lines)
    look = Look(italic=True) if block.tone is Tone.BASIS else None
    last = len(lines) - 1
    return "".join(
        markup.paragraph(line, "BodyText", look, keep=keep and place == last, lead="" if place else block.lead)
        for place, line in enumerate(lines)
    )


def _centred(text: str, size: float, *, bold: bool = False, italic: bool = False, after: float = 0) -> str:
    return markup.paragraph(text, look=Look(size, bold, italic), align="center", after=after)


def _head(head: Letterhead) -> str:
    right = form.TEXT - form.HEAD_LEFT
    issuer = (
        (_centred(head.parent, form.HEAD) if head.parent else "")
        + _centred(head.issuer, form.HEAD, bold=True)
        + markup.rule(form.issuer_line(head), form.HEAD_LEFT, after=8)
        + (_centred(f"Số: {head.number}", form.MOTTO) if head.number else "")
        + (_centred(head.about, form.HEAD) if head.about else "")
    )
    nation = (
        _centred(NATION, form.HEAD, bold=True)
        + _centred(MOTTO, form.MOTTO, bold=True)
        + markup.rule(form.MOTTO_LINE, right, after=8)
        + (_centred(signs(head), form.MOTTO, italic=True) if head.place else "")
    )
    return markup.side_by_side((issuer, nation), (form.HEAD_LEFT, right))


def _title(paper: Paper) -> str:
    content = markup.paragraph("", look=Look(form.BODY), after=0)
    if paper.title.kind:
        content = markup.paragraph(
            paper.title.kind, look=Look(form.BODY, bold=True), align="center", before=18, after=0, keep=True
        )
        content += _centred(paper.title.summary, form.BODY, bold=True)
        content += markup.rule(form.TITLE_LINE, form.TEXT, after=12)
    if paper.to is not None:
        if len(paper.to.bodies) == 1:
            content += _centred(f"Kính gửi: {paper.to.bodies[0]}.", form.BODY, after=12)
        else:
            content += markup.paragraph("Kính gửi:", "BodyText")
            ends = [";"] * (len(paper.to.bodies) - 1) + ["."]
            for body, end in zip(paper.to.bodies, ends, strict=True):
                content += markup.paragraph(f"- {body}{end}", "Item")
    return content


def _ending(signature: Signature, recipients: Recipients) -> str:
    look = Look(form.SMALL)
    left = markup.paragraph("Nơi nhận:", look=Look(form.HEAD, bold=True, italic=True))
    left += "".join(markup.paragraph(line, look=look) for line in recipients.lines)
    right = "".join(_centred(line, form.BODY, bold=True) for line in (signature.authority, signature.title) if line)
    right += markup.paragraph("", before=form.SIGNING_SPACE * 72 / 25.4, look=look)
    right += _centred(signature.name, form.BODY, bold=True)
    half = form.TEXT / 2
    return (
        markup.paragraph("", "Rule", keep=True)
        + markup.side_by_side((left, right), (half, half))
        + markup.paragraph("", "Rule")
    )


def _annex(annex: Annex, number: str, whole: float) -> str:
    content = _centred(f"Phụ lục {number}".strip(), form.BODY, bold=True)
    content += _centred(annex.title.upper(), form.BODY, bold=True)
    content += _centred(annex.reference, form.BODY, italic=True)
    return content + markup.rule(form.TITLE_LINE, whole, after=10)
