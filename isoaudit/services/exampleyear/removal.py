"""Taking the example data out again: everything marked as made up, and nothing else.

The register, the checklists, the real facts and the audit log stay; the removal is itself an entry of the log. A
document or programme of the example that real records rest on stays with them, and is example data no longer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, not_, or_, select, tuple_, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Base, Device, User
from isoaudit.services import log, settings

_OF_AUDIT = (
    "nonconformity_event",
    "nonconformity",
    "answer_revision",
    "answer",
    "signature",
    "entry",
    "audit_device",
    "operation",
    "team_member",
    "audit_event",
    "audit_paper",
    "audit_source",
    "finding_note",
    "working_programme",
)
_FACTS = (
    "report_text",
    "report_file",
    "report",
    "frozen_report",
    "decision_step",
    "decision",
    "unit_event",
    "evidence",
    "declaration",
    "milestone",
    "activity",
    "procedures",
    "exemption",
    "obligation",
    "task",
    "procedure_update",
    "publication_item",
    "publication",
    "reminder_duty",
    "reminder",
    "quality_objective",
    "money_line",
)
_RESTED_ON = ("report_duty", "catalogue_procedure", "programme", "document")
"""What other records rest on, each after those that may rest on it."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did: table → rows deleted, table → keys of the rows that real records rest on and that stayed."""

    rows: dict[str, int]
    kept: dict[str, list[int]]


def remove(session: Session, *, by: log.Actor, now: datetime) -> Removed:
    """Delete example data. Accounts of the example are closed and emptied of secrets, since the audit log and real
    records may name them."""
    tables = Base.metadata.tables
    removed: dict[str, int] = {}
    examples = select(Audit.province_id, Audit.id).where(Audit.example)
    for name in _OF_AUDIT:
        table = tables[name]
        _count(removed, session, table, tuple_(table.c.province_id, table.c.audit_id).in_(examples))
    _count(removed, session, tables["audit"], tables["audit"].c.example)
    for name in _FACTS:
        _count(removed, session, tables[name], tables[name].c.example.is_(True))
    kept = {}
    for name in _RESTED_ON:
        table = tables[name]
        needed = session.scalars(select(table.c.id).where(table.c.example, _rested_on(table)).order_by(table.c.id))
        kept[name] = list(needed)
        session.execute(update(table).where(table.c.id.in_(kept[name])).values(example=False))
        _count(removed, session, table, table.c.example)
    history = tables["fact_revision"]
    stays = or_(*(and_(history.c.entity == name, history.c.entity_id.in_(keys)) for name, keys in kept.items()))
    _count(removed, session, history, and_(history.c.example, not_(stays)))
    closed = session.execute(
        update(User)
        .where(User.example)
        .values(
            active=False,
            example=False,
            password_hash="-",  # noqa: S106 (no password matches it)
            totp_secret=None,
            session_epoch=User.session_epoch + 1,
        )
    )
    removed["user_account"] = int(getattr(closed, "rowcount", 0))
    session.execute(update(Device).where(Device.example).values(example=False))
    session.expire_all()
    removed = {name: number for name, number in removed.items() if number}
    kept = {name: keys for name, keys in kept.items() if keys}
    told: dict[str, Any] = removed | ({"kept": kept} if kept else {})
    log.append(session, settings.home(session).id, "example.remove", "example", by=by, now=now, counts=True, **told)
    return Removed(removed, kept)


def _rested_on(table: Table) -> ColumnElement[bool]:
    """Whether any row that is left points to a row of the table."""
    return or_(
        *(
            select(1).where(key.parent == table.c.id).exists()
            for other in Base.metadata.sorted_tables
            for key in other.foreign_keys
            if key.column.table is table
        )
    )


def _count(removed: dict[str, int], session: Session, table: Table, which: ColumnElement[bool]) -> None:
    found = session.execute(select(func.count()).select_from(table).where(which)).scalar_one()
    if found:
        session.execute(delete(table).where(which))
        removed[table.name] = found
