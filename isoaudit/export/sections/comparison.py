"""The sheet "So sánh với năm trước": the figures of the period before beside those of this one, over mergers in
between. The units behind them are in `compared_lines`.

Rebased to today's units, and each day in its own units, they are formulas over the list of units, in which each unit
of either day stands exactly once; per former territory, over the list of the units of the earlier day. A rise or fall
is told only of the same units, and of what adds up over the year only between the same days of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from isoaudit.domain.comparison import OVER_THE_YEAR
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.period import same_part
from isoaudit.domain.vocabulary import Block
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine, FormerLine, source_words
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.compared_lines import ALL_CONCERNED, basis_words, days, nothing
from isoaudit.export.sections.words import MARK, NO_RATE, TOTAL, sentence
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
NOT_KNOWN = "Chưa có số liệu"
"""In place of a rate of which nothing was entered."""
_ANY = (Where("name", "", "<>"),)
_ONLY_COUNTS = "Dòng tổng cộng chỉ ghi số lượng."
_OTHER_PART = (
    "Việc tính từ đầu năm (duy trì, cải tiến; kiểm tra) không tính tăng, giảm vì hai ngày ở hai thời điểm khác nhau "
    "của năm."
)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of counting both days: over which lines, which of their figures are those of the earlier day; `like` when
    the units are the same on both days: where units were `arranged`, those without a counterpart are left out."""

    key: str
    caption: str
    note: str
    lines: Sequence[ComparedLine | FormerLine]
    over: str = "compared_lines"
    then: str = "then"
    like: bool = True
    arranged: bool = True

    def side(self, line: ComparedLine | FormerLine, side: str) -> ComparedFigures:
        """The figures of a line on a day."""
        if self.like and self.arranged and not line.alike:
            return ComparedFigures()
        if side == "rebased" and isinstance(line, ComparedLine):
            return line.rebased or ComparedFigures()
        return line.now if side == "now" else line.before


def comparison(content: ReportContent) -> Sheet:
    """The sheet of the totals, by measure and block: where units were arranged rebased, per former territory, and each
    day in its own units."""
    made = content.compared
    title = f"So sánh {content.period_name} với {content.before_name}"
    if made is None:
        return Sheet("So sánh với năm trước", title, (nothing("compared"),))
    ways = _ways(made)
    tables = tuple(_totals(made, way, place if len(ways) > 1 else 0) for place, way in enumerate(ways, 1))
    source = f"Số liệu {content.before_name} {source_words(made.then, made.source)}."
    first = replace(tables[0], notes=(*tables[0].notes, source))
    told = days(made) if made.merged else basis_words(made)
    return Sheet("So sánh với năm trước", title, (first, *tables[1:]), subtitle=told, repeat=first.key)


def _ways(made: Compared) -> list[_Way]:
    """The ways in which both days are counted; what was frozen before the first one is drawn without it."""
    own = "Cột của mỗi ngày bằng số trong báo cáo của chính kỳ đó"
    if not made.merged:
        return [_Way("compared", "Theo khối", f"{own}. {_ONLY_COUNTS}", made.lines, arranged=False)]
    apart = f"{sentence(made.apart)}. " if made.apart else ""
    rebased = _Way(
        "compared",
        "Quy đổi về đơn vị hiện nay",
        "Cả hai ngày đếm theo đơn vị của ngày sau, mỗi đơn vị một lần; cột trước là tình trạng khi đó của các đơn vị "
        f"cũ trên địa bàn. Địa bàn của nhiều đơn vị cũ chỉ tính là đạt khi {ALL_CONCERNED}. {apart}{_ONLY_COUNTS}",
        made.lines,
        then="rebased",
    )
    former = _Way(
        "compared_former",
        "Theo địa bàn cũ",
        "Đếm theo đơn vị của ngày trước, mỗi địa bàn một lần; cột sau là tình trạng của đơn vị nay phụ trách nơi đó. "
        "Địa bàn chia cho nhiều đơn vị chỉ tính là đạt khi mọi đơn vị đó thuộc diện của chỉ tiêu đều đạt; địa bàn "
        "không còn đơn vị nào thì không tính ở cả hai ngày.",
        made.former,
        over="compared_former_lines",
    )
    each = _Way(
        "compared_own",
        "Mỗi ngày theo đơn vị khi đó",
        f"{own}; số đơn vị đã khác nên không tính tăng, giảm.",
        made.lines,
        like=False,
    )
    return [*([rebased] if made.rebased else []), *([former] if made.former else []), each]


def _totals(made: Compared, way: _Way, place: int) -> Table:
    """The figures of the lines, by measure and block; `place` is its number among several tables."""
    then, now = f"Ngày {short_date(made.then)}", f"Ngày {short_date(made.now)}"
    columns = (
        Column("block", "Chỉ tiêu, khối", 50),
        Column("then_part", "Số lượng", 15, Kind.COUNT, then),
        Column("then_whole", "Trên tổng số", 16, Kind.COUNT, then),
        Column("then_rate", "Tỷ lệ", 17, Kind.PERCENT, then),
        Column("now_part", "Số lượng", 15, Kind.COUNT, now),
        Column("now_whole", "Trên tổng số", 16, Kind.COUNT, now),
        Column("now_rate", "Tỷ lệ", 17, Kind.PERCENT, now),
        Column("points", "Tăng, giảm (điểm %)", 18, Kind.POINTS),
    )
    blocks = [block for block in Block if any(line.block is block for line in way.lines)]
    rows: list[Row] = []
    for number, (part, whole, told) in enumerate(MEASURES, 1):
        rows.append(Row((f"{number}. {told}",), Style.GROUP))
        rows += [Row(_cells(made, way, part, whole, block)) for block in blocks]
        rows.append(Row(_cells(made, way, part, whole, None), Style.TOTAL))
    notes = (way.note,) if same_part(made.then, made.now) or not way.like else (way.note, _OTHER_PART)
    caption = f"{place}. {way.caption}" if place else way.caption
    return Table(way.key, columns, tuple(rows), caption, notes=notes, headless=place > 1)


def _cells(made: Compared, way: _Way, part: str, whole: str, block: Block | None) -> tuple[Cell, ...]:
    """A line of a measure: of a block, or of the whole province, which has no rate."""
    where: tuple[Where, ...] = _ANY if block is None else (Where("block", block.vi),)
    if way.like and way.arranged:
        where = (*where, Where("alike", MARK))
    lines = [line for line in way.lines if block in (None, line.block)]

    def summed(side: str, name: str) -> Summed:
        return Summed(sum(getattr(way.side(line, side), name) for line in lines), f"{side}_{name}", where, way.over)

    name = TOTAL if block is None else block.vi
    if not whole:
        return (name, summed(way.then, part), None, None, summed("now", part))
    found = {side: (summed(of, part), summed(of, whole)) for side, of in (("then", way.then), ("now", "now"))}
    rates = {
        side: Percent(of.value, out_of.value, f"{side}_part", f"{side}_whole") for side, (of, out_of) in found.items()
    }
    like = way.like and (part not in OVER_THE_YEAR or same_part(made.then, made.now))
    points: Cell = Difference(rates["now"], rates["then"], "now_rate", "then_rate")
    if block is None or not like:
        points = NO_RATE
    then: Cell = NO_RATE if block is None else rates["then"]
    now: Cell = NO_RATE if block is None else rates["now"]
    sides: dict[str, tuple[Cell, ...]] = {"then": (*found["then"], then), "now": (*found["now"], now)}
    for side, unknown in (("then", made.unknown_then), ("now", made.unknown_now)):
        if part in unknown:
            sides[side], points = (NO_RATE, found[side][1], NOT_KNOWN), NO_RATE
    return (name, *sides["then"], *sides["now"], points)
