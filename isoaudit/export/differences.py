"""What differs between two contents of a report, figure by figure: what a correction lists, and what would be otherwise
if the report were made today.

Totals and blocks first, then units, then lists row by row (`list_differences`) and the office's own words. Rates follow
from their counts and are left out; a part that differs and has no line is told as such: two contents that differ never
give nothing. What stays internal on paper (bands and scores of units without a decision that makes them official,
the sum of TTHC over communes) is told only when asked for. Nothing is decided here: equal contents give nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
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
    Obligation,
    ResultLevel,
    Status,
    UnitKind,
    Word,
)
from isoaudit.export import frozen, yearly_figures
from isoaudit.export.difference_lists import LISTS, OWN, REST, Pair
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.list_differences import letterhead, rows
from isoaudit.export.narrative.reading import findings, fraction
from isoaudit.export.rows import CorrectionRow

Figure = tuple[Pair, str]
"""Where and what, and the figure as printed."""

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
    "declarations": ("Lượt công bố trong kỳ", "Declarations of the period"),
    "planned": ("Cuộc kiểm tra theo kế hoạch", "Audits planned"),
    "ended": ("Đơn vị kết thúc hoạt động", "Units that ended"),
    "again": ("Cần công bố lại", "To declare again"),
    "block": ("khối", "block"),
    "kind": ("loại đơn vị", "kind"),
    "obligation": ("diện áp dụng", "obligation"),
    "steps": ("nội dung chuyển đổi chưa thực hiện", "steps of the conversion left"),
    "missing": ("còn thiếu để duy trì, cải tiến", "missing for keeping up"),
    "audit": ("cuộc kiểm tra được tính", "audit that counts"),
    "rest": ("Nội dung khác", "Other content"),
    "changed": ("có thay đổi", "changed"),
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
    codes = [{unit["code"] for unit in each.rollup["units"]} for each in (old, new)]
    official = bool(old.band_decision and new.band_decision)
    say = _Says(language, internal=internal or official, shared=codes[0] & codes[1])
    found = {
        "rollup": [*_against(_figures, old, new, say)],
        "years": [*_against(_yearly, old, new, say)],
        "activities": [*_against(_activities, old, new, say)],
        "paper": [*letterhead(old, new, language)],
    }
    for each in LISTS:
        if getattr(old, each.name) is not None and getattr(new, each.name) is not None:
            found.setdefault(each.name, []).extend(rows(each, old, new, language))
    found["edited"] = [*_against(_texts, old, new, say)]
    for name, label in REST.items():
        if name not in found or not found[name]:
            found[name] = [*_rest(name, label, old, new, say)]
    return tuple(row for several in found.values() for row in several)


def _against(
    figures: "Callable[[ReportContent, _Says], Iterator[Figure]]", old: ReportContent, new: ReportContent, say: "_Says"
) -> Iterator[CorrectionRow]:
    then, now = dict(figures(old, say)), dict(figures(new, say))
    for key in [*now, *(key for key in then if key not in now)]:
        before, after = then.get(key, NOTHING), now.get(key, NOTHING)
        if before != after:
            yield CorrectionRow(*key, before, after)


def _rest(name: str, label: Pair, old: ReportContent, new: ReportContent, say: "_Says") -> Iterator[CorrectionRow]:
    """That a part of the content differs, when no line says how."""
    before, after = (_bare(name, getattr(each, name)) for each in (old, new))
    if before != after:
        yield CorrectionRow(say.key("rest"), say.pair(label), NOTHING, say.key("changed"))


def _bare(name: str, value: Any) -> object:
    """A part of the content without what differs between any two reports: the day, number and signer."""
    found: Any = frozen.plain(value)
    bare = {key: each for key, each in found.items() if key not in OWN[name]} if name in OWN and found else found
    return canonical({name: bare})


class _Says:
    """Words in one language, whether what is internal is told, and the units that both contents have."""

    def __init__(self, language: str, *, internal: bool, shared: Collection[str]) -> None:
        self.language = language
        self.internal = internal
        self.shared = shared

    def pair(self, pair: tuple[str, str]) -> str:
        return pair[self.language == "en"]

    def key(self, key: str) -> str:
        return self.pair(_WORDS[key])

    def word(self, word: Word) -> str:
        text = word.label(self.language)
        return text[:1].upper() + text[1:]


def _figures(content: ReportContent, say: _Says) -> Iterator[Figure]:
    rollup = content.rollup
    yield from _block(content, rollup["total"], say.key("total"), say, summed=False)
    again = [unit["block"] for unit in rollup["units"] if unit["redeclaration_due"] and unit["status"] != Status.EXEMPT]
    yield (say.key("total"), say.key("again")), thousands(len(again))
    for block in Block:
        if block in rollup["blocks"]:
            summed = block is not Block.COMMUNE
            yield from _block(content, rollup["blocks"][block], say.word(block), say, summed=summed)
            yield (say.word(block), say.key("again")), thousands(again.count(block))
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
    for row in rollup["ended"]:
        day = short_date(date.fromisoformat(row["ended_on"]))
        yield (say.key("ended"), f"{row['name']} ({row['code']})"), f"{day}; {say.word(Status(row['status'])).lower()}"
    made = [each.kind for each in content.declarations if each.made_on >= content.first_day]
    for kind in DeclarationKind:
        yield (say.key("declarations"), say.word(kind)), thousands(made.count(kind))
    for key in ("planned", "documents"):
        yield (say.key("lists"), say.key(key)), thousands(len(getattr(content, key)))


def _yearly(content: ReportContent, say: _Says) -> Iterator[Figure]:
    yield from yearly_figures.figures(content.years, say.language)


def _activities(content: ReportContent, say: _Says) -> Iterator[Figure]:
    for block in Block:
        found = content.activities.get(block.value, {})
        for kind in ActivityKind:
            if kind in found:
                yield (say.word(block), say.word(kind)), thousands(found[kind])


def _texts(content: ReportContent, say: _Says) -> Iterator[Figure]:
    for key, text in content.edited.items():
        yield (say.key("texts"), f"{say.key('text')} {key}"), text or say.key("generated")


def _block(content: ReportContent, figures: Json, where: str, say: _Says, *, summed: bool) -> Iterator[Figure]:
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


def _line(line: Json, where: str, content: ReportContent, say: _Says) -> Iterator[Figure]:
    for grade in (Grade.CONFORMITY, Grade.OPPORTUNITY, Grade.NOT_APPLICABLE):
        if line[grade]:
            yield (where, say.word(grade)), thousands(line[grade])
    if found := findings(line):
        yield (where, say.key("findings")), thousands(found)
    if line["score"] is not None:
        yield (where, say.key("score")), decimal_text(fraction(line["score"]), content.decimals)


def _unit(unit: Mapping[str, Any], content: ReportContent, say: _Says) -> Iterator[Figure]:
    name, where = f"{unit['name']} ({unit['code']})", say.key("units")
    yield (where, f"{name}: {say.key('present')}"), say.key("yes")
    yield (where, f"{name}: {say.key('status')}"), say.word(Status(unit["status"]))
    if unit["code"] not in say.shared:
        return  # that it is there or not is all there is to tell
    edition = content.editions.get(unit["edition"], unit["edition"]) if unit["edition"] else NOTHING
    yield (where, f"{name}: {say.key('edition')}"), edition
    yield (where, f"{name}: {say.key('maintained')}"), say.word(Maintained(unit["maintained"]))
    for key, word in (("block", Block), ("obligation", Obligation), ("kind", UnitKind)):
        yield (where, f"{name}: {say.key(key)}"), say.word(word(unit[key]))
    yield (where, f"{name}: {say.key('again').lower()}"), say.key("yes" if unit["redeclaration_due"] else "no")
    steps = {each.code: each.name for each in content.conversion.steps}
    missing = [steps.get(code, code) for code in unit["missing_steps"]]
    yield (where, f"{name}: {say.key('steps')}"), "; ".join(missing) or NOTHING
    kinds = {kind.value: kind.label(say.language) for kind in ActivityKind}
    yield (
        (where, f"{name}: {say.key('missing')}"),
        "; ".join(kinds.get(each, each) for each in unit["missing"]) or NOTHING,
    )
    audit, tthc = unit["audit"], unit["tthc"]
    if audit is not None:
        yield (where, f"{name}: {say.key('audit')}"), f"{audit['audit']}"
    if say.internal and audit is not None and audit["score"] is not None:
        score = decimal_text(fraction(audit["score"]), content.decimals)
        yield (where, f"{name}: {say.key('score').lower()}"), score
    if tthc is not None:
        yield (where, f"{name}: {say.key('tthc')}"), f"{tthc['covered']}/{tthc['total']}"
