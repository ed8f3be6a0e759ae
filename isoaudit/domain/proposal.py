"""Which units next year's audit programme should take in, and why: what falls due is proposed, the office decides.

Units that neither declared nor began, and need not, are left alone; so are exempt ones. Who is in a team, on which day,
is planned afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.facts import Unit
from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.ledger import by_unit, gather
from isoaudit.domain.nonconformity import is_counted, is_overdue
from isoaudit.domain.scope import Scope
from isoaudit.domain.vocabulary import Maintained, Status, Word

YEARS_BETWEEN = 2
"""A unit that was not audited on site in so many calendar years, the year of the figures being the last, is due."""


class Reason(Word):
    """Why a unit is proposed; in the order of weight."""

    FAILING = "failing", "chưa thực hiện đúng việc duy trì, cải tiến", "fails to maintain the system"
    OVERDUE = "overdue", "có tồn tại quá hạn khắc phục", "overdue nonconformities"
    REDECLARE = "redeclare", "cần công bố lại", "re-declaration is due"
    MERGED = "merged", "mới tiếp nhận đơn vị khác", "newly merged"
    NEVER = "never", "chưa được kiểm tra toàn diện tại trụ sở", "never audited on site"
    LONG_AGO = "long_ago", "hai năm chưa được kiểm tra", "not audited for two years"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit that is due: the reasons by weight, the day of its last full audit on site, how many of its
    nonconformities are overdue."""

    unit: Unit
    reasons: tuple[Reason, ...]
    last_audit: date | None
    overdue: int


def propose(scope: Scope, rollup: Rollup, audited: Mapping[int, date]) -> list[Proposal]:
    """The units that are due in the year after the roll-up's, those with the weightiest reasons first.

    `audited` gives, by register row, the day of the latest minuted full audit on site up to the cut-off day, of all
    years.
    """
    late = by_unit(each for each in scope.facts.nonconformities if is_counted(each) and is_overdue(each, scope.as_of))
    found = []
    for line in rollup.units:
        rows = scope.rows(line.unit.id)
        overdue = sum(each.number for each in gather(late, rows))
        last = max((audited[row] for row in rows if row in audited), default=None)
        reasons = tuple(_reasons(scope, line, rows, last, overdue))
        if reasons:
            found.append(Proposal(line.unit, reasons, last, overdue))
    order = list(Reason)
    return sorted(found, key=lambda each: [order.index(reason) for reason in each.reasons])


def _reasons(scope: Scope, line: UnitLine, rows: tuple[int, ...], last: date | None, overdue: int) -> list[Reason]:
    if line.exempt:
        return []
    reasons = []
    if line.maintained is Maintained.FAILING:
        reasons.append(Reason.FAILING)
    if overdue:
        reasons.append(Reason.OVERDUE)
    if line.redeclaration_due or line.status is Status.TO_REDECLARE:
        reasons.append(Reason.REDECLARE)
    if any(scope.period.first <= each.left_on for each in scope.register.predecessors(rows, scope.as_of)):
        reasons.append(Reason.MERGED)
    if line.status is not Status.NOT_STARTED or line.obliged:
        if last is None:
            reasons.append(Reason.NEVER)
        elif last.year <= scope.as_of.year - YEARS_BETWEEN:
            reasons.append(Reason.LONG_AGO)
    return reasons
