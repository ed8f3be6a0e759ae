"""The dashboard, the list of units behind its numbers, the clause tables, how figures are counted.

Everything comes from one roll-up, which is kept in the process; a page adds a fixed few queries of its own.
"""

from collections import Counter

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import NotFound
from isoaudit.domain.vocabulary import Grade, Status
from isoaudit.http.access import requires
from isoaudit.http.errors import language
from isoaudit.services import library, settings
from isoaudit.services.overview import answered, register
from isoaudit.services.overview import clauses as clause_scores
from isoaudit.web import paging
from isoaudit.web.committee import board, decisions, filters, pictures
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.heatmap import shade
from isoaudit.web.words import label

pages = Blueprint("dashboard", __name__, url_prefix="/tong-hop")

SCORE_STEPS = (50, 70, 80, 90)
WANTING = (Grade.MINOR, Grade.MAJOR)
PER_PAGE = 100


@pages.get("")
@requires(Permission.DASHBOARD_READ)
@looking
def index(look: Look) -> str:
    """The year at a glance."""
    shown = board.columns(look)
    districts = register.districts(look.session, look.rollup)
    return render_template(
        "web/committee/index.html",
        look=look,
        columns=shown,
        cards=board.cards(look, shown),
        table=board.table(look, shown),
        charts=pictures.charts(look, shown, districts) if look.rollup.units else [],
        matters=[*board.matters(look), *decisions.matters(look)],
        procedures=board.procedures(look),
        commune_procedures=board.commune_procedures(look),
    )


@pages.get("/don-vi")
@requires(Permission.DASHBOARD_READ)
@looking
def units(look: Look) -> str:
    """The units, narrowed by the filters of the address: by status, or step by step of the conversion."""
    rollup = look.rollup
    districts = register.districts(look.session, rollup)
    editions = [
        (key, each.name.label(language()))
        for key, each in library.standards().items()
        if any(line.edition == key for line in rollup.units)
    ]
    applied = filters.filters(rollup, districts, editions)
    page = paging.cut(filters.narrowed(rollup, applied), PER_PAGE)
    exempt = [line.unit.id for line in page.rows if line.exempt]
    bands = filters.bands(rollup)
    return render_template(
        "web/committee/units.html",
        look=look,
        page=page,
        filters=applied,
        districts=districts,
        reasons=register.exemption_reasons(look.session, exempt, look.as_of),
        bands=bands,
        ranks={code: place for place, code in enumerate(bands)},
        by_step=request.args.get("bang") == "noi-dung",
        exempt=Status.EXEMPT,
    )


@pages.get("/dieu-khoan")
@requires(Permission.DASHBOARD_READ)
@looking
def clauses(look: Look) -> str:
    """The results by clause, shaded by score."""
    rollup = look.rollup
    lines = [*([rollup.part_a] if any(rollup.part_a.counts.values()) else []), *rollup.clauses]
    blocks = clause_scores.by_block(look.session, rollup)
    return render_template(
        "web/committee/clauses.html",
        look=look,
        lines=lines,
        titles=_titles(look),
        shades={line.clause: shade(line.score, SCORE_STEPS) for line in lines},
        by_block=blocks,
        block_shades={
            (block, key): shade(each.score, SCORE_STEPS)
            for block, found in blocks.items()
            for key, each in found.items()
        },
        steps=SCORE_STEPS,
        grades=list(Grade),
    )


@pages.get("/dieu-khoan/<clause>")
@requires(Permission.DASHBOARD_READ)
@looking
def clause(look: Look, clause: str) -> str:
    """The answers behind one line of the clause table: by question, then one by one."""
    rollup = look.rollup
    line = rollup.part_a if clause == answered.PART_A else next((x for x in rollup.clauses if x.clause == clause), None)
    if line is None or not any(line.counts.values()):
        raise NotFound("page.not_found")
    asked, code = request.args.get("danh-gia", ""), request.args.get("noi-dung", "")
    grades = {Grade(asked)} if asked in set(Grade) else set(Grade) if asked == "tat-ca" else set(WANTING)
    found = answered.behind(look.session, rollup, clause, grades, code)
    page = paging.cut(found.answers)
    listed = Counter(each.grade for each in found.answers)
    counts = ((label(each).capitalize(), line.counts.get(each, 0), listed[each]) for each in Grade if each in grades)
    return render_template(
        "web/committee/clause.html",
        moved=[] if code else look.moved(*counts),
        look=look,
        line=line,
        title=_titles(look).get(clause, ""),
        questions=found.questions,
        page=page,
        told=answered.told(look.session, page.rows),
        grades=list(Grade),
        shade=shade(line.score, SCORE_STEPS),
        part_a=clause == answered.PART_A,
    )


@pages.get("/cach-tinh")
@requires(Permission.DASHBOARD_READ)
@looking
def method(look: Look) -> str:
    """What each figure means."""
    values = settings.read(look.session)
    return render_template(
        "web/committee/method.html",
        look=look,
        conditions=settings.conditions(values),
        decimals=values["percent_decimals"],
        checklists=answered.versions(look.session, look.rollup),
        grades=list(Grade),
    )


def _titles(look: Look) -> dict[str, str]:
    """The titles of the clauses that the table has, in the newest edition of the conversion."""
    standard = library.standards()[look.conversion.to_edition]
    titles = {line.clause: standard.title(line.clause, language()) for line in look.rollup.clauses}
    return {answered.PART_A: _("Yêu cầu của pháp luật và của tỉnh"), **titles}
