"""The SELECTs of a roll-up: standing facts only, nothing after the cut-off day that no rule looks at.

Made once, with the province, the days and the year as parameters; words are read as the database holds them. What
becomes of the rows is in `facts`.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from isoaudit import db
from isoaudit.domain.vocabulary import AuditState, Grade, Mode
from isoaudit.services.rollup.deadlines import WAS_SET_AGAIN
from isoaudit.services.rollup.notices import WERE

_PROVINCES: BindParameter[int] = bindparam("provinces", expanding=True)
_DAY: BindParameter[date] = bindparam("day")
_YEAR: BindParameter[int] = bindparam("year")
_FIRST: BindParameter[date] = bindparam("first")


def _text(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """A word as the database holds it."""
    return type_coerce(column, String)


def _of_units(row: type[Any], *columns: Any) -> Select[Any]:
    """Standing facts of the units of some provinces."""
    return (
        select(row.unit_id, row.id, *columns)
        .join(db.Unit, db.Unit.id == row.unit_id)
        .where(db.Unit.province_id.in_(_PROVINCES), row.voided_at.is_(None))
    )


_OLD, _NEW = aliased(db.Unit), aliased(db.Unit)
CROSSINGS = (
    select(_OLD.province_id, _NEW.province_id)
    .join(db.Succession, db.Succession.predecessor_id == _OLD.id)
    .join(_NEW, db.Succession.successor_id == _NEW.id)
    .where(_OLD.province_id != _NEW.province_id, db.Succession.on_day <= _DAY)
    .distinct()
)
UNITS = select(
    db.Unit.id,
    db.Unit.code,
    db.Unit.name,
    _text(db.Unit.kind),
    db.Unit.province_id,
    db.Unit.valid_from,
    db.Unit.valid_to,
    db.Unit.parent_id,
    db.Unit.sort_key,
).where(db.Unit.province_id.in_(_PROVINCES))
SUCCESSIONS = (
    select(
        db.Succession.id,
        db.Succession.predecessor_id,
        db.Succession.successor_id,
        db.Succession.on_day,
        _text(db.Succession.relation),
    )
    .join(db.Unit, db.Unit.id == db.Succession.successor_id)
    .where(db.Unit.province_id.in_(_PROVINCES), db.Succession.on_day <= _DAY)
)
EXEMPTIONS = _of_units(db.Exemption, db.Exemption.from_day, db.Exemption.to_day, db.Exemption.reason).where(
    db.Exemption.from_day <= _DAY
)
OBLIGATIONS = _of_units(
    db.ObligationEntry, db.ObligationEntry.from_day, db.ObligationEntry.to_day, _text(db.ObligationEntry.level)
).where(db.ObligationEntry.from_day <= _DAY)
DECLARATIONS = _of_units(
    db.Declaration,
    db.Declaration.edition,
    _text(db.Declaration.kind),
    db.Declaration.made_on,
    db.Declaration.covered,
    db.Declaration.total,
).where(db.Declaration.made_on <= _DAY)
MILESTONES = _of_units(db.Milestone, db.Milestone.step, db.Milestone.achieved_on).where(
    db.Milestone.conversion == bindparam("conversion"), db.Milestone.achieved_on <= _DAY
)
ACTIVITIES = _of_units(db.Activity, _text(db.Activity.kind), db.Activity.done_on).where(
    db.Activity.year == _YEAR,
    db.Activity.done_on <= _DAY,
    type_coerce(db.Activity.kind, String).in_(bindparam("activities", expanding=True)),
)
PROCEDURES = _of_units(db.Procedures, db.Procedures.as_of, db.Procedures.total, db.Procedures.covered).where(
    db.Procedures.as_of <= _DAY
)
AUDITS = (
    select(
        db.Audit.province_id,
        db.Audit.id,
        db.Audit.reference,
        db.Audit.unit_id,
        _text(db.Audit.mode),
        _text(db.Audit.purpose),
        db.Audit.minuted_on,
        db.Audit.checklist_version_id,
    )
    .join(db.Unit, db.Unit.id == db.Audit.unit_id)
    .where(
        db.Unit.province_id.in_(_PROVINCES),
        db.Audit.minuted_on.between(_FIRST, _DAY),
        db.Audit.state != AuditState.CANCELLED,
    )
)
_NC = db.Nonconformity
_COUNTED = (
    _NC.raised_on <= _DAY,
    or_(_NC.closed_on.is_(None), _NC.closed_on >= _FIRST, _NC.raised_on >= _FIRST),
    db.Audit.mode != Mode.SELF,
    db.Audit.state != AuditState.CANCELLED,
)
"""The nonconformities of a period up to a day: those closed before it are in none of its figures."""
_EVER = (
    select()
    .select_from(_NC)
    .join(db.Audit, (db.Audit.province_id == _NC.province_id) & (db.Audit.id == _NC.audit_id))
    .join(db.Unit, db.Unit.id == _NC.unit_id)
    .where(db.Unit.province_id.in_(_PROVINCES), *_COUNTED)
)
_STANDING = _EVER.where(_NC.voided_at.is_(None))
_COLUMNS = (
    _NC.province_id,
    _NC.audit_id,
    _NC.criterion_id,
    _NC.unit_id,
    _text(db.Audit.mode),
    _text(_NC.grade),
    _NC.raised_on,
    _NC.due_on,
    _NC.closed_on,
    _text(_NC.outcome),
    literal(1),
)
"""Of one, with the number that it stands for."""
NONCONFORMITIES = _STANDING.add_columns(*_COLUMNS)
WERE_NONCONFORMITIES = _EVER.add_columns(*_COLUMNS).where(WERE)
"""Those that later notices made what they are now, standing or taken back."""
SET_AGAIN = NONCONFORMITIES.where(WAS_SET_AGAIN)


def _alike(grade: Grade, *whose: InstrumentedAttribute[int]) -> Select[Any]:
    """Those of a grade whose deadline was never set again; alike ones as one row with their number, the least of their
    units, and one of their modes (any but a self-assessment counts the same); 0 for the audit and the criterion.

    The grade comes first because the index does; SQLite walks a whole list under NOT IN, where a CASE looks rows up.
    """
    return (
        _STANDING.add_columns(
            literal(0),
            literal(0),
            literal(0),
            func.min(_NC.unit_id),
            func.min(_text(db.Audit.mode)),
            _text(_NC.grade),
            _NC.raised_on,
            _NC.due_on,
            _NC.closed_on,
            _text(_NC.outcome),
            func.count(),
        )
        .where(_NC.grade == grade, case((WAS_SET_AGAIN, 0), else_=1) == 1)
        .group_by(_NC.grade, _NC.raised_on, _NC.due_on, _NC.closed_on, _NC.outcome, *whose)
    )


MAJOR_ALIKE = _alike(Grade.MAJOR, _NC.unit_id)
"""By unit: an open one tells that it does not keep up its system."""
MINOR_ALIKE = _alike(Grade.MINOR)
MINOR_ALIKE_BY_UNIT = _alike(Grade.MINOR, _NC.unit_id)
"""For a province whose units go on under another, or the other way round: which units' count is for the rules."""
TASKS = select(
    db.Task.id,
    db.Task.due_on,
    db.Task.completed_on,
    db.Task.content_complete,
    _text(db.Task.mark),
).where(db.Task.province_id == bindparam("home"), db.Task.year == _YEAR, db.Task.voided_at.is_(None))
