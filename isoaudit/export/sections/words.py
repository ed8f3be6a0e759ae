"""The words and small pieces that several sections share: names of blocks and bands, sentences, conditions.

Official Vietnamese as minutes and reports write it; the closed lists themselves are `domain.vocabulary`.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.numbers import count_text
from isoaudit.domain.vocabulary import Block, Status, UnitKind
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.tables import Cell, Row, Style, Where

MARK = "x"
"""What a cell holds when something is so; an empty cell means that it is not."""
TOTAL = "Tổng cộng"
NO_RATE = "–"
NOT_ENOUGH = "Chưa đủ căn cứ"
NOTHING_HERE = "Không có số liệu."


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def mark(holds: bool) -> str | None:
    """The mark of a yes/no cell."""
    return MARK if holds else None


def status_word(status: str) -> str:
    """The conversion status as the list of units writes it."""
    return sentence(Status(status).vi)


def band_words(content: ReportContent) -> dict[str, str]:
    """Code → name of every band that the roll-up counts, best first, the missing one last."""
    named = {band.code: band.name for band in content.bands}
    codes = [code for code in content.rollup["total"]["bands"] if code != NO_BAND]
    ordered = [*[code for code in named if code in codes], *sorted(code for code in codes if code not in named)]
    return {**{code: named.get(code, code) for code in ordered}, NO_BAND: NOT_ENOUGH}


NOT_EXEMPT = Where("status", status_word(Status.EXEMPT), "<>")


def block_lines(content: ReportContent) -> Iterator[tuple[str, Style, Json, tuple[Where, ...]]]:
    """The lines that every table by blocks has: name, style, figures of the roll-up, condition on the units.

    A block without a unit is left out; chi cục have a line of their own inside their block.
    """
    sub_agency = content.rollup.get("lines", {}).get("sub_agency")
    for block in Block:
        figures: Any = content.rollup["blocks"].get(block.value)
        if not figures or not figures["units"]:
            continue
        yield block.vi, Style.BODY, figures, (Where("block", block.vi),)
        if block is Block.AGENCY and sub_agency:
            yield "trong đó: chi cục", Style.SUB, sub_agency, (Where("kind", UnitKind.SUB_AGENCY.vi),)


def unit_names(content: ReportContent) -> dict[str, str]:
    """Code → name of the units in force; where names recur (Phường 1 of two towns) with the district or the code."""
    districts = {detail.code: detail.district for detail in content.units}
    named = {unit["code"]: unit["name"] for unit in content.rollup["units"]}
    recurring = {name for name, count in Counter(named.values()).items() if count > 1}
    return {
        code: f"{name} ({districts.get(code) or code})" if name in recurring else name for code, name in named.items()
    }


def by_others(content: ReportContent) -> dict[str, str]:
    """Reference of an audit → the body that made it, of those that the issuer did not make."""
    return {each.audit: each.body for each in content.elsewhere}


def or_nothing(rows: list[Row]) -> tuple[Row, ...]:
    """The rows, or one that says that there are none."""
    return tuple(rows) or (Row((None, NOTHING_HERE), Style.GROUP),)


def numbered(rows: list[tuple[Cell, ...]]) -> tuple[Row, ...]:
    """Rows with a running number in front."""
    return or_nothing([Row((number, *cells)) for number, cells in enumerate(rows, 1)])


def left_elsewhere(content: ReportContent) -> str:
    """How many left the baseline in blocks that have no unit any more, which are in no table; without a full stop,
    empty for none."""
    who = "; ".join(
        f"{count_text(number)} đơn vị {Block(key).vi[:1].lower()}{Block(key).vi[1:]}"
        for key, number in content.left_blocks.items()
    )
    return who and f"ngoài ra, {who} thuộc diện chuyển đổi khi đó đã kết thúc hoạt động, không tính trong các số này"
