"""WordprocessingML by hand: paragraphs and tables as elements. python-docx makes the package around them, but takes
seconds for a table of some thousand cells.

Lengths are in millimetres, sizes and gaps in points. What a paper consists of is told by `render`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

from isoaudit.export.paper import form
from isoaudit.export.paper.blocks import Align, Grid, Line, Weight

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_JUSTIFIED = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def twips(millimetres: float) -> int:
    """Twentieths of a point, as the format counts lengths."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Look:
    """How the letters of a run look; None leaves the style's own."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None


def run(text: str, look: Look | None = None) -> str:
    """A run of letters; a line feed breaks the line."""
    look = look or Look()
    marks = "".join(
        f"<w:{tag}/>" if on else f'<w:{tag} w:val="0"/>'
        for tag, on in (("b", look.bold), ("bCs", look.bold), ("i", look.italic), ("iCs", look.italic))
        if on is not None
    )
    if look.size is not None:
        marks += f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>'
    lines = escape(text.translate(_FORBIDDEN)).split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{words}</w:r>"


def paragraph(
    text: str,
    style: str = "Normal",
    look: Look | None = None,
    *,
    align: str = "",
    after: float | None = None,
    before: float | None = None,
    keep: bool = False,
    lead: str = "",
) -> str:
    """A paragraph of one run, after its first words in bold. `keep` holds it together with what follows."""
    spacing = "".join(
        f' w:{name}="{round(gap * 20)}"' for name, gap in (("before", before), ("after", after)) if gap is not None
    )
    properties = f'<w:pStyle w:val="{style}"/>'
    properties += "<w:keepNext/>" if keep else ""
    properties += f"<w:spacing{spacing}/>" if spacing else ""
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    words = run(f"{lead} ", Look(bold=True)) if lead else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}{run(text, look) if text else ''}</w:p>"


def drawn(inline: str, *, keep: bool = False) -> str:
    """A paragraph in the middle that holds a picture, as python-docx made its element."""
    kept = "<w:keepNext/>" if keep else ""
    shape = f'<w:pPr><w:pStyle w:val="Normal"/>{kept}<w:jc w:val="center"/></w:pPr>'
    return f"<w:p>{shape}<w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"


def rule(length: float, whole: float, *, after: float = 0, keep: bool = False) -> str:
    """A line of this length in the middle of a column: the upper border of a paragraph without text."""
    aside = twips((whole - length) / 2)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Rule"/>{"<w:keepNext/>" if keep else ""}'
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="60" w:after="{round(after * 20)}" w:line="40" w:lineRule="exact"/>'
        f'<w:ind w:left="{aside}" w:right="{aside}"/></w:pPr></w:p>'
    )


def side_by_side(columns: Sequence[str], widths: Sequence[float]) -> str:
    """Columns of paragraphs without a visible border, which stay on one page."""
    return in_columns([columns], widths)


def in_columns(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> str:
    """Rows of columns without a visible border; no row is cut."""
    cells = (
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for width, content in zip(widths, columns, strict=True)
        )
        for columns in rows
    )
    lines = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{each}</w:tr>" for each in cells)
    return f"<w:tbl>{_table_properties(sum(widths), borders=False, margin=0)}{_grid(widths)}{lines}</w:tbl>"


def table(grid: Grid, whole: float) -> str:
    """A table with its head, which is repeated on every page."""
    style = "TableWide" if grid.wide else "TableText"
    widths = form.widths(grid, whole)
    short, last = len(grid.rows) <= form.SHORT, len(grid.rows) - 1
    rows = "".join(
        _row(line, grid, widths, style, keep=place < last and (short or place > last - _TOGETHER or _heads(line)))
        for place, line in enumerate(grid.rows)
    )
    shape = _table_properties(whole, borders=True, margin=1) + _grid(widths)
    return f"<w:tbl>{shape}{_head(grid, widths, style)}{rows}</w:tbl>"


_TOGETHER = 3
"""The last so many rows of a long table stay on one page: none goes over alone."""


def _heads(line: Line) -> bool:
    return line.weight is Weight.GROUP


def _table_properties(whole: float, *, borders: bool, margin: float) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    return (
        f'<w:tblPr><w:tblW w:w="{twips(whole)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        + (f"<w:tblBorders>{lines}</w:tblBorders>" if borders else "")
        + '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{twips(margin)}" w:type="dxa"/><w:right w:w="{twips(margin)}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )


def _grid(widths: Iterable[float]) -> str:
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _cell(text: str, style: str, width: float, align: Align, look: Look, *, extra: str = "", keep: bool = False) -> str:
    words = paragraph(text, style, look, align=_JUSTIFIED[align], keep=keep)
    shape = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>{extra}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{words}</w:tc>"


def _head(grid: Grid, widths: list[float], style: str) -> str:
    look, begin = Look(bold=True), "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    if not grid.grouped:
        cells = (
            _cell(each.title, style, width, Align.CENTRE, look, keep=True)
            for each, width in zip(grid.columns, widths, strict=True)
        )
        return f"{begin}{''.join(cells)}</w:tr>"
    upper, lower = [], []
    place = 0
    while place < len(grid.columns):
        column = grid.columns[place]
        if not column.group:
            upper.append(
                _cell(
                    column.title,
                    style,
                    widths[place],
                    Align.CENTRE,
                    look,
                    extra='<w:vMerge w:val="restart"/>',
                    keep=True,
                )
            )
            lower.append(_cell("", style, widths[place], Align.CENTRE, look, extra="<w:vMerge/>", keep=True))
            place += 1
            continue
        end = place
        while end < len(grid.columns) and grid.columns[end].group == column.group:
            lower.append(_cell(grid.columns[end].title, style, widths[end], Align.CENTRE, look, keep=True))
            end += 1
        span = f'<w:gridSpan w:val="{end - place}"/>'
        upper.append(_cell(column.group, style, sum(widths[place:end]), Align.CENTRE, look, extra=span, keep=True))
        place = end
    return f"{begin}{''.join(upper)}</w:tr>{begin}{''.join(lower)}</w:tr>"


def _row(line: Line, grid: Grid, widths: list[float], style: str, *, keep: bool) -> str:
    begin = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
    if line.weight is Weight.GROUP:
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        look = Look(bold=True)
        return f"{begin}{_cell(line.heading, style, sum(widths), Align.LEFT, look, extra=span, keep=keep)}</w:tr>"
    look = Look(bold=line.weight is Weight.TOTAL or None, italic=line.weight is Weight.SUB or None)
    cells = [
        _cell(line.cells[place] if place < len(line.cells) else "", style, widths[place], column.align, look, keep=keep)
        for place, column in enumerate(grid.columns)
    ]
    return f"{begin}{''.join(cells)}</w:tr>"


def elements(markup: str) -> list[object]:
    """The elements of this markup, to be put into a document."""
    return list(parse_xml(f"<w:body {_NS}>{markup}</w:body>"))
