"""The life of an audit: who may take it from where to where, and what its minutes still lack (RULES §6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.checklist import Checklist, Criterion
from isoaudit.domain.errors import Conflict, Forbidden, Invalid
from isoaudit.domain.vocabulary import AuditState, Grade, Role, TeamRole, Word


class Step(Word):
    """What can be done with an audit as a whole."""

    START = "start", "bắt đầu kiểm tra", "start"
    MINUTE = "minute", "lập biên bản", "minute"
    SIGN = "sign", "ký tại chỗ", "sign on the spot"
    FINALISE = "finalise", "nhận đủ dữ liệu của các thiết bị đã ký", "finalise what was signed"
    CONCLUDE = "conclude", "thông báo kết luận", "conclude by notice"
    CANCEL = "cancel", "hủy", "cancel"
    REOPEN = "reopen", "mở lại", "reopen"


@dataclass(frozen=True, slots=True)
class Transition:
    """A step: from which states, to which, by whom (a role of the account or on this audit), with a reason
    or not.
    """

    of: frozenset[AuditState]
    to: AuditState
    by: frozenset[Role | TeamRole]
    reason: bool = False


_TEAM = frozenset[Role | TeamRole](TeamRole)
_HEAD = frozenset[Role | TeamRole]({TeamRole.HEAD})
_OFFICE = frozenset[Role | TeamRole]({Role.OFFICE})
_NOTICE = frozenset[Role | TeamRole]({Role.OFFICE, Role.COMMITTEE})
TRANSITIONS: dict[Step, Transition] = {
    Step.START: Transition(frozenset({AuditState.PLANNED}), AuditState.UNDER_WAY, _TEAM),
    Step.MINUTE: Transition(frozenset({AuditState.UNDER_WAY}), AuditState.MINUTED, _HEAD),
    Step.SIGN: Transition(frozenset({AuditState.PLANNED, AuditState.UNDER_WAY}), AuditState.SIGNED, _HEAD),
    Step.FINALISE: Transition(frozenset({AuditState.SIGNED}), AuditState.MINUTED, _TEAM),
    Step.CONCLUDE: Transition(frozenset({AuditState.MINUTED}), AuditState.CONCLUDED, _NOTICE),
    Step.CANCEL: Transition(
        frozenset({AuditState.PLANNED, AuditState.UNDER_WAY}), AuditState.CANCELLED, _OFFICE, reason=True
    ),
    Step.REOPEN: Transition(
        frozenset({AuditState.SIGNED, AuditState.MINUTED, AuditState.CONCLUDED}),
        AuditState.UNDER_WAY,
        _HEAD,
        reason=True,
    ),
}
"""The whole life (reading: a signed or minuted audit is not cancelled any more, it is reopened). Nobody presses a
button for `FINALISE`: it happens when the last device has delivered what it holds, or was released."""


def take(
    step: Step, state: AuditState, roles: Collection[Role | TeamRole], reason: str = "", *, audit: str = ""
) -> AuditState:
    """The state after the step. Raises Conflict, Forbidden or Invalid; `audit` is its reference, for the
    message.
    """
    transition = TRANSITIONS[step]
    named = {"record": audit, "step_vi": step.vi, "step_en": step.en}
    if state not in transition.of:
        raise Conflict("audit.step", **named, state_vi=state.vi, state_en=state.en)
    if transition.by.isdisjoint(roles):
        allowed = sorted(transition.by)
        raise Forbidden(
            "audit.step_by",
            **named,
            by_vi=", ".join(each.vi for each in allowed),
            by_en=", ".join(each.en for each in allowed),
        )
    if transition.reason and not reason.strip():
        raise Invalid("audit.reason_missing", **named, field="reason")
    return transition.to


class Lack(Word):
    """What an answer still needs before the minutes."""

    ANSWER = "answer", "chưa trả lời", "no answer"
    NOTE = "note", "chưa ghi bằng chứng", "no note of the evidence"
    DEADLINE = "deadline", "chưa đặt thời hạn khắc phục", "no deadline"
    REASON = "reason", "chưa nêu lý do không áp dụng", "no reason why it does not apply"
    CONFLICT = "conflict", "còn hai nội dung chưa thống nhất", "two values wait to be settled"
    EVIDENCE = "evidence", "còn ảnh chưa về máy chủ", "photos that have not arrived"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it stands; `conflict` is set while two values wait for a person to settle them, `incomplete` while a
    file that it names has not arrived."""

    grade: Grade | None
    note: str = ""
    reason: str = ""
    due_on: date | None = None
    conflict: bool = False
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the minutes lack."""

    criterion: str
    lack: Lack


def missing_for_minutes(
    checklist: Checklist, kind: str, answers: Mapping[str, Given], *, core: bool = False
) -> tuple[Missing, ...]:
    """What has to be done before the audit can be minuted, in the order of the checklist.

    Every criterion asked of a unit of this kind (with `core`, of the short set) needs an answer; every answer
    given, asked or not, needs what its grade requires. Imported audits may have gaps and are not put to this.
    """
    grades = {code: given.grade for code, given in answers.items()}
    asked = {each.code for each in checklist.asked(kind, grades, core=core)}
    found: list[Missing] = []
    for each in checklist.criteria:
        given = answers.get(each.code, Given(None))
        if given.grade is None and each.code in asked:
            found.append(Missing(each.code, Lack.ANSWER))
        found.extend(Missing(each.code, lack) for lack in lacks(given))
    return tuple(found)


def lacks(given: Given) -> tuple[Lack, ...]:
    """What a grade that was given still requires."""
    found = []
    if given.conflict:
        found.append(Lack.CONFLICT)
    if given.grade in NONCONFORMING:
        if not given.note.strip():
            found.append(Lack.NOTE)
        if given.due_on is None:
            found.append(Lack.DEADLINE)
    if given.grade is Grade.NOT_APPLICABLE and not given.reason.strip():
        found.append(Lack.REASON)
    if given.incomplete:
        found.append(Lack.EVIDENCE)
    return tuple(found)


def refuse_grade(criterion: Criterion, grade: Grade | None) -> None:
    """Raise Invalid for a grade that this criterion never takes: `not_applicable` on a gate."""
    if criterion.gate and grade is Grade.NOT_APPLICABLE:
        raise Invalid("answer.gate_not_applicable", criterion=criterion.code, field="grade")
