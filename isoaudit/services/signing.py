"""What signing on the spot does besides making its content stand: the signature kept, devices waited for, and the
minutes once every device has delivered (issue 3).

What may be signed is decided in `domain.signing`; an operation that signs comes through `services.sync`, an amendment
is `services.audits.life.reopen`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, AuditDevice, Signature, TeamMember
from isoaudit.domain.audit_life import TRANSITIONS, Step
from isoaudit.domain.digest import digest_of
from isoaudit.domain.operations import Operation
from isoaudit.domain.signing import Signed
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import log
from isoaudit.services.audits import events, life, waiting
from isoaudit.services.audits.reading import find
from isoaudit.services.sync_writing import moment


def enter(
    session: Session, province_id: int, operation: Operation, signed: Signed, *, by: log.Actor, now: datetime
) -> Signature:
    """Keep a signature that was accepted; from now on the audit waits for the devices that took it along, each of which
    has to say once more what it holds. Minutes at once when it waits for none."""
    assert by.user_id is not None
    row = session.execute(
        select(Audit.id, func.max(Signature.number))
        .outerjoin(Signature, (Signature.province_id == Audit.province_id) & (Signature.audit_id == Audit.id))
        .where(Audit.province_id == province_id, Audit.reference == operation.audit)
        .group_by(Audit.id)
    ).one()
    audit_id, number = row[0], (row[1] or 0) + 1
    made = Signature(
        province_id=province_id,
        audit_id=audit_id,
        number=number,
        digest=signed.digest,
        content=dict(signed.content),
        signatures=[dict(each) for each in signed.signatures],
        minuted_on=signed.minuted_on,
        signed_at=moment(operation.at, now),
        received_at=now,
        by=by.user_id,
        device_id=operation.device_id,
        op_id=operation.op_id,
        amends=signed.amends,
    )
    session.add(made)
    of_audit = (Audit.province_id == province_id, Audit.id == audit_id)
    session.execute(update(Audit).where(*of_audit).values(state=TRANSITIONS[Step.SIGN].to))
    session.execute(
        update(AuditDevice)
        .where(AuditDevice.province_id == province_id, AuditDevice.audit_id == audit_id)
        .values(delivered_at=None)
    )
    told: dict[str, Any] = {"number": number, "digest": signed.digest, "amends": signed.amends}
    events.add(session, province_id, audit_id, "signed", by=by, now=now, on_day=signed.minuted_on, content=dict(told))
    strokes = digest_of(made.signatures)  # under the log's chain: the signed digest says only what was agreed to
    log.append(session, province_id, "audit.sign", operation.audit, by=by, now=now, **told, strokes=strokes)
    finalise(session, province_id, operation.audit, by=by, now=now)
    return made


def finalise(session: Session, province_id: int, reference: str, *, by: log.Actor, now: datetime) -> bool:
    """Make minutes of what was signed, when no device is waited for and every file that it names has arrived; whether
    that was so. The steps are told as those of whoever brought the last thing."""
    audit = find(session, province_id, reference, to_change=True)
    if audit.state is not AuditState.SIGNED or waiting.outstanding(session, province_id, audit.row.id):
        return False
    made = last(session, province_id, audit.row.id)
    assert made is not None
    if waiting.absent(session, province_id, audit.row.id, waiting.named_in(made.content)):
        return False
    told = {"number": made.number, "digest": made.digest}
    life.stand(session, audit, minuted_on=made.minuted_on, by=by, now=now, signature=told)
    return True


def signed_of(session: Session, province_id: int, *, by: log.Actor) -> list[str]:
    """The signed audits in whose team the person is, locked: what may become final by what comes now. To be called
    before anything is written to the log, as everywhere: audits are locked first, the log's head last."""
    session.flush()
    found = session.scalars(
        select(Audit.reference)
        .join(TeamMember, (TeamMember.province_id == Audit.province_id) & (TeamMember.audit_id == Audit.id))
        .where(Audit.province_id == province_id, Audit.state == AuditState.SIGNED, TeamMember.user_id == by.user_id)
    ).all()
    return list(locked(session, province_id, found))


def locked(session: Session, province_id: int, references: Iterable[str]) -> dict[str, AuditState]:
    """Lock these audits, in the order in which `services.sync` does; their states by reference."""
    query = select(Audit.state).where(Audit.province_id == province_id).with_for_update(key_share=True)
    return {each: session.scalars(query.where(Audit.reference == each)).one() for each in sorted(references)}


def last(session: Session, province_id: int, audit_id: int) -> Signature | None:
    """The last signature of an audit."""
    return session.scalars(
        select(Signature)
        .where(Signature.province_id == province_id, Signature.audit_id == audit_id)
        .order_by(Signature.number.desc())
        .limit(1)
    ).one_or_none()
