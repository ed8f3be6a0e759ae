"""Which units a meeting should hear of: those in which everything is in order, and those that fall short in most ways;
which of them the yearly report praises, and on what grounds.

No ranking of the province: scores are internal (RULES §6), and a unit that was not audited has none. Whoever reads the
lists sees the reasons beside the names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from isoaudit.domain.figures import Rollup, UnitLine
from isoaudit.domain.vocabulary import Maintained, Status, Word

RIGHT = (Maintained.VERIFIED, Maintained.REPORTED)
DONE = (Status.CONVERTED, Status.NEWLY_APPLIED)


class Shortfall(Word):
    """A way in which a unit falls short; in the order in which they are told."""

    CONVERSION = "conversion", "quá hạn chuyển đổi", "conversion overdue"
    STOPPED = "stopped", "đã ngừng áp dụng", "stopped"
    UNDECLARED = "undeclared", "phải áp dụng nhưng chưa công bố", "obliged, not declared"
    REDECLARE = "redeclare", "cần công bố lại", "re-declaration due"
    FAILING = "failing", "chưa thực hiện đúng việc duy trì, cải tiến", "fails to maintain"
    MAJOR = "major", "có tồn tại nặng chưa khắc phục", "major nonconformity open"
    OVERDUE = "overdue", "có tồn tại quá hạn khắc phục", "overdue nonconformities"


@dataclass(frozen=True, slots=True)
class Open:
    """The nonconformities of a unit that are open: how many are overdue, how many are major."""

    overdue: int = 0
    major: int = 0


@dataclass(frozen=True, slots=True)
class Standout:
    """A unit that is named, with the ways in which it falls short; none for the best."""

    line: UnitLine
    shortfalls: tuple[Shortfall, ...]
    open: Open


def standouts(rollup: Rollup, found: Mapping[int, Open]) -> tuple[list[Standout], list[Standout]]:
    """The best and the worst, each best or worst first; exempt units are in neither.

    Best: declared in the edition converted to, upkeep right, nothing to mend; audited ones by score before others.
    Worst: by the number of ways, then of overdue nonconformities, then the lower score. `found` tells what is open by
    unit of the roll-up.
    """
    best, worst = [], []
    for line in rollup.units:
        if line.exempt:
            continue
        told = Standout(line, tuple(shortfalls(line, found.get(line.unit.id, Open()))), found.get(line.unit.id, Open()))
        if told.shortfalls:
            worst.append(told)
        elif line.status in DONE and line.maintained in RIGHT:
            best.append(told)
    order = {line.unit.id: place for place, line in enumerate(rollup.units)}
    best.sort(key=lambda each: (-_score(each, -1), RIGHT.index(each.line.maintained), order[each.line.unit.id]))
    worst.sort(
        key=lambda each: (-len(each.shortfalls), -each.open.overdue, _score(each, 101), order[each.line.unit.id])
    )
    return best, worst


def shortfalls(line: UnitLine, found: Open) -> Sequence[Shortfall]:
    """The ways in which a unit falls short; none for an exempt one."""
    if line.exempt:
        return ()
    holds = {
        Shortfall.CONVERSION: line.overdue,
        Shortfall.STOPPED: line.status is Status.STOPPED,
        Shortfall.UNDECLARED: line.obliged and not line.accepted and line.status is not Status.STOPPED,
        Shortfall.REDECLARE: line.redeclaration_due or line.status is Status.TO_REDECLARE,
        Shortfall.FAILING: line.maintained is Maintained.FAILING,
        Shortfall.MAJOR: found.major > 0,
        Shortfall.OVERDUE: found.overdue > 0,
    }
    told = [way for way, falls in holds.items() if falls]
    if Shortfall.CONVERSION in told and Shortfall.UNDECLARED in told:
        told.remove(Shortfall.UNDECLARED)  # said already
    return told


def _score(each: Standout, without: int) -> float:
    audit = each.line.audit
    return without if audit is None or audit.score is None else float(audit.score)


class Ground(Word):
    """What a unit has to its credit when the yearly report praises it; in the order in which it is told."""

    DECLARED = (
        "declared",
        "đã công bố theo phiên bản đang chuyển đổi sang, không thuộc số cần công bố lại",
        "declared, not due again",
    )
    KEPT = "kept", "thực hiện đúng việc duy trì, cải tiến", "keeps up its system"
    MENDED = "mended", "không còn tồn tại, hạn chế nào đang mở", "no nonconformity open"
    COVERED = "covered", "100% TTHC được giải quyết theo quy trình", "all procedures covered"
    OBJECTIVES = "objectives", "không có mục tiêu chất lượng nào không đạt", "no objective missed"
    REPORTS = "reports", "không gửi báo cáo trễ hạn", "no report late"


PRAISED = 10
"""So many praised units are named; of more a list is annexed."""
Credits = Mapping[Ground, bool | None]


@dataclass(frozen=True, slots=True)
class Praise:
    """Who is praised (codes in the order given), and the grounds that were looked at."""

    codes: tuple[str, ...]
    grounds: tuple[Ground, ...]


def praise(units: Mapping[str, Credits]) -> Praise:
    """The units for which every ground holds that is known of any. A unit of which a ground is not known (None), while
    it is of others, has not shown it. Scores and bands play no part: they are internal (RULES §6).
    """
    looked = tuple(each for each in Ground if any(credit.get(each) is not None for credit in units.values()))
    codes = tuple(code for code, credit in units.items() if looked and all(credit.get(each) for each in looked))
    return Praise(codes, looked)
