"""Of section VIII: the units proposed for next year's audits, the same as on the sheet "Kế hoạch năm sau": few are
named with their reasons, many counted by block and reason and listed in an annex. What falls due is worked out in
`domain.proposal`.
"""

from collections import Counter

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import count_text
from isoaudit.domain.proposal import Reason
from isoaudit.domain.vocabulary import Block
from isoaudit.export.compared import NextRow
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import NAMED, WHO, by_block, count, listed
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight
from isoaudit.export.sections.plans import LONG_AGO
from isoaudit.export.sections.words import sentence, unit_names


def next_plan(content: ReportContent, annex: str) -> str:
    """What is proposed, without a full stop; empty when nothing is. `annex` is the name of the list of many."""
    rows = content.next_plan
    if not rows:
        return ""
    of_block = by_block(content, Counter(each.block.value for each in sorted(rows, key=_place)).items())
    lead = f"đề xuất cho kế hoạch kiểm tra năm {content.year + 1}: {count(len(rows))} ({of_block}"
    if not long_plan(content):
        units = (f"{_name(each, content)} ({listed([reason.vi for reason in each.reasons])})" for each in rows)
        return f"{lead}), gồm {listed([*units])}"
    found = Counter(reason for each in rows for reason in each.reasons)
    reasons = "; ".join(f"{count(found[reason])} {reason.vi}" for reason in Reason if found[reason])
    return f"{lead}; danh sách kèm lý do tại {annex}); một đơn vị có thể có nhiều lý do: {reasons}"


def long_plan(content: ReportContent) -> bool:
    """Whether more units are proposed than the text names."""
    return len(content.next_plan) > NAMED


def proposed(content: ReportContent) -> Grid:
    """Every unit that is proposed, by block, the weightiest reasons first."""
    columns = (
        Column("TT", 10, Align.CENTRE),
        Column("Tên đơn vị", 46),
        Column("Lý do đề xuất", 70),
        Column("Kiểm tra tại trụ sở gần nhất", 26, Align.CENTRE),
        Column("Tồn tại quá hạn", 18, Align.CENTRE),
    )
    rows: list[Line] = []
    for block in Block:
        here = [each for each in content.next_plan if each.block is block]
        if here:
            rows.append(Line((f"{sentence(WHO[block])} ({count(len(here))})",), Weight.GROUP))
        for place, each in enumerate(here, 1):
            reasons = sentence("; ".join(reason.vi for reason in each.reasons))
            audited = short_date(each.last_audit) if each.last_audit else ""
            overdue = count_text(each.overdue) if each.overdue else ""
            rows.append(Line((str(place), _name(each, content), reasons, audited, overdue)))
    used = any(Reason.LONG_AGO in each.reasons for each in content.next_plan)
    return Grid(columns, tuple(rows), notes=(f"{LONG_AGO}.",) if used else (), wide=True)


def _place(row: NextRow) -> int:
    return list(Block).index(row.block)


def _name(row: NextRow, content: ReportContent) -> str:
    return unit_names(content).get(row.unit_code, row.unit_name)
