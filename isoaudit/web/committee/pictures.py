"""The charts of the dashboard: status, upkeep and bands by block, status of the communes by district."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.vocabulary import Block, Maintained, Status, Word
from isoaudit.web.charts import Bar, Chart, Series, stacked
from isoaudit.web.committee.board import Column
from isoaudit.web.committee.filters import NO_DISTRICT, bands
from isoaudit.web.committee.look import Look
from isoaudit.web.words import band_sign, count, label, sign

MOST_DISTRICTS = 15
"""With more districts than that the picture would be longer than a screen; the list of units tells them apart."""
_PATTERNS = ("", "dots", "fall", "rise", "cross", "bars")
_BY_HAPPENING = (
    Status.CONVERTED,
    Status.NEWLY_APPLIED,
    Status.CONVERTING,
    Status.BUILDING,
    Status.TO_REDECLARE,
    Status.NOT_CONVERTED,
    Status.STOPPED,
    Status.NOT_STARTED,
)
"""From done to not begun, so that a bar reads from left to right."""


def charts(look: Look, shown: Sequence[Column], districts: Mapping[int, tuple[str, str]]) -> list[Chart]:
    """Those that there is something to draw for."""
    blocks = [column for column in shown if not column.total and not column.inside]
    made = [
        _by_word(
            "status",
            _("Tình trạng áp dụng, chuyển đổi theo khối"),
            _("Số đơn vị; không kể đơn vị không thuộc đối tượng áp dụng."),
            _present(_BY_HAPPENING, (column.counts.status for column in blocks)),
            [(column, column.counts.status) for column in blocks],
            look,
            "tinh_trang",
        )
    ]
    communes = _by_district(look, districts)
    if communes is not None:
        made.append(communes)
    made.append(
        _by_word(
            "upkeep",
            _("Thực hiện đúng việc duy trì, cải tiến trong năm"),
            _("Đơn vị đang công bố áp dụng vào ngày 01/01 được xét; đơn vị khác ghi “không xét”."),
            list(Maintained),
            [(column, column.counts.maintained) for column in blocks],
            look,
            "duy_tri",
        )
    )
    if look.rollup.total.audited:
        made.append(_bands(look, blocks))
    return made


def _by_word(
    key: str,
    title: str,
    description: str,
    words: Sequence[Word],
    values: Sequence[tuple[Column, Mapping[Word, int]]],
    look: Look,
    argument: str,
) -> Chart:
    return stacked(
        key,
        title,
        _series(words),
        [
            Bar(
                column.name,
                [counted[word] for word in words],
                [look.units(khoi=column.key, **{argument: word.value}) for word in words],
                _units(sum(counted[word] for word in words)),
            )
            for column, counted in values
        ],
        description=description,
        corner=_("Khối"),
    )


def _by_district(look: Look, districts: Mapping[int, tuple[str, str]]) -> Chart | None:
    """The commune block by district; None where there are none or too many."""
    if not 0 < len(districts) <= MOST_DISTRICTS or Block.COMMUNE not in look.rollup.blocks:
        return None
    counted: dict[str, Counter[Status]] = {code: Counter() for code, _name in districts.values()}
    counted[NO_DISTRICT] = Counter()
    for line in look.rollup.units:
        if line.block is Block.COMMUNE and not line.exempt:
            code = districts[line.unit.parent_id][0] if line.unit.parent_id in districts else NO_DISTRICT
            counted[code][line.status] += 1
    words = _present(_BY_HAPPENING, counted.values())
    names = {**dict(districts.values()), NO_DISTRICT: _("Không trực thuộc cấp huyện")}
    return stacked(
        "district",
        _("Tình trạng của cấp xã theo huyện, thị xã, thành phố"),
        _series(words),
        [
            Bar(
                names[code],
                [found[word] for word in words],
                [look.units(khoi=Block.COMMUNE.value, huyen=code, tinh_trang=word.value) for word in words],
                _units(found.total()),
            )
            for code, found in counted.items()
            if found
        ],
        description=_("Số đơn vị cấp xã; bấm vào từng phần để xem danh sách."),
        corner=_("Huyện, thị xã, thành phố"),
    )


def _bands(look: Look, blocks: Sequence[Column]) -> Chart:
    named = bands(look.rollup)
    codes = [code for code in named if look.rollup.total.bands[code] or code != NO_BAND]
    ranked = [code for code in codes if code != NO_BAND]
    series = [
        Series(named[code], band_sign(None if code == NO_BAND else place).fill, _PATTERNS[min(place, 5)])
        for place, code in enumerate([*ranked, *(code for code in codes if code == NO_BAND)])
    ]
    return stacked(
        "bands",
        _("Xếp loại các đơn vị đã kiểm tra"),
        series,
        [
            Bar(
                column.name,
                [column.counts.bands.get(code, 0) for code in codes],
                [look.units(khoi=column.key, xep_loai=code) for code in codes],
                _units(column.counts.audited),
            )
            for column in blocks
            if column.counts.audited
        ],
        description=_("Theo cuộc kiểm tra toàn diện tại trụ sở gần nhất trong kỳ; mức xếp loại dùng trong nội bộ."),
        corner=_("Khối"),
    )


def _present(words: Iterable[Status], counted: Iterable[Mapping[Status, int]]) -> list[Status]:
    found = [Counter(each) for each in counted]
    return [word for word in words if any(each[word] for each in found)] or [Status.NOT_STARTED]


def _series(words: Iterable[Word]) -> list[Series]:
    return [Series(label(word), sign(word).fill, sign(word).pattern) for word in words]


def _units(number: int) -> str:
    return ngettext("%(number)s đơn vị", "%(number)s đơn vị", number, number=count(number))
