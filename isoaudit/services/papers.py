"""The papers of an audit: keeping each step of the inspection's file with its number, day, signer, deadline and file.

Which steps there are and what is due is in `inspection_file`, the drafts to sign in `papers_writing`. The minutes that
the tool itself prints are in `audits.minutes`; what was signed on a device is in `signing`. The scan of the paper that
was signed and stamped is kept here, as the official original.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, AuditPaper, TeamMember, User
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
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
    _refuse(sheet, audit.reference, now)
    return _keep(session, audit.row, sheet, None, by, now)


def keep_shared(
    session: Session, audits: Sequence[Audit], sheet: Sheet, *, by: log.Actor, now: datetime
) -> list[AuditPaper]:
    """Add one paper (a decision for a whole programme) to the files of several audits, in one act. Raises like
    `keep`, and Invalid when there is no audit."""
    if not audits:
        raise Invalid("paper.no_audits", record=sheet.kind.vi)
    _refuse(sheet, f"{audits[0].reference} … {audits[-1].reference}", now)
    act = str(uuid4())
    return [_keep(session, audit, sheet, act, by, now) for audit in audits]


def correct(
    session: Session,
    audit: AuditView,
    paper_id: int,
    sheet: Sheet,
    *,
    everywhere: bool,
    why: str,
    by: log.Actor,
    now: datetime,
) -> AuditPaper:
    """Give a paper its number, day, signer, deadline or file anew, with a reason; the other copies of a shared one
    follow. A sheet without a file leaves the one that is there. `everywhere`: whether the person keeps the papers of
    all audits, not only of the own teams. Raises NotFound, Invalid, Forbidden for a paper that lies in the file of
    another team too."""
    row = to_correct(session, audit, paper_id, everywhere=everywhere, user_id=by.user_id)
    file = sheet.file or ((row.file_sha256, row.file_name or "") if row.file_sha256 else None)
    _refuse(replace(sheet, file=file), audit.reference, now)
    values = _values(replace(sheet, file=file))
    for each in _copies(session, row):
        if revisions.correct(session, each, values, by=by, now=now, why=why):
            _tell(session, each, "audit.paper_correct", by, now, why=why.strip(), number=values["number"])
    return row


def to_correct(
    session: Session, audit: AuditView, paper_id: int, *, everywhere: bool, user_id: int | None
) -> AuditPaper:
    """The paper, when that person may correct it. Raises NotFound, Forbidden."""
    row = find(session, audit, paper_id)
    if not everywhere and beyond(session, [row], user_id):
        raise Forbidden("paper.shared_beyond", record=row.number or row.kind.vi, field="audit")
    return row


def beyond(session: Session, rows: Iterable[AuditPaper], user_id: int | None) -> frozenset[str]:
    """Of the shared papers among these (by what they share) those that lie in the file of a team too in which that
    person is not: whoever corrects one, corrects the file of that team. At most one query."""
    shared = {(row.province_id, row.shared) for row in rows if row.shared is not None}
    if not shared:
        return frozenset()
    mine = select(TeamMember.audit_id).where(
        TeamMember.province_id == AuditPaper.province_id,
        TeamMember.audit_id == AuditPaper.audit_id,
        TeamMember.user_id == user_id,
    )
    found = session.execute(
        select(AuditPaper.province_id, AuditPaper.shared)
        .where(
            AuditPaper.shared.in_([act for _province, act in shared]), AuditPaper.voided_at.is_(None), ~mine.exists()
        )
        .distinct()
    )
    return frozenset(act for province, act in found if act is not None and (province, act) in shared)


def of_several(session: Session, row: AuditPaper) -> bool:
    """Whether the paper lies in the files of other audits too. One query at most."""
    return row.shared in several(session, [row])


def several(session: Session, rows: Iterable[AuditPaper]) -> frozenset[str]:
    """Of the papers of one province among these (by what they share) those that lie in the files of several audits:
    one written for a whole group is alone in it when the group has one audit. At most one query."""
    shared = {row.shared: row.province_id for row in rows if row.shared is not None}
    if not shared:
        return frozenset()
    found = session.scalars(
        select(AuditPaper.shared)
        .where(
            AuditPaper.province_id.in_(set(shared.values())),
            AuditPaper.shared.in_(shared),
            AuditPaper.voided_at.is_(None),
        )
        .group_by(AuditPaper.shared)
        .having(func.count() > 1)
    )
    return frozenset(act for act in found if act is not None)


def _refuse(sheet: Sheet, record: str, now: datetime) -> None:
    if not sheet.number.strip() and sheet.file is None:
        raise Invalid("paper.empty", record=record, field="file")
    if sheet.issued_on is not None and sheet.issued_on > local_day(now):
        raise Invalid("paper.to_come", record=record, field="issued_on", value=f"{sheet.issued_on:%d/%m/%Y}")


def _values(sheet: Sheet) -> dict[str, Any]:
    """The columns of a sheet."""
    sha256, name = sheet.file or (None, None)
    return {
        "kind": sheet.kind,
        "number": " ".join(sheet.number.split()),
        "issued_on": sheet.issued_on,
        "signer": " ".join(sheet.signer.split()),
        "due_on": sheet.due_on,
        "file_sha256": sha256,
        "file_name": name,
    }


def _keep(session: Session, audit: Audit, sheet: Sheet, act: str | None, by: log.Actor, now: datetime) -> AuditPaper:
    row = AuditPaper(
        province_id=audit.province_id, audit_id=audit.id, shared=act, example=audit.example, **_values(sheet)
    )
    revisions.enter(session, row, by=by, now=now)
    log.append(
        session,
        audit.province_id,
        "audit.paper",
        audit.reference,
        by=by,
        now=now,
        kind=sheet.kind.value,
        number=row.number,
        sha256=row.file_sha256,
    )
    return row


def _copies(session: Session, row: AuditPaper) -> list[AuditPaper]:
    """The paper in all the files that it was entered into."""
    if row.shared is None:
        return [row]
    return list(
        session.scalars(
            select(AuditPaper)
            .where(
                AuditPaper.province_id == row.province_id,
                AuditPaper.shared == row.shared,
                AuditPaper.voided_at.is_(None),
            )
            .order_by(AuditPaper.id)
        )
    )


def _tell(session: Session, row: AuditPaper, action: str, by: log.Actor, now: datetime, **detail: Any) -> None:
    reference = session.scalar(
        select(Audit.reference).where(Audit.province_id == row.province_id, Audit.id == row.audit_id)
    )
    log.append(session, row.province_id, action, reference or "", by=by, now=now, paper=row.id, **detail)


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
    _tell(session, row, "audit.paper_void", by, now, why=why)
