"""Counting a roll-up: which province, day and conversion are meant, then facts, answers and rules.

A figure printed anywhere comes from here.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Province
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.errors import Invalid
from isoaudit.domain.facts import Facts, Marking
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.rollup import roll_up as count_all
from isoaudit.domain.scope import Scope
from isoaudit.services import checklists, library, settings
from isoaudit.services.rollup import answers
from isoaudit.services.rollup.cache import cache_of
from isoaudit.services.rollup.facts import NOT_YET, Look, Reader

DEFAULT_CONVERSION = "2008-2015"


@dataclass(frozen=True, slots=True)
class Counted:
    """A roll-up with what it was counted from. `home` is the key of the province, `versions` are the checklist versions
    of the audits read, by key."""

    rollup: Rollup
    scope: Scope
    home: int
    versions: Mapping[int, Checklist]


def roll_up(
    session: Session,
    province: str | None,
    year: int,
    as_of: date | None = None,
    conversion: str = DEFAULT_CONVERSION,
    *,
    period: Period | None = None,
) -> Rollup:
    """The roll-up of a province (None: the installation's) and year as of a day of it (None: the last one).

    `period`, when given, is counted over in place of the year (`domain.report_period`); `year` is that of the day.
    Raises Invalid for a day outside the year, a conversion that no file describes, a province that nobody entered.
    What a reading session counted is kept until the data change; a writing one may see what is never committed.
    """
    look = _look(session, province, year, as_of, conversion, period)
    connection = session.connection()
    if not connection.get_execution_options().get("isoaudit_reading", False):
        return _figures(session, look)
    return cache_of(connection.engine).get(look.key, lambda: _figures(session, look))


def count(
    session: Session,
    province: str | None,
    year: int,
    as_of: date | None = None,
    conversion: str = DEFAULT_CONVERSION,
    *,
    each_finding: bool = True,
    period: Period | None = None,
) -> Counted:
    """The same, always counted anew, with the facts behind it; nonconformities alike as one unless `each_finding`."""
    with _COLLECTING.left_out():
        return _count(session, _look(session, province, year, as_of, conversion, period), each_finding=each_finding)


def _look(
    session: Session, province: str | None, year: int, as_of: date | None, conversion: str, period: Period | None
) -> Look:
    known = library.conversions()
    if conversion not in known:
        raise Invalid("rollup.conversion_unknown", field="conversion", value=conversion, **library.told(known))
    values = settings.read(session)
    home = settings.bare_name(str(values["province"]))
    name = home if province is None else settings.bare_name(province)
    rows = session.execute(select(Province.id, Province.name, Province.data_version)).all()
    names = {row.id: row.name for row in rows}
    found = next((key for key, each in names.items() if each == name), NOT_YET)
    if found == NOT_YET:
        if name != home:
            expected = ", ".join(sorted({*names.values(), home}))
            raise Invalid("rollup.province_unknown", field="province", value=name, expected=expected)
        names[NOT_YET] = name
    return Look(
        home=found,
        names=names,
        year=year,
        as_of=as_of or (period.last if period is not None else date(year, 12, 31)),
        conversion=conversion,
        conditions=settings.conditions(values),
        data_version=sum(row.data_version for row in rows),
        over=None if period is None or period == Period.of_year(year) else period,
    )


class _Collecting:
    """Leaves the garbage collector out while a hundred thousand facts are made: none of them is garbage, and walking
    them again and again takes a third of the time of counting. The last of several counts at once lets it in again,
    and has it walk what is left there and then: once, where it would be twice while a page is written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts = 0
        self._was_on = False

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """While this is open, in whatever thread, nothing is collected."""
        with self._lock:
            if not self._counts:
                self._was_on = gc.isenabled()
                gc.disable()
            self._counts += 1
        try:
            yield
        finally:
            with self._lock:
                self._counts -= 1
                if not self._counts and self._was_on:
                    gc.enable()
                    gc.collect(1)


_COLLECTING = _Collecting()


@_COLLECTING.left_out()
def _figures(session: Session, look: Look) -> Rollup:
    """The figures alone: what they were counted from is gone before the collector comes back, which would walk it."""
    return _count(session, look, each_finding=False).rollup


def _count(session: Session, look: Look, *, each_finding: bool) -> Counted:
    connection = session.connection()
    reader = Reader(connection, look, each_finding=each_finding)
    audits = reader.audits()
    versions = checklists.contents(session, {place[2] for place in reader.places.values()})
    facts = Facts(
        units=reader.units(),
        successions=reader.successions(),
        exemptions=reader.exemptions(),
        obligations=reader.obligations(),
        declarations=reader.declarations(),
        milestones=reader.milestones(),
        activities=reader.activities(),
        procedures=reader.procedures(),
        audits=audits,
        nonconformities=reader.nonconformities(),
        tasks=reader.tasks(),
        editions=library.standards(),
        checklists={str(key): Marking(each.scoring, each.bands) for key, each in versions.items()},
        conditions=look.conditions,
    )
    scope = Scope(facts, province=look.province, year=look.year, as_of=look.as_of, period=look.period)
    found = answers.fetch(connection, scope, reader.places, versions, reader.before)
    rollup = count_all(scope, conversion=library.conversions()[look.conversion], answers=found)
    return Counted(rollup, scope, look.home, versions)
