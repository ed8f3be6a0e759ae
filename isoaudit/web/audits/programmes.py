"""The office's planning: programmes of a year, and audits for many units at once in two steps (choose, then confirm
days and warnings)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from isoaudit.db import Unit
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.domain.vocabulary import Block, Mode, Purpose, TeamRole
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.http.signin import actor
from isoaudit.services import checklists, documents, planning, programmes, register, teams
from isoaudit.services.audits import listing, reading
from isoaudit.web import correcting, paging, words
from isoaudit.web.audits import plan_form
from isoaudit.web.audits.blueprint import province_id
from isoaudit.web.audits.lists import word
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import PlanForm, ProgrammeForm

pages = Blueprint("programmes", __name__, url_prefix="/ke-hoach")
Answer = str | Response | tuple[str, int]


@pages.get("")
@requires(Permission.PROGRAMME_READ)
def index() -> str:
    """All programmes, newest year first."""
    session = database.session()
    return render_template("web/programmes/index.html", rows=programmes.listed(session, province_id(session)))


@pages.get("/<int:programme_id>")
@requires(Permission.PROGRAMME_READ)
def show(programme_id: int) -> str:
    """One programme with its audits."""
    session = database.session()
    province = province_id(session)
    programme = programmes.get(session, province, programme_id)
    audits = listing.listed(session, province, listing.Filters(programme_id=programme_id))
    document = documents.get(session, programme.document_id) if programme.document_id else None
    return render_template("web/programmes/show.html", programme=programme, document=document, page=paging.cut(audits))


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def add() -> Answer:
    """A new programme."""
    form = ProgrammeForm()
    if request.method != "POST":
        form.year.data = clock.today().year
    elif form.validate():
        session = database.session()
        try:
            made = programmes.add_programme(
                session,
                province_id(session),
                year=form.year.data or 0,
                name=form.name.data or "",
                document_id=_document(form.document.data),
                by=actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            return _again(refusal, form, "web/programmes/edit.html", programme=None)
        flash(_("Đã lập kế hoạch “%(name)s”.", name=made.name), "good")
        return redirect(url_for("programmes.show", programme_id=made.id), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("web/programmes/edit.html", form=form, programme=None), status


@pages.route("/<int:programme_id>/sua", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def edit(programme_id: int) -> Answer:
    """Another name or document, with a reason."""
    session = database.session()
    programme = programmes.get(session, province_id(session), programme_id)
    form = ProgrammeForm(data={"name": programme.name})
    if request.method != "POST":
        if programme.document_id:
            form.document.data = documents.cited_as(documents.get(session, programme.document_id))
        correcting.begin(form, programme)
        return render_template("web/programmes/edit.html", form=form, programme=programme)
    del form.year  # a programme keeps its year
    if not form.validate():
        return render_template("web/programmes/edit.html", form=form, programme=programme), 422
    try:
        programmes.correct_programme(
            session,
            province_id(session),
            programme_id,
            name=form.name.data or "",
            document_id=_document(form.document.data),
            why=form.why.data or "",
            revision=correcting.seen(form),
            by=actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        present = None
        if refusal.code == "fact.stale":
            correcting.begin(form, programme)
            present = programme.name, programme.document_id and documents.get(session, programme.document_id)
        return _again(refusal, form, "web/programmes/edit.html", programme=programme, present=present)
    flash(_("Đã sửa kế hoạch."), "good")
    return redirect(url_for("programmes.show", programme_id=programme_id), 303)


@pages.route("/lap", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def plan() -> Answer:
    """Plan audits: choose units, team, day, checklist; then confirm."""
    form = _plan_form()
    if request.method != "POST":
        form.mode.data, form.purpose.data = Mode.ON_SITE.value, Purpose.FULL.value
        form.programme.data = request.args.get("ke-hoach", "")
        form.planned_on.data = plan_form.day_asked(_year(form))
        return _choose(form)
    if "list" in request.form:  # the units of another day, with what was chosen so far
        return _choose(form), 200 if form.planned_on.validate(form) else 422
    if not form.validate() or request.form.get("step") == "back":
        return _choose(form), 200 if request.form.get("step") == "back" else 422
    session = database.session()
    chosen = plan_form.plan(form)
    try:
        if request.form.get("step") == "confirm":
            plan_form.refuse_unreadable_days(chosen)
            confirmed = "confirmed" in request.form
            made = planning.plan_audits(
                session, province_id(session), chosen, confirmed=confirmed, by=actor(), now=clock.now()
            )
            flash(_("Đã lập %(count)s cuộc kiểm tra.", count=len(made)), "good")
            if chosen.programme_id is not None:
                return redirect(url_for("programmes.show", programme_id=chosen.programme_id), 303)
            return redirect(url_for("audits.index"), 303)
        units = planning.checked(session, province_id(session), chosen)
    except Refusal as refusal:
        if refusal.status not in (404, 409, 422):
            raise
        session.rollback()
        refusals.show(form, refusal)
        if request.form.get("step") == "confirm" and _mended_on_confirming(refusal):
            units = planning.chosen(session, province_id(session), chosen)
            return _confirm(form, chosen, units), refusal.status
        return _choose(form), refusal.status
    return _confirm(form, chosen, units)


@pages.route("/doan/<path:reference>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def team(reference: str) -> Answer:
    """Another team for an audit that has no minutes."""
    session = database.session()
    province = province_id(session)
    audit = reading.find(session, province, reference, to_change=request.method == "POST")
    posts = tuple(teams.Post(each.user_id, each.role, each.contents or "") for each in audit.members)
    problem: Refusal | None = None
    if request.method == "POST":
        posts = plan_form.team()
        try:
            planning.change_team(
                session, audit.row, posts, confirmed="confirmed" in request.form, by=actor(), now=clock.now()
            )
            flash(_("Đã đổi đoàn của cuộc kiểm tra %(reference)s.", reference=reference), "good")
            return redirect(url_for("audits.show", reference=reference), 303)
        except Refusal as refusal:
            session.rollback()
            problem = refusal
            audit = reading.find(session, province, reference)
    page = render_template(
        "web/programmes/team.html",
        audit=audit,
        people=teams.candidates(session),
        posts={post.user_id: post for post in posts},
        roles=list(TeamRole),
        partial=teams.warnings(session, posts, [audit.unit]),
        problems=[] if problem is None else explain(problem).splitlines(),
    )
    return page, 200 if problem is None else problem.status


def _choose(form: PlanForm) -> str:
    session = database.session()
    day = form.planned_on.data or plan_form.usual_day(_year(form))
    block = word(Block, request.args.get("khoi", ""))
    district = request.args.get("huyen", "")
    units = register.as_of(
        session,
        day,
        search=request.args.get("tim", ""),
        block=block,
        district_id=int(district) if district.isdecimal() and len(district) < 10 else None,
    )
    chosen = set(plan_form.units())
    if request.args.get("chon") == "tat-ca":
        chosen |= {unit.id for unit in units}
    return render_template(
        "web/programmes/plan.html",
        form=form,
        units=units,
        chosen=chosen,
        districts=register.districts(session, day),
        blocks=list(Block),
        people=teams.candidates(session),
        posts={post.user_id: post for post in plan_form.team()},
        roles=list(TeamRole),
        day=day,
    )


def _mended_on_confirming(refusal: Refusal) -> bool:
    """Whether the page that confirms is where to mend it: a doubt to accept, a day of one unit."""
    codes = [each.code for each in refusal.refusals] if isinstance(refusal, Refusals) else [refusal.code]
    return set(codes) <= {"plan.partial", "plan.repeated", "plan.day", "plan.other_year", "plan.unit_not_in_force"}


def _year(form: PlanForm) -> int | None:
    """The year of the programme chosen, if one is."""
    session = database.session()
    rows = programmes.listed(session, province_id(session))
    return next((programme.year for programme, _d, _c in rows if str(programme.id) == form.programme.data), None)


def _confirm(form: PlanForm, chosen: planning.Plan, units: list[Unit]) -> str:
    session = database.session()
    people = {user.id: user for user in teams.candidates(session)}
    return render_template(
        "web/programmes/confirm.html",
        form=form,
        plan=chosen,
        units=units,
        posts=[(people[post.user_id], post) for post in chosen.team if post.user_id in people],
        partial=teams.warnings(session, chosen.team, units),
        repeated=planning.repeated(session, province_id(session), chosen, units),
        typed=[(name, value) for name, value in request.form.items(multi=True) if not _own(name)],
    )


def _own(name: str) -> bool:  # whether the confirming page asks for it itself
    return name in {"csrf_token", "step", "confirmed"} or name.startswith("day-")


def _plan_form() -> PlanForm:
    session = database.session()
    form = PlanForm()
    rows = programmes.listed(session, province_id(session))
    form.programme.choices = [
        SelectChoice("", _("Không thuộc kế hoạch nào")),
        *(SelectChoice(str(programme.id), f"{programme.year} – {programme.name}") for programme, _d, _c in rows),
    ]
    form.checklist.choices = [
        SelectChoice(row.id, f"{checklists.content(row).title.label(words.language())} {row.version}")
        for row in checklists.versions(session)
    ]
    form.mode.choices = [SelectChoice(each.value, words.label(each)) for each in Mode]
    form.purpose.choices = [SelectChoice(each.value, words.label(each)) for each in Purpose]
    return form


def _document(typed: str | None) -> int | None:
    return documents.resolve(database.session(), typed).id if (typed or "").strip() else None


def _again(refusal: Refusal, form: ProgrammeForm, template: str, **values: object) -> tuple[str, int]:
    if refusal.status not in (409, 422):
        raise refusal
    database.session().rollback()
    refusals.show(form, refusal)
    return render_template(template, form=form, **values), refusal.status
