"""Of section IV: TTHC by kind of linking and online level, and what publication decisions asked of units. Left out when
nothing is known of it. TTHC of the communes are one list and are not summed (RULES §9)."""

from collections.abc import Mapping, Sequence

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import percent_text, share
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import WHO, count, full, named, para, units_where
from isoaudit.export.narrative.reading import PLACES
from isoaudit.export.paper.blocks import Flow
from isoaudit.export.rows import ProcedureRow
from isoaudit.export.yearly import PublicationRow

_LINKS = {
    "not_linked": "không liên thông",
    "linked_same_level": "liên thông cùng cấp",
    "linked_between_levels": "liên thông giữa các cấp",
}
_ONLINE = {"online_full": "toàn trình", "online_partial": "một phần"}


def catalogue(content: ReportContent) -> list[Flow]:
    """The paragraphs, none when nothing is known."""
    kinds = [text for block in (Block.AGENCY, Block.DISTRICT) for text in _kinds(content, block)]
    told = [_published(each, content) for each in content.years.publications]
    found: list[Flow] = []
    if kinds:
        found.append(para(content, "tthc.kinds", *kinds))
    if told:
        found.append(para(content, "tthc.published", *told))
    return found


def _kinds(content: ReportContent, block: Block) -> list[str]:
    """TTHC of the block by linking and by online level, of the units that state them."""
    units = {
        unit["code"]: unit for unit in content.rollup["units"] if unit["block"] == block and unit["status"] != _EXEMPT
    }
    rows = [row for row in content.procedures if row.code in units]
    linked = [row for row in rows if all(getattr(row, name) is not None for name in _LINKS)]
    if not linked:
        return []
    whole = sum(_sum(linked, name) for name in _LINKS)
    parts = _parts(linked, _LINKS)
    text = f"Trong {count(whole, 'TTHC')} của {count(len(linked), WHO[block.value])} có {parts}"
    online = [row for row in rows if all(getattr(row, name) is not None for name in _ONLINE)]
    if online:
        text += f". Về dịch vụ công trực tuyến, có {_parts(online, _ONLINE)}"
    return [full(text)]


def _parts(rows: list[ProcedureRow], words: Mapping[str, str]) -> str:
    """ "40 TTHC không liên thông, 13 TTHC liên thông cùng cấp", without those of which there is none."""
    sums = ((_sum(rows, name), told) for name, told in words.items())
    return ", ".join(f"{count(number, 'TTHC')} {told}" for number, told in sums if number) or "không có TTHC nào"


_EXEMPT = Status.EXEMPT.value


def _sum(rows: list[ProcedureRow], name: str) -> int:
    return sum(getattr(row, name) or 0 for row in rows)


def _published(each: PublicationRow, content: ReportContent) -> str:
    changes = (("công bố mới", each.added), ("sửa đổi, bổ sung", each.changed), ("bãi bỏ", each.abolished))
    what = ", ".join(f"{word} {count(number, 'TTHC')}" for word, number in changes if number)
    said = [full(f"Quyết định số {each.document} (hiệu lực {short_date(each.effective_on)}) {what}")]
    if each.asked:
        rate = f"{share(each.done, each.asked)} quy trình ({percent_text(each.done, each.asked, content.decimals)})"
        said.append(full(f"Các đơn vị đã cập nhật {rate}"))
    if each.redeclare:
        said.append(_to_review(each.redeclare, content))
    return " ".join(said)


def _to_review(names: Sequence[str], content: ReportContent) -> str:
    """Whose declared scope is to be reviewed because of the decision. "Cần công bố lại" is another thing, which rests
    on the unit's own figures and on mergers (RULES §3): told is how many of these are that, too."""
    annex = annex_name(content, "publications")
    told = named(names, annex).strip(" ()")
    due = set(units_where(content, redeclaration_due=True))
    both = sum(name in due for name in names)
    meet = f"{count(both)} trong số này" if both else "các đơn vị này không"
    who = f"Quyết định làm thay đổi danh mục TTHC nên {count(len(names))} phải rà soát phạm vi công bố ({told})"
    return full(f"{who}; {meet} thuộc số cần công bố lại nêu tại {PLACES['declared']}")
