"""Taking the example data out again: everything marked as made up, and nothing else.

The register, the checklists, the real facts and the audit log stay; the removal is itself an entry of the log.
"""

from datetime import datetime

from sqlalchemy import Table, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Base, Device, User
from isoaudit.services import log, settings

_OF_AUDIT = (
    "nonconformity_event",
    "nonconformity",
    "answer_revision",
    "answer",
    "operation",
    "team_member",
    "audit_event",
)
_FACTS = (
    "fact_revision",
    "frozen_report",
    "evidence",
    "declaration",
    "milestone",
    "activity",
    "procedures",
    "exemption",
    "obligation",
    "task",
    "programme",
    "document",
)


def remove(session: Session, *, by: log.Actor, now: datetime) -> dict[str, int]:
    """Delete example data; table → rows deleted. Accounts of the example are closed and emptied of secrets, since
    the audit log and real records may name them."""
    tables = Base.metadata.tables
    removed: dict[str, int] = {}
    examples = select(Audit.province_id, Audit.id).where(Audit.example)
    for name in _OF_AUDIT:
        table = tables[name]
        _count(removed, session, table, tuple_(table.c.province_id, table.c.audit_id).in_(examples))
    _count(removed, session, tables["audit"], Audit.example)
    for name in _FACTS:
        _count(removed, session, tables[name], tables[name].c.example.is_(True))
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
    log.append(session, settings.home(session).id, "example.remove", "example", by=by, now=now, counts=True, **removed)
    return removed


def _count(removed: dict[str, int], session: Session, table: Table, which: object) -> None:
    found = session.execute(select(func.count()).select_from(table).where(which)).scalar_one()  # type: ignore[arg-type]
    if found:
        session.execute(delete(table).where(which))  # type: ignore[arg-type]
        removed[table.name] = found
