"""Sheets "So sánh với năm trước" and "So sánh từng đơn vị": the figures of the period before beside those of this one,
over mergers in between.

Both are formulas over the list of units, in which each unit of either day stands exactly once, so that both columns are
those that the reports of their own periods print.
"""

from dataclasses import fields

from isoaudit.domain.comparison import Basis
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Block
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.words import NO_RATE, NOTHING_HERE, TOTAL, or_nothing, sentence, status_word
from isoaudit.export.tables import Cell, Column, Difference, Kind, Percent, Row, Sheet, Style, Summed, Table, Where

MEASURES: tuple[tuple[str, str, str], ...] = (
    ("units", "", "Tổng số đơn vị"),
    ("exempt", "", "Không thuộc đối tượng áp dụng"),
    ("declared", "considered", "Đã công bố, trên số đơn vị xem xét"),
    ("declared_obliged", "obliged", "Đã công bố, trong diện bắt buộc hoặc theo lộ trình"),
    ("converted", "baseline", "Đã chuyển đổi, trên số thuộc diện chuyển đổi"),
    ("kept", "judged", "Thực hiện đúng việc duy trì, cải tiến, trên số thuộc diện xét"),
    ("audited", "considered", "Được kiểm tra toàn diện tại trụ sở, trên số đơn vị xem xét"),
    ("redeclare", "", "Cần công bố lại"),
)
"""Part, whole (empty: a count) and words of each measure."""
_SERVES_THEN, _SERVES_NOW = "Trước (phục vụ công thức, không in)", "Nay (phục vụ công thức, không in)"
_NUMBERS = tuple(field.name for field in fields(ComparedFigures))
_SHORT = {
    "units": "Đơn vị",
    "exempt": "Không thuộc đối tượng",
    "considered": "Xem xét",
    "declared": "Đã công bố",
    "obliged": "Bắt buộc, lộ trình",
    "declared_obliged": "Trong đó đã công bố",
    "baseline": "Thuộc diện chuyển đổi",
    "converted": "Đã chuyển đổi",
    "judged": "Xét duy trì",
    "kept": "Duy trì đúng",
    "audited": "Được kiểm tra",
    "redeclare": "Cần công bố lại",
}
_ANY = (Where("name", "", "<>"),)


def comparison(content: ReportContent) -> Sheet:
    """The sheet of the totals, by measure and block."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}"
    table = _nothing("compared") if made is None else _totals(made)
    return Sheet("So sánh với năm trước", title, (table,), subtitle=basis_words(made), repeat="compared")


def compared_units(content: ReportContent) -> Sheet:
    """The sheet of the units behind the totals."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}, từng đơn vị"
    table = _nothing("compared_lines") if made is None else _lines(made)
    return Sheet("So sánh từng đơn vị", title, (table,), subtitle=basis_words(made), frozen=3, repeat="compared_lines")


def _nothing(key: str) -> Table:
    columns = (Column("number", "TT", 5, Kind.CENTRE), Column("what", "Nội dung", 60))
    return Table(key, columns, (Row((None, NOTHING_HERE), Style.GROUP),))


def basis_words(made: Compared | None) -> str:
    """On which basis the two days are compared, for people who ask."""
    if made is None:
        return ""
    days = f"ngày {short_date(made.now)} so với ngày {short_date(made.then)}"
    if not made.merged:
        return f"{sentence(days)}; giữa hai ngày không có sắp xếp đơn vị"
    return f"{sentence(days)}, {Basis(made.basis).vi}"


def _totals(made: Compared) -> Table:
    then, now = f"Ngày {short_date(made.then)}", f"Ngày {short_date(made.now)}"
    columns = (
        Column("block", "Chỉ tiêu, khối", 34),
        Column("then_part", "Số lượng", 13, Kind.COUNT, then),
        Column("then_whole", "Trên tổng số", 13, Kind.COUNT, then),
        Column("then_rate", "Tỷ lệ", 11, Kind.PERCENT, then),
        Column("now_part", "Số lượng", 13, Kind.COUNT, now),
        Column("now_whole", "Trên tổng số", 13, Kind.COUNT, now),
        Column("now_rate", "Tỷ lệ", 11, Kind.PERCENT, now),
        Column("points", "Tăng, giảm (điểm %)", 14, Kind.POINTS),
    )
    blocks = [block for block in Block if any(line.block is block for line in made.lines)]
    rows: list[Row] = []
    for number, (part, whole, words) in enumerate(MEASURES, 1):
        rows.append(Row((f"{number}. {words}",), Style.GROUP))
        rows += [Row(_cells(made, part, whole, block)) for block in blocks]
        rows.append(Row(_cells(made, part, whole, None), Style.TOTAL))
    return Table(
        "compared",
        columns,
        tuple(rows),
        notes=("Cột của mỗi ngày bằng số trong báo cáo của chính kỳ đó. Dòng tổng cộng chỉ ghi số lượng.",),
    )


def _cells(made: Compared, part: str, whole: str, block: Block | None) -> tuple[Cell, ...]:
    """A line of a measure: of a block, or of the whole province, which has no rate."""
    where = _ANY if block is None else (Where("block", block.vi),)
    lines = [line for line in made.lines if block in (None, line.block)]

    def summed(side: str, name: str) -> Summed:
        figures = ((line.before if side == "then" else line.now) for line in lines)
        return Summed(sum(getattr(each, name) for each in figures), f"{side}_{name}", where, "compared_lines")

    name = TOTAL if block is None else block.vi
    if not whole:
        return (name, summed("then", part), None, None, summed("now", part))
    found = {side: (summed(side, part), summed(side, whole)) for side in ("then", "now")}
    rates = {
        side: Percent(of.value, out_of.value, f"{side}_part", f"{side}_whole") for side, (of, out_of) in found.items()
    }
    points: Cell = NO_RATE if block is None else Difference(rates["now"], rates["then"], "now_rate", "then_rate")
    then: Cell = NO_RATE if block is None else rates["then"]
    now: Cell = NO_RATE if block is None else rates["now"]
    return (name, *found["then"], then, *found["now"], now, points)


def _lines(made: Compared) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("code", "Mã", 10),
        Column("name", "Đơn vị hiện nay", 34),
        Column("names_before", "Đơn vị trước (khi khác)", 30),
        Column("status_then", f"Trạng thái ngày {short_date(made.then)}", 24),
        Column("status_now", f"Trạng thái ngày {short_date(made.now)}", 20),
        Column("note", "Ghi chú", 20),
        Column("block", "Khối", 16, Kind.TEXT, "Phục vụ công thức, không in"),
        *(Column(f"then_{name}", _SHORT[name], 10, Kind.COUNT, _SERVES_THEN) for name in _NUMBERS),
        *(Column(f"now_{name}", _SHORT[name], 10, Kind.COUNT, _SERVES_NOW) for name in _NUMBERS),
    )
    rows = [Row(_line(number, line)) for number, line in enumerate(made.lines, 1)]
    return Table(
        "compared_lines",
        columns,
        or_nothing(rows),
        printed=7,
        notes=(
            "Mỗi đơn vị của hai ngày có mặt ở đúng một dòng. Đơn vị mới do hợp nhất mang số liệu trước của các đơn vị "
            "đã nhập vào nó; đơn vị cũ được chia tính ở đơn vị nhận đứng đầu danh sách.",
        ),
        filtered=True,
    )


def _line(number: int, line: ComparedLine) -> tuple[Cell, ...]:
    same = line.names_before == (line.name,)
    before = list(dict.fromkeys(status_word(each) for each in line.statuses_before))
    if len(line.statuses_before) > 1 and len(before) > 1:
        told = "; ".join(
            f"{name}: {each.vi}" for name, each in zip(line.names_before, line.statuses_before, strict=True)
        )
    else:
        told = before[0] if before else ""
    return (
        number,
        line.code,
        line.name,
        None if same else ", ".join(line.names_before),
        told,
        None if line.status is None else status_word(line.status),
        _note(line),
        line.block.vi,
        *(getattr(line.before, name) for name in _NUMBERS),
        *(getattr(line.now, name) for name in _NUMBERS),
    )


def _note(line: ComparedLine) -> str:
    notes = []
    if line.elsewhere and line.status is None:
        notes.append(f"nay thuộc khối khác: {', '.join(line.elsewhere)}")
    elif line.elsewhere:
        notes.append(f"trước thuộc khối khác: {', '.join(line.elsewhere)}")
    elif line.status is None:
        notes.append("không còn")
    elif not line.names_before:
        notes.append("trước chưa có trong tỉnh")
    if line.split:
        notes.append("địa bàn cũ chia cho nhiều đơn vị")
    return sentence("; ".join(notes))
