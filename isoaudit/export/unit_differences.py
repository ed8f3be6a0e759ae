"""What differs between two contents of a report about each unit, found again by its code: one line a unit; those that
differ in the same way share it.

That a unit is there or not is all there is to tell of one that only one of them has. Totals are in `differences`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from isoaudit.domain.numbers import NOTHING, decimal_text
from isoaudit.domain.vocabulary import ActivityKind, Block, Maintained, Obligation, Status, UnitKind
from isoaudit.export.difference_rows import Difference, Figures, Pair, Place, against
from isoaudit.export.layout import Json, ReportContent, UnitDetail
from isoaudit.export.list_differences import shown
from isoaudit.export.narrative.reading import fraction
from isoaudit.export.sections.words import unit_names

_LIST = ("Danh sách đơn vị", "List of units")
_LISTED = ("có trong danh sách", "listed")
_CODE = ("mã", "code")
_NAME = ("tên", "name")
_WORDS = {
    "status": ("tình trạng", "status"),
    "edition": ("phiên bản đang công bố", "current edition"),
    "maintained": ("duy trì, cải tiến", "kept up"),
    "block": ("khối", "block"),
    "obligation": ("diện áp dụng", "obligation"),
    "kind": ("loại đơn vị", "kind"),
    "again": ("cần công bố lại", "to declare again"),
    "audit": ("cuộc kiểm tra được tính", "audit that counts"),
    "score": ("điểm", "score"),
    "tthc": ("TTHC theo quy trình", "procedures covered"),
}
_STEP = ("nội dung chuyển đổi", "step of the conversion")
_ACTIVITY = ("hoạt động", "activity")
_LEFT = (("còn thiếu", "missing"), ("không thiếu", "not missing"))
"""What is told of a step of the conversion, or of an activity that keeps the system up."""
_DETAILS = {
    "accepted": ("phiên bản còn hiệu lực", "edition accepted"),
    "declared_on": ("công bố ngày", "declared on"),
    "converted_on": ("hoàn thành chuyển đổi", "converted on"),
    "overdue": ("quá hạn chuyển đổi", "conversion overdue"),
    "in_baseline": ("thuộc diện chuyển đổi", "in the baseline"),
    "visits": ("lượt kiểm tra", "visits"),
    "minuted_on": ("biên bản ngày", "minuted on"),
    "district": ("địa bàn", "district"),
    "exemption": ("lý do không thuộc đối tượng", "why exempt"),
}


@dataclass(frozen=True, slots=True)
class _Units:
    """The units of two contents, by code: those that both have, and what a line is called."""

    shared: frozenset[str]
    places: Mapping[str, Place]
    language: str

    @classmethod
    def of(cls, old: ReportContent, new: ReportContent, language: str) -> "_Units":
        side = language == "en"
        codes = [{unit["code"] for unit in each.rollup["units"]} for each in (old, new)]
        names = unit_names(old) | unit_names(new)
        known = Counter(names.values())
        named = {code: name if known[name] == 1 else f"{name} ({_CODE[side]} {code})" for code, name in names.items()}
        places = {code: Place(_LIST[side], name, code, head="") for code, name in named.items()}
        return cls(frozenset(codes[0] & codes[1]), places, language)

    def pair(self, pair: Pair) -> str:
        return pair[self.language == "en"]


def figures_of_units(old: ReportContent, new: ReportContent, language: str, *, internal: bool) -> Iterator[Difference]:
    """What differs in the roll-up's units; `internal`: scores too."""
    units = _Units.of(old, new, language)
    return against(*(_listed(each, units, internal=internal) for each in (old, new)))


def details(old: ReportContent, new: ReportContent, language: str) -> Iterator[Difference]:
    """What differs in what stands beside them."""
    units, both = _Units.of(old, new, language), (old, new)
    told = {name: units.pair(words) for name, words in _DETAILS.items()}
    return against(*(_detailed(each, units, told) for each in both))


def _listed(content: ReportContent, units: _Units, *, internal: bool) -> Figures:
    for unit in content.rollup["units"]:
        place = units.places[unit["code"]]
        if unit["code"] in units.shared:
            for part, value in _unit(unit, content, units, internal=internal):
                yield place, part, value
        else:
            yield place, "", units.pair(_LISTED)
            yield place, units.pair(_WORDS["status"]), shown(Status(unit["status"]), units.language)


def _unit(unit: Json, content: ReportContent, units: _Units, *, internal: bool) -> Iterator[tuple[str, str]]:
    told: dict[str, Any] = {
        "status": Status(unit["status"]),
        "edition": content.editions.get(unit["edition"], unit["edition"]) if unit["edition"] else None,
        "maintained": Maintained(unit["maintained"]),
        "block": Block(unit["block"]),
        "obligation": Obligation(unit["obligation"]),
        "kind": UnitKind(unit["kind"]),
        "again": unit["redeclaration_due"],
    }
    audit, tthc = unit["audit"], unit["tthc"]
    if audit is not None:
        told["audit"] = f"{audit['audit']}"
        if internal and audit["score"] is not None:
            told["score"] = decimal_text(fraction(audit["score"]), content.decimals)
    if tthc is not None:
        told["tthc"] = f"{tthc['covered']}/{tthc['total']}"
    yield units.pair(_NAME), unit["name"]
    for name, value in told.items():
        yield units.pair(_WORDS[name]), shown(value, units.language)
    steps = {each.code: each.name for each in content.conversion.steps}
    kinds = {each.value: each.label(units.language) for each in ActivityKind}
    for what, names, left in ((_STEP, steps, unit["missing_steps"]), (_ACTIVITY, kinds, unit["missing"])):
        for code in dict.fromkeys([*names, *left]):
            yield f"{units.pair(what)} “{names.get(code, code)}”", units.pair(_LEFT[code not in left])


def _detailed(content: ReportContent, units: _Units, told: Mapping[str, str]) -> Figures:
    rows = {row.code: row for row in content.units}
    for code in (unit["code"] for unit in content.rollup["units"]):
        if code in rows and code in units.shared:
            for name, label in told.items():
                yield units.places[code], label, _cell(rows[code], name, units.language)


def _cell(row: UnitDetail, name: str, language: str) -> str:
    value = getattr(row, name)
    nothing_to_say = name == "accepted" and not value and row.declared_on is None
    return NOTHING if nothing_to_say else shown(value, language)
