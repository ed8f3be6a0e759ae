"""Money of a programme year, by unit or inspection team: entering, correcting, listing. What must hold for a line and
how lines are summed is in `domain.money`."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Audit, Document, MoneyLine, Programme, Unit
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.localday import local_day
from isoaudit.domain.money import dong, wrong
from isoaudit.domain.text import sort_key
from isoaudit.services import log, settings, unit_years
from isoaudit.services.records import Records
from isoaudit.services.unit_years import UnitName

COLUMNS = (
    *("year", "unit_id", "team", "purpose", "source", "estimate", "spent", "spent_on", "settled", "settled_on"),
    *("document_id", "settled_document_id", "note"),
)
_TEXTS = ("team", "purpose", "source", "note")
MONEY = Records(
    "money",
    MoneyLine,
    "money.unknown",
    lambda row: f"{row.year} {row.purpose}: {dong(row.estimate)}",
    COLUMNS,
    counts=False,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its unit (None: it is a team's), and the documents of estimate and settlement."""

    row: MoneyLine
    unit: UnitName | None
    document: Document | None
    settled_document: Document | None

    @property
    def owner(self) -> str:
        """The unit or the team by name."""
        return self.unit.name if self.unit is not None else self.row.team or ""

    @property
    def estimate(self) -> int:
        """What was planned."""
        return self.row.estimate

    @property
    def spent(self) -> int | None:
        """What was spent, None when nothing was told."""
        return self.row.spent

    @property
    def settled(self) -> int | None:
        """What was settled, likewise."""
        return self.row.settled

    @property
    def order(self) -> tuple[int, tuple[int, str, str], int]:
        """Units first, in the order of lists, then teams by name."""
        if self.unit is not None:
            return 0, self.unit.order, self.row.id
        return 1, (0, sort_key(self.owner), ""), self.row.id


def enter(
    session: Session, values: Mapping[str, Any], *, by: log.Actor, now: datetime, example: bool = False
) -> MoneyLine:
    """Enter a line. Raises `Invalid` or `Refusals` with all that is wrong."""
    home = settings.lock_home(session)
    clean = _checked(session, home, values, 0, now)
    return MONEY.enter(session, MoneyLine(province_id=home, example=example, **clean), by=by, now=now)


def correct(
    session: Session,
    key: int,
    values: Mapping[str, Any],
    *,
    why: str | None,
    revision: int | None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Give a line other values (what was spent or settled, mostly); False when nothing differs."""
    settings.lock_home(session)
    row = MONEY.to_change(session, key, revision)
    clean = _checked(session, row.province_id, values, row.id, now)
    return MONEY.correct(session, row, clean, why=why, by=by, now=now)


def void(session: Session, key: int, *, why: str, by: log.Actor, now: datetime) -> MoneyLine:
    """Take a line out of every sum, with a reason."""
    return MONEY.void(session, MONEY.to_change(session, key), why=why, by=by, now=now)


def restore(session: Session, key: int, *, by: log.Actor, now: datetime) -> MoneyLine:
    """Undo a voiding, when no other line has taken its place, under whatever name of the unit."""
    settings.lock_home(session)
    row = MONEY.to_restore(session, key)
    unit_years.raise_all(_twins(session, row.province_id, {name: getattr(row, name) for name in COLUMNS}, row.id))
    return MONEY.restore(session, row, by=by, now=now)


def of_year(session: Session, year: int, *, voided: bool = False) -> list[Line]:
    """The lines of a programme year: units in the order of lists, then teams."""
    settled_by = aliased(Document)
    query = (
        select(MoneyLine, Unit, Document, settled_by)
        .outerjoin(Unit, Unit.id == MoneyLine.unit_id)
        .outerjoin(Document, Document.id == MoneyLine.document_id)
        .outerjoin(settled_by, settled_by.id == MoneyLine.settled_document_id)
        .where(MoneyLine.province_id == settings.home_id(session), MoneyLine.year == year)
    )
    query = query.where(MoneyLine.voided_at.is_not(None) if voided else MoneyLine.voided_at.is_(None))
    lines = [
        Line(row, UnitName.of(unit) if unit is not None else None, document, settled)
        for row, unit, document, settled in session.execute(query)
    ]
    return sorted(lines, key=lambda each: each.order)


def years(session: Session) -> list[int]:
    """The years that have lines, newest first."""
    query = select(MoneyLine.year).where(MoneyLine.province_id == settings.home_id(session)).distinct()
    return sorted(session.scalars(query), reverse=True)


def sources(session: Session) -> list[str]:
    """The sources of funds used so far, to be offered again."""
    query = select(MoneyLine.source).where(MoneyLine.province_id == settings.home_id(session)).distinct()
    return sorted(session.scalars(query), key=sort_key)


def teams(session: Session, year: int) -> list[str]:
    """The teams of the year: the groups of its programmes' audits, and those that have lines."""
    home = settings.home_id(session)
    planned = select(Audit.group_name).join(Programme, Programme.id == Audit.programme_id)
    planned = planned.where(Audit.province_id == home, Programme.year == year, Audit.group_name.is_not(None)).distinct()
    used = select(MoneyLine.team).where(MoneyLine.province_id == home, MoneyLine.team.is_not(None)).distinct()
    found = {each for each in (*session.scalars(planned), *session.scalars(used)) if each}
    return sorted(found, key=sort_key)


def _checked(session: Session, home: int, values: Mapping[str, Any], own: int, now: datetime) -> dict[str, Any]:
    clean: dict[str, Any] = {name: values.get(name) for name in COLUMNS}
    for name in _TEXTS:
        clean[name] = " ".join(unicodedata.normalize("NFC", clean[name] or "").split()) or None
    problems: list[Refusal] = list(wrong(clean, local_day(now)))
    problems += unit_years.document_problems(session, clean["document_id"], clean["settled_document_id"])
    unit_years.raise_all(problems)
    if clean["unit_id"] is not None:
        unit_years.in_year(session, clean["year"], [clean["unit_id"]])
    unit_years.raise_all(_twins(session, home, clean, own))
    return clean


def _twins(session: Session, home: int, clean: Mapping[str, Any], own: int) -> Iterator[Refusal]:
    same = select(MoneyLine.id).where(
        MoneyLine.province_id == home,
        MoneyLine.year == clean["year"],
        MoneyLine.purpose == clean["purpose"],
        MoneyLine.source == clean["source"],
        MoneyLine.voided_at.is_(None),
        MoneyLine.id != own,
    )
    unit = clean["unit_id"]
    if unit is None:
        owner = MoneyLine.team == clean["team"]
    else:
        owner = MoneyLine.unit_id.in_(unit_years.kin(session, [unit])[unit])
    if session.scalar(same.where(owner).limit(1)) is not None:
        yield Invalid("money.stands_already", field="purpose", year=clean["year"])
