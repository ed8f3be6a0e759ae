"""The page "So sánh hai năm": the figures of the day looked at beside those of an earlier one, over the mergers in
between. Every number leads to the lines behind it, which stand on the same page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, render_template, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from isoaudit.domain.access import Permission
from isoaudit.domain.comparison import (
    OVER_THE_YEAR,
    PARTS,
    WHOLES,
    Basis,
    Comparison,
    Line,
    Measure,
    Pair,
    territory_holds,
)
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.numbers import percent
from isoaudit.domain.period import Period, same_part
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import Block
from isoaudit.http.access import requires
from isoaudit.services import comparison, settings
from isoaudit.web import paging
from isoaudit.web.committee.dashboard import pages
from isoaudit.web.committee.look import NOW as TODAYS
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.words import label

BEFORE, NOW = "truoc", "nay"
WHOLE = "tong"


@dataclass(frozen=True, slots=True)
class Cell:
    """A measure of a block in both years, with the difference of the printed rates in points; empty where no rate is
    printed, or where like is not compared with like. `unknown` are the sides of which nothing was entered. `links`
    lead to the lines behind part and whole, then and now."""

    pair: Pair
    points: str
    unknown: tuple[str, ...]
    links: dict[str, str]


def _declares(units: Sequence[UnitLine]) -> bool:
    return bool(units) and all(PARTS[Measure.DECLARED](unit) for unit in units)


def _stays_one(line: Line) -> bool:
    if len(line.land) != 1 or len(line.now) != 1:
        return False
    was, is_now = line.land[0].unit, line.now[0].unit
    return (was.code, was.name) == (is_now.code, is_now.name)


CHANGES: dict[str, tuple[LazyString, Callable[[Line], bool]]] = {
    "cong-bo-them": (
        _l("Nay đã công bố, trước chưa"),
        lambda line: _declares(line.now) and not _declares(line.land),
    ),
    "khong-con-cong-bo": (
        _l("Trước đã công bố, nay chưa"),
        lambda line: any(PARTS[Measure.DECLARED](unit) for unit in line.land) and not _declares(line.now),
    ),
    "sap-xep": (_l("Qua sắp xếp, đổi tên"), lambda line: not _stays_one(line)),
    "khong-con": (_l("Không còn"), lambda line: not line.now and not line.other),
    "moi": (_l("Trước chưa có"), lambda line: not line.land and not line.other),
}
"""What the address may ask for (`?doi=`)."""
_ORDERS: dict[str, Callable[[Line], object]] = {
    "ten": lambda line: line.unit.unit.order or sort_key(line.unit.unit.name),
    "truoc": lambda line: _states(line.land),
    "nay": lambda line: _states(line.now),
}


@pages.get("/so-sanh")
@requires(Permission.DASHBOARD_READ)
@looking
def compared(look: Look) -> str:
    """Both years by measure and block, then line by line."""
    basis = Basis(request.args["cach"]) if request.args.get("cach") in set(Basis) else Basis.TODAY
    then = _before(look, _day(look))
    found = comparison.of(look.session, then.rollup, look.rollup, basis)
    decimals = int(settings.read(look.session)["percent_decimals"])
    blocks: list[Block | None] = [*found.blocks(), None]
    lines = _narrowed(found)
    return render_template(
        "web/committee/comparison.html",
        look=look,
        found=found,
        then_issued=then.issued,
        bases=[(each.value, label(each)) for each in Basis],
        blocks=blocks,
        table=[(measure, [_cell(found, measure, block, decimals) for block in blocks]) for measure in Measure],
        changes=[("", _("Tất cả"), len(found.lines))]
        + [(key, str(name), sum(map(holds, found.lines))) for key, (name, holds) in CHANGES.items()],
        page=paging.cut(lines),
        asked=_asked(),
        asked_block=request.args.get("khoi", ""),
    )


def _day(look: Look) -> date | None:
    """The day compared with that the address asks for; None for the year before as its report, or its end, has it."""
    text = request.args.get("so-voi", "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        flash(_("Ngày “%(day)s” chưa đúng nên đang so với năm trước. Hãy chọn lại ngày.", day=text[:40]), "warn")
        return None
    if day >= look.as_of:
        flash(_("Ngày so sánh phải trước ngày chốt đang xem, nên đang so với năm trước. Hãy chọn lại ngày."), "warn")
        return None
    return day


def _before(look: Look, day: date | None) -> comparison.Figures:
    """The figures of the year before, or of the day asked for: frozen ones unless today's are asked for."""
    live = request.args.get("so-lieu") == TODAYS
    period = Period.of_year(look.rollup.year - 1 if day is None else day.year)
    return comparison.figures_of(look.session, period, look.rollup.conversion, day=day, live=live)


def _cell(found: Comparison, measure: Measure, block: Block | None, decimals: int) -> Cell:
    pair = found.pair(measure, block)
    points = ""
    sides = zip((BEFORE, NOW), found.unknown(), strict=True)
    unknown = tuple(side for side, measures in sides if measure in measures)
    like = found.basis is not Basis.OWN or not found.merged
    if measure in OVER_THE_YEAR:
        like = like and same_part(found.before.as_of, found.now.as_of)
    if block is not None and like and pair.before_whole and pair.now_whole and not unknown:
        before = percent(pair.before, pair.before_whole, decimals)
        now = percent(pair.now, pair.now_whole, decimals)
        if before is not None and now is not None:
            points = (
                f"{float(now - before):+.{decimals}f}".replace(".", ",").replace("-", "−") if now != before else "0"
            )

    def lead(side: str, part: str = "") -> str:
        return paging.address(
            chi=f"{measure.value}-{side}{part and '-' + part}",
            khoi=block.value if block else None,
            doi=None,
            trang=None,
        )

    links = {f"{side}{part}": lead(side, part) for side in (BEFORE, NOW) for part in ("", WHOLE)}
    return Cell(pair, points, unknown, links)


def _asked() -> tuple[Measure, str, bool] | None:
    """Measure, side and whether the whole is meant, of the number that was clicked."""
    measure, _stroke, rest = request.args.get("chi", "").partition("-")
    side, _stroke, part = rest.partition("-")
    known = measure in set(Measure) and side in (BEFORE, NOW) and part in ("", WHOLE)
    return (Measure(measure), side, part == WHOLE) if known else None


def _narrowed(found: Comparison) -> list[Line]:
    lines = list(found.lines)
    block, change, asked = request.args.get("khoi", ""), request.args.get("doi", ""), _asked()
    if block:
        lines = [line for line in lines if block in (line.block, line.unit.unit.kind)]
    if change in CHANGES:
        lines = [line for line in lines if CHANGES[change][1](line)]
    if asked is not None:
        measure, side, whole = asked
        holds = WHOLES.get(measure, PARTS[measure]) if whole else PARTS[measure]
        lines = [line for line in lines if _counts(found, line, holds, measure, side)]
    phrase = " ".join(fold(request.args.get("tim", "")).split())
    if phrase:
        lines = [line for line in lines if _mentions(line, phrase)]
    order = request.args.get("xep", "")
    if order.removeprefix("-") in _ORDERS:
        lines.sort(key=_ORDERS[order.removeprefix("-")], reverse=order.startswith("-"))  # type: ignore[arg-type]
    return lines


def _counts(found: Comparison, line: Line, holds: Callable[[UnitLine], bool], measure: Measure, side: str) -> bool:
    """Whether the line is behind that number."""
    counting = WHOLES.get(measure, PARTS[Measure.UNITS])
    if side == BEFORE and found.basis is Basis.TODAY:
        return bool(line.now) and territory_holds(line.land, holds, counting)
    if found.basis is Basis.FORMER and not line.now:
        return False
    if side == BEFORE:
        return any(holds(unit) for unit in line.before)
    if found.basis is Basis.TODAY and not line.land:
        return False
    if found.basis is not Basis.FORMER:
        return any(holds(unit) for unit in line.now)
    return bool(line.before) and territory_holds(line.now, holds, counting)


def _mentions(line: Line, phrase: str) -> bool:
    """Whether a name or code of the line begins a word with the phrase, without diacritics."""
    units = (*line.land, *line.now, *line.other)
    return any(f" {phrase}" in f" {fold(f'{each.unit.name} {each.unit.code}')}" for each in units)


def _states(units: Sequence[UnitLine]) -> list[str]:
    return sorted(label(unit.status) for unit in units)
