"""What `isoaudit verify` looks at of tablets: signatures and their strokes, what was signed against what stands, the
chain of each device over its operations; and what is no damage but worth telling: operations that are on their way.

Strokes are not under the signed digest, which says what was agreed to. They stand in three places, none of which is
ever changed: the signature, the operation that brought it, and, as a digest, the audit log with its own chain.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, Audit, AuditEvent, CriterionRow, Device, LogEntry, Operation, Signature
from isoaudit.domain.digest import digest_of
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.merge import linked
from isoaudit.domain.operations import Value
from isoaudit.domain.signing import differing, values_of
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services.audits import entries, reading
from isoaudit.services.audits.minutes import BY_NOTICE
from isoaudit.services.sync_targets import entry_value

_SIGNED = (AuditState.SIGNED, AuditState.MINUTED, AuditState.CONCLUDED)
_MOST_RUNS = 5


def findings(session: Session) -> Iterator[Refusal]:
    """Everything that is not as it was written."""
    yield from _signatures(session)
    yield from _standing(session)
    yield from _chains(session)


def notes(session: Session) -> Iterator[Refusal]:
    """What is no damage: numbers of a ledger that have no line (they went with example data), and operations that a
    device said it has and that have not come (held there, or on their way)."""
    for device, missing in _ledgers(session):
        if missing:
            yield Invalid("verify.ledger_gap", device=device.name or device.id[:8], numbers=_runs(missing))
        if (device.reported_seq or 0) > device.last_seq:
            yield Invalid(
                "verify.ledger_waits",
                device=device.name or device.id[:8],
                theirs=device.reported_seq,
                ours=device.last_seq,
            )


def _signatures(session: Session) -> Iterator[Refusal]:
    """Each content under its digest, and each side's strokes as they came."""
    logged = {
        (province_id, subject, detail.get("number")): detail.get("strokes")
        for province_id, subject, detail in session.execute(
            select(LogEntry.province_id, LogEntry.subject, LogEntry.detail).where(LogEntry.action == "audit.sign")
        )
    }
    rows = session.execute(
        select(Audit.reference, Signature, Operation.value)
        .join(Audit, (Audit.province_id == Signature.province_id) & (Audit.id == Signature.audit_id))
        .outerjoin(Operation, (Operation.province_id == Signature.province_id) & (Operation.op_id == Signature.op_id))
        .order_by(Signature.province_id, Signature.audit_id, Signature.number)
        .execution_options(yield_per=10)
    )
    for reference, made, sent in rows:
        if digest_of(made.content) != made.digest:
            yield Invalid("verify.signature", record=reference, number=made.number)
        strokes = logged.get((made.province_id, reference, made.number))
        as_sent = sent.get("signatures") if isinstance(sent, Mapping) else None
        if as_sent != made.signatures or strokes not in (None, digest_of(made.signatures)):
            yield Invalid("verify.strokes", record=reference, number=made.number)


def _standing(session: Session) -> Iterator[Refusal]:
    """What was signed last is what stands, as long as its minutes do; only the notice may change a grade."""
    last = select(Signature.province_id, Signature.audit_id, func.max(Signature.number).label("number")).group_by(
        Signature.province_id, Signature.audit_id
    )
    of_audit = last.subquery()
    rows = session.execute(
        select(Audit.province_id, Audit.id, Audit.reference, Audit.state, Signature.number, Signature.content)
        .join(Signature, (Signature.province_id == Audit.province_id) & (Signature.audit_id == Audit.id))
        .join(
            of_audit,
            (of_audit.c.province_id == Signature.province_id)
            & (of_audit.c.audit_id == Signature.audit_id)
            & (of_audit.c.number == Signature.number),
        )
        .where(Audit.state.in_(_SIGNED))
        .order_by(Audit.province_id, Audit.id)
    )
    for province_id, audit_id, reference, state, number, content in rows:
        if state is not AuditState.SIGNED and not _minuted_by(session, province_id, audit_id, number):
            continue  # opened again, and minuted in the browser
        audit = reading.find(session, province_id, reference)
        stands: dict[str, Value] = {code: each.value() for code, each in audit.answers.items()}
        for name, kept in entries.of(session, province_id, audit_id).items():
            stands[f"@{name}"] = entry_value(name, kept.value)
        found = differing(values_of(content, reference, audit.checklist), stands)
        for name in [each for each in found if each not in _by_notice(session, province_id, audit_id)]:
            yield Invalid("verify.signed_differs", record=reference, number=number, what=name)


def _minuted_by(session: Session, province_id: int, audit_id: int, number: int) -> bool:
    """Whether the minutes that stand were made of that signature."""
    content = session.scalar(
        select(AuditEvent.content)
        .where(AuditEvent.province_id == province_id, AuditEvent.audit_id == audit_id, AuditEvent.what == "minuted")
        .order_by(AuditEvent.number.desc())
        .limit(1)
    )
    return ((content or {}).get("signature") or {}).get("number") == number


def _by_notice(session: Session, province_id: int, audit_id: int) -> set[str]:
    """The criteria to which the notice of conclusion gave what stands."""
    stands = (
        (AnswerRevision.province_id == Answer.province_id)
        & (AnswerRevision.audit_id == Answer.audit_id)
        & (AnswerRevision.criterion_id == Answer.criterion_id)
    )
    return set(
        session.scalars(
            select(CriterionRow.code)
            .join(AnswerRevision, AnswerRevision.criterion_id == CriterionRow.id)
            .join(Answer, stands)
            .where(
                AnswerRevision.province_id == province_id,
                AnswerRevision.audit_id == audit_id,
                AnswerRevision.outcome == BY_NOTICE,
            )
        )
    )


def _chains(session: Session) -> Iterator[Refusal]:
    """Chains of devices whose ledger is whole; one with missing lines is told in `notes`."""
    chains: dict[str, str] = {}
    rows = session.execute(
        select(Operation.device_id, Operation.digest).order_by(Operation.device_id, Operation.seq)
    ).yield_per(1000)
    for device_id, digest in rows:
        chains[device_id] = linked(chains.get(device_id, ""), digest)
    for device, missing in _ledgers(session):
        if not missing and chains.get(device.id, "") != device.chain:
            yield Invalid("verify.chain", device=device.name or device.id)


def _ledgers(session: Session) -> Iterator[tuple[Device, list[int]]]:
    """Every device, with the numbers up to its last one that have no line."""
    counts = session.execute(select(Operation.device_id, func.count()).group_by(Operation.device_id))
    there = {device_id: int(count) for device_id, count in counts}
    for device in session.scalars(select(Device).order_by(Device.id)):
        if there.get(device.id, 0) == device.last_seq:
            yield device, []
            continue
        numbers = set(session.scalars(select(Operation.seq).where(Operation.device_id == device.id)))
        yield device, [number for number in range(1, device.last_seq + 1) if number not in numbers]


def _runs(numbers: list[int]) -> str:
    """Numbers as people write them: 3–5, 9; the first few runs."""
    runs = [
        [number for _place, number in run] for _key, run in groupby(enumerate(numbers), lambda each: each[1] - each[0])
    ]
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs[:_MOST_RUNS]]
    return ", ".join(told) + (", …" if len(runs) > _MOST_RUNS else "")
