"""The styles and sections of a paper in DOCX: one typeface for every script, sizes and gaps of NĐ 30/2020/NĐ-CP."""

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from isoaudit.export.paper import form

_SCRIPTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def set_styles(document: Document) -> None:
    """Give the document's styles their form, and add those of tables, lists and rules."""
    _defaults(document)
    normal = _style(document, "Normal", form.BODY)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    body = _style(document, "Body Text", form.BODY)
    _flow(body, indent=form.INDENT)
    body.paragraph_format.widow_control = True
    item = _style(document, "Item", form.BODY, based_on="Body Text")
    _flow(item, indent=form.INDENT)
    for level, bold, italic in ((1, True, False), (2, True, False), (3, False, True)):
        heading = _style(document, f"Heading {level}", form.BODY, bold=bold, italic=italic)
        _flow(heading, indent=form.INDENT)
        heading.paragraph_format.space_before = Pt(form.AFTER)
        heading.paragraph_format.keep_with_next = True
    for name, size, gap in (("Table Text", form.TABLE, 1.5), ("Table Wide", form.TABLE_WIDE, 0.5)):
        table = _style(document, name, size, based_on="Normal")
        table.paragraph_format.space_before = table.paragraph_format.space_after = Pt(gap)
    caption = _style(document, "Caption", form.MOTTO, bold=True)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_before = Pt(form.AFTER)
    caption.paragraph_format.space_after = Pt(form.AFTER)
    caption.paragraph_format.keep_with_next = True
    note = _style(document, "Note", form.SMALL, italic=True, based_on="Normal")
    note.paragraph_format.space_before = Pt(3)
    note.paragraph_format.space_after = Pt(form.AFTER)
    rule = _style(document, "Rule", 1, based_on="Normal")
    rule.paragraph_format.space_after = Pt(0)


def first_section(document: Document, mark: str) -> None:
    """A4 with the margins, the page number in the top margin but not on the first page, `mark` at every foot."""
    section = document.sections[0]
    _page(section, landscape=False)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = document.styles["Normal"]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "2"), ("end", "")):
        number._p.append(parse_xml(_field_part(kind, text)))
    _plain(section.first_page_header.paragraphs[0], document)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        _plain(line, document)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if mark:
            line.add_run(mark).italic = True
            line.runs[0].font.size = Pt(form.SMALL)


def next_section(document: Document, *, landscape: bool) -> None:
    """An annex on pages of its own, counted from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=landscape)
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    number = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    properties.find(qn("w:pgMar")).addnext(number)


def _page(section: Any, *, landscape: bool) -> None:
    width, height = form.PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(height), Mm(width)) if landscape else (Mm(width), Mm(height))
    section.top_margin, section.bottom_margin = Mm(form.TOP), Mm(form.BOTTOM)
    section.left_margin, section.right_margin = Mm(form.LEFT), Mm(form.RIGHT)
    section.header_distance = section.footer_distance = Mm(form.NUMBER_FROM_EDGE)
    section.gutter = Mm(0)


def _field_part(kind: str, text: str) -> str:
    if kind:
        inside = f'<w:fldChar w:fldCharType="{kind}"/>'
    elif text.strip() == "PAGE":
        inside = f'<w:instrText xml:space="preserve">{text}</w:instrText>'
    else:
        inside = f"<w:t>{text}</w:t>"
    return f"<w:r {nsdecls('w')}>{inside}</w:r>"


def _plain(paragraph: Any, document: Document) -> None:
    paragraph.style = document.styles["Normal"]


def _style(
    document: Document, name: str, size: float, *, bold: bool = False, italic: bool = False, based_on: str = ""
) -> Any:
    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if based_on:
        style.base_style = styles[based_on]
    font = style.font
    font.name, font.size, font.bold, font.italic = form.FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    _typeface(properties.rFonts)
    for tag, value in (("w:szCs", round(size * 2)), ("w:bCs", int(bold)), ("w:iCs", int(italic))):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        properties.append(parse_xml(f'<{tag} {nsdecls("w")} w:val="{value}"/>'))
    _in_order(properties)
    return style


def _typeface(fonts: Any) -> None:
    for name in _THEMES:
        fonts.attrib.pop(qn(name), None)
    for name in _SCRIPTS:
        fonts.set(qn(name), form.FONT)


_ORDER = ("rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "kern", "sz", "szCs", "u", "lang")


def _in_order(properties: Any) -> None:
    """The format asks for the properties of a run in one order; Word repairs nothing else so readily."""
    known = {qn(f"w:{tag}"): place for place, tag in enumerate(_ORDER)}
    children = sorted(properties, key=lambda child: known.get(child.tag, len(_ORDER)))
    properties[:] = [child for child in children if child.tag in known]


def _flow(style: Any, *, indent: float) -> None:
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.first_line_indent = Mm(indent)
    shape.space_before, shape.space_after = Pt(0), Pt(form.AFTER)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.keep_with_next = False
    shape.keep_together = False


def _defaults(document: Document) -> None:
    """The typeface and language of everything that has no style of its own."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = defaults.find(qn("w:rFonts"))
    _typeface(fonts)
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'))
