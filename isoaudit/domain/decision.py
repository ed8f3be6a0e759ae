"""The life of a decision of the steering committee on a unit, a block or the whole province, as of a day.

A decision is followed up by steps that are only added: reports of progress, a new deadline, the end, taking it up
again. What it adds up to on a day is worked out here; rows and who may write them are elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.vocabulary import Word


class StepKind(Word):
    """What a step of following up does."""

    PROGRESS = "progress", "báo cáo tiến độ", "report of progress"
    EXTENDED = "extended", "gia hạn", "deadline extended"
    DONE = "done", "đã thực hiện xong", "carried out"
    DROPPED = "dropped", "thôi thực hiện", "dropped"
    REOPENED = "reopened", "mở lại", "taken up again"


class DecisionState(Word):
    """How a decision stands on a day."""

    OVERDUE = "overdue", "quá hạn", "overdue"
    OPEN = "open", "đang thực hiện", "under way"
    DONE = "done", "đã thực hiện", "carried out"
    DONE_LATE = "done_late", "thực hiện chậm", "carried out late"
    DROPPED = "dropped", "thôi thực hiện", "dropped"

    @property
    def pending(self) -> bool:
        """Whether something is still to be done."""
        return self in (DecisionState.OPEN, DecisionState.OVERDUE)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of following up: its day, and the new deadline that an extension sets."""

    number: int
    kind: StepKind
    on_day: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision and its steps add up to on a day: the deadline in force, the day of its end, if it has ended."""

    state: DecisionState
    due_on: date | None
    ended_on: date | None = None

    def days_late(self, day: date) -> int:
        """By how many days it is overdue on `day`, or was when it was carried out; 0 when it is not."""
        late = (DecisionState.OVERDUE, DecisionState.DONE_LATE)
        return ((self.ended_on or day) - self.due_on).days if self.due_on and self.state in late else 0


def standing(due_on: date | None, steps: Iterable[Step], day: date) -> Standing:
    """How a decision with the deadline `due_on` stands at the end of `day`.

    Steps count from their own day, those of one day in the order in which they were written. The deadline in force is
    that of the latest extension; a decision is overdue from the day after it.
    """
    ended: Step | None = None
    for step in sorted((each for each in steps if each.on_day <= day), key=lambda each: (each.on_day, each.number)):
        if step.kind is StepKind.EXTENDED:
            due_on = step.due_on
        elif step.kind in (StepKind.DONE, StepKind.DROPPED):
            ended = step
        elif step.kind is StepKind.REOPENED:
            ended = None
    if ended is None:
        late = due_on is not None and due_on < day
        return Standing(DecisionState.OVERDUE if late else DecisionState.OPEN, due_on)
    if ended.kind is StepKind.DROPPED:
        return Standing(DecisionState.DROPPED, due_on, ended.on_day)
    late = due_on is not None and due_on < ended.on_day
    return Standing(DecisionState.DONE_LATE if late else DecisionState.DONE, due_on, ended.on_day)
