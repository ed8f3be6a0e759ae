"""Which documents order or guide the applying of systems: those that section I names, and the annex has to list."""

from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import DocumentKind
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.reading import of_period
from isoaudit.export.rows import DocumentRow

CITED = 15
"""Up to so many documents of the year are told in the text; more get an annex."""
_BASES = 5


def directing(content: ReportContent) -> list[DocumentRow]:
    """Those of the period."""
    return [each for each in of_period(content) if _directs(each, content)]


def foremost(content: ReportContent) -> list[DocumentRow]:
    """Those of the period that the text names: all, or of many the ones from above the units."""
    issued = directing(content)
    return issued if len(issued) <= CITED else [each for each in issued if _of_province(each, content)][:CITED]


def basis(content: ReportContent) -> list[DocumentRow]:
    """The last earlier ones from above the office, which go on; the text names each."""
    before = [each for each in content.documents if each.issued_on < content.first_day]
    return [each for each in before if _binds(each) and _directs(each, content)][-_BASES:]


def _directs(each: DocumentRow, content: ReportContent) -> bool:
    """Whether it can order or guide the applying of systems: no report or minutes, and none on which only money, TTHC
    or one unit's matters rest, such as a unit's own decisions by which it declares or issues its documents."""
    subject = fold(each.subject)
    publishes = subject.startswith("cong bo") and any(word in subject for word in ("thu tuc hanh chinh", "tthc"))
    if each.kind in _TELLS or publishes or "quyet toan" in subject:
        return False
    others = _OTHER_MATTERS if _of_province(each, content) else _OTHER_MATTERS | _OF_UNIT
    return not (each.cited and set(each.cited) <= others)


_TELLS = {DocumentKind.REPORT.vi, DocumentKind.MINUTES.vi}
_OTHER_MATTERS = {"money", "publication", "procedures", "update", "report_duty", "notice", "finding"}
_OF_UNIT = {"declaration", "milestone", "activity"}


def _binds(each: DocumentRow) -> bool:
    """Whether it is an order or a plan from above the office, which goes on in later years."""
    return each.kind in _ORDERS and each.issuer.upper().startswith(_ABOVE)


_ORDERS = {
    kind.vi for kind in (DocumentKind.DECISION, DocumentKind.PLAN, DocumentKind.DIRECTIVE, DocumentKind.RESOLUTION)
}
_ABOVE = ("UBND TỈNH", "BỘ ", "CHÍNH PHỦ", "THỦ TƯỚNG")


def _of_province(each: DocumentRow, content: ReportContent) -> bool:
    """Whether it was issued above the inspected units: by the province, the ministry or the issuer itself."""
    issuer, paper = each.issuer.upper(), content.paper
    bodies = (paper.issuer, paper.issuer_short, paper.parent, paper.committee)
    own = any(body and body.upper() in issuer for body in bodies)
    return own or issuer.startswith(_ABOVE)
