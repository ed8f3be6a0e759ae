"""Bringing a table of procedures into the catalogue outside a publication: the first filling, or what was missed. The
same table twice changes nothing; a version that stands with other content is refused, not changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import CatalogueProcedure
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.services import log, revisions, settings
from isoaudit.services.catalogue import entries
from isoaudit.services.catalogue.drafting import Draft


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a table did: rows added, rows that stood already."""

    added: int
    same: int


def load(
    session: Session,
    drafts: Sequence[Draft],
    *,
    document_id: int | None,
    by: log.Actor,
    now: datetime,
    example: bool = False,
) -> Loaded:
    """Add every row or none. Raises `Refusals` naming the rows that cannot be."""
    home = settings.lock_home(session)
    standing = {(row.code, row.valid_from): row for row in _standing(session, home)}
    problems: list[Refusal] = []
    added = same = 0
    for each in drafts:
        values = dict(each.values) | {"document_id": document_id}
        there = standing.get((each.code, values["valid_from"]))
        try:
            if there is not None:
                _refuse_other(there, values)
                same += 1
                continue
            row = CatalogueProcedure(province_id=home, example=example, **entries.checked(session, home, values, None))
            revisions.enter(session, row, by=by, now=now)
            added += 1
        except Refusal as refusal:
            found = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
            problems += [Invalid("catalogue.row", field="text", row=each.row, said=one) for one in found]
    if problems:
        raise problems[0] if len(problems) == 1 else Refusals(problems)
    if added:
        log.append(session, home, "catalogue.load", f"{added} TTHC", by=by, now=now, added=added, document=document_id)
    return Loaded(added, same)


def _standing(session: Session, home: int) -> Sequence[CatalogueProcedure]:
    query = select(CatalogueProcedure).where(CatalogueProcedure.province_id == home)
    return session.scalars(query.where(CatalogueProcedure.voided_at.is_(None))).all()


def _refuse_other(row: CatalogueProcedure, values: dict[str, Any]) -> None:
    """Refuse a row that says something else than what stands; what it leaves out is not compared."""
    differs = [
        name
        for name, value in values.items()
        if value is not None and (sorted(value) if isinstance(value, list) else value) != getattr(row, name)
    ]
    if differs:
        raise Invalid("catalogue.differs", field="text", value=row.code, since=short_date(row.valid_from))
