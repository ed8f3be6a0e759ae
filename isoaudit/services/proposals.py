"""The units that next year's programme should take in, worked out from a year's figures (`domain.proposal`)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Audit
from isoaudit.domain.proposal import Proposal, propose
from isoaudit.domain.vocabulary import AuditState, Mode, Purpose
from isoaudit.services import rollup

_COUNTED = (AuditState.MINUTED, AuditState.CONCLUDED)


def for_year(session: Session, year: int, today: date) -> Sequence[Proposal]:
    """The units due in `year`, by what the year before says of them: as of its last day, or of today while it lasts.

    Raises Invalid for a year of which nothing can be said yet.
    """
    return due(session, rollup.count(session, None, year - 1, day_of(year, today)))


def day_of(year: int, today: date) -> date:
    """The day as of which it is worked out what is due in `year`."""
    return min(date(year - 1, 12, 31), max(today, date(year - 1, 1, 1)))


def due(session: Session, counted: rollup.Counted) -> Sequence[Proposal]:
    """The units due in the year after that of a roll-up, by what it says."""
    as_of = counted.rollup.as_of
    rows = session.execute(
        select(Audit.unit_id, func.max(Audit.minuted_on))
        .where(
            Audit.mode == Mode.ON_SITE,
            Audit.purpose == Purpose.FULL,
            Audit.state.in_(_COUNTED),
            Audit.minuted_on <= as_of,
        )
        .group_by(Audit.unit_id)
    )
    return propose(counted.scope, counted.rollup, {row[0]: row[1] for row in rows if row[1] is not None})
