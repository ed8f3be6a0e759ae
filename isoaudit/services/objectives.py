"""Quality objectives of a unit-year: entered for one or many units, copied from last year, corrected with a reason.

Whether one is met follows from target and result where both are numbers (`domain.objectives`). The yearly activity
`objectives` of RULES §3, which says that a unit issued them, is a fact of its own.

A result counts from its own day (RULES §1), the last day of the year when none was told. Only the standing revision
counts: the result of the half-year that the year's replaced is history, and a report as of June then has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, QualityObjective, Unit
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.localday import local_day
from isoaudit.domain.objectives import judged, wrong, wrong_day
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import Block
from isoaudit.services import log, revisions, settings, unit_years
from isoaudit.services.records import Records
from isoaudit.services.unit_years import UnitName

COLUMNS = ("year", "objective", "measure", "target", "result", "result_on", "met", "source", "document_id")
_OPTIONAL = ("measure", "result", "source")
OBJECTIVES = Records(
    "objective",
    QualityObjective,
    "objective.unknown",
    lambda row: f"{row.year}: {row.objective}",
    ("unit_id", *COLUMNS),
    counts=False,
)


@dataclass(frozen=True, slots=True)
class Line:
    """An objective with its unit and the document that issued it. `known`: its result, if any, is of the day looked at
    or earlier."""

    row: QualityObjective
    unit: UnitName
    document: Document | None
    known: bool = True

    @property
    def met(self) -> bool | None:
        """Whether it was met; None while there is no result."""
        return self.row.met if self.known else None


@dataclass(frozen=True, slots=True)
class Summary:
    """Units that have objectives, and how the objectives stand; `open` have no result yet."""

    units: int = 0
    objectives: int = 0
    met: int = 0
    missed: int = 0
    open: int = 0


def enter(
    session: Session,
    unit_ids: Iterable[int],
    values: Mapping[str, Any],
    *,
    by: log.Actor,
    now: datetime,
    example: bool = False,
) -> int:
    """Enter the same objective for one or many units; how many were entered: a unit that has it already is left as it
    is, unless it is the only one. Raises `Invalid` or `Refusals`."""
    clean = _checked(session, values, now)
    settings.lock_home(session)
    units = unit_years.in_year(session, clean["year"], unit_ids)
    if not units:
        raise Invalid("objective.no_units", field="units")
    kin = unit_years.kin(session, [unit.id for unit in units])
    rows = [row for own in kin.values() for row in own]
    having = {row.unit_id for row in _alike(session, clean, rows, 0)}
    missing = [unit for unit in units if having.isdisjoint(kin[unit.id])]
    if not missing:
        raise _twin(units[0], clean["year"])
    for unit in missing:
        revisions.enter(session, QualityObjective(unit_id=unit.id, example=example, **clean), by=by, now=now)
    _log(session, "add", f"{clean['year']}: {clean['objective']}", missing, by=by, now=now)
    return len(missing)


def copy(session: Session, unit_ids: Iterable[int], year: int, *, by: log.Actor, now: datetime) -> int:
    """Give units the objectives of the year before, with their targets and without results; a unit that has one of the
    same words keeps it. A continued unit takes over those of its earlier rows. Returns how many were made."""
    settings.lock_home(session)
    units = unit_years.in_year(session, year, unit_ids)
    keys = [unit.id for unit in units]
    chains, kin = unit_years.chains(session, keys), unit_years.kin(session, keys)
    rows = [row for own in kin.values() for row in own]
    query = select(QualityObjective).where(QualityObjective.unit_id.in_(rows), QualityObjective.voided_at.is_(None))
    query = query.where(QualityObjective.year.in_([year - 1, year])).order_by(QualityObjective.id)
    standing = session.scalars(query).all()
    made, touched = 0, []
    for unit in units:
        own = [row for row in standing if row.unit_id in chains[unit.id]]
        known = {fold(row.objective) for row in standing if row.year == year and row.unit_id in kin[unit.id]}
        for row in own:
            if row.year == year - 1 and fold(row.objective) not in known:
                known.add(fold(row.objective))
                copied = {name: getattr(row, name) for name in ("objective", "measure", "target", "source")}
                fresh = QualityObjective(unit_id=unit.id, year=year, result=None, met=None, document_id=None, **copied)
                revisions.enter(session, fresh, by=by, now=now, why=f"Sao chép từ năm {year - 1}")
                made += 1
                touched.append(unit)
    if made:
        _log(session, "copy", f"{year - 1} → {year}", list(dict.fromkeys(touched)), by=by, now=now)
    return made


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
    """Give an objective other values (its result, mostly); False when nothing differs."""
    settings.lock_home(session)
    row = OBJECTIVES.to_change(session, key, revision)
    clean = _checked(session, values, now)
    unit = unit_years.in_year(session, clean["year"], [row.unit_id])[0]
    if list(_alike(session, clean, unit_years.kin(session, [row.unit_id])[row.unit_id], row.id)):
        raise _twin(unit, clean["year"])
    return OBJECTIVES.correct(session, row, clean, why=why, by=by, now=now)


def void(session: Session, key: int, *, why: str, by: log.Actor, now: datetime) -> QualityObjective:
    """Take an objective out of every count, with a reason."""
    return OBJECTIVES.void(session, OBJECTIVES.to_change(session, key), why=why, by=by, now=now)


def restore(session: Session, key: int, *, by: log.Actor, now: datetime) -> QualityObjective:
    """Undo a voiding, when the unit, under whatever name, has no other of the same words."""
    settings.lock_home(session)
    row = OBJECTIVES.to_restore(session, key)
    kin = unit_years.kin(session, [row.unit_id])[row.unit_id]
    if list(_alike(session, {"year": row.year, "objective": row.objective}, kin, row.id)):
        raise _twin(session.get_one(Unit, row.unit_id), row.year)
    return OBJECTIVES.restore(session, row, by=by, now=now)


def of_year(session: Session, year: int, *, voided: bool = False, unit_id: int | None = None) -> list[Line]:
    """The objectives of a year, unit by unit in the order of lists; of one unit with what it continues."""
    query = (
        select(QualityObjective, Unit, Document)
        .join(Unit, Unit.id == QualityObjective.unit_id)
        .outerjoin(Document, Document.id == QualityObjective.document_id)
        .where(Unit.province_id == settings.home_id(session), QualityObjective.year == year)
    )
    query = query.where(QualityObjective.voided_at.is_not(None) if voided else QualityObjective.voided_at.is_(None))
    if unit_id is not None:
        query = query.where(QualityObjective.unit_id.in_(unit_years.chains(session, [unit_id])[unit_id]))
    lines = [Line(row, UnitName.of(unit), document) for row, unit, document in session.execute(query)]
    return sorted(lines, key=lambda each: (each.unit.order, each.row.id))


def years(session: Session) -> list[int]:
    """The years that have objectives, newest first."""
    query = select(QualityObjective.year).where(QualityObjective.voided_at.is_(None)).distinct()
    return sorted(session.scalars(query), reverse=True)


def summary(lines: Iterable[Line]) -> Summary:
    """The lines counted."""
    found = list(lines)
    judgements = [each.met for each in found]
    return Summary(
        len({each.unit.id for each in found}),
        len(found),
        judgements.count(True),
        judgements.count(False),
        judgements.count(None),
    )


def by_block(lines: Sequence[Line]) -> dict[Block, Summary]:
    """The same for each block that has any."""
    found = {block: [each for each in lines if each.unit.block is block] for block in Block}
    return {block: summary(of_block) for block, of_block in found.items() if of_block}


def as_of(lines: Iterable[Line], day: date) -> list[Line]:
    """The lines of documents dated by that day; those without a document count from the start of their year. Before the
    day of its result an objective has its target only."""
    return [
        replace(each, known=(each.row.result_on or date(each.row.year, 12, 31)) <= day)
        for each in lines
        if each.document is None or each.document.issued_on <= day
    ]


def _checked(session: Session, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    clean: dict[str, Any] = {name: values.get(name) for name in COLUMNS}
    for name in ("objective", "target"):
        clean[name] = " ".join((clean[name] or "").split())
    for name in _OPTIONAL:
        clean[name] = " ".join((clean[name] or "").split()) or None
    problems: list[Refusal] = list(wrong(clean["objective"], clean["target"], clean["result"], clean["met"]))
    problems += wrong_day(clean["year"], clean["result"], clean["result_on"], local_day(now))
    unit_years.raise_all([*problems, *unit_years.document_problems(session, clean["document_id"])])
    if clean["met"] is None:
        clean["met"] = judged(clean["target"], clean["result"])
    return clean


def _alike(session: Session, clean: Mapping[str, Any], unit_ids: Sequence[int], own: int) -> Iterable[QualityObjective]:
    query = select(QualityObjective).where(
        QualityObjective.unit_id.in_(unit_ids),
        QualityObjective.year == clean["year"],
        QualityObjective.voided_at.is_(None),
        QualityObjective.id != own,
    )
    return (row for row in session.scalars(query) if fold(row.objective) == fold(clean["objective"]))


def _twin(unit: Unit, year: int) -> Invalid:
    return Invalid("objective.stands_already", field="objective", unit=f"{unit.code} {unit.name}", year=year)


def _log(session: Session, done: str, subject: str, units: Sequence[Unit], *, by: log.Actor, now: datetime) -> None:
    home, codes = settings.home(session).id, [unit.code for unit in units]
    log.append(session, home, f"objective.{done}", subject, by=by, now=now, units=codes)
