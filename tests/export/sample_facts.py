"""Made-up facts for the sample reports: declarations, milestones, audits, nonconformities, the same on every run."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from isoaudit.domain.checklist import Checklist, Part
from isoaudit.domain.facts import (
    Activity,
    Answers,
    AuditFact,
    ClauseRow,
    Deadline,
    Declaration,
    Exemption,
    Facts,
    Milestone,
    NonconformityFact,
    ObligationEntry,
    Procedures,
    Tally,
    TaskFact,
    Unit,
)
from isoaudit.domain.vocabulary import (
    BLOCK_OF,
    ActivityKind,
    Block,
    DeclarationKind,
    Grade,
    Mode,
    Obligation,
    Outcome,
    Purpose,
    ResultLevel,
)
from isoaudit.export.rows import ProcedureRow

OLD, NEW = "iso9001-2008", "iso9001-2015"
GRADES = tuple(Grade)
SHARES = (78, 9, 7, 1, 5)

TASKS = (
    TaskFact(1, 2020, date(2020, 6, 30), date(2020, 5, 15), True),
    TaskFact(2, 2020, date(2020, 12, 31), date(2020, 11, 19), True),
    TaskFact(3, 2020, date(2020, 10, 31), date(2020, 10, 30), False),
    TaskFact(4, 2020, date(2020, 9, 30), date(2020, 10, 12), True),
    TaskFact(5, 2020, date(2020, 12, 15)),
    TaskFact(6, 2020, mark=ResultLevel.NOT_DONE),
)


def made_up(
    units: Sequence[Unit], checklist: Checklist, steps: list[str], day: date, random: Random, every: bool
) -> tuple[Facts, Answers, tuple[ProcedureRow, ...]]:
    declarations: list[Declaration] = []
    milestones: list[Milestone] = []
    activities: list[Activity] = []
    procedures: list[Procedures] = []
    rows: list[ProcedureRow] = []
    audits: list[AuditFact] = []
    raised: list[NonconformityFact] = []
    tallies: dict[int, Tally] = {}
    clauses: list[ClauseRow] = []
    for unit in units:
        obliged = BLOCK_OF[unit.kind] is not Block.COMMUNE
        applied = obliged or random.random() < 0.55
        if not applied:
            if random.random() < 0.25:
                milestones += [Milestone(unit.id, "2008-2015", step, date(2020, 6, 1)) for step in steps[:2]]
            if not every:
                continue
        old = random.random() < 0.7
        if old:
            declarations.append(Declaration(unit.id, OLD, DeclarationKind.DECLARE, date(2016, 5, 3 + unit.id % 20)))
        how_far = random.choice((0, 3, 5, len(steps), len(steps), len(steps), len(steps)))
        milestones += [
            Milestone(unit.id, "2008-2015", step, date(2020, 2 + n, 10)) for n, step in enumerate(steps[:how_far])
        ]
        if how_far == len(steps) or not old:
            on = date(2020, 9, 1) if old else date(2019, 8, 1)
            declarations.append(Declaration(unit.id, NEW, DeclarationKind.DECLARE, on + timedelta(unit.id % 60)))
        for kind in (ActivityKind.INTERNAL_AUDIT, ActivityKind.MANAGEMENT_REVIEW):
            if random.random() < 0.7:
                activities.append(Activity(unit.id, day.year, kind, date(2020, 10, 5)))
        total = random.randint(90, 160) if obliged else 142
        covered = total if random.random() < 0.6 else random.randint(total // 2, total)
        procedures.append(Procedures(unit.id, date(2020, 11, 15), total, covered))
        online = random.randint(0, total // 3)
        rows.append(
            ProcedureRow(
                unit.code,
                date(2020, 11, 15),
                total,
                covered,
                total - 20,
                14,
                6,
                online,
                online // 2,
                3,
                online * 11,
                240,
                230 + online * 11,
                13,
                0,
            )
        )
        if not every and random.random() > 0.45:
            continue
        audit = AuditFact(
            unit.id, f"KT-2020-{unit.id:03}", unit.id, Mode.ON_SITE, Purpose.FULL, date(2020, 10, 1 + unit.id % 28), "c"
        )
        audits.append(audit)
        grades = dict(
            zip(
                (each.code for each in checklist.criteria),
                random.choices(GRADES, SHARES, k=len(checklist.criteria)),
                strict=True,
            )
        )
        tallies[audit.id] = _tally(checklist, grades)
        for criterion in checklist.criteria:
            grade = grades[criterion.code]
            clause = ".".join(criterion.clause.split(".")[:2]) if criterion.part is Part.B else ""
            clauses.append(ClauseRow("c", criterion.part.value, clause, grade, 1, criterion.weight))
            if grade in (Grade.MINOR, Grade.MAJOR):
                raised.append(_raised(audit, grade, criterion.code, random))
    old_ones = [
        NonconformityFact(
            0,
            units[n].id,
            Mode.ON_SITE,
            Grade.MINOR,
            date(2019, 10, 2 + n),
            closed_on=date(2020, 3, 2) if n % 2 else None,
            outcome=Outcome.VERIFIED if n % 2 else None,
            criterion="B-7.5-01",
        )
        for n in range(min(6, len(units)))
    ]
    facts = Facts(
        units=tuple(units),
        exemptions=(Exemption(units[2].id, date(2020, 1, 1)),) if len(units) > 2 else (),
        obligations=tuple(ObligationEntry(unit.id, date(2020, 1, 1), Obligation.PLANNED) for unit in units[60:76]),
        declarations=tuple(declarations),
        milestones=tuple(milestones),
        activities=tuple(activities),
        procedures=tuple(procedures),
        audits=tuple(audits),
        nonconformities=(*old_ones, *raised),
        tasks=TASKS,
    )
    return facts, Answers(tallies, tuple(clauses)), tuple(rows)


def _tally(checklist: Checklist, grades: dict[str, Grade]) -> Tally:
    counts = dict.fromkeys(Grade, 0)
    weights = dict.fromkeys(Grade, 0)
    failures = 0
    for each in checklist.criteria:
        grade = grades[each.code]
        counts[grade] += 1
        weights[grade] += each.weight
        failures += each.gate and grade in (Grade.MINOR, Grade.MAJOR)
    return Tally(counts, weights, failures)


def _raised(audit: AuditFact, grade: Grade, criterion: str, random: Random) -> NonconformityFact:
    on = audit.minuted_on or date.min
    due = random.choice((None, date(2020, 11, 10), date(2020, 12, 15), date(2020, 12, 15)))
    closed = date(2020, 11, 12) if random.random() < 0.4 else None
    return NonconformityFact(
        audit.id,
        audit.unit_id,
        Mode.ON_SITE,
        grade,
        on,
        (Deadline(on, due),) if due else (),
        closed,
        Outcome.VERIFIED if closed else None,
        criterion,
    )
