"""The register as of any day, and a unit's own page: how it stands, what it did, what it came from. Entering facts is
done in `web.office.facts`; a unit officer sees only the own unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission, Scope, scope
from isoaudit.domain.errors import Forbidden
from isoaudit.domain.standard import DECLARED
from isoaudit.domain.text import sort_key
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import ActivityKind, Block
from isoaudit.http import clock, database
from isoaudit.http.access import allowed, requires
from isoaudit.services import decisions, library, predecessors, register, unit_page
from isoaudit.services.audits import elsewhere
from isoaudit.services.rollup import DEFAULT_CONVERSION
from isoaudit.services.unit_events import looking
from isoaudit.web import paging, words
from isoaudit.web.office.facts import SLUGS

pages = Blueprint("units", __name__, url_prefix="/don-vi")

_SORTS = {
    "ten": lambda line: (sort_key(line.name), line.code),
    "ma": lambda line: (line.code, line.valid_from),
    "huyen": lambda line: (sort_key(line.parent_name or ""), sort_key(line.name)),
    "tu": lambda line: (line.valid_from, sort_key(line.name)),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of mergers, with the passage that leads to it and what lies beyond."""

    unit: register.UnitLine
    passage: register.Passage
    beyond: tuple["Node", ...]


@pages.get("")
@requires(Permission.REGISTER_READ)
def index() -> str:
    """The units in force on a day, by block and district; search ignores case and diacritics."""
    session, day = database.session(), _asked_day()
    all_lines = register.as_of(session, day)
    search, block, district = request.args.get("tim", ""), _block(), request.args.get("huyen", "")
    lines = all_lines if not search else register.as_of(session, day, search=search)
    in_district = [line for line in lines if not district or str(line.parent_id) == district]
    shown = [line for line in in_district if block is None or line.block is block]
    order = request.args.get("xep", "")
    if order.removeprefix("-") in _SORTS:
        shown = sorted(shown, key=_SORTS[order.removeprefix("-")], reverse=order.startswith("-"))
    code = search.strip()
    meanings = register.meanings(session, code) if code and code.isascii() and " " not in code else []
    return render_template(
        "web/units/index.html",
        page=paging.cut(shown),
        day=day,
        total=len(all_lines),
        blocks=[("", _("Tất cả"), len(in_district)), *_block_chips(in_district)],
        districts=[(str(line.id), line.name) for line in all_lines if line.block is Block.DISTRICT],
        meanings=meanings if len(meanings) > 1 or not shown else [],
        known_from=_known_from(session),
    )


@pages.get("/cua-toi")
@requires(Permission.UNIT_READ)
def own() -> str | Response:
    """To the page of the unit whose officer one is; a choice when there are several."""
    units = [register.get(database.session(), unit_id) for unit_id in current_user.units]
    if len(units) == 1:
        return redirect(url_for("units.show", unit_id=units[0].id))
    return render_template("web/units/own.html", units=units)


@pages.get("/<int:unit_id>")
@requires(Permission.UNIT_READ)
def show(unit_id: int) -> str:
    """How a unit stands on a day: conversion, upkeep, TTHC, audits, open nonconformities, history of mergers."""
    _check_own(unit_id)
    session = database.session()
    page = unit_page.load(session, unit_id)
    day = unit_page.day_within(page.unit, _asked_day())
    conversion = library.conversions().get(request.args.get("chuyen-doi", ""))
    conversion = conversion or library.conversions()[DEFAULT_CONVERSION]
    line = unit_page.line_on(session, page.unit, day, conversion.id)
    steps = page.steps(conversion, day)
    return render_template(
        "web/units/show.html",
        page=page,
        bodies=elsewhere.bodies(session, [each.audit.reference for each in page.audits]),
        unit=page.unit,
        sees_all=_sees_all(),
        day=day,
        line=line,
        conversion=conversion,
        conversion_chips=[
            ("" if each.id == DEFAULT_CONVERSION else each.id, each.id.replace("-", " → "), None)
            for each in library.conversions().values()
        ],
        conversions=library.conversions(),
        editions=library.standards(),
        steps=[(step, steps.get(step.code), _achieved(step.code, steps, line)) for step in conversion.steps],
        declared=DECLARED,
        years=_years(page),
        tthc=_latest_of_years(page.standing("procedures")),
        total_of=_total_of,
        kinds=list(ActivityKind),
        slugs=SLUGS,
        decided=_decided(session, page, day),
        earlier=_tree(page.history.earlier, unit_id, backwards=True),
        later=_tree(page.history.later, unit_id, backwards=False),
        known_from=_known_from(database.session()),
        arranged=looking.of_unit(session, unit_id) if _sees_all() else [],
        then=predecessors.editions_then(session, page.history),
    )


@pages.get("/<int:unit_id>/qua-trinh")
@requires(Permission.UNIT_READ)
def timeline(unit_id: int) -> str:
    """Everything entered about a unit in order of its days, with documents and all revisions."""
    _check_own(unit_id)
    page = unit_page.load(database.session(), unit_id)
    kind = request.args.get("loai", "")
    events = [(each.on, "fact", each) for each in page.entries if kind in ("", each.kind)]
    if not kind:
        events += [
            (each.on, "passage", each) for each in (*page.history.earlier, *page.history.later) if _own(page, each)
        ]
        events += [(day, "audit", each) for each in page.audits if (day := each.audit.minuted_on)]
    return render_template(
        "web/units/timeline.html",
        page=page,
        unit=page.unit,
        sees_all=_sees_all(),
        events=sorted(events, key=lambda each: each[0], reverse=True),
        kind_chips=[("", _("Tất cả"), None), *_kind_chips(page)],
        slugs=SLUGS,
        editions=library.standards(),
        conversions=library.conversions(),
        known_from=_known_from(database.session()),
    )


def _known_from(session: Session) -> date:
    return register.known_from(session) or clock.today()


def _check_own(unit_id: int) -> None:
    """Refuse (Forbidden) a unit that is not the person's own, when that is as far as the right reaches."""
    if _sees_all():
        return
    if unit_id not in register.one_unit(database.session(), current_user.units):
        raise Forbidden("unit.not_own")


def _sees_all() -> bool:
    return any(scope(role, Permission.UNIT_READ) is Scope.ALL for role in current_user.role_set)


def _decided(session: Session, page: unit_page.UnitPage, day: date) -> list[decisions.DecisionLine]:
    """What the committee decided on the unit and those it came from, for those to whom the committee's room is open."""
    if not allowed(Permission.DASHBOARD_READ):
        return []
    return decisions.of_units(session, (*page.rows, *(each.before.id for each in page.history.earlier)), day)


def _asked_day() -> date:
    text = request.args.get("ngay", "")
    if not text:
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        flash(_("Ngày “%(day)s” chưa đúng nên đang xem theo hôm nay. Hãy chọn lại ngày.", day=text[:40]), "warn")
        return clock.today()


@pages.app_template_filter()
def last_day(exclusive: date) -> date:
    """The last day of an interval whose end is stored exclusive."""
    return exclusive - ONE_DAY


def _kind_chips(page: unit_page.UnitPage) -> list[tuple[str, str, int]]:
    names = {
        "declaration": _("Công bố"),
        "milestone": _("Nội dung đã thực hiện"),
        "activity": _("Việc hằng năm"),
        "procedures": _("TTHC"),
        "obligation": _("Diện áp dụng"),
        "exemption": _("Không áp dụng"),
    }
    return [(kind, name, sum(each.kind == kind for each in page.entries)) for kind, name in names.items()]


def _block_chips(lines: Sequence[register.UnitLine]) -> list[tuple[str, str, int]]:
    return [(block.value, words.label(block), count) for block, count in register.count_by_block(lines).items()]


def _block() -> Block | None:
    asked = request.args.get("khoi", "")
    return Block(asked) if asked in {block.value for block in Block} else None


def _achieved(code: str, steps: dict[str, date], line: Any) -> bool:
    return code in steps or (code == DECLARED and line is not None and DECLARED not in line.missing_steps)


def _years(page: unit_page.UnitPage) -> list[int]:
    """The years of which the table of activities tells, newest first."""
    return sorted({each.fact.year for each in page.standing("activity")}, reverse=True)


def _latest_of_years(entries: Sequence[unit_page.Entry]) -> list[unit_page.Entry]:
    """The latest of each year; `entries` come newest first."""
    latest: dict[int, unit_page.Entry] = {}
    for each in entries:
        latest.setdefault(each.on.year, each)
    return list(latest.values())


def _total_of(*parts: int | None) -> int | None:
    """The sum of the parts that were stated; None when none was."""
    stated = [part for part in parts if part is not None]
    return sum(stated) if stated else None


def _own(page: unit_page.UnitPage, passage: register.Passage) -> bool:
    return passage.before.id in page.rows or passage.after.id in page.rows


def _tree(
    passages: Sequence[register.Passage], unit_id: int, *, backwards: bool, above: tuple[int, ...] = ()
) -> tuple[Node, ...]:
    """The passages as a tree from this unit on; what lies above is never repeated below."""
    above = (*above, unit_id)
    nodes = []
    for each in passages:
        here, there = (each.after, each.before) if backwards else (each.before, each.after)
        if here.id == unit_id and there.id not in above:
            nodes.append(Node(there, each, _tree(passages, there.id, backwards=backwards, above=above)))
    return tuple(nodes)
