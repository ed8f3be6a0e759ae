"""Of section II: this period against the one before.

Where units were arranged in between, units then and units now are not the same: sentences then compare only what is
counted in today's units on both days, without those behind which no unit of then lies, and the table shows beside it
each period in its own units. What adds up over a year (visits) is told and not compared where the two days lie in
different parts of it.
"""

from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, share, share_text, thousands
from isoaudit.domain.period import same_part
from isoaudit.domain.vocabulary import Block
from isoaudit.export.compared import source_words
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative.phrases import WHO, compared, count, full, para
from isoaudit.export.narrative.reading import audited_in
from isoaudit.export.paper.blocks import Align, Column, Flow, Grid, Line
from isoaudit.export.sections.words import sentence

_NOT_KNOWN = "chưa có số liệu"


def before_and_now(content: ReportContent, before: Json) -> list[Flow]:
    """Where the earlier figures are from and how both are counted, the comparison, the table."""
    told = (_units(content, before), _declared(content, before), _visits(content, before))
    return [
        para(content, "before.source", _source(content, before), _basis(content, before)),
        para(content, "before.compared", *told),
        _table(content, before),
    ]


def _then(before: Json) -> date:
    return date.fromisoformat(before["as_of"])


def _source(content: ReportContent, before: Json) -> str:
    """Whose figures of the earlier period these are, and of which days both."""
    made, then = content.compared, _then(before)
    told = f"Số liệu {content.before_name} {source_words(then, None if made is None else made.source)}"
    return full(f"{told}; số liệu {content.period_name} đến hết ngày {short_date(content.as_of)}")


def _basis(content: ReportContent, before: Json) -> str:
    """In which units the two are compared, when units passed into each other in between."""
    made = content.compared
    if made is None or not made.merged:
        return ""
    if not made.rebased:
        return full("Giữa hai ngày có sắp xếp đơn vị; số liệu mỗi kỳ tính theo các đơn vị khi đó")
    left = f"; {made.apart}" if made.apart else ""
    left += "; lượt kiểm tra và tồn tại, hạn chế không quy đổi" if audited_in(before) else ""
    return full(
        f"Giữa hai ngày có sắp xếp đơn vị nên tỷ lệ của {content.before_name} được {made.basis.vi} để so sánh: mỗi đơn "
        "vị hiện nay tính một lần, địa bàn của nhiều đơn vị cũ chỉ tính là đã công bố khi các đơn vị đó đều đã công bố"
        f"{left}"
    )


def _units(content: ReportContent, before: Json) -> str:
    """How many units there were then and are now: after arrangements not the same ones, which is said."""
    then, now = before["total"]["units"], content.rollup["total"]["units"]
    made = content.compared
    was = f"từ {thousands(then)} thành {thousands(now)}" if then != now else thousands(now)
    own = ", theo các đơn vị của mỗi kỳ," if made is not None and made.merged else ""
    if made is not None and made.fresh_of():
        new = count(made.fresh_of(), "đơn vị")
        was += f", trong đó {new} không có đơn vị tiền thân cùng khối trong tỉnh khi đó"
    return full(f"Tổng số cơ quan, đơn vị{own} {compared(now, then, content.before_name, '')} ({was})")


def _declared(content: ReportContent, before: Json) -> str:
    """By block, how many had declared; compared only in the same units."""
    if not _known(content):
        return full(f"{sentence(content.before_name)} {_NOT_KNOWN} về công bố để so sánh")
    told = []
    for block in Block:
        old, new = (each["blocks"].get(block.value) for each in (before, content.rollup))
        if old and new and old["units"] and new["units"]:
            told.append(f"số {WHO[block.value]} đã công bố {_change(content, block, old, new)}")
    return full("; ".join(told)) if told else ""


def _change(content: ReportContent, block: Block, old: Json, new: Json) -> str:
    """How the number of a block that has declared changed."""
    made, name, declared = content.compared, content.before_name, new["declared"]
    whole = share(declared, new["units"] - new["exempt"])
    if made is None or not made.merged:
        last = old["declared"]
        was = thousands(last) if last == declared else f"từ {thousands(last)} thành {thousands(declared)}"
        return f"{compared(declared, last, name)} ({was})"
    if made.rebased and made.alike_of(block).units:
        figures, alike = made.rebased_of(block), made.alike_of(block)
        then, now = (share(each.declared, each.considered) for each in (figures, alike))
        was = now if then == now else f"từ {then} thành {now}"
        return f"{compared(alike.declared, figures.declared, name)} quy đổi ({was})"
    return f"{name} là {share(old['declared'], old['units'] - old['exempt'])}, {content.period_name} là {whole}"


def _visits(content: ReportContent, before: Json) -> str:
    """How often units were visited; said to be more or fewer only over the same part of the year."""
    name, then = content.before_name, _then(before)
    now, last = content.rollup["total"]["visits"], before["total"]["visits"]
    if not now and not last:
        return full(f"{sentence(name)} và {content.period_name} chưa có cuộc kiểm tra nào được lập biên bản")
    if not audited_in(before):
        return full(f"{sentence(name)} chưa có số liệu kiểm tra để so sánh")
    if same_part(then, content.as_of):
        return full(f"Số lượt kiểm tra {compared(now, last, name, 'lượt')}")
    return full(
        f"{sentence(name)}, đến hết ngày {short_date(then)}, có {count(last, 'lượt kiểm tra')}; {content.period_name}, "
        f"đến hết ngày {short_date(content.as_of)}, có {count(now, 'lượt kiểm tra')}"
    )


def _known(content: ReportContent) -> bool:
    """Whether anything of declaring was entered by the earlier day."""
    return content.compared is None or "declared" not in content.compared.unknown_then


def _table(content: ReportContent, before: Json) -> Grid:
    """Both periods; where units were arranged, the earlier one in its own units and in today's."""
    made = content.compared
    rebased = made if made is not None and made.rebased else None
    lines: list[tuple[str, str, str, str]] = []
    for block in Block:
        old, new = (each["blocks"].get(block.value) for each in (before, content.rollup))
        if not (old and old["units"]) and not (new and new["units"]):
            continue
        figures = None if rebased is None else rebased.rebased_of(block)
        counts = [thousands(each["units"]) if each else "0" for each in (old, new)]
        units = thousands(figures.units) if figures else ""
        if rebased is not None and rebased.fresh_of(block):
            units = NOTHING
        lines.append((f"{block.vi}: số đơn vị", counts[0], units, counts[1]))
        rated = [_share(content, each) for each in (old, new)]
        between = ""
        if figures:
            between = share_text(figures.declared, figures.considered, content.decimals)
        if not _known(content):
            rated[0], between = (sentence(_NOT_KNOWN),) * 2
        row = (f"{block.vi}: đã công bố", rated[0], between, rated[1])
        if rebased is None or not rebased.fresh_of(block):
            lines.append(row)
            continue
        alike = rebased.alike_of(block)
        now = share_text(alike.declared, alike.considered, content.decimals)
        lines += _told_apart(row, rebased.fresh_of(block), now)
    if audited_in(before):
        audited = "" if rebased is None else thousands(rebased.rebased_of().audited)
        first, *others = _inspected(content, before, audited)
        fresh = 0 if rebased is None else rebased.fresh_of()
        if rebased is not None and fresh:
            lines += _told_apart(first, fresh, thousands(rebased.alike_of().audited))
        else:
            lines.append(first)
        lines += others
    rows = (
        Line((str(place), words, then, *((between,) if rebased else ()), now))
        for place, (words, then, between, now) in enumerate(lines, 1)
    )
    return Grid(_columns(content, before, wide=rebased is not None), tuple(rows), f"So sánh với {content.before_name}")


def _told_apart(row: tuple[str, str, str, str], fresh: int, now: str) -> list[tuple[str, str, str, str]]:
    """A line as each period counts its own units, and one of the units that can be compared: the rebased figure stands
    only beside one of the same units."""
    words, then, between, all_now = row
    alike = f"{words}, không tính {count(fresh, 'đơn vị')} không có tiền thân cùng khối"
    return [(words, then, NOTHING, all_now), (alike, NOTHING, between, now)]


def _share(content: ReportContent, figures: Json | None) -> str:
    if not figures:
        return NOTHING
    whole = figures["units"] - figures["exempt"]
    return share_text(figures["declared"], whole, content.decimals)


def _inspected(content: ReportContent, before: Json, audited: str) -> list[tuple[str, str, str, str]]:
    """The lines about inspections; what is counted over the year lies where it was and is not rebased."""
    now = content.rollup
    found = [("Đơn vị được kiểm tra", "total", "audited", audited), ("Lượt kiểm tra", "total", "visits", NOTHING)]
    found += [
        (words, "nonconformities", key, NOTHING)
        for words, key in (
            ("Tồn tại, hạn chế phát hiện trong kỳ", "raised"),
            ("Tồn tại, hạn chế đã đóng trong kỳ", "closed"),
            ("Tồn tại, hạn chế còn lại cuối kỳ", "closing"),
        )
    ]
    return [
        (words, thousands(before[part][key]), between, thousands(now[part][key])) for words, part, key, between in found
    ]


def _columns(content: ReportContent, before: Json, *, wide: bool) -> tuple[Column, ...]:
    then, now = (
        f"{sentence(name)} (đến hết ngày {short_date(day)})"
        for name, day in ((content.before_name, _then(before)), (content.period_name, content.as_of))
    )
    first = Column("TT", 6, Align.CENTRE)
    if not wide:
        ends = (Column(then, 21, Align.CENTRE), Column(now, 21, Align.CENTRE))
        return (first, Column("Nội dung", 52), *ends)
    return (
        first,
        Column("Nội dung", 34),
        Column("Theo đơn vị khi đó", 20, Align.CENTRE, then),
        Column("Quy đổi về đơn vị hiện nay", 20, Align.CENTRE, then),
        Column(now, 20, Align.CENTRE),
    )
