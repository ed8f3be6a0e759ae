"""Programmes of a year (kế hoạch kiểm tra), with the document that approved them. Planning audits is in `planning`."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import (
    Audit,
    Document,
    Programme,
)
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import log, revisions


def add_programme(
    session: Session,
    province_id: int,
    *,
    year: int,
    name: str,
    document_id: int | None = None,
    example: bool = False,
    by: log.Actor,
    now: datetime,
) -> Programme:
    """A new programme of a year. Raises Invalid (name, year, document), Conflict (the name is taken in that year)."""
    _check_programme(session, province_id, year, name, document_id)
    programme = Programme(
        province_id=province_id, year=year, name=name.strip(), document_id=document_id, example=example
    )
    revisions.enter(session, programme, by=by, now=now)
    log.append(session, province_id, "programme.add", f"{year} {programme.name}", by=by, now=now)
    return programme


def correct_programme(
    session: Session,
    province_id: int,
    programme_id: int,
    *,
    name: str,
    document_id: int | None,
    why: str,
    revision: int | None = None,
    by: log.Actor,
    now: datetime,
) -> Programme:
    """Give a programme another name or document, with a reason. `revision` is the one the person saw: a later one means
    that somebody was faster (`Conflict`)."""
    programme = get(session, province_id, programme_id)
    session.refresh(programme, with_for_update=True)
    revisions.refuse_changing(session, programme, revision)
    _check_programme(session, province_id, programme.year, name, document_id, but=programme_id)
    values = {"name": name.strip(), "document_id": document_id}
    if revisions.correct(session, programme, values, by=by, now=now, why=why):
        log.append(
            session, province_id, "programme.correct", f"{programme.year} {programme.name}", by=by, now=now, why=why
        )
    return programme


def get(session: Session, province_id: int, programme_id: int) -> Programme:
    """The programme of that key. Raises NotFound."""
    found = session.get(Programme, programme_id)
    if found is None or found.province_id != province_id or found.voided_at is not None:
        raise NotFound("programme.unknown", record=programme_id)
    return found


def listed(session: Session, province_id: int) -> list[tuple[Programme, Document | None, dict[AuditState, int]]]:
    """All programmes, newest year first, each with its document and how many audits are in which state; two queries."""
    counts: dict[int, dict[AuditState, int]] = {}
    for programme_id, state, number in session.execute(
        select(Audit.programme_id, Audit.state, func.count())
        .where(Audit.province_id == province_id, Audit.programme_id.is_not(None))
        .group_by(Audit.programme_id, Audit.state)
    ):
        counts.setdefault(programme_id or 0, {})[state] = number
    rows = session.execute(
        select(Programme, Document)
        .outerjoin(Document, Document.id == Programme.document_id)
        .where(Programme.province_id == province_id, Programme.voided_at.is_(None))
        .order_by(Programme.year.desc(), Programme.name)
    )
    return [(programme, document, counts.get(programme.id, {})) for programme, document in rows]


def _check_programme(
    session: Session, province_id: int, year: int, name: str, document_id: int | None, but: int | None = None
) -> None:
    if not name.strip():
        raise Invalid("programme.name", field="name")
    if not 2000 <= year <= 2100:
        raise Invalid("programme.year", field="year", value=year)
    if document_id is not None and session.get(Document, document_id) is None:
        raise Invalid("programme.document", field="document")
    taken = session.scalar(
        select(Programme.id).where(
            Programme.province_id == province_id, Programme.year == year, Programme.name == name.strip()
        )
    )
    if taken is not None and taken != but:
        raise Conflict("programme.taken", field="name", value=name.strip(), record=year)
