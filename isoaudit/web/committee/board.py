"""The figures of the dashboard as values: key figures by block, the table by blocks, what needs attention.

Taken from the roll-up as they stand; each carries the address of the units that it counts. Pictures are in
`pictures`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from flask_babel import gettext as _

from isoaudit.domain.comparison import Basis
from isoaudit.domain.figures import Counts
from isoaudit.domain.vocabulary import Block, Maintained, ResultLevel, Status, UnitKind
from isoaudit.web.committee.groups import GROUPS, RIGHT
from isoaudit.web.committee.look import Look
from isoaudit.web.words import day, label


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, or a part of a whole, with where each leads. A `rated` one has its percentage beside it."""

    part: int | None
    whole: int | None = None
    href: str | None = None
    whole_href: str | None = None
    rated: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A block, the line of the chi cục, or the whole province; `key` is the value of the filter `khoi`."""

    key: str | None
    name: str
    counts: Counts
    inside: bool = False

    @property
    def total(self) -> bool:
        """Whether it is the whole province, of which no percentage is printed (RULES §4)."""
        return self.key is None


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its name, what it counts, one line for each block, the counts of the whole province."""

    name: str
    about: str
    lines: Sequence[tuple[str, Figure]]
    total: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table by blocks."""

    name: str
    about: str
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to look after: what, how many, how bad (a tone), where."""

    name: str
    number: int
    tone: str
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class _Share:
    """A share that is shown by block: part and whole of some counts, and the groups that they are."""

    name: str
    about: str
    part: Callable[[Counts], int]
    whole: Callable[[Counts], int]
    group: str
    whole_group: str

    def of(self, column: Column, look: Look) -> Figure:
        """The figure of a column."""
        return Figure(
            self.part(column.counts),
            self.whole(column.counts),
            look.units(khoi=column.key, nhom=self.group),
            look.units(khoi=column.key, nhom=self.whole_group),
            rated=not column.total,
        )


def columns(look: Look) -> list[Column]:
    """The blocks in order, the chi cục inside theirs, and the whole province."""
    rollup = look.rollup
    made = []
    for block in Block:
        if block not in rollup.blocks:
            continue
        made.append(Column(block.value, label(block), rollup.blocks[block]))
        if block is Block.AGENCY and rollup.sub_agencies is not None:
            made.append(Column(UnitKind.SUB_AGENCY.value, _("trong đó: chi cục"), rollup.sub_agencies, inside=True))
    return [*made, Column(None, _("Toàn tỉnh"), rollup.total)]


def cards(look: Look, shown: Sequence[Column]) -> list[Card]:
    """The key figures."""
    blocks = [column for column in shown if not column.total and not column.inside]
    total = shown[-1]
    declared, _obliged, converted, kept, audited = _shares(look)
    return [
        Card(each.name, each.about, [(column.name, each.of(column, look)) for column in blocks], each.of(total, look))
        for each in (declared, converted, kept, audited)
    ]


def table(look: Look, shown: Sequence[Column]) -> list[Row]:
    """The table by blocks: what the pictures do not tell."""
    declared, obliged, converted, kept, audited = _shares(look)
    baseline = look.conversion.baseline

    def plain(name: str, about: str, count: Callable[[Counts], int], **filtered: str) -> Row:
        found = [Figure(count(each.counts), href=look.units(khoi=each.key, **filtered)) for each in shown]
        return Row(name, about, found)

    def share(each: _Share) -> Row:
        return Row(each.name, each.about, [each.of(column, look) for column in shown])

    rows = [
        plain(_("Đơn vị"), _("đang hoạt động vào ngày chốt"), lambda counts: counts.units),
        plain(
            _("Không thuộc đối tượng áp dụng"),
            _("đứng ngoài mọi số đếm khác"),
            lambda counts: counts.exempt,
            tinh_trang=Status.EXEMPT.value,
        ),
        share(declared),
        share(obliged),
        share(converted),
    ]
    if baseline is not None:
        then = {"so_voi": baseline.isoformat(), "cach": Basis.FORMER.value, "chi": "converted-truoc-tong"}
        rows.append(
            Row(
                _("Thuộc diện nhưng đã giảm do sắp xếp, sáp nhập"),
                _("so với số thuộc diện ngày %(day)s", day=day(baseline)),
                [
                    Figure(each.counts.left_by_merger, href=look.link("dashboard.compared", khoi=each.key, **then))
                    for each in shown
                ],
            )
        )
    return [
        *rows,
        share(kept),
        share(audited),
        Row(
            _("Lượt kiểm tra"),
            _("mọi cuộc đã lập biên bản trong kỳ, trừ tự đánh giá"),
            [
                Figure(column.counts.visits, href=look.link("dashboard.visits", khoi=column.key or ""))
                for column in shown
            ],
        ),
        Row(
            _("Áp dụng cho toàn bộ TTHC"),
            _("trên số đơn vị có số liệu TTHC trong kỳ"),
            [
                Figure(
                    column.counts.tthc_full,
                    column.counts.tthc_units,
                    look.units(khoi=column.key, nhom="tthc-du"),
                    look.units(khoi=column.key, nhom="co-tthc"),
                    rated=not column.total,
                )
                for column in shown
            ],
        ),
    ]


def procedures(look: Look) -> list[tuple[str, int, int]]:
    """TTHC covered and all, by block; the commune block shares one list and is not summed (RULES §9)."""
    return [
        (label(block), counts.tthc_covered, counts.tthc_total)
        for block, counts in look.rollup.blocks.items()
        if block is not Block.COMMUNE and counts.tthc_units
    ]


def commune_procedures(look: Look) -> tuple[int, int] | None:
    """The least and the median number of TTHC covered in the commune block; None without figures."""
    covered = [
        line.procedures.covered
        for line in look.rollup.units
        if line.block is Block.COMMUNE and line.procedures is not None and not line.exempt
    ]
    return (min(covered), median_low(covered)) if covered else None


def matters(look: Look) -> list[Matter]:
    """What needs attention, worst first; only what there is."""
    return [matter for matter in _matters(look) if matter.number]


def _matters(look: Look) -> Iterator[Matter]:
    rollup = look.rollup
    found = rollup.nonconformities

    def group(name: str) -> tuple[int, str]:
        return sum(line in GROUPS[name] for line in rollup.units), look.units(nhom=name)

    def findings(view: str) -> str:
        return look.link("dashboard.nonconformities", xem=view)

    yield Matter(_("Điểm không phù hợp nặng đang mở"), found.major, "bad", "cross", findings("nang"))
    yield Matter(_("Điểm không phù hợp quá hạn khắc phục"), found.overdue, "bad", "clock", findings("qua-han"))
    yield Matter(_("Đơn vị quá hạn chuyển đổi"), *_swap(group("qua-han"), "bad", "clock"))
    yield Matter(
        _("Đơn vị bắt buộc hoặc theo lộ trình chưa công bố"), *_swap(group("phai-ap-dung-chua-cong-bo"), "warn", "flag")
    )
    yield Matter(_("Đơn vị cần công bố lại"), *_swap(group("cong-bo-lai"), "warn", "turn"))
    yield Matter(
        _("Đơn vị chưa thực hiện đúng việc duy trì, cải tiến"),
        rollup.total.maintained[Maintained.FAILING],
        "warn",
        "cross",
        look.units(duy_tri=Maintained.FAILING.value),
    )
    yield Matter(
        _("Nhiệm vụ năm chưa hoàn thành"),
        rollup.tasks[ResultLevel.NOT_DONE],
        "warn",
        "steps",
        look.link("dashboard.tasks", muc=ResultLevel.NOT_DONE.value),
    )
    yield Matter(
        _("Điểm không phù hợp chưa có thời hạn khắc phục"),
        found.without_deadline,
        "mute",
        "calendar",
        findings("chua-co-han"),
    )


def _swap(found: tuple[int, str], tone: str, icon: str) -> tuple[int, str, str, str]:
    number, href = found
    return number, tone, icon, href


def _shares(look: Look) -> tuple[_Share, _Share, _Share, _Share, _Share]:
    return (
        _Share(
            _("Đã công bố"),
            _("đang công bố theo phiên bản còn được công nhận, trên số đơn vị được xem xét"),
            lambda counts: counts.declared,
            lambda counts: counts.considered,
            "cong-bo",
            "xem-xet",
        ),
        _Share(
            _("Đã công bố, trong diện bắt buộc và theo lộ trình"),
            _("trên số đơn vị bắt buộc hoặc theo lộ trình của tỉnh"),
            lambda counts: counts.declared_obliged,
            lambda counts: counts.obliged,
            "phai-ap-dung-da-cong-bo",
            "phai-ap-dung",
        ),
        _Share(
            _("Đã chuyển đổi"),
            _("sang %(edition)s, trên số thuộc diện chuyển đổi", edition=look.edition(look.conversion.to_edition)),
            lambda counts: counts.baseline_converted,
            lambda counts: counts.baseline,
            "thuoc-dien-da-chuyen",
            "thuoc-dien",
        ),
        _Share(
            _("Duy trì, cải tiến đúng"),
            _("đã kiểm chứng hoặc theo báo cáo, trên số đơn vị được xét trong năm"),
            lambda counts: sum(counts.maintained[value] for value in RIGHT),
            lambda counts: counts.considered - counts.maintained[Maintained.NOT_APPLICABLE],
            "duy-tri-dung",
            "xet-duy-tri",
        ),
        _Share(
            _("Đã kiểm tra"),
            _("có kiểm tra toàn diện tại trụ sở trong kỳ, trên số đơn vị được xem xét"),
            lambda counts: counts.audited,
            lambda counts: counts.considered,
            "da-kiem-tra",
            "xem-xet",
        ),
    )
