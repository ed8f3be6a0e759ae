"""Section III: inspections planned and made, what they found, and what became of the nonconformities."""

from collections import Counter
from collections.abc import Sequence

from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.numbers import count_text, decimal_text, percent_text
from isoaudit.domain.vocabulary import Grade
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative import tables
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.elsewhere import by_others
from isoaudit.export.narrative.phrases import (
    NAMED,
    WHO,
    begun_small,
    blocks,
    bullets,
    called,
    count,
    full,
    listed,
    named,
    para,
    part,
)
from isoaudit.export.narrative.reading import applicable, findings, fraction
from isoaudit.export.paper.blocks import Flow, Heading
from isoaudit.export.rows import NonconformityRow, PlannedRow
from isoaudit.export.sections.words import band_words, unit_names

WEAKEST = 3
FREQUENT = 5


def inspections(content: ReportContent) -> list[Flow]:
    """The section."""
    return [
        Heading(1, "Công tác kiểm tra"),
        Heading(2, "Kế hoạch và việc thực hiện"),
        *_planned(content),
        Heading(2, "Kết quả kiểm tra"),
        *_results(content),
        Heading(2, "Tồn tại, hạn chế và việc khắc phục"),
        *_nonconformities(content),
    ]


def _planned(content: ReportContent) -> list[Flow]:
    plan, when = content.planned, content.period_name
    if not plan:
        nothing = full(f"Trong {when} chưa ghi nhận kế hoạch kiểm tra tại các đơn vị")
        return [para(content, "inspections.plan", nothing)]
    rests = list(dict.fromkeys(each.document for each in plan if each.document))
    basis = f"Thực hiện {listed(rests)}, " if rests else ""
    made = [each for each in plan if each.minuted_on is not None]
    lead = full(
        f"{basis}trong {when} có {count(len(plan), 'cuộc kiểm tra')} theo kế hoạch; "
        + part(len(made), len(plan), "cuộc", "hoàn thành", content.decimals)
    )
    return [
        para(content, "inspections.plan", lead),
        tables.planned(content),
        para(content, "inspections.not_made", *_not_made(content, [each for each in plan if each.minuted_on is None])),
    ]


def _not_made(content: ReportContent, rest: Sequence[PlannedRow]) -> list[str]:
    if not rest:
        return [full("Các cuộc kiểm tra theo kế hoạch đã được thực hiện đầy đủ")]
    cancelled = [each for each in rest if each.cancelled]
    later = [each for each in rest if not each.cancelled and each.planned_on and each.planned_on > content.as_of]
    waiting = [each for each in rest if not each.cancelled and each not in later]
    told = []
    if cancelled:
        told.append(full(f"Có {count(len(cancelled), 'cuộc')} không thực hiện ({_reasons(content, cancelled)})"))
    if waiting:
        who = f"Có {count(len(waiting), 'cuộc')} chưa lập biên bản đến ngày chốt số liệu"
        told.append(full(f"{who} ({_reasons(content, waiting)})"))
    if later:
        names = [called(content, each.unit_code, each.unit_name) for each in later]
        who = named(names, "") if len(names) <= NAMED else ""
        told.append(full(f"Có {count(len(later), 'cuộc')} chưa đến ngày theo kế hoạch{who}"))
    return told


def _reasons(content: ReportContent, rest: Sequence[PlannedRow]) -> str:
    """Why they were not made: each reason with its units, of many with their number; those without one last."""
    by_reason: dict[str, list[str]] = {}
    for each in rest:
        name = called(content, each.unit_code, each.unit_name)
        by_reason.setdefault(each.reason.rstrip(". ") or _NO_REASON, []).append(name)
    ordered = sorted(by_reason.items(), key=lambda one: (one[0] == _NO_REASON, -len(one[1])))
    if len(rest) > NAMED:
        return "; ".join(f"{begun_small(reason)}: {count(len(names), 'cuộc')}" for reason, names in ordered)
    return "; ".join(
        f"{reason}: {listed(names)}" if reason == _NO_REASON else f"{listed(names)}: {begun_small(reason)}"
        for reason, names in ordered
    )


_NO_REASON = "chưa ghi lý do"


def _results(content: ReportContent) -> list[Flow]:
    total = content.rollup["total"]
    if not total["visits"]:
        nothing = full(f"Trong kỳ báo cáo {content.period_name} chưa có cuộc kiểm tra nào được lập biên bản")
        return [para(content, "results.none", nothing)]
    told = "; ".join(
        part(
            found["audited"],
            found["units"] - found["exempt"],
            WHO[block],
            "được kiểm tra toàn diện tại trụ sở",
            content.decimals,
        )
        for block, found in blocks(content)
    )
    lead = full(f"Trong kỳ đã thực hiện {count(total['visits'], 'lượt kiểm tra')}: {told}")
    return [
        para(content, "results.visits", lead, *by_others(content)),
        para(content, "results.answers", *_answers(content)),
        *_weakest(content),
        *_bands(content),
    ]


def _answers(content: ReportContent) -> list[str]:
    lines = [content.rollup["part_a"], *content.rollup["clauses"]]
    counts = {grade: sum(line[grade] for line in lines) for grade in Grade}
    whole = sum(map(applicable, lines))
    if not whole:
        return []
    annex = annex_name(content, "clauses")
    mended = counts[Grade.MINOR] + counts[Grade.MAJOR]
    return [
        full(
            f"Các đoàn đã xem xét {count(whole, 'lượt nội dung kiểm tra')} thuộc phạm vi: "
            f"{count(counts[Grade.CONFORMITY], 'lượt')} thực hiện đúng; "
            f"{count(counts[Grade.OPPORTUNITY], 'lượt')} có khuyến nghị; "
            f"{count(mended, 'lượt')} có tồn tại, hạn chế cần khắc phục"
        ),
        full(f"Kết quả theo từng điều khoản của tiêu chuẩn được nêu tại {annex}") if annex else "",
    ]


def weakest(content: ReportContent) -> list[Json]:
    """The clauses with findings, lowest score first."""
    lines = [line for line in content.rollup["clauses"] if findings(line) and line["score"] is not None]
    return sorted(lines, key=lambda line: (line["score"], -findings(line)))[:WEAKEST]


def _weakest(content: ReportContent) -> list[Flow]:
    lines = weakest(content)
    if not lines:
        return [para(content, "results.weakest", full("Không có điều khoản nào của tiêu chuẩn có tồn tại, hạn chế"))]
    told = "; ".join(_weak(content, line) for line in lines)
    order = ", xếp từ thấp lên" if len(lines) > 1 else ""
    return [para(content, "results.weakest", full(f"Các điều khoản có điểm thấp nhất (thang 100{order}): {told}"))]


def _weak(content: ReportContent, line: Json) -> str:
    """A clause by what it is ordered by, its score, then how much was right and how many findings there were."""
    score = decimal_text(fraction(line["score"]), content.decimals)
    right = percent_text(line[Grade.CONFORMITY], applicable(line), content.decimals)
    found = f"{right} thực hiện đúng, {count(findings(line), 'tồn tại')}"
    return f"điều {line['clause']}{_titled(content, line['clause'])} {score} điểm, {found}"


def _titled(content: ReportContent, clause: str) -> str:
    title = content.clause_titles.get(clause, "")
    return f" ({title})" if title else ""


def _bands(content: ReportContent) -> list[Flow]:
    """Bands are internal unless a decision makes them official (RULES §6)."""
    if not content.band_decision:
        return []
    counts = content.rollup["total"]["bands"]
    told = "; ".join(
        f"{name}: {count(counts[code])}"
        for code, name in band_words(content).items()
        if counts.get(code) and code != NO_BAND
    )
    return [para(content, "results.bands", full(f"Xếp loại theo {content.band_decision}: {told}"))] if told else []


def _nonconformities(content: ReportContent) -> list[Flow]:
    counts = content.rollup["nonconformities"]
    if not (counts["opening"] or counts["raised"] or counts["closing"]):
        return [
            para(
                content, "findings.account", full("Trong kỳ chưa ghi nhận tồn tại, hạn chế nào phải theo dõi khắc phục")
            )
        ]
    annex = annex_name(content, "nonconformities")
    account = full(
        f"Số tồn tại, hạn chế từ kỳ trước chuyển sang: {count_text(counts['opening'])}; phát hiện trong kỳ: "
        f"{count_text(counts['raised'])}; đã khắc phục và đóng trong kỳ: {count_text(counts['closed'])}; "
        f"còn lại cuối kỳ: {count_text(counts['closing'])}" + (f" (danh sách tại {annex})" if annex else "")
    )
    rest = [_still_open(content, counts, annex)] if counts["closing"] else []
    if not counts["closing"]:
        rest.append(full("Đến ngày chốt số liệu không còn tồn tại, hạn chế nào đang mở"))
    elif counts["without_deadline"]:
        rest.append(full(f"Có {count(counts['without_deadline'], 'tồn tại, hạn chế')} chưa xác định thời hạn"))
    found: list[Flow] = [para(content, "findings.account", account, *rest)]
    most = frequent(content)
    if most:
        found.append(para(content, "findings.frequent", "Các nội dung kiểm tra có nhiều tồn tại, hạn chế nhất:"))
        found.append(bullets(content, "findings.list", most))
    return found


def _still_open(content: ReportContent, counts: Json, annex: str) -> str:
    """How many of those that are open are overdue, and at which units."""
    if not counts["overdue"]:
        return full("Trong số còn lại không có tồn tại, hạn chế nào quá thời hạn khắc phục")
    late = overdue_units(content)
    ended = len(late) - len(overdue_units(content, in_force=True))
    gone = f", trong đó {count(ended)} đã kết thúc hoạt động" if ended else ""
    where = f", ở {count(len(late))}{named(late, annex)}{gone}" if late else ""
    if counts["overdue"] == counts["closing"]:
        all_of = "Toàn bộ " if counts["closing"] > 1 else ""
        return full(f"{all_of}{count(counts['closing'], 'tồn tại, hạn chế')} còn lại đã quá thời hạn khắc phục{where}")
    what = count(counts["overdue"], "tồn tại, hạn chế")
    return full(f"Trong số còn lại có {what} quá thời hạn khắc phục{where}")


def overdue_units(content: ReportContent, *, in_force: bool = False) -> list[str]:
    """Units with a nonconformity that is open past its deadline, each once; or only those `in_force`, which alone can
    be told to mend it."""
    names = unit_names(content)
    late = dict.fromkeys(
        (each.unit_code, each.unit_name)
        for each in content.nonconformities
        if each.closed_on is None and each.due_on is not None and each.due_on < content.as_of
    )
    return [names.get(code, name) for code, name in late if code or not in_force]


def raised(content: ReportContent) -> list[NonconformityRow]:
    """Those raised in the period."""
    return [each for each in content.nonconformities if each.raised_on >= content.first_day]


def frequent(content: ReportContent) -> list[str]:
    """The questions that were answered with a finding most often, more than once, in words; alike ones as they come."""
    asked = Counter(each.asks for each in raised(content) if each.asks)
    return [
        f"“{question}”: {count(number, 'tồn tại')}" for question, number in asked.most_common(FREQUENT) if number > 1
    ]
