"""The roll-up: every figure of a province and period as of a day, counted in one pass over its units (RULES
§1–§8).

Make a `Scope`, fetch the answers of its audits, and call `roll_up`. The figures are values of `figures`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from isoaudit.domain import evaluation, nonconformity
from isoaudit.domain.audit import Scale, band, clause_table
from isoaudit.domain.conversion import (
    Target,
    achieved,
    in_baseline,
    is_overdue,
    missing_steps,
    status_of,
    weights,
)
from isoaudit.domain.declaration import current_edition, redeclaration_due, up_to
from isoaudit.domain.facts import Answers, AuditFact, Marking, Procedures, Tally, Unit
from isoaudit.domain.figures import BANDS, NO_BAND, AuditLine, Counts, EndedLine, Rollup, UnitLine
from isoaudit.domain.ledger import gather
from isoaudit.domain.maintenance import maintained, missing_kinds, unmet
from isoaudit.domain.scope import Scope
from isoaudit.domain.standard import Conversion
from isoaudit.domain.unit import ONE_DAY, block_of, in_force, listed, obligation_on
from isoaudit.domain.vocabulary import ActivityKind, Block, Grade, Maintained, Status, UnitKind

_NOT_APPLICABLE, _TO_REDECLARE, _CONVERTED = Maintained.NOT_APPLICABLE, Status.TO_REDECLARE, Status.CONVERTED
_MINOR, _MAJOR = Grade.MINOR, Grade.MAJOR
_NO_ANSWERS = Answers()
_NO_TALLY = Tally()


def roll_up(scope: Scope, *, conversion: Conversion, answers: Answers = _NO_ANSWERS) -> Rollup:
    """Count everything that `scope` sees, for this conversion.

    `answers` holds the tallies of `scope.audit_ids` and the clause rows of `scope.clause_audit_ids`; an
    audit without a tally has no score and no band.
    """
    target = Target(conversion, scope.facts.editions)
    lines = tuple(_unit_lines(scope, target, answers.tallies))
    left = _left_by_merger(scope, conversion, lines)
    by_block: dict[Block, list[UnitLine]] = {}
    for line in lines:
        by_block.setdefault(line.block, []).append(line)
    sub_agencies = [line for line in lines if line.unit.kind is UnitKind.SUB_AGENCY]
    part_a, clauses = clause_table(answers.clauses, scope.facts.checklists)
    return Rollup(
        province=scope.province,
        year=scope.year,
        period=scope.period,
        as_of=scope.as_of,
        conversion=conversion.id,
        blocks={block: _counts(of_block, left[block]) for block, of_block in by_block.items()},
        total=_counts(lines, sum(left[block] for block in by_block)),
        sub_agencies=_counts(sub_agencies, left[UnitKind.SUB_AGENCY]) if sub_agencies else None,
        ended=tuple(
            EndedLine(unit, ended_on, _status_on(scope, unit.id, target, ended_on - ONE_DAY))
            for unit in sorted(scope.ended(), key=listed)
            if (ended_on := unit.valid_to) is not None
        ),
        part_a=part_a,
        clauses=clauses,
        nonconformities=nonconformity.count(scope.nonconformities(), scope.period, scope.as_of),
        tasks=evaluation.count(scope.facts.tasks, scope.year, scope.as_of),
        units=lines,
    )


def _unit_lines(scope: Scope, target: Target, tallies: Mapping[int, Tally]) -> Iterator[UnitLine]:
    """The line of every unit in force."""
    day, ledger, editions = scope.as_of, scope.ledger, target.editions
    new_year = date(scope.year, 1, 1)
    progresses: dict[frozenset[str], tuple[tuple[int, int], tuple[str, ...]]] = {}
    marker = _Marker(scope.facts.checklists)
    for unit in scope.in_force:
        rows = scope.rows(unit.id)
        history = scope.history(rows, day)
        edition = history.edition
        exempt = scope.is_exempt(rows, day)
        steps = achieved(gather(ledger.milestones, rows), edition, target, day)
        if (progress := progresses.get(steps)) is None:
            progress = weights(steps, target.conversion), missing_steps(steps, target.conversion)
            progresses[steps] = progress
        status = status_of(history, steps, target, exempt=exempt)
        procedures = [each for each in gather(ledger.procedures, rows) if each.as_of <= day]
        latest = max(procedures, key=_by_as_of, default=None)
        audit = scope.audits.get(unit.id)
        kept: Maintained = _NOT_APPLICABLE
        missing: tuple[ActivityKind, ...] = ()
        if not exempt and current_edition(up_to(history.declarations, new_year)) is not None:
            kept, missing = _maintained(scope, rows, audited=audit is not None)
        yield UnitLine(
            unit=unit,
            block=block_of(unit),
            obligation=obligation_on(unit, gather(ledger.obligations, rows), day),
            edition=edition,
            accepted=edition is not None and editions[edition].accepted_on(day),
            status=status,
            overdue=is_overdue(status, edition, editions, day),
            progress=progress[0],
            missing_steps=progress[1],
            maintained=kept,
            missing=missing,
            redeclaration_due=status is _TO_REDECLARE
            or redeclaration_due(history.declarations, latest, scope.register.received(rows, day)),
            in_baseline=not exempt and in_baseline(history, target.conversion, day),
            audit=None if audit is None else marker.line(audit, tallies.get(audit.id, _NO_TALLY)),
            visits=scope.visits(rows),
            procedures=latest if latest is not None and latest.as_of >= scope.period.first else None,
        )


def _by_as_of(procedures: Procedures) -> tuple[date, int]:
    return procedures.as_of, procedures.entry


def _maintained(scope: Scope, rows: Sequence[int], *, audited: bool) -> tuple[Maintained, tuple[ActivityKind, ...]]:
    """Whether a unit that had an edition on 1 January keeps up its system, and which activities are
    lacking.
    """
    lacking = unmet(scope.facts.conditions, gather(scope.ledger.activities, rows), scope.year, scope.as_of)
    major = scope.has_major_open(rows)
    value = maintained(lacking, scope.year, scope.as_of, major_open=major, audited=audited)
    return value, missing_kinds(lacking)


class _Marker:
    """Scores and bands, each checklist version's scale worked out once."""

    def __init__(self, checklists: Mapping[str, Marking]) -> None:
        self._scales = {key: (Scale.of(each.scoring), each.bands) for key, each in checklists.items()}

    def line(self, audit: AuditFact, tally: Tally) -> AuditLine:
        """What the audit amounts to."""
        scale, bands = self._scales[audit.checklist]
        exact = scale.score(tally.weights)
        minor, major = tally.counts.get(_MINOR, 0), tally.counts.get(_MAJOR, 0)
        return AuditLine(audit, exact, band(tally, bands, exact), minor, major)


def _status_on(scope: Scope, unit_id: int, target: Target, day: date) -> Status:
    """The status of one register row as of any day."""
    rows = scope.register.rows(unit_id, day)
    history = scope.history(rows, day)
    steps = achieved(gather(scope.ledger.milestones, rows), history.edition, target, day)
    return status_of(history, steps, target, exempt=scope.is_exempt(rows, day))


def _left_by_merger(scope: Scope, conversion: Conversion, lines: Iterable[UnitLine]) -> Counter[Block | UnitKind]:
    """How many of the baseline's register are no longer there, by block (and for the line of the chi cục).

    (reading: the baseline counted on its own day, from the register and exemptions of that day, minus the
    baseline as of the cut-off day; nothing when the cut-off day is not later.)
    """
    left: Counter[Block | UnitKind] = Counter()
    day = conversion.baseline
    if day is None or day >= scope.as_of:
        return left
    for unit in scope.units_on(day):
        if scope.stands_alone(unit.id) and in_force(unit, scope.as_of):
            continue  # in the baseline of both days, or in neither
        rows = scope.register.rows(unit.id, day)
        if not scope.is_exempt(rows, day) and in_baseline(scope.history(rows, day), conversion, day):
            left.update(_counted_under(unit))
    for line in lines:
        if line.in_baseline and not (in_force(line.unit, day) and scope.stands_alone(line.unit.id)):
            left.subtract(_counted_under(line.unit))
    return left


def left_without_block(scope: Scope, conversion: Conversion, found: Rollup) -> dict[Block, int]:
    """How many of the baseline's register left in blocks that have no unit any more. A roll-up has no such block (RULES
    §2), so these are in none of its figures; a report tells them beside those."""
    left = _left_by_merger(scope, conversion, found.units)
    return {block: left[block] for block in Block if block not in found.blocks and left[block]}


def _counted_under(unit: Unit) -> tuple[Block | UnitKind, ...]:
    """The block, and the line of the chi cục inside it."""
    return (block_of(unit), unit.kind) if unit.kind is UnitKind.SUB_AGENCY else (block_of(unit),)


def _counts(lines: Sequence[UnitLine], left_by_merger: int) -> Counts:
    """The figures of these units. All but `units` and `exempt` are of those that are not exempt."""
    considered = [line for line in lines if not line.exempt]
    accepted = [line for line in considered if line.accepted]
    baseline = [line for line in considered if line.in_baseline]
    audits = [line.audit for line in considered if line.audit is not None]
    tthc = [line.procedures for line in considered if line.procedures is not None]
    statuses = Counter([line.status for line in considered])
    kept = Counter([line.maintained for line in considered])
    bands = Counter([NO_BAND if each.band is None else each.band.code for each in audits])
    return Counts(
        units=len(lines),
        exempt=len(lines) - len(considered),
        obliged=sum(line.obliged for line in considered),
        status={status: statuses[status] for status in Status if status is not Status.EXEMPT},
        declared=len(accepted),
        declared_obliged=sum(line.obliged for line in accepted),
        baseline=len(baseline),
        baseline_converted=sum(line.status is _CONVERTED for line in baseline),
        left_by_merger=left_by_merger,
        maintained={value: kept[value] for value in Maintained},
        audited=len(audits),
        visits=sum(line.visits for line in considered),
        bands={code: bands[code] for code in (*BANDS, *sorted(bands.keys() - {*BANDS, NO_BAND}), NO_BAND)},
        tthc_units=len(tthc),
        tthc_full=sum(each.covered == each.total > 0 for each in tthc),
        tthc_covered=sum(each.covered for each in tthc),
        tthc_total=sum(each.total for each in tthc),
    )
