"""Sheets "So sánh với năm trước", "So sánh từng đơn vị" and "So sánh địa bàn cũ": the figures of the period before
beside those of this one, over mergers in between.

Rebased to today's units, they are formulas over the list of units, in which each unit of either day stands exactly
once, so that both columns are those that the reports of their own periods print. Per former territory, over the list
of the units of the earlier day.
"""

from collections.abc import Sequence
from dataclasses import fields, replace

from isoaudit.domain.comparison import Basis
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine, FormerLine
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
_REBASED = (
    "1. Quy đổi về đơn vị hiện nay",
    "Cột của mỗi ngày bằng số trong báo cáo của chính kỳ đó. Dòng tổng cộng chỉ ghi số lượng.",
)
_AS_IT_IS = ("Theo khối", _REBASED[1])
_PER_FORMER = (
    "2. Theo địa bàn cũ",
    "Đếm theo đơn vị của ngày trước, mỗi địa bàn một lần; cột sau là tình trạng của đơn vị nay phụ trách nơi đó. "
    "Địa bàn chia cho nhiều đơn vị chỉ tính là đạt khi tất cả đều đạt; địa bàn không còn đơn vị nào thì không tính.",
)
NOT_KNOWN = "Chưa có số liệu"
"""In place of a rate of which nothing was entered."""
NOT_ARRANGED = "Giữa hai kỳ không có sắp xếp đơn vị, hoặc kỳ trước không có số liệu."


def comparison(content: ReportContent) -> Sheet:
    """The sheet of the totals, by measure and block: rebased, and per former territory where units were arranged."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}"
    if made is None:
        return Sheet("So sánh với năm trước", title, (_nothing("compared"),))
    tables = [_totals(made, made.lines, "compared", _REBASED if made.merged else _AS_IT_IS)]
    if made.former:
        tables.append(replace(_totals(made, made.former, "compared_former", _PER_FORMER), headless=True))
    told = f"{_days(made)}; có sắp xếp đơn vị nên đếm theo hai cách" if made.merged else basis_words(made)
    return Sheet("So sánh với năm trước", title, tuple(tables), subtitle=told, repeat="compared")


def compared_units(content: ReportContent) -> Sheet:
    """The sheet of the units behind the totals."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}, từng đơn vị hiện nay"
    table = _nothing("compared_lines") if made is None else _lines(made)
    return Sheet("So sánh từng đơn vị", title, (table,), subtitle=basis_words(made), frozen=3, repeat=table.key)


def compared_territories(content: ReportContent) -> Sheet:
    """The sheet of the former territories behind the second totals."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}, từng địa bàn cũ"
    some = made is not None and made.former
    table = _territories(made) if made is not None and some else _nothing("compared_former_lines", NOT_ARRANGED)
    told = f"{_days(made)}, {Basis.FORMER.vi}" if made is not None and some else ""
    return Sheet("So sánh địa bàn cũ", title, (table,), subtitle=told, frozen=3, repeat=table.key)


def _nothing(key: str, words: str = NOTHING_HERE) -> Table:
    columns = (Column("number", "TT", 5, Kind.CENTRE), Column("what", "Nội dung", 60))
    return Table(key, columns, (Row((None, words), Style.GROUP),))


def basis_words(made: Compared | None) -> str:
    """On which basis the two days are compared, for people who ask."""
    if made is None:
        return ""
    if not made.merged:
        return f"{_days(made)}; giữa hai ngày không có sắp xếp đơn vị"
    return f"{_days(made)}, {Basis(made.basis).vi}"


def _days(made: Compared) -> str:
    return f"Ngày {short_date(made.now)} so với ngày {short_date(made.then)}"


def _totals(made: Compared, lines: Sequence[ComparedLine | FormerLine], key: str, words: tuple[str, str]) -> Table:
    """The figures of the lines, by measure and block."""
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
    blocks = [block for block in Block if any(line.block is block for line in lines)]
    rows: list[Row] = []
    for number, (part, whole, told) in enumerate(MEASURES, 1):
        rows.append(Row((f"{number}. {told}",), Style.GROUP))
        rows += [Row(_cells(made, lines, f"{key}_lines", part, whole, block)) for block in blocks]
        rows.append(Row(_cells(made, lines, f"{key}_lines", part, whole, None), Style.TOTAL))
    return Table(key, columns, tuple(rows), words[0], notes=words[1:])


def _cells(
    made: Compared, of_all: Sequence[ComparedLine | FormerLine], over: str, part: str, whole: str, block: Block | None
) -> tuple[Cell, ...]:
    """A line of a measure: of a block, or of the whole province, which has no rate."""
    where = _ANY if block is None else (Where("block", block.vi),)
    lines = [line for line in of_all if block in (None, line.block)]

    def summed(side: str, name: str) -> Summed:
        figures = ((line.before if side == "then" else line.now) for line in lines)
        return Summed(sum(getattr(each, name) for each in figures), f"{side}_{name}", where, over)

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
    if part in made.unknown_then:
        then, points = NOT_KNOWN, NO_RATE
    if part in made.unknown_now:
        now, points = NOT_KNOWN, NO_RATE
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
        *_number_columns(),
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


def _territories(made: Compared) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("code", "Mã cũ", 10),
        Column("name", "Địa bàn cũ", 34),
        Column("names_now", "Đơn vị nay phụ trách (khi khác)", 30),
        Column("status_then", f"Trạng thái ngày {short_date(made.then)}", 24),
        Column("status_now", f"Trạng thái ngày {short_date(made.now)}", 24),
        Column("block", "Khối", 16, Kind.TEXT, "Phục vụ công thức, không in"),
        *_number_columns(),
    )
    rows = [
        Row(
            (
                number,
                line.code,
                line.name,
                None if line.names_now == (line.name,) else ", ".join(line.names_now) or "Không còn đơn vị nào",
                status_word(line.status),
                _states(line.names_now, line.statuses_now),
                line.block.vi,
                *_numbers_of(line),
            )
        )
        for number, line in enumerate(made.former, 1)
    ]
    return Table("compared_former_lines", columns, or_nothing(rows), printed=6, filtered=True)


def _number_columns() -> tuple[Column, ...]:
    return (
        *(Column(f"then_{name}", _SHORT[name], 10, Kind.COUNT, _SERVES_THEN) for name in _NUMBERS),
        *(Column(f"now_{name}", _SHORT[name], 10, Kind.COUNT, _SERVES_NOW) for name in _NUMBERS),
    )


def _numbers_of(line: ComparedLine | FormerLine) -> tuple[int, ...]:
    return (
        *(getattr(line.before, name) for name in _NUMBERS),
        *(getattr(line.now, name) for name in _NUMBERS),
    )


def _states(names: Sequence[str], statuses: Sequence[Status]) -> str:
    """The states of several units in one cell, each named where they differ."""
    words = list(dict.fromkeys(status_word(each) for each in statuses))
    if len(words) < 2:
        return "".join(words)
    return "; ".join(f"{name}: {each.vi}" for name, each in zip(names, statuses, strict=True))


def _line(number: int, line: ComparedLine) -> tuple[Cell, ...]:
    same = line.names_before == (line.name,)
    return (
        number,
        line.code,
        line.name,
        None if same else ", ".join(line.names_before),
        _states(line.names_before, line.statuses_before),
        None if line.status is None else status_word(line.status),
        _note(line),
        line.block.vi,
        *_numbers_of(line),
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
