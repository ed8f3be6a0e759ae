"""The file of an inspection: its steps in order, what is there, what is due or late, and what comes next (FACTS §2).

Which steps there are, for which audits, and by when each is expected is data (`templates/papers/steps.toml`): practice,
not law. The papers themselves are rows of `audit_paper`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isoaudit.domain.errors import Invalid
from isoaudit.domain.vocabulary import Mode, PaperKind, Purpose, Word


class Anchor(Word):
    """The day from which the day of a step is counted."""

    PLANNED_ON = "planned_on", "ngày kiểm tra theo kế hoạch", "the day planned"
    MINUTED_ON = "minuted_on", "ngày lập biên bản", "the day of the minutes"
    CONCLUDED_ON = "concluded_on", "ngày thông báo kết luận", "the day of the notice of conclusion"
    REPORT_DUE = "report_due", "hạn gửi báo cáo của đơn vị", "the deadline of the unit's report"
    REMEDY_DUE = "remedy_due", "hạn khắc phục muộn nhất", "the last deadline of the corrections"


class Needed(Word):
    """When a step is asked for at all."""

    ALWAYS = "always", "luôn có", "always"
    FINDINGS = "findings", "khi có tồn tại, hạn chế", "when there are shortcomings"
    OPTIONAL = "optional", "khi cần", "when wanted"


class StepState(Word):
    """How a step stands on a day."""

    THERE = "there", "đã có", "there"
    OVERDUE = "overdue", "quá hạn", "overdue"
    DUE = "due", "đến bước này", "due now"
    LATER = "later", "chưa đến", "later"
    UNNEEDED = "unneeded", "không cần", "not needed"
    UNKNOWN = "unknown", "chưa ghi nhận", "not recorded"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step of the file: the paper, for which audits, from which day and how many days later it is expected, when it
    is needed, and the template of its paper (empty: the unit writes it, or the tool has it otherwise)."""

    kind: PaperKind
    modes: frozenset[Mode]
    purposes: frozenset[Purpose]
    anchor: Anchor
    days: int
    needed: Needed = Needed.ALWAYS
    template: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of one file on a day. `next` is set on the first that is to be done."""

    rule: StepRule
    state: StepState
    due: date | None
    next: bool = False

    @property
    def kind(self) -> PaperKind:
        """The paper of the step."""
        return self.rule.kind

    @property
    def pointless(self) -> bool:
        """Whether its paper would have nothing to tell: it asks for what findings there are, and there are none."""
        return self.rule.needed is Needed.FINDINGS and self.state is StepState.UNNEEDED


def rules(steps: Sequence[Mapping[str, object]], record: str) -> tuple[StepRule, ...]:
    """The rules as a file tells them. Raises Invalid `paper.steps` naming what is wrong in which step."""
    found = []
    known = {"kind", "modes", "purposes", "anchor", "days", "needed", "template"}
    for place, told in enumerate(steps, 1):
        unknown = sorted(set(told) - known)
        if unknown:
            raise Invalid("paper.steps", record=record, value=place, what=unknown[0])
        try:
            found.append(
                StepRule(
                    PaperKind(str(told["kind"])),
                    frozenset(Mode(each) for each in _list(told["modes"])),
                    frozenset(Purpose(each) for each in _list(told["purposes"])),
                    Anchor(str(told["anchor"])),
                    int(str(told["days"])),
                    Needed(str(told.get("needed", Needed.ALWAYS.value))),
                    str(told.get("template", "")),
                )
            )
        except (KeyError, ValueError, TypeError) as error:
            raise Invalid("paper.steps", record=record, value=place, what=str(error)) from None
    return tuple(found)


def steps_of(
    rules: Sequence[StepRule],
    mode: Mode,
    purpose: Purpose,
    there: Collection[PaperKind],
    anchors: Mapping[Anchor, date | None],
    today: date,
    *,
    findings: int,
    closed: bool = False,
    untracked: bool = False,
) -> list[Step]:
    """The steps of an audit, in the order of the rules.

    A step is due once its day has come within a step before it being open or not: papers are often written out of
    order. `findings` is how many shortcomings the minutes name; `closed` that nothing is expected any more (the audit
    was cancelled); `untracked` that the audit took place before or outside the tool: what is not there may well have
    been written, so it is neither late nor said to be needless.
    """
    found: list[Step] = []
    waits = False
    for rule in rules:
        if mode not in rule.modes or purpose not in rule.purposes:
            continue
        anchor = anchors.get(rule.anchor)
        due = anchor + timedelta(days=rule.days) if anchor is not None else None
        minuted = anchors.get(Anchor.MINUTED_ON) is not None
        if rule.kind in there:
            state = StepState.THERE
        elif closed or rule.needed is Needed.OPTIONAL or (rule.needed is Needed.FINDINGS and minuted and not findings):
            state = StepState.UNNEEDED
        elif untracked:
            state = StepState.UNKNOWN
        elif due is not None and due < today:
            state = StepState.OVERDUE
        else:
            state = StepState.LATER
        first = not waits and state in (StepState.OVERDUE, StepState.LATER)
        if first:
            waits = True
            state = state if state is StepState.OVERDUE else StepState.DUE
        found.append(Step(rule, state, due, first))
    return found


def _list(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r}")
    return [str(each) for each in value]
