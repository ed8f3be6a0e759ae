"""Small readings of a report's content that several of its sections share."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from isoaudit.domain.vocabulary import Grade, Maintained, Relation
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.rows import ChangeRow, DocumentRow


def of_period(content: ReportContent) -> list[DocumentRow]:
    """The documents issued from the period's first day to the cut-off day."""
    return [each for each in content.documents if content.first_day <= each.issued_on <= content.as_of]


def report_number(content: ReportContent) -> str:
    """The report's number; "…/BC-SKHCN" in a draft."""
    paper = content.paper
    return paper.number or f"…/BC-{paper.issuer_code}".rstrip("-")


def applicable(line: Json) -> int:
    """How many answers of a clause line are within the scope of the unit."""
    return sum(int(line[grade]) for grade in Grade if grade is not Grade.NOT_APPLICABLE)


def findings(line: Json) -> int:
    """How many answers of a clause line are findings."""
    return int(line[Grade.MINOR] + line[Grade.MAJOR])


def audited_in(rollup: Json) -> bool:
    """Whether anything is known of inspections in the year of a roll-up."""
    counts = rollup["nonconformities"]
    return bool(rollup["total"]["visits"] or counts["opening"] or counts["raised"] or counts["closing"])


def fraction(number: int | float) -> Fraction:
    """A figure of the roll-up's JSON, exactly as it is written there."""
    return Fraction(str(number))


def last_day_to_keep_up(content: ReportContent) -> bool:
    """Whether the cut-off day is the last one on which the conditions of the year are due (RULES §5). What is missing
    then is not failing before the day is over, and no longer something with time left either."""
    due = max((each.due_on for each in content.conditions), default=date(content.year, 12, 31))
    return content.as_of >= due


def none_due_to_keep_up(content: ReportContent) -> bool:
    """Whether units are asked to keep up their system, all of them have time left and none has done it yet."""
    counts = content.rollup["total"]["maintained"]
    others = (Maintained.VERIFIED, Maintained.REPORTED, Maintained.FAILING)
    waiting = counts[Maintained.NOT_DUE] and not any(counts[kind] for kind in others)
    return bool(waiting) and not last_day_to_keep_up(content)


LACKING = "Chưa đủ khi hết hạn"
"""What "not due" is called on the last day: in tables, charts and annexes alike."""


def by_successor(content: ReportContent) -> dict[tuple[date, str], list[ChangeRow]]:
    """Day and successor → what passed into it in the period; a unit that only goes on as itself is none."""
    found: dict[tuple[date, str], list[ChangeRow]] = {}
    for each in content.changes:
        if each.relation is not Relation.CONTINUED or each.predecessor != each.successor:
            found.setdefault((each.on, each.successor), []).append(each)
    return found


def forms(rows: Iterable[ChangeRow]) -> list[Relation]:
    """The forms of the arrangement that these rows of one successor are, the one that tells most first: a receiver goes
    on (`continued`) while others are absorbed into it (RULES §2)."""
    found = {each.relation for each in rows}
    return [form for form in _MOST_FIRST if form in found]


_MOST_FIRST = (Relation.CONSOLIDATED, Relation.ABSORBED, Relation.SPLIT, Relation.CONTINUED)


def day_of(iso: str) -> date:
    """A day of the roll-up's JSON."""
    return date.fromisoformat(iso)


PLACES = {
    "declared": "mục II.2",
    "building": "mục II.3",
    "converted": "mục II.4",
    "maintained": "mục II.5",
    "findings": "mục III.3",
}
"""Where the text names units, for the sections after: no list of names is printed twice."""


def reported_period(name: str) -> str:
    """The period of a report that units owe, with the number of its months as running text writes it: "06 tháng"."""
    return f"0{name}" if name[:2].rstrip().isdecimal() and name[1:2] == " " else name
