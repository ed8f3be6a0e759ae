"""Section V: how mergers, splits and renames of the period bear on the systems, and what became of units that ended."""

from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Relation, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import bullets, count, full, listed, named, para, units_where
from isoaudit.export.narrative.reading import PLACES, by_successor, forms
from isoaudit.export.paper.blocks import Flow, Heading
from isoaudit.export.rows import ChangeRow
from isoaudit.export.sections.words import left_elsewhere

_HAD_A_SYSTEM = {Status.CONVERTED, Status.NEWLY_APPLIED, Status.CONVERTING, Status.NOT_CONVERTED}


def changes(content: ReportContent) -> list[Flow]:
    """The section."""
    found: list[Flow] = [Heading(1, "Ảnh hưởng của việc sắp xếp, tổ chức lại đơn vị")]
    ended = content.rollup["ended"]
    if not ended and not content.changes:
        nothing = full(
            f"Trong kỳ báo cáo {content.period_name} không có đơn vị nào sắp xếp, tổ chức lại hoặc kết thúc hoạt động"
        )
        return [*found, para(content, "changes.none", nothing)]
    successors = by_successor(content)
    told = [_told(on, successor, rows) for (on, successor), rows in successors.items()]
    found.append(para(content, "changes.ended", *_ended(content), *_left(content)))
    if told and not annex_name(content, "changes"):
        found += [
            para(content, "changes.lead", "Các thay đổi cụ thể:"),
            bullets(content, "changes.list", told),
        ]
    elif told:
        days = listed([short_date(day) for day in sorted({on for on, _ in successors})])
        lead = f"Việc sắp xếp có hiệu lực ngày {days}, liên quan đến {count(len(told))} tiếp nhận hoặc hình thành mới"
        names = [successor for _, successor in successors]
        found.append(para(content, "changes.lead", full(f"{lead}{named(names, annex_name(content, 'changes'))}")))
    return found


def _told(on: date, successor: str, rows: list[ChangeRow]) -> str:
    """What passed into a unit, by all of its rows: a receiver that goes on takes in the others and may be renamed."""
    day, found = short_date(on), forms(rows)
    parts = "một phần " if found != [Relation.SPLIT] else ""
    taken = [each.predecessor for each in rows if each.relation in (Relation.ABSORBED, Relation.CONSOLIDATED)]
    taken += [f"{parts}{each.predecessor}" for each in rows if each.relation is Relation.SPLIT]
    names = listed(taken)
    goes_on = [each.predecessor for each in rows if each.relation is Relation.CONTINUED]
    receiver = listed(goes_on)
    match found[0]:
        case Relation.CONTINUED:
            return f"từ ngày {day}, {receiver} đổi thành {successor}"
        case Relation.CONSOLIDATED:
            return f"từ ngày {day}, {successor} được thành lập trên cơ sở {listed([*goes_on, *taken])}"
        case Relation.ABSORBED if receiver:
            return f"từ ngày {day}, {receiver} nhận sáp nhập {names}, đổi thành {successor}"
        case Relation.ABSORBED:
            return f"từ ngày {day}, {names} sáp nhập vào {successor}"
        case Relation.SPLIT if receiver:
            return f"từ ngày {day}, {receiver} tiếp nhận {names}, đổi thành {successor}"
        case Relation.SPLIT:
            return f"từ ngày {day}, {successor} được chia tách từ {names}"


def _ended(content: ReportContent) -> list[str]:
    ended = content.rollup["ended"]
    if not ended:
        return [full("Trong kỳ không có đơn vị nào kết thúc hoạt động")]
    annex = annex_name(content, "units")
    names = [each["name"] for each in ended]
    had = [each["name"] for each in ended if each["status"] in _HAD_A_SYSTEM]
    first = full(f"Trong kỳ có {count(len(ended))} kết thúc hoạt động do sắp xếp{named(names, annex)}")
    second = (
        full(
            f"Trong đó có {count(len(had))} công bố áp dụng hệ thống quản lý chất lượng đến ngày cuối"
            f"{named(had, annex)}"
        )
        if had
        else full("Các đơn vị này chưa công bố áp dụng hệ thống quản lý chất lượng")
    )
    return [first, second]


def _left(content: ReportContent) -> list[str]:
    left = content.rollup["total"]["left_by_merger"]
    waiting = units_where(content, status=Status.TO_REDECLARE)
    told = []
    if left:
        since = content.conversion.baseline
        day = f" so với ngày {short_date(since)}" if since else ""
        where = f"do sắp xếp, sáp nhập ({PLACES['converted']})"
        fewer = f"Số đơn vị thuộc diện chuyển đổi đã giảm {count(left)}{day} {where}"
        told.append(full("; ".join(filter(None, (fewer, left_elsewhere(content))))))
    if waiting:
        told.append(
            full(f"Có {count(len(waiting))} hình thành sau sắp xếp cần công bố lại (nêu tại {PLACES['declared']})")
        )
    elif content.rollup["ended"]:
        told.append(full("Không có đơn vị hình thành sau sắp xếp nào cần công bố lại"))
    return told
