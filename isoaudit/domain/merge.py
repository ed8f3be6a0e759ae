"""What becomes of an operation that a device sends, decided without a clock or a database (CONTRACT §5).

Every value that is taken in gets the next revision of its target and stays in the history, whether it
stands or lost against another one: a conflict never overwrites, and a person settles it. `decide` judges
one operation against what is known; `plan_batch` a whole batch in any order. Reading the state and writing
the plan is the business of services.

Held operations are not kept: the device sends them again after the missing one. Everything else gets a
receipt, so that sending it again changes nothing. What has been signed or minuted is locked: a value that
comes later waits as in a conflict, for an amendment. What a signature says is in `signing`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from isoaudit.domain import signing
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from isoaudit.domain.operations import (
    SIGNATURE,
    Kind,
    Operation,
    Value,
    answer_value,
    empty_value,
    entry_value,
    field_value,
)
from isoaudit.domain.signing import Effect, Signed
from isoaudit.domain.targets import AuditFacts, Reply, Revision, Target
from isoaudit.domain.vocabulary import AuditState

__all__ = ["AuditFacts", "Known", "Reply", "Revision", "State", "Target", "Verdict", "decide", "linked", "plan_batch"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an operation.

    `first` is the outcome of the first time (for a duplicate; otherwise the same as `reply`). `standing`
    and `offered` are the two values of a conflict; `revision` is the target's latest one afterwards;
    `record` the revision to write, None when there is nothing to write; `settles`: the open conflict ends
    with it; `late`: it came after the signing and waits for an amendment. `fingerprint` knows it again, `line` is the
    id under which the ledger has it. `signed` is what a signature says, `effects` what it changes at other targets.
    """

    op_id: str
    fingerprint: str
    reply: Reply
    first: Reply
    revision: int = 0
    standing: Value | None = None
    offered: Value | None = None
    refusal: Refusal | None = None
    record: Revision | None = None
    settles: bool = False
    entered: bool = False
    late: bool = False
    signed: Signed | None = None
    effects: tuple[Effect, ...] = ()
    line: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when one operation is judged. `last_seq` is the device's highest one that is not held.

    `after_refusal`: the device's last operation on this target was refused, so that a revision counted upon
    it is unfounded (the base of that refused operation is given, else None). `others` are all targets of
    the audit, for a signature. `proven`: that it comes from the device that it names.
    """

    receipt: Verdict | None
    last_seq: int
    audit: AuditFacts | None
    target: Target
    after_refusal: int | None = None
    others: Mapping[str, Target] = field(default_factory=dict)
    proven: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """What is known of everything that a batch touches. Keys: `op_id`; device; audit; (audit, target).

    `refused` holds, by (device, audit, target), the base of the device's last operation there when it was
    refused. `proven`: that the batch comes from the devices that it names.
    """

    audits: Mapping[str, AuditFacts]
    receipts: Mapping[str, Verdict] = field(default_factory=dict)
    last_seq: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[tuple[str, str], Target] = field(default_factory=dict)
    refused: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    proven: bool = True


def decide(operation: Operation, known: Known) -> Verdict:
    """The verdict on one operation. Rules in the order in which they are asked:

    the same operation again is `duplicate`; with a lower `seq` missing it is `held`; an `op_id` or `seq`
    used by another operation, an audit that is unknown, closed or not the sender's, an unknown kind,
    criterion or field, and a value that no further typing could mend are `refused`; a settlement by the
    team's head ends the conflict it has seen; a value typed on the latest revision is `accepted`, one typed
    on another revision, or while a conflict is open, only when it equals the value that stands: otherwise
    it is a `conflict`, and both stay; so is, whoever sends it, what comes after the signing, and whatever
    has no proof of where it comes from (which can neither sign nor reopen). A signature makes its content
    stand, and what stood against it wait.
    """
    receipt = known.receipt
    if receipt is not None and receipt.fingerprint == operation.fingerprint:
        again = replace(receipt, op_id=operation.op_id, reply=Reply.DUPLICATE, record=None, settles=False)
        return replace(again, entered=False, effects=())
    if operation.seq > known.last_seq + 1:
        return _verdict(operation, Reply.HELD, known.target)
    try:
        if receipt is not None:
            raise Conflict("operation.id_reused", record=operation.op_id, field="op_id")
        if operation.seq <= known.last_seq:
            raise Conflict("operation.seq_used", record=operation.op_id, field="seq", value=operation.seq)
        return replace(_judged(operation, known, _open(operation, known)), entered=True)
    except Refusal as refusal:
        entered = operation.seq > known.last_seq
        line = operation.second_id if entered and receipt is not None else operation.op_id
        return replace(_verdict(operation, Reply.REFUSED, known.target), refusal=refusal, entered=entered, line=line)


def plan_batch(operations: Sequence[Operation], state: State) -> tuple[list[Verdict], State]:
    """The verdicts of a batch, in the order given, and the state after it.

    Operations are judged by device and `seq`, whatever their order in the batch; the revisions to write are
    to be written by target and number.
    """
    audits, receipts, last_seq = dict(state.audits), dict(state.receipts), dict(state.last_seq)
    targets, refused = dict(state.targets), dict(state.refused)
    verdicts: dict[int, Verdict] = {}
    for place in sorted(range(len(operations)), key=lambda each: (operations[each].device_id, operations[each].seq)):
        operation = operations[place]
        here, device = (operation.audit, operation.target), operation.device_id
        known = Known(
            receipt=_receipt(receipts, operation),
            last_seq=last_seq.get(device, 0),
            audit=audits.get(operation.audit),
            target=targets.get(here, Target()),
            after_refusal=refused.get((device, *here)),
            others=_others(targets, operation) if operation.kind == Kind.SIGN else {},
            proven=state.proven,
        )
        verdict = decide(operation, known)
        verdicts[place] = verdict
        if verdict.reply in (Reply.HELD, Reply.DUPLICATE):
            continue
        if not verdict.entered:
            continue
        last_seq[device] = operation.seq
        receipts[verdict.line] = verdict
        targets[here] = after(known.target, verdict)
        targets |= {(operation.audit, each.target): each.after for each in verdict.effects}
        if known.audit is not None and verdict.reply is Reply.ACCEPTED:
            audits[operation.audit] = _moved(known.audit, operation, verdict)
        refused.pop((device, *here), None)
        if verdict.reply is Reply.REFUSED:
            refused[(device, *here)] = operation.base_revision
    after_all = State(audits, receipts, last_seq, targets, refused, state.proven)
    return [verdicts[place] for place in range(len(operations))], after_all


def after(target: Target, verdict: Verdict) -> Target:
    """The target once the verdict's revision, if any, is written."""
    if verdict.record is None:
        return target
    if not verdict.record.stands:
        return replace(target, latest=verdict.record.number, contenders=(*target.contenders, verdict.record))
    return Target(verdict.record.number, verdict.record, () if verdict.settles else target.contenders)


def linked(chain: str, fingerprint: str) -> str:
    """The next link of a device's chain over the fingerprints of its operations; the first one hangs on ""."""
    return hashlib.sha256((chain + fingerprint).encode()).hexdigest()


def _receipt(receipts: Mapping[str, Verdict], operation: Operation) -> Verdict | None:
    """What became of the operation before; of another one under its id when nothing did."""
    found = receipts.get(operation.op_id)
    if found is None or found.fingerprint == operation.fingerprint:
        return found
    return receipts.get(operation.second_id, found)


def _others(targets: Mapping[tuple[str, str], Target], operation: Operation) -> dict[str, Target]:
    return {name: each for (audit, name), each in targets.items() if audit == operation.audit and name != SIGNATURE}


def _moved(audit: AuditFacts, operation: Operation, verdict: Verdict) -> AuditFacts:
    """The audit after an accepted operation."""
    if verdict.signed is not None:
        return replace(audit, state=AuditState.SIGNED, signed=verdict.signed.digest)
    return replace(audit, state=AuditState.UNDER_WAY) if operation.kind == Kind.AMEND else audit


def _open(operation: Operation, known: Known) -> AuditFacts:
    """The audit, when the sender may write to it."""
    audit = known.audit
    if audit is None:
        raise NotFound("operation.audit_unknown", record=operation.audit, field="audit")
    if operation.kind not in [each.value for each in Kind]:
        expected = ", ".join(each.value for each in Kind)
        raise Invalid("operation.kind", record=operation.op_id, field="kind", value=operation.kind, expected=expected)
    if not audit.may_answer and not (operation.kind == Kind.SETTLE and audit.may_settle):
        raise Forbidden("operation.not_team", record=operation.audit, field="audit")
    if audit.state is AuditState.CANCELLED:
        state = audit.state
        raise Conflict("operation.closed", record=operation.audit, field="audit", vi=state.vi, en=state.en)
    return audit


def _judged(operation: Operation, known: Known, audit: AuditFacts) -> Verdict:
    if not known.proven and operation.kind in (Kind.SIGN, Kind.AMEND):
        raise Forbidden("operation.unproven", record=operation.audit, field="kind")
    if operation.kind == Kind.SIGN:
        signed = signing.read(operation.value, operation.audit, audit)
        effects = signing.effects(signed, known.others, operation.device_id, operation.op_id)
        return replace(_as_a_whole(operation, known.target), signed=signed, effects=effects)
    if operation.kind == Kind.AMEND:
        signing.refuse_amendment(operation.value, operation.audit, audit)
        return _as_a_whole(operation, known.target)
    waits = audit.locked or not known.proven
    if operation.kind == Kind.SETTLE and not waits:
        if not audit.may_settle:
            raise Forbidden("operation.not_head", record=operation.target, field="kind")
        if not known.target.in_conflict:
            raise Conflict("operation.no_conflict", record=operation.target, field="kind")
    value = _taken_in(operation, audit)
    if waits:
        return _beside(operation, value, known.target, late=audit.locked)
    return _weighed(operation, value, known)


def _taken_in(operation: Operation, audit: AuditFacts) -> Value:
    if operation.criterion is None and operation.kind in (Kind.ENTRY, Kind.SETTLE) and "entry" in operation.value:
        return entry_value(operation.value, audit.checklist)
    if operation.criterion is None and operation.kind in (Kind.FIELD, Kind.SETTLE):
        return field_value(operation.value)
    if operation.kind in (Kind.FIELD, Kind.ENTRY):
        expected = f"{Kind.ANSWER}, {Kind.SETTLE}"
        raise Invalid("operation.kind", record=operation.op_id, field="kind", value=operation.kind, expected=expected)
    criterion = audit.checklist.criterion(operation.criterion or "")
    if criterion is None:
        value = operation.criterion or ""
        raise Invalid("operation.criterion", record=operation.audit, field="criterion", value=value)
    return answer_value(operation.value, criterion)


def _as_a_whole(operation: Operation, target: Target) -> Verdict:
    """Signing and amending: the target's revisions count them."""
    record = Revision(target.latest + 1, {}, operation.device_id, operation.op_id, True)
    return replace(_verdict(operation, Reply.ACCEPTED, target), revision=record.number, record=record)


def _beside(operation: Operation, value: Value, target: Target, *, late: bool) -> Verdict:
    """Kept beside what stands, whatever that is, unless it says the same."""
    if value == (target.value or empty_value(operation.target)):
        return replace(_verdict(operation, Reply.ACCEPTED, target), standing=value)
    record = Revision(target.latest + 1, value, operation.device_id, operation.op_id, False)
    told = replace(_verdict(operation, Reply.CONFLICT, target), revision=record.number, record=record, late=late)
    return replace(told, standing=target.value, offered=value)


def _weighed(operation: Operation, value: Value, known: Known) -> Verdict:
    target = known.target
    unfounded = known.after_refusal is not None and operation.base_revision == known.after_refusal + 1
    seen = operation.base_revision == target.latest and not unfounded
    seen = seen or (target.standing is None and not target.in_conflict)
    settles = operation.kind == Kind.SETTLE and seen
    same = value == (target.value or empty_value(operation.target))
    if same and not settles and (target.in_conflict or not seen):
        return replace(_verdict(operation, Reply.ACCEPTED, target), standing=value)
    stands = settles or (seen and not target.in_conflict)
    record = Revision(target.latest + 1, value, operation.device_id, operation.op_id, stands)
    return replace(
        _verdict(operation, Reply.ACCEPTED if stands else Reply.CONFLICT, target),
        revision=record.number,
        standing=value if stands else target.value,
        offered=None if stands else value,
        record=record,
        settles=settles,
    )


def _verdict(operation: Operation, reply: Reply, target: Target) -> Verdict:
    return Verdict(operation.op_id, operation.fingerprint, reply, reply, target.latest, line=operation.op_id)
