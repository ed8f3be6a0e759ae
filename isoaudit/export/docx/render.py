"""A paper as a Word document, block by block."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from isoaudit.export.docx import markup, package, styles
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
    Recipients,
    Signature,
    closing,
    numbering,
    roman,
    signs,
)
from isoaudit.export.paper.charts import png


def write_docx(paper: Paper) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes."""
    document = docx.Document()
    styles.set_styles(document)
    styles.first_section(document, paper.mark)
    _put(document, _head(paper.head))
    _put(document, _title(paper))
    _flow(document, closing(paper.body), form.TEXT, kept=True)
    _put(document, _ending(paper.signature, paper.recipients))
    for place, annex in enumerate(paper.annexes, 1):
        styles.next_section(document, landscape=annex.landscape)
        _annex(document, annex, roman(place) if len(paper.annexes) > 1 else "")
    package.set_properties(document, paper)
    return package.to_bytes(document)


def _put(document: Document, content: str) -> None:
    ending: Any = document.element.body[-1]
    for element in markup.elements(content):
        ending.addprevious(element)


def _centred(text: str, size: float, *, bold: bool = False, italic: bool = False, after: float = 0) -> str:
    return markup.paragraph(text, look=Look(size, bold, italic), align="center", after=after)


def _head(head: Letterhead) -> str:
    right = form.TEXT - form.HEAD_LEFT
    issuer = (
        _centred(head.parent, form.HEAD)
        + _centred(head.issuer, form.HEAD, bold=True)
        + markup.rule(form.issuer_line(head), form.HEAD_LEFT, after=8)
        + _centred(f"Số: {head.number}", form.MOTTO)
    )
    nation = (
        _centred(NATION, form.HEAD, bold=True)
        + _centred(MOTTO, form.MOTTO, bold=True)
        + markup.rule(form.MOTTO_LINE, right, after=8)
        + _centred(signs(head), form.MOTTO, italic=True)
    )
    return markup.side_by_side(issuer, nation, (form.HEAD_LEFT, right))


def _title(paper: Paper) -> str:
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
        + markup.side_by_side(left, right, (half, half))
        + markup.paragraph("", "Rule")
    )


def _annex(document: Document, annex: Annex, number: str) -> None:
    content = _centred(f"Phụ lục {number}".strip(), form.BODY, bold=True)
    content += _centred(annex.title.upper(), form.BODY, bold=True)
    content += _centred(annex.reference, form.BODY, italic=True)
    whole = form.TEXT_LANDSCAPE if annex.landscape else form.TEXT
    content += markup.rule(form.TITLE_LINE, whole, after=10)
    _put(document, content)
    _flow(document, annex.blocks, whole)


def _flow(document: Document, blocks: Sequence[Flow], whole: float, *, kept: bool = False) -> None:
    """The blocks in order; `kept` holds the last words together with what follows, so that no signature is alone."""
    waiting: list[str] = []
    for label, block in zip(numbering(blocks), blocks, strict=True):
        if isinstance(block, Picture):
            _put(document, "".join(waiting))
            waiting.clear()
            _picture(document, block, whole)
        else:
            waiting.append(_block(block, label, whole, keep=kept and block is blocks[-1]))
    _put(document, "".join(waiting))


def _block(block: Flow, label: str, whole: float, *, keep: bool) -> str:
    if isinstance(block, Heading):
        text = block.text.upper() if block.level == 1 else block.text
        return markup.paragraph(f"{label} {text}", f"Heading{block.level}")
    if isinstance(block, Para):
        return _paragraphs([line for line in block.text.splitlines() if line.strip()], "BodyText", keep=keep)
    if isinstance(block, Bullets):
        return _paragraphs([f"- {item}" for item in block.items], "Item", keep=keep)
    if isinstance(block, Grid):
        above = markup.paragraph(block.caption, "Caption") if block.caption else ""
        below = "".join(markup.paragraph(note, "Note") for note in block.notes) or markup.paragraph(
            "", "Rule", after=form.AFTER
        )
        return above + markup.table(block, whole) + below
    if isinstance(block, PageBreak):
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    raise TypeError(f"no such block: {block!r}")


def _paragraphs(lines: Sequence[str], style: str, *, keep: bool) -> str:
    last = len(lines) - 1
    return "".join(markup.paragraph(line, style, keep=keep and place == last) for place, line in enumerate(lines))


def _picture(document: Document, picture: Picture, whole: float) -> None:
    paragraph = document.add_paragraph(style="Normal")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = bool(picture.caption)
    drawn: Any = paragraph.add_run().add_picture(BytesIO(png(picture.svg)), width=Mm(min(picture.width, whole)))
    drawn._inline.docPr.set("descr", picture.alt)
    if picture.caption:
        _put(document, markup.paragraph(picture.caption, "Caption"))
