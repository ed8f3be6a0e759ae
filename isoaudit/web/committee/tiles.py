"""The province as tiles: every unit in its area, with its state and what is wrong, for a look at the whole."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from isoaudit.domain.access import Permission
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.standouts import Open, Shortfall, shortfalls
from isoaudit.domain.text import sort_key
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.http.access import requires
from isoaudit.services.overview import findings
from isoaudit.services.overview.areas import Areas, areas
from isoaudit.web import charts
from isoaudit.web.committee.dashboard import pages
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.tilemap import LONGEST, Tile, draw
from isoaudit.web.words import label, sign

KEY = "tiles"
_STATES = {
    Status.CONVERTED: _l("đã chuyển đổi"),
    Status.NEWLY_APPLIED: _l("áp dụng mới"),
    Status.CONVERTING: _l("đang chuyển đổi"),
    Status.BUILDING: _l("đang xây dựng"),
    Status.TO_REDECLARE: _l("chưa công bố lại"),
    Status.NOT_CONVERTED: _l("chưa chuyển đổi"),
    Status.STOPPED: _l("đã ngừng"),
    Status.NOT_STARTED: _l("chưa áp dụng"),
    Status.EXEMPT: _l("ngoài diện"),
}
"""The states in so few letters that a tile holds them."""
_NOTES = {
    Shortfall.CONVERSION: _l("quá hạn"),
    Shortfall.STOPPED: _l("phải áp dụng"),
    Shortfall.UNDECLARED: _l("phải công bố"),
    Shortfall.REDECLARE: _l("cần công bố lại"),
    Shortfall.FAILING: _l("duy trì"),
    Shortfall.MAJOR: _l("tồn tại nặng"),
    Shortfall.OVERDUE: _l("tồn tại quá hạn"),
}
_SHORT_KINDS = {
    "Xã ": "X. ",
    "Phường ": "P. ",
    "Thị trấn ": "TT. ",
    "Đặc khu ": "ĐK. ",
    "Huyện ": "H. ",
    "Thị xã ": "TX. ",
    "Thành phố ": "TP. ",
}


@dataclass(frozen=True, slots=True)
class Field:
    """An area: its name, its tiles, how many of its units declared, of those considered."""

    name: str
    tiles: Sequence[Markup]
    declared: int
    considered: int
    wanting: int


@pages.get("/dia-ban")
@requires(Permission.DASHBOARD_READ)
@looking
def tiles(look: Look) -> str:
    """Every unit as a tile."""
    lines = findings.nonconformities(look.session, look.rollup)
    left = findings.open_by_unit(look.session, look.rollup, lines)
    found = areas(look.session, look.rollup)
    counts = Counter(line.status for line in look.rollup.units)
    states = [state for state in _STATES if counts[state]]
    series = [charts.Series(label(state), sign(state).fill, sign(state).pattern) for state in states]
    return render_template(
        "web/committee/tiles.html",
        look=look,
        fields=_fields(look, found, left),
        former=found.former,
        unplaced=any(line.block is Block.COMMUNE for line in look.rollup.units) and not found.of_unit,
        definitions=charts.pattern_defs(KEY, series),
        legend=[
            (swatch, name, counts[state], look.units(tinh_trang=state.value))
            for state, (swatch, name) in zip(states, charts.legend(KEY, series), strict=True)
        ],
    )


def _fields(look: Look, found: Areas, left: Mapping[int, Open]) -> list[Field]:
    """The agencies, the districts, then the communes by area; those without one last."""
    groups: dict[str, list[UnitLine]] = {}
    names = {Block.AGENCY: label(Block.AGENCY), Block.DISTRICT: label(Block.DISTRICT)}
    communes: dict[str, list[UnitLine]] = {}
    for line in look.rollup.units:
        if line.block in names:
            groups.setdefault(names[line.block], []).append(line)
        else:
            communes.setdefault(found.of_unit.get(line.unit.id, ""), []).append(line)
    nowhere = communes.pop("", [])
    groups |= {name: communes[name] for name in sorted(communes, key=sort_key)}
    if nowhere:
        groups[_("Không thuộc địa bàn nào ở trên") if communes else label(Block.COMMUNE)] = nowhere
    return [_field(name, those, look, left) for name, those in groups.items()]


def _field(name: str, lines: Iterable[UnitLine], look: Look, left: Mapping[int, Open]) -> Field:
    told = [(line, left.get(line.unit.id, Open())) for line in lines]
    ways = [tuple(shortfalls(line, found)) for line, found in told]
    considered = [line for line, _found in told if not line.exempt]
    return Field(
        name,
        [draw(KEY, _tile(line, found, way, look)) for (line, found), way in zip(told, ways, strict=True)],
        sum(line.accepted for line in considered),
        len(considered),
        sum(map(bool, ways)),
    )


def _tile(line: UnitLine, found: Open, ways: Sequence[Shortfall], look: Look) -> Tile:
    note = "" if not ways else str(_NOTES[ways[0]]) if len(ways) == 1 else _("%(number)s việc", number=len(ways))
    told = [label(line.status), *(_way(each, found) for each in ways)]
    return Tile(
        _short(line),
        str(_STATES[line.status]),
        note,
        sign(line.status).fill,
        sign(line.status).pattern,
        bool(ways),
        f"{line.unit.name}: {', '.join(told)}",
        look.unit(line.unit.id),
    )


def _way(way: Shortfall, found: Open) -> str:
    number = {Shortfall.OVERDUE: found.overdue, Shortfall.MAJOR: found.major}.get(way)
    return f"{label(way)} ({number})" if number else label(way)


def _short(line: UnitLine) -> str:
    """The name as a tile holds it: with a short kind, or the abbreviation of an agency."""
    if line.block is Block.AGENCY and len(line.unit.name) > LONGEST:
        return line.unit.code
    long = next((each for each in _SHORT_KINDS if line.unit.name.startswith(each)), "")
    return _SHORT_KINDS.get(long, "") + line.unit.name.removeprefix(long)
