"""The tasks of a year with their result levels as of a day."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.measures import Measure
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import ResultLevel
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import documents, fact_history, measuring, tasks
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.office import MeasuredForm, TaskForm

pages = Blueprint("tasks", __name__, url_prefix="/nhiem-vu")

_SORTS = {
    "nhiem-vu": lambda line: fold(line.task.task),
    "han": lambda line: line.task.due_on or date.max,
    "xong": lambda line: line.task.completed_on or date.max,
    "muc": lambda line: list(ResultLevel).index(line.level),
}

Answer = str | Response | tuple[str, int]


@pages.get("")
@requires(Permission.TASK_READ)
def index() -> str:
    """The tasks of a year, group by group, each with its level on the day chosen."""
    session = database.session()
    years = tasks.years(session)
    year = asked_year(years)
    day = asked_day(year)
    lines = tasks.of_year(session, year, day)
    wanted, level = fold(request.args.get("tim", "")).split(), request.args.get("muc", "")
    found = [line for line in lines if all(word in fold(f"{line.task.group_name} {line.task.task}") for word in wanted)]
    shown = [line for line in found if not level or line.level.value == level]
    order = request.args.get("xep", "")
    if order.removeprefix("-") in _SORTS:
        shown = sorted(shown, key=_SORTS[order.removeprefix("-")], reverse=order.startswith("-"))
    standing = [line for line in found if line.task.voided_at is None]
    said = measuring.of_year(session, year, day)
    tallies = [(each.value, words.label(each), sum(line.level is each for line in standing)) for each in ResultLevel]
    return render_template(
        "web/office/tasks.html",
        page=paging.cut(shown),
        year=year,
        years=[(each, each) for each in sorted({*years, year}, reverse=True)],
        day=day,
        said=said,
        differs={
            each.task.id
            for each in standing
            if each.task.id in said and measuring.differs(each.task, said[each.task.id])
        },
        levels=[("", _("Tất cả"), len(standing)), *tallies],
        total=len(lines),
        grouped=order.removeprefix("-") not in _SORTS,
    )


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.TASK_EDIT)
def add() -> Answer:
    """A new task."""
    session = database.session()
    form = TaskForm(data={"year": asked_year(tasks.years(session)), "group_name": request.args.get("nhom", "")})
    del form.why, form.revision
    if form.validate_on_submit():
        try:
            row = tasks.enter(session, _values(form), by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi nhiệm vụ."), "good")
            return redirect(url_for("tasks.index", nam=row.year, _anchor=f"task-{row.id}"))
    page = render_template("web/office/task_form.html", form=form, task=None, groups=tasks.groups(session))
    return page, _status()


@pages.route("/<int:task_id>", methods=["GET", "POST"])
@requires(Permission.TASK_EDIT)
def edit(task_id: int) -> Answer:
    """Correct a task, or say how far it has come; with a reason. Its history stands below."""
    session = database.session()
    task = tasks.get(session, task_id)
    form = TaskForm()
    present = False
    if request.method != "POST":
        form.fill(task)
        if task.document_id is not None:
            form.document.data = documents.cited_as(documents.get(session, task.document_id))
        correcting.begin(form, task)
    elif task.voided_at is not None:
        raise Conflict("fact.voided")
    elif form.validate_on_submit():
        try:
            changed = tasks.correct(
                session,
                task_id,
                _values(form),
                why=form.why.data,
                revision=correcting.seen(form),
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            present = correcting.refused(form, refusal, task)
        else:
            flash(_("Đã cập nhật.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
            return redirect(url_for("tasks.index", nam=form.year.data, _anchor=f"task-{task_id}"))
    page = render_template(
        "web/office/task_form.html",
        form=form,
        task=task,
        groups=tasks.groups(session),
        revisions=fact_history.of(session, [task]).get(("task", task.id), []),
        present=present,
    )
    return page, _status()


@pages.route("/<int:task_id>/so-lieu", methods=["GET", "POST"])
@requires(Permission.TASK_EDIT)
def confirm(task_id: int) -> Answer:
    """What the data say of a task: confirm it, or say otherwise with a reason."""
    session = database.session()
    task = tasks.get(session, task_id)
    day = asked_day(task.year)
    found = measuring.measure(session, [task], day).get(task_id)
    if found is None:
        return refusals.flashed(Invalid("task.not_measured"), url_for("tasks.edit", task_id=task_id))
    form, same = MeasuredForm(), measuring.proposed(task, found)
    if request.method != "POST":
        form.completed_on.data, form.content_complete.data = same.completed_on, same.content_complete
        form.result.data = same.result
        correcting.begin(form, task)
    elif form.validate():
        told = measuring.Confirmed(
            form.completed_on.data, bool(form.content_complete.data), form.result.data, form.why.data or ""
        )
        seen = correcting.seen(form)
        try:
            changed = measuring.confirm(session, task_id, told, day, revision=seen, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            correcting.refused(form, refusal, task)
        else:
            flash(_("Đã ghi kết quả.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
            return redirect(url_for("tasks.index", nam=task.year, _anchor=f"task-{task_id}"), 303)
    page = render_template(
        "web/office/task_measured.html",
        form=form,
        task=task,
        found=found,
        day=day,
        level=tasks.level(task, day),
        measure=Measure(task.measure or ""),
    )
    return page, _status()


@pages.post("/<int:task_id>/huy")
@requires(Permission.TASK_EDIT)
def void(task_id: int) -> Answer:
    """Take a task out of the plan."""
    session, why = database.session(), request.form.get("why", "")
    try:
        row = tasks.void(session, task_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name, back = tasks.get(session, task_id).task, url_for("tasks.edit", task_id=task_id)
        return reasons.again(refusal, field="why", title=_("Hủy nhiệm vụ"), record=name, back=back)
    flash(_("Đã hủy nhiệm vụ. Có thể khôi phục ở cuối danh sách."), "good")
    return redirect(url_for("tasks.index", nam=row.year, _anchor=f"task-{task_id}"))


@pages.post("/<int:task_id>/khoi-phuc")
@requires(Permission.TASK_EDIT)
def restore(task_id: int) -> Response:
    """Undo a voiding."""
    session = database.session()
    back = url_for("tasks.index", nam=tasks.get(session, task_id).year, _anchor=f"task-{task_id}")
    try:
        tasks.restore(session, task_id, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return refusals.flashed(refusal, back)
    flash(_("Đã khôi phục."), "good")
    return redirect(back)


def _values(form: TaskForm) -> dict[str, Any]:
    """The columns by name. Raises `Invalid` for a document that is not in the register."""
    typed = form.document.data
    return form.values() | {"document_id": documents.resolve(database.session(), typed).id if typed else None}


def asked_year(years: list[int]) -> int:
    """The year asked for, else the latest one with tasks up to this year, else this one."""
    asked = request.args.get("nam", "")
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and asked > "1899":
        return int(asked)
    this = clock.today().year
    return next((year for year in years if year <= this), this)


def asked_day(year: int) -> date:
    """The day asked for when it lies in the year, else the year's last day or today."""
    try:
        day = date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        day = date(1, 1, 1)
    return day if day.year == year else min(max(clock.today(), date(year, 1, 1)), date(year, 12, 31))


def _status() -> int:
    return 422 if request.method == "POST" else 200
