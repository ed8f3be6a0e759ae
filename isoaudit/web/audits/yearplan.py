"""The year's plan as a calendar (a month, a week) and against what was made, with clashes of teams and units; moving a
visit to another day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain import yearplan
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Refusal
from isoaudit.domain.yearplan import Fate, Visit
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services import moving
from isoaudit.services import yearplan as plans
from isoaudit.services.audits import reading
from isoaudit.web import paging, words
from isoaudit.web.audits.blueprint import province_id
from isoaudit.web.audits.programmes import pages
from isoaudit.web.forms import refusals
from isoaudit.web.forms.planning import MoveForm

_WEEK = timedelta(days=7)
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with its visits; `outside` the month shown."""

    day: date
    visits: Sequence[Visit]
    outside: bool = False


@pages.get("/lich")
@requires(Permission.PROGRAMME_READ)
def calendar() -> str:
    """The visits of a month, or of a week with their teams, as a table that can be printed."""
    session, today = database.session(), clock.today()
    week = _asked_day("tuan")
    year = week.year if week else _year(today)
    visits = plans.visits(session, province_id(session), year, today)
    shown = [
        each
        for each in visits
        if each.day is not None and each.day.year == year and each.fate(today) is not Fate.CANCELLED
    ]
    counts = Counter(each.day.month for each in shown if each.day is not None)
    month = week.month if week else _month(year, counts, today)
    first = week - timedelta(days=week.weekday()) if week else date(year, month, 1)
    weeks = [_days(first, shown, None)] if week else list(_month_of(first, shown))
    held = {day.day for row in weeks for day in row if not day.outside}
    people = [each for each in yearplan.person_clashes(visits) if each.day in held]
    units = yearplan.unit_clashes(visits)
    return render_template(
        "web/programmes/calendar.html",
        year=year,
        years=[(each, each) for each in sorted({*plans.years(session, province_id(session)), year}, reverse=True)],
        month=None if week else month,
        months=[(str(each), _("tháng %(number)s", number=each), counts[each] or None) for each in range(1, 13)],
        first=first,
        last=max(held),
        weeks=weeks,
        by_week=week is not None,
        before=first - _WEEK if week else None,
        after=first + _WEEK if week else None,
        people=people,
        units=units,
        twice={visit.reference for each in units for visit in each.visits},
        clashing={(each.day, visit.reference) for each in people for visit in each.visits},
        today=today,
        total=len(shown),
    )


@pages.get("/thuc-hien")
@requires(Permission.PROGRAMME_READ)
def actual() -> str:
    """What became of the year's plan: made, moved, still to come, missed, cancelled with the reason."""
    session, today = database.session(), clock.today()
    year = _year(today)
    visits = plans.visits(session, province_id(session), year, today)
    day = min(today, date(year, 12, 31))
    fates = {each.reference: each.fate(day) for each in visits}
    counts = Counter(fates.values())
    asked = request.args.get("muc", "")
    moved = [each for each in visits if each.moved]
    shown = moved if asked == "doi-ngay" else [each for each in visits if not asked or fates[each.reference] == asked]
    return render_template(
        "web/programmes/actual.html",
        year=year,
        years=[(each, each) for each in sorted({*plans.years(session, province_id(session)), year}, reverse=True)],
        day=day,
        groups=yearplan.by_group(visits, day),
        people_lines=yearplan.by_person(visits, day),
        columns=list(Fate),
        page=paging.cut(shown),
        fates=fates,
        chips_of=[
            ("", _("Tất cả"), len(visits)),
            *((fate.value, words.label(fate), counts[fate]) for fate in Fate if counts[fate]),
            *([("doi-ngay", _("có dời ngày"), len(moved))] if moved else []),
        ],
        people=yearplan.person_clashes(visits),
        units=yearplan.unit_clashes(visits),
    )


@pages.route("/doi-ngay/<path:reference>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def move(reference: str) -> Answer:
    """Another day for a visit that has not begun."""
    session, form = database.session(), MoveForm()
    province = province_id(session)
    audit = reading.find(session, province, reference)
    if request.method == "POST" and form.validate():
        try:
            moving.move(session, province, reference, form.day.data, why=form.why.data, by=actor(), now=clock.now())
        except Refusal as refusal:
            session.rollback()
            refusals.show(form, refusal)
        else:
            flash(_("Đã dời ngày kiểm tra %(unit)s.", unit=audit.unit.name), "good")
            return redirect(url_for("programmes.calendar", tuan=form.day.data.isoformat()), 303)
    elif request.method != "POST":
        form.day.data = audit.row.planned_on
    audit = reading.find(session, province, reference)
    page = render_template("web/programmes/move.html", audit=audit, form=form)
    return page, 422 if request.method == "POST" else 200


def _days(first: date, visits: Iterable[Visit], month: int | None) -> list[Day]:
    """Seven days from a Monday on, with their visits."""
    week = [first + timedelta(days=place) for place in range(7)]
    held = {day: [each for each in visits if each.day == day] for day in week}
    return [Day(day, held[day], outside=month is not None and day.month != month) for day in week]


def _month_of(first: date, visits: Sequence[Visit]) -> Iterable[list[Day]]:
    monday = first - timedelta(days=first.weekday())
    while monday.month == first.month or monday < first:
        yield _days(monday, visits, first.month)
        monday += _WEEK


def _year(today: date) -> int:
    """The year asked for, else the latest one with visits up to this year, else this one."""
    asked = request.args.get("nam", "")
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and "1999" < asked < "2101":
        return int(asked)
    session = database.session()
    return next((year for year in plans.years(session, province_id(session)) if year <= today.year), today.year)


def _month(year: int, counts: Counter[int], today: date) -> int:
    """The month asked for; else this one, when something is planned in it, or the last one with visits."""
    asked = request.args.get("thang", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 3 and 1 <= int(asked) <= 12:
        return int(asked)
    if year == today.year:
        return today.month
    return max((month for month in counts if counts[month]), default=1)


def _asked_day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
