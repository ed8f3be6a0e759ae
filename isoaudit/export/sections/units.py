"""Sheet "Danh sách đơn vị": every unit in force with all that is counted of it; units that ended stand apart.

The figures of the other sheets are formulas over this list, so its words are those that they look for. Columns
right of the print area only serve formulas, filters and looking up: with fewer columns the print is larger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.vocabulary import ActivityKind, Block, Maintained, Obligation, Status, UnitKind
from isoaudit.export.layout import Json, ReportContent, UnitDetail
from isoaudit.export.sections.words import NO_RATE, band_words, by_others, mark, or_nothing, sentence, status_word
from isoaudit.export.tables import Cell, Column, Kind, Row, Share, Sheet, Table

_SERVES = "Cột phục vụ công thức, không in"
_NOT_ASKED = NO_RATE
"""Of an exempt unit, in place of what is asked of the others."""
_SPAN = 2


def unit_list(content: ReportContent) -> Sheet:
    """The sheet."""
    tables = [_units(content)]
    if content.rollup["ended"]:
        tables.append(_ended(content))
    return Sheet(
        "Danh sách đơn vị",
        f"Danh sách đơn vị và tình hình áp dụng hệ thống quản lý chất lượng {content.period_name}",
        tuple(tables),
        frozen=3,
        repeat="units",
    )


def _columns(with_district: bool) -> tuple[Column, ...]:
    return (
        Column("number", "TT", 4, Kind.CENTRE),
        Column("code", "Mã", 6),
        Column("name", "Tên đơn vị", 20.5),
        *((Column("district", "Huyện, thị xã, thành phố", 16),) if with_district else ()),
        Column("obligation", "Diện áp dụng", 11),
        Column("edition", "Phiên bản đang công bố", 10.5),
        Column("declared_on", "Ngày công bố", 10, Kind.DATE),
        Column("status", "Trạng thái", 13),
        Column("progress", "Tiến độ", 6.2, Kind.PERCENT),
        Column("missing_steps", "Nội dung chưa thực hiện (*)", 11),
        Column("maintained", "Duy trì, cải tiến", 11),
        Column("score", "Điểm", 5.5, Kind.SCORE),
        Column("band", "Xếp loại", 8, Kind.CENTRE),
        Column("tthc_share", "TTHC theo quy trình", 8, Kind.CENTRE),
        Column("note", "Ghi chú", 24.2),
        Column("block", "Khối", 14, Kind.TEXT, _SERVES),
        Column("kind", "Loại", 22, Kind.TEXT, _SERVES),
        Column("audit", "Cuộc kiểm tra", 12, Kind.CENTRE, _SERVES),
        Column("accepted", "Công bố còn được công nhận", 10, Kind.CENTRE, _SERVES),
        Column("in_baseline", "Thuộc diện chuyển đổi", 10, Kind.CENTRE, _SERVES),
        Column("redeclare", "Cần công bố lại", 10, Kind.CENTRE, _SERVES),
        Column("minuted_on", "Ngày biên bản", 11, Kind.DATE, _SERVES),
        Column("visits", "Lượt kiểm tra", 9, Kind.COUNT, _SERVES),
        Column("minor", "Tồn tại nhẹ", 9, Kind.COUNT, _SERVES),
        Column("major", "Tồn tại nặng", 9, Kind.COUNT, _SERVES),
        Column("covered", "TTHC theo quy trình", 10, Kind.COUNT, _SERVES),
        Column("tthc", "Tổng số TTHC", 10, Kind.COUNT, _SERVES),
        Column("tthc_full", "100% TTHC", 9, Kind.CENTRE, _SERVES),
    )


def _with_district(content: ReportContent) -> bool:
    return any(detail.district for detail in content.units)


def _units(content: ReportContent) -> Table:
    with_district = _with_district(content)
    columns = _columns(with_district)
    details = {detail.code: detail for detail in content.units}
    steps = {step.code: place for place, step in enumerate(content.conversion.steps, 1)}
    words = _Words(
        {kind.value: kind.vi for kind in UnitKind},
        {block.value: block.vi for block in Block},
        {level.value: sentence(level.vi) for level in Obligation},
        {value.value: sentence(value.vi) for value in Maintained},
        {status.value: status_word(status) for status in Status},
        band_words(content),
        content.editions,
        steps,
        {kind.value: kind.vi for kind in ActivityKind},
        by_others(content),
    )
    rows = [
        Row(words.line(number, unit, details[unit["code"]], with_district))
        for number, unit in enumerate(content.rollup["units"], 1)
    ]
    return Table(
        "units",
        columns,
        or_nothing(rows),
        printed=next(place for place, column in enumerate(columns) if column.key == "block"),
        notes=(_legend(content),),
        filtered=True,
    )


def _legend(content: ReportContent) -> str:
    """Which numbers stand for which steps: written out in every line they would fill the page."""
    names = "; ".join(f"({place}) {step.name}" for place, step in enumerate(content.conversion.steps, 1))
    return f"(*) Ghi số thứ tự của nội dung chuyển đổi: {names}."


def spans(numbers: Iterable[int]) -> str:
    """Numbers in order, those of three or more that follow each other as a span: "2, 4–8"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > _SPAN else ", ".join(map(str, run)) for run in runs)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one workbook, looked up once for all lines."""

    kinds: Mapping[str, str]
    blocks: Mapping[str, str]
    obligations: Mapping[str, str]
    maintained: Mapping[str, str]
    statuses: Mapping[str, str]
    bands: Mapping[str, str]
    editions: Mapping[str, str]
    steps: Mapping[str, int]
    activities: Mapping[str, str]
    others: Mapping[str, str]

    def line(self, number: int, unit: Json, detail: UnitDetail, with_district: bool) -> tuple[Cell, ...]:
        """The cells of a unit, in the order of the columns. Of an exempt one, what is not asked of it is a dash."""
        audit, tthc = unit["audit"], unit["tthc"]
        exempt = unit["status"] == Status.EXEMPT
        nothing = _NOT_ASKED if exempt else None
        covered: int | None = tthc["covered"] if tthc else None
        total: int | None = tthc["total"] if tthc else None
        edition = unit["edition"]
        return (
            number,
            unit["code"],
            unit["name"],
            *((detail.district,) if with_district else ()),
            _NOT_ASKED if exempt else self.obligations[unit["obligation"]],
            self.editions.get(edition, edition) or nothing,
            detail.declared_on or nothing,
            self.statuses[unit["status"]],
            _NOT_ASKED if exempt else unit["progress"],
            _NOT_ASKED if exempt else self._missing_steps(unit["missing_steps"]),
            _NOT_ASKED if exempt else self.maintained[unit["maintained"]],
            audit["score"] if audit else nothing,
            self.bands[audit["band"] or NO_BAND] if audit else nothing,
            nothing if covered is None or total is None else Share(covered, total, "covered", "tthc"),
            self._note(unit, detail),
            self.blocks[unit["block"]],
            self.kinds[unit["kind"]],
            audit["audit"] if audit else None,
            mark(detail.accepted),
            mark(detail.in_baseline),
            mark(unit["redeclaration_due"]),
            detail.minuted_on,
            detail.visits,
            audit["minor"] if audit else None,
            audit["major"] if audit else None,
            covered,
            total,
            mark(total is not None and covered == total > 0),
        )

    def _missing_steps(self, missing: list[str]) -> str:
        if missing and len(missing) == len(self.steps):
            return f"Cả {len(missing)} nội dung"
        return spans(self.steps[code] for code in missing if code in self.steps)

    def _note(self, unit: Json, detail: UnitDetail) -> str:
        notes = []
        if unit["status"] == Status.EXEMPT:
            notes.append(detail.exemption)
        if unit["audit"] and unit["audit"]["audit"] in self.others:
            notes.append(f"do {self.others[unit['audit']['audit']]} kiểm tra")
        if detail.overdue:
            notes.append("quá hạn chuyển đổi")
        if unit["status"] == Status.NOT_STARTED and unit["obligation"] == Obligation.ENCOURAGED:
            notes.append("chưa áp dụng (khuyến khích)")
        if unit["redeclaration_due"]:
            notes.append("cần công bố lại")
        if unit["missing"]:
            notes.append("còn thiếu: " + ", ".join([self.activities[kind] for kind in unit["missing"]]))
        return sentence("; ".join([note for note in notes if note]))


def _ended(content: ReportContent) -> Table:
    """Units that ended in the period, under the titles of the list: code, name, status of the last day, when."""
    columns = tuple(each for each in _columns(_with_district(content)) if each.group != _SERVES)
    rows = []
    for number, each in enumerate(content.rollup["ended"], 1):
        known: dict[str, Cell] = {
            "number": number,
            "code": each["code"],
            "name": each["name"],
            "status": status_word(each["status"]),
            "note": f"Không còn từ ngày {short_date(date.fromisoformat(each['ended_on']))}",
        }
        rows.append(Row(tuple(known.get(column.key) for column in columns)))
    return Table(
        "ended",
        columns,
        tuple(rows),
        "Đơn vị kết thúc hoạt động trong kỳ, với trạng thái của ngày cuối (không tính vào các số liệu theo khối)",
        headless=True,
    )
