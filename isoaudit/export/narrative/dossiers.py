"""Section IV: what the systems mean for administrative procedures (TTHC): coverage, dossiers, delays."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from isoaudit.domain.numbers import percent_text, share, thousands
from isoaudit.domain.report_period import is_year
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative.phrases import WHO, blocks, count, full, para, part
from isoaudit.export.paper.blocks import Flow, Heading
from isoaudit.export.rows import ProcedureRow


def dossiers(content: ReportContent) -> list[Flow]:
    """The section. TTHC of the communes are one list and are not summed (RULES §9); dossiers are."""
    found: list[Flow] = [Heading(1, "Tác động đến việc giải quyết thủ tục hành chính")]
    counted = _counted(content)
    if not counted:
        nothing = full("Trong kỳ chưa có số liệu về thủ tục hành chính (TTHC) và hồ sơ của các đơn vị")
        return [*found, para(content, "tthc.none", nothing)]
    return [
        *found,
        para(content, "tthc.covered", *_covered(content)),
        para(content, "tthc.dossiers", *_handled(counted, content)),
    ]


def _counted(content: ReportContent) -> list[ProcedureRow]:
    exempt = {unit["code"] for unit in content.rollup["units"] if unit["status"] == Status.EXEMPT}
    return [each for each in content.procedures if each.code not in exempt]


def _covered(content: ReportContent) -> list[str]:
    told = []
    for block, figures in blocks(content):
        counts = figures["tthc"]
        if counts["units"]:
            spread = _spread(content) if block == Block.COMMUNE else ""
            told.append(_of_block(block, counts, content.decimals) + spread)
    lead = "Các thủ tục hành chính (TTHC) được giải quyết theo quy trình của hệ thống quản lý chất lượng"
    return [full(f"{lead}: {'; '.join(told)}")] if told else []


def _of_block(block: str, counts: Json, decimals: int) -> str:
    full_at = part(counts["full"], counts["units"], WHO[block], "đạt 100% TTHC", decimals)
    if block == Block.COMMUNE:
        return full_at
    covered, total = counts["covered"], counts["total"]
    return f"{WHO[block]} {share(covered, total)} TTHC ({percent_text(covered, total, decimals)}), {full_at}"


def _spread(content: ReportContent) -> str:
    """Of the communes, which share one list: the least and the median share; nothing when all have the same."""
    shares = sorted(
        Fraction(unit["tthc"]["covered"], unit["tthc"]["total"])
        for unit in content.rollup["units"]
        if unit["block"] == Block.COMMUNE and unit["status"] != Status.EXEMPT and unit["tthc"] and unit["tthc"]["total"]
    )
    if len(set(shares)) < 2:
        return ""
    least, middle = (
        percent_text(each.numerator, each.denominator, content.decimals)
        for each in (shares[0], Fraction(median(shares)))
    )
    return f", đơn vị thấp nhất đạt {least}, trung vị {middle}"


def _sum(rows: Sequence[ProcedureRow], *names: str) -> int:
    return sum(getattr(row, name) or 0 for row in rows for name in names)


def _handled(rows: Sequence[ProcedureRow], content: ReportContent) -> list[str]:
    stated = [row for row in rows if row.resolved is not None]
    if not stated:
        return [full("Chưa có số liệu về hồ sơ TTHC đã tiếp nhận và giải quyết")]
    online, direct = _sum(stated, "received_online"), _sum(stated, "received_in_person")
    carried, resolved = _sum(stated, "carried_over"), _sum(stated, "resolved")
    waiting, late = _sum(stated, "in_progress"), _sum(stated, "late")
    whole = resolved + waiting
    came = (
        f"đã tiếp nhận {count(online + direct, 'hồ sơ')} "
        f"({thousands(online)} trực tuyến, {thousands(direct)} trực tiếp)"
        if online + direct
        else "không tiếp nhận hồ sơ nào"
    )
    latest = "" if is_year(content.period) else " mới nhất"
    received = f"Theo số liệu{latest} của {count(len(stated))}, trong kỳ {came}"
    moved = f", kỳ trước chuyển sang {count(carried, 'hồ sơ')}" if carried else ""
    done = f"; đã giải quyết {count(resolved, 'hồ sơ')}" if resolved else "; chưa giải quyết hồ sơ nào"
    done += f", đang giải quyết {count(waiting, 'hồ sơ')}" if waiting else ", không còn hồ sơ đang giải quyết"
    if not whole:
        on_time = ""
    elif late:
        where = count(sum(bool(row.late) for row in stated))
        on_time = full(
            f"Có {count(late, 'hồ sơ')} quá hạn tại {where}; tỷ lệ hồ sơ không quá hạn là {share(whole - late, whole)} "
            f"({percent_text(whole - late, whole, content.decimals)})"
        )
    else:
        on_time = full(f"Không có hồ sơ quá hạn ({share(whole, whole)}, 100%)")
    return [full(f"{received}{moved}{done}"), on_time]
