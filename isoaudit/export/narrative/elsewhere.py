"""Inspections that the issuer did not make (a district's, before 01/7/2025): they count like its own (RULES §6), and
the report says whose they are: in the text of section III and beside the lines of the annexes."""

from collections import Counter

from isoaudit.domain.numbers import count_text
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import NAMED, called, count, full, listed

_BODIES = 8
"""So many bodies are named in the sentence; there are no more districts in a province than some ten."""


def marks(content: ReportContent) -> dict[str, str]:
    """Reference of an audit → "do UBND huyện Gio Linh kiểm tra", of those that others made."""
    return {each.audit: f"do {each.body} kiểm tra" for each in content.elsewhere}


def by_others(content: ReportContent) -> list[str]:
    """How many of the period's visits others made, who, at which units; nothing when the office made all."""
    made = [each for each in content.elsewhere if each.counted]
    if not made:
        return []
    bodies = Counter(each.body for each in made)
    who = "; ".join(f"{body} {count(number, 'lượt')}" for body, number in bodies.most_common(_BODIES))
    more = f"; {count_text(len(bodies) - _BODIES)} cơ quan khác" if len(bodies) > _BODIES else ""
    units = list(dict.fromkeys(called(content, each.unit_code, each.unit_name) for each in made))
    where = f" tại {listed(units)}" if len(units) <= NAMED else f" tại {count(len(units))}"
    papers = list(dict.fromkeys(each.document for each in made if each.document))
    known = f", tổng hợp theo {listed([f'văn bản số {each}' for each in papers])}" if 0 < len(papers) <= NAMED else ""
    return [full(f"Trong đó có {count(len(made), 'lượt')} do cơ quan khác thực hiện ({who}{more}){where}{known}")]
