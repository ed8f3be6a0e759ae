"""Two days of the province compared over the mergers between them: the roll-ups of both, and the successions of the
register (`domain.comparison`)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Succession
from isoaudit.domain import facts
from isoaudit.domain.comparison import Basis, Comparison, compare
from isoaudit.domain.figures import Rollup


def of(session: Session, before: Rollup, now: Rollup, basis: Basis) -> Comparison:
    """Two roll-ups compared. Raises Invalid when their days are not in order."""
    rows = session.execute(
        select(
            Succession.predecessor_id, Succession.successor_id, Succession.on_day, Succession.relation, Succession.id
        )
        .where(Succession.on_day > before.as_of, Succession.on_day <= now.as_of)
        .order_by(Succession.on_day, Succession.id)
    )
    return compare(before, now, [facts.Succession(*row) for row in rows], basis)
