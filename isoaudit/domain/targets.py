"""What is known of an audit and of each target of it: revisions, the value that stands, values in open conflict.

How they change is in `merge` and `signing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.operations import Value
from isoaudit.domain.vocabulary import AuditState, Word

SETTLED = "settled"
"""The outcome, in a history, of the value by which a person ended a conflict."""
Taken = TypeVar("Taken")


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
    """Where a criterion, an entry or a general text of an audit is: its latest revision, the one that
    stands, those in open conflict.
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
    """What has to be known of an audit: its life, its checklist, and what the sender may do in it (the head
    of the team settles, signs and amends).

    Only for signing: the kind of its unit, whether the short set is asked, the first and last day that its
    minutes can bear, and the digest of its last signature.
    """

    state: AuditState
    checklist: Checklist
    may_answer: bool
    may_settle: bool
    kind: str = ""
    core: bool = False
    first_day: date | None = None
    last_day: date | None = None
    signed: str | None = None

    @property
    def locked(self) -> bool:
        """Whether it is signed or minuted: what comes now is kept, but changes nothing until an amendment."""
        return self.state in (AuditState.SIGNED, AuditState.MINUTED, AuditState.CONCLUDED)


def waiting(history: Iterable[tuple[str, Taken]]) -> list[Taken]:
    """The values of one target that wait for a person, oldest first: those in conflict since the last one
    that settled it. `history` is what the target was given, oldest first, as (outcome, value).
    """
    left: list[Taken] = []
    for outcome, value in history:
        if outcome == SETTLED:
            left.clear()
        elif outcome == Reply.CONFLICT:
            left.append(value)
    return left
