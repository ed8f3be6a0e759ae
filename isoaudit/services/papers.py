"""The papers of an audit: keeping each step of the inspection's file with its number, day, signer, deadline and file.

The minutes that the tool itself prints are in `audits.minutes`; what was signed on a device is in `signing`. The scan
of the paper that was signed and stamped is kept here, as the official original.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AuditPaper, User
from isoaudit.domain.errors import Conflict, Invalid, NotFound
from isoaudit.domain.localday import local_day
from isoaudit.domain.vocabulary import PaperKind
from isoaudit.services import log, revisions
from isoaudit.services.audits.reading import AuditView


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper with the name of the person who kept it."""

    row: AuditPaper
    person: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told of a paper. `file` is the digest and name of its file in the vault."""

    kind: PaperKind
    number: str = ""
    issued_on: date | None = None
    signer: str = ""
    due_on: date | None = None
    file: tuple[str, str] | None = None


def keep(session: Session, audit: AuditView, sheet: Sheet, *, by: log.Actor, now: datetime) -> AuditPaper:
    """Add a paper to the file. Raises Invalid when it has neither a number nor a file, or its day is to come."""
    number = " ".join(sheet.number.split())
    if not number and sheet.file is None:
        raise Invalid("paper.empty", record=audit.reference, field="file")
    if sheet.issued_on is not None and sheet.issued_on > local_day(now):
        raise Invalid("paper.to_come", record=audit.reference, field="issued_on", value=f"{sheet.issued_on:%d/%m/%Y}")
    sha256, name = sheet.file or (None, None)
    row = AuditPaper(
        province_id=audit.row.province_id,
        audit_id=audit.row.id,
        kind=sheet.kind,
        number=number,
        issued_on=sheet.issued_on,
        signer=" ".join(sheet.signer.split()),
        due_on=sheet.due_on,
        file_sha256=sha256,
        file_name=name,
        example=audit.row.example,
    )
    revisions.enter(session, row, by=by, now=now)
    log.append(
        session,
        audit.row.province_id,
        "audit.paper",
        audit.reference,
        by=by,
        now=now,
        kind=sheet.kind.value,
        number=number,
        sha256=sha256,
    )
    return row


def listed(session: Session, audit: AuditView) -> Sequence[Kept]:
    """The papers that stand, in the order in which such papers come about."""
    rows = session.execute(
        select(AuditPaper, User.full_name)
        .outerjoin(User, User.id == AuditPaper.recorded_by)
        .where(
            AuditPaper.province_id == audit.row.province_id,
            AuditPaper.audit_id == audit.row.id,
            AuditPaper.voided_at.is_(None),
        )
        .order_by(AuditPaper.id)
    )
    order = list(PaperKind)
    return sorted((Kept(row, person or "") for row, person in rows), key=lambda each: order.index(each.row.kind))


def find(session: Session, audit: AuditView, paper_id: int) -> AuditPaper:
    """A standing paper of this audit. Raises NotFound."""
    row = session.get(AuditPaper, paper_id)
    mine = row is not None and (row.province_id, row.audit_id) == (audit.row.province_id, audit.row.id)
    if row is None or not mine or row.voided_at is not None:
        raise NotFound("paper.unknown", record=audit.reference, value=paper_id)
    return row


def void(session: Session, audit: AuditView, paper_id: int, *, why: str, by: log.Actor, now: datetime) -> None:
    """Take a paper out of the file, with a reason; it stays as history, and its file in the vault."""
    row = find(session, audit, paper_id)
    if row.voided_at is not None:
        raise Conflict("fact.voided")
    revisions.void(session, row, by=by, now=now, why=why)
    log.append(
        session, audit.row.province_id, "audit.paper_void", audit.reference, by=by, now=now, paper=paper_id, why=why
    )
