"""What a committee page looks at (year, cut-off day, conversion), read from its address, and links that keep it.

`@looking` gives a view its `Look`: of a year and day whose report was issued, the figures that were frozen, unless the
address asks for those of today (`so-lieu=hien-co`). `@looking_now` never looks at frozen ones, and opens on the year of
the report that one works on. A bad value shows the
page's form again with what is wrong, and no figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import wraps
from itertools import takewhile
from typing import Concatenate, ParamSpec

from flask import current_app, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from isoaudit.domain import numbers
from isoaudit.domain.errors import Invalid
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.standard import Conversion
from isoaudit.http import clock, database
from isoaudit.http.errors import language
from isoaudit.services import frozen_reports, library
from isoaudit.services.frozen_reports import Issued
from isoaudit.services.overview import years
from isoaudit.services.overview.kept import kept
from isoaudit.services.rollup import DEFAULT_CONVERSION, roll_up
from isoaudit.web import words
from isoaudit.web.forms.committee import LookForm
from isoaudit.web.paging import address

Arguments = ParamSpec("Arguments")
Page = str | Response | tuple[str, int]
Moved = tuple[str, int, int]
"""What is counted, how many were frozen, how many the records that are listed have now."""


@dataclass(frozen=True)
class Look:
    """The roll-up that a page shows. `has_facts` is False on an installation where nothing was entered yet. `issued` is
    the report of this very day that stands; `frozen` says that the figures are those that it froze."""

    rollup: Rollup
    conversion: Conversion
    form: LookForm
    has_facts: bool
    issued: Issued | None = None
    frozen: bool = False

    @property
    def session(self) -> Session:
        """The session of the request."""
        return database.session()

    @property
    def as_of(self) -> date:
        """The cut-off day."""
        return self.rollup.as_of

    def link(self, endpoint: str, **arguments: str | int | None) -> str:
        """The address of another of these pages with the same year, day, conversion and kind of figures."""
        if self.issued is not None and not self.frozen:
            arguments.setdefault("so_lieu", NOW)
        return url_for(
            endpoint,
            nam=self.rollup.year,
            ngay=self.as_of.isoformat(),
            chuyen_doi=self.rollup.conversion,
            **{name.replace("_", "-"): value for name, value in arguments.items() if value not in (None, "")},
        )

    def units(self, **arguments: str | int | None) -> str:
        """The address of the list of units, filtered."""
        return self.link("dashboard.units", **arguments)

    def score(self, exact: Fraction | None) -> str:
        """A score as percentages are rounded (RULES §9); "–" for none."""
        return words.score(None if exact is None else numbers.percent(exact, 100))

    def unit(self, unit_id: int) -> str | None:
        """The address of a unit's own page; None where that room does not exist."""
        if "units.show" not in current_app.view_functions:
            return None
        return url_for("units.show", unit_id=unit_id, ngay=self.as_of.isoformat())

    def audit(self, reference: str, criterion: str = "") -> str | None:
        """The address of an audit's page, at a criterion if one is given; None where that room does not exist."""
        if "audits.show" not in current_app.view_functions:
            return None
        return url_for("audits.show", reference=reference, _anchor=criterion or None)

    def moved(self, *counts: Moved) -> list[Moved]:
        """Those counts that are told as frozen and listed from today's records with another number."""
        return [each for each in counts if self.frozen and each[1] != each[2]]

    def edition(self, edition: str | None) -> str:
        """The name of an edition; empty for none."""
        known = library.standards()
        return known[edition].name.label(language()) if edition in known else (edition or "")


View = Callable[Concatenate[Look, Arguments], Page]
NOW = "hien-co"


def looking(view: View[Arguments]) -> Callable[Arguments, Page]:
    """Give the view what it looks at; what was frozen, where a report stands."""
    return _looking(view, now=False)


def looking_now(view: View[Arguments]) -> Callable[Arguments, Page]:
    """Give the view what it looks at, counted now; without a year in the address, that of the report in hand."""
    return _looking(view, now=True)


def _looking(view: View[Arguments], *, now: bool) -> Callable[Arguments, Page]:
    @wraps(view)
    def looked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Page:
        today = clock.today()
        session = database.session()
        found = years.years(session, today)
        given = _given((years.reported(session, today) if now else found.opening) or today.year)
        year = given["nam"]
        moved = given.get("tu_nam") not in (None, "", year)
        if moved and year.isdigit() and not given.get("ngay", "").startswith(year):
            return redirect(address(tu_nam=None, ngay=None))
        form = LookForm(formdata=given)
        form.offer(found.offered(today), [(each.id, _short_name(each)) for each in library.conversions().values()])
        if not form.validate():
            return render_template("web/committee/refused.html", form=form, ways=_ways(form, found, today)), 422
        issued = None if now else _issued(session, form.year, form.ngay.data, form.chuyen_doi.data)
        if form.ngay.data is None:
            form.ngay.data = years.opening_day(form.year, today) if issued is None else issued.as_of
            form.ngay.raw_data = None  # else the field prints the nothing that was sent
        form.tu_nam.data = form.nam.data
        frozen = _frozen(session, issued)
        rollup = frozen or roll_up(session, None, form.year, form.ngay.data, form.chuyen_doi.data)
        conversion = library.conversions()[rollup.conversion]
        look = Look(rollup, conversion, form, found.first is not None, issued, frozen is not None)
        return view(look, *args, **kwargs)

    return looked


def _short_name(conversion: Conversion) -> str:
    """From which edition to which, without the words that both begin with: it fits the width of a phone."""
    known = library.standards()
    old, new = (known[each].name.label(language()).split() for each in (conversion.from_edition, conversion.to_edition))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    return f"{' '.join(old)} → {' '.join(new[shared:])}"


def _issued(session: Session, year: int, day: date | None, conversion: str) -> Issued | None:
    """The report that stands for that day, or for the latest one of the year; kept until something changes."""
    key = ("issued", year, day, conversion)
    return kept(session, key, lambda: frozen_reports.standing(session, Period.of_year(year), day, conversion))


def _frozen(session: Session, issued: Issued | None) -> Rollup | None:
    """What the report froze; None when there is none, when today's figures are asked for, or when what was stored can
    not be trusted any more: then the page says that its figures are today's."""
    if issued is None or request.args.get("so-lieu") == NOW:
        return None
    try:
        return frozen_reports.figures(session, issued)
    except Invalid:
        return None


def _given(opening: int) -> MultiDict[str, str]:
    """The arguments of the address, with what was left out; a day alone names its year."""
    given = MultiDict((name, request.args.get(name, "").strip()) for name in ("nam", "ngay", "chuyen_doi", "tu_nam"))
    if not given["nam"]:
        year = given["ngay"][:4]
        given["nam"] = year if year.isdigit() else str(opening)
    if not given["chuyen_doi"]:
        given["chuyen_doi"] = DEFAULT_CONVERSION
    return given


def _ways(form: LookForm, found: years.Years, today: date) -> list[tuple[int, date, str]]:
    """What probably was meant, as (year, day, address): the year asked for, and the year of the day asked for."""
    offered = found.offered(today)
    meant: list[date] = []
    if form.nam.data and form.nam.data.isdigit() and int(form.nam.data) in offered:
        meant.append(years.opening_day(int(form.nam.data), today))
    if form.ngay.data is not None and form.ngay.data.year in offered:
        meant.append(form.ngay.data)
    if not meant:
        meant.append(years.opening_day(found.opening or today.year, today))
    known = form.chuyen_doi.data if form.chuyen_doi.data in library.conversions() else DEFAULT_CONVERSION
    return [
        (day.year, day, address(nam=day.year, ngay=day.isoformat(), chuyen_doi=known, tu_nam=None, trang=None))
        for day in dict.fromkeys(meant)
    ]
