"""Of section II: systems kept up and improved."""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.report_period import is_year
from isoaudit.domain.vocabulary import Maintained
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative import figures, tables
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import UNIT, WHO, blocks, count, full, named, para, part, units_where
from isoaudit.export.narrative.reading import last_day_to_keep_up, none_due_to_keep_up
from isoaudit.export.paper.blocks import Flow


def asked(found: Json) -> tuple[int, int]:
    """Of a block: how many keep up their system as they should, and of how many it is asked."""
    counts = found["maintained"]
    right: int = counts[Maintained.VERIFIED] + counts[Maintained.REPORTED]
    return right, right + counts[Maintained.NOT_DUE] + counts[Maintained.FAILING]


def maintained(content: ReportContent) -> list[Flow]:
    """Those that keep up their system, those that fail, the year's activities."""
    total = content.rollup["total"]
    right, whole = asked(total)
    start = f"01/01/{content.year}"
    if not whole:
        nothing = full(f"Không có đơn vị nào đang công bố áp dụng tại ngày {start} để xét việc duy trì, cải tiến")
        return [para(content, "maintain.rate", nothing)]
    lead = f"Xét {count(whole)} đang công bố áp dụng tại ngày {start} về việc thực hiện đúng việc duy trì, cải tiến"
    if none_due_to_keep_up(content):
        due = ", ".join(f"{each.name} (hạn {short_date(each.due_on)})" for each in content.conditions)
        early = full(f"{lead}: đến ngày {short_date(content.as_of)} chưa đơn vị nào đến hạn phải hoàn thành")
        what = full(f"Các nội dung của năm và thời hạn: {due}") if due else ""
        return [para(content, "maintain.rate", early, what), *_done(content)]
    told = "; ".join(
        part(*asked(found), WHO[block], "thực hiện đúng", content.decimals)
        for block, found in blocks(content)
        if asked(found)[1]
    )
    verified = total["maintained"][Maintained.VERIFIED]
    seen = part(verified, right, UNIT, "được kiểm chứng qua kiểm tra", content.decimals)
    checked = full(f"Trong số thực hiện đúng, {seen}") if right else ""
    return [
        para(content, "maintain.rate", full(f"{lead}: {told}"), checked),
        tables.maintained(content),
        figures.maintained(content),
        para(content, "maintain.rest", *_rest(content)),
        *_done(content),
    ]


def _rest(content: ReportContent) -> list[str]:
    """Those that have time left, on the last day those that have none left, and those that fail."""
    annex = annex_name(content, "units")
    waiting = units_where(content, maintained=Maintained.NOT_DUE)
    failing = units_where(content, maintained=Maintained.FAILING)
    told = []
    if waiting and last_day_to_keep_up(content):
        told.append(
            full(
                f"Có {count(len(waiting))} chưa ghi nhận đủ các nội dung của năm vào ngày hết hạn "
                f"{short_date(content.as_of)}{named(waiting, annex)}; nếu không bổ sung thì sau ngày này tính là chưa "
                "thực hiện đúng"
            )
        )
    elif waiting:
        told.append(full(f"Có {count(len(waiting))} chưa đến hạn hoàn thành các nội dung của năm"))
    if failing:
        told.append(full(f"Có {count(len(failing))} chưa thực hiện đúng{named(failing, annex)}"))
    elif waiting:
        told.append(full("Chưa có đơn vị nào phải xác định là chưa thực hiện đúng"))
    else:
        told.append(full("Không có đơn vị nào chưa thực hiện đúng"))
    return told


def _done(content: ReportContent) -> list[Flow]:
    told = _activities(content)
    return [para(content, "maintain.activities", told)] if told else []


def _activities(content: ReportContent) -> str:
    sums: dict[str, int] = {}
    for found in content.activities.values():
        for kind, number in found.items():
            sums[kind] = sums.get(kind, 0) + number
    words = (
        ("internal_audit", "đánh giá nội bộ"),
        ("management_review", "xem xét của lãnh đạo"),
        ("objectives", "ban hành mục tiêu chất lượng của năm"),
        ("procedures_updated", "cập nhật quy trình"),
        ("report_sent", "gửi báo cáo năm"),
    )
    told = "; ".join(f"{verb} ({count(sums[kind])})" for kind, verb in words if sums.get(kind))
    when = "" if is_year(content.period) else f" trong năm {content.year}"
    return full(f"Các hoạt động thường niên đã thực hiện{when}: {told}") if told else ""
