"""The annex of the units: by status, with what each stands on, and those that ended in the period."""

from collections.abc import Mapping

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, count_text, decimal_text, share
from isoaudit.domain.vocabulary import Block, Maintained, Status
from isoaudit.export.layout import Json, ReportContent, UnitDetail
from isoaudit.export.narrative.elsewhere import marks
from isoaudit.export.narrative.reading import LACKING, day_of, fraction, last_day_to_keep_up
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight
from isoaudit.export.sections.conversion import STATUSES
from isoaudit.export.sections.words import sentence, status_word, unit_names


def centre(title: str, width: float) -> Column:
    """A column whose text stands in the middle."""
    return Column(title, width, Align.CENTRE)


def units(content: ReportContent) -> Grid:
    """The units by block and status; what the words of upkeep leave open is told below."""
    details = {detail.code: detail for detail in content.units}
    columns = (
        centre("TT", 9),
        Column("Tên đơn vị", 46),
        Column("Huyện, thị xã, thành phố", 32),
        Column("Phiên bản đang công bố", 36),
        centre("Ngày công bố", 20),
        centre("Tiến độ", 14),
        Column("Duy trì, cải tiến", 33),
        centre("Ngày kiểm tra", 20),
        centre("TTHC theo quy trình", 17),
        Column("Ghi chú", 25),
    )
    names, others, rows, place = unit_names(content), marks(content), [], 0
    for block in Block:
        for status in (*STATUSES, Status.EXEMPT):
            group = [unit for unit in content.rollup["units"] if (unit["block"], unit["status"]) == (block, status)]
            if group:
                rows.append(
                    Line((f"{block.vi}: {status_word(status)} ({count_text(len(group))} đơn vị)",), Weight.GROUP)
                )
            for unit in group:
                place += 1
                detail = details[unit["code"]]
                note = _note(unit, detail, others)
                rows.append(_unit(str(place), unit, detail, names[unit["code"]], note, content))
    outside = any(unit["maintained"] == Maintained.NOT_APPLICABLE for unit in content.rollup["units"])
    return Grid(columns, tuple(rows), notes=(_OUTSIDE,) if outside else (), wide=True).filled()


_OUTSIDE = "Dấu “–” ở cột duy trì, cải tiến: không thuộc diện xét (chưa công bố áp dụng vào ngày đầu năm)."


def kept_word(content: ReportContent, kept: str) -> str:
    """How a unit keeps up its system, in the words that the section on upkeep uses on that day."""
    if kept == Maintained.NOT_APPLICABLE:
        return NOTHING
    if kept == Maintained.NOT_DUE and last_day_to_keep_up(content):
        return LACKING
    return sentence(Maintained(kept).vi)


def _unit(place: str, unit: Json, detail: UnitDetail, name: str, note: str, content: ReportContent) -> Line:
    tthc = unit["tthc"]
    return Line(
        (
            place,
            name,
            detail.district,
            content.editions.get(unit["edition"], ""),
            short_date(detail.declared_on) if detail.declared_on else "",
            f"{decimal_text(fraction(unit['progress']), content.decimals)}%" if unit["status"] != Status.EXEMPT else "",
            kept_word(content, unit["maintained"]),
            short_date(detail.minuted_on) if detail.minuted_on else "",
            share(tthc["covered"], tthc["total"]) if tthc else "",
            note,
        )
    )


def _note(unit: Json, detail: UnitDetail, others: Mapping[str, str]) -> str:
    notes = [detail.exemption] if unit["status"] == Status.EXEMPT else []
    notes += ["quá hạn chuyển đổi"] if detail.overdue else []
    notes += ["cần công bố lại"] if unit["redeclaration_due"] else []
    notes += [others[unit["audit"]["audit"]]] if unit["audit"] and unit["audit"]["audit"] in others else []
    return sentence("; ".join(note for note in notes if note))


def ended(content: ReportContent) -> Grid:
    """Those that ended in the period, with the status of their last day."""
    columns = (
        centre("TT", 9),
        Column("Tên đơn vị", 70),
        centre("Mã", 20),
        Column("Tình trạng ngày cuối", 80),
        centre("Không còn từ ngày", 40),
    )
    rows = [
        Line(
            (str(place), each["name"], each["code"], status_word(each["status"]), short_date(day_of(each["ended_on"])))
        )
        for place, each in enumerate(content.rollup["ended"], 1)
    ]
    return Grid(columns, tuple(rows), "Đơn vị kết thúc hoạt động trong kỳ (không tính vào số liệu)", wide=True)
