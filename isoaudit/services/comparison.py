"""Which figures stand for an earlier period, and two days of the province compared over the mergers between them.

The report, the briefing, the comparison and the trends all ask here, so that none of them shows another "last year".
How two roll-ups are compared is `domain.comparison`.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Province, Succession, Unit
from isoaudit.domain import facts, report_period
from isoaudit.domain.comparison import Basis, Comparison, compare
from isoaudit.domain.errors import Invalid
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.services import frozen_reports, settings
from isoaudit.services.frozen_reports import Issued
from isoaudit.services.rollup import roll_up


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period; `issued` is the report that froze them, None when they are counted from today's data.
    Whoever shows them says which."""

    rollup: Rollup
    issued: Issued | None = None


def figures_of(
    session: Session,
    period: Period,
    conversion: str,
    *,
    day: date | None = None,
    province: str | None = None,
    live: bool = False,
) -> Figures:
    """The figures that stand for a period: those frozen by its issued report (RULES §10), else counted now.

    Of several issued reports of exactly this period and conversion, the one that stands is taken: never one that a
    correction replaced; that of the province's usual issuer before another's; of these the latest cut-off day, at which
    most of the period is known; of one day the latest issued. With `day`, only a report as of that very day. Counted
    now means as of `day`, else of the period's last day; `live` counts anew in any case, as of the day of the report
    that would have stood. Frozen figures hold every unit as it was, so that they are compared over mergers like any.
    A frozen report that is not what was frozen is not taken: the figures then are counted, and say so.

    (reading: a report issued after the day looked at stands too: what the province has said of that year is one thing,
    whenever it is read. Reports are the installation's province's; another `province` is always counted.)
    """
    own = province is None or settings.bare_name(province) == settings.home(session).name
    issued = frozen_reports.standing(session, period, day, conversion) if own else None
    if issued is not None and not live:
        with suppress(Invalid):
            return Figures(frozen_reports.figures(session, issued), issued)
    as_of = day or (issued.as_of if issued is not None and live else period.last)
    return Figures(roll_up(session, province, as_of.year, as_of, conversion, period=period))


def period_before(session: Session, rollup: Rollup, province: str | None = None) -> Figures | None:
    """The figures to compare a roll-up with: those that stand for the period before (the year before, the same half of
    it, as many years before). None when no report of it was issued and nothing was known by its end: no unit had
    declared, had to convert or was audited."""
    found = figures_of(session, report_period.before(rollup.period), rollup.conversion, province=province)
    total = found.rollup.total
    return found if found.issued or total.declared or total.visits or total.baseline else None


def of(session: Session, before: Rollup, now: Rollup, basis: Basis) -> Comparison:
    """Two roll-ups compared. The earlier one may be frozen: a merger of before its day that was typed in later is
    followed from the units of its list. Raises Invalid when their days are not in order."""
    rows = session.execute(
        select(
            Succession.predecessor_id, Succession.successor_id, Succession.on_day, Succession.relation, Succession.id
        )
        .where(Succession.on_day <= now.as_of)
        .order_by(Succession.on_day, Succession.id)
    )
    return compare(before, now, [facts.Succession(*row) for row in rows], basis, _arranged(session, before.as_of))


def _arranged(session: Session, day: date) -> dict[int, facts.Unit]:
    """The units that passed into another, or came of one, until a day; by id."""
    early = Succession.on_day <= day
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Province.name, Unit.valid_from, Unit.valid_to)
        .join(Province, Province.id == Unit.province_id)
        .where(
            or_(
                Unit.id.in_(select(Succession.predecessor_id).where(early)),
                Unit.id.in_(select(Succession.successor_id).where(early)),
            )
        )
    )
    return {row.id: facts.Unit(*row) for row in rows}
