"""What the planning form holds besides its own fields: the units, the team, the day of each unit. The pages are in
`programmes`."""

from datetime import date, timedelta

from flask import request

from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.domain.vocabulary import Mode, Purpose, TeamRole
from isoaudit.http import clock, database
from isoaudit.services import planning, teams
from isoaudit.web.audits.blueprint import province_id
from isoaudit.web.audits.lists import word
from isoaudit.web.forms.audits import PlanForm


def plan(form: PlanForm) -> planning.Plan:
    """The plan as the form tells it; days that are none are left out."""
    chosen = units()
    return planning.Plan(
        unit_ids=tuple(chosen),
        checklist_version_id=form.checklist.data,
        team=team(),
        planned_on=form.planned_on.data,
        programme_id=int(form.programme.data) if form.programme.data else None,
        group_name=form.group.data or "",
        mode=Mode(form.mode.data),
        purpose=Purpose(form.purpose.data),
        core_only=bool(form.core.data),
        days={unit: day for unit in chosen if (day := _day(request.form.get(f"day-{unit}", ""))) is not None},
    )


def refuse_unreadable_days(plan: planning.Plan) -> None:
    """Refuse days of single units that are none: silently taking the common day would plan what nobody asked for."""
    unread = [unit for unit in plan.unit_ids if f"day-{unit}" in request.form and unit not in plan.days]
    if unread:
        session = database.session()
        wrong = [
            Invalid("plan.day", record=unit.name, value=request.form[f"day-{unit.id}"][:40] or "–")
            for unit in planning.chosen(session, province_id(session), plan)
            if unit.id in unread
        ]
        if wrong:
            raise Refusals(wrong)


def usual_day(year: int | None) -> date:
    """The day offered for a programme of that year: today when it lies in it, else the first working day of
    November."""
    today = clock.today()
    if year is None or today.year == year:
        return today
    day = date(year, 11, 1)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def day_asked(year: int | None) -> date:
    """The day on which the list of units is asked for by the address, else the usual one."""
    return _day(request.args.get("ngay", "")) or usual_day(year)


def units() -> list[int]:
    """The keys of the units ticked, each once."""
    return list(
        dict.fromkeys(int(each) for each in request.form.getlist("unit") if each.isdecimal() and len(each) < 10)
    )


def team() -> tuple[teams.Post, ...]:
    """The people given a role."""
    posts = []
    for name, value in request.form.items():
        role = word(TeamRole, value)
        user_id = name.removeprefix("role-")
        if name.startswith("role-") and role is not None and user_id.isdecimal() and len(user_id) < 10:
            posts.append(teams.Post(int(user_id), role, request.form.get(f"contents-{user_id}", "")))
    return tuple(posts)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
