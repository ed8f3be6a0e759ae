"""The revisions of several facts at once, each with who made it and what it changed; one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, inspect, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Fact, FactRevision, User

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision of a fact: its number, who made it and why, and what it changed (name → before, after)."""

    revision: FactRevision
    who: str | None
    changed: Mapping[str, tuple[Any, Any]]


def key_of(fact: Fact) -> Key:
    """How a fact is named among the revisions: table and number."""
    return inspect(type(fact)).local_table.name, fact.id


def of(session: Session, facts: Iterable[Fact]) -> dict[Key, list[Revised]]:
    """The revisions of these facts, oldest first."""
    ids: dict[str, list[int]] = defaultdict(list)
    for table, number in map(key_of, facts):
        ids[table].append(number)
    if not ids:
        return {}
    of_these = or_(
        *(and_(FactRevision.entity == table, FactRevision.entity_id.in_(numbers)) for table, numbers in ids.items())
    )
    query = select(FactRevision, User.full_name).outerjoin(User, User.id == FactRevision.by).where(of_these)
    revised: dict[Key, list[Revised]] = defaultdict(list)
    before: dict[Key, dict[str, Any]] = {}
    for revision, who in session.execute(query.order_by(FactRevision.revision)):
        key = (revision.entity, revision.entity_id)
        revised[key].append(Revised(revision, who, _changed(before.get(key), revision.content)))
        before[key] = revision.content
    return dict(revised)


def _changed(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs, but the marks of voiding and the texts made for searching."""
    if before is None:
        return {}
    return {
        name: (before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value and not name.startswith("void") and name != "fold"
    }
