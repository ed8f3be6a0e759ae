"""The revisions of several facts at once, each with who made it and what it changed: one query, and one each for the
documents and units that changes name.

A revision holds plain JSON. What is handed out is what it stands for: days, words of closed lists, names.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Date, Enum, and_, inspect, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Base, Document, Fact, FactRevision, Unit, User
from isoaudit.domain.measures import Measure
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.services import library

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision of a fact: its number, who made it and why, and what it changed (name → before, after): days, words,
    names of editions and conversions in both languages, numbers of documents, names of units, or values as they are."""

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
    names = _Names.of(session, [each for found in revised.values() for each in found])
    return {key: [_told(each, names) for each in found] for key, found in revised.items()}


@dataclass(frozen=True, slots=True)
class _Names:
    """What the keys in changes stand for."""

    of_key: Mapping[str, Mapping[int, str]]

    @classmethod
    def of(cls, session: Session, revised: Iterable[Revised]) -> "_Names":
        """Those that these changes need."""
        keys: dict[str, set[int]] = {"document": set(), "unit": set()}
        for each in revised:
            for name, pair in each.changed.items():
                table = _target(each.revision.entity, name)
                if table in keys:
                    keys[table] |= {key for value in pair for key in _listed(value) if isinstance(key, int)}
        columns = {"document": (Document.id, Document.number), "unit": (Unit.id, Unit.name)}
        found = {}
        for table, wanted in keys.items():
            key, name_of = columns[table]
            asked = select(key, name_of).where(key.in_(wanted))
            found[table] = dict(session.execute(asked).all()) if wanted else {}
        return cls(found)


def _told(revised: Revised, names: _Names) -> Revised:
    entity = revised.revision.entity
    after = revised.revision.content
    told = {
        name: (_meant(entity, name, pair[0], after, names), _meant(entity, name, pair[1], after, names))
        for name, pair in revised.changed.items()
    }
    return replace(revised, changed=told)


def _meant(entity: str, name: str, value: Any, row: Mapping[str, Any], names: _Names) -> Any:
    """What a value stands for; itself when that is not known (any more)."""
    if value is None or value == "":
        return None
    if name == "kinds":
        return [UnitKind(each) if each in set(UnitKind) else each for each in value]
    if (table := _target(entity, name)) in names.of_key:
        told = [names.of_key[table].get(each, each) for each in _listed(value)]
        return told if isinstance(value, list) else told[0]
    if (named := _of_library(entity, name, value, row)) is not None:
        return named
    column = Base.metadata.tables[entity].columns.get(name)
    kind = None if column is None else column.type
    if isinstance(kind, Enum) and kind.enum_class is not None and value in set(kind.enum_class):
        return kind.enum_class(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _of_library(entity: str, name: str, value: Any, row: Mapping[str, Any]) -> Any:
    if name == "edition" and value in library.standards():
        return library.standards()[value].name
    if name == "conversion" and value in library.conversions():
        return library.conversions()[value].name
    if name == "step" and row.get("conversion") in library.conversions():
        steps = library.conversions()[row["conversion"]].steps
        return next((step.name for step in steps if step.code == value), None)
    if (entity, name) == ("task", "measure") and value in set(Measure):
        return Measure(value)
    return None


def _target(entity: str, name: str) -> str:
    """The table whose keys a column holds; empty for none."""
    if name == "unit_ids":
        return "unit"
    column = Base.metadata.tables[entity].columns.get(name)
    keys = () if column is None else column.foreign_keys
    return next((key.column.table.name for key in keys), "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _changed(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs, but the marks of voiding and the texts made for searching."""
    if before is None:
        return {}
    return {
        name: (before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value and not name.startswith("void") and name != "fold"
    }
