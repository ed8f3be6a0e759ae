"""What differs between two contents of a report, figure by figure: what a correction lists, and what would be otherwise
if the report were made today.

Totals and blocks first, then units, then lists and the office's own words. Rates follow from their counts and are left
out. What stays internal on paper (bands and scores of units without a decision that makes them official, the sum of
TTHC over communes) is told only when asked for. Nothing is decided here: equal contents give nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.numbers import NOTHING, decimal_text, thousands
from isoaudit.domain.vocabulary import ActivityKind, Block, Grade, Maintained, ResultLevel, Status, UnitKind, Word
from isoaudit.export import yearly_figures
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative.reading import findings, fraction
from isoaudit.export.rows import CorrectionRow

Values = dict[tuple[str, str], str]
"""Where and what → the figure as printed."""

_COUNTS = {
    "units": ("Số đơn vị", "Units"),
    "exempt": ("Không thuộc đối tượng áp dụng", "Exempt"),
    "obliged": ("Bắt buộc hoặc theo lộ trình", "Obliged"),
    "declared": ("Đã công bố", "Declared"),
    "declared_obliged": ("Đã công bố, trong số bắt buộc hoặc theo lộ trình", "Declared, of those obliged"),
    "baseline": ("Số thuộc diện chuyển đổi", "Baseline"),
    "baseline_converted": ("Đã chuyển đổi, trong số thuộc diện", "Converted, of the baseline"),
    "left_by_merger": ("Giảm do sắp xếp, sáp nhập", "Left by mergers"),
    "audited": ("Đơn vị được kiểm tra toàn diện tại trụ sở", "Units audited"),
    "visits": ("Lượt kiểm tra", "Visits"),
}
_TTHC = {
    "units": ("TTHC: đơn vị có số liệu", "Procedures: units with figures"),
    "full": ("TTHC: đơn vị áp dụng đủ", "Procedures: units that cover all"),
    "covered": ("TTHC đã áp dụng quy trình", "Procedures covered"),
    "total": ("TTHC", "Procedures"),
}
_FINDINGS = {
    "opening": ("Chuyển từ kỳ trước", "Open at the start"),
    "raised": ("Phát sinh trong kỳ", "Raised"),
    "closed": ("Đã đóng trong kỳ", "Closed"),
    "closing": ("Đang mở vào ngày chốt", "Open on the day"),
    "overdue": ("Quá hạn", "Overdue"),
    "without_deadline": ("Chưa có thời hạn", "Without a deadline"),
}
_WORDS = {
    "total": ("Toàn tỉnh", "Whole province"),
    "findings": ("Tồn tại, hạn chế cần khắc phục", "Nonconformities"),
    "tasks": ("Nhiệm vụ năm", "Tasks of the year"),
    "clause": ("Điều khoản", "Clause"),
    "part_a": ("Phần A (tuân thủ quy định)", "Part A (rules)"),
    "score": ("Điểm", "Score"),
    "units": ("Danh sách đơn vị", "List of units"),
    "present": ("có trong danh sách", "listed"),
    "status": ("tình trạng", "status"),
    "edition": ("phiên bản đang công bố", "current edition"),
    "maintained": ("duy trì, cải tiến", "kept up"),
    "tthc": ("TTHC theo quy trình", "procedures covered"),
    "lists": ("Danh mục kèm theo", "Lists"),
    "documents": ("Văn bản", "Documents"),
    "declarations": ("Công bố", "Declarations"),
    "planned": ("Cuộc kiểm tra theo kế hoạch", "Audits planned"),
    "ended": ("Đơn vị kết thúc hoạt động", "Units that ended"),
    "texts": ("Lời văn do cơ quan soạn", "Wording by the office"),
    "text": ("Đoạn", "Paragraph"),
    "band": ("Xếp loại", "Band"),
    "no_band": ("Chưa đủ căn cứ", "Not enough to judge"),
    "generated": ("(câu tự động)", "(generated sentence)"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
}


def differences(
    old: ReportContent, new: ReportContent, language: str = "vi", *, internal: bool = False
) -> tuple[CorrectionRow, ...]:
    """Every figure that is not the same, as printed in each; a figure that one of them lacks is "–" there. `internal`:
    also those that a paper may not tell.
    """
    say = _Says(language, internal=internal or bool(old.band_decision and new.band_decision))
    then, now = dict(_figures(old, say)), dict(_figures(new, say))
    keys = [*now, *(key for key in then if key not in now)]
    return tuple(
        CorrectionRow(*key, then.get(key, NOTHING), now.get(key, NOTHING))
        for key in keys
        if then.get(key, NOTHING) != now.get(key, NOTHING)
    )


class _Says:
    """Words in one language, and whether what is internal is told."""

    def __init__(self, language: str, *, internal: bool) -> None:
        self.language = language
        self.internal = internal

    def pair(self, pair: tuple[str, str]) -> str:
        return pair[self.language == "en"]

    def key(self, key: str) -> str:
        return self.pair(_WORDS[key])

    def word(self, word: Word) -> str:
        text = word.label(self.language)
        return text[:1].upper() + text[1:]


def _figures(content: ReportContent, say: _Says) -> Iterator[tuple[tuple[str, str], str]]:
    rollup = content.rollup
    yield from _block(content, rollup["total"], say.key("total"), say, summed=False)
    for block in Block:
        if block in rollup["blocks"]:
            summed = block is not Block.COMMUNE
            yield from _block(content, rollup["blocks"][block], say.word(block), say, summed=summed)
    sub_agency = rollup.get("lines", {}).get("sub_agency")
    if sub_agency:
        yield from _block(content, sub_agency, say.word(UnitKind.SUB_AGENCY), say, summed=True)
    for key, pair in _FINDINGS.items():
        yield (say.key("findings"), say.pair(pair)), thousands(rollup["nonconformities"][key])
    for level in ResultLevel:
        yield (say.key("tasks"), say.word(level)), thousands(rollup["tasks"][level])
    yield from _line(rollup["part_a"], say.key("part_a"), content, say)
    for line in rollup["clauses"]:
        yield from _line(line, f"{say.key('clause')} {line['clause']}", content, say)
    for unit in rollup["units"]:
        yield from _unit(unit, content, say)
    for key, rows in (
        ("ended", rollup["ended"]),
        ("declarations", content.declarations),
        ("planned", content.planned),
        ("documents", content.documents),
    ):
        yield (say.key("lists"), say.key(key)), thousands(len(rows))
    for name, found in content.activities.items():
        for kind in ActivityKind:
            if kind in found:
                yield (say.word(Block(name)), say.word(kind)), thousands(found[kind])
    yield from yearly_figures.figures(content.years, say.language)
    for key, text in content.edited.items():
        yield (say.key("texts"), f"{say.key('text')} {key}"), text or say.key("generated")


def _block(
    content: ReportContent, figures: Json, where: str, say: _Says, *, summed: bool
) -> Iterator[tuple[tuple[str, str], str]]:
    """`summed`: the TTHC of its units may be added up (RULES §9)."""
    for key, pair in _COUNTS.items():
        yield (where, say.pair(pair)), thousands(figures[key])
    for words, kind in (("status", Status), ("maintained", Maintained)):
        for word in kind:
            if word in figures[words]:
                yield (where, say.word(word)), thousands(figures[words][word])
    bands = {band.code: band.name for band in content.bands} | {NO_BAND: say.key("no_band")}
    for code, number in figures["bands"].items() if say.internal else ():
        yield (where, f"{say.key('band')}: {bands.get(code, code)}"), thousands(number)
    for key, pair in _TTHC.items():
        if summed or key not in ("covered", "total"):
            yield (where, say.pair(pair)), thousands(figures["tthc"][key])


def _line(line: Json, where: str, content: ReportContent, say: _Says) -> Iterator[tuple[tuple[str, str], str]]:
    for grade in (Grade.CONFORMITY, Grade.OPPORTUNITY, Grade.NOT_APPLICABLE):
        if line[grade]:
            yield (where, say.word(grade)), thousands(line[grade])
    if found := findings(line):
        yield (where, say.key("findings")), thousands(found)
    if line["score"] is not None:
        yield (where, say.key("score")), decimal_text(fraction(line["score"]), content.decimals)


def _unit(unit: Mapping[str, Any], content: ReportContent, say: _Says) -> Iterator[tuple[tuple[str, str], str]]:
    name, where = f"{unit['name']} ({unit['code']})", say.key("units")
    yield (where, f"{name}: {say.key('present')}"), say.key("yes")
    yield (where, f"{name}: {say.key('status')}"), say.word(Status(unit["status"]))
    edition = content.editions.get(unit["edition"], unit["edition"]) if unit["edition"] else NOTHING
    yield (where, f"{name}: {say.key('edition')}"), edition
    yield (where, f"{name}: {say.key('maintained')}"), say.word(Maintained(unit["maintained"]))
    audit, tthc = unit["audit"], unit["tthc"]
    if say.internal and audit is not None and audit["score"] is not None:
        score = decimal_text(fraction(audit["score"]), content.decimals)
        yield (where, f"{name}: {say.key('score').lower()}"), score
    if tthc is not None:
        yield (where, f"{name}: {say.key('tthc')}"), f"{tthc['covered']}/{tthc['total']}"
