"""What a Word document shows as dots: signatures drawn on glass side by side, and photos two by two."""

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.shared import Mm

from isoaudit.export.docx import markup
from isoaudit.export.docx.markup import Look
from isoaudit.export.paper import form
from isoaudit.export.paper.charts import png
from isoaudit.export.paper.marks import Photo, Photos, Signed, Signing
from isoaudit.export.paper.photos import fitted, size


def signing(document: Document, block: Signing) -> str:
    """Those who sign, each in a column: titles, what was drawn, names, each at one height."""
    widths = [form.TEXT / len(block.sides)] * len(block.sides)
    titles = [
        markup.paragraph(each.title, look=Look(form.HEAD, bold=True), align="center", keep=True)
        + (markup.paragraph(each.position, look=Look(form.HEAD), align="center", keep=True) if each.position else "")
        for each in block.sides
    ]
    names = [markup.paragraph(each.name, look=Look(form.MOTTO, bold=True), align="center") for each in block.sides]
    table = markup.in_columns([titles, [_drawn(document, each) for each in block.sides], names], widths)
    return markup.paragraph("", "Rule", keep=True) + table + markup.paragraph("", "Rule")


def photos(document: Document, block: Photos) -> str:
    """Photos two in a row, a row never cut."""
    rows = []
    for place in range(0, len(block.pictures), 2):
        pair = [_photo(document, each) for each in block.pictures[place : place + 2]]
        pair += [markup.paragraph("")] * (2 - len(pair))
        rows.append(markup.side_by_side(pair, (form.TEXT / 2, form.TEXT / 2)))
    between = markup.paragraph("", "Rule", after=form.AFTER)
    return between.join(rows) + between


def _drawn(document: Document, signed: Signed) -> str:
    if signed.svg:
        described = f"Chữ ký của {signed.name}"
        return markup.paragraph("", before=4, keep=True) + markup.drawn(
            _inline(document, png(signed.svg), form.INK, described), keep=True
        )
    gap = form.SIGNING_SPACE * 72 / 25.4
    if not signed.note:
        return markup.paragraph("", before=gap, look=Look(form.SMALL), keep=True)
    look = Look(form.HEAD, italic=True)
    return markup.paragraph(signed.note, look=look, align="center", before=gap / 4, after=form.AFTER, keep=True)


def _photo(document: Document, photo: Photo) -> str:
    dots = size(photo.content)
    shown = ""
    if dots is not None:
        shown = markup.drawn(_inline(document, photo.content, fitted(dots, *form.PHOTO), photo.caption), keep=True)
    return shown + markup.paragraph(photo.caption, look=Look(form.HEAD, italic=True), align="center", after=form.AFTER)


def _inline(document: Document, content: bytes, lengths: tuple[float, float], described: str) -> str:
    """The element of a picture of that width and height in millimetres."""
    part: Any = document.part
    inline: Any = part.new_pic_inline(BytesIO(content), Mm(lengths[0]), Mm(lengths[1]))
    inline.docPr.set("descr", described)
    inline.docPr.set("id", str(1000 + len(part.rels)))
    return str(inline.xml)
