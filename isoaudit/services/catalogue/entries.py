"""Versions of procedures in the catalogue: entering, correcting, voiding, restoring.

Refused: a missing or overlong text, a version that overlaps another of its code, units or documents that are not there,
and changing code or days of a version that a standing publication brought in or ended.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import CatalogueProcedure, Document, Publication, PublicationItem, Unit
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.services import log, settings
from isoaudit.services.records import Records

LONGEST = {"code": 64, "name": 1000, "field": 200}
COLUMNS = (
    *("code", "name", "field", "level", "link", "online", "kinds", "unit_ids", "deadline_days"),
    *("valid_from", "valid_to", "document_id", "ended_by_id"),
)
"""What a person states of a version."""
_FIXED = ("code", "valid_from", "valid_to")


def named(row: CatalogueProcedure) -> str:
    """How the log and messages name a version."""
    return f"{row.code} {row.name}"


PROCEDURES = Records("catalogue", CatalogueProcedure, "catalogue.unknown", named, COLUMNS, counts=False)

Values = Mapping[str, Any]


def enter(session: Session, values: Values, *, by: log.Actor, now: datetime, example: bool = False) -> int:
    """Enter a version; its key. Raises `Invalid` or `Refusals` with all that is wrong."""
    home = settings.lock_home(session)
    clean = checked(session, home, values, None)
    row = CatalogueProcedure(province_id=home, example=example, **clean)
    return PROCEDURES.enter(session, row, by=by, now=now).id


def correct(
    session: Session, key: int, values: Values, *, why: str | None, revision: int | None, by: log.Actor, now: datetime
) -> bool:
    """Give a version other values; False when nothing differs."""
    settings.lock_home(session)
    row = PROCEDURES.to_change(session, key, revision)
    clean = checked(session, row.province_id, values, row)
    if published(session, row.id) and any(clean[name] != getattr(row, name) for name in _FIXED):
        raise Invalid("catalogue.published", field="valid_from", value=row.code)
    return PROCEDURES.correct(session, row, clean, why=why, by=by, now=now)


def void(session: Session, key: int, *, why: str, by: log.Actor, now: datetime) -> None:
    """Take a version out of the catalogue, with a reason; refused for one that a publication brought in or ended."""
    row = PROCEDURES.to_change(session, key)
    if published(session, row.id):
        raise Invalid("catalogue.published", field="why", value=row.code)
    PROCEDURES.void(session, row, why=why, by=by, now=now)


def restore(session: Session, key: int, *, by: log.Actor, now: datetime) -> None:
    """Undo a voiding, when no other version has taken its place."""
    settings.lock_home(session)
    row = PROCEDURES.to_restore(session, key)
    _raise(_overlaps(session, row.province_id, row.code, row.valid_from, row.valid_to, row.id))
    PROCEDURES.restore(session, row, by=by, now=now)


def published(session: Session, key: int) -> bool:
    """Whether a standing publication brought this version in or ended it."""
    query = select(PublicationItem.id).join(Publication, Publication.id == PublicationItem.publication_id)
    query = query.where(Publication.voided_at.is_(None))
    query = query.where(or_(PublicationItem.before_id == key, PublicationItem.after_id == key))
    return session.scalar(query.limit(1)) is not None


def checked(session: Session, home: int, values: Values, row: CatalogueProcedure | None) -> dict[str, Any]:
    """The columns from what was given. Raises `Invalid` or `Refusals`."""
    clean: dict[str, Any] = {name: values.get(name) for name in COLUMNS}
    for name in LONGEST:
        clean[name] = " ".join(unicodedata.normalize("NFC", clean[name] or "").split())
    clean["kinds"] = sorted({UnitKind(each).value for each in clean["kinds"] or ()})
    clean["unit_ids"] = sorted(set(clean["unit_ids"] or ()))
    _raise(_problems(session, clean))
    _raise(
        _overlaps(
            session, home, clean["code"], clean["valid_from"], clean["valid_to"], row.id if row is not None else 0
        )
    )
    clean["fold"] = fold(f"{clean['code']} {clean['name']} {clean['field']}")
    return clean


def _problems(session: Session, clean: Values) -> Iterator[Refusal]:
    for name, longest in LONGEST.items():
        if not clean[name]:
            yield Invalid("catalogue.text_missing", field=name)
        elif len(clean[name]) > longest:
            yield Invalid("catalogue.text_long", field=name, value=len(clean[name]), longest=longest)
    if clean["level"] is None:
        yield Invalid("catalogue.level_missing", field="level")
    if not clean["kinds"] and not clean["unit_ids"]:
        yield Invalid("catalogue.nobody", field="units")
    known = set(session.scalars(select(Unit.id).where(Unit.id.in_(clean["unit_ids"]))))
    if known != set(clean["unit_ids"]):
        yield Invalid("unit.unknown", field="units")
    if clean["valid_from"] is None:
        yield Invalid("catalogue.day_missing", field="valid_from")
    elif clean["valid_to"] is not None and clean["valid_to"] <= clean["valid_from"]:
        yield Invalid("fact.ends_before_start", field="valid_to")
    for name in ("document_id", "ended_by_id"):
        document = session.get(Document, clean[name]) if clean[name] is not None else None
        if clean[name] is not None and (document is None or document.voided_at is not None):
            yield Invalid("document.unknown", field="document", value=document.number if document else clean[name])


def overlapping(
    session: Session, version: CatalogueProcedure, end: date | None, without: Collection[int]
) -> CatalogueProcedure | None:
    """A standing version of the same code that would lie beside this one if it stood until `end`."""
    return _beside(session, version.province_id, version.code, version.valid_from, end, without)


def _beside(
    session: Session, home: int, code: str, start: date, end: date | None, without: Collection[int]
) -> CatalogueProcedure | None:
    query = select(CatalogueProcedure).where(
        CatalogueProcedure.province_id == home,
        CatalogueProcedure.code == code,
        CatalogueProcedure.voided_at.is_(None),
        CatalogueProcedure.id.not_in(without),
        or_(CatalogueProcedure.valid_to.is_(None), CatalogueProcedure.valid_to > start),
    )
    if end is not None:
        query = query.where(CatalogueProcedure.valid_from < end)
    return session.scalar(query.limit(1))


def _overlaps(session: Session, home: int, code: str, start: date, end: date | None, own: int) -> Iterator[Refusal]:
    other = _beside(session, home, code, start, end, {own})
    if other is not None:
        yield Invalid("catalogue.overlaps", field="code", value=code, since=short_date(other.valid_from))


def _raise(found: Iterator[Refusal]) -> None:
    problems = list(found)
    if problems:
        raise problems[0] if len(problems) == 1 else Refusals(problems)
