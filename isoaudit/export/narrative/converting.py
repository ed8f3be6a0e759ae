"""Of section II: new systems, and the conversion to the new edition."""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Obligation, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import tables
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import (
    WHO,
    blocks,
    by_block,
    count,
    full,
    named,
    para,
    part,
    units_where,
)
from isoaudit.export.narrative.reading import PLACES
from isoaudit.export.paper.blocks import Flow
from isoaudit.export.sections.words import left_elsewhere, unit_names


def building(content: ReportContent) -> list[Flow]:
    """New systems: built, being built, not begun."""
    newly = [(block, found["status"][Status.NEWLY_APPLIED]) for block, found in blocks(content)]
    building = units_where(content, status=Status.BUILDING)
    idle = units_where(content, status=Status.NOT_STARTED)
    encouraged = units_where(content, status=Status.NOT_STARTED, obligation=Obligation.ENCOURAGED)
    late = len(idle) - len(encouraged)
    whole = sum(number for _, number in newly)
    names = units_where(content, status=Status.NEWLY_APPLIED)
    edition = content.conversion.to_name
    done = (
        f"Đến nay có {_some(content, newly)} xây dựng, áp dụng mới và công bố theo {edition}"
        f"{named(names, annex_name(content, 'units'))}"
        if whole
        else f"Đến nay chưa có đơn vị nào xây dựng, áp dụng mới theo {edition}"
    )
    going = (
        full(f"Có {count(len(building))} đang xây dựng{named(building, annex_name(content, 'units'))}")
        if building
        else full("Không có đơn vị nào đang xây dựng dở dang")
    )
    rest = ""
    if idle:
        rest = full(
            f"Còn {count(len(idle))} chưa triển khai"
            + (
                f", trong đó có {count(late)} thuộc diện phải áp dụng"
                if late
                else ", đều thuộc diện khuyến khích áp dụng"
            )
        )
    return [para(content, "building.state", full(done), going, rest)]


def _some(content: ReportContent, counts: list[tuple[str, int]]) -> str:
    """How many units, told by block when they are of several."""
    found = [(block, number) for block, number in counts if number]
    if len(found) == 1:
        return by_block(content, found)
    return f"{count(sum(number for _, number in found))} ({by_block(content, found)})"


def converted(content: ReportContent) -> list[Flow]:
    """Those that had to convert and have, and those that have not."""
    names, total = content.conversion, content.rollup["total"]
    if names.baseline is None:
        unknown = f"Chưa có ngày xác định số đơn vị thuộc diện chuyển đổi từ {names.from_name} sang {names.to_name}"
        return [para(content, "converted.rate", full(unknown))]
    since = f", xác định tại ngày {short_date(names.baseline)}"
    if not total["baseline"]:
        nothing = full(f"Không có đơn vị nào thuộc diện chuyển đổi từ {names.from_name} sang {names.to_name}{since}")
        return [para(content, "converted.rate", nothing, full(left_elsewhere(content)) if content.left_blocks else "")]
    told = "; ".join(
        part(found["baseline_converted"], found["baseline"], WHO[block], "chuyển đổi", content.decimals)
        for block, found in blocks(content)
        if found["baseline"]
    )
    way = f"chuyển đổi từ {names.from_name} sang {names.to_name}{since}"
    lead = f"Số đơn vị thuộc diện {way}, là {count(total['baseline'])}"
    fewer = total["left_by_merger"]
    changed = [f"so với ngày xác định đã giảm {count(fewer)} thuộc diện do sắp xếp, sáp nhập"] if fewer else []
    left = full("; ".join([*changed, left_elsewhere(content)])) if changed or content.left_blocks else ""
    found: list[Flow] = [
        para(content, "converted.rate", f"{lead}.", full(f"Kết quả: {told}"), left),
        tables.converted(content),
    ]
    return [*found, para(content, "converted.rest", *_left_over(content))]


_BEHIND = (
    (Status.CONVERTING, "đang chuyển đổi"),
    (Status.NOT_CONVERTED, "chưa chuyển đổi"),
    (Status.STOPPED, "đã ngừng áp dụng"),
    (Status.TO_REDECLARE, "tiếp nhận từ đơn vị cũ, chưa công bố lại"),
    (Status.BUILDING, "đang xây dựng lại"),
    (Status.NOT_STARTED, "chưa triển khai"),
)


def _left_over(content: ReportContent) -> list[str]:
    """What became of those that have not converted, so that the parts add up to the whole; then the others that still
    have the old edition, and those that should have converted by now."""
    annex, names = annex_name(content, "units"), unit_names(content)
    mine = {each.code for each in content.units if each.in_baseline}
    behind = {
        status: [
            names[unit["code"]] for unit in content.rollup["units"] if unit["status"] == status and unit["code"] in mine
        ]
        for status, _ in _BEHIND
    }
    total = content.rollup["total"]
    rest = total["baseline"] - total["baseline_converted"]
    told = []
    if rest and sum(map(len, behind.values())) == rest:
        parts = [
            f"{count(len(behind[status]))} {words}{_who(status, behind[status], annex)}"
            for status, words in _BEHIND
            if behind[status]
        ]
        lead = f"Số còn lại là {count(rest)}, gồm:" if total["baseline_converted"] else "Trong đó có"
        told.append(full(f"{lead} {'; '.join(parts)}"))
    else:
        behind = {}
    for status, words in _BEHIND[:2]:
        counted = set(behind.get(status, ()))
        others = [name for name in units_where(content, status=status) if name not in counted]
        if others:
            told.append(
                full(f"{'Ngoài ra có' if counted else 'Có'} {count(len(others))} {words}{named(others, annex)}")
            )
    late = [names[each.code] for each in content.units if each.overdue]
    if late:
        told.append(full(f"Trong số này có {count(len(late))} đã quá hạn chuyển đổi{named(late, annex)}"))
    return told or [full("Không còn đơn vị nào đang áp dụng phiên bản cũ")]


def _who(status: Status, names: list[str], annex: str) -> str:
    """Names, but of those that section II.2 has named."""
    told_before = status in (Status.STOPPED, Status.TO_REDECLARE)
    return f" ({PLACES['declared']})" if told_before else named(names, annex)
