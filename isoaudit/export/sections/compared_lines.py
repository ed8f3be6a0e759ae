"""Sheets "So sánh từng đơn vị" and "So sánh địa bàn cũ": the units of two days beside each other, behind the totals of
`comparison`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from isoaudit.domain.comparison import Basis
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Status
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine, FormerLine
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.words import NOTHING_HERE, mark, or_nothing, sentence, status_word, unit_names
from isoaudit.export.tables import Cell, Column, Kind, Row, Sheet, Style, Table

_SERVES = {
    "then": "Trước (phục vụ công thức, không in)",
    "now": "Nay (phục vụ công thức, không in)",
    "rebased": "Trước, quy đổi (phục vụ công thức, không in)",
}
_FORMULAS = "Phục vụ công thức, không in"
_ALIKE = Column("alike", "Có cả hai ngày", 10, Kind.CENTRE, _FORMULAS)
"""Marks the lines on which both days are compared."""
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
ALL_CONCERNED = (
    "mọi đơn vị cũ thuộc diện của chỉ tiêu đó đều đạt, nên số đạt của chỉ tiêu có diện hẹp hơn (bắt buộc, chuyển đổi, "
    "duy trì) có thể lớn hơn số đã công bố"
)
"""When land of several units counts, and what follows from it that would look like a mistake."""
NOT_ARRANGED = "Giữa hai kỳ không có sắp xếp đơn vị, hoặc kỳ trước không có số liệu."


def compared_units(content: ReportContent) -> Sheet:
    """The sheet of the units behind the totals."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}, từng đơn vị hiện nay"
    table = nothing("compared_lines") if made is None else _lines(made, unit_names(content))
    return Sheet("So sánh từng đơn vị", title, (table,), subtitle=basis_words(made), frozen=3, repeat=table.key)


def compared_territories(content: ReportContent) -> Sheet:
    """The sheet of the former territories behind the second totals."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}, từng địa bàn cũ"
    some = made is not None and made.former
    table = (
        _territories(made, unit_names(content))
        if made is not None and some
        else nothing("compared_former_lines", NOT_ARRANGED)
    )
    told = f"{days(made)}, {Basis.FORMER.vi}" if made is not None and some else ""
    return Sheet("So sánh địa bàn cũ", title, (table,), subtitle=told, frozen=3, repeat=table.key)


def nothing(key: str, words: str = NOTHING_HERE) -> Table:
    """A table that says that there is nothing to compare."""
    columns = (Column("number", "TT", 5, Kind.CENTRE), Column("what", "Nội dung", 60))
    return Table(key, columns, (Row((None, words), Style.GROUP),))


def basis_words(made: Compared | None) -> str:
    """On which basis the two days are compared, for people who ask."""
    if made is None:
        return ""
    if not made.merged:
        return f"{days(made)}; giữa hai ngày không có sắp xếp đơn vị"
    return f"{days(made)}, {made.basis.vi if made.rebased else Basis.OWN.vi}"


def days(made: Compared) -> str:
    """The two days, and the report that the figures of the earlier one are from."""
    source = "" if made.source is None else f" theo Báo cáo số {made.source.number}"
    return f"Ngày {short_date(made.now)} so với ngày {short_date(made.then)}{source}"


def _lines(made: Compared, names: Mapping[str, str]) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("code", "Mã", 9),
        Column("name", "Đơn vị hiện nay", 34),
        Column("names_before", "Đơn vị trước (khi khác)", 34),
        Column("status_then", f"Trạng thái ngày {short_date(made.then)}", 32),
        Column("status_now", f"Trạng thái ngày {short_date(made.now)}", 24),
        Column("note", "Ghi chú", 25),
        Column("block", "Khối", 16, Kind.TEXT, _FORMULAS),
        *((_ALIKE,) if made.rebased else ()),
        *_number_columns("then", "now", *(("rebased",) if made.rebased else ())),
    )
    recurring = _recurring(made.lines)
    called = [_told(line, names, recurring) for line in made.lines]
    rows = [
        Row(_line(number, line, name, rebased=made.rebased))
        for number, (line, name) in enumerate(zip(made.lines, called, strict=True), 1)
    ]
    return Table(
        "compared_lines",
        columns,
        or_nothing(rows),
        printed=7,
        notes=(
            "Mỗi đơn vị của hai ngày có mặt ở đúng một dòng; đơn vị cũ được chia ghi ở đơn vị nhận đứng đầu danh sách.",
        ),
        filtered=True,
    )


def _territories(made: Compared, names: Mapping[str, str]) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("code", "Mã cũ", 9),
        Column("name", "Địa bàn cũ", 36),
        Column("names_now", "Đơn vị nay phụ trách (khi khác)", 36),
        Column("status_then", f"Trạng thái ngày {short_date(made.then)}", 34),
        Column("status_now", f"Trạng thái ngày {short_date(made.now)}", 44),
        Column("block", "Khối", 16, Kind.TEXT, _FORMULAS),
        _ALIKE,
        *_number_columns("then", "now"),
    )
    recurring = _recurring(made.former)
    rows = [
        Row(
            (
                number,
                line.code,
                _told(line, names, recurring),
                None if line.names_now == (line.name,) else ", ".join(line.names_now) or "Không còn đơn vị nào",
                status_word(line.status),
                _states(line.names_now, line.statuses_now),
                line.block.vi,
                mark(line.alike),
                *_numbers_of(line.before, line.now),
            )
        )
        for number, line in enumerate(made.former, 1)
    ]
    return Table("compared_former_lines", columns, or_nothing(rows), printed=6, filtered=True)


def _recurring(lines: Iterable[ComparedLine | FormerLine]) -> set[str]:
    return {name for name, number in Counter(line.name for line in lines).items() if number > 1}


def _told(line: ComparedLine | FormerLine, names: Mapping[str, str], recurring: set[str]) -> str:
    """The unit's name; where names recur, with its district as the other sheets have it, or with its code."""
    if line.name not in recurring:
        return line.name
    known = names.get(line.code, "")
    return known if known.startswith(line.name) and known != line.name else f"{line.name} ({line.code})"


def _number_columns(*sides: str) -> tuple[Column, ...]:
    return tuple(
        Column(f"{side}_{name}", _SHORT[name], 10, Kind.COUNT, _SERVES[side]) for side in sides for name in _NUMBERS
    )


def _numbers_of(*sides: ComparedFigures | None) -> tuple[int | None, ...]:
    return tuple(None if side is None else getattr(side, name) for side in sides for name in _NUMBERS)


def _states(names: Sequence[str], statuses: Sequence[Status]) -> str:
    """The states of several units in one cell, each named where they differ."""
    words = list(dict.fromkeys(status_word(each) for each in statuses))
    if len(words) < 2:
        return "".join(words)
    return "; ".join(f"{name}: {each.vi}" for name, each in zip(names, statuses, strict=True))


def _line(number: int, line: ComparedLine, name: str, *, rebased: bool) -> tuple[Cell, ...]:
    same = line.names_before == (line.name,)
    return (
        number,
        line.code,
        name,
        None if same else ", ".join(line.names_before),
        _states(line.names_before, line.statuses_before),
        None if line.status is None else status_word(line.status),
        _note(line),
        line.block.vi,
        *((mark(line.alike),) if rebased else ()),
        *_numbers_of(line.before, line.now, *((line.rebased,) if rebased else ())),
    )


def _note(line: ComparedLine) -> str:
    notes = []
    if line.elsewhere and line.status is None:
        notes.append(f"nay thuộc khối khác: {', '.join(line.elsewhere)}")
    elif line.elsewhere:
        notes.append(f"trước thuộc khối khác: {', '.join(line.elsewhere)}")
    elif line.status is None:
        notes.append("không còn")
    elif not line.names_before and not line.split:
        notes.append("trước chưa có trong tỉnh")
    if line.split:
        notes.append("địa bàn cũ chia cho nhiều đơn vị")
    return sentence("; ".join(notes))
