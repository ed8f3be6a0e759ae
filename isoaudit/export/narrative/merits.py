"""Of section VI: who is praised. The rule is that of `domain.standouts.praise`; here it is fed from the content, and
told with its grounds, so that whoever reads a name knows why it stands there.
"""

from collections.abc import Mapping

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.numbers import share
from isoaudit.domain.standouts import DONE, PRAISED, RIGHT, Ground, Praise, praise
from isoaudit.domain.vocabulary import Maintained, Status
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative.phrases import WHO, blocks, count, listed
from isoaudit.export.sections.words import unit_names
from isoaudit.export.yearly import LateReport, MissedObjective

_EARLY = 5
"""So many units that were first to convert are named, with those of the same day."""


def merited(content: ReportContent) -> Praise:
    """The praised units, by the grounds of which the content tells."""
    codes = {name: code for code, name in unit_names(content).items()}
    procedures = {each.code: each for each in content.procedures}
    marred = {each.unit_code for each in content.nonconformities if each.closed_on is None}
    missed = {_code(each, codes) for each in content.years.missed}
    late = {_code(each, codes) for row in content.years.reports for each in row.late}
    judged = any(row.met + row.missed for row in content.years.objectives)
    owed = any(row.owed > row.waiting for row in content.years.reports)

    def credit(unit: Json) -> dict[Ground, bool | None]:
        code, held = unit["code"], procedures.get(unit["code"])
        return {
            Ground.DECLARED: unit["status"] in DONE and not unit["redeclaration_due"],
            Ground.KEPT: unit["maintained"] in RIGHT,
            Ground.MENDED: code not in marred,
            Ground.COVERED: None if held is None else held.covered == held.total,
            Ground.OBJECTIVES: code not in missed if judged else None,
            Ground.REPORTS: code not in late if owed else None,
        }

    return praise({unit["code"]: credit(unit) for unit in _considered(content)})


def _code(row: MissedObjective | LateReport, codes: Mapping[str, str]) -> str:
    """Of which unit in force it is told; in what was frozen without codes, of the one that bears the name."""
    return codes.get(row.unit, "") if row.code is None else row.code


def praised(content: ReportContent, annex: str) -> list[str]:
    """The sentences of praise, without their full stops: units, blocks, those that were first to convert."""
    names = unit_names(content)
    told = [_best_band(content) or _units(content, names, annex)]
    whole = [
        f"{WHO[block]} ({share(found['declared'], found['units'] - found['exempt'])} đơn vị)"
        for block, found in blocks(content)
        if _all_right(found)
    ]
    if whole:
        what = "toàn bộ đơn vị đã công bố, hoàn thành chuyển đổi và thực hiện đúng việc duy trì, cải tiến"
        told.append(f"Ghi nhận khối {listed(whole)}: {what}")
    early = _first(content, names)
    if early:
        told.append(f"Trong các đơn vị nêu trên, hoàn thành chuyển đổi sớm nhất trong kỳ là {listed(early)}")
    return told


def _considered(content: ReportContent) -> list[Json]:
    return [unit for unit in content.rollup["units"] if unit["status"] != Status.EXEMPT]


def _best_band(content: ReportContent) -> str:
    """Where a decision makes bands official: those in the best one."""
    if not (content.band_decision and content.bands):
        return ""
    first, names = content.bands[0], unit_names(content)
    best = [
        names[unit["code"]]
        for unit in _considered(content)
        if unit["audit"] and (unit["audit"]["band"] or NO_BAND) == first.code
    ]
    return f"Biểu dương {count(len(best))} đạt mức {first.name} ({listed(best)})" if best else ""


def _units(content: ReportContent, names: dict[str, str], annex: str) -> str:
    found = merited(content)
    rule = "; ".join(_told(each, content) for each in found.grounds)
    if not found.codes:
        if not rule:
            return "Chưa có số liệu để xét biểu dương"
        return f"Theo số liệu chưa có đơn vị nào đủ căn cứ để biểu dương (đạt đủ các điều kiện: {rule})"
    kept = {unit["code"]: unit["maintained"] for unit in content.rollup["units"]}
    seen = [names[code] for code in found.codes if kept[code] == Maintained.VERIFIED]
    named_ = f"danh sách tại {annex}" if annex else listed([names[code] for code in found.codes])
    lead = f"Biểu dương {count(len(found.codes))} ({named_}) đạt đủ các điều kiện: {rule}"
    if not seen or len(found.codes) == 1:
        return f"{lead}; đã được kiểm chứng qua kiểm tra" if seen else lead
    which = f" ({listed(seen)})" if len(seen) <= PRAISED and annex else ""
    return f"{lead}. Trong số này có {count(len(seen))} đã được kiểm chứng qua kiểm tra{which}"


def _told(ground: Ground, content: ReportContent) -> str:
    if ground is Ground.DECLARED:
        return f"đã công bố theo {content.conversion.to_name}, không thuộc số cần công bố lại"
    return ground.vi


def _all_right(found: Json) -> bool:
    """Whether every unit of a block has declared and converted, and all that are asked keep up their system; of two
    units or more."""
    whole, kept = found["units"] - found["exempt"], found["maintained"]
    right = kept[Maintained.VERIFIED] + kept[Maintained.REPORTED]
    lacking = kept[Maintained.NOT_DUE] + kept[Maintained.FAILING]
    done = found["declared"] == whole and found["baseline_converted"] == found["baseline"]
    return bool(whole > 1 and done and right and not lacking)


def _first(content: ReportContent, names: dict[str, str]) -> list[str]:
    """Of the praised ones those that converted first within the period, with the day; none where bands decide."""
    status = {unit["code"]: unit["status"] for unit in content.rollup["units"]}
    found = {each.code: each.converted_on or each.declared_on for each in content.units}
    days = [
        (day, code)
        for code in merited(content).codes
        if status[code] == Status.CONVERTED and (day := found.get(code)) is not None and day >= content.first_day
    ]
    if len(days) <= _EARLY or content.band_decision:
        return []
    ordered = sorted(days, key=lambda each: each[0])
    last = ordered[_EARLY - 1][0]
    within = [each for each in ordered if each[0] <= last][:PRAISED]
    return [f"{names[code]} ({short_date(day)})" for day, code in within]
