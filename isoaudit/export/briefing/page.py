"""The briefing as one page of an official paper, never two: texts are cut to whole lines, lists give way to one another
until all fits, and what was left out is told ("và 12 đơn vị khác")."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from isoaudit.domain.comparison import Basis, Measure
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import Counts, Rollup
from isoaudit.domain.numbers import NOTHING, count_text, decimal_text, percent, percent_text, share, thousands
from isoaudit.domain.standouts import RIGHT, Shortfall, Standout
from isoaudit.domain.vocabulary import Block, Maintained, ResultLevel
from isoaudit.export.briefing import against, fitting
from isoaudit.export.briefing.against import Row, change, points, then, today, untold
from isoaudit.export.briefing.asking import asks
from isoaudit.export.briefing.content import Briefing, Late, Pending
from isoaudit.export.paper import form
from isoaudit.export.paper.blocks import Align, Column, Flow, Grid, Letterhead, Line, Paper, Prose, Title, Weight

ROOM = 221.0
"""Millimetres of the page below its head, for the title and all that follows."""
MOST = 8
"""So many rows of a list at most, however much room there is."""
_LEAST = 2
_ASKS = 4
"""So many asks at most: as many as there are topics of `asking`."""
Depth = tuple[int, int, int]
_DEPTHS: tuple[Depth, ...] = ((2, 2, 2), (2, 1, 2), (1, 1, 2), (1, 1, 1))
"""Lines that a text may take: of a unit that stands out, of overdue nonconformities, of a decision."""
_SHORT = {
    Shortfall.UNDECLARED: "chưa công bố",
    Shortfall.FAILING: "duy trì chưa đúng",
    Shortfall.STOPPED: "ngừng áp dụng",
}
_CHANGED = "tăng, giảm"
_NOBODY = "chưa có đơn vị nào"
EXAMPLE = "Dữ liệu minh hoạ"
_SHARES: tuple[tuple[str, Measure, Row], ...] = (
    (
        "Đã công bố, trên số đơn vị xem xét",
        Measure.DECLARED,
        lambda counts: (counts.declared, counts.considered),
    ),
    (
        "Đã chuyển đổi, trên số thuộc diện",
        Measure.CONVERTED,
        lambda counts: (counts.baseline_converted, counts.baseline),
    ),
    ("Duy trì, cải tiến đúng, trên số được xét", Measure.KEPT, lambda counts: _kept(counts)),
)
_COUNTS: tuple[tuple[str, Callable[[Rollup], int]], ...] = (
    ("Đơn vị đã kiểm tra", lambda rollup: rollup.total.audited),
    ("Lượt kiểm tra", lambda rollup: rollup.total.visits),
    ("Tồn tại đang mở", lambda rollup: rollup.nonconformities.closing),
    ("trong đó quá hạn", lambda rollup: rollup.nonconformities.overdue),
    ("Nhiệm vụ chưa hoàn thành", lambda rollup: rollup.tasks[ResultLevel.NOT_DONE]),
)


def briefing_paper(content: Briefing) -> Paper:
    """The page of a meeting."""
    issuer, summary = content.issuer, _summary(content)
    return Paper(
        subject=summary.replace("\n", " "),
        author=issuer.name,
        dated=content.meeting,
        head=Letterhead(issuer.parent, issuer.name, "", issuer.place, content.meeting.year, content.meeting),
        title=Title("BÁO CÁO TÓM TẮT", summary),
        body=_fitted(content),
        mark=EXAMPLE if content.example else "",
    )


def _summary(content: Briefing) -> str:
    about = f"Phục vụ cuộc họp {content.issuer.committee} ngày {short_date(content.meeting)}"
    return f"{about}\n(tình hình áp dụng TCVN ISO 9001, số liệu tính đến hết ngày {short_date(content.rollup.as_of)})"


def _fitted(content: Briefing) -> tuple[Flow, ...]:
    """The blocks with as many rows as the page holds: texts as long as leaves every list two rows, or all it has."""
    room = ROOM - fitting.paragraph(_summary(content), form.BODY, bold=True)
    lengths = [len(each) for each in (content.best, content.worst, content.late, content.pending)]
    for deep in _DEPTHS:
        rows = _grown(content, lengths, room, deep)
        if all(taken >= min(length, _LEAST) for taken, length in zip(rows, lengths, strict=True)):
            break
    return _blocks(content, rows, deep)


def _grown(content: Briefing, lengths: Sequence[int], room: float, deep: Depth) -> list[int]:
    """The rows of each list: one more for each in turn while all of it stays on the page."""
    rows = [0] * len(lengths)
    growing = [place for place, length in enumerate(lengths) if length]
    while growing:
        for place in tuple(growing):
            rows[place] += 1
            if sum(map(fitting.height, _blocks(content, rows, deep))) > room:
                rows[place] -= 1
                growing.remove(place)
            elif rows[place] == min(MOST, lengths[place]):
                growing.remove(place)
    return rows


def _blocks(content: Briefing, rows: Sequence[int], deep: Depth) -> tuple[Flow, ...]:
    best, worst, late, pending = rows
    found = [_shares(content), _counts(content)]
    if content.best or content.worst:
        found.append(_standouts(content, best, worst, deep[0]))
    if content.late:
        found.append(_late(content.late, late, deep[1]))
    if content.pending:
        found.append(_pending(content.pending, pending, deep[2]))
    numbered = (each for each in range(1, len(found) + 1))
    captioned = [replace(each, caption=f"{next(numbered)}. {each.caption}") if each.caption else each for each in found]
    return *captioned, _asks(content, deep[2])


def _shares(content: Briefing) -> Grid:
    """By block: each share now, and how it changed since the days compared."""
    blocks = [block for block in Block if block in content.rollup.blocks]
    rows = []
    for name, measure, of in _SHARES:
        counts = [of(content.rollup.blocks[block]) for block in blocks]
        rows.append(Line((name, *(_share(*each, content.decimals) for each in counts))))
        if content.before:
            cells = (
                "; ".join(
                    points(today(each, block, measure, share), then(each, block, measure, of), content.decimals)
                    for each in content.before
                )
                for block, share in zip(blocks, counts, strict=True)
            )
            rows.append(Line((f"{_CHANGED} (điểm %)", *cells), Weight.SUB))
    columns = (
        Column(_compared(content, "Chỉ tiêu"), 64),
        *(Column(each.vi, 101 / len(blocks), Align.CENTRE) for each in blocks),
    )
    return Grid(columns, tuple(rows), "Số liệu chính", wide=True)


def _counts(content: Briefing) -> Grid:
    now = [of(content.rollup) for _name, of in _COUNTS]
    rows = [Line((f"đến {short_date(content.rollup.as_of)}", *map(thousands, now)))]
    if content.before:
        cells = (
            "; ".join(
                NOTHING if place in untold(before) else change(now[place] - of(before.rollup))
                for before in content.before
            )
            for place, (_name, of) in enumerate(_COUNTS)
        )
        rows.append(Line((_CHANGED, *cells), Weight.SUB))
    columns = (Column("Toàn tỉnh", 30), *(Column(name, 27, Align.CENTRE) for name, _of in _COUNTS))
    return Grid(columns, tuple(rows), wide=True)


def _compared(content: Briefing, title: str) -> str:
    """The head of the column that names the figures, which says what they are compared with."""
    names = [before.name for before in content.before]
    if not names:
        return title
    arranged = any(before.comparison is not None for before in content.before)
    which = " có đơn vị tiền thân khi đó" if any(map(against.apart, content.before)) else ""
    after = f"; {Basis.TODAY.vi}{which}" if arranged else ""
    return f"{title} ({_CHANGED}: so với {'; so với '.join(names)}{after})"


def _standouts(content: Briefing, best: int, worst: int, deep: int) -> Grid:
    """Side by side: where all is in order, and where most is missing."""
    room = form.TEXT / 2 - 2.6
    left = _named([_good(each, content) for each in content.best], best, "đơn vị", room, deep)
    right = _named([_bad(each, content) for each in content.worst], worst, "đơn vị", room, deep)
    depth = max(len(left), len(right), 1)
    padded = [(*each, *[""] * (depth - len(each))) for each in (left or (_NOBODY,), right or (_NOBODY,))]
    rows = tuple(Line(cells) for cells in zip(*padded, strict=True))
    columns = (Column("Đã đi vào nền nếp", 50), Column("Cần chấn chỉnh", 50))
    return Grid(columns, rows, "Nơi làm tốt và nơi cần chấn chỉnh", wide=True)


def _late(found: Sequence[Late], most: int, deep: int) -> Grid:
    rows = []
    for each in found[:most]:
        about = fitting.cut(", ".join(each.about), form.TABLE_WIDE, form.TEXT * 0.34 - 2.6, deep)
        unit = fitting.cut(each.unit, form.TABLE_WIDE, form.TEXT * 0.4 - 2.6, deep)
        rows.append(Line((unit, thousands(each.number), about, f"{thousands(each.days)} ngày")))
    left = found[most:]
    if left:
        number = sum(each.number for each in left)
        rows.append(Line((_others(len(left), "đơn vị", bool(most)), thousands(number), "", ""), Weight.SUB))
    columns = (
        Column("Đơn vị", 40),
        Column("Số tồn tại", 12, Align.CENTRE),
        Column("Điều khoản", 34),
        Column("Chậm nhất", 14, Align.CENTRE),
    )
    return Grid(columns, tuple(rows), "Tồn tại, hạn chế quá hạn khắc phục", wide=True)


def _pending(found: Sequence[Pending], most: int, deep: int) -> Grid:
    rows = []
    for each in found[:most]:
        told = f"{short_date(each.made_on)}, {each.about}: {each.text}"
        due = NOTHING if each.due_on is None else short_date(each.due_on)
        rows.append(
            Line(
                (
                    fitting.cut(told, form.TABLE_WIDE, form.TEXT * 0.47 - 2.6, deep),
                    fitting.cut(each.addressed_to, form.TABLE_WIDE, form.TEXT * 0.23 - 2.6, deep),
                    f"{due}; chậm {thousands(each.days)} ngày" if each.days else due,
                )
            )
        )
    if len(found) > most:
        rows.append(Line((_others(len(found) - most, "quyết định", bool(most)), "", ""), Weight.SUB))
    columns = (Column("Quyết định", 47), Column("Giao cho", 23), Column("Thời hạn", 30, Align.CENTRE))
    return Grid(columns, tuple(rows), "Quyết định của Ban Chỉ đạo đang thực hiện", wide=True)


def _asks(content: Briefing, deep: int) -> Prose:
    """What the meeting is asked for."""
    told = [fitting.cut(each.text.rstrip(" .;"), form.BODY, form.TEXT - 8, deep) for each in asks(content)[:_ASKS]]
    if len(told) > 1:
        told = [f"({place}) {each}" for place, each in enumerate(told, 1)]
    return Prose("; ".join(told).rstrip(".") + ".", "Xin ý kiến cuộc họp:")


def _named(texts: Sequence[str], most: int, what: str, room: float, deep: int) -> tuple[str, ...]:
    shown = tuple(fitting.cut(each, form.TABLE_WIDE, room, deep) for each in texts[:most])
    left = len(texts) - len(shown)
    return (*shown, _others(left, what, bool(shown))) if left else shown


def _others(number: int, what: str, after: bool) -> str:
    return f"{'và ' if after else ''}{count_text(number)} {what}{' khác' if after else ''}"


def _good(each: Standout, content: Briefing) -> str:
    kept = "duy trì đã kiểm chứng" if each.line.maintained is Maintained.VERIFIED else "duy trì đúng theo báo cáo"
    return f"{content.called(each.line.unit)}: {kept}{_scored(each)}"


def _bad(each: Standout, content: Briefing) -> str:
    told = []
    for way in each.shortfalls:
        if way is Shortfall.OVERDUE:
            told.append(f"{count_text(each.open.overdue)} tồn tại quá hạn")
        elif way is Shortfall.MAJOR:
            told.append(f"{count_text(each.open.major)} tồn tại nặng")
        else:
            told.append(_SHORT.get(way, way.vi))
    return f"{content.called(each.line.unit)}: {', '.join(told)}{_scored(each)}"


def _scored(each: Standout) -> str:
    audit = each.line.audit
    if audit is None or audit.score is None:
        return ""
    return f", {decimal_text(percent(audit.score, 100), 1)} điểm"


def _share(part: int, whole: int, decimals: int) -> str:
    return f"{share(part, whole)} ({percent_text(part, whole, decimals)})" if whole else NOTHING


def _kept(counts: Counts) -> tuple[int, int]:
    right = sum(counts.maintained[value] for value in RIGHT)
    return right, counts.considered - counts.maintained[Maintained.NOT_APPLICABLE]
