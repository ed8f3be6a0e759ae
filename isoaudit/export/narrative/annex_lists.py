"""Annexes for lists that are too long for a sentence: reports that came late or not at all, objectives missed, whose
declared scope a publication decision touches, who is praised. Each is there only when the text does not name
all of them; which ones and in what order is `annexes`' business.
"""

from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING
from isoaudit.domain.standouts import PRAISED
from isoaudit.domain.vocabulary import Relation, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annex_units import kept_word
from isoaudit.export.narrative.merits import merited
from isoaudit.export.narrative.phrases import NAMED, listed
from isoaudit.export.narrative.reading import PLACES, by_successor, forms, reported_period
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight
from isoaudit.export.sections.words import sentence, unit_names

_PLACE = Column("TT", 10, Align.CENTRE)


def long_reports(content: ReportContent) -> bool:
    """Whether more units sent a report late, or not at all, than a sentence names."""
    periods = dict.fromkeys(row.period for row in content.years.reports)
    of_period = ([each for row in content.years.reports if row.period == name for each in row.late] for name in periods)
    return any(sum(each.sent == sent for each in late) > NAMED for late in of_period for sent in (True, False))


def reports(content: ReportContent) -> Grid:
    """Those that sent late or have not sent, by period."""
    columns = (
        _PLACE,
        Column("Tên đơn vị", 80),
        Column("Việc gửi báo cáo", 40),
        Column("Số ngày chậm", 30, Align.CENTRE),
    )
    rows: list[Line] = []
    for name in dict.fromkeys(row.period for row in content.years.reports):
        late = [each for row in content.years.reports if row.period == name for each in row.late]
        if late:
            due = max(row.due_on for row in content.years.reports if row.period == name)
            rows.append(Line((f"Báo cáo {reported_period(name)} (hạn {short_date(due)})",), Weight.GROUP))
        for place, each in enumerate(sorted(late, key=lambda one: not one.sent), 1):
            how = "Gửi trễ hạn" if each.sent else "Chưa gửi"
            rows.append(Line((str(place), each.unit, how, str(each.days) if each.days else NOTHING)))
    note = "Số ngày chậm của đơn vị chưa gửi tính đến ngày chốt số liệu."
    return Grid(columns, tuple(rows), notes=(note,) if rows else (), wide=True)


def long_missed(content: ReportContent) -> bool:
    """Whether more objectives were missed than a list in the text holds."""
    return len(content.years.missed) > NAMED


def missed(content: ReportContent) -> Grid:
    """The objectives that were not met, by unit."""
    columns = (
        _PLACE,
        Column("Tên đơn vị", 55),
        Column("Mục tiêu chất lượng", 55),
        Column("Chỉ tiêu", 27, Align.CENTRE),
        Column("Kết quả", 23, Align.CENTRE),
    )
    rows = (
        Line((str(place), each.unit, each.objective, each.target, each.result))
        for place, each in enumerate(content.years.missed, 1)
    )
    return Grid(columns, tuple(rows), wide=True)


def long_publications(content: ReportContent) -> bool:
    """Whether a publication decision touches the scope of more units than a sentence names."""
    return any(len(each.redeclare) > NAMED for each in content.years.publications)


def publications(content: ReportContent) -> Grid:
    """Whose declared scope the decisions touch, and which of them the roll-up asks to declare again."""
    due = {unit_names(content)[unit["code"]] for unit in content.rollup["units"] if unit["redeclaration_due"]}
    columns = (_PLACE, Column("Tên đơn vị", 110), Column("Cần công bố lại", 40, Align.CENTRE))
    rows: list[Line] = []
    for decision in content.years.publications:
        if decision.redeclare:
            rows.append(Line((f"Quyết định số {decision.document}",), Weight.GROUP))
        for place, name in enumerate(decision.redeclare, 1):
            rows.append(Line((str(place), name, "X" if name in due else "")))
    notes = (
        "Phải rà soát phạm vi công bố: sau ngày công bố của đơn vị, quyết định đã bãi bỏ TTHC hoặc đơn vị đã xong quy "
        "trình của TTHC mới.",
        "Cần công bố lại (X): số TTHC áp dụng đã khác phạm vi công bố, hoặc đơn vị đã nhận đơn vị khác "
        f"({PLACES['declared']}).",
    )
    return Grid(columns, tuple(rows), notes=notes, wide=True)


def long_changes(content: ReportContent) -> bool:
    """Whether more units came out of the period's mergers than the text tells one by one."""
    return len(by_successor(content)) > _TOLD


def changes(content: ReportContent) -> Grid:
    """What became of whom."""
    columns = (
        _PLACE,
        Column("Từ ngày", 20, Align.CENTRE),
        Column("Đơn vị tiếp nhận, hình thành mới", 50),
        Column("Hình thức", 25),
        Column("Từ các đơn vị", 65),
    )
    rows = [
        Line(
            (
                str(place),
                short_date(on),
                successor,
                sentence(", ".join(_FORMS[form] for form in forms(of))),
                listed([each.predecessor for each in of]),
            )
        )
        for place, ((on, successor), of) in enumerate(by_successor(content).items(), 1)
    ]
    return Grid(columns, tuple(rows), wide=True)


_TOLD = 12
_FORMS = {
    Relation.CONTINUED: "đổi tên",
    Relation.ABSORBED: "sáp nhập",
    Relation.CONSOLIDATED: "hợp nhất",
    Relation.SPLIT: "chia tách",
}


def long_praise(content: ReportContent) -> bool:
    """Whether more units are praised than the text names."""
    return len(merited(content).codes) > PRAISED


def praised(content: ReportContent) -> Grid:
    """Who is praised, with what it rests on."""
    names, details = unit_names(content), {each.code: each for each in content.units}
    units = {unit["code"]: unit for unit in content.rollup["units"]}
    columns = (
        _PLACE,
        Column("Tên đơn vị", 48),
        Column("Hoàn thành chuyển đổi", 24, Align.CENTRE),
        Column("Công bố gần nhất", 24, Align.CENTRE),
        Column("Duy trì, cải tiến", 40),
        Column("Ngày kiểm tra", 24, Align.CENTRE),
    )

    def told(day: date | None) -> str:
        return short_date(day) if day else ""

    rows = [
        Line(
            (
                str(place),
                names[code],
                told(details[code].converted_on) if units[code]["status"] == Status.CONVERTED else "",
                told(details[code].declared_on),
                kept_word(content, units[code]["maintained"]),
                told(details[code].minuted_on),
            )
        )
        for place, code in enumerate(merited(content).codes, 1)
    ]
    empty = {row.cells[2] == "" for row in rows} == {True, False}
    notes = ("Ô trống ở cột hoàn thành chuyển đổi: đơn vị áp dụng mới, không phải chuyển đổi.",) if empty else ()
    return Grid(columns, tuple(rows), notes=notes, wide=True).filled()
