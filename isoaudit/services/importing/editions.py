"""No declaration may name an edition older than the one current at that point (RULES §3).

The rows of the file are looked at together with those that stand, along `continued` chains, in the order of their
days and, on one day, of entry: a newer edition entered late can make a later declaration wrong.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from isoaudit.db import Declaration as DeclarationRow
from isoaudit.db import Succession as SuccessionRow
from isoaudit.domain.declaration import OlderThanCurrent, declares, refused
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.facts import Declaration
from isoaudit.domain.ledger import by_day
from isoaudit.domain.vocabulary import Relation
from isoaudit.services import library
from isoaudit.services.importing.changes import Change, stored
from isoaudit.services.importing.job import Held, Job
from isoaudit.services.importing.resolution import UnitBook

_AFTER_ALL_STANDING = 1 << 40


def check_editions(job: Job, changes: list[Change], successions: list[Change], units: UnitBook) -> None:
    """Refuse rows of `declarations` that are wrong themselves or make another one wrong."""
    if not any(change.action != "unchanged" for change in (*changes, *successions)):
        return
    declarations = _all_declarations(job, changes, units)
    before = _continued(job, successions, units)
    rows = {change.draft.row: change for change in changes}
    joins = {change.draft.values["successor_id"]: change for change in successions if change.action != "unchanged"}
    told: set[int] = set()
    for unit in declarations:
        history, seen = [], [unit]
        for each in seen:
            history += declarations.get(each, [])
            seen += [earlier for earlier in before.get(each, ()) if earlier not in seen]
        for wrong in refused(history, library.standards()):
            blamed = _blamed(wrong.declaration, history)
            join = next((joins[each] for each in seen if each in joins), None)
            if blamed == 0 and join is not None:
                _refuse_join(job, join, wrong)
            if blamed in told or blamed not in rows:
                continue
            told.add(blamed)
            _refuse(job, rows[blamed], wrong.declaration, wrong.current, blamed)


def _row(declaration: Declaration) -> int:
    """The row of the sheet under which the declaration was put; 0 for one that stands and is not in the file."""
    return declaration.unit_id


def _blamed(wrong: Declaration, history: list[Declaration]) -> int:
    """The row to be told: the wrong declaration's own, or the last one of the file before it."""
    if _row(wrong):
        return _row(wrong)
    earlier = [each for each in history if by_day(each) < by_day(wrong) and _row(each) and declares(each)]
    return _row(max(earlier, key=by_day)) if earlier else 0


def _refuse(job: Job, change: Change, wrong: Declaration, current: str, row: int) -> None:
    values = change.draft.values
    own = _row(wrong) == row
    job.problems.append(
        Invalid(
            "importing.older_edition" if own else "importing.newer_edition",
            sheet="declarations",
            row=row,
            column="edition",
            value=values["edition"],
            unit=values["unit_id"].label,
            current=current,
            other=wrong.edition,
            day=short_date(wrong.on),
        )
    )


def _refuse_join(job: Job, change: Change, wrong: OlderThanCurrent) -> None:
    """Two histories, each right, that a `continued` row would join into a wrong one."""
    job.problems.append(
        Invalid(
            "importing.joined_editions",
            sheet="successions",
            row=change.draft.row,
            column="relation",
            value=change.draft.held.label,
            current=wrong.current,
            other=wrong.declaration.edition,
            day=short_date(wrong.declaration.on),
        )
    )


def _all_declarations(job: Job, changes: list[Change], units: UnitBook) -> dict[Held, list[Declaration]]:
    """Every declaration as it will stand, by unit; `unit_id` holds its row of the sheet (see `_row`)."""
    standing_rows = {change.standing["id"]: change for change in changes if change.standing is not None}
    found: dict[Held, list[Declaration]] = {}
    query = select(DeclarationRow.__table__).where(DeclarationRow.voided_at.is_(None))
    for row in stored(job.session, query):
        if row["id"] not in standing_rows:
            found.setdefault(units.by_id[row["unit_id"]], []).append(_value(row, row["id"], 0))
    for change in changes:
        entry = change.standing["id"] if change.standing else _AFTER_ALL_STANDING + change.draft.row
        values = change.draft.values
        found.setdefault(values["unit_id"], []).append(_value(values, entry, change.draft.row))
    return found


def _value(values: Mapping[str, Any], entry: int, row: int) -> Declaration:
    return Declaration(row, values["edition"], values["kind"], values["made_on"], entry)


def _continued(job: Job, successions: list[Change], units: UnitBook) -> dict[Held, list[Held]]:
    """Unit → the units that it continues, as the register will stand."""
    before: dict[Held, list[Held]] = {}
    replaced = {change.standing["id"] for change in successions if change.standing is not None}
    query = select(SuccessionRow).where(SuccessionRow.relation == Relation.CONTINUED)
    for row in job.session.scalars(query):
        if row.id not in replaced:
            before.setdefault(units.by_id[row.successor_id], []).append(units.by_id[row.predecessor_id])
    for change in successions:
        values = change.draft.values
        if values["relation"] is Relation.CONTINUED:
            before.setdefault(values["successor_id"], []).append(values["predecessor_id"])
    return before
