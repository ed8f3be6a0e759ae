"""What differs between two contents of a report, as an official would list it: what a correction tells, and what would
be otherwise if the report were made today.

First the figures of the province and its blocks, then units (`unit_differences`), lists row by row
(`list_differences`), the form of the paper and the office's own words, at the end what follows from all that: the
comparison with the period before and what is proposed for next year. What belongs to one subject is one line
(`difference_rows`). Rates follow from their counts and are left out; a part that differs and has no line is told as
such: two contents that differ never give nothing. What stays internal on paper (bands and scores of units without a
decision that makes them official, the sum of TTHC over communes) is told only when asked for. Nothing is decided here:
equal contents give nothing.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from isoaudit.domain.digest import canonical
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.numbers import NOTHING, decimal_text, thousands
from isoaudit.domain.vocabulary import (
    ActivityKind,
    Block,
    DeclarationKind,
    Grade,
    Maintained,
    ResultLevel,
    Status,
    UnitKind,
    Word,
)
from isoaudit.export import frozen, yearly_figures
from isoaudit.export.difference_lists import LISTS, OWN, REST
from isoaudit.export.difference_rows import Difference, Pair, Place, against, block_words, lines
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.list_differences import letterhead, rows
from isoaudit.export.narrative.reading import findings, fraction
from isoaudit.export.rows import CorrectionRow
from isoaudit.export.unit_differences import details, figures_of_units

Figure = tuple[Place, str, str]
"""Where and of what, the name of the value in the line, and the value as printed."""

_FOLLOWS = ("compared", "next_plan")
"""What follows from other things that differ, and is told last."""
_FIRST_WORDS = 8

_COUNTS = {
    "units": ("Số đơn vị", "Units"),
    "exempt": ("Không thuộc đối tượng áp dụng", "Exempt"),
    "obliged": ("Bắt buộc hoặc theo lộ trình", "Obliged"),
    "baseline": ("Số thuộc diện chuyển đổi", "Baseline"),
    "left_by_merger": ("Giảm do sắp xếp, sáp nhập", "Left by mergers"),
    "visits": ("Lượt kiểm tra", "Visits"),
}
_PARTS = {
    "declared": ("considered", ("Đã công bố", "Declared")),
    "declared_obliged": (
        "obliged",
        ("Đã công bố, trong số bắt buộc hoặc theo lộ trình", "Declared, of those obliged"),
    ),
    "baseline_converted": ("baseline", ("Đã chuyển đổi, trong số thuộc diện", "Converted, of the baseline")),
    "audited": ("considered", ("Đơn vị được kiểm tra toàn diện tại trụ sở", "Units audited")),
}
"""What is a part of what."""
_FINDINGS = {
    "opening": ("chuyển từ kỳ trước", "open at the start"),
    "raised": ("phát sinh trong kỳ", "raised"),
    "closed": ("đã đóng trong kỳ", "closed"),
    "closing": ("đang mở vào ngày chốt", "open on the day"),
    "overdue": ("quá hạn", "overdue"),
    "without_deadline": ("chưa có thời hạn", "without a deadline"),
}
_WORDS = {
    "total": ("Toàn tỉnh", "Whole province"),
    "findings": ("Tồn tại, hạn chế", "Nonconformities"),
    "tasks": ("Nhiệm vụ năm", "Tasks of the year"),
    "clause": ("Điều khoản", "Clause"),
    "part_a": ("Phần A (tuân thủ quy định)", "Part A (rules)"),
    "graded": ("Kết quả kiểm tra", "Results of audits"),
    "found": ("tồn tại, hạn chế", "nonconformities"),
    "score": ("điểm", "score"),
    "status": ("Tình trạng áp dụng", "Status"),
    "maintained": ("Duy trì, cải tiến", "Kept up"),
    "full": (
        "Đơn vị áp dụng quy trình cho đủ TTHC, trong số có số liệu",
        "Units that cover all, of those with figures",
    ),
    "tthc": ("TTHC đã áp dụng quy trình", "Procedures covered"),
    "documents": ("Số văn bản", "Number of documents"),
    "planned": ("Số cuộc kiểm tra theo kế hoạch", "Number of audits planned"),
    "made": ("Lượt công bố trong kỳ", "Declarations of the period"),
    "ended": ("Đơn vị kết thúc hoạt động", "Units that ended"),
    "again": ("Cần công bố lại", "To declare again"),
    "activities": ("Hoạt động trong năm", "Activities of the year"),
    "rest": ("Nội dung khác", "Other content"),
    "changed": ("có thay đổi", "changed"),
    "texts": ("Lời văn do cơ quan soạn", "Wording by the office"),
    "text": ("Đoạn “{}”", "Paragraph “{}”"),
    "band": ("Xếp loại", "Band"),
    "no_band": ("chưa đủ căn cứ", "not enough to judge"),
    "generated": ("(câu tự động)", "(generated sentence)"),
}


def differences(
    old: ReportContent, new: ReportContent, language: str = "vi", *, internal: bool = False
) -> tuple[CorrectionRow, ...]:
    """Everything that is not the same, a line for each subject, as printed in each; what one of them lacks is "–".
    `internal`: also what a paper may not tell.
    """
    say = _Says(language, internal=internal or bool(old.band_decision and new.band_decision))
    both = (old, new)
    province = [*against(*(_figures(each, say) for each in both))]
    units = [*figures_of_units(old, new, language, internal=say.internal)]
    found = {
        "left_blocks": [*against(*(_left_blocks(each, say) for each in both))],
        "years": [*against(*(_yearly(each, say) for each in both))],
        "activities": [*against(*(_activities(each, say) for each in both))],
        "units": [*details(old, new, language)],
        "paper": [*letterhead(old, new, language)],
        "edited": [*_texts(old, new, say)],
    }
    for each in LISTS:
        if getattr(old, each.name) is not None and getattr(new, each.name) is not None:
            found.setdefault(each.name, []).extend(rows(each, old, new, language))
    told = {**found, "rollup": [*province, *units]}
    untold = chain.from_iterable(_rest(name, old, new, say) for name in REST if not told.get(name))
    province += found.pop("left_blocks")
    figures = (*province, *found.pop("years"), *found.pop("activities"), *units, *found.pop("units"))
    following = [each for name in _FOLLOWS for each in found.pop(name, ())]
    return lines([*figures, *chain.from_iterable(found.values()), *following, *untold])


def _rest(name: str, old: ReportContent, new: ReportContent, say: "_Says") -> Iterator[Difference]:
    """That a part of the content differs, when no line says how."""
    before, after = (_bare(name, getattr(each, name)) for each in (old, new))
    if before != after:
        yield Difference(Place(say.key("rest"), say.pair(REST[name])), "", NOTHING, say.key("changed"))


def _bare(name: str, value: Any) -> object:
    """A part of the content without what differs between any two reports: the day, number and signer."""
    found: Any = frozen.plain(value)
    bare = {key: each for key, each in found.items() if key not in OWN[name]} if name in OWN and found else found
    return canonical({name: bare})


class _Says:
    """Words in one language, and whether what is internal is told."""

    def __init__(self, language: str, *, internal: bool) -> None:
        self.language = language
        self.internal = internal

    def pair(self, pair: Pair) -> str:
        return pair[self.language == "en"]

    def key(self, key: str) -> str:
        return self.pair(_WORDS[key])

    def word(self, word: Word) -> str:
        """The word within a line."""
        text = word.label(self.language)
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    def block(self, block: Block) -> str:
        return block_words(block, self.language)


def _figures(content: ReportContent, say: _Says) -> Iterator[Figure]:
    rollup, total = content.rollup, say.key("total")
    yield from _block(content, rollup["total"], total, say, summed=False)
    again = [unit["block"] for unit in rollup["units"] if unit["redeclaration_due"] and unit["status"] != Status.EXEMPT]
    yield Place(total, say.key("again")), "", thousands(len(again))
    for block in Block:
        if block in rollup["blocks"]:
            summed = block is not Block.COMMUNE
            yield from _block(content, rollup["blocks"][block], say.block(block), say, summed=summed)
            yield Place(say.block(block), say.key("again")), "", thousands(again.count(block))
    sub_agency = rollup.get("lines", {}).get("sub_agency")
    if sub_agency:
        yield from _block(content, sub_agency, UnitKind.SUB_AGENCY.label(say.language), say, summed=True)
    made = [each.kind for each in content.declarations if each.made_on >= content.first_day]
    for kind in DeclarationKind:
        yield Place(total, say.key("made")), say.word(kind), thousands(made.count(kind))
    for key, pair in _FINDINGS.items():
        yield (
            Place(total, say.key("findings")),
            say.pair(pair),
            thousands(rollup["nonconformities"][key]),
        )
    yield from _line(rollup["part_a"], say.key("part_a"), content, say)
    for line in rollup["clauses"]:
        yield from _line(line, f"{say.key('clause')} {line['clause']}", content, say)
    for level in ResultLevel:
        yield Place(total, say.key("tasks")), say.word(level), thousands(rollup["tasks"][level])
    bearing = Counter(row["name"] for row in rollup["ended"])
    for row in rollup["ended"]:
        day = short_date(date.fromisoformat(row["ended_on"]))
        named = f"{row['name']} ({row['code']})" if bearing[row["name"]] > 1 else row["name"]
        yield Place(say.key("ended"), named, row["code"]), "", f"{day}; {say.word(Status(row['status']))}"
    for key in ("planned", "documents"):
        yield Place(total, say.key(key)), "", thousands(len(getattr(content, key)))


def _yearly(content: ReportContent, say: _Says) -> Iterator[Figure]:
    for (where, what), part, value in yearly_figures.figures(content.years, say.language):
        yield Place(where, what), part, value


def _activities(content: ReportContent, say: _Says) -> Iterator[Figure]:
    for block in Block:
        found = content.activities.get(block.value, {})
        for kind in ActivityKind:
            if kind in found:
                yield Place(say.block(block), say.key("activities")), say.word(kind), thousands(found[kind])


def _texts(old: ReportContent, new: ReportContent, say: _Says) -> Iterator[Difference]:
    """Paragraphs in the office's words, named by how they begin."""
    for key in [*new.edited, *(key for key in old.edited if key not in new.edited)]:
        before, after = (each.edited.get(key, None) for each in (old, new))
        if before != after:
            begun = " ".join((after or before or key).split()[:_FIRST_WORDS])
            shown = (NOTHING if text is None else text or say.key("generated") for text in (before, after))
            yield Difference(Place(say.key("texts"), say.key("text").format(f"{begun}…"), key), "", *shown)


def _left_blocks(content: ReportContent, say: _Says) -> Iterator[Figure]:
    for key, number in content.left_blocks.items():
        yield Place(say.block(Block(key)), say.pair(_COUNTS["left_by_merger"])), "", thousands(number)


def _block(content: ReportContent, figures: Json, where: str, say: _Says, *, summed: bool) -> Iterator[Figure]:
    """`summed`: the TTHC of its units may be added up (RULES §9)."""
    for key, pair in _COUNTS.items():
        yield Place(where, say.pair(pair)), "", thousands(figures[key])
    wholes = {**figures, "considered": figures["units"] - figures["exempt"]}
    for key, (whole, pair) in _PARTS.items():
        yield Place(where, say.pair(pair)), "", _part(figures[key], wholes[whole])
    for words, kind in (("status", Status), ("maintained", Maintained)):
        for word in kind:
            if word in figures[words]:
                yield Place(where, say.key(words)), say.word(word), thousands(figures[words][word])
    bands = {band.code: band.name for band in content.bands} | {NO_BAND: say.key("no_band")}
    for code, number in figures["bands"].items() if say.internal else ():
        yield Place(where, say.key("band")), bands.get(code, code), thousands(number)
    tthc = figures["tthc"]
    yield Place(where, say.key("full")), "", _part(tthc["full"], tthc["units"])
    if summed:
        yield Place(where, say.key("tthc")), "", _part(tthc["covered"], tthc["total"])


def _part(part: int, whole: int) -> str:
    return f"{thousands(part)}/{thousands(whole)}"


def _line(line: Json, what: str, content: ReportContent, say: _Says) -> Iterator[Figure]:
    place = Place(say.key("graded"), what)
    for grade in (Grade.CONFORMITY, Grade.OPPORTUNITY, Grade.MINOR, Grade.MAJOR, Grade.NOT_APPLICABLE):
        if line[grade]:
            yield place, say.word(grade), thousands(line[grade])
    if found := findings(line):
        yield place, say.key("found"), thousands(found)
    if line["score"] is not None:
        yield place, say.key("score"), decimal_text(fraction(line["score"]), content.decimals)
