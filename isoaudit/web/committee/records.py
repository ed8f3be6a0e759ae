"""The records behind the counts of the dashboard that are no units in force: nonconformities, visits, tasks of the
year, units that ended."""

from collections import Counter
from collections.abc import Callable

from flask import render_template, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from isoaudit.domain.access import Permission
from isoaudit.domain.vocabulary import Block, Grade, ResultLevel
from isoaudit.http.access import requires
from isoaudit.services import tasks as tasks_of
from isoaudit.services.audits import elsewhere
from isoaudit.services.overview import findings, register
from isoaudit.services.overview.findings import NonconformityLine
from isoaudit.web import paging
from isoaudit.web.committee.dashboard import pages
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.words import label

Holds = Callable[[NonconformityLine, Look], bool]

VIEWS: dict[str, tuple[LazyString, Holds]] = {
    "": (_l("Đang mở vào ngày chốt"), lambda each, look: each.closed_on is None),
    "qua-han": (_l("Quá hạn"), lambda each, look: each.overdue(look.as_of)),
    "nang": (_l("Nặng, đang mở"), lambda each, look: each.closed_on is None and each.grade is Grade.MAJOR),
    "chua-co-han": (_l("Chưa có thời hạn"), lambda each, look: each.closed_on is None and each.due_on is None),
    "dau-ky": (_l("Chuyển từ kỳ trước"), lambda each, look: each.raised_on < look.rollup.period.first),
    "phat-sinh": (_l("Phát sinh trong kỳ"), lambda each, look: each.raised_on >= look.rollup.period.first),
    "da-dong": (_l("Đã đóng trong kỳ"), lambda each, look: each.closed_on is not None),
}
"""What the address may ask for (`?xem=`): a part of the roll-up's nonconformities, and what it is called."""
_FIGURES = {
    "": "closing",
    "qua-han": "overdue",
    "nang": "major",
    "chua-co-han": "without_deadline",
    "dau-ky": "opening",
    "phat-sinh": "raised",
    "da-dong": "closed",
}
"""The roll-up's figure of each part."""


@pages.get("/diem-khong-phu-hop")
@requires(Permission.DASHBOARD_READ)
@looking
def nonconformities(look: Look) -> str:
    """The nonconformities that the roll-up counts."""
    lines = findings.nonconformities(look.session, look.rollup)
    asked = request.args.get("xem", "")
    asked = asked if asked in VIEWS else ""
    name, holds = VIEWS[asked]
    found = [each for each in lines if holds(each, look)]
    page = paging.cut(found)
    return render_template(
        "web/committee/nonconformities.html",
        look=look,
        moved=look.moved((str(name), getattr(look.rollup.nonconformities, _FIGURES[asked]), len(found))),
        page=page,
        districts=register.district_names(look.session, {each.unit_id for each in page.rows}),
        views=[(key, name, sum(belongs(each, look) for each in lines)) for key, (name, belongs) in VIEWS.items()],
    )


@pages.get("/luot-kiem-tra")
@requires(Permission.DASHBOARD_READ)
@looking
def visits(look: Look) -> str:
    """The minuted audits of the period, self-assessments left out."""
    lines = {line.unit.id: line for line in look.rollup.units}
    block = request.args.get("khoi", "")
    found = [(each, lines[each.unit_id]) for each in findings.visits(look.session, look.rollup)]
    if block:
        found = [(each, line) for each, line in found if block in (line.block, line.unit.kind)]
    page = paging.cut(found)
    districts = register.district_names(look.session, {line.unit.id for _each, line in page.rows})
    bodies = elsewhere.bodies(look.session, [each.audit for each, _line in found])
    told = look.rollup.blocks.get(Block(block)) if block in set(Block) else None if block else look.rollup.total
    moved = look.moved((label(Block(block)) if block else _("Tất cả"), told.visits, len(found))) if told else []
    return render_template(
        "web/committee/visits.html", look=look, page=page, districts=districts, bodies=bodies, moved=moved
    )


@pages.get("/nhiem-vu")
@requires(Permission.DASHBOARD_READ)
@looking
def tasks(look: Look) -> str:
    """The tasks of the year with their result on the day."""
    home = register.home(look.session)
    lines = [] if home is None else tasks_of.of_year(look.session, look.rollup.year, look.as_of)
    standing = [line for line in lines if line.task.voided_at is None]
    asked = request.args.get("muc", "")
    levels = [each for each in ResultLevel if asked not in set(ResultLevel) or each == asked]
    listed = Counter(line.level for line in standing)
    return render_template(
        "web/committee/tasks.html",
        look=look,
        moved=look.moved(*((label(each).capitalize(), look.rollup.tasks[each], listed[each]) for each in levels)),
        lines=[line for line in standing if line.level in levels],
        levels=list(ResultLevel),
        total=len(standing),
    )


@pages.get("/da-ket-thuc")
@requires(Permission.DASHBOARD_READ)
@looking
def ended(look: Look) -> str:
    """The units that ended in the period and go on in no other."""
    return render_template("web/committee/ended.html", look=look, page=paging.cut(look.rollup.ended))
