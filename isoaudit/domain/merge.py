"""What becomes of an operation that a device sends, decided without a clock or a database (CONTRACT §5).

Every value that is taken in gets the next revision of its target and stays in the history, whether it
stands or lost against another one: a conflict never overwrites, and a person settles it. `decide` judges
one operation against what is known; `plan_batch` a whole batch in any order. Reading the state and writing
the plan is the business of services.

Held operations are not kept: the device sends them again after the missing one. Everything else gets a
receipt, so that sending it again changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from isoaudit.domain.operations import Kind, Operation, Value, answer_value, field_value
from isoaudit.domain.vocabulary import AuditState, Word


class Reply(Word):
    """What the device is told about an operation."""

    ACCEPTED = "accepted", "đã lưu", "accepted"
    DUPLICATE = "duplicate", "đã nhận trước đó", "duplicate"
    HELD = "held", "chờ thao tác trước", "held"
    CONFLICT = "conflict", "xung đột", "conflict"
    REFUSED = "refused", "bị từ chối", "refused"


@dataclass(frozen=True, slots=True)
class Revision:
    """A value taken in: the `number` counts per target from 1, over values that stand and values in
    conflict alike.
    """

    number: int
    value: Value
    device_id: str
    op_id: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Target:
    """Where a criterion or a field of an audit is: its latest revision, the one that stands, those in open
    conflict.
    """

    latest: int = 0
    standing: Revision | None = None
    contenders: tuple[Revision, ...] = ()

    @property
    def value(self) -> Value | None:
        """The value that stands."""
        return None if self.standing is None else self.standing.value

    @property
    def in_conflict(self) -> bool:
        """Whether a person has to settle it; an audit with an open conflict cannot be concluded."""
        return bool(self.contenders)


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """What has to be known of an audit: its life, its checklist, and what the sender may do in it."""

    state: AuditState
    checklist: Checklist
    may_answer: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an operation.

    `first` is the outcome of the first time (for a duplicate; otherwise the same as `reply`). `standing`
    and `offered` are the two values of a conflict; `revision` is the target's latest one afterwards;
    `record` the revision to write, None when there is nothing to write; `settles`: the open conflict ends
    with it. `fingerprint` knows it again.
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when one operation is judged. `last_seq` is the device's highest one that is not held.

    `after_refusal`: the device's last operation on this target was refused, so that a revision counted upon
    it is unfounded (the base of that refused operation is given, else None).
    """

    receipt: Verdict | None
    last_seq: int
    audit: AuditFacts | None
    target: Target
    after_refusal: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What is known of everything that a batch touches. Keys: `op_id`; device; audit; (audit, target).

    `refused` holds, by (device, audit, target), the base of the device's last operation there when it was
    refused.
    """

    audits: Mapping[str, AuditFacts]
    receipts: Mapping[str, Verdict] = field(default_factory=dict)
    last_seq: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[tuple[str, str], Target] = field(default_factory=dict)
    refused: Mapping[tuple[str, str, str], int] = field(default_factory=dict)


def decide(operation: Operation, known: Known) -> Verdict:
    """The verdict on one operation. Rules in the order in which they are asked:

    the same operation again is `duplicate`; with a lower `seq` missing it is `held`; an `op_id` or `seq`
    used by another operation, an audit that is unknown, closed or not the sender's, an unknown kind,
    criterion or field, and a value that no further typing could mend are `refused`; a settlement by the
    team's head ends the conflict it has seen; a value typed on the latest revision is `accepted`, one typed
    on another revision, or while a conflict is open, only when it equals the value that stands: otherwise
    it is a `conflict`, and both stay.
    """
    receipt = known.receipt
    if receipt is not None and receipt.fingerprint == operation.fingerprint:
        return replace(receipt, reply=Reply.DUPLICATE, record=None, settles=False, entered=False)
    if operation.seq > known.last_seq + 1:
        return _verdict(operation, Reply.HELD, known.target)
    try:
        if receipt is not None:
            raise Conflict("operation.id_reused", record=operation.op_id, field="op_id")
        if operation.seq <= known.last_seq:
            raise Conflict("operation.seq_used", record=operation.op_id, field="seq", value=operation.seq)
        value = _taken_in(operation, known)
    except Refusal as refusal:
        entered = receipt is None and operation.seq > known.last_seq
        return replace(_verdict(operation, Reply.REFUSED, known.target), refusal=refusal, entered=entered)
    return replace(_weighed(operation, value, known), entered=True)


def plan_batch(operations: Sequence[Operation], state: State) -> tuple[list[Verdict], State]:
    """The verdicts of a batch, in the order given, and the state after it.

    Operations are judged by device and `seq`, whatever their order in the batch; the revisions to write are
    to be written by target and number.
    """
    receipts, last_seq = dict(state.receipts), dict(state.last_seq)
    targets, refused = dict(state.targets), dict(state.refused)
    verdicts: dict[int, Verdict] = {}
    for place in sorted(range(len(operations)), key=lambda each: (operations[each].device_id, operations[each].seq)):
        operation = operations[place]
        here, device = (operation.audit, operation.target), operation.device_id
        known = Known(
            receipt=receipts.get(operation.op_id),
            last_seq=last_seq.get(device, 0),
            audit=state.audits.get(operation.audit),
            target=targets.get(here, Target()),
            after_refusal=refused.get((device, *here)),
        )
        verdict = decide(operation, known)
        verdicts[place] = verdict
        if verdict.reply in (Reply.HELD, Reply.DUPLICATE):
            continue
        if operation.seq == known.last_seq + 1:
            last_seq[device] = operation.seq
        if not verdict.entered:
            continue
        receipts[operation.op_id] = verdict
        targets[here] = after(known.target, verdict)
        refused.pop((device, *here), None)
        if verdict.reply is Reply.REFUSED:
            refused[(device, *here)] = operation.base_revision
    return [verdicts[place] for place in range(len(operations))], State(
        state.audits, receipts, last_seq, targets, refused
    )


def after(target: Target, verdict: Verdict) -> Target:
    """The target once the verdict's revision, if any, is written."""
    if verdict.record is None:
        return target
    if not verdict.record.stands:
        return replace(target, latest=verdict.record.number, contenders=(*target.contenders, verdict.record))
    return Target(verdict.record.number, verdict.record, () if verdict.settles else target.contenders)


def _taken_in(operation: Operation, known: Known) -> Value:
    audit = known.audit
    if audit is None:
        raise NotFound("operation.audit_unknown", record=operation.audit, field="audit")
    if operation.kind not in {each.value for each in Kind}:
        expected = ", ".join(each.value for each in Kind)
        raise Invalid("operation.kind", record=operation.op_id, field="kind", value=operation.kind, expected=expected)
    if not audit.may_answer and not (operation.kind == Kind.SETTLE and audit.may_settle):
        raise Forbidden("operation.not_team", record=operation.audit, field="audit")
    if audit.state not in (AuditState.PLANNED, AuditState.UNDER_WAY):
        state = audit.state
        raise Conflict("operation.closed", record=operation.audit, field="audit", vi=state.vi, en=state.en)
    if operation.kind == Kind.SETTLE:
        if not audit.may_settle:
            raise Forbidden("operation.not_head", record=operation.target, field="kind")
        if not known.target.in_conflict:
            raise Conflict("operation.no_conflict", record=operation.target, field="kind")
    if operation.criterion is None and operation.kind != Kind.ANSWER:
        return field_value(operation.value)
    if operation.kind == Kind.FIELD:
        expected = f"{Kind.ANSWER}, {Kind.SETTLE}"
        raise Invalid("operation.kind", record=operation.op_id, field="kind", value=operation.kind, expected=expected)
    criterion = audit.checklist.criterion(operation.criterion or "")
    if criterion is None:
        value = operation.criterion or ""
        raise Invalid("operation.criterion", record=operation.audit, field="criterion", value=value)
    return answer_value(operation.value, criterion)


def _weighed(operation: Operation, value: Value, known: Known) -> Verdict:
    target = known.target
    unfounded = known.after_refusal is not None and operation.base_revision == known.after_refusal + 1
    seen = operation.base_revision == target.latest and not unfounded
    seen = seen or (target.standing is None and not target.in_conflict)
    settles = operation.kind == Kind.SETTLE and seen
    if target.standing is not None and value == target.value and not settles and (not seen or target.in_conflict):
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
    return Verdict(operation.op_id, operation.fingerprint, reply, reply, target.latest)
