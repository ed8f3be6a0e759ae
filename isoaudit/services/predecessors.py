"""What the units had declared that passed into another one: history, told on a successor's page beside its own."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Declaration
from isoaudit.domain import facts
from isoaudit.domain.declaration import current_edition
from isoaudit.domain.ledger import by_day
from isoaudit.domain.unit import ONE_DAY, Register
from isoaudit.domain.vocabulary import Relation
from isoaudit.services.register import History


def editions_then(session: Session, history: History) -> dict[int, str | None]:
    """Of each unit that was absorbed, merged or split into the unit of this history: the edition that it held on its
    last day, None for none. A unit that only changed its name is told of with what it became."""
    passed = {each.before.id: each.on for each in history.earlier if each.relation is not Relation.CONTINUED}
    if not passed:
        return {}
    chains = Register(
        (),
        (facts.Succession(each.before.id, each.after.id, each.on, each.relation) for each in history.earlier),
    )
    rows = {key: chains.rows(key, on) for key, on in passed.items()}
    wanted = {row for found in rows.values() for row in found}
    made: dict[int, list[facts.Declaration]] = {}
    for row in session.scalars(
        select(Declaration).where(Declaration.unit_id.in_(wanted), Declaration.voided_at.is_(None))
    ):
        made.setdefault(row.unit_id, []).append(
            facts.Declaration(row.unit_id, row.edition, row.kind, row.made_on, row.id)
        )
    return {key: _edition(made, rows[key], on - ONE_DAY) for key, on in passed.items()}


def _edition(made: dict[int, list[facts.Declaration]], rows: tuple[int, ...], day: date) -> str | None:
    own = sorted((each for row in rows for each in made.get(row, ()) if each.on <= day), key=by_day)
    return current_edition(own)
